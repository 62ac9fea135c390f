/**
 * Two tickets made one, in one transaction: conversations are locked first, as a bot turn does, then the tickets, both in the
 * order of ids, and only then is it decided whether they may. So two merges at once, or a merge and a turn, leave one truth.
 */
import type pg from 'pg';
import type { KeptVisit, MergeWrite, WriteMerge } from '../../desk/merge.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { isLive } from '../../domain/known-ticket.ts';
import { PRIORITIES, type Priority } from '../../domain/ticket.ts';
import { inTransaction } from '../connection.ts';
import { openContactTask } from '../due/contact-task.ts';
import type { Seal } from '../seal.ts';
import { tellConversation } from './conversation-event.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { carryOver } from './merge-belongings.ts';
import { type MergedTicket, mergeVisits } from './merge-visit.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

export function writeMergeOn({ prisma, pool, seal }: DeskConnection): WriteMerge {
  return async (write, makeIdentifier) => {
    const done = await inTransaction(pool, (client) => merge(client, seal, write, makeIdentifier));
    if (done.kind !== 'written') return done;
    const row = await prisma.ticket.findUniqueOrThrow({ where: { number: write.keep }, include: WHOLE });
    return { kind: 'merged', record: recordOf(row, seal), told: done.told };
  };
}

type Done = { readonly kind: 'written'; readonly told: Identifier | null } | Refused;
type Refused = Exclude<Awaited<ReturnType<WriteMerge>>, { kind: 'merged' }>;

async function merge(client: pg.PoolClient, seal: Seal, write: MergeWrite, makeIdentifier: MakeIdentifier): Promise<Done> {
  await client.query(LOCK_CONVERSATIONS, [write.keep, write.drop]);
  const { rows } = await client.query<MergedTicket>(LOCK_TICKETS, [write.keep, write.drop]);
  const found = (number: string) => rows.find((it) => it.number === number);
  const [keep, drop] = [found(write.keep), found(write.drop)];
  if (keep === undefined) return { kind: 'no-such-ticket', number: write.keep };
  if (drop === undefined) return { kind: 'no-such-ticket', number: write.drop };
  const no = whyNot(keep, drop);
  if (no !== null) return no;

  const { change } = write;
  await client.query(END_DUPLICATE, [drop.id]);
  await client.query(GRAVER, [keep.id, graverOf(keep.priority, drop.priority)]);
  await client.query(RELATE, [drop.id, keep.id]);
  await client.query('update conversation set revision = revision + 1 where id = any ($1::uuid[])', [
    rows.flatMap((it) => it.conversation_id ?? []),
  ]);
  await writeTicketEvent(client, keep.id, 'merged', { ...change, details: { number: drop.number } });
  const into = { number: keep.number, from: drop.status, status: 'cancelled' };
  await writeTicketEvent(client, drop.id, 'merged-into', { ...change, details: into });
  await writeAudit(client, change);

  const others = rows.filter((it) => it.id !== keep.id && it.id !== drop.id && isLive(it));
  const { visit, heardBy } = await mergeVisits(client, seal, { keep, drop, others, write, makeIdentifier });
  await carryOver(client, { keepId: keep.id, dropId: drop.id, heardBy, at: change.at });
  return { kind: 'written', told: await tellCustomer(client, seal, keep, drop, visit, write, makeIdentifier) };
}

function whyNot(keep: MergedTicket, drop: MergedTicket): Refused | null {
  if (keep.customer_id !== drop.customer_id) return { kind: 'other-customer' };
  for (const { number, status } of [keep, drop]) if (!isLive({ status })) return { kind: 'ticket-over', number, status };
  if (keep.kind === 'complaint' || drop.kind === 'complaint') return { kind: 'complaint' };
  return keep.kind === drop.kind ? null : { kind: 'other-kind' };
}

function graverOf(one: Priority, other: Priority): Priority {
  return PRIORITIES.indexOf(one) < PRIORITIES.indexOf(other) ? one : other;
}

/** Where they know the duplicate from; without any chat somebody phones. */
async function tellCustomer(
  client: pg.PoolClient,
  seal: Seal,
  keep: MergedTicket,
  drop: MergedTicket,
  visit: KeptVisit | null,
  { callBy, notice, change }: MergeWrite,
  makeIdentifier: MakeIdentifier,
): Promise<Identifier | null> {
  const conversationId = drop.conversation_id ?? keep.conversation_id;
  const key = `ticket-merged:${drop.number}`;
  if (conversationId === null) {
    const whom = { kind: 'customer' } as const;
    const task = { id: makeIdentifier(), ticketId: keep.id, whom, reason: 'change', notice: notice(visit), dueAt: callBy, onceKey: null };
    await openContactTask(client, seal, task, change.at, change.actor);
    return null;
  }
  const body = { kind: 'event', event: 'ticket-merged', keptId: keep.id, duplicateId: drop.id } as const;
  await tellConversation(client, seal, conversationId, { id: makeIdentifier(), key, body, at: change.at });
  return conversationId;
}

/** Both, and whatever shares a visit with the duplicate. */
const CONCERNED = `
(t.number in ($1, $2) or t.id in (
  select y.ticket_id from ticket d join appointment_ticket x on x.ticket_id = d.id join appointment a on a.id = x.appointment_id
  join appointment_ticket y on y.appointment_id = a.id where d.number = $2 and a.status = 'booked'))`;

const LOCK_CONVERSATIONS = `
select from conversation c where c.id in (select t.conversation_id from ticket t where ${CONCERNED}) order by c.id for no key update`;

const LOCK_TICKETS = `
select t.id, t.number, t.kind, t.status, t.priority, t.city, t.district, t.customer_id, t.conversation_id
from ticket t where ${CONCERNED} order by t.id for no key update`;

const END_DUPLICATE = `update ticket set status = 'cancelled', due_at = null, revision = revision + 1 where id = $1`;

const GRAVER = 'update ticket set priority = $2, revision = revision + 1 where id = $1';

const RELATE = `
insert into ticket_relation (from_id, to_id, kind) values ($1, $2, 'duplicate-of')
on conflict (from_id, to_id) do update set kind = excluded.kind`;
