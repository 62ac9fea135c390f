/**
 * The day words of a visit: 后天, 下周二, 12月3号, 月底, 双十二, 过两天. Visits look forward: a bare weekday or date is the
 * next one to come, today included.
 */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, makeDay, yearOf } from './calendar-day.ts';
import { SMALL_NUMBER } from './chinese-number.ts';
import { type DayRule, small } from './day-rule.ts';
import { type DaySpan, one, range, SOME_DAY } from './day-span.ts';
import { FESTIVAL, festivalDay, newYearDay } from './festival.ts';
import { COUNT_RULES } from './visit-count.ts';
import { MONTH_RULES } from './visit-month.ts';
import { WEEK_RULES } from './visit-week.ts';

const FESTIVAL_WEEK_DAYS = 7;
const DAYS_PER_YEAR_MAX = 384;
/** 初八 of a month nobody names. */
const NEW_YEAR_NEAR_DAYS = 45;

const N = `(${SMALL_NUMBER})`;
const RELATIVE: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 大后: 3, 外后: 3, 万后: 3, 大大后: 4 };
const FROM_FESTIVAL: Readonly<Record<string, number>> = { 前一天: -1, 头一天: -1, 头天: -1, 前夜: -1, 第二天: 1, 后一天: 1, 次日: 1 };

const RULES: readonly DayRule[] = [
  {
    pattern: /(今明|明后)(?:两|这两)?天/y,
    read: (match, today) => range(addDays(today, match[1] === '今明' ? 0 : 1), addDays(today, match[1] === '今明' ? 1 : 2)),
  },
  { pattern: /(大大后|[大外万]后|今|明|后)[天日儿]儿?/y, read: (match, today) => one(addDays(today, RELATIVE[match[1] ?? ''] ?? 0)) },
  { pattern: /(今|明|后)(?=早|晚)/y, read: (match, today) => one(addDays(today, RELATIVE[match[1] ?? ''] ?? 0)) },
  // 发工资那天上午: nobody here knows which.
  {
    pattern: /(?:那天|那日|当天|当日|第二天|次日)(?=的?(?:[上中下]午|[早晚]上?|傍晚|\d|[一二三四五六七八九十两]+点))/y,
    read: () => SOME_DAY,
  },
  ...WEEK_RULES,
  ...COUNT_RULES,
  ...MONTH_RULES,
  {
    pattern: new RegExp(`(?!大年三十)(大年|正月)(?:初)?${N}`, 'y'),
    read: (match, today) => newYear(small(match[2]), today, DAYS_PER_YEAR_MAX),
  },
  {
    pattern: /(?<![月年当最起如])(?:年)?初([一二三四五六七八九]|十[一二三四五]?)(?![中小级步次见期])/y,
    read: (match, today) => newYear(small(match[1]), today, NEW_YEAR_NEAR_DAYS),
  },
  { pattern: /(?<![\d一二三四五六七八九十百两几半多今明去前后])年以?后(?!年)|节后|开春/y, read: () => SOME_DAY },
  {
    pattern: /年底|年末|年尾/y,
    read: (_, today) => ({ ...range(makeDay(yearOf(today), 12, 27), makeDay(yearOf(today), 12, 31)), fuzzy: true }),
  },
  {
    pattern: new RegExp(`(${FESTIVAL})节?的?(前一天|头一天|头天|前夜|第二天|后一天|次日)`, 'y'),
    read: (match, today) => fromFestival(match[1] ?? '', FROM_FESTIVAL[match[2] ?? ''] ?? 0, today),
  },
  {
    pattern: new RegExp(`(${FESTIVAL})(节|假期|长假|期间)?(?:当天|那天|那日)?`, 'y'),
    read: (match, today) => festival(match[1] ?? '', match[2], today),
  },
];

/** The day word that starts at `at`, and where it ends; null when none does. */
export function readDay(text: string, at: number, today: LocalDay): { readonly span: DaySpan; readonly end: number } | null {
  for (const rule of RULES) {
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(text);
    const span = match ? rule.read(match, today) : null;
    if (match && span) return { span, end: at + match[0].length };
  }
  return null;
}

function festival(name: string, holiday: string | undefined, today: LocalDay): DaySpan | null {
  const day = fromFestival(name, 0, today)?.from;
  if (!day) return null;
  return holiday && holiday !== '节' ? { ...range(day, addDays(day, FESTIVAL_WEEK_DAYS - 1)), fuzzy: true } : one(day);
}

/** 元旦前一天 */
function fromFestival(name: string, days: number, today: LocalDay): DaySpan | null {
  const [here, next] = [yearOf(today), yearOf(today) + 1].map((year) => festivalDay(name, year));
  const day = here && addDays(here, days) >= today ? here : next;
  return day ? one(addDays(day, days)) : null;
}

/** 正月十五; a bare 初八 only when the moon new year is near. */
function newYear(day: number, today: LocalDay, daysMax: number): DaySpan | null {
  const here = newYearDay(yearOf(today), day - 1);
  const next = here && here >= today ? here : newYearDay(yearOf(today) + 1, day - 1);
  return day >= 1 && next && next <= addDays(today, daysMax) ? one(next) : null;
}
