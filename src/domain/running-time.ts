/**
 * Time that runs only now and then: while the desk is open, or at any hour, and never while it rests. Terms: a *rest* is a
 * span in which a clock stands still, such as waiting for the customer; one without an end lasts until further notice.
 */
import { addBusinessMilliseconds, businessMillisecondsBetween } from './business-calendar.ts';
import { type Instant, instantOf } from './instant.ts';
import type { Policy } from './policy.ts';
import type { Priority } from './ticket.ts';

/** Half-open. */
export type Rest = { readonly from: Instant; readonly to: Instant | null };

/** The kind of time a promise counts. Milliseconds. */
export type RunningTime = {
  /** The instant by which so much has passed; null when it is further off than anybody looks. */
  readonly add: (from: Instant, milliseconds: number) => Instant | null;
  readonly between: (from: Instant, to: Instant) => number;
};

/** An opening is looked for on this many days: the longest promise there can be, at one hour a day, is further off. */
const SEARCH_DAYS_MAX = 400;

const AROUND_THE_CLOCK: RunningTime = {
  add: (from, milliseconds) => instantOf(from + milliseconds),
  between: (from, to) => Math.max(0, to - from),
};

/** The time of a priority. A desk that never opens still owes what it promised: then the clock runs through. */
export function runningTimeOf(priority: Priority, policy: Pick<Policy, 'hours' | 'slaClocks'>, timeZone: string): RunningTime {
  const { hours, slaClocks } = policy;
  const opens = Object.values(hours.weekdays).some((blocks) => blocks.length > 0);
  if (!opens || slaClocks.aroundTheClock.includes(priority)) return AROUND_THE_CLOCK;
  return {
    add: (from, milliseconds) => addBusinessMilliseconds(hours, from, milliseconds, timeZone, SEARCH_DAYS_MAX),
    between: (from, to) => businessMillisecondsBetween(hours, from, to, timeZone),
  };
}

/** Rests in order and apart from one another, whatever they were. */
export function joinedRests(rests: readonly Rest[]): readonly Rest[] {
  const joined: Rest[] = [];
  for (const rest of [...rests].sort((a, b) => a.from - b.from)) {
    const before = joined.at(-1);
    if (rest.to !== null && rest.to <= rest.from) continue;
    if (before === undefined || (before.to !== null && before.to < rest.from)) joined.push(rest);
    else if (before.to !== null && (rest.to === null || rest.to > before.to))
      joined[joined.length - 1] = { from: before.from, to: rest.to };
  }
  return joined;
}

/** How much has run from one instant to another. `rests` as `joinedRests` leaves them. */
export function spentBetween(time: RunningTime, from: Instant, to: Instant, rests: readonly Rest[]): number {
  let spent = time.between(from, to);
  for (const rest of rests) {
    const [begins, ends] = [Math.max(rest.from, from), Math.min(rest.to ?? to, to)].map(instantOf) as [Instant, Instant];
    if (ends > begins) spent -= time.between(begins, ends);
  }
  return spent;
}

/** When so much has run since `from`; null while a rest without an end, or nobody's opening, is before it. */
export function whenSpent(time: RunningTime, from: Instant, milliseconds: number, rests: readonly Rest[]): Instant | null {
  let left = Math.round(milliseconds);
  let run = from;
  if (left <= 0) return from;
  for (const rest of rests) {
    if (rest.to !== null && rest.to <= run) continue;
    if (rest.from > run) {
      const end = time.add(run, left);
      if (end !== null && end <= rest.from) return end;
      left -= time.between(run, rest.from);
    }
    if (rest.to === null) return null;
    run = instantOf(Math.max(run, rest.to));
  }
  return time.add(run, left);
}
