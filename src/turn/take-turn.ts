/**
 * One turn: the oldest unapplied message of a conversation in, the one write that answers it out. Reads and steps only;
 * whoever calls decides when to write, and calls again when the write lost its revision or its window.
 */
import type { Answers, DialogEvent } from '../../flows/dialog-event.ts';
import { DIALOGS, type FlowName } from '../../flows/registry.ts';
import { isOpen, nextOpening } from '../domain/business-calendar.ts';
import type { Danger } from '../domain/danger.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { Expected, Understand, Understood } from '../understanding/understood.ts';
import { EXPECTED } from '../understanding/understood.ts';
import { formatDatum } from '../wording/format.ts';
import type { ReplyKey } from '../wording/reply.ts';
import { answerQuestion } from './answer-question.ts';
import { answersOf, clauseReader } from './answers.ts';
import { NEW_CONVERSATION, parseState } from './conversation-state.ts';
import { type Stepped, startDialog, stepDialog } from './dialog-stack.ts';
import { addEffect, ask, type Button, type Draft, type DraftNeeds, finish, newDraft, offer, say } from './draft.ts';
import { answerLookUp, type LookUpNeeds, takeNumbers } from './look-up.ts';
import type { Inbound } from './message.ts';
import type { ConversationAtRevision, HandoffSummary, TurnWrite } from './ports.ts';
import { type Move, route } from './route.ts';

export type TurnNeeds = DraftNeeds & LookUpNeeds & { readonly understand: Understand };

/** Look-ups a single turn may ask for. */
const LOOK_UPS_MAX = 8;

/** The write that answers `messages` (one, or a burst taken as one). `windowLost`: an earlier try found its window gone. */
export async function takeTurn(
  conversation: ConversationAtRevision,
  messages: readonly Inbound[],
  now: Instant,
  windowLost: boolean,
  needs: TurnNeeds,
): Promise<TurnWrite> {
  const restored = parseState(conversation.state);
  const draft = newDraft(conversation, restored ?? NEW_CONVERSATION, now, needs.timeZone);
  if (restored === null) say(draft, { key: 'restarted', data: {} });
  const [first] = messages;
  if (first === undefined) throw new Error('invariant: a turn answers at least one message');
  const turn = { draft, windowLost, needs };
  switch (first.body.kind) {
    case 'event':
      await happened(turn, first.body.event);
      break;
    case 'unreadable':
      if (conversation.owner === 'bot') {
        say(draft, { key: `unreadable.${first.body.why}`, data: {} });
        await askAgain(turn);
      }
      break;
    case 'text':
      await heard(turn, messages.flatMap((it) => (it.body.kind === 'text' ? [it.body.text] : [])).join('\n'));
      break;
    default:
      unreachable(first.body);
  }
  return finish(
    draft,
    messages.map((it) => it.id),
    needs,
  );
}

/** The turn gives up on what the message meant, not on the customer: a person takes over with everything said so far. */
export function surrender(conversation: ConversationAtRevision, messages: readonly Inbound[], now: Instant, needs: TurnNeeds): TurnWrite {
  const draft = newDraft(conversation, parseState(conversation.state) ?? NEW_CONVERSATION, now, needs.timeZone);
  if (conversation.owner === 'bot') {
    say(draft, { key: 'handoff.topic', data: {} });
    openHandoff(draft, 'bot-failure', needs);
  }
  return finish(
    draft,
    messages.map((it) => it.id),
    needs,
  );
}

type Turn = { readonly draft: Draft; readonly windowLost: boolean; readonly needs: TurnNeeds };

async function happened(turn: Turn, event: 'conversation-started' | 'released-to-bot'): Promise<void> {
  const { draft, needs } = turn;
  switch (event) {
    case 'conversation-started':
      offer(draft, { key: 'greeting', data: { company: { as: 'text', value: needs.policy.company } } }, OPENING_BUTTONS);
      return;
    case 'released-to-bot':
      draft.state = { ...draft.state, queueNoted: false };
      say(draft, { key: 'handoff.back', data: {} });
      await resume(turn);
      return;
    default:
      unreachable(event);
  }
}

async function heard(turn: Turn, text: string): Promise<void> {
  const { draft, needs } = turn;
  const about = { now: draft.now, timeZone: needs.timeZone };
  const understood = needs.understand(text, { ...about, expects: expectedOf(draft.state.lastAsked?.asking ?? null) });
  const answers = answersOf(text, understood, clauseReader(needs.understand, about));
  await make(turn, route({ text, understood, answers }, draft.state, draft.owner), text, answers, understood);
}

