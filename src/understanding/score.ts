/** A survey score from 1 to 5 as stated: 5分, 打四分, 三颗星, ⭐⭐⭐, 满分. */
import { parseChineseNumber } from './chinese-number.ts';
import { mask, type Taken } from './mask.ts';
import type { Expected } from './understood.ts';

const SCORE_MIN = 1;
const SCORE_MAX = 5;
const STATED =
  /(?<![\d.点百十零])(?:打|给|评|就)?个?([0-9]|10|[零一二两三四五六七八九十])\s*(?:分(?!钟|之|公|期|开|机|店)|颗?星(?!期)|stars?\b)/i;
const FULL = /满分|五星好评|全五星|全5星/;
const STARS = /(?:⭐|🌟|★){1,5}/u;
const BARE = /^(?:我?(?:打|给|评|选|就)?个?)([1-5]|[一二两三四五])(?:吧|啊|呢|哦|啦)?[。.!!~]*$/;

/** The score, or null when none is stated; a number out of 1–5 is none. A bare figure counts only when asked for. */
export function readScore(text: string, expects: Expected | null): Taken<number | null> {
  if (FULL.test(text) && !/不是满分|没有?满分/.test(text)) return { value: SCORE_MAX, rest: text };
  const stars = STARS.exec(text)?.[0];
  if (stars) return { value: Array.from(stars).length, rest: text };
  const match = STATED.exec(text) ?? (expects === 'score' ? (BARE.exec(text.trim()) ?? /(?<!\d)([1-5])(?!\d)/.exec(text)) : null);
  const score = match?.[1] ? parseChineseNumber(match[1]) : null;
  if (!match || score === null || score < SCORE_MIN || score > SCORE_MAX) return { value: null, rest: text };
  return { value: score, rest: mask(text, match.index, match.index + match[0].length, 'score') };
}
