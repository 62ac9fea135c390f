/** What is told of a ticket's progress, and what a missed promise sets going. */
import type { Instant } from '../src/domain/instant.ts';
import type { KnownTicket, KnownVisit } from '../src/domain/known-ticket.ts';
import { unreachable } from '../src/domain/unreachable.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import type { LookUpAnswer } from './dialog-event.ts';
import { type Effect, say } from './effect.ts';
import { appliancesOf, type TicketProof } from './ticket-proof.ts';

export type ProgressData = TicketProof;

type Clock = Extract<LookUpAnswer, { type: 'CLOCK_READ' }>;

/** One sentence on the ticket as it stands at `clock.now`; a promise of ours that is past is apologised for and chased. */
export function progressEffects({ ticket }: ProgressData, clock: Clock): readonly Effect[] {
  if (ticket === null) throw new Error('invariant: progress is told of a ticket');
  const { status, visit } = ticket;
  const facts = { appliances: { as: 'appliances', value: appliancesOf(ticket) }, numbers: numbersOf(ticket) } as const;
  switch (status) {
    case 'cancelled':
      return [say('progress.cancelled', facts)];
    case 'resolved':
    case 'closed':
      return [say('progress.done', { ...facts, day: { as: 'day-of', value: ticket.completedAt ?? ticket.openedAt } })];
    case 'in-progress':
    case 'waiting-customer':
      return [say('progress.working', facts)];
    case 'open':
    case 'scheduled':
      return visit === null ? withoutVisit(ticket, facts, clock) : ofVisit(ticket, visit, facts, clock);
    default:
      return unreachable(status);
  }
}

function numbersOf(ticket: KnownTicket) {
  return { as: 'numbers', value: ticket.visit?.tickets.map((it) => it.number) ?? [ticket.number] } as const;
}

function ofVisit(ticket: KnownTicket, visit: KnownVisit, facts: ReplyData, clock: Clock): readonly Effect[] {
  const { now, lateAnswerBy: answerBy } = clock;
  const { engineer, window } = visit;
  const numbers = numbersOf(ticket);
  const name = { as: 'text', value: engineer.name } as const;
  const phone = { as: 'phone', value: engineer.phone } as const;
  if (now < window.from) {
    const booked = say('progress.booked', { ...facts, window: { as: 'window', value: window }, engineer: name, phone });
    // A call that was promised before the visit is part of the answer, kept or not.
    const called = ticket.callBackBy === null ? [] : callPromised(ticket, ticket.callBackBy, facts, clock);
    return [booked, ...called];
  }
  if (now < window.to) return [say('progress.today', { numbers, engineer: name, phone, until: { as: 'moment', value: window.to, now } })];
  const chased = ticket.lateAnswerBy;
  if (chased !== null && chased > now) {
    return [say('progress.late.chased', { numbers, engineer: name, by: { as: 'moment', value: chased, now } })];
  }
  const onceKey = `late:${visit.appointmentId}:${answerBy}`;
  return [
    { kind: 'page', reason: 'engineer-late', ticketId: ticket.id, onceKey },
    { kind: 'contact-task', reason: 'engineer-late', dueAt: answerBy, ticketId: ticket.id, onceKey },
    say('progress.late', {
      numbers,
      engineer: name,
      by: { as: 'moment', value: answerBy, now },
    }),
  ];
}

function withoutVisit(ticket: KnownTicket, facts: ReplyData, clock: Clock): readonly Effect[] {
  if (ticket.kind === 'complaint') {
    const onceKey = `complaint-chased:${ticket.id}`;
    const facts = { numbers: numbersOf(ticket), by: { as: 'moment', value: clock.callBackBy, now: clock.now } } as const;
    return [
      { kind: 'page', reason: 'complaint-chased', ticketId: ticket.id, onceKey },
      { kind: 'contact-task', reason: 'complaint-chased', dueAt: clock.callBackBy, ticketId: ticket.id, onceKey },
      say('progress.complaint', facts),
    ];
  }
  if (ticket.priority === 'urgent') return [say('progress.urgent', { numbers: numbersOf(ticket) })];
  const promised = ticket.callBackBy;
  return promised === null ? [say('progress.open', facts)] : callPromised(ticket, promised, facts, clock);
}

/** Somebody was to call by `promised`: still to come, or late and then chased. */
function callPromised(ticket: KnownTicket, promised: Instant, facts: ReplyData, { now, callBackBy }: Clock): readonly Effect[] {
  if (promised >= now) return [say('progress.call', { ...facts, by: { as: 'moment', value: promised, now } })];
  const onceKey = `late-call:${ticket.id}:${promised}`;
  return [
    { kind: 'page', reason: 'call-back-late', ticketId: ticket.id, onceKey },
    { kind: 'contact-task', reason: 'call-back-late', dueAt: callBackBy, ticketId: ticket.id, onceKey },
    say('progress.call.late', { numbers: numbersOf(ticket), by: { as: 'moment', value: callBackBy, now } }),
  ];
}
