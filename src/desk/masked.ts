/** What may leave the desk of a customer's personal facts (S2-024): `138****8000`, `王*`, the address to its district. */
import { maskName, maskPhone } from '../domain/privacy-mask.ts';
import type { HandoffSummary } from '../turn/ports.ts';

/** Text somebody typed, its phone numbers masked and the rest readable. */
export function maskTyped(text: string): string {
  const numbers = maskNumbers(text, figures, [INTERNATIONAL, MOBILE, LANDLINE]);
  return maskNumbers(maskNumbers(numbers, spoken, [SPOKEN_MOBILE]), figuresAndSpoken, [MOBILE]);
}

/** Between two digits of one number stand a few signs or blanks, never a letter; `*` is what was masked before. */
const GAP = '[^\\p{L}\\p{N}*]{0,3}';
const NARROW_GAP = '[\\s\\-\u2013\u2014./_()]{0,3}';
/** A number begins and ends where its digits do: one inside a serial is none. */
const BEGINS = '(?<![\\da-z])';
const ENDS = '(?!\\d)';

const BRACKET = '(?:\\((?=\\+?\\d{1,4}\\)))?';

const INTERNATIONAL = new RegExp(`(?<![\\da-z.:])${BRACKET}(?:\\+|00)\\d(?:${NARROW_GAP}\\d){7,14}${ENDS}`, 'giu');
const MOBILE_DIGITS = `1${GAP}[3-9](?:${GAP}\\d){9}`;
const MOBILE = new RegExp(`${BEGINS}${BRACKET}(?:(?:\\+|00)?86${GAP})?${MOBILE_DIGITS}${ENDS}`, 'giu');
/** Spoken digits touch other words that are numerals too: 周一, 一号楼. */
const SPOKEN_MOBILE = new RegExp(MOBILE_DIGITS, 'gu');
const LANDLINE = new RegExp(`(?<![\\da-z-])\\(?0\\d{2,3}${NARROW_GAP}\\d{3,4}${NARROW_GAP}\\d{4}${ENDS}`, 'giu');

/** Tickets, days, times and prices are no part of a phone number; a day right after other digits may be one. */
const NO_PHONE =
  /[A-Z]{2}-\d{8}-\d{4,}|(?<![\d/.-])(?:19|20)\d{2}([-/.])(?:1[0-2]|0?[1-9])\1(?:3[01]|[12]\d|0?[1-9])(?!\d)|(?<![\d:])(?:2[0-3]|[01]?\d):[0-5]\d(?![\d:])|(?<![\d.])\d{1,6}\.\d{2}(?![\d.])/giu;

/** `plain` has one UTF-16 unit for each entry of the others: what to show for it and where it stands in the text. */
type Reading = {
  readonly plain: string;
  readonly shown: readonly string[];
  readonly from: readonly number[];
  readonly to: readonly number[];
};

/** What a character of the text is when a phone number is looked for: a digit, or itself. */
type ReadCharacter = (character: string) => string;

function maskNumbers(text: string, read: ReadCharacter, patterns: readonly RegExp[]): string {
  return patterns.reduce((left, pattern) => maskNumber(left, read, pattern), text);
}

function maskNumber(text: string, read: ReadCharacter, pattern: RegExp): string {
  const { plain, shown, from, to } = readingOf(text, read);
  let result = '';
  let done = 0;
  for (const { 0: found, index } of plain.matchAll(pattern)) {
    const last = index + found.length - 1;
    result += text.slice(done, from[index]) + maskedNumber(found, shown.slice(index, last + 1), pattern);
    done = to[last] ?? text.length;
  }
  return result + text.slice(done);
}

/** A mobile number keeps its first three and last four digits as they were written. */
function maskedNumber(found: string, shown: readonly string[], pattern: RegExp): string {
  if (pattern === INTERNATIONAL || pattern === LANDLINE) return maskPhone(found);
  const digits = shown.filter((_, index) => /\d/.test(found.charAt(index))).slice(-11);
  return `${digits.slice(0, 3).join('')}****${digits.slice(-4).join('')}`;
}

function readingOf(text: string, read: ReadCharacter): Reading {
  const [shown, from, to]: [string[], number[], number[]] = [[], [], []];
  let plain = '';
  let at = 0;
  for (const character of text) {
    const next = at + character.length;
    if (/^[\p{Cf}\p{M}]$/u.test(character)) {
      // Nothing to see: it belongs to what stands before it.
      if (to.length > 0) to[to.length - 1] = next;
    } else {
      const normal = numeralOf(character) ?? character.normalize('NFKC');
      for (const it of normal) {
        const unit = read(it);
        plain += unit;
        for (let units = 0; units < unit.length; units++) {
          shown.push(it);
          from.push(at);
          to.push(next);
        }
      }
    }
    at = next;
  }
  return { plain: plain.replace(NO_PHONE, (found) => 'x'.repeat(found.length)), shown, from, to };
}

/** Circled digits that Unicode does not hold to be digits, by the first of their nine. */
const CIRCLED_ONES = [0x24f5, 0x2776, 0x2780, 0x278a];
const CIRCLED_ZEROS = '\u24ff\u{1f10b}\u{1f10c}';

function numeralOf(character: string): string | null {
  if (CIRCLED_ZEROS.includes(character)) return '0';
  const code = character.codePointAt(0) ?? 0;
  const one = CIRCLED_ONES.find((it) => code >= it && code < it + 9);
  return one === undefined ? null : String(code - one + 1);
}

/** The digit said by each character; formal numerals and those of Taiwan and Hong Kong with it. */
const SAID: Readonly<Record<string, string>> = Object.fromEntries(
  ['零〇', '一幺壹', '二两贰兩貳', '三叁參叄', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap((characters, digit) =>
    [...characters].map((it) => [it, String(digit)]),
  ),
);

function figures(character: string): string {
  return character;
}

function spoken(character: string): string {
  return /\d/.test(character) ? 'x' : figuresAndSpoken(character);
}

function figuresAndSpoken(character: string): string {
  return SAID[character] ?? character;
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
