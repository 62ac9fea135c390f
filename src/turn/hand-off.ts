/** Hands the conversation to a person: the queue, what they should see first, and an honest word on the wait. */
import { DIALOGS } from '../../flows/registry.ts';
import { isOpen, nextOpening } from '../domain/business-calendar.ts';
import type { PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import { formatDatum } from '../wording/format.ts';
import type { Reply } from '../wording/reply.ts';
import { type Draft, type DraftNeeds, say } from './draft.ts';
import type { HandoffSummary } from './ports.ts';
import type { Turn } from './turn.ts';

/** Opens the handoff and says how long it will take, or when people are back. `phone` finds the tickets that may be theirs. */
export async function handOff(turn: Turn, reason: string, phone: PhoneNumber | null = null): Promise<void> {
  const { draft, needs } = turn;
  openHandoff(draft, reason, needs, phone === null ? [] : await needs.readings.possibleTickets(phone));
  say(draft, await wordOnTheWait(turn, { next: 'handoff.next', ahead: 'handoff.waiting' }));
}

/** The place in the queue and the time it takes, or when people are back: never less than others have lately waited. */
export async function wordOnTheWait(
  { draft, needs }: Turn,
  keys: { readonly next: 'handoff.next' | 'handoff.position.next'; readonly ahead: 'handoff.waiting' | 'handoff.position' },
): Promise<Reply> {
  const { policy, timeZone, readings } = needs;
  if (!isOpen(policy.hours, draft.now, timeZone)) {
    const opens = nextOpening(policy.hours, draft.now, timeZone) ?? draft.now;
    return {
      key: 'handoff.after-hours',
      data: { now: { as: 'clock', value: draft.now }, opens: { as: 'moment', value: opens, now: draft.now } },
    };
  }
  const [ahead, lately] = await Promise.all([readings.queueAhead(draft.conversation.conversationId), readings.recentWaitMinutes()]);
  const atLeast = (ahead + 1) * policy.handoff.averageMinutes;
  const minutes = { as: 'number', value: Math.max(1, Math.ceil(Math.max(atLeast, lately ?? 0))) } as const;
  if (ahead === 0) return { key: keys.next, data: { minutes } };
  return { key: keys.ahead, data: { ahead: { as: 'number', value: ahead }, minutes } };
}

/** In the queue, once: staff will see what they wrote or sent. */
export function noteInQueue(draft: Draft): void {
  if (draft.state.queueNoted) return;
  draft.state = { ...draft.state, queueNoted: true };
  say(draft, { key: 'handoff.noted', data: {} });
}

/** Opens the handoff and says nothing. */
export function openHandoff(draft: Draft, reason: string, needs: DraftNeeds, possibleTickets: readonly string[] = []): void {
  draft.owner = 'queue';
  draft.state = { ...draft.state, queueNoted: false };
  const ticketId = draft.tickets[0]?.id ?? ((draft.state.ticket?.id ?? null) as Identifier | null);
  const summary = { ...summaryOf(draft), possibleTickets };
  draft.handoff = { kind: 'open', id: needs.makeIdentifier(), reason, ticketId, summary, waitingSince: draft.now };
}

function summaryOf({ state, reading }: Draft): Omit<HandoffSummary, 'possibleTickets'> {
  const top = state.stack.at(-1);
  if (top === undefined) return { flow: null, asking: null, known: {} };
  const known = Object.entries(DIALOGS[top.flow].known(top.context)).map(([name, datum]) => [name, formatDatum(datum, reading)]);
  return { flow: top.flow, asking: state.lastAsked?.asking ?? null, known: Object.fromEntries(known) };
}
