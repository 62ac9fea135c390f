/**
 * Days on a calendar, without clock or zone: the arithmetic that 下周二 and 月底 need. The one place here where an instant
 * becomes a local day.
 */
import { DAY, type LocalDay, parseLocalDay } from '../domain/instant.ts';

/** Where "now" stands on the calendar: its day and the minutes since midnight. */
export type Today = { readonly day: LocalDay; readonly minuteOfDay: number };

const formats = new Map<string, Intl.DateTimeFormat>();

export function todayOf(now: number, timeZone: string): Today {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(now)
      .map((part) => [part.type, part.value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const day = makeDay(number('year'), number('month'), number('day'));
  if (!day) throw new Error('invariant: a finite instant has a local day');
  return { day, minuteOfDay: (number('hour') % 24) * 60 + number('minute') };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/** Null when the calendar has no such day (30 February). */
export function makeDay(year: number, month: number, day: number): LocalDay | null {
  return parseLocalDay(`${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`);
}

export function yearOf(day: LocalDay): number {
  return Number(day.slice(0, 4));
}

/** 1 to 12. */
export function monthOf(day: LocalDay): number {
  return Number(day.slice(5, 7));
}

export function dayOfMonth(day: LocalDay): number {
  return Number(day.slice(8, 10));
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayOf(day: LocalDay): number {
  return new Date(Date.parse(day)).getUTCDay() || 7;
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10) as LocalDay;
}

/** The month `months` from that of `day`, as year and month. */
export function addMonths(day: LocalDay, months: number): { readonly year: number; readonly month: number } {
  const index = yearOf(day) * 12 + monthOf(day) - 1 + months;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

export function lastOfMonth(year: number, month: number): LocalDay {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10) as LocalDay;
}

export function mondayOf(day: LocalDay): LocalDay {
  return addDays(day, 1 - weekdayOf(day));
}

export function pad(number: number): string {
  return String(number).padStart(2, '0');
}
