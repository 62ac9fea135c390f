/**
 * A ticket opened by staff: customer, address, visit, ticket, timeline, call and audit in one transaction. The database
 * decides who gets the window (EXCLUDE); the engineers are tried one after the other, and when none is left nothing is
 * written.
 */
import type pg from 'pg';
import type { IntakeWrite, WriteIntake } from '../../desk/intake.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { PlainDetails } from '../../turn/ports.ts';
import { EXCLUSION_VIOLATION, inTransaction, PASSING, timestamp } from '../connection.ts';
import { nextCounted } from '../counted-number.ts';
import { INDEXED, SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

/** Intake over the store. */
export function writeIntakeOn({ prisma, pool, seal }: DeskConnection): WriteIntake {
  return async (write) => {
    const outcome = await inTransaction(pool, (client) => writeAll(client, seal, write), [...PASSING, EXCLUSION_VIOLATION]).catch(
      (error: unknown) => {
        if (error instanceof WindowTaken) return 'window-taken' as const;
        throw error;
      },
    );
    if (outcome === 'window-taken') return { kind: 'window-taken' };
    return {
      kind: 'opened',
      record: recordOf(await prisma.ticket.findUniqueOrThrow({ where: { id: write.ticket.id }, include: WHOLE }), seal),
    };
  };
}

/** Thrown to undo the transaction; never leaves this file. */
class WindowTaken extends Error {}

async function writeAll(client: pg.PoolClient, seal: Seal, write: IntakeWrite): Promise<'opened' | 'there'> {
  const { ticket, visit, contactTask, page, change } = write;
  // The same request before: its answer got lost, not its effect. The lock keeps two of them from passing together.
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [ticket.id]);
  if ((await client.query('select from ticket where id = $1', [ticket.id])).rowCount === 1) return 'there';

  const engineerId = visit === null ? null : await reserve(client, visit);
  const customerId = await customerFor(client, seal, write);
  const { address } = write;
  await client.query(
    'insert into address (id, customer_id, province, city, district, detail_sealed, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      address.id,
      customerId,
      address.province,
      address.city,
      address.district,
      seal.seal(SEALED.addressDetail, address.detail),
      timestamp(ticket.openedAt),
    ],
  );
  const number = ticket.number.kind === 'taken' ? ticket.number.number : await nextCounted(client, ticket.number);
  await client.query(INSERT_TICKET, [
    ticket.id,
    number,
    ticket.kind,
    ticket.status,
    ticket.priority,
    ticket.channel,
    ticket.appliance,
    ticket.faultCodes,
    seal.seal(SEALED.ticketDetails, JSON.stringify({ ...ticket.details, serial: null, phone: ticket.phone })),
    seal.blindIndex(INDEXED.phone, ticket.phone),
    ticket.province,
    ticket.city,
    ticket.district,
    customerId,
    address.id,
    timestamp(ticket.openedAt),
    ticket.dueAt === null ? null : timestamp(ticket.dueAt),
  ]);
  if (visit !== null)
    await client.query('insert into appointment_ticket (appointment_id, ticket_id) values ($1, $2)', [visit.appointmentId, ticket.id]);
  await client.query('insert into contact_task (id, ticket_id, reason, due_at) values ($1, $2, $3, $4)', [
    contactTask.id,
    ticket.id,
    contactTask.reason,
    timestamp(contactTask.dueAt),
  ]);
  if (page !== null)
    await client.query('insert into page (id, reason, ticket_id, raised_at) values ($1, $2, $3, $4)', [
      page.id,
      page.reason,
      ticket.id,
      timestamp(ticket.openedAt),
    ]);

  const happened = (type: string, details: PlainDetails) => writeTicketEvent(client, ticket.id, type, { ...change, details });
  await happened('opened', { kind: ticket.kind, status: ticket.status, priority: ticket.priority, channel: ticket.channel });
  if (visit !== null) {
    const window = { from: timestamp(visit.window.from), to: timestamp(visit.window.to) };
    await happened('appointment-booked', { engineer: engineerId, ...window, appointment: visit.appointmentId });
  }
  await happened('contact-task-opened', { reason: contactTask.reason, dueAt: timestamp(contactTask.dueAt) });
  await writeAudit(client, { ...change, subject: `ticket:${number}` });
  return 'opened';
}

/** The first engineer the constraint lets have the window. An expired hold is still a row it counts, so those go first. */
async function reserve(client: pg.PoolClient, visit: NonNullable<IntakeWrite['visit']>): Promise<Identifier> {
  const { appointmentId, window, travelEndsAt, confirmedAt } = visit;
  const span = [timestamp(window.from), timestamp(window.to), timestamp(travelEndsAt)];
  for (const engineerId of visit.engineerIds) {
    await client.query(FREE_EXPIRED_HOLDS, [engineerId, span[0], span[2], timestamp(confirmedAt)]);
    const { rowCount } = await client.query(RESERVE, [appointmentId, engineerId, ...span, timestamp(confirmedAt)]);
    if (rowCount === 1) return engineerId;
  }
  throw new WindowTaken();
}

/** Staff-entered phones make customers of their own: nobody with a chat account is ever found by a phone alone. */
async function customerFor(client: pg.PoolClient, seal: Seal, { customer, ticket }: IntakeWrite): Promise<Identifier> {
  const index = seal.blindIndex(INDEXED.phone, customer.phone);
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [index.toString('base64')]);
  const { rows } = await client.query<{ id: Identifier }>(PHONE_IN_CUSTOMER, [index]);
  const name = seal.seal(SEALED.customerName, customer.name);
  if (rows[0]) {
    await client.query('update customer set name_sealed = $2 where id = $1', [rows[0].id, name]);
    return rows[0].id;
  }
  const phone = seal.seal(SEALED.customerPhone, customer.phone);
  await client.query('insert into customer (id, name_sealed, phone_sealed, phone_index, created_at) values ($1, $2, $3, $4, $5)', [
    customer.newId,
    name,
    phone,
    index,
    timestamp(ticket.openedAt),
  ]);
  return customer.newId;
}

const FREE_EXPIRED_HOLDS = `
update appointment set status = 'cancelled'
where engineer_id = $1 and tstzrange(starts_at, ends_at) && tstzrange($2, $3) and status = 'held' and held_until <= $4`;

const RESERVE = `
insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, confirmed_at, created_at)
values ($1, $2, $3::timestamptz, $4, $3::timestamptz, $5, 'booked', $6::timestamptz, $6::timestamptz) on conflict do nothing`;

const PHONE_IN_CUSTOMER = `
select c.id from customer c
where c.phone_index = $1 and not exists (select from channel_account a where a.customer_id = c.id)
order by c.created_at, c.id limit 1`;

const INSERT_TICKET = `
insert into ticket (id, number, kind, status, priority, channel, appliance, fault_codes, details_sealed, phone_index,
                    province, city, district, customer_id, address_id, opened_at, due_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`;
