/** Hands the conversation to a person: the queue, what they should see first, and an honest word on the wait. */
import { DIALOGS } from '../../flows/registry.ts';
import { isOpen, nextOpening } from '../domain/business-calendar.ts';
import type { Identifier } from '../domain/identifier.ts';
import { formatDatum } from '../wording/format.ts';
import { type Draft, type DraftNeeds, say } from './draft.ts';
import type { HandoffSummary } from './ports.ts';
import type { Turn } from './turn.ts';

/** Opens the handoff and says how long it will take, or when people are back. */
export async function handOff(turn: Turn, reason: string): Promise<void> {
  const { draft, needs } = turn;
  openHandoff(draft, reason, needs);
  const { policy, timeZone } = needs;
  if (!isOpen(policy.hours, draft.now, timeZone)) {
    const opens = nextOpening(policy.hours, draft.now, timeZone) ?? draft.now;
    return say(draft, {
      key: 'handoff.after-hours',
      data: { now: { as: 'clock', value: draft.now }, opens: { as: 'moment', value: opens, now: draft.now } },
    });
  }
  const ahead = await needs.readings.queueLength();
  const minutes = { as: 'number', value: Math.max(1, Math.ceil((ahead + 1) * policy.handoff.averageMinutes)) } as const;
  if (ahead === 0) return say(draft, { key: 'handoff.next', data: { minutes } });
  say(draft, { key: 'handoff.waiting', data: { ahead: { as: 'number', value: ahead }, minutes } });
}

/** Opens the handoff and says nothing. */
export function openHandoff(draft: Draft, reason: string, needs: DraftNeeds): void {
  draft.owner = 'queue';
  draft.state = { ...draft.state, queueNoted: false };
  const ticketId = draft.tickets[0]?.id ?? ((draft.state.ticket?.id ?? null) as Identifier | null);
  draft.handoff = { kind: 'open', id: needs.makeIdentifier(), reason, ticketId, summary: summaryOf(draft), waitingSince: draft.now };
}

function summaryOf({ state, reading }: Draft): HandoffSummary {
  const top = state.stack.at(-1);
  if (top === undefined) return { flow: null, asking: null, known: {} };
  const known = Object.entries(DIALOGS[top.flow].known(top.context)).map(([name, datum]) => [name, formatDatum(datum, reading)]);
  return { flow: top.flow, asking: state.lastAsked?.asking ?? null, known: Object.fromEntries(known) };
}
