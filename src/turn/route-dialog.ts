/** What a message means while a dialog is open: an answer to it, another matter, or a word about the dialog itself. */
import type { Answers, CustomerEvent } from '../../flows/dialog-event.ts';
import type { FlowName } from '../../flows/registry.ts';
import type { Intent } from '../understanding/understood.ts';
import { saysAnything } from './answers.ts';
import type { ConversationState } from './conversation-state.ts';
import { COURTESIES, FOR_A_PERSON, OF_A_TICKET, SURE } from './intents.ts';
import type { Heard, Move } from './move.ts';
import {
  AGREED,
  BACK,
  BARE_CANCEL,
  CALL_IT_OFF,
  CALLED_OFF,
  CANCEL_ASKED,
  CHANGE_FEE,
  COMPLAINT,
  KEPT,
  MONEY,
  NO_CANCEL,
  NO_NUMBER,
  RESTART,
  UNCHANGED,
  WAIT,
} from './said.ts';

/** In a dialog these move nothing. */
const SMALL_TALK: ReadonlySet<Intent> = new Set(['chitchat', 'out_of_scope']);

export function routeInDialog({ text, understood, answers }: Heard, state: ConversationState): Move {
  const { intent, confidence } = understood;
  const event = (it: CustomerEvent, otherwise: CustomerEvent | null = null): Move => ({ kind: 'event', event: it, otherwise });
  const plain = text.normalize('NFKC').trim();
  const asked = state.lastAsked?.asking ?? null;
  const answered: CustomerEvent = { type: 'ANSWERED', answers, text: text.trim() };
  if (BACK.test(plain)) return event({ type: 'WENT_BACK' });
  if (RESTART.test(plain)) return event({ type: 'RESTARTED' });
  if (WAIT.test(plain)) return { kind: 'wait' };
  if ((asked === 'confirm' || asked === 'window') && CALLED_OFF.test(plain) && !saysAnything(answers)) return event({ type: 'CANCELLED' });
  const sure = confidence >= SURE;
  const anything = saysAnything(answers);
  const flow = state.stack.at(-1)?.flow;
  if (CHANGE_FEE.test(plain)) return { kind: 'answer', topic: 'change-fee' };
  const ofTicket = flow === 'repair-booking' ? null : routeOfTicket(plain, { intent, sure, asked }, flow, state, answers);
  if (ofTicket !== null) return ofTicket;
  if (/^[\d\s+-]{5,}$/u.test(plain) && !anything && asked !== null) return event({ type: 'NOT_UNDERSTOOD' });
  if (sure && intent === 'complaint' && (answers.reports.length === 0 || COMPLAINT.test(plain)))
    return { kind: 'hand-off', reason: intent, first: 'handoff.topic' };
  const other = sure ? OF_A_TICKET[intent] : undefined;
  // An appliance alone is no fault, 来 no choice of how: 上次约的空调我想改个时间 and 师傅什么时候来 mean the visit there is.
  const faults = answers.reports.filter((it) => it.text !== null || it.errorCode !== null);
  const elsewhere = !saysAnything({ ...answers, reports: faults, serviceMode: null });
  if (flow === 'repair-booking' && other !== undefined && other.aim !== 'cancel' && (elsewhere || answers.ticketNumber !== null)) {
    const another = other.aim === 'reschedule' && (asked === 'confirm' || asked === 'window') && !anything;
    return another ? event({ type: 'ANOTHER_WINDOW_WANTED' }) : { kind: 'start', ...other, answers };
  }
  if (flow === 'repair-booking' && BARE_CANCEL.test(plain)) return event({ type: 'CANCELLED' });
  const calledOff = sure && (intent === 'cancel_flow' || intent === 'cancel_booking');
  if (calledOff && MONEY.test(plain)) return { kind: 'answer', topic: 'price' };
  if (calledOff && !anything) return event({ type: 'CANCELLED' });
  if (sure && intent === 'repeat') return event({ type: 'REPEAT_ASKED' });
  if (sure && intent === 'resume') return event({ type: 'RESUMED' });
  if (sure && intent === 'skip' && !anything) return event({ type: 'SKIPPED' });
  if (sure && (intent === 'ask_price' || intent === 'query_warranty') && answers.wishes.length === 0 && answers.phone === null)
    return { kind: 'answer', topic: 'price' };
  if (sure && intent === 'ask_hours' && answers.phone === null) return { kind: 'answer', topic: 'hours' };
  if (anything) return event(answered, asked === 'confirm' && AGREED.test(plain) ? { type: 'AFFIRMED' } : null);
  if (intent === 'affirm') return event({ type: 'AFFIRMED' });
  if (intent === 'deny') return event({ type: 'DENIED' });
  if (asked === 'fault' && (intent === 'inform' || intent === 'book_repair' || !sure)) return event(answered);
  if (sure && FOR_A_PERSON.has(intent) && intent !== 'query_warranty') return { kind: 'hand-off', reason: intent, first: 'handoff.topic' };
  const courtesy = sure && !SMALL_TALK.has(intent) ? COURTESIES[intent] : undefined;
  if (courtesy !== undefined) return { kind: 'courtesy', key: courtesy };
  return event({ type: 'NOT_UNDERSTOOD' });
}

/** In a dialog about a ticket: which of the two changes, none of them, no number at hand, or a repair after all. */
function routeOfTicket(
  plain: string,
  heard: { readonly intent: Intent; readonly sure: boolean; readonly asked: string | null },
  flow: FlowName | undefined,
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
  if (sure && intent === 'book_repair' && described && !booking) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (flow !== 'appointment-change') {
    const other = sure && intent !== 'query_progress' ? OF_A_TICKET[intent] : undefined;
    return other === undefined ? null : { kind: 'start', ...other, answers };
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
