/**
 * Which of the customer's own tickets a complaint is about: one recent one is assumed and read back, several are asked
 * about. A number that is none of theirs stays a number: it is never looked up, so nothing of it can be told (S2-024).
 */
import { DAY, type Instant } from '../src/domain/instant.ts';
import { isLive, type KnownTicket } from '../src/domain/known-ticket.ts';
import type { TicketKind } from '../src/domain/ticket.ts';
import type { ComplaintData, OwnTicket } from './complaint-data.ts';
import { appliancesOf } from './ticket-proof.ts';

/** Work that was done or is to be done. */
const COMPLAINED_OF: ReadonlySet<TicketKind> = new Set(['repair', 'warranty']);
/** What was done longer ago is not assumed. */
const RECENT_DAYS = 90;

/** The data with the tickets of the account in it. A complaint of theirs counts only by its number. */
export function foundTickets(data: ComplaintData, tickets: readonly KnownTicket[], now: Instant): ComplaintData {
  const own = tickets
    .filter((it, index) => COMPLAINED_OF.has(it.kind) && isRecent(it, now) && isFirstOfVisit(it, index, tickets))
    .map(ownOf);
  if (data.number !== null) {
    const named = tickets.find((it) => it.number === data.number || it.visit?.tickets.some((other) => other.number === data.number));
    return named === undefined ? { ...data, own } : { ...data, own, about: ownOf(named), number: null };
  }
  const { appliance } = data;
  const fitting = appliance === null ? own : own.filter((it) => it.appliances.includes(appliance) || it.appliances.includes('other'));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return { ...data, own, about: only };
  return { ...data, own, aboutPassed: fitting.length === 0 && own.length <= 1 };
}

function isRecent(ticket: KnownTicket, now: Instant): boolean {
  return isLive(ticket) || (ticket.completedAt !== null && ticket.completedAt >= now - RECENT_DAYS * DAY);
}

/** A visit shared by several tickets is one choice. */
function isFirstOfVisit({ visit }: KnownTicket, index: number, tickets: readonly KnownTicket[]): boolean {
  return visit === null || tickets.findIndex((it) => it.visit?.appointmentId === visit.appointmentId) === index;
}

function ownOf(ticket: KnownTicket): OwnTicket {
  return { id: ticket.id, number: ticket.number, appliances: appliancesOf(ticket), window: ticket.visit?.window ?? null };
}
