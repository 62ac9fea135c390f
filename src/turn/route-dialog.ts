/** What a message means while a dialog is open: an answer to it, another matter, or a word about the dialog itself. */
import type { Answers, CustomerEvent } from '../../flows/dialog-event.ts';
import type { FlowName } from '../../flows/registry.ts';
import { isQuestion } from '../understanding/enquiry-question.ts';
import type { Intent } from '../understanding/understood.ts';
import { aboutDialog } from './about-dialog.ts';
import { isBeside, saysAnything } from './answers.ts';
import { answersByAsking, asksAside, asksBesideStory, asksHours } from './asks-beside.ts';
import type { ConversationState } from './conversation-state.ts';
import { asksEveryday, asksOfOwnCover, asksOfVisits } from './everyday.ts';
import { tellsOfFault } from './fault-words.ts';
import { COURTESIES, FOR_A_PERSON, LIKELY, OF_A_TICKET, OF_ITS_OWN, SURE } from './intents.ts';
import { meaningOf } from './meaning.ts';
import type { Heard, Move } from './move.ts';
import { routeOfCase } from './route-case.ts';
import {
  AGREED,
  AGREED_WHOLLY,
  BACK,
  BACK_HERE,
  BARE_CANCEL,
  CALL_IT_OFF,
  CALLED_OFF,
  CANCEL_ASKED,
  CHANGE_FEE,
  COMPLAINT,
  COVER_ASKED,
  DROPPED,
  GOES_ON,
  KEPT,
  LANGUAGE_ASKED,
  MODEL_UNKNOWN,
  MONEY,
  NO_CANCEL,
  NO_NUMBER,
  REPAIR_ITSELF,
  RESTART,
  SAME_PLACE,
  UNCHANGED,
  WAIT,
} from './said.ts';

/** In a dialog these move nothing. */
const SMALL_TALK: ReadonlySet<Intent> = new Set(['chitchat', 'out_of_scope']);
const ELSEWHERE: ReadonlySet<Intent> = new Set([
  'complaint',
  'query_warranty',
  'query_progress',
  'reschedule',
  'ask_price',
  'ask_hours',
  'human',
]);
/** A word or two is rather a clumsy answer than another matter. */
const ELSEWHERE_CHARACTERS_MIN = 4;
/** Asked for in the customer's own words, where 刚才 may begin a story. */
const OPEN_WORDS: ReadonlySet<string> = new Set(['fault', 'what', 'reason', 'comment']);
/** Dialogs on a case: warranty, complaint, survey. */
const CASES: ReadonlySet<FlowName> = new Set(['warranty-lookup', 'complaint', 'survey']);

