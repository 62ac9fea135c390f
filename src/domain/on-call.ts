/**
 * Who is called when a person must act now, and when again. Terms: the *ladder* is the policy's list of rungs; a page
 * starts on the lowest (0) and climbs while nobody acknowledges it; everybody up to its rung is the *roster* (S2-045).
 */
import type { Identifier } from './identifier.ts';
import { type Instant, instantOf, MINUTE, SECOND } from './instant.ts';
import type { Policy } from './policy.ts';
import type { StaffRole } from './ticket.ts';

/** Somebody of the staff who is on call. */
export type OnCall = { readonly id: Identifier; readonly name: string; readonly email: string; readonly role: StaffRole };

/** A page as a channel is handed it: codes and numbers, nothing that identifies a customer. */
export type PageToSend = {
  readonly id: Identifier;
  readonly reason: string;
  /** The ticket's number. */
  readonly ticket: string | null;
  readonly conversationId: Identifier | null;
  readonly raisedAt: Instant;
  /** 1, 2, 3 …: with the id the key of "once" at the receiver. */
  readonly send: number;
  /** The rung it has climbed to, from 0. */
  readonly level: number;
  readonly roster: readonly OnCall[];
};

type Paging = Policy['paging'];

/** What of a page decides when it is sent. */
export type PageClock = { readonly raisedAt: Instant; readonly lastSentAt: Instant | null };

const RETRY_FIRST_MILLISECONDS = 2 * SECOND;
const RETRY_MAX_MILLISECONDS = MINUTE;

/** The rung a page of this age stands on; the lowest from the first moment, whatever the policy says of it. */
export function rungAt({ ladder }: Paging, raisedAt: Instant, now: Instant): number {
  return Math.max(
    0,
    ladder.findLastIndex((it) => raisedAt + it.afterMinutes * MINUTE <= now),
  );
}

/** Roles on call up to a rung, the lowest first, each once. */
export function rolesUpTo({ ladder }: Paging, level: number): readonly StaffRole[] {
  return [...new Set(ladder.slice(0, level + 1).flatMap((it) => it.roles))];
}

/** When a page that went out now goes out again: after the policy's time, or sooner when it climbs. */
export function sendAgainAt(paging: Paging, page: PageClock, now: Instant): Instant {
  return notPastNextRung(paging, page, now, now + paging.repeatMinutes * MINUTE);
}

/**
 * When a page that nobody could be handed is tried again: after 2 s, then twice as long each time, at most a minute and
 * never longer than between two sends. How often it failed is read from how long it has been due.
 */
export function tryAgainAt(paging: Paging, page: PageClock, now: Instant): Instant {
  const repeat = paging.repeatMinutes * MINUTE;
  const dueSince = page.lastSentAt === null ? page.raisedAt : page.lastSentAt + repeat;
  const wait = Math.min(Math.max(now - dueSince, RETRY_FIRST_MILLISECONDS), RETRY_MAX_MILLISECONDS, repeat);
  return notPastNextRung(paging, page, now, now + wait);
}

function notPastNextRung({ ladder }: Paging, { raisedAt }: PageClock, now: Instant, wanted: number): Instant {
  const next = ladder.map((it) => raisedAt + it.afterMinutes * MINUTE).find((it) => it > now);
  return instantOf(Math.ceil(Math.min(wanted, next ?? wanted)));
}
