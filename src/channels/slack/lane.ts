/** What those who post in a lane and those who keep its cards share: what is rendered for them, and how they leave the lane. */
import type { StaffBatch, StaffCard } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, SECOND } from '../../domain/instant.ts';
import type { Shown } from './shown.ts';

export type RenderPosts = {
  /** As many of the posts as one message holds, from the first on; null when nobody need hear it any more. */
  readonly batch: (batch: StaffBatch) => Promise<{ readonly ids: readonly Identifier[]; readonly shown: Shown } | null>;
  /** What cards ought to show; `isFinal`: it will not change any more. One that is left out stays as it is. */
  readonly cards: (cards: readonly StaffCard[]) => Promise<ReadonlyMap<Identifier, { readonly shown: Shown; readonly isFinal: boolean }>>;
};

/** Nothing is posted there before `nextAt`; `fault` null: all is well. */
export type Left = { readonly nextAt: Instant | null; readonly fault: string | null };

export const FINE: Left = { nextAt: null, fault: null };

/** A message a second and channel, and a little. */
export const PACE_MILLISECONDS = 1_050;
/** A lane that is closed to us is tried again after this. */
export const FAULT_MILLISECONDS = 15 * SECOND;
