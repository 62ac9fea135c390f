/** What staff wrote in the thread of a handoff, from the moment we heard of it until its writer sees what became of it. */
import type { ThreadReplies, ThreadReply, ThreadReplyBody, ThreadReplyStatus } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Delivery } from '../../turn/message.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';

/** Thread replies over the store. */
export function repliesOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>): ThreadReplies {
  const sealed = (body: ThreadReplyBody) => seal.seal(SEALED.staffReply, JSON.stringify(body));
  const one = async (rows: Promise<readonly Row[]>): Promise<ThreadReply | null> => {
    const [row] = await rows;
    return row === undefined ? null : replyOf(row, seal);
  };
  const read: ThreadReplies['read'] = (lane, ts) => one(query<Row>(pool, BY_TS, [lane, ts]));
  return {
    keep: async ({ id, lane, ts, handoffId, externalId, staffId, body, status, dueAt, at }) => {
      const kept = await query(pool, KEEP, [
        id,
        lane,
        ts,
        handoffId,
        externalId,
        staffId,
        sealed(body),
        status,
        timestamp(dueAt),
        timestamp(at),
      ]);
      const reply = await read(lane, ts);
      if (reply === null) throw new Error('invariant: what was kept is there');
      return { isNew: kept.length > 0, reply };
    },

    read,
    byId: (id) => one(query<Row>(pool, BY_ID, [id])),
    unsaid: async (lane, threadTs) => (await query<{ ts: string }>(pool, UNSAID, [lane, threadTs])).map((it) => it.ts),

    move: async (id, from, { status, body, dueAt, refusal, editTs, staffId, untriedOnly }) => {
      const values = [id, from, status, body === null ? null : sealed(body), dueAt === null ? null : timestamp(dueAt), refusal, editTs];
      return (await query(pool, MOVE, [...values, staffId, untriedOnly])).length > 0;
    },

    takeDue: async (now, holdMilliseconds, max) =>
      (await query<Row>(pool, TAKE_DUE, [timestamp(now), timestamp(instantOf(now + holdMilliseconds)), max])).map((it) =>
        replyOf(it, seal),
      ),

    again: async (id, at) => {
      await query(pool, AGAIN, [id, timestamp(at)]);
    },

    takeUnasked: async (now, until, max) =>
      (await query<Row>(pool, TAKE_UNASKED, [timestamp(now), timestamp(until), max])).map((it) => replyOf(it, seal)),

    unmarked: async (max) =>
      (await query<Row & { delivery: Delivery | null }>(pool, UNMARKED, [max])).map((row) => ({
        reply: replyOf(row, seal),
        delivery: row.delivery,
      })),

    marked: async (id, mark) => {
      await query(pool, MARKED, [id, mark]);
    },
  };
}

type Row = {
  readonly id: Identifier;
  readonly lane: string;
  readonly ts: string;
  readonly thread_ts: string | null;
  readonly handoff_id: Identifier;
  readonly external_id: string;
  readonly staff_id: Identifier | null;
  readonly body_sealed: Buffer;
  readonly status: ThreadReplyStatus;
  readonly due_at: Date;
  readonly tries: number;
  readonly refusal: string | null;
  readonly mark: string | null;
  readonly edit_ts: string | null;
  readonly at: Date;
};

function replyOf(row: Row, seal: Seal): ThreadReply {
  if (row.thread_ts === null) throw new Error('invariant: a thread hangs under a card that was posted');
  return {
    id: row.id,
    lane: row.lane,
    ts: row.ts,
    threadTs: row.thread_ts,
    handoffId: row.handoff_id,
    externalId: row.external_id,
    staffId: row.staff_id,
    body: JSON.parse(seal.open(SEALED.staffReply, row.body_sealed)) as ThreadReplyBody,
    status: row.status,
    dueAt: instantOf(row.due_at.getTime()),
    tries: row.tries,
    refusal: row.refusal,
    mark: row.mark,
    editTs: row.edit_ts,
    at: instantOf(row.at.getTime()),
  };
}

const WHOLE = `r.*, (select p.ts from staff_post p where p.handoff_id = r.handoff_id and p.kind = 'handoff' and p.lane = r.lane) as thread_ts`;

const KEEP = {
  name: 'staff-replies-keep',
  text: `
insert into staff_reply (id, lane, ts, handoff_id, external_id, staff_id, body_sealed, status, due_at, at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (lane, ts) do nothing returning id`,
};

const BY_TS = { name: 'staff-replies-by-ts', text: `select ${WHOLE} from staff_reply r where r.lane = $1 and r.ts = $2` };
const BY_ID = { name: 'staff-replies-by-id', text: `select ${WHOLE} from staff_reply r where r.id = $1` };

const UNSAID = {
  name: 'staff-replies-unsaid',
  text: `
select r.ts from staff_reply r join staff_post p on p.handoff_id = r.handoff_id and p.kind = 'handoff' and p.lane = r.lane
where r.lane = $1 and p.ts = $2 and r.status in ('held', 'asked') and r.tries = 0`,
};

const MOVE = {
  name: 'staff-replies-move',
  text: `
update staff_reply set status = $3, body_sealed = coalesce($4, body_sealed), due_at = coalesce($5::timestamptz, due_at),
  refusal = coalesce($6, refusal), edit_ts = coalesce($7, edit_ts), staff_id = coalesce($8::uuid, staff_id)
where id = $1 and status = any($2::text[]) and (tries = 0 or not $9::boolean) returning id`,
};

/** What was written before in the same thread is said before. */
const TAKE_DUE = {
  name: 'staff-replies-take-due',
  text: `
with due as materialized (
  select r.id from staff_reply r
  where r.status = 'held' and r.due_at <= $1::timestamptz
    and not exists (select from staff_reply e where e.handoff_id = r.handoff_id and e.status = 'held' and e.ts collate "C" < r.ts)
  order by r.ts collate "C" limit $3 for update skip locked
), taken as (
  update staff_reply r set due_at = $2::timestamptz, tries = tries + 1 from due where r.id = due.id returning r.*
)
select ${WHOLE} from taken r order by r.ts collate "C"`,
};

const AGAIN = {
  name: 'staff-replies-again',
  text: `update staff_reply set due_at = $2::timestamptz where id = $1 and status in ('held', 'asked')`,
};

/** While it is asked about nothing is due: the column holds until when whoever asks has it. */
const TAKE_UNASKED = {
  name: 'staff-replies-take-unasked',
  text: `
with unasked as materialized (
  select r.id from staff_reply r
  where r.status = 'asked' and r.mark is distinct from 'asked' and r.due_at <= $1::timestamptz and r.at > $1::timestamptz - interval '7 days'
  order by r.at limit $3 for update skip locked
), taken as (
  update staff_reply r set due_at = $2::timestamptz from unasked where r.id = unasked.id returning r.*
)
select ${WHOLE} from taken r order by r.at`,
};

/** The mark that ought to stand there, by what became of it, against the one that does. */
const UNMARKED = {
  name: 'staff-replies-unmarked',
  text: `
select ${WHOLE}, m.delivery from staff_reply r left join message m on m.id = r.id
where r.status not in ('held', 'asked', 'withdrawn') and r.at > now() - interval '7 days'
  and r.mark is distinct from case
    when r.status = 'said' then case m.delivery when 'pending' then r.mark else m.delivery end
    else r.status end
order by r.at limit $1`,
};

const MARKED = { name: 'staff-replies-marked', text: 'update staff_reply set mark = $2 where id = $1' };
