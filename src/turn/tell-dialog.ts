/**
 * Tells the dialog on top of the stack what happened and carries out what it asks for. When it ends, the one below goes
 * on, aloud.
 */
import type { Answers, DialogEvent } from '../../flows/dialog-event.ts';
import type { Effect } from '../../flows/effect.ts';
import { keptOf } from '../../flows/kept.ts';
import { DIALOGS, type FlowName, type Opening } from '../../flows/registry.ts';
import type { Identifier } from '../domain/identifier.ts';
import { MINUTE } from '../domain/instant.ts';
import type { SurveySubject } from '../domain/survey.ts';
import { askBeforeResuming } from './about-dialog.ts';
import { answersOf, isBeside, partReader } from './answers.ts';
import { clarify } from './clarify.ts';
import { type Stepped, startDialog, stepDialog } from './dialog-stack.ts';
import { ask, type Draft, say, sayAt, sayForSure } from './draft.ts';
import { addEffect } from './effect-rows.ts';
import { handOff } from './hand-off.ts';
import { offerLink } from './link-offer.ts';
import { answerLookUp } from './look-up.ts';
import { forgetOldPhotos } from './loose-photos.ts';
import { showPlace, takeShown, withSerialShown } from './shown.ts';
import type { Turn } from './turn.ts';

/** Look-ups a single turn may ask for. */
const LOOK_UPS_MAX = 8;
const PROVED_FOR = 30 * MINUTE;
const PROVED_MAX = 5;
const CALENDAR = { key: 'choice.calendar', data: {} } as const;

/** Starts a dialog with what the customer has said already in it; `survey` is what a survey is about. */
export async function start(
  turn: Turn,
  flow: FlowName,
  opening: Omit<Opening, 'policy' | 'underBooking' | 'below' | 'survey'>,
  survey: SurveySubject | null = null,
): Promise<void> {
  const { draft, needs } = turn;
  // A matter is on the stack once: who comes back to it begins it anew.
  draft.state = { ...draft.state, misses: 0, stack: draft.state.stack.filter((it) => it.flow !== flow) };
  const top = draft.state.stack.at(-1);
  if (top === undefined) forgetOldPhotos(draft);
  const below = top === undefined ? null : DIALOGS[top.flow].about(top.context);
  const before = draft.said.length;
  const { answers, place } = takeShown(draft, flow, opening.answers, opening.text);
  await carryOut(
    turn,
    flow,
    startDialog(flow, {
      ...opening,
      answers: flow === 'complaint' && below?.words != null ? withWords(turn, answers, below.words) : answers,
      below,
      survey,
      policy: needs.policy,
      underBooking: draft.state.stack.some((it) => it.flow === 'repair-booking'),
    }),
  );
  if (place !== null) showPlace(draft, before, place);
}

/** What was told in the dialog below is read as if it were told now: its class and weight are known. */
function withWords({ draft, needs }: Turn, answers: Answers, words: string): Answers {
  const about = { now: draft.now, timeZone: needs.timeZone };
  const read = answersOf(words, needs.understand(words, { ...about, expects: 'what' }), 'what', partReader(needs.understand, about));
  return {
    ...answers,
    complaintTypes: [...new Set([...answers.complaintTypes, ...read.complaintTypes])],
    category: answers.category ?? read.category,
    gravities: [...new Set([...answers.gravities, ...read.gravities])],
    amountYuan: answers.amountYuan ?? read.amountYuan,
  };
}

/** One event into the dialog on top; `otherwise` in its place when it would move nothing. */
export async function tell(turn: Turn, event: DialogEvent, otherwise: DialogEvent | null = null): Promise<void> {
  const { draft } = turn;
  const top = draft.state.stack.at(-1);
  if (top === undefined) return await clarify(turn, []);
  const before = draft.said.length;
  const ofBooking = event.type === 'ANSWERED' && top.flow === 'repair-booking';
  const stepped = stepDialog(top, ofBooking ? { ...event, answers: withSerialShown(draft, event.answers) } : event);
  if (stepped === null) return await restart(turn);
  if (stepped.missed && otherwise !== null) return await tell(turn, otherwise);
  if (!stepped.heard) return await tellUnheard(turn, event);
  draft.state = { ...draft.state, stack: draft.state.stack.slice(0, -1) };
  const asked = draft.state.lastAsked?.asking ?? null;
  await carryOut(turn, top.flow, stepped);
  const heardAloud = event.type === 'ANSWERED' && !stepped.missed && draft.handoff === null;
  if (!heardAloud) return;
  const aside = draft.said[before]?.asking === asked && TOLD_ASIDE.has(asked ?? '') && isBeside(asked, event.answers);
  if (!event.answers.corrects && !aside) return;
  sayAt(draft, before, { key: event.answers.corrects ? 'corrected' : 'noted', data: {} }, top.flow);
}

