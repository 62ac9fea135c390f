/** A value in somebody's words: a sentence of their register, the value in it, typed as they type. */
import { widen } from '../wording/narrow.ts';
import type { Manner, Marks, Phrases, Register } from './manner.ts';
import type { Random } from './random.ts';
import type { Door } from './sentences/addresses.ts';

/** A sentence of the register with `{name}` filled in. */
export function inWords(phrases: Phrases, register: Register, random: Random, values: Readonly<Record<string, string>> = {}): string {
  return filled(random.pick(phrases[register]), values);
}

export function filled(sentence: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);
}

/** The text as this manner's thumbs leave it. Numbers, models and English keep their signs. */
export function typed(text: string, manner: Manner, random: Random): string {
  const marks: Marks = manner.register === 'english' ? 'half' : random.pick(manner.marks);
  switch (marks) {
    case 'full':
      return widen(text);
    case 'half':
      return text;
    case 'blank':
      return text.replace(BETWEEN_WORDS, ' ');
    case 'none':
      return text.replace(BETWEEN_WORDS, (_, at: number) => (/\d/.test(text.charAt(at - 1)) && /\d/.test(text.charAt(at + 1)) ? ' ' : ''));
  }
}

/** Marks that end a clause; not those within a model, a number or a clock time. */
const BETWEEN_WORDS = /(?<![A-Za-z])[,?!;:](?![A-Za-z\d])|(?<!\d)[,?!;:](?=\d)|[,?!;](?=[A-Za-z])/g;

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** The digits one by one, as they are dictated: 1 is 幺. */
function dictated(digits: string): string {
  return digits.replace(/\d/g, (digit) => (digit === '1' ? '幺' : (DIGITS[Number(digit)] ?? digit)));
}

/** A phone number in one of the ways people write it. */
export function phoneInWords(phone: string, register: Register, random: Random): string {
  const [front, middle, end] = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)];
  if (register === 'elderly' && random.chance(0.6)) return dictated(phone);
  return random.pick([
    phone,
    phone,
    phone,
    `${front} ${middle} ${end}`,
    `${front}-${middle}-${end}`,
    register === 'english' ? `+86 ${phone}` : phone,
  ]);
}

/** The whole address as it is written on a parcel, or a little shorter. */
export function doorInWords({ city, district, detail }: Door, register: Register, random: Random): string {
  const short = city.replace(/市$/, '');
  const forms = [`${city}${district}${detail}`, `${short}${district}${detail}`, `${short}市${district} ${detail}`];
  if (register === 'terse' || register === 'emoji') forms.push(`${short} ${district} ${detail}`);
  return random.pick(forms);
}

/** The street and what is left of it: the part without a door, and the door. */
export function doorByParts({ city, district, detail }: Door): { readonly place: string; readonly door: string } | null {
  const cut = /^(.*?(?:路|大街|街|大道|镇|里|园三区|八区|一区))(.+)$/u.exec(detail);
  const [, street, door] = cut ?? [];
  if (street === undefined || door === undefined || !/\d/.test(door)) return null;
  return { place: `${city.replace(/市$/, '')}${district}${street}`, door };
}
