/** What is sealed, by name. A purpose is authenticated with the text (see `seal.ts`); renaming one makes old rows unreadable. */
export const SEALED = {
  conversationState: 'conversation.state',
  messageBody: 'message.body',
  attachmentName: 'attachment.name',
  attachmentBytes: 'attachment.bytes',
  attachmentThumbnail: 'attachment.thumbnail',
  customerName: 'customer.name',
  customerPhone: 'customer.phone',
  addressDetail: 'address.detail',
  /** JSON: the turn's `TicketDetails` with `serial` and `phone`. */
  ticketDetails: 'ticket.details',
  /** What staff tell one another. */
  ticketNote: 'ticket.note',
  /** JSON: `HandoffSummary`. */
  handoffSummary: 'handoff.summary',
  engineerPhone: 'engineer.phone',
  productSerial: 'product.serial',
  /** What to tell somebody on the phone. */
  contactNotice: 'contact-task.notice',
  complaintStatement: 'complaint.statement',
  /** What the customer was last answered. */
  complaintAnswer: 'complaint.answer',
  /** The reason and the comment of a survey. */
  surveyText: 'survey.text',
  idempotentAnswer: 'idempotency.answer',
  /** With it anybody may speak as us on a platform. */
  platformToken: 'platform.token',
  /** JSON: what staff wrote in their own chat. */
  staffReply: 'staff-reply.body',
} as const;

/** Blind indexes: a phone in E.164 and a serial in upper case are found again in every table that has one. */
export const INDEXED = { phone: 'phone', serial: 'serial' } as const;
