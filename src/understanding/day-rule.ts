/** One way to name a day: what it looks like, sticky, and the days it names when said today; null when the calendar has no such day. */
import type { LocalDay } from '../domain/instant.ts';
import { parseChineseNumber } from './chinese-number.ts';
import type { DaySpan } from './day-span.ts';

export type DayRule = { readonly pattern: RegExp; readonly read: (match: RegExpExecArray, today: LocalDay) => DaySpan | null };

/** The number a pattern caught, 0 when it caught none. */
export function small(text: string | undefined): number {
  return text ? (parseChineseNumber(text) ?? 0) : 0;
}
