/**
 * A ticket's transition: status, visit, timeline, audit and who has to hear of it in one transaction, guarded by the
 * status that was read. The conversation is locked first, as a bot turn does; one in flight reads the ticket again.
 */
import type pg from 'pg';
import type { Change } from '../../desk/change.ts';
import type { TransitionStore } from '../../desk/transitions.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import { timestamp } from '../connection.ts';
import type { Seal } from '../seal.ts';
import { tellConversation } from './conversation-event.ts';
import { type DeskConnection, inTransaction, wordOf, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

/** Transitions over the store. */
export function transitionStore({ prisma, pool, seal }: DeskConnection): TransitionStore {
  return {
    state: async (number) => {
      const row = await prisma.ticket.findUnique({ where: { number }, select: { kind: true, status: true } });
      return row === null ? null : { kind: wordOf(TICKET_KINDS, row.kind), status: wordOf(TICKET_STATUSES, row.status) };
    },

    write: async (write, makeIdentifier) => {
      const { number, from, to, completedAt, visit, event, change } = write;
      const done = await inTransaction(pool, async (client) => {
        const { rows: chats } = await client.query<{ id: Identifier }>(LOCK_CONVERSATION, [number]);
        const conversationId = chats[0]?.id ?? null;
        const moved = completedAt === null ? null : timestamp(completedAt);
        const { rows } = await client.query<{ id: Identifier }>(MOVE, [number, from, to, moved]);
        const [ticket] = rows;
        if (!ticket) return null;
        await client.query('update conversation set revision = revision + 1 where id = $1', [conversationId]);
        const calledOff = await endVisits(client, ticket.id, visit.kind);
        await writeTicketEvent(client, ticket.id, event, change);
        await writeAudit(client, change);
        if (visit.kind === 'done') return { told: null };
        await client.query(NOBODY_TO_CONFIRM, [ticket.id, timestamp(change.at), staffIdOf(change.actor)]);
        await client.query(NOTHING_EARLIER, [ticket.id]);
        if (calledOff.length === 0) return { told: null };
        const facts = { ticketId: ticket.id, number, conversationId, callBy: visit.callBy, change, makeIdentifier };
        await tellEngineers(client, calledOff, facts);
        await tellCustomer(client, seal, facts);
        return { told: conversationId };
      });
      if (done === null) return { kind: 'moved-on' };
      const record = recordOf(await prisma.ticket.findUniqueOrThrow({ where: { number }, include: WHOLE }), seal);
      return { kind: 'written', record, told: done.told };
    },
  };
}

type CalledOff = { readonly id: Identifier; readonly engineer_id: Identifier; readonly window_from: Date };

type Facts = {
  readonly ticketId: Identifier;
  readonly number: string;
  readonly conversationId: Identifier | null;
  readonly callBy: Instant;
  readonly change: Change;
  readonly makeIdentifier: MakeIdentifier;
};

/** In the chat, where the next turn says it; without one somebody phones. */
async function tellCustomer(client: pg.PoolClient, seal: Seal, facts: Facts): Promise<void> {
  const { ticketId, number, conversationId, callBy, change, makeIdentifier } = facts;
  if (conversationId === null) return addTask(client, facts, { engineerId: null, dueAt: callBy, onceKey: `${REASON}:${number}` });
  const body = { kind: 'event', event: 'visit-changed', ticketId } as const;
  await tellConversation(client, seal, conversationId, { id: makeIdentifier(), key: `visit-changed:${number}`, body, at: change.at });
}

/** In good time: before the window begins, or now when it has begun. */
async function tellEngineers(client: pg.PoolClient, visits: readonly CalledOff[], facts: Facts): Promise<void> {
  for (const visit of visits) {
    const dueAt = instantOf(Math.max(facts.change.at, Math.min(facts.callBy, visit.window_from.getTime())));
    await addTask(client, facts, { engineerId: visit.engineer_id, dueAt, onceKey: `engineer:${visit.id}:cancelled` });
  }
}

const REASON = 'visit-cancelled';

/** Null is the customer's phone. The text of the notice is not the desk's to write: the reason says it all. */
async function addTask(
  client: pg.PoolClient,
  { ticketId, change, makeIdentifier }: Facts,
  { engineerId, dueAt, onceKey }: { readonly engineerId: Identifier | null; readonly dueAt: Instant; readonly onceKey: string },
): Promise<void> {
  const whom = engineerId === null ? 'customer' : 'engineer';
  const values = [makeIdentifier(), ticketId, whom, engineerId, REASON, timestamp(dueAt), onceKey];
  const { rowCount } = await client.query(ADD_TASK, values);
  if (rowCount === 0) return;
  const details = { reason: REASON, whom, dueAt: timestamp(dueAt) };
  await writeTicketEvent(client, ticketId, 'contact-task-opened', { ...change, details });
}

/** A visit shared with another live ticket still takes place. Rows are locked in id order: two tickets of one visit may end at once. */
async function endVisits(client: pg.PoolClient, ticketId: Identifier, outcome: 'done' | 'called-off'): Promise<readonly CalledOff[]> {
  await client.query(
    'select from appointment where id in (select appointment_id from appointment_ticket where ticket_id = $1) order by id for no key update',
    [ticketId],
  );
  if (outcome === 'called-off') return (await client.query<CalledOff>(VISIT_CANCELLED, [ticketId])).rows;
  await client.query(VISIT_DONE, [ticketId]);
  return [];
}

function staffIdOf(actor: string): string {
  return actor.slice('staff:'.length);
}

const LOCK_CONVERSATION = `
select c.id from conversation c where c.id = (select conversation_id from ticket where number = $1) for no key update`;

const MOVE = `
update ticket set status = $3, completed_at = $4, revision = revision + 1
where number = $1 and status = $2 returning id`;

const VISIT_DONE = `
update appointment set status = 'done'
where status = 'booked' and id in (select appointment_id from appointment_ticket where ticket_id = $1)`;

const VISIT_CANCELLED = `
update appointment a set status = 'cancelled'
where a.status = 'booked' and a.id in (select appointment_id from appointment_ticket where ticket_id = $1)
  and not exists (
    select from appointment_ticket o join ticket t on t.id = o.ticket_id
    where o.appointment_id = a.id and t.id <> $1 and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer'))
returning a.id, a.engineer_id, a.window_from`;

/** Nobody phones to confirm a visit that was called off. */
const NOBODY_TO_CONFIRM = `
update contact_task set status = 'done', done_at = $2, done_by = $3
where ticket_id = $1 and status = 'open' and reason = 'confirm-booking'`;

const NOTHING_EARLIER = `update waiting_list_entry set status = 'closed' where ticket_id = $1 and status = 'waiting'`;

const ADD_TASK = `
insert into contact_task (id, ticket_id, whom, engineer_id, reason, due_at, once_key) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (once_key) do nothing`;