async function make(turn: Turn, move: Move, text: string, answers: Answers, understood: Understood): Promise<void> {
  const { draft, needs } = turn;
  switch (move.kind) {
    case 'danger':
      return await warn(turn, move.danger, text, understood);
    case 'safe':
      say(draft, { key: draft.state.stack.length > 0 ? 'danger.safe' : 'danger.safe.contact', data: {} });
      return await resume(turn);
    case 'danger-contact':
      draft.customer = { ...draft.customer, phone: move.phone };
      return say(draft, { key: 'danger.contact-noted', data: { phone: { as: 'phone', value: move.phone } } });
    case 'silent':
      return;
    case 'noted':
      draft.state = { ...draft.state, queueNoted: true };
      return say(draft, { key: 'handoff.noted', data: {} });
    case 'withdrawn':
      draft.owner = 'bot';
      draft.handoff = { kind: 'withdraw', at: draft.now };
      draft.state = { ...draft.state, queueNoted: false };
      if (draft.state.stack.length === 0) return offer(draft, { key: 'handoff.withdrawn', data: {} }, OPENING_BUTTONS);
      say(draft, { key: 'handoff.withdrawn', data: {} });
      return await resume(turn);
    case 'hand-off':
      if (move.first !== null) say(draft, { key: move.first, data: {} });
      return await handOff(turn, move.reason);
    case 'event':
      return await tell(turn, move.event);
    case 'start':
      return await start(turn, 'repair-booking', move.answers, text);
    case 'answer':
      say(draft, await answerQuestion(move.topic, answers, draft.state, draft.now, needs));
      return await askAgain(turn);
    case 'wait':
      return say(draft, { key: 'take-your-time', data: {} });
    case 'courtesy':
      say(draft, { key: move.key, data: {} });
      return await askAgain(turn);
    case 'clarify':
      return await clarify(turn, move.options);
    default:
      return unreachable(move);
  }
}

// ---- dialogs ------------------------------------------------------------------------------------------------------

async function start(turn: Turn, flow: FlowName, answers: Answers, text: string): Promise<void> {
  const { draft, needs } = turn;
  draft.state = { ...draft.state, misses: 0 };
  await carryOut(turn, flow, startDialog(flow, answers, text, needs.policy));
}

async function tell(turn: Turn, event: DialogEvent): Promise<void> {
  const { draft } = turn;
  const top = draft.state.stack.at(-1);
  if (top === undefined) return await clarify(turn, []);
  const before = draft.said.length;
  const stepped = stepDialog(top, event);
  if (stepped === null) return await restart(turn);
  if (!stepped.heard) return await tellUnheard(turn, event);
  draft.state = { ...draft.state, stack: draft.state.stack.slice(0, -1) };
  if (event.type === 'ANSWERED' && event.answers.corrects && !stepped.effects.some((it) => it.kind === 'hand-off')) {
    draft.said.splice(before, 0, { reply: { key: 'corrected', data: {} }, flow: top.flow, asking: null, buttons: [] });
  }
  await carryOut(turn, top.flow, stepped);
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
  await start(
    turn,
    top.flow,
    answersOf('', nothing, () => nothing),
    '',
  );
}

