/**
 * Pages that are to be sent, and what became of the send. A page is taken for a short hold, so that of several processes
 * one sends it; if that one dies, the hold runs out and the same send (same number) is made again.
 */
import type { Audience } from '../../domain/escalation.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { OnCall } from '../../domain/on-call.ts';
import type { StaffRole } from '../../domain/ticket.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

const ROSTER_MAX = 100;

/** Pages to send over the store. */
export function duePagesOn({ pool }: Pick<Store, 'pool'>) {
  return {
    claim: async (wanted: {
      readonly now: Instant;
      readonly holdMilliseconds: number;
      readonly sendsMax: number;
      readonly max: number;
    }) => {
      const { now, holdMilliseconds, sendsMax, max } = wanted;
      const rows = await query<Row>(pool, CLAIM, [timestamp(now), timestamp(instantOf(now + holdMilliseconds)), sendsMax, max]);
      return rows.map(({ raised_at, last_sent_at, ...it }) => ({
        ...it,
        raisedAt: instantOf(raised_at.getTime()),
        lastSentAt: last_sent_at === null ? null : instantOf(last_sent_at.getTime()),
      }));
    },

    roster: (roles: readonly StaffRole[]) => query<OnCall>(pool, ROSTER, [roles, ROSTER_MAX]),

    audience: ({ staff, roles }: Audience) => query<OnCall>(pool, AUDIENCE, [staff, roles, ROSTER_MAX]),

    settle: async (settled: {
      readonly id: Identifier;
      /** Sends before this one: whoever comes late with the same send writes nothing. */
      readonly sends: number;
      readonly level: number;
      readonly nextSendAt: Instant;
      readonly sentAt: Instant | null;
      /** Whether the ticket's timeline is to tell of it. */
      readonly isNews: boolean;
    }) => {
      const { id, sends, level, nextSendAt, sentAt, isNews } = settled;
      await query(pool, SETTLE, [id, sends, level, timestamp(nextSendAt), sentAt === null ? null : timestamp(sentAt), isNews]);
    },
  };
}

type Row = {
  readonly id: Identifier;
  readonly reason: string;
  readonly ticket: string | null;
  readonly conversationId: Identifier | null;
  readonly level: number;
  readonly sends: number;
  readonly audience: Audience | null;
  readonly repeats: boolean;
  readonly raised_at: Date;
  readonly last_sent_at: Date | null;
};

const CLAIM = {
  name: 'due-pages-claim',
  text: `
with due as materialized (
  select id from page
  where status = 'open' and (next_send_at is null or next_send_at <= $1::timestamptz) and sends < case when repeats then $3 else 1 end
  order by next_send_at nulls first, raised_at limit $4 for update skip locked
), taken as (
  update page p set next_send_at = $2::timestamptz from due where p.id = due.id
  returning p.id, p.reason, p.ticket_id, p.conversation_id, p.level, p.sends, p.audience, p.repeats, p.raised_at, p.last_sent_at
)
select p.id, p.reason, t.number as ticket, p.conversation_id as "conversationId", p.level, p.sends, p.audience, p.repeats, p.raised_at, p.last_sent_at
from taken p left join ticket t on t.id = p.ticket_id order by p.raised_at, p.id`,
};

const ROSTER = {
  name: 'due-pages-roster',
  text: 'select id, name, email, role from staff where role = any($1::text[]) order by array_position($1::text[], role), created_at, id limit $2',
};

const AUDIENCE = {
  name: 'due-pages-audience',
  text: `
select id, name, email, role from staff where id = any($1::uuid[]) or role = any($2::text[])
order by array_position($1::uuid[], id), array_position($2::text[], role), created_at, id limit $3`,
};

/** Acknowledged meanwhile: nothing more is written. */
const SETTLE = {
  name: 'due-pages-settle',
  text: `
with settled as (
  update page set level = $3, next_send_at = $4::timestamptz,
    sends = sends + ($5::timestamptz is not null)::int, last_sent_at = coalesce($5::timestamptz, last_sent_at)
  where id = $1 and status = 'open' and sends = $2
  returning ticket_id, reason, sends, level
)
insert into ticket_event (ticket_id, at, actor, type, details)
select ticket_id, $5::timestamptz, 'system', 'page-sent', jsonb_build_object('reason', reason, 'send', sends, 'level', level)
from settled where ticket_id is not null and $5::timestamptz is not null and $6::boolean`,
};
