/**
 * SLA clocks over the store. Whoever judges holds the one lock of all clocks, so that facts are read and rows written by one
 * process at a time, and nothing is said or called twice.
 */
import type pg from 'pg';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { ClockSubject, SlaWrite, SubjectName } from '../../domain/sla-judgement.ts';
import { inTransaction, jsonParameter, once, query, timestamp } from '../connection.ts';
import { writeAudit, writeTicketEvent } from '../desk/desk-connection.ts';
import type { Store } from '../open-store.ts';
import { readSubjects } from './sla-facts.ts';

export function slaClocksOn({ pool }: Pick<Store, 'pool'>) {
  return {
    all: (openedSince: Instant) => query<SubjectName>(pool, ALL, [timestamp(openedSince)]),

    happened: (after: number | null) =>
      after === null
        ? query<{ eventId: number; ticketId: Identifier }>(pool, LAST_EVENT, [])
        : query<{ eventId: number; ticketId: Identifier }>(pool, EVENTS, [after, EVENTS_MAX]),

    openChats: async () =>
      (await query<ChatRow>(pool, OPEN_CHATS, [CHATS_MAX])).map(({ id, mark, tickets }) => ({
        handoffId: id,
        mark,
        // One about a ticket has no clocks of its own; the store leaves it out.
        subjects: [{ kind: 'handoff', id }, ...tickets.map((it): SubjectName => ({ kind: 'ticket', id: it }))] satisfies SubjectName[],
      })),

    resumeAnswered: async (ticketIds: readonly Identifier[]): Promise<readonly Identifier[]> => {
      if (ticketIds.length === 0) return [];
      const answered = await query<AnsweredRow>(pool, ANSWERED, [ticketIds]);
      const resumed: Identifier[] = [];
      for (const it of answered) if (await inTransaction(pool, (client) => resume(client, it))) resumed.push(it.id);
      return resumed;
    },

    keep: (names: readonly SubjectName[], judge: (read: () => ClockSubject) => Kept | null, at: Instant): Promise<void> =>
      inTransaction(pool, async (client) => {
        await once(client, LOCK, []);
        const idsOf = (kind: SubjectName['kind']) => names.filter((it) => it.kind === kind).map((it) => it.id);
        const subjects = await readSubjects(client, { tickets: idsOf('ticket'), handoffs: idsOf('handoff') });
        const judged = subjects.map(judge).filter((it) => it !== null);
        if (judged.length > 0) await writeAll(client, judged, at);
      }),
  };
}

type Kept = { readonly subject: ClockSubject; readonly write: SlaWrite };

const EVENTS_MAX = 20_000;
/** More chats than a desk can have in hand. */
const CHATS_MAX = 2_000;

type ChatRow = { readonly id: Identifier; readonly mark: string; readonly tickets: readonly Identifier[] };

type AnsweredRow = { readonly id: Identifier; readonly number: string; readonly conversation_id: Identifier; readonly at: Date };

/** The conversation first, as a bot turn does; one in flight reads the ticket again. */
async function resume(client: pg.PoolClient, { id, number, conversation_id, at }: AnsweredRow): Promise<boolean> {
  await once(client, LOCK_CONVERSATION, [conversation_id]);
  if ((await once(client, RESUME, [id])).length === 0) return false;
  await once(client, READ_AGAIN, [conversation_id]);
  const change = { at: instantOf(at.getTime()), actor: 'system', details: {} };
  await writeTicketEvent(client, id, 'customer-answered', change);
  await writeAudit(client, { ...change, action: 'ticket.customer-answered', subject: `ticket:${number}` });
  return true;
}

