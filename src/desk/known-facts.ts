/**
 * What is on record of a customer turns up again in what anybody types: the name in a note, the house number in a chat.
 * Here it is found and masked, so that free text says no more than the fields beside it (S2-024).
 */
import { maskName, maskPhone } from '../domain/privacy-mask.ts';
import type { HandoffSummary } from '../turn/ports.ts';
import { maskTyped, toDistrict } from './masked.ts';
import { maskDoors } from './masked-doors.ts';

/** Readable; it leaves the desk in no form. `doors` are addresses after their district. */
export type KnownFacts = { readonly names: readonly string[]; readonly phones: readonly string[]; readonly doors: readonly string[] };

/** Text somebody typed, with nothing in it that identifies the customer. */
export type Mask = (text: string) => string;

/** The mask of somebody of whom this is known; every phone and door number goes, known or not (S2-024). */
export function maskOf(known: KnownFacts): Mask {
  const phones = unique(known.phones).flatMap((phone) => phonePatterns(phone).map((pattern) => [pattern, maskPhone(phone)] as const));
  const names = unique(known.names)
    .filter((it) => [...it].length >= NAME_CHARACTERS_MIN)
    .sort((a, b) => b.length - a.length)
    .map((name) => [namePattern(name), maskName(name)] as const);
  const doors = unique(known.doors).map(doorOf);
  return (text) => {
    const phoneless = maskTyped(phones.reduce((left, [pattern, masked]) => left.replace(pattern, masked), text));
    const doorless = doors.reduce(withoutDoor, phoneless);
    return maskDoors(names.reduce((left, [pattern, masked]) => left.replace(pattern, masked), doorless));
  };
}

/** Everything of several customers, or several places, as one. */
export function allFacts(facts: readonly KnownFacts[]): KnownFacts {
  return {
    names: facts.flatMap((it) => it.names),
    phones: facts.flatMap((it) => it.phones),
    doors: facts.flatMap((it) => it.doors),
  };
}

/** What a dialog had learnt before anything of it was on record. */
export function factsOfSummary({ known }: HandoffSummary): KnownFacts {
  const { name, phone, address } = known;
  return {
    names: name === undefined ? [] : [name],
    phones: phone === undefined ? [] : [phone],
    doors: address === undefined ? [] : [address.slice(toDistrict(address).length)],
  };
}

/** One character is everywhere. */
const NAME_CHARACTERS_MIN = 2;
/** Fewer digits are a floor or a time. */
const PHONE_DIGITS_MIN = 7;
/** A run of a door shorter than this says nothing; without a Chinese character it needs one more and whole words. */
const RUN_MIN = 3;
const HAN = /\p{Script=Han}/u;
const SEPARATORS = '[\\s\\-–—.·,]*';
const DOOR_MASK = '***';

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map((it) => it.trim()))].filter((it) => it !== '');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Chinese names may be spaced out; others are whole words, in any case. */
function namePattern(name: string): RegExp {
  if (HAN.test(name))
    return new RegExp(
      [...name]
        .filter((it) => it.trim() !== '')
        .map(escaped)
        .join('\\s?'),
      'gu',
    );
  return new RegExp(`(?<![\\p{L}\\p{N}])${name.split(/\s+/).map(escaped).join('\\s+')}(?![\\p{L}\\p{N}])`, 'giu');
}

/** However the digits are spaced; a landline also without its area code. */
function phonePatterns(phone: string): readonly RegExp[] {
  const digits = phone
    .replace(/[^\d+]/g, '')
    .replace(/^(?:\+|00)86/, '')
    .replace(/\D/g, '');
  const local = /^1[3-9]\d{9}$/.test(digits) ? [] : (/^0?(?:10|2\d|[3-9]\d{2})(\d{7,8})$/.exec(digits)?.slice(1) ?? []);
  return [digits, ...local]
    .filter((it) => it.length >= PHONE_DIGITS_MIN)
    .map((it) => {
      const spaced = [...it].map((digit) => `[${digit}${String.fromCodePoint(0xff10 + Number(digit))}]`).join(SEPARATORS);
      return new RegExp(`(?<!\\p{N})(?:(?:\\+|00)?86${SEPARATORS})?0?${spaced}(?!\\p{N})`, 'gu');
    });
}

type Letter = { readonly plain: string; readonly from: number; readonly to: number };
type Door = { readonly plain: string; readonly starts: ReadonlySet<string> };

/** What is written of a text: width, case, blanks and punctuation make no difference. */
function lettersOf(text: string): readonly Letter[] {
  const letters: Letter[] = [];
  let from = 0;
  for (const character of text) {
    const to = from + character.length;
    const plain = character.normalize('NFKC').toLowerCase();
    if (!/^[\s\p{P}\p{Z}]*$/u.test(plain)) letters.push({ plain, from, to });
    from = to;
  }
  return letters;
}

/** A door of fewer letters than a run (8号) is a day of the month as well, and stays. */
function doorOf(door: string): Door {
  const letters = lettersOf(door);
  const starts = letters.slice(RUN_MIN - 1).map((_, index) => plainOf(letters, index, RUN_MIN));
  return { plain: plainOf(letters, 0, letters.length), starts: new Set(starts) };
}

/** Every stretch of the text that is a stretch of the door, so that a house number alone is not said either. */
function withoutDoor(text: string, { plain, starts }: Door): string {
  if (starts.size === 0) return text;
  const letters = lettersOf(text);
  let result = '';
  let done = 0;
  for (let first = 0; first < letters.length; ) {
    const next = starts.has(plainOf(letters, first, RUN_MIN)) ? runFrom(letters, first, plain) : 0;
    const [begin, end] = [letters[first], letters[first + next - 1]];
    if (begin === undefined || end === undefined || !tells(text, begin.from, end.to)) {
      first += 1;
      continue;
    }
    result += text.slice(done, begin.from) + DOOR_MASK;
    done = end.to;
    first += next;
  }
  return result + text.slice(done);
}

function plainOf(letters: readonly Letter[], first: number, count: number): string {
  return letters
    .slice(first, first + count)
    .map((it) => it.plain)
    .join('');
}

/** How many letters from here stand in the door one after the other. */
function runFrom(letters: readonly Letter[], first: number, door: string): number {
  let count = RUN_MIN;
  while (first + count < letters.length && door.includes(plainOf(letters, first, count + 1))) count += 1;
  return count;
}

/** Digits and Latin letters tell something only as a whole word: 1501 in BX-20261120-1501 is nobody's flat. */
function tells(text: string, from: number, to: number): boolean {
  const found = text.slice(from, to);
  if (HAN.test(found)) return true;
  const inWord = /[\p{L}\p{N}*-]/u;
  const before = text.slice(0, from).at(-1) ?? '';
  const after = text.at(to) ?? '';
  const touches = (character: string) => inWord.test(character) && !HAN.test(character);
  return found.length > RUN_MIN && !touches(before) && !touches(after);
}