/** Slots whose question comes again when something else was answered: that is said to be noted. */
const TOLD_ASIDE: ReadonlySet<string> = new Set(['appliance', 'fault', 'address', 'phone', 'name', 'model']);

/** The state has no ear for it (a stale button): the question is put again, as after a miss. */
async function tellUnheard(turn: Turn, event: DialogEvent): Promise<void> {
  if (event.type === 'NOT_UNDERSTOOD' || event.type === 'RESUMED') return;
  if (event.type === 'PHOTOS_SENT') {
    say(turn.draft, { key: 'photos.kept', data: {} });
    return await askAgain(turn);
  }
  await tell(turn, { type: 'NOT_UNDERSTOOD' });
}

/** What was stored of the dialog can't go on: it starts anew with what the customer said, and says so. */
async function restart(turn: Turn): Promise<void> {
  const { draft } = turn;
  const top = draft.state.stack.at(-1);
  draft.state = { ...draft.state, stack: draft.state.stack.slice(0, -1), lastAsked: null };
  if (top === undefined) return;
  say(draft, { key: 'restarted', data: {} });
  // A survey is ours to ask, and was asked once.
  if (top.flow === 'survey') return await resume(turn);
  await start(turn, top.flow, { ...keptOf(top.context), aim: null });
}

/** Gathers the effects of a step; look-ups are answered and stepped with, at most eight a turn. */
async function carryOut(turn: Turn, flow: FlowName, first: Stepped): Promise<void> {
  const { draft, needs, windowLost } = turn;
  const asking = {
    conversationId: draft.conversation.conversationId,
    accountId: draft.conversation.accountId,
    customerId: draft.conversation.customerId,
    proved: draft.state.proved.filter((it) => it.until > draft.now).map((it) => it.ticketId as Identifier),
    now: draft.now,
    windowLost,
  };
  let stepped = first;
  let proved: Identifier | null = null;
  for (let lookUps = 0; ; lookUps++) {
    let answer: DialogEvent | null = null;
    let handedOff: Extract<Effect, { kind: 'hand-off' }> | null = null;
    let follows: Extract<Effect, { kind: 'start' | 'tell-below' }> | null = null;
    for (const effect of stepped.effects) {
      if (effect.kind === 'say') sayOf(turn, effect, flow);
      else if (effect.kind === 'ask') ask(draft, flow, effect.question);
      else if (effect.kind === 'hand-off') handedOff = effect;
      else if (effect.kind === 'start' || effect.kind === 'tell-below') follows = effect;
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
      if (stepped.dialog !== null) return;
      if (follows === null) {
        await offerLink(turn, flow, proved);
        return await resumeAfter(turn);
      }
      if (follows.kind === 'tell-below') return await resume(turn, follows.answers);
      return await start(turn, follows.flow, { answers: follows.answers, text: follows.text, aim: null });
    }
    if (answer.type === 'TICKET_PROVED') {
      proved = answer.ticket.id;
      remember(draft, proved);
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

/** What was proved counts for a while: nobody shows number and phone twice in one chat. */
function remember(draft: Draft, ticketId: Identifier): void {
  const proved = draft.state.proved.filter((it) => it.ticketId !== ticketId && it.until > draft.now);
  draft.state = { ...draft.state, proved: [...proved.slice(-PROVED_MAX + 1), { ticketId, until: draft.now + PROVED_FOR }] };
}

/** Another matter is done: the dialog below goes on, or is asked about when both change something. */
async function resumeAfter(turn: Turn): Promise<void> {
  const top = turn.draft.state.stack.at(-1);
  if (top === undefined || askBeforeResuming(turn.draft, top.flow)) return;
  await resume(turn);
}

/** The dialog below is taken up again, aloud; a booking with what was found out for it. */
export async function resume(turn: Turn, found: Answers | null = null): Promise<void> {
  const { draft } = turn;
  const top = draft.state.stack.at(-1);
  if (top === undefined) return;
  say(draft, { key: `resumed.${top.flow}`, data: {} }, top.flow);
  if (found === null || top.flow !== 'repair-booking') return await tell(turn, { type: 'RESUMED' });
  await tell(turn, { type: 'ANSWERED', answers: found, text: '' }, { type: 'RESUMED' });
}

/** After something in between: the open question once more, without a miss. */
export async function askAgain(turn: Turn): Promise<void> {
  if (turn.draft.state.stack.length > 0) await tell(turn, { type: 'RESUMED' });
}
