/**
 * Reads one customer message: plain text, then the values it states, then its intent. Danger is decided by rules before
 * anything else, an answer to the question just asked before the classifier.
 */
import type { ComplaintType } from '../domain/complaint.ts';
import { createAsWritten } from './as-written.ts';
import { todayOf } from './calendar-day.ts';
import { doubtComplaint } from './complaint-doubt.ts';
import { createComplaintTypeClassifier } from './complaint-type-classifier.ts';
import { takesBack } from './correction.ts';
import { expecting } from './expectation.ts';
import { type Extraction, extract } from './extraction.ts';
import { tellsOfHarm } from './harm-done.ts';
import { createIntentClassifier, type Guess } from './intent-classifier.ts';
import { createPlainText } from './plain-text.ts';
import { blamesRepair } from './repair-blame.ts';
import { readReply } from './reply.ts';
import { readRequest } from './request.ts';
import type { Entities, Expected, Intent, Understand } from './understood.ts';

const DANGER_CONFIDENCE = 0.99;
const RULE_CONFIDENCE = 0.9;
/** What a repair wish or a bare answer is worth when the classifier is unsure. */
const FALLBACK_CONFIDENCE = 0.65;
const ACTS_AT = 0.6;
/** A complaint less likely than this was not thought of. */
const THOUGHT_OF_AT = 0.2;
const AGAINST_SOMEBODY: ReadonlySet<ComplaintType> = new Set(['attitude', 'damage', 'private_payment', 'overcharge', 'late']);
const TAKEN_FOR: ReadonlySet<Intent> = new Set(['praise', 'query_progress', 'book_repair', 'inform', 'chitchat', 'out_of_scope']);
/** A fault told without any blame is a complaint only when the classifier is as sure. */
const BLAMES_AT = 0.75;
/** Who asks how things stand does not complain yet, however long it took: 拖走一周了,修好了没. */
const ASKS_WHETHER = /[吗呢?]$|没有?$|未$|多久|几点|什么时候|[到好来]了?没有?/;
/** 沙尘暴刮得我一嘴土 blames nobody. */
const WEATHER = /[风雨雪霾雹雾]|沙尘|太阳|气温|这天|降温/;
/** A rule may pick from as many of the best guesses. */
const GUESSES_NEAR = 3;
const ALTERNATIVES_MAX = 2;

/** A time in these is no wish for a visit: 周日上班吗. */
const WITHOUT_VISIT: ReadonlySet<Intent> = new Set([
  'ask_hours',
  'out_of_scope',
  'chitchat',
  'query_warranty',
  'complaint',
  'praise',
  'abuse',
  'invoice',
  'greet',
  'goodbye',
  'thanks',
  'danger',
  'query_progress',
  'cancel_booking',
  'cancel_flow',
  'survey_score',
  'ask_price',
]);
const WITHOUT_ADDRESS: ReadonlySet<Intent> = new Set(['out_of_scope', 'chitchat', 'abuse']);
const COMPLAINT_SLOTS: ReadonlySet<Expected> = new Set(['what', 'category']);

/** In a story somebody else may have got something wrong. */
const TOLD_AT_LENGTH: ReadonlySet<Expected> = new Set(['what', 'category', 'wish', 'reason', 'comment', 'resolved', 'attitude']);

/** What a complaint says without saying what about. */
const COMPLAINT_ITSELF =
  /我?(?:现在|必须|一定|就是)*(?:要|想|来|去)?(?:投诉|举报|反映|曝光|维权)(?:你们|一下|个?情况|个?问题|他们?|她|公司|售后|师傅|服务)*|(?:我)?(?:很|非常|十分|太|真的?)?(?:不满意?|生气|失望|气死我了|气人|无语|服了)|你们|什么(?:破)?公司|to complain|complain(?:t)?|[\s,,。.!!?~]/gi;
const STORY_CHARACTERS_MIN = 5;

/** Beside 别派王师傅来 only these call the visit off. */
const CALLS_OFF = /取消|撤|退|不修|不用修|不约|cancel/i;

