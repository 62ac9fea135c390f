/** Tickets as their own customers may see them, and the proof that a ticket is theirs. */
import type { PhoneNumber } from '../domain/contact.ts';
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { KnownTicket, KnownVisit } from '../domain/known-ticket.ts';
import type { Readings } from '../turn/ports.ts';
import { type Connection, query, timestamp } from './connection.ts';
import { INDEXED, SEALED } from './purposes.ts';
import type { Seal } from './seal.ts';

const TICKETS_MAX = 5;
const POSSIBLE_MAX = 3;

type TicketReadings = Pick<Readings, 'ticketsOf' | 'ticketProvedBy' | 'ticketById' | 'ticketOfVisit' | 'wrongProofs' | 'possibleTickets'>;

export function ticketReadingsOn({ pool, seal }: Connection): TicketReadings {
  const known = async (statement: { readonly name: string; readonly text: string }, values: readonly unknown[]) =>
    (await query<Row>(pool, statement, [...values])).map((it) => knownTicketOf(it, seal));
  return {
    ticketsOf: (customerId) => known(OF_CUSTOMER, [customerId]),
    ticketOfVisit: async (appointmentId) => (await known(OF_VISIT, [appointmentId]))[0] ?? null,
    ticketById: async (ticketId) => (await known(BY_ID, [ticketId]))[0] ?? null,
    // One statement, whichever of the two is wrong: neither the answer nor its time tells which.
    ticketProvedBy: async (number, phone) => (await known(PROVED, [number, indexOf(seal, phone)]))[0] ?? null,
    wrongProofs: async ({ accountId, number, phone }, since) => {
      const [row] = await query<Awaited<ReturnType<Readings['wrongProofs']>>>(pool, WRONG_PROOFS, [
        accountId,
        number,
        indexOf(seal, phone),
        timestamp(since),
      ]);
      return row ?? { ofAccount: 0, ofNumber: 0, ofPhone: 0 };
    },
    possibleTickets: async (phone) => (await query<{ number: string }>(pool, POSSIBLE, [indexOf(seal, phone)])).map((it) => it.number),
  };
}

function indexOf(seal: Seal, phone: PhoneNumber): Buffer {
  return seal.blindIndex(INDEXED.phone, phone);
}

type Row = Omit<KnownTicket, 'openedAt' | 'completedAt' | 'callBackBy' | 'lateAnswerBy' | 'visit'> & {
  readonly opened_at: Date;
  readonly completed_at: Date | null;
  readonly call_back_by: Date | null;
  readonly late_answer_by: Date | null;
} & (
    | { readonly appointment_id: null }
    | {
        readonly appointment_id: Identifier;
        readonly engineer_id: Identifier;
        readonly engineer_name: string;
        readonly engineer_phone: Buffer;
        readonly window_from: Date;
        readonly window_to: Date;
        readonly visit_tickets: KnownVisit['tickets'];
      }
  );

function knownTicketOf(row: Row, seal: Seal): KnownTicket {
  const { id, number, kind, status, priority, appliance, city, district } = row;
  const visit: KnownVisit | null =
    row.appointment_id === null
      ? null
      : {
          appointmentId: row.appointment_id,
          engineer: { id: row.engineer_id, name: row.engineer_name, phone: seal.open(SEALED.engineerPhone, row.engineer_phone) },
          window: { from: instantOf(row.window_from.getTime()), to: instantOf(row.window_to.getTime()) },
          tickets: row.visit_tickets,
        };
  return {
    id,
    number,
    kind,
    status,
    priority,
    appliance,
    city,
    district,
    openedAt: instantOf(row.opened_at.getTime()),
    completedAt: row.completed_at === null ? null : instantOf(row.completed_at.getTime()),
    visit,
    callBackBy: row.call_back_by === null ? null : instantOf(row.call_back_by.getTime()),
    lateAnswerBy: row.late_answer_by === null ? null : instantOf(row.late_answer_by.getTime()),
  };
}

const LIVE = `t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer')`;

const KNOWN = `
select t.id, t.number, t.kind, t.status, t.priority, t.appliance, t.city, t.district, t.opened_at, t.completed_at, k.call_back_by, k.late_answer_by,
       p.appointment_id, p.engineer_id, p.engineer_name, p.engineer_phone, p.window_from, p.window_to, p.visit_tickets
from ticket t
left join lateral (
  select a.id as appointment_id, e.id as engineer_id, e.name as engineer_name, e.phone_sealed as engineer_phone, a.window_from, a.window_to,
         (select json_agg(json_build_object('id', v.id, 'number', v.number, 'appliance', v.appliance) order by v.number)
          from appointment_ticket y join ticket v on v.id = y.ticket_id
          where y.appointment_id = a.id and ${LIVE.replace('t.', 'v.')}) as visit_tickets
  from appointment_ticket x join appointment a on a.id = x.appointment_id join engineer e on e.id = a.engineer_id
  where x.ticket_id = t.id and a.status = 'booked' and ${LIVE} order by a.window_from desc limit 1
) p on true
left join lateral (
  select max(due_at) filter (where reason <> 'engineer-late') as call_back_by, max(due_at) filter (where reason = 'engineer-late') as late_answer_by
  from contact_task where ticket_id = t.id and status = 'open' and whom = 'customer'
) k on true`;

const OF_CUSTOMER = {
  name: 'tickets-of-customer',
  text: `${KNOWN} where t.customer_id = $1 order by (${LIVE}) desc, t.opened_at desc, t.id desc limit ${TICKETS_MAX}`,
};
const OF_VISIT = {
  name: 'ticket-of-visit',
  text: `${KNOWN} where p.appointment_id = $1 and t.id in (select ticket_id from appointment_ticket where appointment_id = $1) order by t.number limit 1`,
};
const BY_ID = { name: 'ticket-by-id', text: `${KNOWN} where t.id = $1` };
const PROVED = { name: 'ticket-proved', text: `${KNOWN} where t.number = $1 and t.phone_index = $2` };

const WRONG_PROOFS = {
  name: 'wrong-proofs',
  text: `
select (select count(*)::int from wrong_proof where account_id = $1 and at >= $4::timestamptz) as "ofAccount",
       (select count(*)::int from wrong_proof where number = $2 and at >= $4::timestamptz) as "ofNumber",
       (select count(*)::int from wrong_proof where phone_index = $3 and at >= $4::timestamptz) as "ofPhone"`,
};

const POSSIBLE = {
  name: 'possible-tickets',
  text: `select t.number from ticket t where t.phone_index = $1 and ${LIVE} order by t.opened_at desc, t.id desc limit ${POSSIBLE_MAX}`,
};
