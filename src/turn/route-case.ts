/**
 * What a message means in the dialogs on warranty, complaints and surveys: an answer to what they ask, in free words where
 * they ask for words, or another matter that goes first.
 */
import type { Answers, CustomerEvent } from '../../flows/dialog-event.ts';
import type { FlowName } from '../../flows/registry.ts';
import type { Intent } from '../understanding/understood.ts';
import type { Move } from './move.ts';
import {
  AGREED_WHOLLY,
  ASKED_TO_COME,
  COMPLAINT,
  DROPPED,
  NO_NUMBER,
  NO_SERIAL,
  NOT_ACCEPTED,
  NOT_NOW,
  OF_US,
  SCORE_AGAIN,
  VISIT_WANTED,
} from './said.ts';

type Said = {
  readonly plain: string;
  readonly intent: Intent;
  readonly sure: boolean;
  readonly asked: string | null;
  readonly answers: Answers;
  /** The message as it answers the dialog. */
  readonly answered: CustomerEvent;
};

/** Asked for the customer's own words, nearly any sentence is the answer. */
const FREE: ReadonlySet<string> = new Set(['what', 'reason', 'comment']);
/** Never an answer in free words, however they are put. */
const NO_WORDS: ReadonlySet<Intent> = new Set([
  'greet',
  'goodbye',
  'thanks',
  'human',
  'abuse',
  'cancel_flow',
  'skip',
  'repeat',
  'resume',
  'affirm',
  'deny',
]);
/** Of a complaint these are the story, not another matter. */
const OF_THE_STORY: ReadonlySet<Intent> = new Set(['complaint', 'inform', 'correct', 'book_repair', 'query_progress', 'ask_price']);
/** 查保修, 我的单到哪了: said so shortly, another matter and no story. */
const OTHER_MATTERS: ReadonlySet<Intent> = new Set(['query_warranty', 'query_progress', 'reschedule']);
const OTHER_MATTER_MAX = 8;
/** Asked for something, not of it. */
const QUESTIONS: ReadonlySet<Intent> = new Set(['ask_price', 'ask_hours', 'query_warranty', 'invoice']);
/** A story goes on in so many characters; fewer are a yes, a no, a courtesy. */
const STORY_MIN = 4;

/** Null when the message is none of the dialog's own business. */
export function routeOfCase(flow: FlowName, said: Said): Move | null {
  const { plain, intent, sure, asked, answered } = said;
  const event = (it: CustomerEvent): Move => ({ kind: 'event', event: it, otherwise: null });
  if (DROPPED.test(plain)) return { kind: 'give-up' };
  const isOther =
    flow === 'complaint' &&
    sure &&
    /查|到哪|进度|改|换个?时间|什么时候|几点/u.test(plain) &&
    [...plain].length <= OTHER_MATTER_MAX &&
    OTHER_MATTERS.has(intent);
  if (isOther) return null;
  if (flow === 'complaint' && wantsRepairAfterAll(said)) return { kind: 'start', flow: 'repair-booking', aim: null, answers: said.answers };
  if (asked !== null && FREE.has(asked) && !(sure && NO_WORDS.has(intent)) && !wantsElsewhere(flow, said)) return event(answered);
  switch (flow) {
    case 'warranty-lookup':
      return ofWarranty(said, event);
    case 'complaint':
      if (asked === 'ticket' && said.answers.ticketNumber === null && NO_NUMBER.test(plain)) return event({ type: 'SKIPPED' });
      return tellsOfComplaint(said) ? event(answered) : null;
    case 'survey':
      return ofSurvey(said, event);
    case 'repair-booking':
    case 'appointment-change':
    case 'progress':
      return null;
  }
}

