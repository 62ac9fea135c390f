/** Days of a visit counted from today: 三天后, 一周内, 两三天后, 过几天. What is not exact is fuzzy. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays } from './calendar-day.ts';
import { SMALL_NUMBER } from './chinese-number.ts';
import { type DayRule, small } from './day-rule.ts';
import { type DaySpan, fuzzyDays, one, range, SOME_DAY } from './day-span.ts';
import { monthsLater } from './visit-month.ts';

/** Days a fuzzy word reaches: 过几天 two to five from now. */
const FEW_DAYS_MIN = 2;
const FEW_DAYS_MAX = 5;
const N = `(${SMALL_NUMBER})`;
const WEEK = '(?:周|星期)';
const LATER = '(?:以后|之后|过后|后)';
const WITHIN = '(?:之内|以内|内)';
/** 两三天, 一两个星期: the two numbers between which it lies. */
const ABOUT = '([一二两三四五六七八])([二两三四五六七八九十])';

export const COUNT_RULES: readonly DayRule[] = [
  {
    pattern: /(?:再?过|等|隔)几天|[这近]几[天日]|(?:过|再过)(?:阵子|段时间|一阵)/y,
    read: (match, today) => fewDays(match[0], today),
  },
  {
    pattern: new RegExp(`(?:再?过|等|隔)${ABOUT}[天日]${LATER}?|${ABOUT}[天日]${LATER}`, 'y'),
    read: (match, today) => between(match, today, 1),
  },
  {
    pattern: new RegExp(`(?:再?过|等|隔)${ABOUT}个?${WEEK}${LATER}?|${ABOUT}个?${WEEK}${LATER}`, 'y'),
    read: (match, today) => between(match, today, 7),
  },
  { pattern: /(?:再?过|等|隔)两天(?!以?之?后)/y, read: (_, today) => fuzzyDays(today, FEW_DAYS_MIN, FEW_DAYS_MIN) },
  { pattern: /[这近]两[天日]|这一两天|一两天内?/y, read: (_, today) => fuzzyDays(today, 0, 1) },
  {
    pattern: new RegExp(`(?<![第\\d])(?:再?过|等)?${N}天${LATER}|(?:再?过|等)${N}天`, 'y'),
    read: (match, today) => one(addDays(today, small(match[1] ?? match[2]))),
  },
  {
    pattern: /(?<![第月\d])([两三四五六七])日(?:之后|过后|后)/y,
    read: (match, today) => one(addDays(today, small(match[1]))),
  },
  {
    pattern: new RegExp(`${N}天${WITHIN}|([两三五七])日${WITHIN}`, 'y'),
    read: (match, today) => range(today, addDays(today, small(match[1] ?? match[2]))),
  },
  {
    pattern: new RegExp(`(?:再?过|等)?${N}个?${WEEK}${LATER}|(?:再?过|等)${N}个?${WEEK}(?![一二三四五六日天末])`, 'y'),
    read: (match, today) => one(addDays(today, 7 * small(match[1] ?? match[2]))),
  },
  { pattern: new RegExp(`${N}个?${WEEK}${WITHIN}`, 'y'), read: (match, today) => range(today, addDays(today, 7 * small(match[1]))) },
  { pattern: /(?:再?过)?半个?月(?:以后|之后|后)?/y, read: (_, today) => fuzzyDays(today, 15, 15) },
  { pattern: new RegExp(`(?:再?过)?${N}个月${LATER}`, 'y'), read: (match, today) => monthsLater(small(match[1]), today) },
];

function fewDays(word: string, today: LocalDay): DaySpan {
  if (/^[这近]/.test(word)) return fuzzyDays(today, 0, FEW_DAYS_MAX - FEW_DAYS_MIN);
  return /阵|段/.test(word) ? SOME_DAY : fuzzyDays(today, FEW_DAYS_MIN, FEW_DAYS_MAX);
}

function between(match: RegExpExecArray, today: LocalDay, daysEach: number): DaySpan | null {
  const [from, to] = [small(match[1] ?? match[3]), small(match[2] ?? match[4])];
  return from < to ? fuzzyDays(today, from * daysEach, to * daysEach) : null;
}
