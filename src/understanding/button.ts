/**
 * Reads a button's label that came back as a message. What it means is known to who offered it, so nothing is guessed;
 * only danger is looked for, because staff write some labels and danger comes before everything.
 */
import { readDanger } from './danger.ts';
import type { Entities, Understood } from './understood.ts';

const NOTHING_STATED: Entities = {
  appliances: [],
  subtype: null,
  faults: [],
  brand: null,
  model: null,
  serial: null,
  errorCode: null,
  phone: null,
  name: null,
  address: null,
  visitWishes: [],
  purchaseDate: null,
  ticketNumber: null,
  score: null,
  hasProof: null,
  exclusion: null,
  complaintTypes: [],
  category: null,
  wish: null,
  gravities: [],
  amountYuan: null,
  resolved: null,
  danger: null,
  serviceMode: null,
  onSiteContact: null,
  engineerWish: null,
};

export type ReadButton = (label: string) => Understood;

/** Customers tap the same few labels all day. */
const LABELS_MAX = 1_000;

export function createReadButton(plainText: (text: string) => string): ReadButton {
  const read = new Map<string, Understood>();
  return (label) => {
    const before = read.get(label);
    if (before !== undefined) return before;
    const danger = readDanger(plainText(label)).value;
    const entities = { ...NOTHING_STATED, danger };
    const understood: Understood = { intent: danger === null ? 'inform' : 'danger', confidence: 1, alternatives: [], entities };
    if (read.size >= LABELS_MAX) read.clear();
    read.set(label, understood);
    return understood;
  };
}
