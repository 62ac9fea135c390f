/** What may leave the desk of a customer's personal facts (S2-024): `138****8000`, `王*`, the address to its district. */
import { maskName, maskPhone } from '../domain/privacy-mask.ts';
import type { HandoffSummary } from '../turn/ports.ts';

const SAID = '一二三四五六七八九零〇幺两';
const DIGIT = `[\\d0-9]`;
const GAP = '[\\s\\-–—.]?';

/** Numbers that reach somebody, however they were typed: spaced, full-width, with a country code, spoken digit by digit. */
const PHONES = [
  `(?<![\\dA-Za-z])(?:\\+|00)${DIGIT}(?:${GAP}${DIGIT}){7,14}(?!${DIGIT})`,
  `(?<![\\dA-Za-z])(?:(?:86|86)${GAP})?[11][3-93-9]${DIGIT}(?:${GAP}${DIGIT}){8}(?!${DIGIT})`,
  `(?<![\\dA-Za-z-])[((]?[00]${DIGIT}{2,3}[))]?${GAP}${DIGIT}{3,4}${GAP}${DIGIT}{4}(?!${DIGIT})`,
  `(?<![${SAID}])[一幺][三四五六七八九](?:${GAP}[${SAID}]){9}(?![${SAID}])`,
];
const PHONE_IN_TEXT = new RegExp(PHONES.join('|'), 'gu');

/** Text somebody typed, its phone numbers masked and the rest readable. */
export function maskTyped(text: string): string {
  return text.replace(PHONE_IN_TEXT, (found) => {
    const plain = found.normalize('NFKC');
    return /\d/.test(plain)
      ? maskPhone(plain.replace(/^86(?=[\s\-–—.]?1)/, '+86'))
      : `${[...plain].slice(0, 3).join('')}****${[...plain].slice(-4).join('')}`;
  });
}

/** A name, or null when none is known. */
export function maskedName(name: string | null): string | null {
  return name === null ? null : maskName(name);
}

/** A phone number, or null when none is known. */
export function maskedPhone(phone: string | null): string | null {
  return phone === null ? null : maskPhone(phone);
}

/** What is known so far, without what identifies the customer; `mask` is for what was typed. */
export function maskSummary(summary: HandoffSummary, mask: (text: string) => string = maskTyped): HandoffSummary {
  const known = Object.entries(summary.known).map(([slot, value]) => [slot, maskSlot(slot, value, mask)]);
  return { ...summary, known: Object.fromEntries(known) };
}

/** Up to the district, else the city; 小区, 园区 and the like are where somebody lives. */
const TO_DISTRICT = /^.{0,24}?(?:(?<![小社园街厂校])区|县|旗)/u;
const TO_CITY = /^.{0,16}?市/u;

/** An address as one text, cut off after its district, else its city; empty when it names neither. */
export function toDistrict(address: string): string {
  return (TO_DISTRICT.exec(address) ?? TO_CITY.exec(address))?.[0] ?? '';
}

function maskSlot(slot: string, value: string, mask: (text: string) => string): string {
  switch (slot) {
    case 'name':
      return maskName(value);
    case 'address':
      return toDistrict(value) || '***';
    case 'phone':
      return maskPhone(value);
    case 'contact':
      return '***';
    default:
      return mask(value);
  }
}
