/**
 * A ticket's transition: status, visit, timeline, audit and who has to hear of it in one transaction, guarded by the
 * status that was read. The conversation is locked first, as a bot turn does; one in flight reads the ticket again.
 */
import type pg from 'pg';
import type { Change } from '../../desk/change.ts';
import type { TransitionStore, TransitionWrite } from '../../desk/transitions.ts';
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { TELLS_OF_VISIT } from '../due/tells-of-visit.ts';
import { SEALED } from '../purposes.ts';
import { type Seal, withoutNul } from '../seal.ts';
import { tellConversation } from './conversation-event.ts';
import { type DeskConnection, instantIn, wordOf, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { beginSurvey, dropSurvey } from './survey-clock.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

/** Transitions over the store. */
export function transitionStore({ prisma, pool, seal }: DeskConnection): TransitionStore {
  return {
    state: async (number) => {
      const row = await prisma.ticket.findUnique({ where: { number }, select: { kind: true, status: true } });
      return row === null ? null : { kind: wordOf(TICKET_KINDS, row.kind), status: wordOf(TICKET_STATUSES, row.status) };
    },

    write: async (write, makeIdentifier) => {
      const { number, from, to, completedAt, visit, callsEnd, survey, event, change } = write;
      const done = await inTransaction(pool, async (client) => {
        const { rows: chats } = await client.query<{ id: Identifier }>(LOCK_CONVERSATION, [number]);
        const conversationId = chats[0]?.id ?? null;
        const moved = completedAt === null ? null : timestamp(completedAt);
        const { rows } = await client.query<TicketRow>(MOVE, [number, from, to, moved]);
        const [ticket] = rows;
        if (!ticket) return null;
        await client.query('update conversation set revision = revision + 1 where id = $1', [conversationId]);
        const ended = visit.kind === 'none' ? [] : await endVisits(client, ticket.id, visit.kind);
        const endedIds = ended.map((it) => it.id);
        await client.query(NOBODY_TO_CALL, [ticket.id, timestamp(change.at), endedIds, callsEnd]);
        await writeTicketEvent(client, ticket.id, event, change);
        await writeAudit(client, change);
        if (survey?.kind === 'begin') await beginSurvey(client, ticket.id, survey);
        if (survey?.kind === 'drop') await dropSurvey(client, ticket.id);
        if (visit.kind !== 'called-off') return { told: null };
        await client.query(NOTHING_EARLIER, [ticket.id]);
        if (ended.length === 0) return { told: null };
        const facts = { ticket, number, conversationId, visit, change, makeIdentifier };
        await client.query(ENGINEER_UNTOLD, [endedIds, timestamp(change.at)]);
        await tellEngineers(client, seal, ended, facts);
        await tellCustomer(client, seal, facts);
        return { told: conversationId };
      });
      if (done === null) return { kind: 'moved-on' };
      const record = recordOf(await prisma.ticket.findUniqueOrThrow({ where: { number }, include: WHOLE }), seal);
      return { kind: 'written', record, told: done.told };
    },
  };
}

type TicketRow = {
  readonly id: Identifier;
  readonly appliance: Appliance | null;
  readonly city: string | null;
  readonly district: string | null;
};

/** `numbers`: every ticket of the visit. */
type Ended = {
  readonly id: Identifier;
  readonly engineer_id: Identifier;
  readonly window_from: Date;
  readonly window_to: Date;
  readonly numbers: readonly string[];
};

type Facts = {
  readonly ticket: TicketRow;
  readonly number: string;
  readonly conversationId: Identifier | null;
  readonly visit: Extract<TransitionWrite['visit'], { kind: 'called-off' }>;
  readonly change: Change;
  readonly makeIdentifier: MakeIdentifier;
};

/** In the chat, where the next turn says it; without one somebody phones. */
async function tellCustomer(client: pg.PoolClient, seal: Seal, facts: Facts): Promise<void> {
  const { ticket, number, conversationId, visit, change, makeIdentifier } = facts;
  if (conversationId === null) {
    const notice = visit.words.toCustomer({ number, appliance: ticket.appliance });
    return addTask(client, seal, facts, { engineerId: null, notice, dueAt: visit.callBy, onceKey: `${REASON}:${number}` });
  }
  const body = { kind: 'event', event: 'visit-changed', ticketId: ticket.id } as const;
  await tellConversation(client, seal, conversationId, { id: makeIdentifier(), key: `visit-changed:${number}`, body, at: change.at });
}

/** In good time: before the window begins, or now when it has begun. */
async function tellEngineers(client: pg.PoolClient, seal: Seal, visits: readonly Ended[], facts: Facts): Promise<void> {
  const { ticket, visit, change } = facts;
  const place = `${ticket.city ?? ''}${ticket.district ?? ''}`;
  for (const { id, engineer_id, window_from, window_to, numbers } of visits) {
    const window = { from: instantIn(window_from), to: instantIn(window_to) };
    const notice = visit.words.toEngineer({ numbers, window, place });
    const dueAt = instantOf(Math.max(change.at, Math.min(visit.callBy, window.from)));
    await addTask(client, seal, facts, { engineerId: engineer_id, notice, dueAt, onceKey: `engineer:${id}:cancelled` });
  }
}

const REASON = 'visit-cancelled';

type Task = {
  /** Null is the customer's phone. */
  readonly engineerId: Identifier | null;
  readonly notice: string;
  readonly dueAt: Instant;
  readonly onceKey: string;
};

async function addTask(client: pg.PoolClient, seal: Seal, { ticket, change, makeIdentifier }: Facts, task: Task): Promise<void> {
  const { engineerId, notice, dueAt, onceKey } = task;
  const whom = engineerId === null ? 'customer' : 'engineer';
  const sealed = seal.seal(SEALED.contactNotice, withoutNul(notice));
  const values = [makeIdentifier(), ticket.id, whom, engineerId, REASON, sealed, timestamp(dueAt), onceKey];
  const { rowCount } = await client.query(ADD_TASK, values);
  if (rowCount === 0) return;
  const details = { reason: REASON, whom, dueAt: timestamp(dueAt) };
  await writeTicketEvent(client, ticket.id, 'contact-task-opened', { ...change, details });
}

/** A visit shared with another live ticket still takes place. Rows are locked in id order: two tickets of one visit may end at once. */
async function endVisits(client: pg.PoolClient, ticketId: Identifier, outcome: 'done' | 'called-off'): Promise<readonly Ended[]> {
  await client.query(
    'select from appointment where id in (select appointment_id from appointment_ticket where ticket_id = $1) order by id for no key update',
    [ticketId],
  );
  return (await client.query<Ended>(outcome === 'done' ? VISIT_DONE : VISIT_CANCELLED, [ticketId])).rows;
}

const LOCK_CONVERSATION = `
select c.id from conversation c where c.id = (select conversation_id from ticket where number = $1) for no key update`;

const MOVE = `
update ticket set status = $3, completed_at = $4, revision = revision + 1
where number = $1 and status = $2 returning id, appliance, city, district`;

const ENDED = `
returning a.id, a.engineer_id, a.window_from, a.window_to, array(
  select t.number from appointment_ticket x join ticket t on t.id = x.ticket_id where x.appointment_id = a.id order by t.number) as numbers`;

const VISIT_DONE = `
update appointment a set status = 'done'
where a.status = 'booked' and a.id in (select appointment_id from appointment_ticket where ticket_id = $1)${ENDED}`;

const VISIT_CANCELLED = `
update appointment a set status = 'cancelled'
where a.status = 'booked' and a.id in (select appointment_id from appointment_ticket where ticket_id = $1)
  and not exists (
    select from appointment_ticket o join ticket t on t.id = o.ticket_id
    where o.appointment_id = a.id and t.id <> $1 and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer'))${ENDED}`;

/**
 * Nobody phones a customer about a visit that is over, nor about anything of a ticket that was answered or called off. While
 * the visit stands for another ticket, so do its calls.
 */
const NOBODY_TO_CALL = `
update contact_task k set status = 'done', done_at = $2
where k.status = 'open' and k.whom = 'customer'
  and (k.ticket_id = $1 or k.ticket_id in (select ticket_id from appointment_ticket where appointment_id = any ($3::uuid[])))
  and ($4::boolean or k.reason in (${TELLS_OF_VISIT}))
  and not exists (
    select from appointment_ticket x join appointment a on a.id = x.appointment_id where x.ticket_id = k.ticket_id and a.status = 'booked')`;

/** An engineer who has not heard when the visit is need not: it is off, and that is told. */
const ENGINEER_UNTOLD = `
update contact_task k set status = 'done', done_at = $2
from appointment_ticket x join appointment a on a.id = x.appointment_id
where a.id = any ($1::uuid[]) and k.ticket_id = x.ticket_id and k.engineer_id = a.engineer_id
  and k.status = 'open' and k.reason in ('visit-given', 'visit-moved')`;

const NOTHING_EARLIER = `update waiting_list_entry set status = 'closed' where ticket_id = $1 and status = 'waiting'`;

const ADD_TASK = `
insert into contact_task (id, ticket_id, whom, engineer_id, reason, notice_sealed, due_at, once_key)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (once_key) do nothing`;
