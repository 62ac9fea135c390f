/**
 * What becomes of the visits of two tickets that are made one: the one of the ticket that is kept stands, else the
 * duplicate's goes on under its number. A visit that others share takes place for them in any case.
 */
import type pg from 'pg';
import type { KeptVisit, MergeWrite } from '../../desk/merge.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Priority, TicketKind, TicketStatus } from '../../domain/ticket.ts';
import { timestamp } from '../connection.ts';
import { openContactTask } from '../due/contact-task.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { instantIn, writeTicketEvent } from './desk-connection.ts';

export type MergedTicket = {
  readonly id: Identifier;
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly city: string | null;
  readonly district: string | null;
  readonly customer_id: Identifier;
  readonly conversation_id: Identifier | null;
};

type Merging = {
  readonly keep: MergedTicket;
  readonly drop: MergedTicket;
  /** Live tickets that share the duplicate's visit. */
  readonly others: readonly MergedTicket[];
  readonly write: MergeWrite;
  readonly makeIdentifier: MakeIdentifier;
};

type MergedVisits = {
  /** The booked visit of the ticket that is kept. */
  readonly visit: KeptVisit | null;
  /** Who goes on hearing of the duplicate's visit by calls that tell of it; null: nobody, for it is off, or told anew. */
  readonly heardBy: Identifier | null;
};

export async function mergeVisits(client: pg.PoolClient, seal: Seal, merging: Merging): Promise<MergedVisits> {
  const { keep, drop, others } = merging;
  const { rows } = await client.query<Booked>(BOOKED, [[keep.id, drop.id]]);
  const of = (ticket: MergedTicket) => rows.find((it) => it.ticket_id === ticket.id);
  const [kept, duplicate] = [of(keep), of(drop)];
  const visit = visitOf(kept ?? duplicate, seal);
  if (duplicate === undefined) return { visit, heardBy: null };
  const isShared = kept?.id === duplicate.id;
  const goesOnWith = kept === undefined || isShared ? keep.id : (others[0]?.id ?? null);
  if (kept === undefined) await renew(client, duplicate, merging);
  if (goesOnWith === null) await callOff(client, seal, duplicate, merging);
  else await client.query(ENGINEER_TO_HEAR, [drop.id, goesOnWith, duplicate.engineer_id]);
  return { visit, heardBy: kept === undefined ? null : goesOnWith };
}

type Booked = {
  readonly id: Identifier;
  readonly ticket_id: Identifier;
  readonly engineer_id: Identifier;
  readonly name: string;
  readonly phone_sealed: Buffer;
  readonly window_from: Date;
  readonly window_to: Date;
};

function visitOf(booked: Booked | undefined, seal: Seal): KeptVisit | null {
  if (booked === undefined) return null;
  const { name, phone_sealed, window_from, window_to } = booked;
  return {
    window: { from: instantIn(window_from), to: instantIn(window_to) },
    engineer: { name, phone: seal.open(SEALED.engineerPhone, phone_sealed) },
  };
}

/** At the same time with the same engineer, and yet another row: whoever has read the old one in another chat must read again. */
async function renew(client: pg.PoolClient, { id: before, ...visit }: Booked, { keep, others, write, makeIdentifier }: Merging) {
  const id = makeIdentifier();
  await client.query(GIVE_UP, [before]);
  await client.query(RENEW, [id, before, timestamp(write.change.at)]);
  await client.query(BOOKED_FOR, [id, [keep.id, ...others.map((it) => it.id)]]);
  await client.query(SCHEDULE, [keep.id, visit.window_to]);
  const window = { from: visit.window_from.toISOString(), to: visit.window_to.toISOString() };
  const details = { engineer: visit.engineer_id, ...window, appointment: id, before };
  await writeTicketEvent(client, keep.id, 'appointment-booked', { ...write.change, details });
  for (const other of others) await writeTicketEvent(client, other.id, 'appointment-renewed', { ...write.change, details });
}

async function callOff(client: pg.PoolClient, seal: Seal, visit: Booked, { drop, write, makeIdentifier }: Merging): Promise<void> {
  const { change, callBy, off } = write;
  await client.query(GIVE_UP, [visit.id]);
  await client.query(ENGINEER_UNTOLD, [drop.id, visit.engineer_id, timestamp(change.at)]);
  const window = { from: instantIn(visit.window_from), to: instantIn(visit.window_to) };
  const notice = off({ numbers: [drop.number], window, place: `${drop.city ?? ''}${drop.district ?? ''}` });
  const task = {
    id: makeIdentifier(),
    ticketId: drop.id,
    whom: { kind: 'engineer', engineerId: visit.engineer_id },
    reason: 'visit-cancelled',
    notice,
    dueAt: instantOf(Math.max(change.at, Math.min(callBy, window.from))),
    onceKey: `engineer:${visit.id}:cancelled`,
  } as const;
  await openContactTask(client, seal, task, change.at, change.actor);
}

const BOOKED = `
select a.id, x.ticket_id, a.engineer_id, e.name, e.phone_sealed, a.window_from, a.window_to
from appointment_ticket x join appointment a on a.id = x.appointment_id join engineer e on e.id = a.engineer_id
where x.ticket_id = any ($1::uuid[]) and a.status = 'booked' order by a.id for no key update of a`;

const GIVE_UP = `update appointment set status = 'cancelled' where id = $1`;

const RENEW = `
insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, confirmed_at, reminded, created_at)
select $1::uuid, engineer_id, window_from, window_to, starts_at, ends_at, 'booked', confirmed_at, reminded, $3::timestamptz
from appointment where id = $2`;

const BOOKED_FOR = 'insert into appointment_ticket (appointment_id, ticket_id) select $1::uuid, unnest($2::uuid[])';

const SCHEDULE = `update ticket set status = 'scheduled', due_at = $2, revision = revision + 1 where id = $1`;

/** What an engineer has yet to hear of the visit hangs on a ticket of it. */
const ENGINEER_TO_HEAR = `
update contact_task set ticket_id = $2
where ticket_id = $1 and engineer_id = $3 and status = 'open' and reason in ('visit-given', 'visit-moved')`;

/** An engineer who has not heard when the visit is need not: it is off, and that is told. */
const ENGINEER_UNTOLD = `
update contact_task set status = 'done', done_at = $3
where ticket_id = $1 and engineer_id = $2 and status = 'open' and reason in ('visit-given', 'visit-moved')`;
