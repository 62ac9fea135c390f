/** Ticket rows as the desk's tickets. */
import { allFacts, type KnownFacts } from '../../desk/known-facts.ts';
import type { TicketRecord, TicketRow } from '../../desk/tickets.ts';
import { APPLIANCES, FAULTS } from '../../domain/appliance.ts';
import type { PhoneNumber } from '../../domain/contact.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { CLOCK_KINDS, CLOCK_STATUSES } from '../../domain/sla-clock.ts';
import { APPOINTMENT_STATUSES, CHANNELS, PRIORITIES, TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import type { PlainDetails } from '../../turn/ports.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { attachmentFacts, LISTED_ATTACHMENT } from './attachments.ts';
import { complaintOfTicket, LISTED_COMPLAINT } from './complaint-row.ts';
import { identifierOf, instantIn, instantOrNull, wordOf } from './desk-connection.ts';
import { factsOfCustomer, factsOfDetails, factsOfPerson, openDetails, openPerson, PERSON } from './known-facts.ts';
import { LISTED_SURVEY, surveyOfTicket } from './survey-row.ts';

const TIMELINE_MAX = 1_000;
const ATTACHMENTS_MAX = 200;
const CLOCKS_MAX = 200;
/** More than one ticket takes: those of its duplicates came over. */
const NOTES_MAX = 1_000;

/** What a line of a list needs. */
export const LISTED = {
  customer: { select: { nameSealed: true, phoneSealed: true } },
  address: true,
  assignee: { select: { id: true, name: true } },
  clocks: { orderBy: [{ startedAt: 'asc' }, { kind: 'asc' }], take: CLOCKS_MAX },
} satisfies Prisma.TicketInclude;

/** What a whole ticket needs. Holds are nobody's visit yet. */
export const WHOLE = {
  ...LISTED,
  customer: { select: PERSON },
  events: { orderBy: { id: 'asc' }, take: TIMELINE_MAX },
  appointments: {
    include: {
      appointment: {
        include: {
          engineer: { select: { id: true, name: true } },
          tickets: { select: { ticket: { select: { surveys: { select: LISTED_SURVEY } } } } },
        },
      },
    },
    where: { appointment: { status: { not: 'held' } } },
  },
  relatedFrom: { include: { to: { select: { number: true } } } },
  relatedTo: { include: { from: { select: { number: true } } } },
  ...LISTED_COMPLAINT,
  surveys: { select: LISTED_SURVEY },
  attachments: { select: LISTED_ATTACHMENT, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: ATTACHMENTS_MAX },
  notes: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: NOTES_MAX, include: { staff: { select: { id: true, name: true } } } },
} satisfies Prisma.TicketInclude;

type Listed = Prisma.TicketGetPayload<{ include: typeof LISTED }>;
type Whole = Prisma.TicketGetPayload<{ include: typeof WHOLE }>;

/** A line of a list. */
export function rowOf(row: Listed, seal: Seal): TicketRow {
  const details = openDetails(row.detailsSealed, seal);
  return {
    id: identifierOf(row.id),
    number: row.number,
    kind: wordOf(TICKET_KINDS, row.kind),
    status: wordOf(TICKET_STATUSES, row.status),
    priority: wordOf(PRIORITIES, row.priority),
    channel: wordOf(CHANNELS, row.channel),
    appliance: row.appliance === null ? null : wordOf(APPLIANCES, row.appliance),
    faultCodes: row.faultCodes.map((it) => wordOf(FAULTS, it)),
    fault: details.fault ?? null,
    model: details.model ?? null,
    serial: details.serial ?? null,
    note: details.note ?? null,
    ...whoseTicket(row, seal),
    address: { province: row.province, city: row.city, district: row.district },
    openedAt: instantIn(row.openedAt),
    dueAt: instantOrNull(row.dueAt),
    assignee: row.assignee === null ? null : { id: identifierOf(row.assignee.id), name: row.assignee.name },
    clocks: row.clocks.map((it) => ({
      kind: wordOf(CLOCK_KINDS, it.kind),
      status: wordOf(CLOCK_STATUSES, it.status),
      startedAt: instantIn(it.startedAt),
      dueAt: instantOrNull(it.dueAt),
      endedAt: instantOrNull(it.endedAt),
      breachedAt: instantOrNull(it.breachedAt),
    })),
  };
}

/** What `whoseTicket` needs of a ticket. */
export const WHOSE = {
  customerId: true,
  detailsSealed: true,
  customer: { select: { nameSealed: true, phoneSealed: true } },
  address: { select: { detailSealed: true } },
} satisfies Prisma.TicketSelect;

/** Who a ticket is for: as said for this ticket, else as on record; and all its texts may not say. */
export function whoseTicket(
  row: Prisma.TicketGetPayload<{ select: typeof WHOSE }>,
  seal: Seal,
): { readonly customerId: Identifier; readonly name: string | null; readonly phone: PhoneNumber | null; readonly known: KnownFacts } {
  const details = openDetails(row.detailsSealed, seal);
  const person = openPerson(row.customer, seal);
  return {
    customerId: identifierOf(row.customerId),
    name: details.name ?? person.name,
    phone: (details.phone ?? person.phone) as PhoneNumber | null,
    known: allFacts([factsOfDetails(details), factsOfPerson(row.customer, row.address === null ? [] : [row.address], seal)]),
  };
}

/** A whole ticket. */
export function recordOf(row: Whole, seal: Seal): TicketRecord {
  const visits = row.appointments.map((it) => it.appointment).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  const visit = visits.find((it) => it.status === 'booked') ?? visits.at(-1);
  const listed = rowOf(row, seal);
  return {
    ...listed,
    // A text may tell of another door of theirs, and notes of a duplicate told of its own.
    known: allFacts([listed.known, factsOfCustomer(row.customer, seal)]),
    timeline: row.events.map((it) => ({ at: instantIn(it.at), actor: it.actor, type: it.type, details: it.details as PlainDetails })),
    appointment:
      visit === undefined
        ? null
        : {
            id: identifierOf(visit.id),
            engineer: { id: identifierOf(visit.engineer.id), name: visit.engineer.name },
            window: { from: instantIn(visit.windowFrom), to: instantIn(visit.windowTo) },
            status: wordOf(APPOINTMENT_STATUSES, visit.status),
            confirmedAt: instantOrNull(visit.confirmedAt),
          },
    conversationId: row.conversationId === null ? null : identifierOf(row.conversationId),
    complaint: complaintOfTicket(row, seal),
    survey: surveyOfTicket(row.surveys, surveysOfVisits(row), seal),
    related: [...new Set([...row.relatedFrom.map((it) => it.to.number), ...row.relatedTo.map((it) => it.from.number)])].sort(),
    attachments: row.attachments.map((it) => attachmentFacts(it, seal)),
    notes: row.notes.map((it) => ({
      at: instantIn(it.at),
      by: { id: identifierOf(it.staff.id), name: it.staff.name },
      text: seal.open(SEALED.ticketNote, it.textSealed),
    })),
  };
}

/** Those of its visits, whichever of a visit's tickets they were begun with. */
function surveysOfVisits({ appointments }: Whole) {
  const keys = new Set(appointments.map((it) => `visit:${it.appointmentId}`));
  return appointments.flatMap((it) => it.appointment.tickets.flatMap(({ ticket }) => ticket.surveys)).filter((it) => keys.has(it.onceKey));
}