function ofWarranty({ plain, intent, sure, asked, answers, answered }: Said, event: (it: CustomerEvent) => Move): Move | null {
  if (asked === 'next') {
    // 不对,是2024年买的: another day is no appeal.
    const putsRight =
      answers.purchasedOn !== null ||
      answers.serial !== null ||
      answers.hasProof !== null ||
      answers.reports.some((it) => it.appliance !== null);
    if (putsRight && !VISIT_WANTED.test(plain)) return event(answered);
    if (NOT_ACCEPTED.test(plain)) return event({ type: 'NEXT_CHOSEN', next: 'appeal' });
    if (NOT_NOW.test(plain)) return event({ type: 'NEXT_CHOSEN', next: 'nothing' });
    if (
      VISIT_WANTED.test(plain) ||
      /约|上门|来修/u.test(plain) ||
      AGREED_WHOLLY.test(plain) ||
      (sure && (intent === 'book_repair' || intent === 'affirm'))
    )
      return event({ type: 'NEXT_CHOSEN', next: 'book' });
    if (sure && (intent === 'deny' || intent === 'thanks' || intent === 'goodbye' || intent === 'cancel_flow' || intent === 'skip'))
      return event({ type: 'NEXT_CHOSEN', next: 'nothing' });
  }
  if (asked === 'serial' && answers.serial === null && (NO_SERIAL.test(plain) || NO_NUMBER.test(plain))) return event({ type: 'SKIPPED' });
  const { serial, model, purchasedOn, hasProof, exclusion, reports, phone } = answers;
  const stated =
    serial !== null ||
    purchasedOn !== null ||
    reports.length > 0 ||
    (asked === 'serial' && model !== null) ||
    (asked === 'phone' && phone !== null);
  const told = (asked === 'proof' && hasProof !== null) || (asked === 'exclusion' && exclusion !== null);
  if (VISIT_WANTED.test(plain) && sure && intent === 'book_repair') return null;
  return stated || told ? event(answered) : null;
}

/** 家里热水器不出热水了,赶紧给我安排个人来修吧: nobody is complained of, and somebody shall come. */
function wantsRepairAfterAll({ plain, intent, answers }: Said): boolean {
  const rest = plain.replace(ASKED_TO_COME, '');
  const described = answers.reports.some((it) => it.appliance !== null && it.text !== null);
  return (intent === 'book_repair' || intent === 'inform') && described && rest !== plain && !OF_US.test(rest);
}

/** Any of what it asks for, or more of the story; a bare yes or no is not. */
function tellsOfComplaint({ plain, intent, sure, asked, answers }: Said): boolean {
  const { category, wish, ticketNumber, phone, complaintTypes, gravities } = answers;
  if (phone !== null || (asked === 'ticket' && ticketNumber !== null)) return true;
  // Nothing but the wish, however it sounds: it was thought of late.
  if (asked === 'phone' && wish !== null) return true;
  const asks = /[吗呢?]$/u.test(plain) || QUESTIONS.has(intent);
  if (!asks && ((asked === 'category' && category !== null) || ((asked === 'wish' || asked === 'confirm') && wish !== null))) return true;
  if (gravities.includes('private-payment') || (complaintTypes.length > 0 && intent !== 'cancel_flow')) return true;
  return [...plain].length >= STORY_MIN && OF_THE_STORY.has(intent) && (sure || asked !== 'ticket') && !asks;
}

function ofSurvey(said: Said, event: (it: CustomerEvent) => Move): Move | null {
  const { intent, sure, asked, answers, answered } = said;
  if (answers.score !== null && (asked === 'score' || asked === 'attitude' || SCORE_AGAIN.test(said.plain))) return event(answered);
  if (VISIT_WANTED.test(said.plain) && answers.reports.length > 0) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (wantsElsewhere('survey', said)) return null;
  // A fault that is back wants an engineer, not a figure.
  const isBroken = answers.reports.some((it) => it.faults.some((fault) => fault !== 'other'));
  if (asked === 'score' && isBroken) return { kind: 'start', flow: 'repair-booking', aim: null, answers };
  if (answers.resolved !== null) return event(answered);
  if (sure && (intent === 'praise' || intent === 'thanks' || intent === 'survey_score' || intent === 'inform')) return event(answered);
  // 不想评, 别烦我: that is an answer, and the end of it.
  if (sure && (intent === 'cancel_flow' || intent === 'skip')) return event({ type: intent === 'skip' ? 'SKIPPED' : 'CANCELLED' });
  return null;
}

/** Whether a survey or a story is broken off for something that has to be done. */
function wantsElsewhere(flow: FlowName, { plain, intent, sure, answers }: Said): boolean {
  if (flow !== 'survey') return false;
  if (COMPLAINT.test(plain) || answers.gravities.includes('private-payment')) return true;
  if (VISIT_WANTED.test(plain) && answers.reports.length > 0) return true;
  return (
    sure &&
    (intent === 'reschedule' ||
      intent === 'query_progress' ||
      intent === 'query_warranty' ||
      intent === 'cancel_booking' ||
      intent === 'ask_hours' ||
      intent === 'invoice')
  );
}
