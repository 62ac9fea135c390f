/**
 * Where instants meet the business calendar: local days and clock times of a time zone, and the hours in which people
 * answer. The zone always comes from the caller. Terms: a *block* is one stretch of opening time of a day, half-open;
 * *business minutes* are minutes inside blocks.
 */
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { DAY, type Instant, instantOf, type LocalDay, MINUTE } from './instant.ts';
import type { Policy } from './policy.ts';
import { zoneOffset } from './zone-offset.ts';

dayjs.extend(utc);
dayjs.extend(timezone);

export type Hours = Policy['hours'];

/** A moment as people of the zone read it; `minuteOfDay` counts from local midnight and may have a fraction. */
export type LocalTime = { readonly day: LocalDay; readonly minuteOfDay: number };

/** Half-open. */
export type Span = { readonly from: Instant; readonly to: Instant };

/** An opening is looked for on this many days, then nobody opens. */
const SEARCH_DAYS_MAX = 60;
/** Promises to call back end on a clean half hour. */
const CALL_BACK_STEP_MINUTES = 30;
const MINUTES_OF_DAY = DAY / MINUTE;

/** The local day and minute of an instant. */
export function localTimeOf(instant: Instant, timeZone: string): LocalTime {
  const local = instant + zoneOffset(instant, timeZone);
  const day = new Date(local).toISOString().slice(0, 10) as LocalDay;
  return { day, minuteOfDay: (((local % DAY) + DAY) % DAY) / MINUTE };
}

export function localDayOf(instant: Instant, timeZone: string): LocalDay {
  return localTimeOf(instant, timeZone).day;
}

/** The instant of a clock time on a local day; 1440 is the next midnight. */
export function instantAt(day: LocalDay, minuteOfDay: number, timeZone: string): Instant {
  const nextDay = minuteOfDay >= MINUTES_OF_DAY;
  const minutes = nextDay ? minuteOfDay - MINUTES_OF_DAY : minuteOfDay;
  const clock = `${pad(Math.floor(minutes / 60))}:${pad(Math.floor(minutes % 60))}`;
  return instantOf(dayjs.tz(`${nextDay ? addDays(day, 1) : day}T${clock}`, timeZone).valueOf() + (minutes % 1) * MINUTE);
}

/** The whole local day as a span, 23 to 25 hours long. */
export function spanOfDay(day: LocalDay, timeZone: string): Span {
  const key = `${day} ${timeZone}`;
  const known = spans.get(key);
  if (known) return known;
  const span = { from: instantAt(day, 0, timeZone), to: instantAt(day, MINUTES_OF_DAY, timeZone) };
  if (spans.size >= SPANS_KEPT_MAX) spans.clear();
  spans.set(key, span);
  return span;
}

/** Every look for a window asks for the same few days. */
const spans = new Map<string, Span>();
const SPANS_KEPT_MAX = 1_000;

/** Spans of clock times of one day, in the order given; cheap when the day has 24 hours. */
export function spansOn(day: LocalDay, clocks: readonly ClockSpan[], timeZone: string): readonly Span[] {
  const { from, to } = spanOfDay(day, timeZone);
  const plain = to - from === DAY;
  const at = (minutes: number): Instant => (plain ? instantOf(from + minutes * MINUTE) : instantAt(day, minutes, timeZone));
  return clocks.map((it) => ({ from: at(it.fromMinutes), to: at(it.toMinutes) }));
}

/** 1 (Monday) to 7. */
export function weekdayOf(day: LocalDay): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  return (new Date(Date.parse(day)).getUTCDay() || 7) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

export function addDays(day: LocalDay, days: number): LocalDay {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10) as LocalDay;
}

/** The same day of the month, `months` later; `exists` is false where that month is too short and its last day stands in. */
export function addMonths(day: LocalDay, months: number): { readonly day: LocalDay; readonly exists: boolean } {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDayOfMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const target = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(dayOfMonth, lastDayOfMonth));
  return { day: new Date(target).toISOString().slice(0, 10) as LocalDay, exists: dayOfMonth <= lastDayOfMonth };
}

/** Minutes after midnight. */
export type ClockSpan = { readonly fromMinutes: number; readonly toMinutes: number };

/** Minutes after midnight of `HH:mm`, 1440 for 24:00. */
export function clockMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

