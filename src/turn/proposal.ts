/**
 * What a model outside may propose when the classifier is unsure, and how much of it is believed: an intent the classifier
 * thought of too, and values the customer wrote. Nothing it says is shown, and no yes to a read-back is ever its own.
 */
import type { Entities, Expected, Intent, Understood } from '../understanding/understood.ts';
import type { ReadPart } from './answers.ts';
import { SURE } from './intents.ts';

/** A message that was not understood. `text` is what the customer wrote, `asking` the open slot. */
export type Doubt = {
  readonly text: string;
  readonly asking: Expected | null;
  /** The only intents a proposal may have. */
  readonly candidates: readonly Intent[];
};

export type Proposal = {
  readonly intent: Intent;
  /** Stretches of the text, each said to answer a slot. */
  readonly values: readonly { readonly slot: Expected; readonly value: string }[];
};

/** Asks a model. Null when it has nothing to say, fails or takes too long; never rejects. */
export type Propose = (doubt: Doubt) => Promise<Proposal | null>;

const TEXT_MIN = 2;
const TEXT_MAX = 400;
const VALUES_MAX = 6;
const VALUE_MAX = 100;
const ALTERNATIVES_MAX = 2;
const BELIEVED = SURE + 0.01;

/** Rules decide of these, and nobody else. */
const NEVER: ReadonlySet<Intent> = new Set(['danger', 'abuse']);

/** Questions whose yes decides nothing yet: a read-back follows. A yes to any other has to be the customer's own. */
const YES_DECIDES_NOTHING: ReadonlySet<Expected> = new Set(['appliance', 'serviceMode', 'address', 'name', 'model', 'window']);

/**
 * Slots it may fill, where the text states nothing by itself. No day, time or score; and what identifies or proves (phone,
 * serial, ticket) never left the house.
 */
const FILLS: Readonly<Partial<Record<Expected, (own: Entities, read: Entities) => Partial<Entities>>>> = {
  appliance: (own, read) =>
    own.appliances.length > 0 ? {} : { appliances: read.appliances, subtype: own.subtype ?? read.subtype, brand: own.brand ?? read.brand },
  fault: (own, read) =>
    own.faults.length > 0 || own.errorCode !== null
      ? {}
      : { faults: read.faults.filter((it) => it !== 'other'), errorCode: read.errorCode },
  serviceMode: (own, read) => (own.serviceMode === null ? { serviceMode: read.serviceMode } : {}),
  address: (own, read) => (own.address === null ? { address: read.address } : {}),
  name: (own, read) => (own.name === null ? { name: read.name } : {}),
  model: (own, read) => (own.model === null ? { model: read.model } : {}),
};

/** `understood`, or more of it by a proposal's help. `propose` is null when no model is configured. */
export async function secondOpinion(
  propose: Propose | null,
  text: string,
  understood: Understood,
  asking: Expected | null,
  readPart: ReadPart,
): Promise<Understood> {
  const doubt = propose === null ? null : doubtOf(text, understood, asking);
  if (propose === null || doubt === null) return understood;
  const proposal = await propose(doubt);
  return proposal === null ? understood : believed(proposal, doubt, understood, readPart);
}

/** What there is to ask about a message; null when it is clear, dangerous, or no ordinary sentence. */
export function doubtOf(text: string, { intent, confidence, alternatives, entities }: Understood, asking: Expected | null): Doubt | null {
  const length = text.trim().length;
  if (confidence >= SURE || entities.danger !== null || length < TEXT_MIN || length > TEXT_MAX) return null;
  const yes = asking !== null && YES_DECIDES_NOTHING.has(asking);
  const always: readonly Intent[] = asking === null ? ['inform'] : ['inform', 'affirm', 'deny'];
  const guessed = [intent, ...alternatives.map((it) => it.intent), ...always];
  return { text, asking, candidates: [...new Set(guessed)].filter((it) => !NEVER.has(it) && (it !== 'affirm' || yes)) };
}

/** `understood` with as much of the proposal as may be believed; the very same when nothing may. */
export function believed(proposal: Proposal, doubt: Doubt, understood: Understood, readPart: ReadPart): Understood {
  const { intent } = proposal;
  if (!doubt.candidates.includes(intent)) return understood;
  const written = doubt.text.normalize('NFKC');
  let entities = understood.entities;
  for (const { slot, value } of proposal.values.slice(0, VALUES_MAX)) {
    const stretch = value.normalize('NFKC').trim();
    const fill = FILLS[slot];
    if (fill !== undefined && isStretchOf(written, stretch)) entities = filled(entities, fill(entities, readPart(stretch, slot).entities));
  }
  if (intent === 'inform' && entities === understood.entities) return understood;
  const others = [{ intent: understood.intent, confidence: understood.confidence }, ...understood.alternatives];
  return { intent, confidence: BELIEVED, alternatives: others.filter((it) => it.intent !== intent).slice(0, ALTERNATIVES_MAX), entities };
}

/** The same object when there is nothing in `more`. */
function filled(entities: Entities, more: Partial<Entities>): Entities {
  const says = Object.values(more).some((it) => it !== null && !(Array.isArray(it) && it.length === 0));
  return says ? { ...entities, ...more } : entities;
}

/** Whether the customer wrote it, and not as a piece of a longer number or code. */
function isStretchOf(written: string, stretch: string): boolean {
  if (stretch === '' || stretch.length > VALUE_MAX) return false;
  for (let at = written.indexOf(stretch); at !== -1; at = written.indexOf(stretch, at + 1)) {
    const end = at + stretch.length;
    if (!isCut(written, at) && !isCut(written, end)) return true;
  }
  return false;
}

function isCut(written: string, at: number): boolean {
  return /[A-Za-z0-9]/.test(written[at - 1] ?? '') && /[A-Za-z0-9]/.test(written[at] ?? '');
}
