/**
 * A visit window is what a customer is promised: two instants, such as 14:00 and 16:00 of one local day. It is open
 * while an engineer on shift is free from its start until its end and the travel buffer after it.
 */
import { addDays, type ClockSpan, clockSpan, localDayOf, spanOfDay, spansOn, weekdayOf } from './business-calendar.ts';
import type { EngineerCalendar, Taken } from './engineer.ts';
import type { Identifier } from './identifier.ts';
import { type Instant, instantOf, type LocalDay, MINUTE } from './instant.ts';
import type { Policy } from './policy.ts';

export type VisitWindow = { readonly from: Instant; readonly to: Instant };

/** A window at least one engineer could take. */
export type OpenWindow = VisitWindow & { readonly engineers: readonly Identifier[] };

/** A window of the policy on a day, whether or not anybody is free. */
export type PlannedWindow = VisitWindow & ClockSpan & { readonly day: LocalDay; readonly weekday: number };

/**
 * Why a wish can't be met. `full`: all taken. `too-soon`: it begins before an engineer could set out. `past`: it is over.
 * `no-such-window`: nobody ever visits at that time (22:00).
 */
export type WishRefusal = 'full' | 'past' | 'beyond-horizon' | 'too-soon' | 'no-such-window';

/** What to tell a customer who wished for a time; windows in the order of time, at most `offerMax` of the policy. */
export type WindowOffer =
  /** The wish names a time or part of the day that this window alone answers. */
  | { readonly kind: 'exact'; readonly window: OpenWindow }
  /** All of them as wished, or as near as the wish was vague. */
  | { readonly kind: 'offer'; readonly windows: readonly OpenWindow[] }
  /** Nothing as wished: at most 3 nearest in time to it. */
  | { readonly kind: 'nearest'; readonly windows: readonly OpenWindow[]; readonly reason: WishRefusal }
  /** Wanted today or at once, and today has nothing: hold this one, put the span on the waiting list. `full` may still free up. */
  | {
      readonly kind: 'earliest';
      readonly window: OpenWindow;
      readonly fromWished: Instant;
      readonly toWished: Instant;
      readonly reason: 'full' | 'too-soon';
    }
  /** No capacity in the horizon. */
  | { readonly kind: 'none' };

/** Every window of the horizon by time, from today (day 1) on, in the past or not. */
export function plannedWindows({ booking }: Pick<Policy, 'booking'>, now: Instant, timeZone: string): readonly PlannedWindow[] {
  const today = localDayOf(now, timeZone);
  const before = planned.get(booking);
  if (before?.today === today && before.timeZone === timeZone) return before.windows;
  const windows = plan(booking, today, timeZone);
  planned.set(booking, { today, timeZone, windows });
  return windows;
}

/** Every customer of a day is offered windows of the same plan. */
const planned = new WeakMap<
  Policy['booking'],
  { readonly today: LocalDay; readonly timeZone: string; readonly windows: readonly PlannedWindow[] }
>();

function plan(booking: Policy['booking'], today: LocalDay, timeZone: string): readonly PlannedWindow[] {
  const clocks = booking.windows.map(clockSpan).sort((a, b) => a.fromMinutes - b.fromMinutes);
  return Array.from({ length: booking.horizonDays }, (_, ahead) => addDays(today, ahead)).flatMap((day) => {
    const weekday = weekdayOf(day);
    return spansOn(day, clocks, timeZone).map(({ from, to }, index) => {
      const { fromMinutes, toMinutes } = clocks[index] as ClockSpan;
      return { from, to, fromMinutes, toMinutes, day, weekday };
    });
  });
}

/** The windows somebody can still take, by time, each with all who could (S2-016). */
export function openWindows(wanted: {
  readonly policy: Pick<Policy, 'booking'>;
  readonly now: Instant;
  readonly timeZone: string;
  readonly engineers: readonly EngineerCalendar[];
}): readonly OpenWindow[] {
  const { policy, now, timeZone, engineers } = wanted;
  const earliest = now + policy.booking.leadMinutes * MINUTE;
  return plannedWindows(policy, now, timeZone)
    .filter((planned) => planned.from >= earliest)
    .map((planned) => ({
      from: planned.from,
      to: planned.to,
      engineers: engineers.filter((it) => isOnShift(it, planned) && isFree(it.taken, planned, policy)).map((it) => it.id),
    }))
    .filter((window) => window.engineers.length > 0);
}

function isOnShift(engineer: EngineerCalendar, planned: PlannedWindow): boolean {
  return engineer.shifts.some(
    (shift) => shift.weekday === planned.weekday && shift.fromMinutes <= planned.fromMinutes && planned.toMinutes <= shift.toMinutes,
  );
}

function isFree(taken: readonly Taken[], window: VisitWindow, policy: Pick<Policy, 'booking'>): boolean {
  const to = travelEndsAt(window, policy);
  return !taken.some((it) => it.from < to && window.from < it.to);
}

/** The end of the window and the travel buffer after it: from then on the engineer is free again. */
export function travelEndsAt(window: VisitWindow, policy: Pick<Policy, 'booking'>): Instant {
  return instantOf(window.to + policy.booking.travelBufferMinutes * MINUTE);
}

/** The open windows nearest in time to one that somebody else took, at most `max`, by time; the same one when it is still open. */
export function nearestWindows(open: readonly OpenWindow[], around: VisitWindow, max: number): readonly OpenWindow[] {
  return [...open]
    .sort((a, b) => Math.abs(a.from - around.from) - Math.abs(b.from - around.from) || a.from - b.from)
    .slice(0, Math.max(0, max))
    .sort((a, b) => a.from - b.from);
}

/**
 * Who takes the window: of those it is open for, the one with least taken that local day; among equals one chosen by
 * `spread`, so that customers racing for a window don't all try the same engineer. Null when none of them is here.
 */
export function pickEngineer(choice: {
  readonly window: OpenWindow;
  readonly engineers: readonly EngineerCalendar[];
  readonly spread: string;
  readonly timeZone: string;
}): EngineerCalendar | null {
  const day = spanOfDay(localDayOf(choice.window.from, choice.timeZone), choice.timeZone);
  const takenThatDay = (engineer: EngineerCalendar): number => engineer.taken.filter((it) => it.from < day.to && day.from < it.to).length;
  const ranked = choice.engineers
    .filter((it) => choice.window.engineers.includes(it.id))
    .map((engineer) => ({ engineer, taken: takenThatDay(engineer), hash: hashOf(`${choice.spread}/${engineer.id}`) }))
    .sort((a, b) => a.taken - b.taken || a.hash - b.hash);
  return ranked[0]?.engineer ?? null;
}

/** FNV-1a with a final mix, 32 bits: the same text, the same number, on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
