/**
 * How well a set of labelled sentences is understood: intents, values, visit times, answers mistaken for digressions, time
 * taken. Shares come as counts; `wilson` gives their 95 % interval.
 */
import { DAY, parseInstant } from '../../src/domain/instant.ts';
import { type Labelled, label, parseExpected } from '../../src/understanding/labels.ts';
import { INTENTS, type Understand, type Understood } from '../../src/understanding/understood.ts';
import { TIME_ZONE } from './labelled.ts';

/** A row of a set; `now` is ISO with offset, as in the label list. */
export type LabelledSentence = {
  readonly text: string;
  readonly now: string;
  readonly expects?: string | null;
  readonly intent: string;
  readonly entities: Readonly<Record<string, unknown>>;
};
export type Share = { readonly right: number; readonly of: number };
export type Reading = { readonly sentence: LabelledSentence; readonly got: Labelled };
export type IntentScore = { readonly intent: string; readonly recall: Share; readonly precision: Share };
/** `stated`: of the sentences whose label has it, exactly right; `invented`: sentences where we state it and the label does not. */
export type EntityScore = { readonly entity: string; readonly stated: Share; readonly invented: number };
export type SetScore = {
  readonly readings: readonly Reading[];
  readonly intent: Share;
  readonly macroF1: number;
  readonly intents: readonly IntentScore[];
  readonly confusions: readonly { readonly label: string; readonly got: string; readonly count: number }[];
  readonly entities: readonly EntityScore[];
  /** Days stated without doubt (not fuzzy, not open) that are not the label's, of the sentences where either speaks of a visit. */
  readonly wrongDates: Share;
  /** Answers to a question that would interrupt the dialog, of the answers listed. */
  readonly falseDigressions: Share;
  readonly milliseconds: { readonly p50: number; readonly p95: number };
};

const ENTITIES = [
  'appliance',
  'subtype',
  'faults',
  'brand',
  'model',
  'serial',
  'errorCode',
  'phone',
  'name',
  'address',
  'visitTime',
  'purchaseDate',
  'ticketNo',
  'score',
  'complaintType',
  'danger',
];
const DIGRESSIONS = /^(?:complaint|human|reschedule|invoice|abuse|(?:cancel|ask|query)_.+)$/;
const ACTS_AT = 0.6;
const Z_95 = 1.96;
/** Each sentence is read as often and the fastest counts: other work on the machine is not ours. */
const TIMES_READ = 3;

/** `answers` are the texts of sentences that answer the question asked; null takes every sentence labelled as an answer. */
export function scoreSet(understand: Understand, sentences: readonly LabelledSentence[], answers: readonly string[] | null): SetScore {
  const timed = sentences.map((sentence) => read(understand, sentence));
  const readings = timed.map(({ sentence, got }) => ({ sentence, got }));
  const intents = INTENTS.map((intent) => intentScore(intent, readings)).filter(({ recall, precision }) => recall.of + precision.of > 0);
  const labelled = intents.filter(({ recall }) => recall.of > 0);
  return {
    readings,
    intent: share(readings, ({ sentence, got }) => got.intent === sentence.intent),
    macroF1: labelled.reduce((all, { recall, precision }) => all + (2 * recall.right) / (recall.of + precision.of), 0) / labelled.length,
    intents,
    confusions: confusionsOf(readings),
    entities: ENTITIES.map((entity) => entityScore(entity, readings)),
    wrongDates: share(
      readings.filter(({ sentence, got }) => 'visitTime' in sentence.entities || 'visitTime' in got.entities),
      ({ sentence, got }) => isWrongDate(sentence.entities['visitTime'], got.entities['visitTime']),
    ),
    falseDigressions: share(
      readings.filter(({ sentence }) => sentence.expects && (answers ? answers.includes(sentence.text) : sentence.intent === 'inform')),
      ({ got }) => DIGRESSIONS.test(got.intent) && got.confidence >= ACTS_AT,
    ),
    milliseconds: percentiles(timed.map(({ milliseconds }) => milliseconds)),
  };
}

