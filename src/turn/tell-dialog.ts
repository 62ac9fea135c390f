/**
 * Tells the dialog on top of the stack what happened and carries out what it asks for. When it ends, the one below goes
 * on, aloud.
 */
import type { Answers, DialogEvent } from '../../flows/dialog-event.ts';
import type { Effect } from '../../flows/effect.ts';
import type { FlowName, Opening } from '../../flows/registry.ts';
import { answersOf } from './answers.ts';
import { clarify } from './clarify.ts';
import { type Stepped, startDialog, stepDialog } from './dialog-stack.ts';
import { ask, type Draft, say, sayForSure } from './draft.ts';
import { addEffect } from './effect-rows.ts';
import { handOff } from './hand-off.ts';
import { answerLookUp } from './look-up.ts';
import type { Turn } from './turn.ts';

/** Look-ups a single turn may ask for. */
const LOOK_UPS_MAX = 8;
const CALENDAR = { key: 'choice.calendar', data: {} } as const;

/** Starts a dialog with what the customer has said already in it. */
export async function start(turn: Turn, flow: FlowName, opening: Omit<Opening, 'policy' | 'underBooking'>): Promise<void> {
  const { draft, needs } = turn;
  // A matter is on the stack once: who comes back to it begins it anew.
  draft.state = { ...draft.state, misses: 0, stack: draft.state.stack.filter((it) => it.flow !== flow) };
  await carryOut(
    turn,
    flow,
    startDialog(flow, { ...opening, policy: needs.policy, underBooking: draft.state.stack.some((it) => it.flow === 'repair-booking') }),
  );
}

/** One event into the dialog on top; `otherwise` in its place when it would move nothing. */
export async function tell(turn: Turn, event: DialogEvent, otherwise: DialogEvent | null = null): Promise<void> {
  const { draft } = turn;
  const top = draft.state.stack.at(-1);
  if (top === undefined) return await clarify(turn, []);
  const before = draft.said.length;
  const stepped = stepDialog(top, event);
  if (stepped === null) return await restart(turn);
  if (stepped.missed && otherwise !== null) return await tell(turn, otherwise);
  if (!stepped.heard) return await tellUnheard(turn, event);
  draft.state = { ...draft.state, stack: draft.state.stack.slice(0, -1) };
  const asked = draft.state.lastAsked?.asking ?? null;
  await carryOut(turn, top.flow, stepped);
  const heardAloud = event.type === 'ANSWERED' && !stepped.missed && draft.handoff === null;
  if (!heardAloud) return;
  const aside = draft.said[before]?.asking === asked && isBeside(asked, event.answers);
  if (!event.answers.corrects && !aside) return;
  const reply = { key: event.answers.corrects ? 'corrected' : 'noted', data: {} } as const;
  draft.said.splice(before, 0, { reply, flow: top.flow, asking: null, buttons: [], links: [], mustReach: null });
}

/** Whether a message answered something else than the slot that was asked; only slots whose question then comes again. */
function isBeside(asked: string | null, answers: Answers): boolean {
  switch (asked) {
    case 'appliance':
    case 'fault':
      return answers.reports.length === 0;
    case 'address':
      return answers.address === null;
    case 'phone':
      return answers.phone === null;
    case 'name':
      return answers.name === null;
    case 'model':
      return answers.model === null;
    default:
      return false;
  }
}

/** The state has no ear for it (a stale button): the question is put again, as after a miss. */
async function tellUnheard(turn: Turn, event: DialogEvent): Promise<void> {
  if (event.type === 'NOT_UNDERSTOOD' || event.type === 'RESUMED') return;
  await tell(turn, { type: 'NOT_UNDERSTOOD' });
}

/** What was stored of the dialog can't be read: it starts anew, and says so. */
async function restart(turn: Turn): Promise<void> {
  const { draft, needs } = turn;
  const top = draft.state.stack.at(-1);
  draft.state = { ...draft.state, stack: draft.state.stack.slice(0, -1), lastAsked: null };
  if (top === undefined) return;
  say(draft, { key: 'restarted', data: {} });
  const nothing = needs.understand('', { now: draft.now, timeZone: needs.timeZone, expects: null });
  await start(turn, top.flow, { answers: answersOf('', nothing, null, () => nothing), text: '', aim: null });
}

/** Gathers the effects of a step; look-ups are answered and stepped with, at most eight a turn. */
async function carryOut(turn: Turn, flow: FlowName, first: Stepped): Promise<void> {
  const { draft, needs, windowLost } = turn;
  const asking = {
    conversationId: draft.conversation.conversationId,
    accountId: draft.conversation.accountId,
    customerId: draft.conversation.customerId,
    now: draft.now,
    windowLost,
  };
  let stepped = first;
  for (let lookUps = 0; ; lookUps++) {
    let answer: DialogEvent | null = null;
    let handedOff: Extract<Effect, { kind: 'hand-off' }> | null = null;
    for (const effect of stepped.effects) {
      if (effect.kind === 'say') sayOf(turn, effect, flow);
      else if (effect.kind === 'ask') ask(draft, flow, effect.question);
      else if (effect.kind === 'hand-off') handedOff = effect;
      else if (effect.kind === 'look-up') answer = await answerLookUp(effect.lookUp, asking, needs);
      else addEffect(draft, effect, needs);
    }
    if (handedOff !== null) {
      keep(draft, stepped);
      say(draft, { key: handedOff.first, data: {} }, flow);
      return await handOff(turn, handedOff.reason, handedOff.phone);
    }
    if (answer === null) {
      keep(draft, stepped);
      return stepped.dialog === null ? await resume(turn) : undefined;
    }
    if (lookUps >= LOOK_UPS_MAX || stepped.dialog === null)
      throw new Error(`invariant: ${flow} asked for more look-ups than a turn allows`);
    const next = stepDialog(stepped.dialog, answer);
    if (next === null || !next.heard) throw new Error(`invariant: ${flow} has no ear for ${answer.type}`);
    stepped = next;
  }
}

/** What has to reach the customer is about the ticket of this turn; a visit comes with its calendar file. */
function sayOf({ draft, needs }: Turn, { reply, sure }: Extract<Effect, { kind: 'say' }>, flow: FlowName): void {
  const ticketId = draft.tickets[0]?.id ?? draft.ticketChanges[0]?.ticketId;
  if (sure === null || ticketId === undefined) {
    say(draft, reply, flow);
    return;
  }
  const visit = draft.reservation;
  const links = visit === null ? [] : [{ label: CALENDAR, url: needs.calendarUrl(visit.appointmentId) }];
  sayForSure(draft, reply, { reason: sure, ticketId }, links, flow);
}

function keep(draft: Draft, stepped: Stepped): void {
  const stack = stepped.dialog === null ? draft.state.stack : [...draft.state.stack, stepped.dialog];
  draft.state = { ...draft.state, stack, lastAsked: stepped.dialog === null ? null : draft.state.lastAsked };
}

/** The dialog below is taken up again, aloud. */
export async function resume(turn: Turn): Promise<void> {
  const { draft } = turn;
  const top = draft.state.stack.at(-1);
  if (top === undefined) return;
  say(draft, { key: `resumed.${top.flow}`, data: {} }, top.flow);
  await tell(turn, { type: 'RESUMED' });
}

/** After something in between: the open question once more, without a miss. */
export async function askAgain(turn: Turn): Promise<void> {
  if (turn.draft.state.stack.length > 0) await tell(turn, { type: 'RESUMED' });
}
