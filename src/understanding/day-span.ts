/** The days a word names: one, a stretch, or a guess. */
import type { LocalDay } from '../domain/instant.ts';
import { addDays } from './calendar-day.ts';

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
