/** The words of a ticket, as the staff API and the store spell them. */
export const TICKET_KINDS = ['repair', 'complaint', 'warranty', 'enquiry', 'recheck'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

export const PRIORITIES = ['urgent', 'high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const CHANNELS = ['web-chat', 'wechat', 'slack', 'terminal', 'phone', 'email', 'store'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The channels a customer chats on. */
export type ChatChannel = Extract<Channel, 'web-chat' | 'wechat' | 'slack' | 'terminal'>;

export const TICKET_STATUSES = ['open', 'scheduled', 'in-progress', 'waiting-customer', 'resolved', 'closed', 'cancelled'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const APPOINTMENT_STATUSES = ['booked', 'done', 'cancelled'] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

export const STAFF_ROLES = ['agent', 'dispatcher', 'engineer', 'quality', 'admin'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
