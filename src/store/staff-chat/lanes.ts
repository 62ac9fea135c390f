/**
 * Lanes of the staff's chat: each is served by one process at a time, in order. Posts that go out as one message are bound
 * together before the first try, so that a second try is the same message.
 */
import type { StaffBatch, StaffCard, StaffPost, StaffPosts } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { PlainDetails } from '../../turn/ports.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

type Serving = Omit<
  StaffPosts,
  'put' | 'revive' | 'putHandoffs' | 'putSaid' | 'handoffOfThread' | 'threads' | 'isPut' | 'isPosted' | 'cardOf' | 'cardOfPage'
>;

/** Serving lanes over the store. */
export function lanesOn({ pool }: Pick<Store, 'pool'>): Serving {
  return {
    takeLanes: async ({ holder, now, holdMilliseconds, max }) =>
      query(pool, TAKE, [holder, timestamp(now), timestamp(instantOf(now + holdMilliseconds)), max]),

    letLaneGo: async (lane, holder, { nextAt, fault }, now) => {
      await query(pool, LET_GO, [lane, holder, nextAt === null ? null : timestamp(nextAt), fault, timestamp(now)]);
    },

    nextBatch: async (lane, postsMax) => {
      const rows = await query<PostRow>(pool, NEXT, [lane, postsMax]);
      const [first] = rows;
      if (first === undefined) return null;
      return {
        id: first.batch_id ?? first.id,
        isBound: first.batch_id !== null,
        posts: rows.map(postOf),
        isDoubtful: first.is_doubtful,
        refusal: first.refusal,
        tries: first.tries,
      };
    },

    bind: async (batchId, ids) => {
      await query(pool, BIND, [batchId, ids]);
    },

    posted: async (batchId, ts, shown, at) => {
      await query(pool, POSTED, [batchId, ts, shown, timestamp(at)]);
    },

    failed: async (batchId, { isDoubtful }) => {
      await query(pool, FAILED, [batchId, isDoubtful]);
    },

    split: async (batchId) => {
      await query(pool, SPLIT, [batchId]);
    },

    replace: async (batchId, refusal) => {
      await query(pool, REPLACE, [batchId, refusal]);
    },

    giveUp: async (batchId, refusal) => {
      await query(pool, GIVE_UP, [batchId, refusal]);
    },

    cards: (lane, max) => query<StaffCard>(pool, CARDS, [lane, max]),

    shown: async (cardId, shown, isFinal) => {
      await query(pool, SHOWN, [cardId, shown, isFinal]);
    },

    faults: async () =>
      (await query<{ lane: string; fault: string; since: Date }>(pool, FAULTS, [])).map((it) => ({
        ...it,
        since: instantOf(it.since.getTime()),
      })),
  };
}

type PostRow = {
  readonly id: Identifier;
  readonly lane: string;
  readonly kind: StaffPost['kind'];
  readonly once_key: string;
  readonly parent_id: Identifier | null;
  readonly handoff_id: Identifier | null;
  readonly message_id: Identifier | null;
  readonly ticket: string | null;
  readonly page_id: Identifier | null;
  readonly facts: PlainDetails;
  readonly created_at: Date;
  readonly thread_ts: string | null;
  readonly batch_id: Identifier | null;
  readonly is_doubtful: boolean;
  readonly refusal: string | null;
  readonly tries: number;
};

function postOf(row: PostRow): StaffBatch['posts'][number] {
  return {
    id: row.id,
    lane: row.lane,
    kind: row.kind,
    onceKey: row.once_key,
    parentId: row.parent_id,
    handoffId: row.handoff_id,
    messageId: row.message_id,
    ticket: row.ticket,
    pageId: row.page_id,
    facts: row.facts,
    createdAt: instantOf(row.created_at.getTime()),
    threadTs: row.thread_ts,
  };
}

/** With something to post, or a card that may change. */
const TAKE = {
  name: 'staff-lanes-take',
  text: `
with free as materialized (
  select l.id from staff_lane l
  where (l.held_until is null or l.held_until <= $2::timestamptz) and (l.next_at is null or l.next_at <= $2::timestamptz)
    and (exists (select from staff_post p where p.lane = l.id and p.status = 'waiting')
      or exists (select from staff_post p where p.lane = l.id and p.status = 'posted' and not p.is_final))
  order by l.next_at nulls first limit $4 for update skip locked
)
update staff_lane l set held_by = $1, held_until = $3 from free where l.id = free.id returning l.id as lane, l.fault`,
};