/** Unasked, a time beside these is in the place of another. */
const MOVES = /改(?:到|成|为|约|期|一下|下)|调(?:到|整|成)|换(?:到|成|个时间)|挪|往[后前]|顺延|推[迟到后]|延[后期到]|提前到/;

/** Said beside these, 投诉 is a threat: 再不撤单我投诉了. */
const BESIDE_A_THREAT: ReadonlySet<Intent> = new Set(['cancel_booking', 'survey_score']);

/** Loads the dictionaries and the weights once. */
export function createUnderstand(): Understand {
  const plainText = createPlainText();
  const asWritten = createAsWritten();
  const classify = createIntentClassifier();
  const guessType = createComplaintTypeClassifier();
  return (text, { now, timeZone, expects }) => {
    const plain = plainText(text);
    const extraction = extract(plain, todayOf(now, timeZone), expects);
    const guesses = doubtComplaint(expecting(classify(extraction.shape), expects), plain, extraction.entities);
    const decided = decide(plain, extraction, expects, guesses);
    const told: Told = { plain, soundsBlaming: blames(guesses), guessType: () => guessType(extraction.shape) };
    const alternatives = guesses.filter(({ intent }) => intent !== decided.intent).slice(0, ALTERNATIVES_MAX);
    return { ...decided, alternatives, entities: entitiesFor(decided.intent, asWritten(extraction.entities, text), expects, told) };
  };
}

function decide(plain: string, { entities, shape }: Extraction, expects: Expected | null, guesses: readonly Guess[]): Guess {
  if (entities.danger) return { intent: 'danger', confidence: DANGER_CONFIDENCE };
  const sign = readSign(plain, expects);
  if (sign) return sign;
  if (takesBack(plain) && !(expects && TOLD_AT_LENGTH.has(expects)) && (expects !== null || states(entities)))
    return { intent: 'correct', confidence: RULE_CONFIDENCE };
  const reply = expects ? readReply(plain, expects, entities, guesses) : null;
  if (reply) return reply;
  const request = readRequest(plain);
  if (request && !BESIDE_A_THREAT.has(guesses[0]?.intent ?? request)) return { intent: request, confidence: RULE_CONFIDENCE };
  const top = guesses[0] ?? { intent: 'chitchat', confidence: 0 };
  if (/^[\s,,、。;:.!~\uE001-\uE008\uE00B-\uE00E]+$/.test(shape) && /[\uE001-\uE00E]/.test(shape))
    return { intent: entities.score !== null ? 'survey_score' : 'inform', confidence: RULE_CONFIDENCE };
  if (entities.engineerWish?.kind === 'avoid' && top.intent === 'cancel_booking' && !CALLS_OFF.test(plain))
    return { intent: 'inform', confidence: FALLBACK_CONFIDENCE };
  const namesFault = entities.faults.length > 0 || entities.errorCode !== null;
  if (expects === null && top.intent === 'inform') {
    if (entities.visitWishes.length > 0 && MOVES.test(plain)) return { intent: 'reschedule', confidence: RULE_CONFIDENCE };
    const told = Math.min(1, entities.appliances.length) + (namesFault ? 1 : 0);
    const reachable = entities.phone !== null || entities.address !== null || entities.visitWishes.length > 0;
    if (told > 1 || (told > 0 && reachable)) return { intent: 'book_repair', confidence: RULE_CONFIDENCE };
  }
  if (
    top.intent === 'complaint' &&
    top.confidence < BLAMES_AT &&
    entities.complaintTypes.length === 0 &&
    namesFault &&
    readRequest(plain) === null &&
    !blamesRepair(plain)
  ) {
    const repair = guesses.slice(0, GUESSES_NEAR).find(({ intent }) => intent === 'book_repair');
    if (repair) return { intent: 'book_repair', confidence: FALLBACK_CONFIDENCE };
  }
  if (isGrievance(top, guesses, entities, expects, plain)) return { intent: 'complaint', confidence: FALLBACK_CONFIDENCE };
  if (top.confidence >= ACTS_AT) return top;
  const near = guesses.slice(0, GUESSES_NEAR).map(({ intent }) => intent);
  const isOnlyNotFixed = top.intent === 'book_repair' && entities.complaintTypes.every((type) => type === 'not_fixed');
  if (
    entities.complaintTypes.length > 0 &&
    !isOnlyNotFixed &&
    near.includes('complaint') &&
    top.intent !== 'ask_price' &&
    !ASKS_WHETHER.test(plain)
  )
    return { intent: 'complaint', confidence: FALLBACK_CONFIDENCE };
  return namesFault && near.includes('book_repair') ? { intent: 'book_repair', confidence: FALLBACK_CONFIDENCE } : top;
}

