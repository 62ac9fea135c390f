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

export function createReadButton(plainText: (text: string) => string): ReadButton {
  return (label) => {
    const danger = readDanger(plainText(label)).value;
    return { intent: danger === null ? 'inform' : 'danger', confidence: 1, alternatives: [], entities: { ...NOTHING_STATED, danger } };
  };
}