async function writeAll(client: pg.PoolClient, judged: readonly Kept[], at: Instant): Promise<void> {
  const rows = judged.flatMap(({ subject, write }) => write.rows.map((row) => clockRow(subject, row, write.events.length)));
  await once(client, KEEP_CLOCKS, [jsonParameter(rows)]);
  const events = judged.flatMap(({ subject: { id, about }, write }) =>
    about.kind === 'ticket' ? write.events.map((it) => ({ ticket_id: id, at: timestamp(it.at), type: it.type, details: it.details })) : [],
  );
  if (events.length > 0) await once(client, WRITE_EVENTS, [jsonParameter(events)]);
  const pages = judged.flatMap(({ subject: { id, about, conversationId }, write }) =>
    write.pages.map((it) => ({
      id: it.id,
      reason: it.reason,
      ticket_id: about.kind === 'ticket' ? id : null,
      conversation_id: conversationId,
      once_key: it.onceKey,
      audience: it.audience,
    })),
  );
  if (pages.length > 0) await once(client, RAISE, [jsonParameter(pages), timestamp(at)]);
  const closings = judged.flatMap(({ write }) => write.closings.map((it) => ({ clock_id: it.clockId, rungs: it.rungs, why: it.why })));
  if (closings.length > 0) await once(client, CLOSE, [jsonParameter(closings), timestamp(at)]);
}

function clockRow({ id, about }: ClockSubject, row: SlaWrite['rows'][number], eventsWritten: number) {
  const orNull = (it: Instant | null) => (it === null ? null : timestamp(it));
  return {
    id: row.id,
    ticket_id: about.kind === 'ticket' ? id : null,
    handoff_id: about.kind === 'handoff' ? id : null,
    kind: row.kind,
    ordinal: row.ordinal,
    priority: row.priority,
    target_minutes: row.targetMinutes,
    started_at: timestamp(row.startedAt),
    paused_at: orNull(row.pausedAt),
    spent_milliseconds: row.spentMilliseconds,
    warn_at: orNull(row.warnAt),
    due_at: orNull(row.dueAt),
    ended_at: orNull(row.endedAt),
    status: row.status,
    warned_at: orNull(row.warnedAt),
    breached_at: orNull(row.breachedAt),
    rungs: row.rungs,
    timeline_length: about.kind === 'ticket' ? about.timelineLength + eventsWritten : 0,
  };
}

const LIVE = `status in ('open', 'scheduled', 'in-progress', 'waiting-customer')`;

/** Of tickets that are over only those whose timeline has grown since; whatever still calls for a promise that has ended. */
const ALL = {
  name: 'sla-clocks-all',
  text: `
select 'ticket' as kind, t.id from ticket t where t.${LIVE}
union
select 'ticket', t.id from ticket t
where t.opened_at >= $1::timestamptz and not t.${LIVE}
  and (select count(*) from ticket_event e where e.ticket_id = t.id) > coalesce((select max(k.timeline_length) from sla_clock k where k.ticket_id = t.id), 0)
union
select case when k.ticket_id is null then 'handoff' else 'ticket' end, coalesce(k.ticket_id, k.handoff_id) from sla_clock k
where k.status in ('running', 'paused', 'missed') and k.ended_at is null
union
select 'handoff', h.id from handoff h where h.status in ('queued', 'claimed') and h.ticket_id is null
union
select case when k.ticket_id is null then 'handoff' else 'ticket' end, coalesce(k.ticket_id, k.handoff_id) from page p
join sla_clock k on k.id = case when p.once_key like 'sla:%' then split_part(p.once_key, ':', 2)::uuid end
where p.status = 'open' and k.ended_at is not null`,
};

const LAST_EVENT = {
  name: 'sla-clocks-last-event',
  text: 'select id::float8 as "eventId", ticket_id as "ticketId" from ticket_event order by id desc limit 1',
};

const EVENTS = {
  name: 'sla-clocks-events',
  text: 'select id::float8 as "eventId", ticket_id as "ticketId" from ticket_event where id > $1::bigint order by id limit $2',
};

/** Whatever staff say in a chat is said to all its tickets. */
const OPEN_CHATS = {
  name: 'sla-clocks-chats',
  text: `
select h.id, c.last_seq || ' ' || h.status || ' ' || coalesce(h.owner_id::text, '') as mark, array(
  select t.id from ticket t where t.conversation_id = h.conversation_id and t.${LIVE} union select h.ticket_id where h.ticket_id is not null) as tickets
from handoff h join conversation c on c.id = h.conversation_id
where h.status in ('queued', 'claimed') order by h.waiting_since limit $1`,
};

