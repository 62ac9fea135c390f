/**
 * Multinomial logistic regression over character 1–3-grams, English words and cues of a sentence's shape. The weights are learnt ahead by
 * `train.ts` in a fixed order without randomness, and kept in `intent-weights.json`; a test says when they are stale.
 */
import { createHash } from 'node:crypto';
import { cuesOf } from './cue.ts';
import { INTENTS, type Intent } from './understood.ts';

export type Example = { readonly shape: string; readonly intent: Intent };
export type Guess = { readonly intent: Intent; readonly confidence: number };
/** All intents it knows, most likely first; the confidences add up to 1. */
export type Classify = (shape: string) => readonly Guess[];
/** `weights` is base64 of one signed byte a gram and intent, in units of `unit`. */
export type IntentWeights = {
  readonly fingerprint: string;
  readonly intents: readonly string[];
  readonly grams: readonly string[];
  readonly unit: number;
  readonly weights: string;
};

const GRAM_CHARACTERS_MAX = 3;
const EPOCHS = 10;
const LEARNING_RATE = 1.3;
/** Smaller corrections are not worth their time. */
const SLOPE_MIN = 0.004;
/** How strongly weights are pulled back to nothing. */
const DECAY = 0.003;
/** 0 counts every sentence alike, 1 every intent. */
const BALANCE = 0.3;
/** Rarer grams teach nothing that lasts. */
const SEEN_MIN = 2;
/** Makes the confidence what it says: of held-back training sentences at 0.6 to 0.7, 75 % are right. */
const SHARPNESS = 1.3;
/** Shapes longer than this are judged by their start and end. */
const SHAPE_CHARACTERS_MAX = 120;
const BYTE_MAX = 127;

export function createClassifier({ intents, grams, unit, weights }: IntentWeights): Classify {
  const known = intents.map((name) => {
    const intent = INTENTS.find((one) => one === name);
    if (!intent) throw new Error(`invariant: ${name} is no intent`);
    return intent;
  });
  const indexOf = new Map(grams.map((gram, index) => [gram, index]));
  const bytes = Buffer.from(weights, 'base64');
  const table = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), (byte) => byte * unit);
  return (shape) => {
    const features = featuresOf(gramsOf(shape), indexOf);
    const chances = softmax(sum(table, features, known.length, scaleOf(features) * SHARPNESS));
    return known.map((intent, index) => ({ intent, confidence: chances[index] ?? 0 })).sort((a, b) => b.confidence - a.confidence);
  };
}

export function trainClassifier(examples: readonly Example[]): IntentWeights {
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const ordered = spread(examples).map(({ shape, intent }) => ({ intent, grams: gramsOf(shape) }));
  const grams = frequent(ordered.flatMap((example) => example.grams));
  const indexOf = new Map(grams.map((gram, index) => [gram, index]));
  const rows = ordered.map((example) => ({ label: intents.indexOf(example.intent), features: featuresOf(example.grams, indexOf) }));
  const table = learn(rows, grams.length, balanceOf(rows, intents.length));
  const unit = table.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / BYTE_MAX;
  const bytes = Int8Array.from(table, (weight) => Math.round(weight / unit));
  return { fingerprint: fingerprintOf(examples), intents, grams, unit, weights: Buffer.from(bytes.buffer).toString('base64') };
}

/** Changes with the sentences, with how they are read and with the features taken from them. */
export function fingerprintOf(examples: readonly Example[]): string {
  const settings = [GRAM_CHARACTERS_MAX, EPOCHS, LEARNING_RATE, SLOPE_MIN, SEEN_MIN, DECAY, BALANCE];
  return createHash('sha256')
    .update(JSON.stringify([settings, examples.map(({ intent, shape }) => [intent, gramsOf(shape)])]))
    .digest('hex');
}

type TrainingRow = { readonly label: number; readonly features: Int32Array };

/** What a sentence of each intent counts: more where there are fewer. */
function balanceOf(rows: readonly TrainingRow[], width: number): Float64Array {
  const counts = new Float64Array(width);
  for (const { label } of rows) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => (rows.length / width / count) ** BALANCE);
}

function learn(rows: readonly TrainingRow[], height: number, balance: Float64Array): Float32Array {
  const width = balance.length;
  const weights = new Float32Array(height * width);
  const squares = new Float32Array(height * width).fill(1);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { label, features } of rows) {
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

function featuresOf(grams: readonly string[], indexOf: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(grams.flatMap((gram) => indexOf.get(gram) ?? []));
}

/** Long sentences weigh no more than short ones. */
function scaleOf(features: Int32Array): number {
  return 1 / Math.sqrt(features.length || 1);
}

/** The examples in a fixed order that mixes the intents: the first of each, the second of each, …. */
function spread(examples: readonly Example[]): readonly Example[] {
  const byIntent = new Map<Intent, Example[]>();
  for (const example of examples) byIntent.set(example.intent, [...(byIntent.get(example.intent) ?? []), example]);
  return [...byIntent.values()]
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
  for (const word of shape.toLowerCase().match(/[a-z']{2,}/g) ?? []) grams.add(`=${word}`);
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
