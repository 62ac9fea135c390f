/** Days of a visit told by their month: 12月3号, 31号, 下个月初, 三月下旬. They look forward, today included. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, addMonths, dayOfMonth, lastOfMonth, makeDay, weekdayOf, yearOf } from './calendar-day.ts';
import { SMALL_NUMBER } from './chinese-number.ts';
import { type DayRule, small } from './day-rule.ts';
import { type DaySpan, one, range } from './day-span.ts';

type Month = { readonly year: number; readonly month: number };

/** 月底 is the last five days. */
const MONTH_EDGE_DAYS = 5;
const MONTHS_SEARCHED_MAX = 12;
const DAYS_PER_WEEK = 7;

const N = `(${SMALL_NUMBER})`;
const PREFIX = '下下个?|下个?|这个?|本';
const PART = '初|头|底|末|尾|中旬?|上旬|下旬';
/** 5号楼 is no day. */
const DAY_END = '[号日](?![楼院线门店机码栋幢铺房子本常用程])';
const NUMBER_BEFORE = '(?<![路街道弄第月\\d])';
const ORDINALS: Readonly<Record<string, number>> = { 一: 0, 二: 1, 三: 2, 四: 3 };

export const MONTH_RULES: readonly DayRule[] = [
  {
    pattern: /(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?/y,
    read: (match) => date(makeDay(Number(match[1]), Number(match[2]), Number(match[3]))),
  },
  {
    pattern: new RegExp(`([今明])年的?${N}月份?${N}[号日]?(?!点)`, 'y'),
    read: (match, today) => date(makeDay(yearOf(today) + (match[1] === '明' ? 1 : 0), small(match[2]), small(match[3]))),
  },
  {
    pattern: new RegExp(`(?:(${PREFIX})月|${N}月份?)的?(?:第([一二三四])|(最后)一?)个?(?:周|星期)([一二三四五六日天])`, 'y'),
    read: (match, today) =>
      ordinalWeekday(match[2] ? namedMonth(small(match[2]), today) : monthAhead(match[1], today), match[3], match[5] ?? '', today),
  },
  {
    pattern: new RegExp(`(?:(${PREFIX})月|${N}月份?)的?(?:最后一[天日]|末日)`, 'y'),
    read: (match, today) => lastDay(match[2] ? namedMonth(small(match[2]), today) : monthAhead(match[1], today)),
  },
  {
    pattern: new RegExp(
      `${NUMBER_BEFORE}${N}(?=(?:[、,和跟或到至~-]|或者)${SMALL_NUMBER}(?:(?:[、,和跟或]|或者)${SMALL_NUMBER}){0,4}${DAY_END})(?!(?<=(?<!\\d)(?:0?[1-9]|1[0-2]))-\\d{2}[号日])`,
      'y',
    ),
    read: (match, today) => nextDayOfMonth(small(match[1]), today),
  },
  {
    pattern: new RegExp(`(${PREFIX})?月(?:的)?(${PART})(?![午])`, 'y'),
    read: (match, today) => monthPart(match[1], match[2] ?? '', today),
  },
  { pattern: /(上|下)半(?:个)?月/y, read: (match, today) => halfMonth(match[1] === '下', today) },
  {
    pattern: new RegExp(`(${PREFIX})月的?${N}[号日]?(?!点)`, 'y'),
    read: (match, today) => dayInMonth(match[1] ?? '', small(match[2]), today),
  },
  { pattern: /(下个?)月(?!份?[初底])/y, read: (_, today) => wholeMonth(addMonths(today, 1)) },
  {
    pattern: new RegExp(`${N}月份?的?(${PART})(?![午])`, 'y'),
    read: (match, today) => namedMonthPart(small(match[1]), match[2] ?? '', today),
  },
  { pattern: new RegExp(`${N}月份?的?${N}[号日]?(?!点)`, 'y'), read: (match, today) => monthDay(small(match[1]), small(match[2]), today) },
  {
    pattern: /(?<![\d./-])(\d{1,2})(?:\/|[.-](?=\d{1,2}(?:号|日|上|下|早|晚|中|那|吧|可)))(\d{1,2})[号日]?(?![\d/.:点-])/y,
    read: (match, today) => monthDay(Number(match[1]), Number(match[2]), today),
  },
  { pattern: new RegExp(`${NUMBER_BEFORE}(?!两)${N}${DAY_END}`, 'y'), read: (match, today) => nextDayOfMonth(small(match[1]), today) },
];

export function monthsLater(months: number, today: LocalDay): DaySpan {
  const of = addMonths(today, months);
  const day = makeDay(of.year, of.month, dayOfMonth(today)) ?? lastOfMonth(of.year, of.month);
  return { ...one(day), fuzzy: true };
}

function date(day: LocalDay | null): DaySpan | null {
  return day ? { ...one(day), said: 'date' } : null;
}

function wholeMonth({ year, month }: Month): DaySpan {
  return { ...range(makeDay(year, month, 1), lastOfMonth(year, month)), fuzzy: true };
}

function lastDay({ year, month }: Month): DaySpan | null {
  return month >= 1 && month <= 12 ? date(lastOfMonth(year, month)) : null;
}

function monthAhead(prefix: string | undefined, today: LocalDay): Month {
  return addMonths(today, prefix?.startsWith('下下') ? 2 : prefix?.startsWith('下') ? 1 : 0);
}

/** The next month of that number, this one included. */
function namedMonth(month: number, today: LocalDay): Month {
  const here = { year: yearOf(today), month };
  return month >= 1 && month <= 12 && lastOfMonth(here.year, month) < today ? { year: here.year + 1, month } : here;
}

function monthPart(prefix: string | undefined, part: string, today: LocalDay): DaySpan {
  const here = partOfMonth(monthAhead(prefix, today), part);
  return here.to !== null && here.to < today ? partOfMonth(addMonths(today, 1), part) : here;
}

function namedMonthPart(month: number, part: string, today: LocalDay): DaySpan | null {
  if (month < 1 || month > 12) return null;
  const here = partOfMonth({ year: yearOf(today), month }, part);
  return here.to !== null && here.to < today ? partOfMonth({ year: yearOf(today) + 1, month }, part) : here;
}

function partOfMonth(of: Month, part: string): DaySpan {
  const last = lastOfMonth(of.year, of.month);
  const at = (day: number): LocalDay | null => makeDay(of.year, of.month, day);
  const days = ((): DaySpan => {
    switch (part) {
      case '初':
      case '头':
        return range(at(1), at(MONTH_EDGE_DAYS));
      case '上旬':
        return range(at(1), at(10));
      case '中':
      case '中旬':
        return range(at(11), at(20));
      case '下旬':
        return range(at(21), last);
      default:
        return range(addDays(last, 1 - MONTH_EDGE_DAYS), last);
    }
  })();
  return { ...days, fuzzy: true };
}

function halfMonth(second: boolean, today: LocalDay): DaySpan {
  const here = addMonths(today, !second && dayOfMonth(today) > 15 ? 1 : 0);
  const days = second
    ? range(makeDay(here.year, here.month, 16), lastOfMonth(here.year, here.month))
    : range(makeDay(here.year, here.month, 1), makeDay(here.year, here.month, 15));
  return { ...days, fuzzy: true };
}

/** 下个月第一个周六; without an ordinal the last. */
function ordinalWeekday({ year, month }: Month, ordinal: string | undefined, name: string, today: LocalDay): DaySpan | null {
  const weekday = '一二三四五六日'.indexOf(name === '天' ? '日' : name) + 1;
  const first = makeDay(year, month, 1);
  if (!first) return null;
  const last = lastOfMonth(year, month);
  const day =
    ordinal === undefined
      ? addDays(last, -((weekdayOf(last) - weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK))
      : addDays(first, ((weekday - weekdayOf(first) + DAYS_PER_WEEK) % DAYS_PER_WEEK) + DAYS_PER_WEEK * (ORDINALS[ordinal] ?? 0));
  return day < today ? null : date(day);
}

function dayInMonth(prefix: string, day: number, today: LocalDay): DaySpan | null {
  const of = monthAhead(prefix, today);
  return date(makeDay(of.year, of.month, day));
}

function monthDay(month: number, day: number, today: LocalDay): DaySpan | null {
  const here = makeDay(yearOf(today), month, day);
  return date(here && here >= today ? here : makeDay(yearOf(today) + 1, month, day));
}

/** The next month that has the day: the 31st is not in November. */
function nextDayOfMonth(day: number, today: LocalDay): DaySpan | null {
  for (let months = day >= dayOfMonth(today) ? 0 : 1; months <= MONTHS_SEARCHED_MAX; months++) {
    const of = addMonths(today, months);
    const made = makeDay(of.year, of.month, day);
    if (made) return { ...one(made), said: 'number' };
  }
  return null;
}
