/** A ticket's transition: status, visit, timeline and audit in one transaction, guarded by the status that was read. */
import type pg from 'pg';
import type { TransitionStore } from '../../desk/transitions.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import { timestamp } from '../connection.ts';
import { type DeskConnection, inTransaction, wordOf, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

/** Transitions over the store. */
export function transitionStore({ prisma, pool, seal }: DeskConnection): TransitionStore {
  return {
    state: async (number) => {
      const row = await prisma.ticket.findUnique({ where: { number }, select: { kind: true, status: true } });
      return row === null ? null : { kind: wordOf(TICKET_KINDS, row.kind), status: wordOf(TICKET_STATUSES, row.status) };
    },

    write: async (write) => {
      const { number, from, to, completedAt, appointment, event, change } = write;
      const written = await inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ id: Identifier }>(MOVE, [
          number,
          from,
          to,
          completedAt === null ? null : timestamp(completedAt),
        ]);
        const [ticket] = rows;
        if (!ticket) return false;
        await endVisits(client, ticket.id, appointment);
        if (to === 'cancelled') await client.query(CALL_OFF, [ticket.id, timestamp(change.at), staffIdOf(change.actor)]);
        await writeTicketEvent(client, ticket.id, event, change);
        await writeAudit(client, change);
        return true;
      });
      if (!written) return { kind: 'moved-on' };
      return { kind: 'written', record: recordOf(await prisma.ticket.findUniqueOrThrow({ where: { number }, include: WHOLE }), seal) };
    },
  };
}

/** A visit shared with another live ticket still takes place. Rows are locked in id order: two tickets of one visit may end at once. */
async function endVisits(client: pg.PoolClient, ticketId: Identifier, outcome: 'done' | 'cancelled'): Promise<void> {
  await client.query(
    'select from appointment where id in (select appointment_id from appointment_ticket where ticket_id = $1) order by id for no key update',
    [ticketId],
  );
  await client.query(outcome === 'done' ? VISIT_DONE : VISIT_CANCELLED, [ticketId]);
}

function staffIdOf(actor: string): string {
  return actor.slice('staff:'.length);
}

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
    where o.appointment_id = a.id and t.id <> $1 and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer'))`;

/** Nobody phones to confirm a visit that was called off. */
const CALL_OFF = `
update contact_task set status = 'done', done_at = $2, done_by = $3
where ticket_id = $1 and status = 'open' and reason = 'confirm-booking'`;
