/**
 * Reads one customer message: plain text, then the values it states, then its intent. Danger is decided by rules before
 * anything else, an answer to the question just asked before the classifier.
 */
import { todayOf } from './calendar-day.ts';
import { type Extraction, extract } from './extraction.ts';
import { createClassifier, type Guess } from './intent-classifier.ts';
import weights from './intent-weights.json' with { type: 'json' };
import { createPlainText } from './plain-text.ts';
import { readReply } from './reply.ts';
import type { Entities, Expected, Intent, Understand } from './understood.ts';

const DANGER_CONFIDENCE = 0.99;
const RULE_CONFIDENCE = 0.9;
/** What a repair wish or a bare answer is worth when the classifier is unsure. */
const FALLBACK_CONFIDENCE = 0.65;
const ACTS_AT = 0.6;
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

/** Beside 别派王师傅来 only these call the visit off. */
const CALLS_OFF = /取消|撤|退|不修|不用修|不约|cancel/i;

/** Loads the dictionaries and the weights once. */
export function createUnderstand(): Understand {
  const plainText = createPlainText();
  const classify = createClassifier(weights);
  return (text, { now, timeZone, expects }) => {
    const plain = plainText(text);
    const extraction = extract(plain, todayOf(now, timeZone), expects);
    const guesses = classify(extraction.shape);
    const decided = decide(plain, extraction, expects, guesses);
    const alternatives = guesses.filter(({ intent }) => intent !== decided.intent).slice(0, ALTERNATIVES_MAX);
    return { ...decided, alternatives, entities: entitiesFor(decided.intent, extraction.entities, expects) };
  };
}

function decide(plain: string, { entities, shape }: Extraction, expects: Expected | null, guesses: readonly Guess[]): Guess {
  if (entities.danger) return { intent: 'danger', confidence: DANGER_CONFIDENCE };
  const sign = readSign(plain, expects);
  if (sign) return sign;
  const reply = expects ? readReply(plain, expects, entities, guesses) : null;
  if (reply) return reply;
  const top = guesses[0] ?? { intent: 'chitchat', confidence: 0 };
  if (/^[\s,,、。;:.!~\uE001-\uE008\uE00B-\uE00E]+$/.test(shape) && /[\uE001-\uE00E]/.test(shape))
    return { intent: entities.score !== null ? 'survey_score' : 'inform', confidence: RULE_CONFIDENCE };
  if (entities.engineerWish?.kind === 'avoid' && top.intent === 'cancel_booking' && !CALLS_OFF.test(plain))
    return { intent: 'inform', confidence: FALLBACK_CONFIDENCE };
  if (top.confidence >= ACTS_AT) return top;
  const near = guesses.slice(0, GUESSES_NEAR).map(({ intent }) => intent);
  if (entities.complaintTypes.length > 0 && near.includes('complaint') && !/(?:[吗呢?]|没有?|未)$/.test(plain))
    return { intent: 'complaint', confidence: FALLBACK_CONFIDENCE };
  const namesFault = entities.faults.length > 0 || entities.errorCode !== null;
  return namesFault && near.includes('book_repair') ? { intent: 'book_repair', confidence: FALLBACK_CONFIDENCE } : top;
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

function entitiesFor(intent: Intent, entities: Entities, expects: Expected | null): Entities {
  const complains = intent === 'complaint' || (expects !== null && COMPLAINT_SLOTS.has(expects));
  const unnamedFault = expects === 'fault' && intent === 'inform' && entities.faults.length === 0;
  return {
    ...entities,
    faults: unnamedFault ? ['other'] : entities.faults,
    address: WITHOUT_ADDRESS.has(intent) ? null : entities.address,
    visitWishes: WITHOUT_VISIT.has(intent) ? [] : entities.visitWishes,
    complaintTypes: complains ? entities.complaintTypes : [],
  };
}
