/**
 * Multinomial logistic regression over single characters and pairs of them, English words and cues of a sentence's shape. The weights are learnt ahead by
 * `train.ts` in a fixed order with fixed chances, and kept in `*-weights.json`; a test says when they are stale.
 */
import { createHash } from 'node:crypto';
import { cuesOf } from './cue.ts';

/** A sentence as the extractors leave it, and what it is. */
export type Example<Label extends string> = { readonly shape: string; readonly label: Label };
/** All labels it knows, most likely first; the confidences add up to 1. */
type ClassifyText<Label extends string> = (shape: string) => readonly { readonly label: Label; readonly confidence: number }[];
/** `weights` is base64 of one signed byte a gram and label, in units of `unit`. */
export type Weights = {
  readonly fingerprint: string;
  readonly labels: readonly string[];
  readonly grams: readonly string[];
  readonly unit: number;
  readonly weights: string;
};

/** Longer ones are too much of one author's own: measured on sets of strangers left out. */
const GRAM_CHARACTERS_MAX = 2;
const EPOCHS = 25;
const LEARNING_RATE = 1.3;
/** Smaller corrections are not worth their time. */
const SLOPE_MIN = 0.004;
/** Of a sentence's features as many are hidden at each sight, so that no single gram of our own wording decides: strangers use others. */
const HIDDEN = 0.6;
/** The weights are the mean of what is learnt under each: chance evens out. */
const HIDING_SEEDS = [1, 2, 3, 4];
/** How strongly weights are pulled back to nothing. */
const DECAY = 0.003;
/** 0 counts every sentence alike, 1 every label. */
const BALANCE = 0.5;
/** Rarer grams teach nothing that lasts. */
const SEEN_MIN = 2;
/** Makes the confidence what it says: of held-back training sentences at 0.6 to 0.7, 62 % are right, at 0.8 to 0.9, 84 %. */
const SHARPNESS = 1.3;
/** Shapes longer than this are judged by their start and end. */
const SHAPE_CHARACTERS_MAX = 120;
const BYTE_MAX = 127;

/** Of letters without Chinese at least so many words have to be known ones: markup and slips of the cat are no language. */
const KNOWN_WORDS_MIN = 0.4;
/** What is guessed of the others is hardly worth more than a chance. */
const STRANGE_TRUST = 0.2;

/** `all` are the labels there are; the weights may know fewer. */
export function createTextClassifier<Label extends string>(
  { labels, grams, unit, weights }: Weights,
  all: readonly Label[],
): ClassifyText<Label> {
  const known = labels.map((name) => {
    const label = all.find((one) => one === name);
    if (!label) throw new Error(`invariant: ${name} is no label`);
    return label;
  });
  const indexOf = new Map(grams.map((gram, index) => [gram, index]));
  const bytes = Buffer.from(weights, 'base64');
  const table = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), (byte) => byte * unit);
  return (shape) => {
    const features = featuresOf(gramsOf(shape), indexOf);
    const chances = softmax(sum(table, features, known.length, scaleOf(features) * SHARPNESS));
    const trust = isStrange(shape, indexOf) ? STRANGE_TRUST : 1;
    return known
      .map((label, index) => ({ label, confidence: trust * (chances[index] ?? 0) + (1 - trust) / known.length }))
      .sort((a, b) => b.confidence - a.confidence);
  };
}

export function trainTextClassifier<Label extends string>(examples: readonly Example<Label>[]): Weights {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const ordered = spread(examples).map(({ shape, label }) => ({ label, grams: gramsOf(shape) }));
  const grams = frequent(ordered.flatMap((example) => example.grams));
  const indexOf = new Map(grams.map((gram, index) => [gram, index]));
  const rows = ordered.map((example) => ({ label: labels.indexOf(example.label), features: featuresOf(example.grams, indexOf) }));
  const balance = balanceOf(rows, labels.length);
  const table = mean(HIDING_SEEDS.map((seed) => learn(rows, grams.length, balance, seed)));
  const unit = table.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / BYTE_MAX;
  const bytes = Int8Array.from(table, (weight) => Math.round(weight / unit));
  return { fingerprint: fingerprintOf(examples), labels, grams, unit, weights: Buffer.from(bytes.buffer).toString('base64') };
}

/** Changes with the sentences, with how they are read and with the features taken from them. */
export function fingerprintOf(examples: readonly Example<string>[]): string {
  const settings = [GRAM_CHARACTERS_MAX, EPOCHS, LEARNING_RATE, SLOPE_MIN, SEEN_MIN, DECAY, BALANCE, HIDDEN, HIDING_SEEDS];
  return createHash('sha256')
    .update(JSON.stringify([settings, examples.map(({ label, shape }) => [label, gramsOf(shape)])]))
    .digest('hex');
}

