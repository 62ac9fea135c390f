/**
 * The day words of a visit: 后天, 下周二, 12月3号, 月底, 双十二, 过两天. Visits look forward: a bare weekday or date is the
 * next one to come, today included. Weeks start on Monday.
 */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, addMonths, makeDay, mondayOf, weekdayOf, yearOf } from './calendar-day.ts';
import { parseChineseNumber, SMALL_NUMBER } from './chinese-number.ts';
import { type DaySpan, fuzzyDays, one, range } from './day-span.ts';
import { FESTIVAL, festivalDay, newYearDay } from './festival.ts';
import { dayInMonth, monthDay, monthPart, monthsLater, namedMonthPart, nextDayOfMonth, wholeMonth } from './visit-month.ts';

/** Days a fuzzy word reaches: 过几天 two to five from now. */
const FEW_DAYS_MIN = 2;
const FEW_DAYS_MAX = 5;
const FESTIVAL_WEEK_DAYS = 7;
const DAYS_PER_YEAR_MAX = 384;
/** 初八 of a month nobody names. */
const NEW_YEAR_NEAR_DAYS = 45;

type Rule = { readonly pattern: RegExp; readonly read: (match: RegExpExecArray, today: LocalDay) => DaySpan | null };

const N = `(${SMALL_NUMBER})`;
const WEEK = '(?:周|星期)';
const RELATIVE: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 大后: 3 };
const WEEKDAY: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 7,
  天: 7,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
  '7': 7,
};

