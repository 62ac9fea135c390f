/** What the clocks of tickets and chats are read from: timelines, chats with staff, who said something when, and the rows so far. */
import type pg from 'pg';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf, parseInstant } from '../../domain/instant.ts';
import { CLOCK_KINDS, CLOCK_STATUSES } from '../../domain/sla-clock.ts';
import type { ClockSubject, KeptClock } from '../../domain/sla-judgement.ts';
import type { Happening, Said } from '../../domain/sla-promises.ts';
import { CHANNELS, PRIORITIES, TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import { once } from '../connection.ts';
import { wordOf } from '../desk/desk-connection.ts';

/** Tickets and handoffs by id, each with its clocks, to be read one by one: a row that can't be read fails alone. Those that are not there are left out. */
export async function readSubjects(
  client: pg.PoolClient,
  { tickets, handoffs }: { readonly tickets: readonly Identifier[]; readonly handoffs: readonly Identifier[] },
): Promise<readonly (() => ClockSubject)[]> {
  const ofTickets = tickets.length === 0 ? [] : await once<TicketRow>(client, TICKETS, [tickets]);
  const ofHandoffs = handoffs.length === 0 ? [] : await once<HandoffRow>(client, HANDOFFS, [handoffs]);
  return [...ofTickets.map((row) => () => ticketSubject(row)), ...ofHandoffs.map((row) => () => handoffSubject(row))];
}

/** Milliseconds of the epoch, as instants travel inside JSON. */
type Moment = number;

type Common = {
  readonly id: Identifier;
  readonly conversation_id: Identifier | null;
  readonly owner_id: Identifier | null;
  readonly said: readonly { readonly at: Moment; readonly by: Said['by'] }[];
  readonly clocks: readonly ClockJson[];
};

type TicketRow = Common & {
  readonly kind: string;
  readonly status: string;
  readonly priority: string;
  readonly channel: string;
  readonly opened_at: Moment;
  readonly timeline_length: number;
  readonly timeline: readonly EventJson[];
  readonly chats: readonly { readonly from: Moment; readonly to: Moment | null }[];
};

type HandoffRow = Common & { readonly from_at: Moment; readonly to_at: Moment | null };

type EventJson = {
  readonly at: Moment;
  readonly actor: string;
  readonly type: string;
  readonly status: string | null;
  readonly priority: string | null;
  readonly reason: string | null;
  readonly from: string | null;
};

type ClockJson = {
  readonly id: Identifier;
  readonly kind: string;
  readonly ordinal: number;
  readonly priority: string;
  readonly target_minutes: number;
  readonly started_at: Moment;
  readonly paused_at: Moment | null;
  readonly spent_milliseconds: number;
  readonly warn_at: Moment | null;
  readonly due_at: Moment | null;
  readonly ended_at: Moment | null;
  readonly status: string;
  readonly warned_at: Moment | null;
  readonly breached_at: Moment | null;
  readonly rungs: number;
  readonly timeline_length: number;
  readonly acknowledged: boolean;
  readonly calling: boolean;
};

function ticketSubject(row: TicketRow): ClockSubject {
  return {
    ...common(row),
    about: {
      kind: 'ticket',
      timelineLength: row.timeline_length,
      facts: {
        kind: wordOf(TICKET_KINDS, row.kind),
        status: wordOf(TICKET_STATUSES, row.status),
        priority: wordOf(PRIORITIES, row.priority),
        channel: wordOf(CHANNELS, row.channel),
        openedAt: instantOf(row.opened_at),
        timeline: row.timeline.map(happeningOf),
        chats: row.chats.map((it) => ({ from: instantOf(it.from), to: orNull(it.to) })),
        said: row.said.map(saidOf),
      },
    },
  };
}

function handoffSubject(row: HandoffRow): ClockSubject {
  return {
    ...common(row),
    about: { kind: 'handoff', chat: { from: instantOf(row.from_at), to: orNull(row.to_at) }, said: row.said.map(saidOf) },
  };
}

function common({ id, conversation_id, owner_id, clocks }: Common) {
  return { id, conversationId: conversation_id, owner: owner_id, clocks: clocks.map(clockOf) };
}

function happeningOf({ at, actor, type, status, priority, reason, from }: EventJson): Happening {
  const by = actor.startsWith('staff:') ? 'staff' : actor === 'customer' || actor === 'bot' ? actor : 'system';
  return {
    at: instantOf(at),
    by,
    type,
    status: TICKET_STATUSES.find((it) => it === status) ?? null,
    priority: PRIORITIES.find((it) => it === priority) ?? null,
    reason,
    visitFrom: from === null ? null : parseInstant(from),
  };
}

function saidOf({ at, by }: { readonly at: Moment; readonly by: Said['by'] }): Said {
  return { at: instantOf(at), by };
}

function clockOf(row: ClockJson): KeptClock {
  return {
    id: row.id,
    kind: wordOf(CLOCK_KINDS, row.kind),
    ordinal: row.ordinal,
    priority: wordOf(PRIORITIES, row.priority),
    targetMinutes: row.target_minutes,
    startedAt: instantOf(row.started_at),
    pausedAt: orNull(row.paused_at),
    spentMilliseconds: row.spent_milliseconds,
    warnAt: orNull(row.warn_at),
    dueAt: orNull(row.due_at),
    endedAt: orNull(row.ended_at),
    status: wordOf(CLOCK_STATUSES, row.status),
    warnedAt: orNull(row.warned_at),
    breachedAt: orNull(row.breached_at),
    rungs: row.rungs,
    timelineLength: row.timeline_length,
    acknowledged: row.acknowledged,
    calling: row.calling,
  };
}

function orNull(at: Moment | null): Instant | null {
  return at === null ? null : instantOf(at);
}

const moment = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

const CLOCK_MOMENTS = ['started_at', 'paused_at', 'warn_at', 'due_at', 'ended_at', 'warned_at', 'breached_at'];

const hasPage = (status: 'open' | 'acknowledged') => `k.rungs > 0 and exists (
  select from page p where p.once_key = any (array(select 'sla:' || k.id || ':' || s from generate_series(0, k.rungs - 1) s)) and p.status = '${status}')`;

const clocks = (whose: string) => `
  select coalesce(json_agg(json_build_object(
    'id', k.id, 'kind', k.kind, 'ordinal', k.ordinal, 'priority', k.priority, 'target_minutes', k.target_minutes,
    ${CLOCK_MOMENTS.map((it) => `'${it}', ${moment(`k.${it}`)}`).join(', ')},
    'spent_milliseconds', k.spent_milliseconds, 'status', k.status, 'rungs', k.rungs, 'timeline_length', k.timeline_length,
    'acknowledged', ${hasPage('acknowledged')}, 'calling', ${hasPage('open')}
  )), '[]') from sla_clock k where ${whose}`;

/** More than a chat with staff comes to. What a customer says to the bot is no question to staff. */
const SAID_MAX = 2_000;
const TIMELINE_MAX = 2_000;

const said = (where: string) => `
  select coalesce(json_agg(json_build_object('at', ${moment('s.created_at')}, 'by', s.sender) order by s.created_at), '[]')
  from (select m.sender, m.created_at from message m where ${where} order by m.created_at limit ${SAID_MAX}) s`;

/** Whoever talks with the customer has the ticket in hand, before the one it is given to. */
const TICKETS = {
  name: 'sla-facts-tickets',
  text: `
with chat as materialized (select * from handoff where ticket_id = any ($1::uuid[])),
  talk as materialized (select * from handoff where status = 'claimed')
select t.id, t.conversation_id, t.kind, t.status, t.priority, t.channel, ${moment('t.opened_at')} as opened_at,
  coalesce((
    select h.owner_id from talk h where h.ticket_id = t.id or h.conversation_id = t.conversation_id
    order by h.ticket_id = t.id desc nulls last, h.claimed_at desc limit 1), t.assignee_id) as owner_id,
  (select count(*)::int from ticket_event e where e.ticket_id = t.id) as timeline_length,
  (select coalesce(json_agg(json_build_object(
      'at', ${moment('e.at')}, 'actor', e.actor, 'type', e.type, 'status', e.details->>'status', 'priority', e.details->>'priority',
      'reason', e.details->>'reason', 'from', e.details->>'from') order by e.id), '[]')
    from (
      select * from ticket_event e where e.ticket_id = t.id and e.type not like 'sla-%' and e.type not like 'page-%' order by e.id limit ${TIMELINE_MAX}
    ) e) as timeline,
  (select coalesce(json_agg(json_build_object('from', ${moment('h.waiting_since')}, 'to', ${moment('h.resolved_at')}) order by h.waiting_since), '[]')
    from chat h where h.ticket_id = t.id) as chats,
  (${said(`m.conversation_id in (select t.conversation_id union select h.conversation_id from chat h where h.ticket_id = t.id)
    and m.created_at >= t.opened_at
    and (m.sender = 'staff' or m.sender = 'customer' and exists (
      select from chat h where h.ticket_id = t.id and h.conversation_id = m.conversation_id
        and m.created_at >= h.waiting_since and (h.resolved_at is null or m.created_at <= h.resolved_at)))`)}) as said,
  (${clocks('k.ticket_id = t.id')}) as clocks
from ticket t where t.id = any ($1::uuid[])`,
};

/** One that is about a ticket has the ticket's clocks. */
const HANDOFFS = {
  name: 'sla-facts-handoffs',
  text: `
select h.id, h.conversation_id, h.owner_id, ${moment('h.waiting_since')} as from_at, ${moment('h.resolved_at')} as to_at,
  (${said(`m.conversation_id = h.conversation_id and m.sender in ('staff', 'customer')
    and m.created_at >= h.waiting_since and (h.resolved_at is null or m.created_at <= h.resolved_at)`)}) as said,
  (${clocks('k.handoff_id = h.id')}) as clocks
from handoff h where h.id = any ($1::uuid[]) and h.ticket_id is null`,
};
