/** The days a word names: one, a stretch, or a guess. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, addMonths, makeDay, mondayOf, monthOf, weekdayOf, yearOf } from './calendar-day.ts';

/** How far the next of a bare weekday is. */
const DAYS_PER_WEEK = 7;

/**
 * What a day word means. `nextDays` is when it comes again if today's turn has passed; 0 = it does not. `said` tells how it
 * was named where a bare weekday or a bare number beside it may lean on it.
 */
export type DaySpan = {
  readonly from: LocalDay | null;
  readonly to: LocalDay | null;
  readonly fuzzy: boolean;
  readonly nextDays: number;
  readonly isRange: boolean;
  readonly said: 'weekday' | 'weekday-of-week' | 'number' | 'date' | null;
};

export function one(day: LocalDay | null): DaySpan {
  return { from: day, to: day, fuzzy: false, nextDays: 0, isRange: false, said: null };
}

export function range(from: LocalDay | null, to: LocalDay | null): DaySpan {
  return { ...one(from), to, isRange: true };
}

export function fuzzyDays(today: LocalDay, from: number, to: number): DaySpan {
  return { ...range(addDays(today, from), addDays(today, to)), fuzzy: true, isRange: from !== to };
}

/** Some time, nobody knows when. */
export const SOME_DAY: DaySpan = { ...one(null), fuzzy: true };

/** 周四11月26号 is one day, told twice: the date counts. Null when the two are no weekday and its date. */
export function sameDay(first: DaySpan, second: DaySpan): DaySpan | null {
  const weekday = [first, second].find(({ nextDays }) => nextDays === DAYS_PER_WEEK);
  const date = [first, second].find(({ from, to, nextDays }) => nextDays === 0 && from !== null && from === to);
  return weekday?.from && date?.from && weekdayOf(weekday.from) === weekdayOf(date.from) ? date : null;
}

/** 周一到周三, 周六周日 and 周六和周日 are one stretch; null when the second day is an alternative. */
export function extend(first: DaySpan, second: DaySpan, joint: 'until' | 'or' | 'and' | null, touches: boolean): DaySpan | null {
  if (joint === 'or' || !first.from || !first.to || !second.to || !second.from) return null;
  const until = second.to < first.from ? addDays(second.to, DAYS_PER_WEEK) : second.to;
  const adjacent = touches && addDays(first.to, 1) === second.from;
  return joint === 'until' || adjacent ? { ...first, to: until, isRange: true, nextDays: 0 } : null;
}

/** Of 下周二或周四 the second is in the week of the first, of 1月5号到8号 in its month; `until` never goes back. */
export function leaningOn(first: DaySpan, second: DaySpan, until: boolean): DaySpan {
  if (!first.from || !second.from) return second;
  if (second.said === 'weekday' && first.said === 'weekday-of-week') {
    const day = addDays(mondayOf(first.from), weekdayOf(second.from) - 1);
    return { ...one(until && day < first.from ? addDays(day, DAYS_PER_WEEK) : day), said: 'weekday-of-week' };
  }
  // 周一、周三、周五 said on a Friday: a list goes on.
  if (second.said === 'weekday' && first.said === 'weekday' && second.from < first.from && weekdayOf(second.from) > weekdayOf(first.from))
    return { ...second, from: addDays(second.from, DAYS_PER_WEEK), to: addDays(second.from, DAYS_PER_WEEK), nextDays: 0 };
  if (second.said === 'number' && (first.said === 'date' || (first.said === 'number' && until))) {
    const number = Number(second.from.slice(8));
    const day = makeDay(yearOf(first.from), monthOf(first.from), number);
    const next = addMonths(first.from, 1);
    const made = day === null || (until && day < first.from) ? makeDay(next.year, next.month, number) : day;
    return made ? { ...one(made), said: 'date' } : second;
  }
  return second;
}

/** Whether the second says more exactly what the first said: 下周, 周三吧. */
export function isWithin(inner: DaySpan, outer: DaySpan): boolean {
  if (!inner.from || !inner.to || !outer.from || !outer.to || !(outer.isRange || outer.fuzzy)) return false;
  return inner.from >= outer.from && inner.to <= outer.to && inner.from === inner.to && outer.from !== outer.to;
}
