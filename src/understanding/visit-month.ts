/** Days of a visit told by their month: 12月3号, 31号, 下个月初, 三月下旬. They look forward, today included. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, addMonths, dayOfMonth, lastOfMonth, makeDay, yearOf } from './calendar-day.ts';
import { type DaySpan, one, range } from './day-span.ts';

/** 月底 is the last five days. */
const MONTH_EDGE_DAYS = 5;
const MONTHS_SEARCHED_MAX = 12;

export function wholeMonth(of: { readonly year: number; readonly month: number }): DaySpan {
  return { ...range(makeDay(of.year, of.month, 1), lastOfMonth(of.year, of.month)), fuzzy: true };
}

export function monthPart(prefix: string | undefined, part: string, today: LocalDay): DaySpan {
  const months = prefix?.startsWith('下下') ? 2 : prefix?.startsWith('下') ? 1 : 0;
  const here = partOfMonth(addMonths(today, months), part);
  return here.to !== null && here.to < today ? partOfMonth(addMonths(today, 1), part) : here;
}

export function namedMonthPart(month: number, part: string, today: LocalDay): DaySpan | null {
  if (month < 1 || month > 12) return null;
  const here = partOfMonth({ year: yearOf(today), month }, part);
  return here.to !== null && here.to < today ? partOfMonth({ year: yearOf(today) + 1, month }, part) : here;
}

function partOfMonth(of: { readonly year: number; readonly month: number }, part: string): DaySpan {
  const last = lastOfMonth(of.year, of.month);
  const at = (day: number): LocalDay | null => makeDay(of.year, of.month, day);
  const days = ((): DaySpan => {
    switch (part) {
      case '初':
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

export function dayInMonth(prefix: string, day: number, today: LocalDay): DaySpan | null {
  const of = addMonths(today, prefix.startsWith('下') ? 1 : 0);
  const made = makeDay(of.year, of.month, day);
  return made ? one(made) : null;
}

export function monthDay(month: number, day: number, today: LocalDay): DaySpan | null {
  const here = makeDay(yearOf(today), month, day);
  if (here && here >= today) return one(here);
  const next = makeDay(yearOf(today) + 1, month, day);
  return next ? one(next) : null;
}

/** The next month that has the day: the 31st is not in November. */
export function nextDayOfMonth(day: number, today: LocalDay): DaySpan | null {
  for (let months = day >= dayOfMonth(today) ? 0 : 1; months <= MONTHS_SEARCHED_MAX; months++) {
    const of = addMonths(today, months);
    const made = makeDay(of.year, of.month, day);
    if (made) return one(made);
  }
  return null;
}

export function monthsLater(months: number, today: LocalDay): DaySpan {
  const of = addMonths(today, months);
  const day = makeDay(of.year, of.month, dayOfMonth(today)) ?? lastOfMonth(of.year, of.month);
  return { ...one(day), fuzzy: true };
}
