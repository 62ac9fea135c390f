/**
 * Instants and local days. An instant is a moment (stored as `timestamptz`); a local day is a date on the business
 * calendar. Only the functions here and in `business-calendar.ts` cross from one to the other.
 */
import type { Brand } from './identifier.ts';

/** Epoch milliseconds. */
export type Instant = Brand<number, 'Instant'>;

/** `YYYY-MM-DD` on the business calendar, always a day that exists. */
export type LocalDay = Brand<string, 'LocalDay'>;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant of an ISO 8601 text with an offset (or Z), or null. */
export function parseInstant(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const epoch = Date.parse(text);
  return Number.isNaN(epoch) ? null : (epoch as Instant);
}

export function instantOf(epochMilliseconds: number): Instant {
  if (!Number.isFinite(epochMilliseconds)) throw new Error('invariant: an instant is a finite number of milliseconds');
  return Math.trunc(epochMilliseconds) as Instant;
}

/** The local day in `text`, or null when it is no date of the calendar (2026-02-30). */
export function parseLocalDay(text: string): LocalDay | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return same ? (text as LocalDay) : null;
}
