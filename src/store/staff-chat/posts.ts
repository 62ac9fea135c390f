/**
 * What is said in the staff's chat: found in the records, kept as rows in the order of their lane, and never put twice. Only
 * references are kept; what a post shows is made when it is sent.
 */
import type { NewStaffPost, StaffPosts } from '../../desk/staff-chat.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { DAY, instantOf } from '../../domain/instant.ts';
import { jsonParameter, query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

type Putting = Pick<
  StaffPosts,
  'put' | 'revive' | 'putHandoffs' | 'putSaid' | 'handoffOfThread' | 'threads' | 'isPut' | 'isPosted' | 'cardOf' | 'cardOfPage'
>;

/** Putting posts over the store. */
export function postsOn({ pool }: Pick<Store, 'pool'>, makeIdentifier: MakeIdentifier): Putting {
  const put: StaffPosts['put'] = async (posts, at) => {
    if (posts.length === 0) return;
    await query(pool, LANES, [[...new Set(posts.map((it) => it.lane))]]);
    await query(pool, PUT, [jsonParameter(posts.map(rowOf)), timestamp(at)]);
  };
  const card = async (onceKey: string): Promise<Identifier | null> => {
    const [row] = await query<{ id: Identifier }>(pool, IS_PUT, [onceKey]);
    return row?.id ?? null;
  };
  const bare = { messageId: null, ticketId: null, pageId: null } as const;

  return {
    put,

    putHandoffs: async (lane, at, max) => {
      await query(pool, REOPENED, []);
      const found = await query<{ handoff_id: Identifier; seq: number }>(pool, NO_CARD, [max]);
      const cardFor = ({ handoff_id, seq }: { readonly handoff_id: Identifier; readonly seq: number }): NewStaffPost => ({
        ...bare,
        id: makeIdentifier(),
        lane,
        kind: 'handoff',
        onceKey: `handoff:${handoff_id}`,
        parentId: null,
        handoffId: handoff_id,
        facts: { seq },
      });
      await put(found.map(cardFor), at);
      return found.length;
    },

    putSaid: async (at, max) => {
      const found = await query<Unsaid>(pool, NOT_SAID, [max]);
      const last = new Map(found.map((it) => [it.card_id, it.seq]));
      const said = found.flatMap((it) => (it.is_theirs ? [] : [saidIn(it, makeIdentifier())]));
      await put(said, at);
      await query(pool, MIRRORED, [jsonParameter([...last].map(([id, seq]) => ({ id, seq })))]);
      return said.length;
    },

    revive: async (since) => {
      await query(pool, REVIVED, [timestamp(since)]);
    },

    handoffOfThread: async (lane, ts) => {
      const [row] = await query<{ handoff_id: Identifier }>(pool, THREAD, [lane, ts]);
      if (row !== undefined) return row.handoff_id;
      if ((await query(pool, IN_DOUBT, [lane])).length > 0) throw new Error('a card of this lane is being posted: ask again');
      return null;
    },

    threads: async (now, max) => query(pool, THREADS, [timestamp(instantOf(now - DAY)), max]),

    isPut: async (onceKey) => (await query(pool, IS_PUT, [onceKey])).length > 0,
    isPosted: async (onceKey) => (await query(pool, POSTED, [onceKey])).length > 0,
    cardOf: (handoffId) => card(`handoff:${handoffId}`),
    cardOfPage: (pageId) => card(`page:${pageId}`),
  };
}

type Unsaid = {
  readonly card_id: Identifier;
  readonly lane: string;
  readonly handoff_id: Identifier;
  readonly message_id: Identifier;
  readonly seq: number;
  /** Written in this very thread. */
  readonly is_theirs: boolean;
};

function saidIn({ card_id, lane, handoff_id, message_id, seq }: Unsaid, id: Identifier): NewStaffPost {
  return {
    id,
    lane,
    kind: 'said',
    onceKey: `said:${handoff_id}:${message_id}`,
    parentId: card_id,
    handoffId: handoff_id,
    messageId: message_id,
    ticketId: null,
    pageId: null,
    facts: { seq },
  };
}

function rowOf({ id, lane, kind, onceKey, parentId, handoffId, messageId, ticketId, pageId, facts }: NewStaffPost) {
  const of = { parent_id: parentId, handoff_id: handoffId, message_id: messageId, ticket_id: ticketId, page_id: pageId };
  return { id, lane, kind, once_key: onceKey, ...of, facts, mirrored: kind === 'handoff' ? Number(facts['seq'] ?? 0) : 0 };
}

const LANES = { name: 'staff-lanes', text: 'insert into staff_lane (id) select unnest($1::text[]) on conflict (id) do nothing' };

const PUT = {
  name: 'staff-posts-put',
  text: `
insert into staff_post (id, lane, kind, once_key, parent_id, handoff_id, message_id, ticket_id, page_id, facts, mirrored, created_at)
select id, lane, kind, once_key, parent_id, handoff_id, message_id, ticket_id, page_id, facts, mirrored, $2::timestamptz
from json_to_recordset($1) as r (id uuid, lane text, kind text, once_key text, parent_id uuid, handoff_id uuid, message_id uuid,
  ticket_id uuid, page_id uuid, facts jsonb, mirrored int)
on conflict (once_key) do nothing`,
};

/** What was said up to when the customer began to wait stands on the card. */
const SEQ = `coalesce((select max(m.seq) from message m where m.conversation_id = h.conversation_id and m.created_at <= h.waiting_since), 0)`;

const NO_CARD = {
  name: 'staff-posts-no-card',
  text: `
select h.id as handoff_id, ${SEQ} as seq from handoff h
where h.status in ('queued', 'claimed') and not exists (select from staff_post p where p.once_key = 'handoff:' || h.id)
order by h.waiting_since limit $1`,
};

/** A card whose matter was taken up again lives again. */
const REOPENED = {
  name: 'staff-posts-reopened',
  text: `
update staff_post p set is_final = false, mirrored = greatest(p.mirrored, ${SEQ})
from handoff h where h.id = p.handoff_id and p.kind = 'handoff' and p.is_final and h.status in ('queued', 'claimed')`,
};

/** Events of the desk are nothing anybody said. */
const NOT_SAID = {
  name: 'staff-posts-not-said',
  text: `
select p.id as card_id, p.lane, h.id as handoff_id, m.id as message_id, m.seq,
  m.sender = 'system' or exists (select from staff_reply r where r.id = m.id) as is_theirs
from staff_post p
join handoff h on h.id = p.handoff_id
join message m on m.conversation_id = h.conversation_id and m.seq > p.mirrored
where p.kind = 'handoff' and not p.is_final and p.status in ('waiting', 'posted')
  and (h.resolved_at is null or h.status <> 'resolved' or m.created_at <= h.resolved_at)
order by p.place, m.seq limit $1`,
};

const REVIVED = {
  name: 'staff-posts-revived',
  text: `
update staff_post p set is_final = false from ticket t
where p.kind = 'ticket' and p.status = 'posted' and p.is_final and p.posted_at > $1::timestamptz
  and t.id = p.ticket_id and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer')`,
};

const MIRRORED = {
  name: 'staff-posts-mirrored',
  text: `
update staff_post p set mirrored = greatest(p.mirrored, r.seq)
from json_to_recordset($1) as r (id uuid, seq int) where p.id = r.id`,
};

const THREAD = {
  name: 'staff-posts-thread',
  text: `select handoff_id from staff_post where lane = $1 and ts = $2 and kind = 'handoff'`,
};

/** It may stand there already, and have been answered, before we know its `ts`. */
const IN_DOUBT = {
  name: 'staff-posts-in-doubt',
  text: `select from staff_post where lane = $1 and kind = 'handoff' and status = 'waiting' and is_doubtful limit 1`,
};

const THREADS = {
  name: 'staff-posts-threads',
  text: `
select p.lane, p.ts
from staff_post p join handoff h on h.id = p.handoff_id
where p.kind = 'handoff' and p.status = 'posted' and (h.status <> 'resolved' or h.resolved_at > $1::timestamptz)
order by h.status = 'resolved', p.place desc limit $2`,
};

const IS_PUT = { name: 'staff-posts-is-put', text: 'select id from staff_post where once_key = $1' };

const POSTED = { name: 'staff-posts-posted', text: `select from staff_post where once_key = $1 and status = 'posted'` };
