/**
 * How well a message fits each answer, learnt from the ways people ask it. Two measures together: nearness (the cosine to
 * all ways of an answer and to the nearest one) and evidence (how much likelier its features are here than elsewhere).
 */
import { readFileSync } from 'node:fs';
import type { EnquiryAnswer } from '../domain/enquiry.ts';
import type { EnquiryFeatures, ReadEnquiry } from './enquiry-features.ts';

/** `key` null: said in this chat, and no enquiry. `nearness` is 0 to 1; `fit` is what candidates are compared by. */
type Candidate = { readonly key: string | null; readonly nearness: number; readonly fit: number };

/** The best two, best first; nothing when there are no answers. */
type RankEnquiries = (features: EnquiryFeatures) => readonly Candidate[];

/** How much nearness to all the ways together counts; the rest is the nearest one. */
const TOGETHER = 0.5;
/** What evidence adds to nearness. */
const EVIDENCE = 0.3;
/** What a feature nobody asked with is worth against the rarest that somebody did. */
const UNSEEN = 0.6;
/** Features are counted as seen this often more than they were. */
const SMOOTHING = 0.1;
/** The background is many matters, not one: it counts as so many in how rare a feature is. */
const BACKGROUND_MATTERS = 20;
const BEST_MAX = 2;

const BACKGROUND_FILE = new URL('./enquiry-background.txt', import.meta.url);

type Vector = ReadonlyMap<string, number>;
type Way = { readonly matter: number; readonly vector: Vector };
/** Of a feature: the ways it stands in, and each matter's share of nearness and of evidence. */
type Entry = { readonly ways: [way: number, value: number][]; readonly together: Float64Array; readonly evidence: Float64Array };

/** Every text that is learnt from: the ways of asking, and what else people say in this chat. */
export function textsLearntFrom(answers: readonly EnquiryAnswer[]): readonly string[] {
  return [...answers.flatMap(({ questions }) => questions), ...readBackground()];
}

/** Learns in a fixed order, without randomness. The last matter is the background. */
export function createEnquiryIndex(answers: readonly EnquiryAnswer[], read: ReadEnquiry): RankEnquiries {
  const keys = [...answers.map(({ key }) => key), null];
  const background = keys.length - 1;
  const texts = [
    ...answers.flatMap(({ questions }, matter) => questions.map((text) => ({ matter, text }))),
    ...readBackground().map((text) => ({ matter: background, text })),
  ];
  const asked = texts.map(({ matter, text }) => ({ matter, features: read(text).features }));
  const rarity = rarityIn(asked, background);
  const ways = asked.map(({ matter, features }) => ({ matter, vector: weigh(features, rarity) }));
  const entries = learn(ways, keys.length);
  return (features) => {
    const message = weigh(features, rarity);
    const [together, evidence, nearest] = [keys, keys, keys].map(() => new Float64Array(keys.length)) as Sums;
    const products = new Float64Array(ways.length);
    for (const [name, value] of message) {
      const entry = entries.get(name);
      if (entry === undefined) continue;
      for (const [way, its] of entry.ways) products[way] = (products[way] ?? 0) + value * its;
      for (let matter = 0; matter < keys.length; matter++) {
        together[matter] = (together[matter] ?? 0) + value * (entry.together[matter] ?? 0);
        evidence[matter] = (evidence[matter] ?? 0) + value * (entry.evidence[matter] ?? 0);
      }
    }
    for (const [way, { matter }] of ways.entries()) nearest[matter] = Math.max(nearest[matter] ?? 0, products[way] ?? 0);
    return keys
      .map((key, matter): Candidate => {
        const one = nearest[matter] ?? 0;
        const nearness = matter === background ? one : TOGETHER * (together[matter] ?? 0) + (1 - TOGETHER) * one;
        return { key, nearness, fit: nearness + EVIDENCE * (evidence[matter] ?? 0) };
      })
      .sort((a, b) => b.fit - a.fit)
      .slice(0, BEST_MAX);
  };
}

function readBackground(): readonly string[] {
  return readFileSync(BACKGROUND_FILE, 'utf8').trim().split('\n');
}

type Sums = [together: Float64Array, evidence: Float64Array, nearest: Float64Array];

/** By how many matters a feature is asked about. */
function rarityIn(asked: readonly { readonly matter: number; readonly features: EnquiryFeatures }[], background: number) {
  const matters = new Map<string, Set<number>>();
  for (const [at, { matter, features }] of asked.entries()) {
    const counted = matter === background ? background + (at % BACKGROUND_MATTERS) : matter;
    for (const name of features.keys()) matters.set(name, (matters.get(name) ?? new Set()).add(counted));
  }
  const all = background + BACKGROUND_MATTERS;
  return (name: string): number => {
    const count = matters.get(name)?.size;
    return count === undefined ? UNSEEN * Math.log(all) : Math.log(1 + all / count);
  };
}

/** A vector of length one. */
function weigh(features: EnquiryFeatures, rarity: (name: string) => number): Vector {
  const weighed = [...features].map(([name, weight]) => [name, weight * rarity(name)] as const);
  const length = Math.hypot(...weighed.map(([, value]) => value)) || 1;
  return new Map(weighed.map(([name, value]) => [name, value / length]));
}

function learn(ways: readonly Way[], matters: number): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const sums = new Float64Array(matters);
  for (const [way, { matter, vector }] of ways.entries()) {
    for (const [name, value] of vector) {
      const entry = entries.get(name) ?? { ways: [], together: new Float64Array(matters), evidence: new Float64Array(matters) };
      entries.set(name, entry);
      entry.ways.push([way, value]);
      entry.together[matter] = (entry.together[matter] ?? 0) + value;
      sums[matter] = (sums[matter] ?? 0) + value;
    }
  }
  const total = sums.reduce((sum, it) => sum + it, 0);
  const smooth = SMOOTHING * entries.size;
  const lengths = new Float64Array(matters);
  for (const { together, evidence } of entries.values()) {
    const everywhere = together.reduce((sum, it) => sum + it, 0);
    for (let matter = 0; matter < matters; matter++) {
      const [here, sum] = [together[matter] ?? 0, sums[matter] ?? 0];
      lengths[matter] = (lengths[matter] ?? 0) + here * here;
      evidence[matter] = Math.log((here + SMOOTHING) / (sum + smooth)) - Math.log((everywhere - here + SMOOTHING) / (total - sum + smooth));
    }
  }
  for (const { together } of entries.values()) {
    for (let matter = 0; matter < matters; matter++) together[matter] = (together[matter] ?? 0) / (Math.sqrt(lengths[matter] ?? 0) || 1);
  }
  return entries;
}
