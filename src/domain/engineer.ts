/** An engineer (维修工程师) as planning sees one: shifts, what is taken, and how the customer reaches them. */
import type { Identifier } from './identifier.ts';
import type { Instant } from './instant.ts';

/** Weekday 1 (Monday) to 7; minutes after local midnight. */
export type Shift = { readonly weekday: number; readonly fromMinutes: number; readonly toMinutes: number };

/** Half-open span of instants, travel buffer included. */
export type Taken = { readonly from: Instant; readonly to: Instant };

export type EngineerCalendar = {
  readonly id: Identifier;
  readonly name: string;
  readonly phone: string;
  readonly shifts: readonly Shift[];
  readonly taken: readonly Taken[];
};
