/**
 * Sends the calls for a human: who must act now is a row, handed to everybody on call by every channel that is on, again
 * and to more people until somebody acknowledges it, at any hour (S2-045).
 */
import type { Audience } from '../domain/escalation.ts';
import type { Identifier } from '../domain/identifier.ts';
import { type Instant, SECOND } from '../domain/instant.ts';
import { type OnCall, type PageToSend, rolesUpTo, rungAt, sendAgainAt, tryAgainAt } from '../domain/on-call.ts';
import type { Policy } from '../domain/policy.ts';
import type { StaffRole } from '../domain/ticket.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';

/** Hands a page to everybody on its roster; may throw, then it failed. Its own limit of time must be below 20 s. */
export type PageChannel = (page: PageToSend) => Promise<'delivered' | 'failed'>;

type DuePage = {
  readonly id: Identifier;
  readonly reason: string;
  readonly ticket: string | null;
  readonly conversationId: Identifier | null;
  readonly raisedAt: Instant;
  readonly lastSentAt: Instant | null;
  readonly level: number;
  /** How often it was sent before. */
  readonly sends: number;
  /** Who is called; null: whoever is on call, rung by rung. */
  readonly audience: Audience | null;
  /** Again until somebody acknowledges it; else once. */
  readonly repeats: boolean;
};

export type DuePages = {
  /** Takes open pages that are due and have a send left, of `sendsMax` or of the only one; nobody else gets them while the hold lasts. */
  readonly claim: (wanted: {
    readonly now: Instant;
    readonly holdMilliseconds: number;
    readonly sendsMax: number;
    readonly max: number;
  }) => Promise<readonly DuePage[]>;
  /** Everybody with one of the roles, in the order of the roles. */
  readonly roster: (roles: readonly StaffRole[]) => Promise<readonly OnCall[]>;
  /** These members, and everybody with one of the roles. */
  readonly audience: (audience: Audience) => Promise<readonly OnCall[]>;
  /** What became of a claimed page; `sentAt` null: it was not sent. `isNews` puts it in the ticket's timeline. */
  readonly settle: (settled: {
    readonly id: Identifier;
    readonly sends: number;
    readonly level: number;
    readonly nextSendAt: Instant;
    readonly sentAt: Instant | null;
    readonly isNews: boolean;
  }) => Promise<void>;
};

export type PagingNeeds = {
  readonly pages: DuePages;
  /** Those that are on, by name; others may be switched on later. */
  readonly pageChannels: Readonly<Record<string, PageChannel>>;
  readonly policy: Policy;
  readonly now: () => Instant;
  readonly log: Log;
};

const PAGES_MAX = 20;
/** Longer than any channel takes; as long as a page waits whose process died. */
const HOLD_MILLISECONDS = 30 * SECOND;

/** One round: every page that is due. */
export function createPaging(needs: PagingNeeds): () => Promise<void> {
  return async () => {
    const { sendsMax } = needs.policy.paging;
    const due = await needs.pages.claim({ now: needs.now(), holdMilliseconds: HOLD_MILLISECONDS, sendsMax, max: PAGES_MAX });
    const failed = (error: unknown) => needs.log('page-put-off', failureOf(error));
    // At once: one receiver that stalls must not keep the others' pages waiting.
    await Promise.all(due.map((page) => oneByOne([page], failed, (it) => call(it, needs))));
  };
}

async function call(page: DuePage, needs: PagingNeeds): Promise<void> {
  const { paging } = needs.policy;
  const level = page.repeats ? Math.max(page.level, rungAt(paging, page.raisedAt, needs.now())) : page.level;
  if (Object.keys(needs.pageChannels).length === 0) {
    // Nobody can be called, but whoever looks sees how urgent it has become.
    return await settle(sendAgainAt(paging, page, needs.now()), null);
  }
  const sent = await handOver(page, level, needs);
  const now = needs.now();
  if (!sent) return await settle(tryAgainAt(paging, page, now), null);
  await settle(sendAgainAt(paging, page, now), now);
  if (page.repeats && page.sends + 1 >= paging.sendsMax) needs.log('page-given-up', { pageId: page.id, sends: page.sends + 1 });

  function settle(nextSendAt: Instant, sentAt: Instant | null): Promise<void> {
    const isNews = page.sends === 0 || level > page.level;
    return needs.pages.settle({ id: page.id, sends: page.sends, level, nextSendAt, sentAt, isNews });
  }
}

/** Whether at least one channel took it. */
async function handOver(page: DuePage, level: number, needs: PagingNeeds): Promise<boolean> {
  const { id, reason, ticket, conversationId, raisedAt, audience } = page;
  const roster = audience === null ? await rosterOf(level, needs) : await calledBy(audience, level, needs);
  const toSend: PageToSend = { id, reason, ticket, conversationId, raisedAt, send: page.sends + 1, level, roster };
  const results = await Promise.all(
    Object.entries(needs.pageChannels).map(async ([channel, send]) => {
      const result = await send(toSend).catch(() => 'failed' as const);
      if (result === 'failed') needs.log('page-not-sent', { pageId: id, channel, send: toSend.send });
      return result;
    }),
  );
  return results.includes('delivered');
}

/** Those it is for; once it has climbed, or where nobody is left of them, whoever is on call as well. */
async function calledBy(audience: Audience, level: number, needs: PagingNeeds): Promise<readonly OnCall[]> {
  const called = await needs.pages.audience(audience);
  if (called.length > 0 && level === 0) return called;
  const others = (await rosterOf(level, needs)).filter((it) => !called.some((one) => one.id === it.id));
  return [...called, ...others];
}

/** Everybody up to the rung; where nobody has those roles, up to the first rung that has somebody. */
async function rosterOf(level: number, { pages, policy: { paging } }: PagingNeeds): Promise<readonly OnCall[]> {
  for (let rung = level; rung < paging.ladder.length; rung++) {
    const roster = await pages.roster(rolesUpTo(paging, rung));
    if (roster.length > 0) return roster;
  }
  return [];
}
