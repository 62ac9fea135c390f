/**
 * Whether the business calendar knows the years it is asked about. The state announces a year's holidays and make-up
 * days in November; until they are listed, every date of it is an ordinary weekday.
 */
import type { LocalDay } from './instant.ts';
import type { Policy } from './policy.ts';

/** By this month the next year's holidays are announced. */
const ANNOUNCED_FROM_MONTH = 11;

/** This year, and from November the next, where neither a holiday nor a make-up day is listed. */
export function yearsWithoutCalendar({ holidays, makeUpDays }: Policy['hours'], today: LocalDay): number[] {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const known = new Set([...holidays, ...makeUpDays].map((it) => Number(it.slice(0, 4))));
  return (month >= ANNOUNCED_FROM_MONTH ? [year, year + 1] : [year]).filter((it) => !known.has(it));
}