function isStrange(shape: string, indexOf: ReadonlyMap<string, number>): boolean {
  const words = wordsOf(shape);
  return (
    words.length > 0 &&
    !/\p{Script=Han}/u.test(shape) &&
    words.filter((it) => indexOf.has(`=${it}`)).length < words.length * KNOWN_WORDS_MIN
  );
}

/** Of scripts that write them apart. */
function wordsOf(shape: string): readonly string[] {
  return shape.toLowerCase().match(/[a-z']{2,}/g) ?? [];
}

type TrainingRow = { readonly label: number; readonly features: Int32Array };

/** What a sentence of each label counts: more where there are fewer. */
function balanceOf(rows: readonly TrainingRow[], width: number): Float64Array {
  const counts = new Float64Array(width);
  for (const { label } of rows) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => (rows.length / width / count) ** BALANCE);
}

function learn(rows: readonly TrainingRow[], height: number, balance: Float64Array, seed: number): Float32Array {
  const width = balance.length;
  const weights = new Float32Array(height * width);
  const squares = new Float32Array(height * width).fill(1);
  const chance = chancesFrom(seed);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { label, features: all } of rows) {
      const features = all.filter(() => chance() > HIDDEN);
      const scale = scaleOf(features);
      const chances = softmax(sum(weights, features, width, scale));
      for (let index = 0; index < width; index++) {
        const slope = ((chances[index] ?? 0) - (index === label ? 1 : 0)) * scale * (balance[label] ?? 1);
        if (Math.abs(slope) < SLOPE_MIN) continue;
        for (const feature of features) {
          const at = feature * width + index;
          const step = slope + DECAY * (weights[at] ?? 0);
          const square = (squares[at] ?? 0) + step * step;
          squares[at] = square;
          weights[at] = (weights[at] ?? 0) - (LEARNING_RATE * step) / Math.sqrt(square);
        }
      }
    }
  }
  return weights;
}

function mean(tables: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(tables[0]?.length ?? 0);
  for (const table of tables) for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (table[at] ?? 0) / tables.length;
  return sum;
}

/** The same chances from 0 to 1 every time (a linear congruential generator). */
function chancesFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function featuresOf(grams: readonly string[], indexOf: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(grams.flatMap((gram) => indexOf.get(gram) ?? []));
}

/** Long sentences weigh no more than short ones. */
function scaleOf(features: Int32Array): number {
  return 1 / Math.sqrt(features.length || 1);
}

/** The examples in a fixed order that mixes the labels: the first of each, the second of each, …. */
function spread<Label extends string>(examples: readonly Example<Label>[]): readonly Example<Label>[] {
  const byLabel = new Map<Label, Example<Label>[]>();
  for (const example of examples) byLabel.set(example.label, [...(byLabel.get(example.label) ?? []), example]);
  return [...byLabel.values()]
    .flatMap((group) => group.map((example, index) => ({ example, place: index / group.length })))
    .sort((a, b) => a.place - b.place)
    .map(({ example }) => example);
}

/** The grams seen at least `SEEN_MIN` times, in the order they were first seen. */
function frequent(grams: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return [...counts].filter(([gram, count]) => count >= SEEN_MIN || gram.length === 1).map(([gram]) => gram);
}

function gramsOf(shape: string): readonly string[] {
  const lower = shape
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/\d/g, '0')
    .replace(/([!?。.~,])\1+/g, '$1');
  const short =
    lower.length > SHAPE_CHARACTERS_MAX ? lower.slice(0, SHAPE_CHARACTERS_MAX / 2) + lower.slice(-SHAPE_CHARACTERS_MAX / 2) : lower;
  const characters = ['^', ...short, '$'];
  const grams = new Set<string>();
  for (let length = 1; length <= GRAM_CHARACTERS_MAX; length++) {
    for (let at = 0; at + length <= characters.length; at++) grams.add(characters.slice(at, at + length).join(''));
  }
  for (const cue of cuesOf(lower)) grams.add(cue);
  for (const word of wordsOf(shape)) grams.add(`=${word}`);
  return [...grams];
}

function sum(weights: Float32Array, features: Int32Array, width: number, scale: number): Float64Array {
  const scores = new Float64Array(width);
  for (const feature of features) {
    for (let index = 0; index < width; index++) scores[index] = (scores[index] ?? 0) + (weights[feature * width + index] ?? 0) * scale;
  }
  return scores;
}

function softmax(scores: Float64Array): Float64Array {
  const highest = Math.max(...scores);
  let total = 0;
  for (let index = 0; index < scores.length; index++) {
    const raised = Math.exp((scores[index] ?? 0) - highest);
    scores[index] = raised;
    total += raised;
  }
  for (let index = 0; index < scores.length; index++) scores[index] = (scores[index] ?? 0) / total;
  return scores;
}
