/** Small numbers as people write them: 12, 十二, 二十五, 两, 一百. */
const DIGITS: Readonly<Record<string, number>> = { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };

/** Source of a pattern for a number below one hundred. */
export const SMALL_NUMBER = '(?:\\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[〇零一二两三四五六七八九])';

/** The number in `text`, or null when it is none or over 999. */
export function parseChineseNumber(text: string): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const match = /^(?:([一二两三四五六七八九])百零?)?(?:([一二两三四五六七八九])?(十))?([〇零一二两三四五六七八九])?$/.exec(text);
  if (!match || text === '') return null;
  const hundreds = match[1] ? (DIGITS[match[1]] ?? 0) : 0;
  const tens = match[3] ? (match[2] ? (DIGITS[match[2]] ?? 0) : 1) : 0;
  const ones = match[4] ? (DIGITS[match[4]] ?? 0) : 0;
  return hundreds * 100 + tens * 10 + ones;
}

/** A year as digits: 2024, 二零二四, 24 (→ 2024), 二四. Null when it is no year. */
export function parseYear(text: string): number | null {
  const digits = Array.from(text, (character) => String(DIGITS[character] ?? character)).join('');
  if (/^(19|20)\d\d$/.test(digits)) return Number(digits);
  return /^\d\d$/.test(digits) ? 2000 + Number(digits) : null;
}
