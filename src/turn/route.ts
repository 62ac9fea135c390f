/**
 * Decides what one message of a customer is about: danger before everything, then a button or number under the last
 * question, a person asked for, and only then the dialog on top. Pure; the first rule that fits wins.
 */
import type { CustomerEvent } from '../../flows/dialog-event.ts';
import { chosenMeaning } from './chosen.ts';
import type { ConversationState, Meaning } from './conversation-state.ts';
import { COURTESIES, FOR_A_PERSON, OF_A_TICKET, SURE } from './intents.ts';
import type { Heard, Move } from './move.ts';
import type { Owner } from './ports.ts';
import { routeInDialog } from './route-dialog.ts';
import {
  BARE_CANCEL,
  BARE_CHANGE,
  CANCEL_ASKED,
  CANCEL_VISIT,
  CHANGE_FEE,
  CHASED,
  COMPLAINT,
  CONTINUE,
  DETAILS_WRONG,
  NO_CANCEL,
  PERSON,
  QUEUE_ASKED,
  ROBOT,
  SAFE,
  UNCHANGED,
  WHO_COMES,
} from './said.ts';

export function route(heard: Heard, state: ConversationState, owner: Owner): Move {
  const { text, understood } = heard;
  const { danger } = understood.entities;
  if (danger !== null) return { kind: 'danger', danger };
  if (owner === 'human') return { kind: 'silent' };
  if (state.danger !== null && SAFE.test(text)) return { kind: 'safe' };
  const { phone } = heard.answers;
  const calledBack = state.danger !== null && !state.danger.reachable && state.lastAsked?.asking !== 'phone';
  if (phone !== null && (calledBack || (state.danger !== null && state.stack.length === 0))) return { kind: 'danger-contact', phone };
  if (owner === 'queue') return routeInQueue(heard, state);

  const chosen = chosenMeaning(text, state);
  if (chosen !== null) return meant(chosen, heard);
  if (understood.intent === 'human' && (understood.confidence >= SURE || PERSON.test(text)))
    return ROBOT.test(text) && !/转|找|要|叫/u.test(text)
      ? { kind: 'answer', topic: 'robot' }
      : { kind: 'hand-off', reason: 'asked', first: null };
  if (understood.intent === 'abuse' && understood.confidence >= SURE) return { kind: 'hand-off', reason: 'abuse', first: 'handoff.abuse' };
  if (ROBOT.test(text) && !heard.answers.reports.some((it) => it.appliance !== null)) return { kind: 'answer', topic: 'robot' };
  return state.stack.length > 0 ? routeInDialog(heard, state) : routeOutside(heard, state);
}

function routeInQueue({ text, understood }: Heard, state: ConversationState): Move {
  const back = understood.intent === 'resume' || understood.intent === 'cancel_flow' || CONTINUE.test(text);
  if (back) return { kind: 'withdrawn' };
  const sure = understood.confidence >= SURE;
  if (sure && (understood.intent === 'ask_price' || understood.intent === 'ask_hours'))
    return { kind: 'answer', topic: understood.intent === 'ask_price' ? 'price' : 'hours' };
  if (QUEUE_ASKED.test(text)) return { kind: 'queue-asked' };
  if ((sure && OF_A_TICKET[understood.intent] !== undefined) || CANCEL_VISIT.test(text)) return { kind: 'could-do' };
  return state.queueNoted ? { kind: 'silent' } : { kind: 'noted' };
}

function routeOutside({ text, understood, answers }: Heard, state: ConversationState): Move {
  const { intent, confidence, alternatives } = understood;
  const sure = confidence >= SURE;
  const known = state.ticket !== null;
  const change = (aim: 'reschedule' | 'cancel'): Move => ({ kind: 'start', flow: 'appointment-change', aim, answers });
  const progress: Move = { kind: 'start', flow: 'progress', aim: null, answers };
  if (CHANGE_FEE.test(text)) return { kind: 'answer', topic: 'change-fee' };
  if (known && (NO_CANCEL.test(text) || UNCHANGED.test(text))) return { kind: 'kept' };
  if (known && DETAILS_WRONG.test(text)) return { kind: 'hand-off', reason: 'details-wrong', first: 'handoff.details' };
  const faulty = answers.reports.some((it) => it.appliance !== null && it.text !== null);
  if (answers.engineerWish !== null && answers.reports.length === 0 && intent !== 'cancel_booking') return change('reschedule');
  const other = sure && !CANCEL_ASKED.test(text) ? OF_A_TICKET[intent] : undefined;
  if (other !== undefined && !(answers.ticketNumber !== null && other.flow === 'progress')) return { kind: 'start', ...other, answers };
  if ((sure && (intent === 'book_repair' || intent === 'resume')) || faulty)
    return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (sure && FOR_A_PERSON.has(intent)) return { kind: 'hand-off', reason: intent, first: 'handoff.topic' };
  if (intent !== 'complaint' && (CANCEL_VISIT.test(text) || (BARE_CANCEL.test(text) && known)) && !CANCEL_ASKED.test(text))
    return change('cancel');
  if (answers.ticketNumber !== null && !COMPLAINT.test(text))
    return /取消|退/u.test(text) ? change('cancel') : /改|换/u.test(text) ? change('reschedule') : progress;
  if (WHO_COMES.test(text) || (known && CHASED.test(text))) return progress;
  if (sure && intent === 'ask_price') return { kind: 'answer', topic: 'price' };
  if (sure && intent === 'ask_hours') return { kind: 'answer', topic: 'hours' };
  // 明天下午 after a booking is a wish for another time; so is a bare 改.
  if (known && (BARE_CHANGE.test(text) || (answers.wishes.length > 0 && answers.reports.length === 0))) return change('reschedule');
  if (intent === 'affirm' && known) return { kind: 'courtesy', key: 'all-set' };
  const courtesy = sure ? COURTESIES[intent] : undefined;
  if (courtesy !== undefined) return { kind: 'courtesy', key: courtesy };
  if (answers.reports.length > 0) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  return { kind: 'clarify', options: [intent, ...alternatives.map((it) => it.intent)] };
}

function meant(meaning: Meaning, { answers }: Heard): Move {
  if (meaning.type !== 'WANTED') return { kind: 'event', event: meaning as CustomerEvent, otherwise: null };
  switch (meaning.what) {
    case 'repair':
      return { kind: 'start', flow: 'repair-booking', aim: null, answers };
    case 'progress':
      return { kind: 'start', flow: 'progress', aim: null, answers };
    case 'person':
      return { kind: 'hand-off', reason: 'asked', first: null };
    case 'price':
    case 'hours':
      return { kind: 'answer', topic: meaning.what };
  }
}