export function routeInDialog(heard: Heard, state: ConversationState): Move {
  const { text, understood, answers, enquiry, likely } = heard;
  const { intent, confidence } = understood;
  const event = (it: CustomerEvent, otherwise: CustomerEvent | null = null): Move => ({ kind: 'event', event: it, otherwise });
  const plain = text.normalize('NFKC').trim();
  const asked = state.lastAsked?.asking ?? null;
  const answered: CustomerEvent = { type: 'ANSWERED', answers, text: text.trim() };
  const sure = confidence >= SURE;
  const flow = state.stack.at(-1)?.flow ?? 'repair-booking';
  if (BACK.test(plain)) return event({ type: 'WENT_BACK' });
  if (RESTART.test(plain)) return event({ type: 'RESTARTED' });
  if (WAIT.test(plain) && intent !== 'correct') return { kind: 'wait' };
  if (LANGUAGE_ASKED.test(plain)) return { kind: 'courtesy', key: 'language' };
  if (asked === 'confirm' && AGREED_WHOLLY.test(plain)) return event({ type: 'AFFIRMED' });
  const isOffered = asked === 'address' && state.lastAsked?.choices.some((it) => it.means.type === 'AFFIRMED') === true;
  if (isOffered && SAME_PLACE.test(plain)) return event({ type: 'AFFIRMED' });
  const ofDialog = routeAboutDialog(plain, sure ? intent : null, state);
  if (ofDialog !== null) return ofDialog;
  if ((asked === 'confirm' || asked === 'window') && CALLED_OFF.test(plain) && !saysAnything(answers)) return { kind: 'give-up' };
  const anything = saysAnything(answers);
  if (!anything && asked !== null && !OPEN_WORDS.has(asked) && BACK_HERE.test(plain)) return event({ type: 'RESUMED' });
  // Asked what is wrong, how it misbehaves is the answer: 郁唔到 is no no.
  if (asked === 'fault' && REPAIR_ITSELF.test(plain)) return event({ type: 'REPEAT_ASKED' });
  if (asked === 'fault' && !isQuestion(plain) && tellsOfFault(plain)) return event(answered);
  if (asked === 'model' && !anything && MODEL_UNKNOWN.test(plain)) return event({ type: 'SKIPPED' });
  if (CHANGE_FEE.test(plain)) return { kind: 'answer', topic: 'change-fee' };
  const hours = asksHours(plain, asked, sure && intent === 'ask_hours', likely);
  if (hours !== null) return hours;
  if (flow === 'complaint' && asksBesideStory(plain, answers)) {
    const beside = asksEveryday(enquiry);
    if (beside !== null) return beside;
  }
  const own = CASES.has(flow) ? routeOfCase(flow, { plain, intent, sure, asked, answers, answered }) : null;
  if (own !== null) return own;
  const everyday = answersByAsking(plain, asked, answers, likely) ? null : asksEveryday(enquiry);
  const ownCover = flow !== 'warranty-lookup' && isQuestion(plain) && asksOfOwnCover(plain, answers, understood, true);
  if (ownCover && saysNoMoreThanCover(answers) && (everyday === null || COVER_ASKED.test(plain)))
    return { kind: 'start', flow: 'warranty-lookup', aim: null, answers };
  if (everyday !== null) return everyday;
  const aside = asksAside(plain, asked, answers, likely);
  if (aside !== null && !(sure && OF_A_TICKET[intent] !== undefined && !asksOfVisits(plain, state))) return aside;
  const complains = sure && intent === 'complaint' && (answers.reports.length === 0 || COMPLAINT.test(plain));
  if (flow !== 'complaint' && (complains || answers.gravities.includes('private-payment')))
    return { kind: 'start', flow: 'complaint', aim: null, answers };
  const ofTicket = flow === 'repair-booking' ? null : routeOfTicket(plain, { intent, sure, asked }, flow, state, answers);
  if (ofTicket !== null) return ofTicket;
  if (/^[\d\s+-]{5,}$/u.test(plain) && !anything && asked !== null) return event({ type: 'NOT_UNDERSTOOD' });
  const other = sure ? OF_A_TICKET[intent] : undefined;
  // An appliance alone is no fault, 来 no choice of how: 上次约的空调我想改个时间 and 师傅什么时候来 mean the visit there is.
  const faults = answers.reports.filter((it) => it.text !== null || it.errorCode !== null);
  const elsewhere = !saysAnything({ ...answers, reports: faults, serviceMode: null });
  if (flow === 'repair-booking' && other !== undefined && other.aim !== 'cancel' && (elsewhere || answers.ticketNumber !== null)) {
    const another = other.aim === 'reschedule' && (asked === 'confirm' || asked === 'window') && !anything;
    return another ? event({ type: 'ANOTHER_WINDOW_WANTED' }) : { kind: 'start', ...other, answers };
  }
  const matter = sure ? OF_ITS_OWN[intent] : undefined;
  if (matter !== undefined && matter.flow !== flow && elsewhere) return { kind: 'start', ...matter, answers };
  if (flow === 'repair-booking' && BARE_CANCEL.test(plain)) return { kind: 'give-up' };
  const calledOff = sure && (intent === 'cancel_flow' || intent === 'cancel_booking');
  if (calledOff && MONEY.test(plain)) return { kind: 'answer', topic: 'price' };
  if (calledOff && (!anything || CASES.has(flow))) return { kind: 'give-up' };
  if (sure && intent === 'repeat') return event({ type: 'REPEAT_ASKED' });
  if (sure && intent === 'resume') return event({ type: 'RESUMED' });
  if (sure && intent === 'skip' && !anything) return event({ type: 'SKIPPED' });
  if (sure && intent === 'ask_price' && answers.wishes.length === 0 && answers.phone === null) return { kind: 'answer', topic: 'price' };
  if (sure && intent === 'ask_hours' && answers.phone === null) return { kind: 'answer', topic: 'hours' };
  if (anything && !CASES.has(flow)) return event(answered, asked === 'confirm' && AGREED.test(plain) ? { type: 'AFFIRMED' } : null);
  // A yes that is guessed books and cancels nothing.
  if (intent === 'affirm' && (sure || asked !== 'confirm')) return event({ type: 'AFFIRMED' });
  if (intent === 'deny') return event({ type: 'DENIED' });
  if (asked === 'fault' && (intent === 'inform' || intent === 'book_repair' || !sure)) return event(answered);
  if (sure && FOR_A_PERSON.has(intent)) return { kind: 'hand-off', reason: intent, first: 'handoff.topic' };
  const courtesy = sure && !SMALL_TALK.has(intent) ? COURTESIES[intent] : undefined;
  if (courtesy !== undefined) return { kind: 'courtesy', key: courtesy };
  if (!sure && confidence >= LIKELY && ELSEWHERE.has(intent) && [...plain].length >= ELSEWHERE_CHARACTERS_MIN)
    return { kind: 'clarify', options: [intent] };
  // Asked what nobody here knows: no guess, and no reproach for not answering.
  if (isQuestion(plain) && asked !== 'fault' && isBeside(asked, answers)) return { kind: 'courtesy', key: 'enquiry.unknown.aside' };
  return event({ type: 'NOT_UNDERSTOOD' });
}

