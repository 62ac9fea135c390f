/**
 * When a customer would like the visit, as they said it: a range of local days, a part of the day, clock times.
 * It is a wish, not a window; `visit-window.ts` matches it with what is open.
 */
import type { LocalDay } from './instant.ts';

export type VisitWish = {
  /** Inclusive; null = open or undated. */
  readonly dateFrom: LocalDay | null;
  readonly dateTo: LocalDay | null;
  /** Only when said. */
  readonly part: 'morning' | 'noon' | 'afternoon' | 'evening' | null;
  /** `HH:mm`, only when a clock time was said. */
  readonly timeFrom: string | null;
  readonly timeTo: string | null;
  readonly bound: 'at' | 'range' | 'after' | 'before' | 'day';
  readonly flag: 'anytime' | 'asap' | 'after_work' | null;
  /** True for 月底, 过几天: the days are a guess and want asking. */
  readonly fuzzy: boolean;
};