const ANSWERED = {
  name: 'sla-clocks-answered',
  text: `
select t.id, t.number, t.conversation_id, m.created_at as at from ticket t
cross join lateral (
  select e.at from ticket_event e where e.ticket_id = t.id and e.type = 'waiting-customer' order by e.id desc limit 1
) w
cross join lateral (
  select m.created_at from message m where m.conversation_id = t.conversation_id and m.sender = 'customer' and m.created_at > w.at order by m.created_at limit 1
) m
where t.id = any ($1::uuid[]) and t.status = 'waiting-customer'`,
};

const LOCK_CONVERSATION = { name: 'sla-clocks-lock-chat', text: 'select from conversation where id = $1 for no key update' };
const RESUME = {
  name: 'sla-clocks-resume',
  text: `update ticket set status = 'open', revision = revision + 1 where id = $1 and status = 'waiting-customer' returning id`,
};
const READ_AGAIN = { name: 'sla-clocks-read-again', text: 'update conversation set revision = revision + 1 where id = $1' };

const LOCK = { name: 'sla-clocks-lock', text: "select pg_advisory_xact_lock(hashtextextended('sla-clocks', 6))" };

const COLUMNS = [
  ['id', 'uuid'],
  ['ticket_id', 'uuid'],
  ['handoff_id', 'uuid'],
  ['kind', 'text'],
  ['ordinal', 'int'],
  ['priority', 'text'],
  ['target_minutes', 'float8'],
  ['started_at', 'timestamptz'],
  ['paused_at', 'timestamptz'],
  ['spent_milliseconds', 'bigint'],
  ['warn_at', 'timestamptz'],
  ['due_at', 'timestamptz'],
  ['ended_at', 'timestamptz'],
  ['status', 'text'],
  ['warned_at', 'timestamptz'],
  ['breached_at', 'timestamptz'],
  ['rungs', 'int'],
  ['timeline_length', 'int'],
] as const;

const names = COLUMNS.map(([name]) => name);

const KEEP_CLOCKS = {
  name: 'sla-clocks-keep',
  text: `
insert into sla_clock (${names.join(', ')})
select ${names.join(', ')} from json_to_recordset($1) as r (${COLUMNS.map((it) => it.join(' ')).join(', ')})
on conflict (id) do update set ${names.map((it) => `${it} = excluded.${it}`).join(', ')}`,
};

const WRITE_EVENTS = {
  name: 'sla-clocks-events-write',
  text: `
insert into ticket_event (ticket_id, at, actor, type, details)
select ticket_id, at, 'system', type, details from json_to_recordset($1) as r (ticket_id uuid, at timestamptz, type text, details jsonb)`,
};

const RAISE = {
  name: 'sla-clocks-raise',
  text: `
insert into page (id, reason, ticket_id, conversation_id, raised_at, once_key, audience, repeats)
select id, reason, ticket_id, conversation_id, $2::timestamptz, once_key, audience, false
from json_to_recordset($1) as r (id uuid, reason text, ticket_id uuid, conversation_id uuid, once_key text, audience jsonb)
on conflict (once_key) do nothing`,
};

/** Seen to by nobody: the promise ended. */
const CLOSE = {
  name: 'sla-clocks-close',
  text: `
with closed as (
  update page p set status = 'closed', closed_at = $2::timestamptz, closed_why = r.why
  from json_to_recordset($1) as r (clock_id uuid, rungs int, why text), generate_series(0, r.rungs - 1) s
  where p.once_key = 'sla:' || r.clock_id || ':' || s and p.status = 'open'
  returning p.id, p.ticket_id, jsonb_build_object('reason', p.reason, 'why', r.why) as details
), told as (
  insert into ticket_event (ticket_id, at, actor, type, details)
  select ticket_id, $2::timestamptz, 'system', 'page-closed', details from closed where ticket_id is not null
)
insert into audit (at, actor, action, subject, details)
select $2::timestamptz, 'system', 'page.close', 'page:' || id, details from closed`,
};
