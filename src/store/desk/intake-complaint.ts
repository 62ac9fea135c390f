/**
 * A complaint that staff take down, in one transaction: filed under the next number of its counter, or joined to the open
 * complaint on the same matter. What it weighs is decided inside, when nobody else can file for this caller.
 */
import type pg from 'pg';
import type { ComplaintDecision, ComplaintWrite, WriteComplaint } from '../../desk/intake-complaint.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import { complaintsOf, openComplaintOf } from '../complaint-reading.ts';
import { inTransaction, once, type Statement, timestamp } from '../connection.ts';
import { nextCounted } from '../counted-number.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { callerOf, insertAddress, insertPage, insertTicket, keepCaller, lockRequest } from './intake-rows.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

export function writeComplaintOn({ prisma, pool, seal }: DeskConnection): WriteComplaint {
  return async (write) => {
    const { kind, ticketId } = await inTransaction(pool, (client) => writeAll(client, seal, write));
    return { kind, record: recordOf(await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId }, include: WHOLE }), seal) };
  };
}

type Written = { readonly kind: 'opened' | 'joined'; readonly ticketId: Identifier };

async function writeAll(client: pg.PoolClient, seal: Seal, write: ComplaintWrite): Promise<Written> {
  const { ticket, matter } = write;
  await lockRequest(client, ticket.id);
  const [there] = await once<{ ticketId: Identifier }>(client, STATED, [ticket.id]);
  if (there !== undefined) return { kind: there.ticketId === ticket.id ? 'opened' : 'joined', ticketId: there.ticketId };

  const caller = await callerOf(client, seal, ticket.phone);
  const whose = await once<{ id: Identifier }>(client, WHOSE_MATTER, [caller, matter.aboutTicketId]);
  const customers = whose.map((it) => it.id);
  const read = <Row extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]) => once<Row>(client, statement, values);
  // Who takes it down sees the customer's complaints: unasked none is joined, only one whose number or ticket is named.
  const named = matter.aboutTicketId === null ? null : await openComplaintOf(read, customers, { ...matter, since: AFTER_ALL });
  const earlier = await stillOpen(client, named);
  const decided = write.decide({ earlier, lately: await complaintsOf(read, customers, matter.since) });

  if (earlier === null) await file(client, seal, write, caller, decided);
  else await join(client, write, earlier, decided);
  const ticketId = earlier?.ticketId ?? ticket.id;
  const at = timestamp(ticket.openedAt);
  await client.query(INSERT_STATEMENT, [ticket.id, ticketId, at, seal.seal(SEALED.complaintStatement, write.statement)]);
  for (const page of decided.pages) await insertPage(client, ticketId, page, ticket.openedAt);
  await call(client, ticketId, decided, write);
  return { kind: earlier === null ? 'opened' : 'joined', ticketId };
}

/** No complaint is as late, so that none is found by its class alone. */
const AFTER_ALL = instantOf(Date.UTC(9999, 0));

type Earlier = NonNullable<Awaited<ReturnType<typeof openComplaintOf>>>;

/** Whoever answers it in this very moment comes first: then this is a complaint of its own. */
async function stillOpen(client: pg.PoolClient, earlier: Earlier | null): Promise<Earlier | null> {
  if (earlier === null) return null;
  const rows = await once(client, LOCK_OPEN, [earlier.ticketId]);
  return rows.length === 0 ? null : earlier;
}

async function file(
  client: pg.PoolClient,
  seal: Seal,
  { ticket, complaint, matter, counted, customer, address, change }: ComplaintWrite,
  caller: Identifier | null,
  { priority, gravities, department, answerBy, resolveBy }: ComplaintDecision,
): Promise<void> {
  const number = await nextCounted(client, counted);
  const customerId = await keepCaller(client, seal, caller, customer, ticket.openedAt);
  await insertAddress(client, seal, customerId, address, ticket.openedAt);
  const row = {
    ...ticket,
    number,
    kind: 'complaint',
    status: 'open',
    priority,
    faultCodes: [],
    addressId: address.id,
    dueAt: answerBy,
  } as const;
  await insertTicket(client, seal, row, customerId);
  const { form, category, types, aboutTicketId } = matter;
  const times = [timestamp(answerBy), timestamp(resolveBy)] as const;
  const { wish, purchasedOn } = complaint;
  await client.query(INSERT_CASE, [ticket.id, form, category, types, gravities, wish, department, purchasedOn, aboutTicketId, ...times]);
  if (aboutTicketId !== null) await client.query(RELATE, [ticket.id, aboutTicketId]);
  const facts = { kind: 'complaint', form, status: 'open', priority, channel: ticket.channel, category, department, gravities };
  const details = { ...facts, answerBy: times[0], resolveBy: times[1] };
  await writeTicketEvent(client, ticket.id, 'opened', { ...change, details });
  await writeAudit(client, { ...change, subject: `ticket:${number}` });
}

async function join(
  client: pg.PoolClient,
  { complaint: { wish }, change }: ComplaintWrite,
  { ticketId, number }: Earlier,
  { priority, gravities }: ComplaintDecision,
): Promise<void> {
  await client.query(WEIGHS_MORE, [ticketId, gravities, wish]);
  await client.query('update ticket set priority = $2, revision = revision + 1 where id = $1', [ticketId, priority]);
  await writeTicketEvent(client, ticketId, 'complaint-joined', { ...change, details: { priority, gravities, wish } });
  await writeAudit(client, { ...change, action: 'ticket.join-complaint', subject: `ticket:${number}` });
}

/** One call by a time is enough, however often the customer phones. */
async function call(
  client: pg.PoolClient,
  ticketId: Identifier,
  { call: owed }: ComplaintDecision,
  { change }: ComplaintWrite,
): Promise<void> {
  if (owed === null) return;
  const { id, reason, dueAt } = owed;
  const { rowCount } = await client.query(CALL, [id, ticketId, reason, timestamp(dueAt)]);
  if (rowCount === 0) return;
  await writeTicketEvent(client, ticketId, 'contact-task-opened', { ...change, details: { reason, dueAt: timestamp(dueAt) } });
}

/** The statement has the id of the request. */
const STATED = { name: 'complaint-stated', text: 'select ticket_id as "ticketId" from complaint_statement where id = $1' };

/** Who phones, and whose ticket it is about: number and phone have shown that it is the same person. */
const WHOSE_MATTER = {
  name: 'complaint-whose-matter',
  text: 'select $1::uuid as id where $1::uuid is not null union select customer_id from ticket where id = $2::uuid',
};

const LOCK_OPEN = {
  name: 'complaint-lock-open',
  text: `select id from ticket where id = $1 and status in ('open', 'scheduled', 'in-progress', 'waiting-customer') for no key update`,
};

const INSERT_STATEMENT = 'insert into complaint_statement (id, ticket_id, at, text_sealed) values ($1, $2, $3, $4)';

const INSERT_CASE = `
insert into complaint_case (ticket_id, form, category, types, gravities, wish, department, purchased_on, about_ticket_id, answer_by, resolve_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

const RELATE = `insert into ticket_relation (from_id, to_id, kind) values ($1, $2, 'about')`;

const WEIGHS_MORE = `
update complaint_case c
set gravities = array(select distinct g from unnest(c.gravities || $2::text[]) g order by g), wish = coalesce($3, c.wish)
where c.ticket_id = $1`;

const CALL = `
insert into contact_task (id, ticket_id, reason, due_at)
select $1, $2, $3, $4::timestamptz
where not exists (select from contact_task k where k.ticket_id = $2 and k.whom = 'customer' and k.status = 'open' and k.due_at <= $4::timestamptz)`;
