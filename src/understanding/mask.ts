/**
 * What an extractor took out of a text. Masks keep the length, so positions stay true from one extractor to the next, and
 * each kind has its own private-use character, which the intent classifier reads as "a phone stood here".
 */
export const MASKS = {
  phone: '\uE001',
  ticket: '\uE002',
  serial: '\uE003',
  model: '\uE004',
  errorCode: '\uE005',
  address: '\uE006',
  visit: '\uE007',
  purchase: '\uE008',
  appliance: '\uE009',
  fault: '\uE00A',
  score: '\uE00B',
  name: '\uE00C',
  brand: '\uE00D',
  contact: '\uE00E',
  blank: '\uE0FF',
} as const;
export type MaskKind = keyof typeof MASKS;

/** A value and the text without it. */
export type Taken<Value> = { readonly value: Value; readonly rest: string };

export function mask(text: string, from: number, to: number, kind: MaskKind): string {
  return text.slice(0, from) + MASKS[kind].repeat(to - from) + text.slice(to);
}

/** Masks every match of `pattern`, which must be global. */
export function maskAll(text: string, pattern: RegExp, kind: MaskKind): string {
  return text.replace(pattern, (match) => MASKS[kind].repeat(match.length));
}

/** Each masked stretch as one character: the shape of the sentence, for the classifier. */
export function shapeOf(text: string): string {
  return text.replace(/([\uE001-\uE0FF])\1+/g, '$1');
}

export const MASKED = '\uE001-\uE0FF';
