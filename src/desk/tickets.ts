/** Tickets as staff read them: personal facts masked, the timeline whole. */
import type { Appliance, Fault } from '../domain/appliance.ts';
import type { FullAddress, PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { maskAddress } from '../domain/privacy-mask.ts';
import type { ClockKind, ClockStatus } from '../domain/sla-clock.ts';
import type { AppointmentStatus, Channel, Priority, TicketKind, TicketStatus } from '../domain/ticket.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { PlatformSends } from '../turn/platform-ports.ts';
import type { PlainDetails } from '../turn/ports.ts';
import { type AttachmentFacts, maskedFile } from './attachments.ts';
import { type KnownFacts, type Mask, maskOf } from './known-facts.ts';
import { maskedName, maskedPhone } from './masked.ts';
import { maskNamesSaid } from './masked-names.ts';
import { type AskedSearch, printedNumber, type ReadIdentity, searchOf } from './search.ts';
import { type Part, type Slice, sliceOf } from './slice.ts';
import { type Forbidden, refusal, type StaffMember, type StaffName } from './staff-member.ts';
import { maskedComplaint, type TicketComplaint } from './ticket-complaint.ts';
import { maskedSurvey, type TicketSurvey } from './ticket-survey.ts';

/** A ticket as stored, personal facts readable: it leaves the desk only masked. */
export type TicketRow = {
  readonly id: Identifier;
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly appliance: Appliance | null;
  readonly faultCodes: readonly Fault[];
  readonly fault: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly note: string | null;
  readonly customerId: Identifier;
  readonly name: string | null;
  readonly phone: PhoneNumber | null;
  /** What the texts of this ticket may not say. */
  readonly known: KnownFacts;
  /** What is known of where: the full address, else the region. */
  readonly address: FullAddress | { readonly province: string | null; readonly city: string | null; readonly district: string | null };
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
  readonly assignee: StaffName | null;
  /** Oldest first. */
  readonly clocks: readonly TicketClock[];
};

/** A promised time: met, missed, or still owed. */
export type TicketClock = {
  readonly kind: ClockKind;
  readonly status: ClockStatus;
  readonly startedAt: Instant;
  /** Null while we wait for the customer. */
  readonly dueAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly breachedAt: Instant | null;
};

/** What one of the staff wrote for the others; never shown to the customer. */
export type TicketNote = { readonly at: Instant; readonly by: StaffName; readonly text: string };

export type TicketAppointment = {
  readonly id: Identifier;
  readonly engineer: { readonly id: Identifier; readonly name: string };
  readonly window: VisitWindow;
  readonly status: AppointmentStatus;
  readonly confirmedAt: Instant | null;
};

/** What may still be said to this customer before they write again, where the channel counts; `sends` 0: they have to come first. */
export type ChannelWindow = { readonly sends: number; readonly until: Instant | null };

export type TimelineEntry = { readonly at: Instant; readonly actor: string; readonly type: string; readonly details: PlainDetails };

export type TicketRecord = TicketRow & {
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[];
  /** The booked one, else the last there was. */
  readonly appointment: TicketAppointment | null;
  readonly conversationId: Identifier | null;
  readonly related: readonly string[];
  /** Null for everything but a complaint. */
  readonly complaint: TicketComplaint | null;
  /** Null before a repair was finished or a chat about it settled. */
  readonly survey: TicketSurvey | null;
  /** Oldest first. */
  readonly attachments: readonly AttachmentFacts[];
  /** Oldest first. */
  readonly notes: readonly TicketNote[];
};

export type TicketFilter = {
  readonly kind: TicketKind | null;
  readonly status: TicketStatus | null;
  readonly priority: Priority | null;
  readonly channel: Channel | null;
  /** `none`: nobody's. */
  readonly assignee: Identifier | 'none' | null;
  /** Whether a promised time is over and the promise still owed; null: either. */
  readonly overdue: boolean | null;
};

/** `me`: of whoever asks. */
export type WantedTickets = Part &
  Omit<TicketFilter, 'assignee'> & { readonly assignee: Identifier | 'me' | 'none' | null; readonly q: string | null };

export type TicketStore = {
  /** Newest first; at most `limit` after the cursor (`openedAt`, id). */
  readonly list: (wanted: Part & TicketFilter & { readonly search: AskedSearch | null }) => Promise<readonly TicketRow[]>;
  readonly read: (number: string) => Promise<TicketRecord | null>;
};

/** Who it is for, as every list shows them: `王*`, `138****8000` (S2-024). */
export type MaskedCustomer = { readonly id: Identifier; readonly name: string | null; readonly phone: string | null };

export type TicketSummary = {
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly channel: Channel;
  readonly appliance: Appliance | null;
  readonly fault: string | null;
  readonly faultCodes: readonly Fault[];
  readonly openedAt: Instant;
  readonly dueAt: Instant | null;
  /** A promised time is over, and the promise still owed. */
  readonly overdue: boolean;
  readonly assignee: StaffName | null;
  readonly customer: MaskedCustomer;
};

export type Ticket = TicketSummary & {
  /** To the district. */
  readonly address: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly note: string | null;
  readonly timeline: readonly TimelineEntry[];
  readonly appointment: TicketAppointment | null;
  readonly conversationId: Identifier | null;
  readonly related: readonly string[];
  readonly complaint: TicketComplaint | null;
  readonly survey: TicketSurvey | null;
  readonly attachments: readonly AttachmentFacts[];
  readonly notes: readonly TicketNote[];
  readonly clocks: readonly TicketClock[];
  /** Null where nobody counts, and in answers to a change. */
  readonly channelWindow: ChannelWindow | null;
};

export type TicketDesk = {
  /** `q` is a ticket number, a serial or a full phone number. */
  readonly list: (
    member: StaffMember,
    wanted: WantedTickets,
  ) => Promise<{ readonly kind: 'listed'; readonly slice: Slice<TicketSummary> } | Forbidden>;
  readonly read: (
    member: StaffMember,
    number: string,
  ) => Promise<{ readonly kind: 'found'; readonly ticket: Ticket } | { readonly kind: 'no-such-ticket' } | Forbidden>;
};

/** Reading tickets. */
export function ticketDesk(needs: {
  readonly tickets: TicketStore;
  readonly read: ReadIdentity;
  readonly sendsLeft: PlatformSends['left'];
  readonly now: () => Instant;
}): TicketDesk {
  return {
    list: async (member, wanted) => {
      const no = refusal(member, 'visits.read');
      if (no) return no;
      const search = wanted.q === null ? null : searchOf(wanted.q, needs.read);
      if (search?.by === 'nothing') return { kind: 'listed', slice: { items: [], next: null } };
      const { q: _q, ...filter } = wanted;
      const assignee = wanted.assignee === 'me' ? member.id : wanted.assignee;
      const rows = await needs.tickets.list({ ...filter, assignee, search, limit: wanted.limit + 1 });
      return {
        kind: 'listed',
        slice: sliceOf(
          rows,
          wanted.limit,
          (row) => ({ at: row.openedAt, id: row.id }),
          (row) => summaryOf(row, maskOf(row.known)),
        ),
      };
    },

    read: async (member, number) => {
      const no = refusal(member, 'visits.read');
      if (no) return no;
      const printed = printedNumber(number);
      const record = printed === null ? null : await needs.tickets.read(printed);
      if (record === null) return { kind: 'no-such-ticket' };
      const { channel, conversationId } = record;
      const isCounted = channel === 'wechat' && conversationId !== null;
      const channelWindow = isCounted ? ((await needs.sendsLeft(conversationId, needs.now())) ?? SHUT) : null;
      return { kind: 'found', ticket: { ...ticketOf(record), channelWindow } };
    },
  };
}

const SHUT: ChannelWindow = { sends: 0, until: null };

/** The line of a list. */
function summaryOf(row: TicketRow, mask: Mask): TicketSummary {
  return {
    number: row.number,
    kind: row.kind,
    status: row.status,
    priority: row.priority,
    channel: row.channel,
    appliance: row.appliance,
    fault: row.fault === null ? null : maskNamesSaid(mask(row.fault)),
    faultCodes: row.faultCodes,
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    overdue: row.clocks.some((it) => it.status === 'missed' && it.endedAt === null),
    assignee: row.assignee,
    customer: { id: row.customerId, name: maskedName(row.name), phone: maskedPhone(row.phone) },
  };
}

/** The whole ticket. */
export function ticketOf(record: TicketRecord): Ticket {
  const mask = maskOf(record.known);
  return {
    ...summaryOf(record, mask),
    address: maskAddress(record.address) || null,
    model: record.model === null ? null : mask(record.model),
    serial: record.serial === null ? null : mask(record.serial),
    note: record.note === null ? null : maskNamesSaid(mask(record.note)),
    timeline: record.timeline,
    appointment: record.appointment,
    conversationId: record.conversationId,
    related: record.related,
    complaint: record.complaint === null ? null : maskedComplaint(record.complaint, mask),
    survey: record.survey === null ? null : maskedSurvey(record.survey, mask),
    attachments: record.attachments.map((it) => maskedFile(it, mask)),
    notes: record.notes.map((it) => ({ ...it, text: mask(it.text) })),
    clocks: record.clocks,
    channelWindow: null,
  };
}
