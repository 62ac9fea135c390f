/**
 * One turn: the oldest unapplied message of a conversation in, the one write that answers it out. Reads and steps only;
 * whoever calls decides when to write, and calls again when the write lost its revision or its window.
 */
import type { Answers } from '../../flows/dialog-event.ts';
import { localDayOf } from '../domain/business-calendar.ts';
import { type Instant, instantOf } from '../domain/instant.ts';
import { withoutOurMarks } from '../domain/ticket-number.ts';
import { unreachable } from '../domain/unreachable.ts';
import { isQuestion } from '../understanding/enquiry-question.ts';
import { languageOf } from '../understanding/language.ts';
import { EXPECTED, type Expected, type Understood } from '../understanding/understood.ts';
import { ABOUT_DIALOG, askBeforeGivingUp, askWhoComesBack, comesBack } from './about-dialog.ts';
import { answerLink, repeatLink, wantLink } from './account-link.ts';
import { answerQuestion } from './answer-question.ts';
import { answersOf, partReader } from './answers.ts';
import { callBack, noteNumber } from './call-back.ts';
import { chosenMeaning, isTapped } from './chosen.ts';
import { clarify, OPENING_BUTTONS } from './clarify.ts';
import { NEW_CONVERSATION, parseState } from './conversation-state.ts';
import { askOutside, finish, newDraft, offer, say, sayAt, speak } from './draft.ts';
import { raisePage } from './effect-rows.ts';
import { answerEnquiry } from './enquiry.ts';
import { handOff, noteInQueue, wordOnTheWait } from './hand-off.ts';
import { CONSENT, happened, privacyLink } from './happenings.ts';
import { located } from './location.ts';
import { keepLoose, tieToJustOpened } from './loose-photos.ts';
import type { Inbound, InboundBody } from './message.ts';
import { type Heard, type Move, PRICE_OF } from './move.ts';
import type { ConversationAtRevision, TurnWrite } from './ports.ts';
import { secondOpinion } from './proposal.ts';
import { withReturnedAppliance } from './returned-fault.ts';
import { route } from './route.ts';
import { askAgain, resume, start, tell } from './tell-dialog.ts';
import type { Turn, TurnNeeds } from './turn.ts';
import { spoken, wordsAfter } from './voice.ts';
import { warn } from './warn.ts';

const NOTHING_ASKED = { kind: 'nothing' } as const;

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
  if (first.body.kind !== 'event') {
    // First contact on a channel that does not say hello: the line on personal data comes all the same.
    if (conversation.revision === 0) offer(draft, CONSENT, [], [privacyLink(needs)]);
    draft.state = { ...draft.state, lossTold: false };
  }
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
    case 'photos':
      await seen(turn, first.body);
      break;
    case 'voice':
      await spoken(turn, first.body);
      break;
    case 'location':
      await located(turn, first.body);
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

/**
 * Pictures are kept whoever has the chat; the dialog on top may want them, and a text beside them counts. Outside any dialog
 * they go with the ticket just opened, unless the text begins another matter.
 */
async function seen(turn: Turn, { attachmentIds, text }: Extract<InboundBody, { kind: 'photos' }>): Promise<void> {
  const { draft } = turn;
  if (draft.owner !== 'bot') return text === null ? undefined : await heard(turn, text);
  keepLoose(draft, attachmentIds);
  const inDialog = draft.state.stack.length > 0;
  if (inDialog) await tell(turn, { type: 'PHOTOS_SENT', attachmentIds });
  const before = draft.said.length;
  if (text !== null) await heard(turn, text);
  const number = tieToJustOpened(draft, attachmentIds);
  if (number !== null) return sayAt(draft, before, { key: 'photos.with-ticket', data: { numbers: { as: 'numbers', value: [number] } } });
  if (text === null && !inDialog) offer(draft, { key: 'photos.kept.open', data: {} }, OPENING_BUTTONS);
}

async function heard(turn: Turn, typed: string): Promise<void> {
  const { draft, needs } = turn;
  const text = withoutOurMarks(typed);
  if (draft.owner === 'bot' && isTapped(text, draft.state)) return await tapped(turn, text);
  speak(draft, languageOf(text, draft.state.language) ?? draft.state.language);
  const about = { now: draft.now, timeZone: needs.timeZone };
  const asked = expectedOf(draft.state.lastAsked?.asking ?? null);
  const readPart = partReader(needs.understand, about);
  const plain = needs.understand(text, { ...about, expects: asked });
  const isBots = draft.owner === 'bot' && chosenMeaning(text, draft.state) === null;
  const understood = isBots ? await secondOpinion(needs.propose, text, plain, asked, readPart) : plain;
  const answers = answersOf(text, understood, asked, readPart);
  const asks = draft.owner !== 'human' && chosenMeaning(text, draft.state) === null;
  const search = (inDialog: boolean) => needs.searchEnquiries(text, { understood, inDialog });
  const enquiry = asks ? await search(draft.state.stack.length > 0) : NOTHING_ASKED;
  const likely = asks && draft.state.stack.length > 0 && isQuestion(text) ? await search(false) : enquiry;
  await follow(turn, text, { understood, answers, enquiry, likely });
}