export function clockSpan(block: { readonly from: string; readonly to: string }): ClockSpan {
  return { fromMinutes: clockMinutes(block.from), toMinutes: clockMinutes(block.to) };
}

/** The blocks of a day: none on a holiday, Monday's on a make-up day, which wins over a holiday. */
export function blocksOn(hours: Hours, day: LocalDay, timeZone: string): readonly Span[] {
  const kept = blocks.get(hours) ?? new Map<string, readonly Span[]>();
  const key = `${day} ${timeZone}`;
  const known = kept.get(key);
  if (known) return known;
  const found = blocksOf(hours, day, timeZone);
  if (kept.size >= SPANS_KEPT_MAX) kept.clear();
  kept.set(key, found);
  blocks.set(hours, kept);
  return found;
}

/** Every clock asks for the same few weeks. Hours never change, a new policy has new ones. */
const blocks = new WeakMap<Hours, Map<string, readonly Span[]>>();

function blocksOf(hours: Hours, day: LocalDay, timeZone: string): readonly Span[] {
  const madeUp = hours.makeUpDays.includes(day);
  if (!madeUp && hours.holidays.includes(day)) return [];
  const clocks = hours.weekdays[madeUp ? 1 : weekdayOf(day)].map(clockSpan).sort((a, b) => a.fromMinutes - b.fromMinutes);
  return clocks.length === 0 ? [] : spansOn(day, clocks, timeZone);
}

export function isOpen(hours: Hours, now: Instant, timeZone: string): boolean {
  return blocksOn(hours, localDayOf(now, timeZone), timeZone).some((it) => it.from <= now && now < it.to);
}

/** `now` while open, else the start of the next block; null when nobody opens within 60 days. */
export function nextOpening(hours: Hours, now: Instant, timeZone: string): Instant | null {
  return addBusinessMinutes(hours, now, 0, timeZone);
}

/**
 * The instant by which `minutes` of opening time have passed since `from`. Ends at the close of a block rather than at
 * the next opening. Null when 60 days hold less.
 */
export function addBusinessMinutes(hours: Hours, from: Instant, minutes: number, timeZone: string): Instant | null {
  return addBusinessMilliseconds(hours, from, minutes * MINUTE, timeZone, SEARCH_DAYS_MAX);
}

/** The same for `milliseconds`; null when `daysMax` days hold less. */
export function addBusinessMilliseconds(
  hours: Hours,
  from: Instant,
  milliseconds: number,
  timeZone: string,
  daysMax: number,
): Instant | null {
  const today = localDayOf(from, timeZone);
  let left = Math.max(0, milliseconds);
  for (let ahead = 0; ahead <= daysMax; ahead++) {
    for (const block of blocksOn(hours, addDays(today, ahead), timeZone)) {
      const start = Math.max(block.from, from);
      if (start >= block.to) continue;
      if (left <= block.to - start) return instantOf(start + left);
      left -= block.to - start;
    }
  }
  return null;
}

/** Milliseconds of opening time from one instant to another, 0 when the other is not later. */
export function businessMillisecondsBetween(hours: Hours, from: Instant, to: Instant, timeZone: string): number {
  if (to <= from) return 0;
  let sum = 0;
  for (let day = localDayOf(from, timeZone), last = localDayOf(to, timeZone); day <= last; day = addDays(day, 1)) {
    for (const block of blocksOn(hours, day, timeZone)) sum += Math.max(0, Math.min(block.to, to) - Math.max(block.from, from));
  }
  return sum;
}

/** When a person has called back at the latest: business minutes from now, rounded up to a clean half hour of the clock. */
export function callBackBy(policy: Policy, now: Instant, timeZone: string): Instant {
  const { callBackMinutes } = policy.booking;
  // A desk that never opens still owes a time: then the clock runs through.
  const due = addBusinessMinutes(policy.hours, now, callBackMinutes, timeZone) ?? instantOf(now + callBackMinutes * MINUTE);
  const { minuteOfDay } = localTimeOf(due, timeZone);
  const over = minuteOfDay % CALL_BACK_STEP_MINUTES;
  return over === 0 ? due : instantOf(Math.ceil(due + (CALL_BACK_STEP_MINUTES - over) * MINUTE));
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
