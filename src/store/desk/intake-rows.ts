/** The rows every ticket that staff open has: a customer who phones, an address, the ticket, its calls and pages. */
import type pg from 'pg';
import type { FullAddress, PhoneNumber } from '../../domain/contact.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { NewTicket } from '../../turn/ports.ts';
import { once, timestamp } from '../connection.ts';
import { INDEXED, SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';

type Caller = { readonly newId: Identifier; readonly name: string; readonly phone: PhoneNumber };

/** The same request waits for the first of it: its answer got lost, not its effect. Until the transaction ends. */
export async function lockRequest(client: pg.PoolClient, ticketId: Identifier): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [ticketId]);
}

/**
 * Staff-entered phones make customers of their own: nobody with a chat account is ever found by a phone alone. Null when
 * nobody phoned under this number before; nobody else can then until the transaction ends.
 */
export async function callerOf(client: pg.PoolClient, seal: Seal, phone: PhoneNumber): Promise<Identifier | null> {
  const index = seal.blindIndex(INDEXED.phone, phone);
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [index.toString('base64')]);
  const [row] = await once<{ id: Identifier }>(client, PHONE_IN_CUSTOMER, [index]);
  return row?.id ?? null;
}

/** The caller's record with the name they gave now; a new one for who phones the first time. */
export async function keepCaller(
  client: pg.PoolClient,
  seal: Seal,
  known: Identifier | null,
  { newId, name, phone }: Caller,
  at: Instant,
): Promise<Identifier> {
  const nameSealed = seal.seal(SEALED.customerName, name);
  if (known !== null) {
    await client.query('update customer set name_sealed = $2 where id = $1', [known, nameSealed]);
    return known;
  }
  await client.query('insert into customer (id, name_sealed, phone_sealed, phone_index, created_at) values ($1, $2, $3, $4, $5)', [
    newId,
    nameSealed,
    seal.seal(SEALED.customerPhone, phone),
    seal.blindIndex(INDEXED.phone, phone),
    timestamp(at),
  ]);
  return newId;
}

export async function insertAddress(
  client: pg.PoolClient,
  seal: Seal,
  customerId: Identifier,
  { id, province, city, district, detail }: FullAddress & { readonly id: Identifier },
  at: Instant,
): Promise<void> {
  await client.query(
    'insert into address (id, customer_id, province, city, district, detail_sealed, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [id, customerId, province, city, district, seal.seal(SEALED.addressDetail, detail), timestamp(at)],
  );
}

export async function insertTicket(
  client: pg.PoolClient,
  seal: Seal,
  ticket: NewTicket & { readonly phone: PhoneNumber },
  customerId: Identifier,
): Promise<void> {
  const { serial, phone } = ticket;
  await client.query(INSERT_TICKET, [
    ticket.id,
    ticket.number,
    ticket.kind,
    ticket.status,
    ticket.priority,
    ticket.channel,
    ticket.appliance,
    ticket.faultCodes,
    seal.seal(SEALED.ticketDetails, JSON.stringify({ ...ticket.details, serial, phone })),
    serial === null ? null : seal.blindIndex(INDEXED.serial, serial),
    seal.blindIndex(INDEXED.phone, phone),
    ticket.province,
    ticket.city,
    ticket.district,
    customerId,
    ticket.addressId,
    timestamp(ticket.openedAt),
    ticket.dueAt === null ? null : timestamp(ticket.dueAt),
  ]);
}

export async function insertPage(
  client: pg.PoolClient,
  ticketId: Identifier,
  { id, reason, notBefore }: { readonly id: Identifier; readonly reason: string; readonly notBefore: Instant | null },
  at: Instant,
): Promise<void> {
  const values = [id, reason, ticketId, timestamp(at), notBefore === null ? null : timestamp(notBefore)];
  await client.query('insert into page (id, reason, ticket_id, raised_at, next_send_at) values ($1, $2, $3, $4, $5)', values);
}

const PHONE_IN_CUSTOMER = {
  name: 'phone-in-customer',
  text: `
select c.id from customer c
where c.phone_index = $1 and not exists (select from channel_account a where a.customer_id = c.id)
order by c.created_at, c.id limit 1`,
};

const INSERT_TICKET = `
insert into ticket (id, number, kind, status, priority, channel, appliance, fault_codes, details_sealed, serial_index, phone_index,
                    province, city, district, customer_id, address_id, opened_at, due_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;
