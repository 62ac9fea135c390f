/** Tickets as JSON. */
import { z } from '@hono/zod-openapi';
import type { Ticket, TicketAppointment, TicketSummary, TimelineEntry } from '../../desk/tickets.ts';
import { APPLIANCES, FAULTS } from '../../domain/appliance.ts';
import { type Instant, parseInstant } from '../../domain/instant.ts';
import { CLOCK_KINDS, CLOCK_STATUSES } from '../../domain/sla-clock.ts';
import { APPOINTMENT_STATUSES, CHANNELS, PRIORITIES, TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import type { WriteTime } from '../business-time.ts';
import { IdentifierSchema, InstantSchema, orNull, StaffNameSchema, sliceSchema, WindowSchema } from './api.ts';
import { AttachmentSchema, attachmentJson } from './attachments.ts';
import { ComplaintSchema, complaintJson } from './complaint-schema.ts';
import { SurveySchema, surveyJson } from './survey-schema.ts';

const customerExample = { id: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10', name: '王*', phone: '138****8000' };

export const MaskedCustomerSchema = z
  .object({ id: IdentifierSchema, name: z.string().nullable(), phone: z.string().nullable() })
  .openapi('MaskedCustomer', { description: 'Masked: `POST /customers/{id}/reveal` tells the full values', example: customerExample });

const summaryShape = {
  number: z.string(),
  kind: z.enum(TICKET_KINDS),
  status: z.enum(TICKET_STATUSES),
  priority: z.enum(PRIORITIES),
  channel: z.enum(CHANNELS),
  appliance: z.enum(APPLIANCES).nullable(),
  fault: z.string().nullable().openapi({ description: 'As the customer said it, masked' }),
  faultCodes: z.array(z.enum(FAULTS)),
  openedAt: InstantSchema,
  dueAt: InstantSchema.nullable().openapi({ description: 'When the next promise to the customer falls due' }),
  overdue: z.boolean().openapi({ description: 'A promised time is over, and the promise still owed' }),
  assignee: orNull(StaffNameSchema),
  customer: MaskedCustomerSchema,
} as const;

const summaryExample = {
  number: 'BX-20261120-0031',
  kind: 'repair',
  status: 'scheduled',
  priority: 'normal',
  channel: 'wechat',
  appliance: 'air_conditioner',
  fault: '不制冷',
  faultCodes: ['not_cooling'],
  openedAt: '2026-11-20T09:30:00.000+08:00',
  dueAt: '2026-11-21T16:00:00.000+08:00',
  overdue: false,
  assignee: null,
  customer: customerExample,
};

export const TicketSummarySchema = z.object(summaryShape).openapi('TicketSummary', { example: summaryExample });

export const TicketListSchema = sliceSchema('TicketList', TicketSummarySchema);

export const TicketAppointmentSchema = z
  .object({
    id: IdentifierSchema,
    engineer: StaffNameSchema,
    window: WindowSchema,
    status: z.enum(APPOINTMENT_STATUSES),
    confirmedAt: InstantSchema.nullable(),
  })
  .openapi('TicketAppointment');

const TimelineEntrySchema = z
  .object({ at: InstantSchema, actor: z.string(), type: z.string() })
  .catchall(z.unknown())
  .openapi('TimelineEntry', {
    description: 'Facts of the event stand beside `at`, `actor` and `type`',
    example: { at: '2026-11-20T09:30:00.000+08:00', actor: 'bot', type: 'opened' },
  });

const ChannelWindowSchema = z
  .object({ sends: z.number().int(), until: z.string().nullable() })
  .openapi('ChannelWindow', { example: { sends: 4, until: '2026-11-22T09:30:00.000+08:00' } });

const ClockSchema = z
  .object({
    kind: z.enum(CLOCK_KINDS),
    status: z.enum(CLOCK_STATUSES),
    startedAt: InstantSchema,
    dueAt: InstantSchema.nullable(),
    endedAt: InstantSchema.nullable(),
    breachedAt: InstantSchema.nullable(),
  })
  .openapi('TicketClock', {
    description: 'A promised time. `dueAt` is null while we wait for the customer; `missed` without `endedAt` is still owed',
    example: {
      kind: 'first-response',
      status: 'met',
      startedAt: '2026-11-20T09:30:00.000+08:00',
      dueAt: '2026-11-20T10:00:00.000+08:00',
      endedAt: '2026-11-20T09:30:00.000+08:00',
      breachedAt: null,
    },
  });

const NoteSchema = z
  .object({ at: InstantSchema, by: StaffNameSchema, text: z.string() })
  .openapi('TicketNote', { description: 'Internal, masked like every text; never shown to the customer' });

export const TicketSchema = z
  .object({
    ...summaryShape,
    address: z.string().nullable().openapi({ description: 'To the district' }),
    model: z.string().nullable(),
    serial: z.string().nullable(),
    note: z.string().nullable(),
    timeline: z.array(TimelineEntrySchema),
    appointment: orNull(TicketAppointmentSchema),
    workOrder: z.null(),
    complaint: orNull(ComplaintSchema),
    survey: orNull(SurveySchema),
    conversationId: IdentifierSchema.nullable(),
    related: z.array(z.string()),
    attachments: z.array(AttachmentSchema),
    notes: z.array(NoteSchema).openapi({ description: 'Oldest first' }),
    clocks: z.array(ClockSchema),
    channelWindow: orNull(ChannelWindowSchema).openapi({
      description: 'On reading one whose channel counts (wechat): what may still be sent before the customer writes again',
    }),
  })
  .openapi('Ticket', {
    example: {
      ...summaryExample,
      address: '北京市朝阳区',
      model: null,
      serial: null,
      note: null,
      timeline: [{ at: '2026-11-20T09:30:00.000+08:00', actor: 'bot', type: 'opened' }],
      appointment: null,
      workOrder: null,
      complaint: null,
      survey: null,
      conversationId: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10',
      related: [],
      attachments: [],
      notes: [],
      clocks: [],
      channelWindow: null,
    },
  });

/** A line of the list. */
export function summaryJson(ticket: TicketSummary, time: WriteTime): z.infer<typeof TicketSummarySchema> {
  return {
    number: ticket.number,
    kind: ticket.kind,
    status: ticket.status,
    priority: ticket.priority,
    channel: ticket.channel,
    appliance: ticket.appliance,
    fault: ticket.fault,
    faultCodes: [...ticket.faultCodes],
    openedAt: time(ticket.openedAt),
    dueAt: ticket.dueAt === null ? null : time(ticket.dueAt),
    overdue: ticket.overdue,
    assignee: ticket.assignee === null ? null : { id: ticket.assignee.id, name: ticket.assignee.name },
    customer: { ...ticket.customer },
  };
}

/** The whole ticket. The work order comes with its issue. */
export function ticketJson(ticket: Ticket, time: WriteTime): z.infer<typeof TicketSchema> {
  const orNone = (at: Instant | null) => (at === null ? null : time(at));
  return {
    ...summaryJson(ticket, time),
    address: ticket.address,
    model: ticket.model,
    serial: ticket.serial,
    note: ticket.note,
    timeline: ticket.timeline.map((entry) => ({
      ...factsJson(entry.details, time),
      at: time(entry.at),
      actor: entry.actor,
      type: entry.type,
    })),
    appointment: ticket.appointment === null ? null : appointmentJson(ticket.appointment, time),
    workOrder: null,
    complaint: ticket.complaint === null ? null : complaintJson(ticket.complaint, time),
    survey: ticket.survey === null ? null : surveyJson(ticket.survey, time),
    conversationId: ticket.conversationId,
    related: [...ticket.related],
    attachments: ticket.attachments.map(attachmentJson),
    notes: ticket.notes.map((it) => ({ at: time(it.at), by: { ...it.by }, text: it.text })),
    clocks: ticket.clocks.map((it) => ({
      kind: it.kind,
      status: it.status,
      startedAt: time(it.startedAt),
      dueAt: orNone(it.dueAt),
      endedAt: orNone(it.endedAt),
      breachedAt: orNone(it.breachedAt),
    })),
    channelWindow:
      ticket.channelWindow === null
        ? null
        : { sends: ticket.channelWindow.sends, until: ticket.channelWindow.until === null ? null : time(ticket.channelWindow.until) },
  };
}

/** Instants among the facts are written like every other instant of this API. */
function factsJson(details: TimelineEntry['details'], time: WriteTime): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, fact]) => {
      const instant = typeof fact === 'string' ? parseInstant(fact) : null;
      return [name, instant === null ? fact : time(instant)];
    }),
  );
}

/** The visit of a ticket. */
export function appointmentJson(appointment: TicketAppointment, time: WriteTime): z.infer<typeof TicketAppointmentSchema> {
  return {
    id: appointment.id,
    engineer: { ...appointment.engineer },
    window: { from: time(appointment.window.from), to: time(appointment.window.to) },
    status: appointment.status,
    confirmedAt: appointment.confirmedAt === null ? null : time(appointment.confirmedAt),
  };
}
