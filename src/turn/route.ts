/**
 * Decides what one message of a customer is about: danger before everything, then a button or number under the last
 * question, a person asked for, and only then the dialog on top. Pure; the first rule that fits wins.
 */
import type { CustomerEvent } from '../../flows/dialog-event.ts';
import { isQuestion } from '../understanding/enquiry-question.ts';
import { CALL_BACK } from './call-back.ts';
import { chosenMeaning } from './chosen.ts';
import type { ConversationState } from './conversation-state.ts';
import { asksEveryday, asksOfOwnCover, asksOfVisits } from './everyday.ts';
import { COURTESIES, FOR_A_PERSON, LIKELY, OF_A_TICKET, OF_ITS_OWN, SURE } from './intents.ts';
import { routeLink } from './link-words.ts';
import type { Meaning } from './meaning.ts';
import { type Heard, type Move, PRICE_OF } from './move.ts';
import type { Owner } from './ports.ts';
import { routeInDialog } from './route-dialog.ts';
import {
  AGGRIEVED,
  ASKED_TO_COME,
  BARE_CANCEL,
  BARE_CHANGE,
  CALL_ME,
  CANCEL_ASKED,
  CANCEL_VISIT,
  CHANGE_FEE,
  CHASED,
  COMPLAINS,
  COMPLAINT,
  COMPLAINT_BACK,
  CONTINUE,
  DETAILS_WRONG,
  HAS_COMPLAINT,
  HOW,
  HYPOTHETICAL,
  LANGUAGE_ASKED,
  NO_CANCEL,
  NOT_ACCEPTED,
  OF_US,
  PERSON,
  QUEUE_ASKED,
  RATED,
  REPAIR_WANTED,
  ROBOT,
  SAFE,
  THANKS,
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

  // Before the money is gone: whoever is asked for, and however angry the words.
  const paysPrivately = heard.answers.gravities.includes('private-payment') && state.stack.at(-1)?.flow !== 'complaint';
  if (paysPrivately) return { kind: 'start', flow: 'complaint', aim: null, answers: heard.answers };
  const chosen = chosenMeaning(text, state);
  if (chosen !== null) return meant(chosen, heard);
  if (offersCall(state) && CALL_ME.test(text)) return { kind: 'call-back', phone };
  const ofLink = PERSON.test(text) ? null : routeLink(text, state);
  if (ofLink !== null) return ofLink;
  // 请同事复核一下: the answer on cover is to be looked at again, which is a button there.
  const appeals = state.lastAsked?.asking === 'next' && NOT_ACCEPTED.test(text) && !PERSON.test(text);
  if (!appeals && !LANGUAGE_ASKED.test(text) && understood.intent === 'human' && (understood.confidence >= SURE || PERSON.test(text)))
    return ROBOT.test(text) && !/转|找|要|叫/u.test(text)
      ? { kind: 'answer', topic: 'robot' }
      : { kind: 'hand-off', reason: 'asked', first: null };
  if (understood.intent === 'abuse' && understood.confidence >= SURE) return { kind: 'hand-off', reason: 'abuse', first: 'handoff.abuse' };
  if (ROBOT.test(text) && !COMPLAINT.test(text) && !heard.answers.reports.some((it) => it.appliance !== null))
    return { kind: 'answer', topic: 'robot' };
  return state.stack.length > 0 ? routeInDialog(heard, state) : routeOutside(heard, state);
}

function routeInQueue({ text, understood, answers, enquiry }: Heard, state: ConversationState): Move {
  const sure = understood.confidence >= SURE;
  if (CONTINUE.test(text) || (sure && understood.intent === 'cancel_flow')) return { kind: 'withdrawn' };
  if (state.lastAsked?.asking === CALL_BACK && answers.phone !== null) return { kind: 'call-back-number', phone: answers.phone };
  if (sure && (understood.intent === 'ask_price' || understood.intent === 'ask_hours'))
    return { kind: 'answer', topic: understood.intent === 'ask_price' ? 'price' : 'hours' };
  if (QUEUE_ASKED.test(text)) return { kind: 'queue-asked' };
  if (ROBOT.test(text)) return { kind: 'answer', topic: 'robot' };
  const gravity = (['private-payment', 'injury', 'offence'] as const).find((it) => answers.gravities.includes(it));
  if (gravity !== undefined) return { kind: 'grave', gravity };
  const everyday = asksEveryday(enquiry);
  if (everyday !== null) return everyday;
  const served = OF_A_TICKET[understood.intent] ?? OF_ITS_OWN[understood.intent];
  if ((sure && served !== undefined) || CANCEL_VISIT.test(text)) return { kind: 'could-do' };
  return state.queueNoted ? { kind: 'silent' } : { kind: 'noted' };
}

