/**
 * Calls a human for what went wrong quietly: a reply that never arrived, a call nobody made in time, a customer nobody
 * took over while people answer. Each matter is one page, however often it is found.
 */
import { addBusinessMinutes } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { DAY, type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';

type Cause = { readonly onceKey: string; readonly ticketId: Identifier | null; readonly conversationId: Identifier | null };

/** Each list holds what has no page yet, oldest first. */
export type PageCauses = {
  /** Replies since an instant that were given up. */
  readonly undelivered: (since: Instant, max: number) => Promise<readonly Cause[]>;
  readonly overdueContacts: (now: Instant, max: number) => Promise<readonly Cause[]>;
  /** Handoffs nobody has claimed that wait since an instant or longer. */
  readonly waitingHandoffs: (since: Instant, max: number) => Promise<readonly (Cause & { readonly waitingSince: Instant })[]>;
  /** Once a key: what is there already is left alone. */
  readonly raise: (pages: readonly (Cause & { readonly id: Identifier; readonly reason: string })[], at: Instant) => Promise<void>;
};

export type RaisePagesNeeds = {
  readonly causes: PageCauses;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
};

const CAUSES_MAX = 50;
/** Older failures were seen by somebody, or concern nobody any more. */
const UNDELIVERED_DAYS_MAX = 7;

/** One round: a page for everything that has none yet. */
export function createRaisePages(needs: RaisePagesNeeds): () => Promise<void> {
  const { causes, makeIdentifier } = needs;
  return async () => {
    const now = needs.now();
    const pagesFor = (reason: string, found: readonly Cause[]) =>
      found.map(({ onceKey, ticketId, conversationId }) => ({ id: makeIdentifier(), reason, onceKey, ticketId, conversationId }));
    const since = instantOf(now - UNDELIVERED_DAYS_MAX * DAY);
    await causes.raise(pagesFor('undelivered', await causes.undelivered(since, CAUSES_MAX)), now);
    await causes.raise(pagesFor('contact-overdue', await causes.overdueContacts(now, CAUSES_MAX)), now);
    await causes.raise(pagesFor('handoff-waiting', await tooLongQueued(now, needs)), now);
  };
}

/** At night the queue waits for the morning: only opening hours count. */
async function tooLongQueued(now: Instant, { causes, policy, timeZone }: RaisePagesNeeds): Promise<readonly Cause[]> {
  const minutes = policy.handoff.agentSilentMinutes;
  const queued = await causes.waitingHandoffs(instantOf(now - minutes * MINUTE), CAUSES_MAX);
  return queued.filter((it) => (addBusinessMinutes(policy.hours, it.waitingSince, minutes, timeZone) ?? now) <= now);
}
