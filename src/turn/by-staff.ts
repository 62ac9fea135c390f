/**
 * What staff did with a ticket, told in its chat: a visit arranged, a complaint answered, two tickets made one. All of it is
 * read from the record when it is said, and what has been overtaken since is left to the word that overtook it.
 */
import type { KnownTicket, KnownVisit } from '../domain/known-ticket.ts';
import type { Reply, ReplyData } from '../wording/reply.ts';
import { wantedButton } from './clarify.ts';
import { offer, say, sayForSure } from './draft.ts';
import { departmentNames } from './look-up-complaint.ts';
import type { ConversationEvent } from './message.ts';
import { appliancesOf, numberOf, tellOf } from './tell-ticket.ts';
import type { Turn } from './turn.ts';

type Happening<Event extends ConversationEvent['event']> = Extract<ConversationEvent, { event: Event }>;

export async function tellArranged(turn: Turn, { ticketId, appointmentId, change }: Happening<'visit-arranged'>): Promise<void> {
  const ticket = await turn.needs.readings.ticketById(ticketId);
  const visit = ticket?.visit ?? null;
  if (visit?.appointmentId !== appointmentId) return;
  const reply = (it: KnownTicket): Reply => ({
    key: `visit.arranged.${change}`,
    data: { ...numberOf(it), ...appliancesOf(it), ...factsOf(visit) },
  });
  tellOf(turn, ticket, 'change', reply, [calendarOf(turn, visit)]);
}

export async function tellAnswer(turn: Turn, { ticketId, answeredAt }: Happening<'complaint-answered'>): Promise<void> {
  const { draft, needs } = turn;
  const answer = await needs.readings.complaintAnswer(ticketId);
  if (answer?.answeredAt !== answeredAt) return;
  const data: ReplyData = {
    numbers: { as: 'numbers', value: [answer.number] },
    department: { as: 'worded', value: departmentNames(answer.department, needs.policy), facts: {} },
    answer: { as: 'text', value: answer.text },
  };
  sayForSure(draft, { key: 'complaint.answered', data }, { reason: 'answer', ticketId }, []);
  const next: Reply = { key: 'complaint.answered.next', data: {} };
  const isFree = draft.owner === 'bot' && draft.state.stack.length === 0;
  if (isFree) offer(draft, next, [wantedButton('complaint'), wantedButton('person')]);
  else say(draft, next);
}

/** From now on the chat is about the ticket that is kept, and pictures go with it. */
export async function tellMerged(turn: Turn, { keptId, duplicateId }: Happening<'ticket-merged'>): Promise<void> {
  const { draft, needs } = turn;
  const [kept, duplicate] = [await needs.readings.ticketById(keptId), await needs.readings.ticketById(duplicateId)];
  if (kept === null || duplicate === null || kept.status === 'cancelled') return;
  const named = { id: kept.id, number: kept.number };
  const { ticket, justOpened } = draft.state;
  if (ticket?.id === duplicateId) draft.state = { ...draft.state, ticket: named };
  if (justOpened?.id === duplicateId) draft.state = { ...draft.state, justOpened: { ...justOpened, ...named } };
  const { visit } = kept;
  const numbers: ReplyData = { numbers: { as: 'numbers', value: [duplicate.number] }, kept: { as: 'numbers', value: [kept.number] } };
  const reply: Reply =
    visit === null ? { key: 'ticket.merged', data: numbers } : { key: 'ticket.merged.visit', data: { ...numbers, ...factsOf(visit) } };
  tellOf(turn, kept, 'change', () => reply, visit === null ? [] : [calendarOf(turn, visit)]);
}

function factsOf({ window, engineer }: KnownVisit) {
  return {
    window: { as: 'window', value: window },
    engineer: { as: 'text', value: engineer.name },
    phone: { as: 'phone', value: engineer.phone },
  } as const;
}

function calendarOf({ needs }: Turn, { appointmentId }: KnownVisit) {
  return { label: { key: 'choice.calendar', data: {} }, url: needs.calendarUrl(appointmentId) } as const;
}