const RULES: readonly Rule[] = [
  {
    pattern: /(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?/y,
    read: (match) => one(makeDay(number(match[1]), number(match[2]), number(match[3]))),
  },
  {
    pattern: /(今明|明后)(?:两|这两)?天/y,
    read: (match, today) => range(addDays(today, match[1] === '今明' ? 0 : 1), addDays(today, match[1] === '今明' ? 1 : 2)),
  },
  { pattern: /(大后|今|明|后)[天日儿]儿?/y, read: (match, today) => one(addDays(today, RELATIVE[match[1] ?? ''] ?? 0)) },
  { pattern: /(今|明|后)(?=早|晚)/y, read: (match, today) => one(addDays(today, RELATIVE[match[1] ?? ''] ?? 0)) },
  { pattern: new RegExp(`(下下个?|下个?|这个?|本)?${WEEK}末`, 'y'), read: (match, today) => weekend(match[1], today) },
  {
    pattern: new RegExp(`(下下个?|下个?|这个?|本)?${WEEK}(一(?=二)|二(?=三)|三(?=四)|四(?=五)|五(?=六))([二三四五六])(?![点:\\d])`, 'y'),
    read: (match, today) => twoWeekdays(match[1], match[2] ?? '', today),
  },
  {
    pattern: new RegExp(
      `(下下个?|下个?|这个?|本)?${WEEK}([一二三四五六日天1-7])(?:([日天])(?![^到至]?[\\d一二三四五六七八九十]+[点:]))?(?!年)`,
      'y',
    ),
    read: (match, today) => weekday(match[1], match[2] ?? '', today, match[3] !== undefined),
  },
  {
    pattern: new RegExp(
      `(?<![路街道弄第月\\d])${N}(?=(?:[、,和跟]|或者?)${SMALL_NUMBER}[号日](?![楼院线门店机码栋幢铺房子本常用程]))`,
      'y',
    ),
    read: (match, today) => nextDayOfMonth(small(match[1]), today),
  },
  { pattern: new RegExp(`(下下个?|下个?|这个?|本)${WEEK}(?:之?内|里)?`, 'y'), read: (match, today) => week(match[1] ?? '', today) },
  { pattern: /(下下个?|下个?|这个?|本)?月(初|底|末|中旬?|上旬|下旬)/y, read: (match, today) => monthPart(match[1], match[2] ?? '', today) },
  {
    pattern: new RegExp(`(下个?|这个?|本)月${N}[号日]?(?!点)`, 'y'),
    read: (match, today) => dayInMonth(match[1] ?? '', small(match[2]), today),
  },
  { pattern: /(下个?)月(?!份?[初底])/y, read: (_, today) => wholeMonth(addMonths(today, 1)) },
  {
    pattern: new RegExp(`${N}月份?(初|底|末|中旬?|上旬|下旬)`, 'y'),
    read: (match, today) => namedMonthPart(small(match[1]), match[2] ?? '', today),
  },
  { pattern: new RegExp(`${N}月${N}[号日]?(?!点)`, 'y'), read: (match, today) => monthDay(small(match[1]), small(match[2]), today) },
  {
    pattern: /(?<![\d./-])(\d{1,2})(?:\/|[.-](?=\d{1,2}(?:号|日|上|下|早|晚|中|那|吧|可)))(\d{1,2})[号日]?(?![\d/.:点-])/y,
    read: (match, today) => monthDay(number(match[1]), number(match[2]), today),
  },
  {
    pattern: new RegExp(`(?<![路街道弄第月\\d])${N}[号日](?![楼院线门店机码栋幢铺房子本常用程])`, 'y'),
    read: (match, today) => nextDayOfMonth(small(match[1]), today),
  },
  {
    pattern: /(?:再?过|等)(?:几|两三|三四|三五)天|这几天|(?:过|再过)(?:阵子|段时间|一阵)/y,
    read: (match, today) => fewDays(match[0], today),
  },
  { pattern: /(?:再?过|等)两天(?!以?之?后)/y, read: (_, today) => fuzzyDays(today, FEW_DAYS_MIN, FEW_DAYS_MIN) },
  { pattern: /这两天|这一两天|一两天内?/y, read: (_, today) => fuzzyDays(today, 0, 1) },
  {
    pattern: new RegExp(`(?:再?过|等)?${N}天(?:以后|之后|过后|后)|(?:再?过|等)${N}天`, 'y'),
    read: (match, today) => one(addDays(today, small(match[1] ?? match[2]))),
  },
  { pattern: new RegExp(`${N}天(?:之内|以内|内)`, 'y'), read: (match, today) => range(today, addDays(today, small(match[1]))) },
  {
    pattern: new RegExp(`(?:再?过|等)?${N}个?${WEEK}(?:以后|之后|过后|后)|(?:再?过|等)${N}个?${WEEK}(?![一二三四五六日天末])`, 'y'),
    read: (match, today) => one(addDays(today, 7 * small(match[1] ?? match[2]))),
  },
  { pattern: new RegExp(`${N}个?${WEEK}(?:之内|以内|内)`, 'y'), read: (match, today) => range(today, addDays(today, 7 * small(match[1]))) },
  { pattern: /(?:再?过)?半个?月(?:以后|之后|后)?/y, read: (_, today) => fuzzyDays(today, 15, 15) },
  { pattern: new RegExp(`(?:再?过)?${N}个月(?:以后|之后|后)`, 'y'), read: (match, today) => monthsLater(small(match[1]), today) },
  {
    pattern: new RegExp(`(?!大年三十)(大年|正月)(?:初)?${N}`, 'y'),
    read: (match, today) => newYear(small(match[2]), today, DAYS_PER_YEAR_MAX),
  },
  {
    pattern: /(?<![月年当最起如])(?:年)?初([一二三四五六七八九]|十[一二三四五]?)(?![中小级步次见期])/y,
    read: (match, today) => newYear(small(match[1]), today, NEW_YEAR_NEAR_DAYS),
  },
  {
    pattern: /年底|年末/y,
    read: (_, today) => ({ ...range(makeDay(yearOf(today), 12, 27), makeDay(yearOf(today), 12, 31)), fuzzy: true }),
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

/** 到五 after 周一: a weekday without 周. */
export function readShortWeekday(text: string, at: number, after: LocalDay): { readonly span: DaySpan; readonly end: number } | null {
  const target =
    /[一二三四五六日天]/.test(text[at] ?? '') && !/[\d一二三四五六七八九十点号月:]/.test(text[at + 1] ?? '')
      ? WEEKDAY[text[at] ?? '']
      : undefined;
  return target ? { span: one(addDays(after, (target - weekdayOf(after) + 7) % 7)), end: at + 1 } : null;
}

function fewDays(word: string, today: LocalDay): DaySpan {
  if (word === '这几天') return fuzzyDays(today, 0, FEW_DAYS_MAX - FEW_DAYS_MIN);
  return /阵|段/.test(word)
    ? { from: null, to: null, fuzzy: true, nextDays: 0, isRange: false }
    : fuzzyDays(today, FEW_DAYS_MIN, FEW_DAYS_MAX);
}

function weeksAhead(prefix: string | undefined): number {
  return prefix?.startsWith('下下') ? 2 : prefix?.startsWith('下') ? 1 : 0;
}

function weekday(prefix: string | undefined, name: string, today: LocalDay, withSunday: boolean): DaySpan | null {
  const target = WEEKDAY[name];
  if (!target) return null;
  const inWeek = addDays(mondayOf(today), target - 1 + 7 * weeksAhead(prefix));
  const day = inWeek < today ? addDays(inWeek, 7) : inWeek;
  if (withSunday && target < 7) return range(day, addDays(day, 7 - target));
  return { ...one(day), nextDays: prefix ? 0 : 7 };
}

/** 周三四 */
function twoWeekdays(prefix: string | undefined, name: string, today: LocalDay): DaySpan | null {
  const first = weekday(prefix, name, today, false)?.from;
  return first ? range(first, addDays(first, 1)) : null;
}

function weekend(prefix: string | undefined, today: LocalDay): DaySpan {
  const saturday = addDays(mondayOf(today), 5 + 7 * weeksAhead(prefix));
  return range(saturday < today ? today : saturday, addDays(saturday, 1));
}

function week(prefix: string, today: LocalDay): DaySpan {
  const monday = addDays(mondayOf(today), 7 * weeksAhead(prefix));
  return range(monday < today ? today : monday, addDays(monday, 6));
}

function festival(name: string, holiday: string | undefined, today: LocalDay): DaySpan | null {
  const here = festivalDay(name, yearOf(today));
  const day = here && here >= today ? here : festivalDay(name, yearOf(today) + 1);
  if (!day) return null;
  return holiday && holiday !== '节' ? { ...range(day, addDays(day, FESTIVAL_WEEK_DAYS - 1)), fuzzy: true } : one(day);
}

/** 正月十五; a bare 初八 only when the moon new year is near. */
function newYear(day: number, today: LocalDay, daysMax: number): DaySpan | null {
  const here = newYearDay(yearOf(today), day - 1);
  const next = here && here >= today ? here : newYearDay(yearOf(today) + 1, day - 1);
  return day >= 1 && next && next <= addDays(today, daysMax) ? one(next) : null;
}

function small(text: string | undefined): number {
  return text ? (parseChineseNumber(text) ?? 0) : 0;
}

function number(text: string | undefined): number {
  return Number(text);
}
