/**
 * A ticket opened by staff: customer, address, visit, ticket, timeline, call and audit in one transaction. The database
 * decides who gets the window (EXCLUDE); the engineers are tried one after the other, and when none is left nothing is
 * written.
 */
import type pg from 'pg';
import type { IntakeWrite, WriteIntake } from '../../desk/intake.ts';
import type { PlainDetails } from '../../turn/ports.ts';
import { EXCLUSION_VIOLATION, inTransaction, PASSING, timestamp } from '../connection.ts';
import type { Seal } from '../seal.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { callerOf, insertAddress, insertPage, insertTicket, keepCaller, lockRequest } from './intake-rows.ts';
import { reserveVisit, WindowTaken } from './reserve-visit.ts';
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

async function writeAll(client: pg.PoolClient, seal: Seal, write: IntakeWrite): Promise<'opened' | 'there'> {
  const { ticket, visit, contactTask, page, customer, address, change } = write;
  const at = ticket.openedAt;
  await lockRequest(client, ticket.id);
  if ((await client.query('select from ticket where id = $1', [ticket.id])).rowCount === 1) return 'there';

  const engineerId = visit === null ? null : await reserveVisit(client, visit);
  const customerId = await keepCaller(client, seal, await callerOf(client, seal, customer.phone), customer, at);
  await insertAddress(client, seal, customerId, address, at);
  await insertTicket(client, seal, { ...ticket, addressId: address.id }, customerId);
  if (visit !== null)
    await client.query('insert into appointment_ticket (appointment_id, ticket_id) values ($1, $2)', [visit.appointmentId, ticket.id]);
  await client.query('insert into contact_task (id, ticket_id, reason, due_at) values ($1, $2, $3, $4)', [
    contactTask.id,
    ticket.id,
    contactTask.reason,
    timestamp(contactTask.dueAt),
  ]);
  if (page !== null) await insertPage(client, ticket.id, { ...page, notBefore: null }, at);

  const happened = (type: string, details: PlainDetails) => writeTicketEvent(client, ticket.id, type, { ...change, details });
  await happened('opened', { kind: ticket.kind, status: ticket.status, priority: ticket.priority, channel: ticket.channel });
  if (visit !== null) {
    const window = { from: timestamp(visit.window.from), to: timestamp(visit.window.to) };
    await happened('appointment-booked', { engineer: engineerId, ...window, appointment: visit.appointmentId });
  }
  await happened('contact-task-opened', { reason: contactTask.reason, dueAt: timestamp(contactTask.dueAt) });
  await writeAudit(client, { ...change, subject: `ticket:${ticket.number}` });
  return 'opened';
}
