/**
 * Phone numbers in a text, Chinese mobile and landline first, as E.164. Digits that belong to a model or a serial are
 * none, and neither is a number the numbering plan does not know.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { PhoneNumber } from '../domain/contact.ts';
import { mask, type Taken } from './mask.ts';
import { spokenPhones } from './spoken-phone.ts';

export type FoundPhone = { readonly phone: PhoneNumber; readonly at: number };

/** At most this many numbers are read from one message. */
const PHONES_MAX = 5;

const S = '[ .·\\-–—~_]{1,3}';
/** 136,8803,9921 in the usual groups only: elsewhere a comma stands between two things. */
const C = '[ ,、.·\\-–—~_]{1,3}';
const START = '(?:(?<![A-Za-z0-9])(?<![A-Za-z0-9][-/_])|(?<=tel|phone|mobile|wx|vx))';
const END = '(?![-/_]?[A-Za-z]*\\d)';
const USUAL_GROUPS = ['1[3-9]\\d{9}', `1[3-9]\\d${C}\\d{4}${C}\\d{4}`].join('|');
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
/** 010-12345678-801, 转801: not a part of the number. */
const EXTENSION = '(?<extension>(?: ?[,,]? ?(?:转|分机号?|ext\\.?) ?|-)\\d{1,6})?';
/** The usual ways to write a number first: in 1501 138 0013 8000 the first four digits are a flat. */
const PASSES: readonly RegExp[] = [
  new RegExp(`${START}${COUNTRY}(?:${USUAL_GROUPS})${END}`, 'gi'),
  new RegExp(
    `${START}${COUNTRY}(?:${OTHER_GROUPS}|\\(?0\\d{2,3}\\)?(?:${S})?\\d{3,4}(?:${S})?\\d{4}${EXTENSION})${END}|(?:\\+|00(?=(?:852|853|886)))[1-9](?:[ \\-]?\\d){7,14}${END}|(?:852|853)[ -][5-9]\\d{3}[ -]?\\d{4}${END}|886[ -]0?9\\d\\d[ -]?\\d{3}[ -]?\\d{3}${END}`,
    'gi',
  ),
  // Whatever stands between the usual groups, if it is neither a letter nor a digit: 139*8123*4567.
  /(?<![A-Za-z0-9])1[3-9]\d(?:[^\p{L}\p{N}\p{Co}]{1,4}\d{4}){2}(?![-/_]?[A-Za-z]*\d)/gu,
];

const OLD_BEFORE = /(?:旧|老|原来|原先|以前|之前)(?:的|那个)*(?:手机|电话)?号?码?[是:的]?$|(?<!是)不是$/;
const OLD_AFTER =
  /^[ ,,。]*(?:这个|那个|的)?(?:号码?)?(?:已经|早就?|是)*(?:不对|错了|写错|打错|不用了|不要了|停机|停用|注销|作废|打不通|旧的|老的|丢了|换掉|空号|换成|改成|改为|换为)/;

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
      const number = match[0].slice(0, match[0].length - (match.groups?.['extension']?.length ?? 0));
      const digits = number.replace(/[^\d+]|(?!^)\+/g, '');
      const phone = parsePhone(
        digits.replace(/^86(?=1[3-9]\d{9}$)|^00(?=8)|^(?=85[23][5-9]\d{7}$|8860?9\d{8}$)/, (code) => `+${code.replace('00', '')}`),
      );
      if (!phone || found.length >= PHONES_MAX) continue;
      found.push({ phone, at: match.index });
      rest = mask(rest, match.index, match.index + match[0].length, 'phone');
    }
  }
  for (const { digits, from, end } of spokenPhones(rest)) {
    const phone = parsePhone(digits);
    if (!phone || found.length >= PHONES_MAX) continue;
    found.push({ phone, at: from });
    rest = mask(rest, from, end, 'phone');
  }
  return {
    value: stillGood(
      found.sort((a, b) => a.at - b.at),
      text,
      rest,
    ),
    rest,
  };
}

/** 旧号…不用了,新号…: without those taken back, unless nothing is left. */
function stillGood(found: readonly FoundPhone[], text: string, rest: string): readonly FoundPhone[] {
  const kept = found.filter(({ at }) => {
    const end = at + (/^\uE001+/.exec(rest.slice(at))?.[0].length ?? 0);
    return !OLD_BEFORE.test(text.slice(0, at)) && !OLD_AFTER.test(text.slice(end));
  });
  return kept.length > 0 ? kept : found;
}
