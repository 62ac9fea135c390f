/**
 * What of a customer's words may leave the house: the text without what identifies them. Whatever the extractors read as a
 * phone, address, name, serial or ticket is a token such as `[PHONE]`, and so are long numbers and mail addresses.
 */
import { readAddress } from '../understanding/address.ts';
import { MASKS, type MaskKind, maskAll } from '../understanding/mask.ts';
import { readPersonName } from '../understanding/person-name.ts';
import { readPhones } from '../understanding/phone.ts';
import type { PlainText } from '../understanding/plain-text.ts';
import { readSerial } from '../understanding/serial.ts';
import { writeDigits } from '../understanding/spoken-digits.ts';
import { readTicketNumber } from '../understanding/ticket-number.ts';
import type { Entities, Expected } from '../understanding/understood.ts';

/** The text in tokens, or null when nothing is left that says anything. */
export type MaskText = (text: string, asking: Expected | null) => string | null;

/** How the desk reads a message. */
export type EntitiesOf = (text: string, asking: Expected | null) => Entities;

type Read = (text: string, asking: Expected | null) => string;

/** In the order the extractors have: each reads what the ones before left. */
const READERS: readonly Read[] = [
  (text, asking) => readTicketNumber(text, asking).rest,
  (text) => readPhones(text).rest,
  (text, asking) => readSerial(text, asking).rest,
  (text, asking) => readAddress(text, asking).rest,
  (text, asking) => readPersonName(text, asking).rest,
];
/** A reader takes one value at a time. */
const ROUNDS_MAX = 4;

const MAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;
/** Identity cards, order numbers, phones with a digit too few. */
const LONG_NUMBER = /\d(?:[ .-]?\d){4,}/g;

const TOKENS: Readonly<Partial<Record<MaskKind, string>>> = {
  phone: '[PHONE]',
  ticket: '[TICKET]',
  serial: '[SERIAL]',
  address: '[ADDRESS]',
  name: '[NAME]',
  contact: '[MAIL]',
  blank: '[NUMBER]',
};

/** `entitiesOf`: nothing the desk itself found slips through. */
export function createMaskText(plainText: PlainText, entitiesOf: EntitiesOf): MaskText {
  return (text, asking) => {
    const { name, address } = entitiesOf(text, asking);
    let masked = maskAll(writeDigits(plainText(text)), MAIL, 'contact');
    for (const read of READERS) masked = exhausted(read, masked, asking);
    for (const [kind, value] of [['name', name] as const, ['address', address?.detail ?? null] as const])
      if (value !== null && value !== '') masked = masked.replaceAll(value, MASKS[kind].repeat(value.length));
    return withTokens(maskAll(masked, LONG_NUMBER, 'blank'));
  };
}

function exhausted(read: Read, text: string, asking: Expected | null): string {
  let rest = text;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = read(rest, asking);
    if (next === rest) break;
    rest = next;
  }
  return rest;
}

function withTokens(masked: string): string | null {
  let text = masked;
  for (const [kind, token] of Object.entries(TOKENS)) text = text.replace(new RegExp(`${MASKS[kind as MaskKind]}+`, 'g'), token);
  return /\p{L}/u.test(text.replace(/\[[A-Z]+\]/g, '')) ? text : null;
}