const LET_GO = {
  name: 'staff-lanes-let-go',
  text: `
update staff_lane set held_by = null, held_until = null, next_at = $3::timestamptz, fault = $4,
  fault_since = case when $4::text is null then null when fault = $4 then fault_since else $5::timestamptz end
where id = $1 and held_by = $2`,
};

/**
 * A call for a human goes before everything. What stands in a thread waits for its card; with it goes all else that waits for
 * the same thread, in order.
 */
const NEXT = {
  name: 'staff-posts-next',
  text: `
with first as materialized (
  select p.id, p.batch_id, p.parent_id, p.kind from staff_post p left join staff_post c on c.id = p.parent_id
  where p.lane = $1 and p.status = 'waiting' and (p.parent_id is null or c.status = 'posted')
  order by p.kind <> 'page', p.batch_id is null, p.place limit 1
)
select p.id, p.lane, p.kind, p.once_key, p.parent_id, p.handoff_id, p.message_id, t.number as ticket, p.page_id, p.facts, p.created_at,
  c.ts as thread_ts, p.batch_id, p.is_doubtful, p.refusal, p.tries
from first f
join staff_post p on p.lane = $1 and p.status = 'waiting' and (
  p.id = f.id or p.batch_id = f.batch_id
  or (f.batch_id is null and p.batch_id is null and f.kind = 'said' and p.kind = 'said' and p.parent_id = f.parent_id))
left join staff_post c on c.id = p.parent_id
left join ticket t on t.id = p.ticket_id
order by p.place limit $2`,
};

/** Whoever dies while it is under way leaves it in doubt. */
const BIND = {
  name: 'staff-posts-bind',
  text: `
update staff_post set batch_id = $1, is_doubtful = true
where id = any($2::uuid[]) and status = 'waiting' and (batch_id is null or batch_id = $1)`,
};

const POSTED = {
  name: 'staff-posts-posted-now',
  text: `
update staff_post set status = 'posted', ts = $2, shown = $3, posted_at = $4::timestamptz, is_doubtful = false,
  is_final = kind not in ('handoff', 'ticket', 'page')
where batch_id = $1 and status = 'waiting'`,
};

const FAILED = {
  name: 'staff-posts-failed',
  text: `update staff_post set tries = tries + 1, is_doubtful = $2 where batch_id = $1 and status = 'waiting'`,
};

/** They keep their place before all that was not tried yet. */
const SPLIT = {
  name: 'staff-posts-split',
  text: `update staff_post set batch_id = id, is_doubtful = false where batch_id = $1 and status = 'waiting'`,
};

const REPLACE = {
  name: 'staff-posts-replace',
  text: `update staff_post set refusal = $2 where batch_id = $1 and status = 'waiting'`,
};

/** What would have stood under it stands nowhere. */
const GIVE_UP = {
  name: 'staff-posts-give-up',
  text: `
with given as (
  update staff_post set status = case when $2::text is null then 'dropped' else 'refused' end, refusal = $2, is_final = true
  where batch_id = $1 and status = 'waiting' returning id
)
update staff_post p set status = 'dropped', is_final = true from given where p.parent_id = given.id and p.status = 'waiting'`,
};

const CARDS = {
  name: 'staff-posts-cards',
  text: `
select p.id, p.kind, p.lane, p.ts, p.handoff_id as "handoffId", t.number as ticket, p.page_id as "pageId", p.shown, p.facts
from staff_post p left join ticket t on t.id = p.ticket_id
where p.lane = $1 and p.status = 'posted' and not p.is_final order by p.place desc limit $2`,
};

const SHOWN = { name: 'staff-posts-shown', text: 'update staff_post set shown = $2, is_final = $3 where id = $1' };

const FAULTS = {
  name: 'staff-lanes-faults',
  text: 'select id as lane, fault, fault_since as since from staff_lane where fault is not null and fault_since is not null order by id',
};