/** Gathers the effects of a step; look-ups are answered and stepped with, at most eight a turn. */
async function carryOut(turn: Turn, flow: FlowName, first: Stepped): Promise<void> {
  const { draft, needs, windowLost } = turn;
  const asking = {
    conversationId: draft.conversation.conversationId,
    customerId: draft.conversation.customerId,
    now: draft.now,
    windowLost,
  };
  let stepped = first;
  for (let lookUps = 0; ; lookUps++) {
    let answer: DialogEvent | null = null;
    let handedOff: string | null = null;
    for (const effect of stepped.effects) {
      if (effect.kind === 'say') say(draft, effect.reply, flow);
      else if (effect.kind === 'ask') ask(draft, flow, effect.question);
      else if (effect.kind === 'hand-off') handedOff = effect.reason;
      else if (effect.kind === 'look-up') answer = await answerLookUp(effect.lookUp, asking, needs);
      else addEffect(draft, effect, needs);
    }
    if (handedOff !== null) {
      keep(draft, stepped);
      say(draft, { key: 'handoff.misses', data: {} }, flow);
      return await handOff(turn, handedOff);
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

function keep(draft: Draft, stepped: Stepped): void {
  const stack = stepped.dialog === null ? draft.state.stack : [...draft.state.stack, stepped.dialog];
  draft.state = { ...draft.state, stack, lastAsked: stepped.dialog === null ? null : draft.state.lastAsked };
}

/** The dialog below is taken up again, aloud. */
async function resume(turn: Turn): Promise<void> {
  const { draft } = turn;
  const top = draft.state.stack.at(-1);
  if (top === undefined) return;
  say(draft, { key: 'resumed', data: {} }, top.flow);
  await tell(turn, { type: 'RESUMED' });
}

/** After something in between: the open question once more, without a miss. */
async function askAgain(turn: Turn): Promise<void> {
  if (turn.draft.state.stack.length > 0) await tell(turn, { type: 'RESUMED' });
}

// ---- danger, people, questions ------------------------------------------------------------------------------------

/** Safety text first, then an urgent ticket and a page; never a question. */
async function warn(turn: Turn, danger: Danger, text: string, understood: Understood): Promise<void> {
  const { draft, needs } = turn;
  say(draft, { key: `danger.${danger}`, data: {} });
  const open = draft.state.danger;
  if (open !== null) {
    draft.pages.push({
      id: needs.makeIdentifier(),
      reason: `danger-${danger}`,
      ticketId: open.ticketId as Identifier,
      raisedAt: draft.now,
    });
    return;
  }
  const { conversationId, customerId } = draft.conversation;
  const [number] = await takeNumbers(1, { conversationId, customerId, now: draft.now, windowLost: false }, needs);
  if (number === undefined) throw new Error('invariant: a danger needs a number');
  const { appliances, faults, phone, address } = understood.entities;
  const record = await needs.readings.customerRecord(customerId);
  const top = draft.state.stack.at(-1);
  const matter = top === undefined ? null : DIALOGS[top.flow].about(top.context);
  const place = [address, matter?.address, record.address].find((it) => it?.district || it?.city) ?? null;
  const report = {
    appliance: appliances[0] ?? matter?.appliance ?? 'other',
    faults,
    text,
    model: null,
    serial: null,
    errorCode: null,
  } as const;
  const ticket = {
    ...number,
    kind: 'repair',
    status: 'open',
    priority: 'urgent',
    report,
    note: `danger-${danger}`,
    repeatOf: null,
  } as const;
  addEffect(
    draft,
    {
      kind: 'open-tickets',
      tickets: [ticket],
      customer: { name: null, phone: phone ?? matter?.phone ?? record.phone },
      address: null,
      area: { province: place?.province ?? null, city: place?.city ?? null, district: place?.district ?? null },
      contact: null,
    },
    needs,
  );
  addEffect(draft, { kind: 'page', reason: `danger-${danger}` }, needs);
  draft.state = { ...draft.state, danger: { ticketId: number.id, ticketNumber: number.number } };
  say(draft, { key: 'danger.registered', data: { numbers: { as: 'numbers', value: [number.number] } } });
}

async function handOff(turn: Turn, reason: string): Promise<void> {
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

function openHandoff(draft: Draft, reason: string, needs: DraftNeeds): void {
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

const WANTED: Readonly<Record<'repair' | 'person' | 'price' | 'hours', ReplyKey>> = {
  repair: 'choice.book-repair',
  person: 'choice.human',
  price: 'choice.ask-price',
  hours: 'choice.ask-hours',
};

const button = (what: keyof typeof WANTED): Button => ({ label: { key: WANTED[what], data: {} }, means: { type: 'WANTED', what } });

const OPENING_BUTTONS: readonly Button[] = [button('repair'), button('price'), button('person')];

/** Two likely readings as buttons; the third such message in a row goes to a person. */
async function clarify(turn: Turn, options: readonly Understood['intent'][]): Promise<void> {
  const { draft, needs } = turn;
  const misses = draft.state.misses + 1;
  if (misses >= needs.policy.handoff.missesMax) {
    draft.state = { ...draft.state, misses: 0 };
    say(draft, { key: 'handoff.misses', data: {} });
    return await handOff(turn, 'misses');
  }
  draft.state = { ...draft.state, misses };
  const likely = options.flatMap((it) =>
    it === 'ask_price' || it === 'ask_hours' ? [it === 'ask_price' ? ('price' as const) : ('hours' as const)] : [],
  );
  offer(draft, { key: likely.length > 0 ? 'unclear.two' : 'unclear.open', data: {} }, [
    button(likely[0] ?? 'repair'),
    button(likely[0] === undefined ? 'person' : 'repair'),
  ]);
}

function expectedOf(asking: string | null): Expected | null {
  return EXPECTED.find((it) => it === asking) ?? null;
}
