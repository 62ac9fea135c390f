/**
 * What of a message the search compares: character grams, English words, cues, and the kinds of things it names. Places,
 * makers, appliances and faults count by kind, so that 通州能去吗 is like 昌平能来吗.
 */
import type { AddressParts } from '../domain/contact.ts';
import { readAddress } from './address.ts';
import { readAppliances } from './appliance.ts';
import { readBrand } from './brand.ts';
import { enquiryCuesOf } from './enquiry-cue.ts';
import { isQuestion } from './enquiry-question.ts';
import { foldSynonyms } from './enquiry-synonym.ts';
import { readFaults } from './fault.ts';
import { MASKS, shapeOf } from './mask.ts';
import { maskPlaces, namedPlaces } from './named-place.ts';
import type { PlainText } from './plain-text.ts';

/** By name, with their weight before rarity counts. */
export type EnquiryFeatures = ReadonlyMap<string, number>;

export type ReadEnquiry = (text: string) => {
  readonly features: EnquiryFeatures;
  readonly isQuestion: boolean;
  readonly places: readonly AddressParts[];
};

/** A longer message is no everyday question; it is read to here. */
const CHARACTERS_MAX = 80;
/** Of one, two and three characters. */
const GRAM_WEIGHTS = [1, 1, 0.2];
const WORD_WEIGHT = 1;
const CUE_WEIGHT = 2;
const KIND_WEIGHT = 3;

export function createReadEnquiry(plainText: PlainText): ReadEnquiry {
  return (text) => {
    const plain = plainText(text).slice(0, CHARACTERS_MAX).toLowerCase();
    const features = featuresOf(plain);
    return { features, isQuestion: isQuestion(plain), places: features.has('@address') ? namedPlaces(plain) : [] };
  };
}

function featuresOf(plain: string): EnquiryFeatures {
  const brand = readBrand(maskPlaces(readAddress(plain, null).rest));
  const appliances = readAppliances(brand.rest, null);
  const faults = readFaults(appliances.rest, appliances.value.appliances, false);
  const features = new Map<string, number>();
  for (const word of plain.match(/[a-z][a-z'-]+/g) ?? []) features.set(word, WORD_WEIGHT);
  const shape = foldSynonyms(shapeOf(faults.rest).replace(/[a-z'-]+/g, ' ')).replace(/[^\p{Script=Han}\d\uE001-\uE0FF]+/gu, '');
  for (const [shorter, weight] of GRAM_WEIGHTS.entries()) {
    for (let at = 0; at + shorter < shape.length; at++) features.set(shape.slice(at, at + shorter + 1), weight);
  }
  for (const cue of enquiryCuesOf(plain)) features.set(cue, CUE_WEIGHT);
  for (const appliance of appliances.value.appliances) features.set(`@${appliance}`, KIND_WEIGHT);
  for (const kind of ['address', 'brand', 'fault'] as const) if (shape.includes(MASKS[kind])) features.set(`@${kind}`, KIND_WEIGHT);
  return features;
}
