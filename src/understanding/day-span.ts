/** The days a word names: one, a stretch, or a guess. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays, weekdayOf } from './calendar-day.ts';

/** How far the next of a bare weekday is. */
const DAYS_PER_WEEK = 7;

/** What a day word means. `nextDays` is when it comes again if today's turn has passed; 0 = it does not. */
export type DaySpan = {
  readonly from: LocalDay | null;
  readonly to: LocalDay | null;
  readonly fuzzy: boolean;
  readonly nextDays: number;
  readonly isRange: boolean;
};

export function one(day: LocalDay | null): DaySpan {
  return { from: day, to: day, fuzzy: false, nextDays: 0, isRange: false };
}

export function range(from: LocalDay | null, to: LocalDay | null): DaySpan {
  return { from, to, fuzzy: false, nextDays: 0, isRange: true };
}

export function fuzzyDays(today: LocalDay, from: number, to: number): DaySpan {
  return { from: addDays(today, from), to: addDays(today, to), fuzzy: true, nextDays: 0, isRange: from !== to };
}

/** 周四11月26号 is one day, told twice: the date counts. Null when the two are no weekday and its date. */
export function sameDay(first: DaySpan, second: DaySpan): DaySpan | null {
  const weekday = [first, second].find(({ nextDays }) => nextDays === DAYS_PER_WEEK);
  const date = [first, second].find(({ from, to, nextDays }) => nextDays === 0 && from !== null && from === to);
  return weekday?.from && date?.from && weekdayOf(weekday.from) === weekdayOf(date.from) ? date : null;
}

/** 周一到周三, 周六周日 and 周六和周日 are one stretch; null when the second day is an alternative. */
export function extend(first: DaySpan, second: DaySpan, joint: 'until' | 'or' | 'and' | null, touches: boolean): DaySpan | null {
  if (joint === 'or' || !first.from || !first.to || !second.to || !second.from) return null;
  const until = second.to < first.from ? addDays(second.to, 7) : second.to;
  const adjacent = touches && addDays(first.to, 1) === second.from;
  return joint === 'until' || adjacent ? { ...first, to: until, isRange: true, nextDays: 0 } : null;
}
