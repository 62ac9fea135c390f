/**
 * The visit of a ticket as staff arrange it: the old one given up, the new one reserved, its tickets, the calls and the
 * timeline in one transaction. Conversations are locked first, as a bot turn does, then tickets, both in the order of ids;
 * one in flight reads the tickets again.
 */
import type pg from 'pg';
import type { VisitChangeStore, VisitChangeWrite } from '../../desk/visit-change.ts';
import type { TicketToVisit } from '../../desk/visit-openings.ts';
import { APPLIANCES } from '../../domain/appliance.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { isLive } from '../../domain/known-ticket.ts';
import { TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import { EXCLUSION_VIOLATION, inTransaction, PASSING, timestamp } from '../connection.ts';
import { TELLS_OF_VISIT } from '../due/tells-of-visit.ts';
import type { Seal } from '../seal.ts';
import { type DeskConnection, identifierOf, instantIn, wordOf, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { reserveVisit, WindowTaken } from './reserve-visit.ts';
import { recordOf, WHOLE } from './ticket-row.ts';
import { type Before, type TicketOfVisit, tellArrangement, type VisitArranged } from './visit-told.ts';

/** Visits over the store. */
export function visitChangeStore({ prisma, pool, seal }: DeskConnection): VisitChangeStore {
  return {
    read: async (number) => {
      const row = await prisma.ticket.findUnique({ where: { number }, include: VISITED });
      if (row === null) return null;
      const visit = row.appointments[0]?.appointment ?? null;
      const others = visit?.tickets.map((it) => it.ticket).filter((it) => isLive({ status: wordOf(TICKET_STATUSES, it.status) })) ?? [];
      const appliances = [row, ...others].flatMap((it) => (it.appliance === null ? [] : [wordOf(APPLIANCES, it.appliance)]));
      const ticket: TicketToVisit = {
        number: row.number,
        kind: wordOf(TICKET_KINDS, row.kind),
        status: wordOf(TICKET_STATUSES, row.status),
        city: row.city,
        district: row.district,
        appliances: [...new Set(appliances)],
        visit:
          visit === null
            ? null
            : {
                appointmentId: identifierOf(visit.id),
                engineerId: identifierOf(visit.engineerId),
                window: { from: instantIn(visit.windowFrom), to: instantIn(visit.windowTo) },
              },
      };
      return ticket;
    },

    write: async (write, makeIdentifier) => {
      const done = await inTransaction(pool, (client) => arrange(client, seal, write, makeIdentifier), [
        ...PASSING,
        EXCLUSION_VIOLATION,
      ]).catch((error: unknown) => {
        if (error instanceof WindowTaken) return { kind: 'window-taken' } as const;
        throw error;
      });
      if (done.kind !== 'arranged') return done;
      const row = await prisma.ticket.findUniqueOrThrow({ where: { number: write.number }, include: WHOLE });
      return { kind: 'written', record: recordOf(row, seal), told: done.told };
    },
  };
}

const VISITED = {
  appointments: {
    where: { appointment: { status: 'booked' } },
    include: { appointment: { include: { tickets: { include: { ticket: { select: { status: true, appliance: true } } } } } } },
    take: 1,
  },
} as const;

type Arranged = { readonly kind: 'arranged'; readonly told: Identifier | null } | { readonly kind: 'moved-on' };

async function arrange(client: pg.PoolClient, seal: Seal, write: VisitChangeWrite, makeIdentifier: MakeIdentifier): Promise<Arranged> {
  const { number, instead, visit, change } = write;
  await client.query(LOCK_CONVERSATIONS, [number, instead]);
  const { rows: tickets } = await client.query<TicketOfVisit>(LOCK_TICKETS, [number, instead]);
  const ticket = tickets.find((it) => it.number === number);
  if (ticket === undefined) return { kind: 'moved-on' };
  const before = await giveUp(client, number, instead);
  if (before === 'moved-on') return { kind: 'moved-on' };

  const engineerId = await reserveVisit(client, visit);
  const ids = tickets.map((it) => it.id);
  await client.query(BOOKED_FOR, [visit.appointmentId, ids]);
  await client.query(SCHEDULE, [ids, timestamp(visit.window.to)]);
  await client.query('update conversation set revision = revision + 1 where id = any ($1::uuid[])', [
    tickets.flatMap((it) => it.conversation_id ?? []),
  ]);
  await client.query(NOBODY_TO_CALL, [ids, timestamp(change.at)]);
  await client.query(NOTHING_EARLIER, [ids]);
  await timeline(client, tickets, engineerId, write);

  const facts: VisitArranged = { ticket, tickets, engineerId, before, write, makeIdentifier };
  return { kind: 'arranged', told: await tellArrangement(client, seal, facts) };
}

/** Null when there was none to give up. */
async function giveUp(client: pg.PoolClient, number: string, instead: Identifier | null): Promise<Before | null | 'moved-on'> {
  if (instead === null) return (await client.query(HAS_VISIT, [number])).rowCount === 0 ? null : 'moved-on';
  const { rows } = await client.query<{ engineer_id: Identifier; window_from: Date; window_to: Date }>(GIVE_UP, [instead]);
  const [row] = rows;
  if (row === undefined) return 'moved-on';
  return { engineerId: row.engineer_id, window: { from: instantIn(row.window_from), to: instantIn(row.window_to) } };
}

async function timeline(
  client: pg.PoolClient,
  tickets: readonly TicketOfVisit[],
  engineer: Identifier,
  { instead, visit, change }: VisitChangeWrite,
): Promise<void> {
  const window = { from: timestamp(visit.window.from), to: timestamp(visit.window.to) };
  const booked = { ...change.details, ...window, engineer, appointment: visit.appointmentId };
  const [type, details] = instead === null ? ['appointment-booked', booked] : ['appointment-changed', { ...booked, before: instead }];
  for (const { id } of tickets) await writeTicketEvent(client, id, type, { ...change, details });
  await writeAudit(client, { ...change, details });
}

const OF_VISIT = `(t.number = $1 or t.id in (select ticket_id from appointment_ticket where appointment_id = $2::uuid))`;
const LIVE = `t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer')`;

const LOCK_CONVERSATIONS = `
select from conversation c where c.id in (select t.conversation_id from ticket t where ${OF_VISIT} and ${LIVE}) order by c.id for no key update`;

const LOCK_TICKETS = `
select t.id, t.number, t.appliance, t.city, t.district, t.conversation_id from ticket t where ${OF_VISIT} and ${LIVE} order by t.id for no key update`;

const HAS_VISIT = `
select from ticket t join appointment_ticket x on x.ticket_id = t.id join appointment a on a.id = x.appointment_id
where t.number = $1 and a.status = 'booked'`;

const GIVE_UP = `
update appointment set status = 'cancelled' where id = $1 and status = 'booked' returning engineer_id, window_from, window_to`;

const BOOKED_FOR = 'insert into appointment_ticket (appointment_id, ticket_id) select $1::uuid, unnest($2::uuid[])';

const SCHEDULE = `update ticket set status = 'scheduled', due_at = $2, revision = revision + 1 where id = any ($1::uuid[])`;

/** Nobody phones a customer about the visit as it was, or to say that there is none. */
const NOBODY_TO_CALL = `
update contact_task k set status = 'done', done_at = $2
where k.ticket_id = any ($1::uuid[]) and k.status = 'open' and k.whom = 'customer' and k.reason in (${TELLS_OF_VISIT}, 'visit-cancelled')`;

const NOTHING_EARLIER = `update waiting_list_entry set status = 'closed' where ticket_id = any ($1::uuid[]) and status = 'waiting'`;