/** The 95 % interval of a share, by Wilson's score. */
export function wilson({ right, of }: Share): { readonly from: number; readonly to: number } {
  if (of === 0) return { from: 0, to: 1 };
  const rate = right / of;
  const spread = Z_95 * Math.sqrt((rate * (1 - rate)) / of + Z_95 ** 2 / (4 * of ** 2));
  const [middle, scale] = [rate + Z_95 ** 2 / (2 * of), 1 + Z_95 ** 2 / of];
  return { from: Math.max(0, (middle - spread) / scale), to: Math.min(1, (middle + spread) / scale) };
}

/** The same value, whatever the order of a list or of an object's keys. */
function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function read(understand: Understand, sentence: LabelledSentence): Reading & { readonly milliseconds: number } {
  const now = parseInstant(sentence.now);
  if (now === null) throw new Error(`invariant: ${sentence.now} is an instant`);
  const expects = sentence.expects ? parseExpected(sentence.expects) : null;
  const times: number[] = [];
  const once = (): Understood => {
    const started = performance.now();
    const understood = understand(sentence.text, { now, timeZone: TIME_ZONE, expects });
    times.push(performance.now() - started);
    return understood;
  };
  const readings = Array.from({ length: TIMES_READ }, once);
  const [understood] = readings;
  if (!understood) throw new Error('invariant: a sentence is read at least once');
  return { sentence, got: label(understood), milliseconds: Math.min(...times) };
}

function share<Item>(items: readonly Item[], isRight: (item: Item) => boolean): Share {
  return { right: items.filter(isRight).length, of: items.length };
}

function intentScore(intent: string, readings: readonly Reading[]): IntentScore {
  const isRight = ({ sentence, got }: Reading): boolean => got.intent === sentence.intent;
  return {
    intent,
    recall: share(
      readings.filter(({ sentence }) => sentence.intent === intent),
      isRight,
    ),
    precision: share(
      readings.filter(({ got }) => got.intent === intent),
      isRight,
    ),
  };
}

function confusionsOf(readings: readonly Reading[]): SetScore['confusions'] {
  const counts = new Map<string, { readonly label: string; readonly got: string; readonly count: number }>();
  for (const { sentence, got } of readings) {
    if (got.intent === sentence.intent) continue;
    const key = `${sentence.intent} ${got.intent}`;
    counts.set(key, { label: sentence.intent, got: got.intent, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

function entityScore(entity: string, readings: readonly Reading[]): EntityScore {
  return {
    entity,
    stated: share(
      readings.filter(({ sentence }) => entity in sentence.entities),
      ({ sentence, got }) => isSame(sentence.entities[entity], got.entities[entity]),
    ),
    invented: readings.filter(({ sentence, got }) => entity in got.entities && !(entity in sentence.entities)).length,
  };
}

/** We state days without doubt, and they are not those of the label. */
function isWrongDate(labelled: unknown, got: unknown): boolean {
  const stated = datesOf(got).filter((dates) => !dates.fuzzy && (dates.from !== null || dates.to !== null));
  const meant = datesOf(labelled);
  return (
    stated.some((dates) => !meant.some(({ from, to }) => from === dates.from && to === dates.to)) && !isSame(daysOf(stated), daysOf(meant))
  );
}

function datesOf(visit: unknown): readonly { readonly from: unknown; readonly to: unknown; readonly fuzzy: boolean }[] {
  const wishes: readonly unknown[] = Array.isArray(visit) ? visit : [visit];
  return wishes
    .filter((wish) => typeof wish === 'object' && wish !== null)
    .map((wish) => {
      const fields = new Map<string, unknown>(Object.entries(wish));
      return { from: fields.get('dateFrom') ?? null, to: fields.get('dateTo') ?? null, fuzzy: fields.get('fuzzy') === true };
    });
}

/** The single days of bounded stretches: 后天 and 大后天 are the stretch of both. */
function daysOf(dates: readonly { readonly from: unknown; readonly to: unknown }[]): readonly string[] {
  const days = dates.flatMap(({ from, to }) => {
    const [first, last] = [Date.parse(String(from)), Date.parse(String(to))];
    if (Number.isNaN(first) || Number.isNaN(last)) return [`${String(from)} ${String(to)}`];
    return Array.from({ length: Math.floor((last - first) / DAY) + 1 }, (_, index) => String(first + index * DAY));
  });
  return [...new Set(days)];
}

function percentiles(values: readonly number[]): SetScore['milliseconds'] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}:${canonical(inner)}`)
      .sort()
      .join(',')}}`;
  return JSON.stringify(value) ?? 'undefined';
}