/** Nothing to understand: what the button means was decided when it was offered. */
async function tapped(turn: Turn, label: string): Promise<void> {
  const understood = turn.needs.readButton(label);
  const answers = answersOf(label, understood, null, () => understood);
  await follow(turn, label, { understood, answers, enquiry: NOTHING_ASKED, likely: NOTHING_ASKED });
}

async function follow(turn: Turn, text: string, heard: Omit<Heard, 'text'>): Promise<void> {
  const { draft, needs } = turn;
  const { understood, answers } = heard;
  const move = route({ text, ...heard }, draft.state, draft.owner);
  const back = draft.owner === 'bot' ? comesBack(draft.state, draft.now, needs.policy.silence.parkMinutes, move) : null;
  const { heardAt } = draft.state;
  const dayOf = (at: number) => localDayOf(instantOf(at), needs.timeZone);
  const isAnotherDay = heardAt !== null && dayOf(heardAt) !== dayOf(draft.now);
  draft.state = { ...draft.state, heardAt: draft.now, nudged: false, voices: wordsAfter(draft.state.voices) };
  if (back !== null) return askWhoComesBack(draft, back, { move, text }, isAnotherDay);
  await make(turn, move, text, answers, understood);
}

async function make(turn: Turn, move: Move, text: string, answers: Answers, understood: Understood): Promise<void> {
  const { draft, needs } = turn;
  switch (move.kind) {
    case 'danger':
      return await warn(turn, move.danger, text, understood);
    case 'safe':
      // The booking that goes on asks for the same number.
      say(draft, {
        key: draft.state.danger?.reachable || draft.state.lastAsked?.asking === 'phone' ? 'danger.safe' : 'danger.safe.contact',
        data: {},
      });
      return draft.owner === 'bot' ? await resume(turn) : undefined;
    case 'danger-contact':
      draft.customer = { ...draft.customer, phone: move.phone };
      if (draft.state.danger !== null) draft.state = { ...draft.state, danger: { ...draft.state.danger, reachable: true } };
      say(draft, { key: 'danger.contact-noted', data: { phone: { as: 'phone', value: move.phone } } });
      return draft.owner === 'bot' ? await askAgain(turn) : undefined;
    case 'silent':
      return;
    case 'noted':
      return noteInQueue(draft);
    case 'queue-asked':
      return say(draft, await wordOnTheWait(turn, { next: 'handoff.position.next', ahead: 'handoff.position' }));
    case 'could-do':
      return say(draft, { key: 'handoff.can-do', data: {} });
    case 'grave': {
      const isInjury = move.gravity !== 'private-payment';
      say(draft, { key: isInjury ? 'complaint.concern' : 'complaint.private-payment', data: {} });
      const reason = isInjury ? 'complaint-urgent' : 'private-payment';
      return raisePage(draft, reason, null, needs, `${reason}:${draft.conversation.conversationId}`);
    }
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
    case 'call-back':
      return await callBack(turn, move.phone);
    case 'call-back-number':
      return noteNumber(draft, move.phone);
    case 'event':
      if (answers.phone !== null && draft.state.danger?.reachable === false) {
        draft.customer = { ...draft.customer, phone: answers.phone };
        draft.state = { ...draft.state, danger: { ...draft.state.danger, reachable: true } };
      }
      return await tell(turn, move.event, move.otherwise);
    case 'give-up':
      return askBeforeGivingUp(draft) ? undefined : await tell(turn, { type: 'CANCELLED' });
    case 'anew':
      draft.state = { ...draft.state, stack: draft.state.stack.filter((it) => it.flow !== move.flow) };
      return await start(turn, move.flow, { answers: move.answers, text: move.text, aim: null });
    case 'start': {
      const isRepair = move.flow === 'repair-booking';
      const known = isRepair ? await withReturnedAppliance(turn, move.answers, text) : move.answers;
      return await start(turn, move.flow, { answers: known, text, aim: move.aim });
    }
    case 'enquire':
      for (const asked of move.asked) say(draft, await answerEnquiry(asked, answers, draft.state, draft.now, needs));
      return draft.owner === 'bot' ? await askAgain(turn) : undefined;
    case 'answer': {
      const reply = await answerQuestion(move.topic, answers, draft.state, draft.now, needs);
      if (reply.key === 'answer.price.which') return askOutside(draft, reply, PRICE_OF);
      say(draft, reply);
      return draft.owner === 'bot' ? await askAgain(turn) : undefined;
    }
    case 'wait':
      return say(draft, { key: 'take-your-time', data: {} });
    case 'courtesy':
      say(draft, { key: move.key, data: {} });
      return await askAgain(turn);
    case 'clarify':
      return await clarify(turn, move.options);
    case 'want-link':
      return await wantLink(turn, move.ticketId);
    case 'answer-link':
      return await answerLink(turn, move.linkId, move.isMine);
    case 'repeat-link':
      return await repeatLink(turn);
    default:
      return unreachable(move);
  }
}

/** Whether to give up or go on is a yes or a no, like a read-back. */
function expectedOf(asking: string | null): Expected | null {
  if (ABOUT_DIALOG.some((it) => it === asking)) return 'confirm';
  return EXPECTED.find((it) => it === asking) ?? null;
}
