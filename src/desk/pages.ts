/**
 * Pages: calls for a human now. Somebody acknowledges a page and from then on it is theirs to see to; one for a promised
 * time closes by itself when the promise is kept, or owed to nobody any more.
 */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { playbookFor } from '../domain/playbook.ts';
import type { Policy } from '../domain/policy.ts';
import type { CallEnd } from '../domain/sla-judgement.ts';
import { type Change, changeBy } from './change.ts';
import { type Part, type Slice, sliceOf } from './slice.ts';
import { type Forbidden, refusal, type StaffMember, type StaffName } from './staff-member.ts';

/** `closed`: by itself, when what it called for was over before anybody acknowledged it. */
export const PAGE_STATUSES = ['open', 'acknowledged', 'closed'] as const;
export type PageStatus = (typeof PAGE_STATUSES)[number];

export type Page = {
  readonly id: Identifier;
  readonly reason: string;
  readonly status: PageStatus;
  readonly ticket: string | null;
  readonly conversationId: Identifier | null;
  readonly raisedAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly acknowledgedBy: StaffName | null;
  /** Null unless it is closed. */
  readonly closed: { readonly at: Instant; readonly why: CallEnd } | null;
  /** Rung of the on-call ladder it was raised to, from 0. */
  readonly level: number;
  /** How often it was sent so far. */
  readonly sends: number;
};

/** `playbook`: what to do, step by step; empty where nobody wrote it down (S0-018). */
export type PageToSee = Page & { readonly playbook: readonly string[] };

export type PageStore = {
  /** Oldest first; at most `limit` after the cursor (`raisedAt`, id). */
  readonly list: (wanted: Part & { readonly status: PageStatus | null }) => Promise<readonly Page[]>;
  readonly read: (pageId: Identifier) => Promise<Page | null>;
  /** The page as it is afterwards; who was first stays on it. Null when there is no such page. */
  readonly acknowledge: (pageId: Identifier, staffId: Identifier, change: Change) => Promise<Page | null>;
};

export type PageDesk = {
  readonly list: (
    member: StaffMember,
    wanted: Part & { readonly status: PageStatus | null },
  ) => Promise<{ readonly kind: 'listed'; readonly slice: Slice<PageToSee> } | Forbidden>;
  readonly read: (
    member: StaffMember,
    pageId: Identifier,
  ) => Promise<{ readonly kind: 'found'; readonly page: PageToSee } | { readonly kind: 'no-such-page' } | Forbidden>;
  readonly acknowledge: (
    member: StaffMember,
    pageId: Identifier,
  ) => Promise<
    | { readonly kind: 'acknowledged'; readonly page: PageToSee }
    | { readonly kind: 'closed-already'; readonly page: PageToSee; readonly why: CallEnd }
    | { readonly kind: 'no-such-page' }
    | Forbidden
  >;
};

/** Reading and acknowledging pages. */
export function pageDesk(needs: {
  readonly pages: PageStore;
  readonly policy: Pick<Policy, 'playbooks'>;
  readonly now: () => Instant;
}): PageDesk {
  const toSee = (page: Page): PageToSee => ({ ...page, playbook: playbookFor(page.reason, needs.policy.playbooks) });
  return {
    list: async (member, wanted) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const rows = await needs.pages.list({ ...wanted, limit: wanted.limit + 1 });
      return {
        kind: 'listed',
        slice: sliceOf(rows, wanted.limit, (row) => ({ at: row.raisedAt, id: row.id }), toSee),
      };
    },

    read: async (member, pageId) => {
      const no = refusal(member, 'desk.read');
      if (no) return no;
      const page = await needs.pages.read(pageId);
      return page === null ? { kind: 'no-such-page' } : { kind: 'found', page: toSee(page) };
    },

    acknowledge: async (member, pageId) => {
      const no = refusal(member, 'pages.acknowledge');
      if (no) return no;
      const page = await needs.pages.acknowledge(pageId, member.id, changeBy(member, needs.now(), 'page.acknowledge', `page:${pageId}`));
      if (page === null) return { kind: 'no-such-page' };
      if (page.closed !== null) return { kind: 'closed-already', page: toSee(page), why: page.closed.why };
      return { kind: 'acknowledged', page: toSee(page) };
    },
  };
}