/** Which machine and since when, and nothing else a slot may want. */
function saysNoMoreThanCover(answers: Answers): boolean {
  const faults = answers.reports.filter((it) => it.text !== null || it.errorCode !== null);
  return !saysAnything({ ...answers, reports: faults, serviceMode: null, serial: null, model: null });
}

/** The answer to whether the dialog is given up or gone on with; null when the message is about something else. */
function routeAboutDialog(plain: string, intent: Intent | null, state: ConversationState): Move | null {
  const asked = aboutDialog(state);
  if (asked === null) return null;
  const event = (it: CustomerEvent): Move => ({ kind: 'event', event: it, otherwise: null });
  const givesUp = intent === 'cancel_flow' || intent === 'cancel_booking' || CALLED_OFF.test(plain) || BARE_CANCEL.test(plain);
  const goesOn = intent === 'resume' || GOES_ON.test(plain);
  const agrees = intent === 'affirm' || AGREED_WHOLLY.test(plain);
  if (asked === 'cancel') {
    if (goesOn || intent === 'deny') return event({ type: 'RESUMED' });
    return agrees || givesUp || DROPPED.test(plain) || /^(?:对|是|嗯|确定|确认)/u.test(plain) ? event({ type: 'CANCELLED' }) : null;
  }
  const [first] = state.lastAsked?.choices ?? [];
  const means = first === undefined ? undefined : meaningOf(first.means);
  if ((agrees || goesOn) && (means?.type === 'ANOTHER_WINDOW_WANTED' || means?.type === 'ANSWERED'))
    return { kind: 'event', event: means, otherwise: { type: 'RESUMED' } };
  if (agrees || goesOn) return event({ type: 'RESUMED' });
  if (intent === 'deny' || givesUp || intent === 'skip') return anewOr(state, event({ type: 'CANCELLED' }));
  return null;
}

/** 不用了, said instead of tapped: the button under the question knows what follows. */
function anewOr(state: ConversationState, otherwise: Move): Move {
  const anew = state.lastAsked?.choices.map((it) => meaningOf(it.means)).find((it) => it.type === 'ANEW');
  return anew?.type === 'ANEW' ? { kind: 'anew', flow: anew.flow, answers: anew.answers, text: anew.text } : otherwise;
}

/** In a dialog about a ticket: which of the two changes, none of them, no number at hand, or a repair after all. */
function routeOfTicket(
  plain: string,
  heard: { readonly intent: Intent; readonly sure: boolean; readonly asked: string | null },
  flow: FlowName,
  state: ConversationState,
  answers: Answers,
): Move | null {
  const { intent, sure, asked } = heard;
  // What such a dialog can take; a place or a name said by the way is none of it.
  const { wishes, engineerWish, ticketNumber, phone } = answers;
  const anything = wishes.length > 0 || engineerWish !== null || ticketNumber !== null || phone !== null;
  const event = (it: CustomerEvent): Move => ({ kind: 'event', event: it, otherwise: null });
  if ((asked === 'ticket' || asked === 'phone') && !anything && NO_NUMBER.test(plain)) return event({ type: 'SKIPPED' });
  const described = answers.reports.some((it) => it.appliance !== null && it.faults.some((fault) => fault !== 'other'));
  const booking = state.stack.some((it) => it.flow === 'repair-booking');
  const wantsRepair = sure && intent === 'book_repair' && (described || CASES.has(flow));
  if (wantsRepair && !booking) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (flow !== 'appointment-change') {
    const other = sure && !(flow === 'progress' && intent === 'query_progress') ? OF_A_TICKET[intent] : undefined;
    return other === undefined || (CASES.has(flow) && other.aim === 'cancel' && ticketNumber === null)
      ? null
      : { kind: 'start', ...other, answers };
  }
  if (UNCHANGED.test(plain) || ((KEPT.test(plain) || NO_CANCEL.test(plain)) && !anything)) return event({ type: 'CANCELLED' });
  if (CANCEL_ASKED.test(plain)) return event({ type: 'REPEAT_ASKED' });
  if (CALL_IT_OFF.test(plain) || BARE_CANCEL.test(plain)) return event({ type: 'CHANGE_CHOSEN', change: 'cancel' });
  // At the read-back only a plain yes or 取消 counts: a wish that is guessed is asked about again.
  if (sure && intent === 'cancel_booking' && wishes.length === 0)
    return event(asked === 'confirm' ? { type: 'REPEAT_ASKED' } : { type: 'CHANGE_CHOSEN', change: 'cancel' });
  if (sure && intent === 'reschedule' && !anything) return event({ type: 'CHANGE_CHOSEN', change: 'reschedule' });
  if (sure && intent === 'query_progress' && !anything) return { kind: 'start', flow: 'progress', aim: null, answers };
  return null;
}