function routeOutside({ text, understood, answers, enquiry }: Heard, state: ConversationState): Move {
  const { intent, confidence, alternatives } = understood;
  const sure = confidence >= SURE;
  const known = state.ticket !== null;
  const change = (aim: 'reschedule' | 'cancel'): Move => ({ kind: 'start', flow: 'appointment-change', aim, answers });
  const progress: Move = { kind: 'start', flow: 'progress', aim: null, answers };
  if (LANGUAGE_ASKED.test(text)) return { kind: 'courtesy', key: 'language' };
  const namesOnly = answers.reports.some((it) => it.appliance !== null && it.text === null);
  if (state.lastAsked?.asking === PRICE_OF && namesOnly) return { kind: 'answer', topic: 'price' };
  // Nothing but a number, after a call was offered.
  const numberAlone = answers.phone !== null && answers.reports.length === 0 && answers.address === null;
  if (state.lastAsked?.asking === CALL_BACK && numberAlone) return { kind: 'call-back', phone: answers.phone };
  if (CHANGE_FEE.test(text)) return { kind: 'answer', topic: 'change-fee' };
  if (known && (NO_CANCEL.test(text) || UNCHANGED.test(text))) return { kind: 'kept' };
  if (known && DETAILS_WRONG.test(text)) return { kind: 'hand-off', reason: 'details-wrong', first: 'handoff.details' };
  if (known && COMPLAINT_BACK.test(text)) return { kind: 'hand-off', reason: 'complaint-withdrawn', first: 'handoff.details' };
  if (HAS_COMPLAINT.test(text)) return { kind: 'start', flow: 'complaint', aim: null, answers };
  const everyday = asksEveryday(enquiry);
  const states = !isQuestion(text) && !HOW.test(text);
  const acts =
    ((states || intent === 'book_repair') && REPAIR_WANTED.test(text) && !HOW.test(text)) ||
    (sure && intent === 'complaint' && (states || (COMPLAINS.test(text) && !HOW.test(text)))) ||
    (sure && OF_A_TICKET[intent] !== undefined && !HOW.test(text) && !asksOfVisits(text, state)) ||
    CANCEL_VISIT.test(text) ||
    (known && answers.engineerWish !== null) ||
    asksOfOwnCover(text, answers, understood, false);
  if (everyday !== null && !acts) return everyday;
  const faulty = answers.reports.some((it) => it.appliance !== null && it.text !== null);
  // 油烟机响得像飞机: annoyed by the machine, not by us.
  if (answers.gravities.some((it) => it === 'injury' || it === 'offence') && OF_US.test(text))
    return { kind: 'start', flow: 'complaint', aim: null, answers };
  const ofUs = OF_US.test(text.replace(ASKED_TO_COME, ''));
  const complains = sure && intent === 'complaint' && !(faulty && !ofUs) && !(HYPOTHETICAL.test(text) && !COMPLAINT.test(text));
  if (complains) return { kind: 'start', flow: 'complaint', aim: null, answers };
  if (answers.engineerWish !== null && answers.reports.length === 0 && intent !== 'cancel_booking') return change('reschedule');
  const other = sure && !CANCEL_ASKED.test(text) ? OF_A_TICKET[intent] : undefined;
  if (other !== undefined && !(answers.ticketNumber !== null && other.flow === 'progress')) return { kind: 'start', ...other, answers };
  if (asksOfOwnCover(text, answers, understood, false) && !faulty) return { kind: 'start', flow: 'warranty-lookup', aim: null, answers };
  const matter = sure && intent !== 'complaint' ? OF_ITS_OWN[intent] : undefined;
  if (matter !== undefined) return { kind: 'start', ...matter, answers };
  const wantsRepair = (sure && intent === 'book_repair') || (REPAIR_WANTED.test(text) && (intent === 'book_repair' || (!sure && states)));
  if (wantsRepair || (sure && intent === 'resume') || faulty) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
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
  if (answers.serial !== null && answers.reports.every((it) => it.text === null))
    return { kind: 'start', flow: 'warranty-lookup', aim: null, answers };
  // 你们真棒,修三次都没修好: that is no praise.
  if (intent === 'praise' && AGGRIEVED.test(text)) return { kind: 'clarify', options: ['complaint', 'human'] };
  // 唔该,濾水機漏水: polite, and not only that.
  const tellsFault = answers.reports.some((it) => it.faults.some((fault) => fault !== 'other'));
  if (RATED.test(text) && !tellsFault) return { kind: 'courtesy', key: 'survey.after' };
  const courtesy = sure && !tellsFault ? COURTESIES[intent] : undefined;
  if (courtesy !== undefined) return { kind: 'courtesy', key: courtesy };
  if (answers.reports.length > 0) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (known && THANKS.test(text) && !isQuestion(text)) return { kind: 'courtesy', key: 'thanks' };
  // Asked what nobody here knows: a person answers, and no guess.
  if (confidence < LIKELY && isQuestion(text)) return { kind: 'hand-off', reason: 'enquiry', first: 'enquiry.unknown' };
  return { kind: 'clarify', options: [intent, ...alternatives.map((it) => it.intent)] };
}

const RESUMED = { type: 'RESUMED' } as const;

function offersCall({ lastAsked }: ConversationState): boolean {
  return lastAsked?.choices.some(({ means }) => means.type === 'WANTED' && means.what === 'call-back') === true;
}

function meant(meaning: Meaning, { answers }: Heard): Move {
  if (meaning.type === 'LINK_WANTED') return { kind: 'want-link', ticketId: meaning.ticketId };
  if (meaning.type === 'LINK_ANSWERED') return { kind: 'answer-link', linkId: meaning.linkId, isMine: meaning.isMine };
  if (meaning.type === 'ANEW') return { kind: 'anew', flow: meaning.flow, answers: meaning.answers, text: meaning.text };
  if (meaning.type !== 'WANTED')
    return { kind: 'event', event: meaning as CustomerEvent, otherwise: meaning.type === 'ANSWERED' ? RESUMED : null };
  switch (meaning.what) {
    case 'repair':
      return { kind: 'start', flow: 'repair-booking', aim: null, answers };
    case 'progress':
      return { kind: 'start', flow: 'progress', aim: null, answers };
    case 'warranty':
      return { kind: 'start', flow: 'warranty-lookup', aim: null, answers };
    case 'complaint':
      return { kind: 'start', flow: 'complaint', aim: null, answers };
    case 'change':
      return { kind: 'start', flow: 'appointment-change', aim: null, answers };
    case 'person':
      return { kind: 'hand-off', reason: 'asked', first: null };
    case 'call-back':
      return { kind: 'call-back', phone: null };
    case 'price':
    case 'hours':
      return { kind: 'answer', topic: meaning.what };
  }
}
