/** What the bench may ask of a contestant's process, and what it answers. Both travel as JSON. */
import type { Timed, Twice } from './drive.ts';

export type Order =
  | { readonly kind: 'prepare'; readonly customers: readonly number[] }
  | { readonly kind: 'bookings'; readonly customers: readonly number[]; readonly concurrency: number }
  | { readonly kind: 'long'; readonly customers: readonly number[]; readonly turns: number }
  | { readonly kind: 'twice'; readonly customers: readonly number[] }
  | { readonly kind: 'tickets' }
  | { readonly kind: 'close' };

export type Answers = {
  readonly prepare: null;
  readonly bookings: Timed;
  /** Milliseconds, by turn. */
  readonly long: readonly number[];
  readonly twice: Twice;
  readonly tickets: number;
  readonly close: null;
};

export type Told = { readonly kind: 'done'; readonly answer: unknown } | { readonly kind: 'failed'; readonly reason: string };
