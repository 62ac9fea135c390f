/**
 * One turn: the oldest unapplied message of a conversation in, the one write that answers it out. Reads and steps only;
 * whoever calls decides when to write, and calls again when the write lost its revision or its window.
 */
import type { Answers } from '../../flows/dialog-event.ts';
import type { Danger } from '../domain/danger.ts';
import type { Instant } from '../domain/instant.ts';
import { unreachable } from '../domain/unreachable.ts';
import { EXPECTED, type Expected, type Understood } from '../understanding/understood.ts';
import { answerQuestion } from './answer-question.ts';
import { answersOf, partReader } from './answers.ts';
import { clarify, OPENING_BUTTONS } from './clarify.ts';
import { NEW_CONVERSATION, parseState } from './conversation-state.ts';
import { finish, newDraft, offer, say } from './draft.ts';
import { raisePage } from './effect-rows.ts';
import { handOff, openHandoff, wordOnTheWait } from './hand-off.ts';
import { CONSENT, happened, privacyLink } from './happenings.ts';
import type { Inbound } from './message.ts';
import type { Move } from './move.ts';
import type { ConversationAtRevision, TurnWrite } from './ports.ts';
import { route } from './route.ts';
import { askAgain, resume, start, tell } from './tell-dialog.ts';
import type { Turn, TurnNeeds } from './turn.ts';
import { warn } from './warn.ts';

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
      await happened(turn, first.body);
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
  const danger = dangerIn(messages, now, needs);
  if (danger !== null) {
    say(draft, { key: `danger.${danger}`, data: {} });
    raisePage(draft, `danger-${danger}`, null, needs);
  }
  if (conversation.owner === 'bot') {
    say(draft, { key: 'handoff.topic', data: {} });
    try {
      openHandoff(draft, 'bot-failure', needs);
    } catch {
      // What is stored of the dialog can't even be told to a person: it would break every turn after this one as well.
      draft.state = { ...draft.state, stack: [], lastAsked: null };
      openHandoff(draft, 'bot-failure', needs);
    }
  }
  return finish(
    draft,
    messages.map((it) => it.id),
    needs,
  );
}

async function heard(turn: Turn, text: string): Promise<void> {
  const { draft, needs } = turn;
  // First contact on a channel that does not say hello: the line on personal data comes all the same.
  if (draft.conversation.revision === 0) offer(draft, CONSENT, [], [privacyLink(needs)]);
  const about = { now: draft.now, timeZone: needs.timeZone };
  const asked = expectedOf(draft.state.lastAsked?.asking ?? null);
  const understood = needs.understand(text, { ...about, expects: asked });
  const answers = answersOf(text, understood, asked, partReader(needs.understand, about));
  await make(turn, route({ text, understood, answers }, draft.state, draft.owner), text, answers, understood);
}

async function make(turn: Turn, move: Move, text: string, answers: Answers, understood: Understood): Promise<void> {
  const { draft, needs } = turn;
  switch (move.kind) {
    case 'danger':
      return await warn(turn, move.danger, text, understood);
    case 'safe':
      say(draft, { key: draft.state.danger?.reachable ? 'danger.safe' : 'danger.safe.contact', data: {} });
      return draft.owner === 'bot' ? await resume(turn) : undefined;
    case 'danger-contact':
      draft.customer = { ...draft.customer, phone: move.phone };
      if (draft.state.danger !== null) draft.state = { ...draft.state, danger: { ...draft.state.danger, reachable: true } };
      say(draft, { key: 'danger.contact-noted', data: { phone: { as: 'phone', value: move.phone } } });
      return draft.owner === 'bot' ? await askAgain(turn) : undefined;
    case 'silent':
      return;
    case 'noted':
      draft.state = { ...draft.state, queueNoted: true };
      return say(draft, { key: 'handoff.noted', data: {} });
    case 'queue-asked':
      return say(draft, await wordOnTheWait(turn, { next: 'handoff.position.next', ahead: 'handoff.position' }));
    case 'could-do':
      return say(draft, { key: 'handoff.can-do', data: {} });
    case 'kept':
      return say(draft, { key: 'change.kept', data: {} });
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
      return await tell(turn, move.event, move.otherwise);
    case 'start':
      return await start(turn, move.flow, { answers: move.answers, text, aim: move.aim });
    case 'answer':
      say(draft, await answerQuestion(move.topic, answers, draft.state, draft.now, needs));
      return draft.owner === 'bot' ? await askAgain(turn) : undefined;
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

function expectedOf(asking: string | null): Expected | null {
  return EXPECTED.find((it) => it === asking) ?? null;
}

/** Even of a message that breaks the turn: the danger in it, if it can be read at all. */
function dangerIn(messages: readonly Inbound[], now: Instant, { understand, timeZone }: TurnNeeds): Danger | null {
  try {
    const dangers = messages.map((it) =>
      it.body.kind === 'text' ? understand(it.body.text, { now, timeZone, expects: null }).entities.danger : null,
    );
    return dangers.find((it) => it !== null) ?? null;
  } catch {
    return null;
  }
}
