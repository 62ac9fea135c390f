/**
 * Phone numbers in a text, Chinese mobile and landline first, as E.164. Digits that belong to a model or a serial are
 * none, and neither is a number the numbering plan does not know.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneNumber } from '../domain/contact.ts';
import { mask, type Taken } from './mask.ts';

export type FoundPhone = { readonly phone: PhoneNumber; readonly at: number };

/** At most this many numbers are read from one message. */
const PHONES_MAX = 5;

const S = '[ .·\\-–—]{1,3}';
const START = '(?:(?<![A-Za-z0-9])(?<![A-Za-z0-9][-/_])|(?<=tel|phone|mobile|wx|vx))';
const END = '(?![-/_]?[A-Za-z]*\\d)';
const USUAL_GROUPS = ['1[3-9]\\d{9}', `1[3-9]\\d${S}\\d{4}${S}\\d{4}`].join('|');
const OTHER_GROUPS = [
  `1[3-9]\\d/\\d{4}/\\d{4}`,
  `\\(1[3-9]\\d\\)(?:${S})?\\d{4}(?:${S})?\\d{4}`,
  `1[3-9]\\d${S}\\d{3}${S}\\d{5}`,
  `1[3-9]\\d${S}\\d{8}`,
  `1[3-9]\\d{2}${S}\\d{3}${S}\\d{4}`,
  `1[3-9]\\d{5}${S}\\d{4}`,
  `1[3-9]\\d${S}\\d{3}${S}\\d{3}${S}\\d{2}`,
  `1[3-9]\\d{3}${S}\\d{6}`,
  `1[3-9]\\d{4}${S}\\d{5}`,
  `1(?:${S}\\d){10}`,
  `1[3-9](?:${S}\\d\\d){4}${S}\\d`,
  `1(?:${S}\\d\\d){5}`,
].join('|');
const COUNTRY = `(?:(?:\\+|00)?86(?:${S})?|\\(\\+?86\\) ?)?`;
/** The usual ways to write a number first: in 1501 138 0013 8000 the first four digits are a flat. */
const PASSES: readonly RegExp[] = [
  new RegExp(`${START}${COUNTRY}(?:${USUAL_GROUPS})${END}`, 'gi'),
  new RegExp(
    `${START}${COUNTRY}(?:${OTHER_GROUPS}|\\(?0\\d{2,3}\\)?(?:${S})?\\d{3,4}(?:${S})?\\d{4})${END}|\\+[1-9](?:[ \\-]?\\d){7,14}${END}`,
    'gi',
  ),
];

/** The E.164 form of a number written alone, or null when it is no valid number (E.164 or Chinese national form). */
export function parsePhone(text: string): PhoneNumber | null {
  const parsed = parsePhoneNumberFromString(text, 'CN');
  return parsed?.isValid() ? (parsed.number as string as PhoneNumber) : null;
}

/** Every phone number in `text`, in order, and the text without them. */
export function readPhones(text: string): Taken<readonly FoundPhone[]> {
  const found: FoundPhone[] = [];
  let rest = text;
  for (const pass of PASSES) {
    for (const match of rest.matchAll(pass)) {
      const digits = match[0].replace(/[^\d+]/g, '');
      const phone = parsePhone(digits.replace(/^86(?=1[3-9]\d{9}$)/, '+86'));
      if (!phone || found.length >= PHONES_MAX) continue;
      found.push({ phone, at: match.index });
      rest = mask(rest, match.index, match.index + match[0].length, 'phone');
    }
  }
  return { value: found.sort((a, b) => a.at - b.at), rest };
}
