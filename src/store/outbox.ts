/**
 * What is undelivered, as rows of the transcript itself. A lane (one conversation's outgoing messages in order) is taken
 * as a whole when nobody holds its first pending message, so no two processes send in one conversation at once.
 */
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Lane, PlacedMessage } from '../turn/message.ts';
import type { FindUnapplied, Outbox } from '../turn/ports.ts';
import { type Connection, query, timestamp } from './connection.ts';
import { outgoingBody } from './message-body.ts';
import { SEALED } from './purposes.ts';
import type { Seal } from './seal.ts';

const LANE_MESSAGES_MAX = 50;
const SETTLED = ['delivered', 'waiting', 'failed'] as const;

/** `held_until` keeps milliseconds and rounds: cut off, a hold of no time at all is over at once. */
export const NOW_CUT = "date_trunc('milliseconds', now())";

export function outboxOn({ pool, seal, holder: own }: Connection): Outbox {
  return {
    claim: async (holder, channels, lanesMax, holdMilliseconds) => {
      const rows = await query<Row>(pool, CLAIM, [holder, lanesMax, holdMilliseconds, channels]);
      const conversations = [...new Set(rows.map((it) => it.conversation_id))];
      return conversations.map((id) =>
        laneOf(
          rows.filter((it) => it.conversation_id === id),
          seal,
        ),
      );
    },
    renew: async (holder, ids, holdMilliseconds) => {
      const rows = await query<{ id: Identifier }>(pool, RENEW, [holder, ids, holdMilliseconds]);
      return rows.map((it) => it.id);
    },
    settle: async (settled) => {
      for (const delivery of SETTLED) {
        const ids = settled.filter((it) => it.delivery === delivery).map((it) => it.id);
        if (ids.length > 0) await query(pool, SETTLE, [ids, delivery]);
      }
    },
    postpone: async (ids, afterMilliseconds, forgotten) => {
      if (ids.length > 0) await query(pool, POSTPONE, [ids, afterMilliseconds, own, forgotten === 'tries-forgotten']);
    },
  };
}

/** Age is judged by our clock, as the messages' own instants are. */
export function findUnappliedOn({ pool, now }: Connection): FindUnapplied {
  return async (olderThanMilliseconds, max) => {
    const before = timestamp(instantOf(now() - olderThanMilliseconds));
    const rows = await query<{ conversation_id: Identifier }>(pool, FIND_UNAPPLIED, [before, max]);
    return rows.map((it) => it.conversation_id);
  };
}

type Row = {
  readonly conversation_id: Identifier;
  readonly channel: ChatChannel;
  readonly external_id: string;
  readonly id: Identifier;
  readonly seq: number;
  readonly sender: PlacedMessage['sender'];
  readonly body_sealed: Buffer;
  readonly created_at: Date;
  readonly attempts: number;
};

function laneOf(
  rows: readonly Row[],
  seal: Seal,
): { readonly lane: Lane; readonly messages: readonly PlacedMessage[]; readonly attempts: number } {
  const [first] = rows;
  if (!first) throw new Error('invariant: a claimed lane has a message');
  return {
    lane: { conversationId: first.conversation_id, channel: first.channel, externalId: first.external_id },
    messages: rows.map((it) => ({
      id: it.id,
      seq: it.seq,
      sender: it.sender,
      body: outgoingBody(seal.open(SEALED.messageBody, it.body_sealed)),
      at: instantOf(it.created_at.getTime()),
    })),
    attempts: first.attempts,
  };
}

/** A first message that somebody else settled or claimed meanwhile fails its own test again once its lock is had. */
const CLAIM = {
  name: 'outbox-claim',
  text: `
with first as materialized (
  select distinct on (conversation_id) id from message where delivery = 'pending' order by conversation_id, seq
), taken as materialized (
  select m.id, m.conversation_id from first f join message m on m.id = f.id
  where (m.channel = any($4::text[]) and m.delivery = 'pending' and (m.held_until is null or m.held_until <= now())) is true
  order by m.held_until nulls first limit $2 for update of m skip locked
), claimed as (
  update message m set held_by = $1::uuid, held_until = ${NOW_CUT} + $3::int * interval '1 millisecond', attempts = m.attempts + (m.id = t.id)::int
  from taken t cross join lateral (
    select x.id from message x where x.conversation_id = t.conversation_id and x.delivery = 'pending' order by x.seq limit ${LANE_MESSAGES_MAX}
  ) x
  where m.id = x.id and (m.delivery = 'pending') is true
  returning m.conversation_id, m.id, m.seq, m.sender, m.body_sealed, m.created_at, m.attempts
)
select x.*, c.channel, a.external_id from claimed x join conversation c on c.id = x.conversation_id join channel_account a on a.id = c.account_id
order by x.conversation_id, x.seq`,
};

const RENEW = {
  name: 'outbox-renew',
  text: `
update message set held_until = ${NOW_CUT} + $3::int * interval '1 millisecond'
where id = any($2::uuid[]) and (held_by = $1::uuid and delivery = 'pending') is true returning id`,
};

/**
 * What was delivered stays delivered, whoever comes late with another answer. The commit does not wait for the disk: a
 * machine that loses power at once sends again under the same message id, which the channel knows already.
 */
const SETTLE = {
  name: 'outbox-settle',
  text: `
with unhurried as materialized (select set_config('synchronous_commit', 'off', true))
update message set delivery = $2, held_by = null, held_until = null from unhurried
where id = any($1::uuid[]) and (direction = 'out' and delivery <> 'delivered') is true`,
};

const POSTPONE = {
  name: 'outbox-postpone',
  text: `
update message set held_by = null, held_until = ${NOW_CUT} + $2::int * interval '1 millisecond', attempts = case when $4::boolean then 0 else attempts end
where id = any($1::uuid[]) and (held_by = $3::uuid and delivery = 'pending') is true`,
};

const FIND_UNAPPLIED = {
  name: 'find-unapplied',
  text: `
select conversation_id from message
where direction = 'in' and applied_revision is null and created_at <= $1::timestamptz
group by conversation_id order by min(created_at) limit $2`,
};