/** Whether there is a value that may stand in the place of another. */
function states({ appliances, faults, phone, name, address, model, visitWishes }: Entities): boolean {
  return appliances.length + faults.length + visitWishes.length > 0 || [phone, name, address, model].some((it) => it !== null);
}

/** What is said of a person or a damage is a complaint where the classifier thinks of one at all. */
function isGrievance(top: Guess, guesses: readonly Guess[], entities: Entities, expects: Expected | null, plain: string): boolean {
  if (expects !== null || !TAKEN_FOR.has(top.intent) || ASKS_WHETHER.test(plain) || (top.intent === 'chitchat' && WEATHER.test(plain)))
    return false;
  const complaint = guesses.slice(0, GUESSES_NEAR).find(({ intent }) => intent === 'complaint');
  if (complaint && (blamesRepair(plain) || tellsOfHarm(plain))) return true;
  return (
    complaint !== undefined && complaint.confidence >= THOUGHT_OF_AT && entities.complaintTypes.some((type) => AGAINST_SOMEBODY.has(type))
  );
}

/** Messages without words: thumbs, stars, nothing at all. */
function readSign(plain: string, expects: Expected | null): Guess | null {
  if (/[\p{L}\p{N}??]/u.test(plain)) return null;
  if (/[👍👌✅🆗🙆]/u.test(plain)) return { intent: 'affirm', confidence: RULE_CONFIDENCE };
  if (/[👎❌🙅]/u.test(plain)) return { intent: 'deny', confidence: RULE_CONFIDENCE };
  if (/[🙏❤]/u.test(plain)) return { intent: 'thanks', confidence: RULE_CONFIDENCE };
  if (/[⭐🌟★]/u.test(plain)) return { intent: 'survey_score', confidence: RULE_CONFIDENCE };
  if (/👋/u.test(plain)) return { intent: expects ? 'goodbye' : 'greet', confidence: RULE_CONFIDENCE };
  return { intent: 'chitchat', confidence: plain === '' ? 0 : RULE_CONFIDENCE };
}

type Told = { readonly plain: string; readonly soundsBlaming: boolean; readonly guessType: () => ComplaintType };

function blames(guesses: readonly Guess[]): boolean {
  return guesses.some(({ intent, confidence }) => intent === 'complaint' && confidence >= THOUGHT_OF_AT);
}

/** A story in words of its own is about what it sounds like; 我要投诉 alone is about nothing yet. */
function typesOf(types: readonly ComplaintType[], intent: Intent, told: Told): readonly ComplaintType[] {
  if (types.length > 0 || !(intent === 'complaint' || (intent === 'inform' && told.soundsBlaming))) return types;
  // It has learnt to tell them apart in Chinese alone.
  const han = told.plain.replace(COMPLAINT_ITSELF, '').match(/\p{Script=Han}/gu)?.length ?? 0;
  return han >= STORY_CHARACTERS_MIN ? [told.guessType()] : [];
}

function entitiesFor(intent: Intent, entities: Entities, expects: Expected | null, told: Told): Entities {
  const complains = intent === 'complaint' || (expects !== null && COMPLAINT_SLOTS.has(expects));
  const unnamedFault = expects === 'fault' && intent === 'inform' && entities.faults.length === 0;
  return {
    ...entities,
    faults: unnamedFault ? ['other'] : entities.faults,
    address: WITHOUT_ADDRESS.has(intent) ? null : entities.address,
    visitWishes: WITHOUT_VISIT.has(intent) ? [] : entities.visitWishes,
    score: intent === 'praise' && expects !== 'score' ? null : entities.score,
    complaintTypes: complains ? typesOf(entities.complaintTypes, intent, told) : [],
  };
}
