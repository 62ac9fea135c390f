/** Who hears of a visit that staff arranged: the customer in their chat or on the phone, and every engineer whose day it changes. */
import type pg from 'pg';
import type { VisitChangeWrite } from '../../desk/visit-change.ts';
import type { VisitChange } from '../../desk/visit-words.ts';
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { VisitWindow } from '../../domain/visit-window.ts';
import { timestamp } from '../connection.ts';
import { openContactTask } from '../due/contact-task.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { tellConversation } from './conversation-event.ts';

export type TicketOfVisit = {
  readonly id: Identifier;
  readonly number: string;
  readonly appliance: Appliance | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly conversation_id: Identifier | null;
};

export type Before = { readonly engineerId: Identifier; readonly window: VisitWindow };

export type VisitArranged = {
  readonly ticket: TicketOfVisit;
  /** Every ticket of the visit. */
  readonly tickets: readonly TicketOfVisit[];
  readonly engineerId: Identifier;
  readonly before: Before | null;
  readonly write: VisitChangeWrite;
  readonly makeIdentifier: MakeIdentifier;
};

/** Inside the transaction that arranges it. The conversation that is told, null when none is. */
export async function tellArrangement(client: pg.PoolClient, seal: Seal, facts: VisitArranged): Promise<Identifier | null> {
  await tellEngineers(client, seal, facts);
  return await tellCustomer(client, seal, facts);
}

/** In the chat, where the next turn says it; without one somebody phones. */
async function tellCustomer(client: pg.PoolClient, seal: Seal, facts: VisitArranged): Promise<Identifier | null> {
  const { ticket, tickets, engineerId, write, makeIdentifier } = facts;
  const { visit, change, words, callBy } = write;
  const what = changeOf(facts);
  const conversationId = ticket.conversation_id ?? tickets.find((it) => it.conversation_id !== null)?.conversation_id ?? null;
  const key = `visit-arranged:${visit.appointmentId}`;
  if (conversationId !== null) {
    const body = {
      kind: 'event',
      event: 'visit-arranged',
      ticketId: ticket.id,
      appointmentId: visit.appointmentId,
      change: what,
    } as const;
    await tellConversation(client, seal, conversationId, { id: makeIdentifier(), key, body, at: change.at });
    return conversationId;
  }
  const engineer = await engineerOf(client, seal, engineerId);
  const appliances = tickets.flatMap((it) => it.appliance ?? []);
  const notice = words.toCustomer(what, { numbers: numbersOf(facts), appliances, window: visit.window, engineer });
  const task = { id: makeIdentifier(), ticketId: ticket.id, whom: { kind: 'customer' }, reason: 'change', notice, onceKey: key } as const;
  const dueAt = inTime(change.at, callBy, [visit.window.from]);
  await openContactTask(client, seal, { ...task, dueAt }, change.at, change.actor);
  return null;
}

function changeOf({ before, write }: VisitArranged): VisitChange {
  if (before === null) return 'booked';
  return before.window.from === write.visit.window.from && before.window.to === write.visit.window.to ? 'engineer' : 'moved';
}

/** Who goes where they did not, and who need not go any more. */
async function tellEngineers(client: pg.PoolClient, seal: Seal, facts: VisitArranged): Promise<void> {
  const { ticket, tickets, engineerId, before, write } = facts;
  const { visit, words, change } = write;
  const told = { numbers: numbersOf(facts), place: `${ticket.city ?? ''}${ticket.district ?? ''}` };
  const { window } = visit;
  const isSame = before?.engineerId === engineerId;
  await client.query(TOLD_ANEW, [
    tickets.map((it) => it.id),
    [engineerId, ...(before === null ? [] : [before.engineerId])],
    timestamp(change.at),
  ]);
  if (before !== null && !isSame) {
    const notice = words.off({ ...told, before: before.window });
    await tellEngineer(client, seal, facts, { engineerId: before.engineerId, reason: 'visit-off', notice, windows: [before.window] });
  }
  const [reason, notice, windows] =
    before !== null && isSame
      ? (['visit-moved', words.moved({ ...told, before: before.window, window }), [before.window, window]] as const)
      : (['visit-given', words.given({ ...told, window }), [window]] as const);
  await tellEngineer(client, seal, facts, { engineerId, reason, notice, windows });
}

type Word = {
  readonly engineerId: Identifier;
  readonly reason: 'visit-off' | 'visit-moved' | 'visit-given';
  readonly notice: string;
  /** Before the first of these begins. */
  readonly windows: readonly VisitWindow[];
};

async function tellEngineer(
  client: pg.PoolClient,
  seal: Seal,
  { ticket, write: { change, callBy }, makeIdentifier }: VisitArranged,
  { engineerId, reason, notice, windows }: Word,
): Promise<void> {
  const whom = { kind: 'engineer', engineerId } as const;
  const dueAt = inTime(
    change.at,
    callBy,
    windows.map((it) => it.from),
  );
  const task = { id: makeIdentifier(), ticketId: ticket.id, whom, reason, notice, dueAt, onceKey: null };
  await openContactTask(client, seal, task, change.at, change.actor);
}

/** Before what begins first, or now when it has begun. */
function inTime(now: Instant, callBy: Instant, begins: readonly Instant[]): Instant {
  return instantOf(Math.max(now, Math.min(callBy, ...begins)));
}

function numbersOf({ tickets }: VisitArranged): readonly string[] {
  return tickets.map((it) => it.number).sort();
}

async function engineerOf(client: pg.PoolClient, seal: Seal, id: Identifier): Promise<{ readonly name: string; readonly phone: string }> {
  const { rows } = await client.query<{ name: string; phone_sealed: Buffer }>('select name, phone_sealed from engineer where id = $1', [
    id,
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error('invariant: a visit has an engineer');
  return { name: row.name, phone: seal.open(SEALED.engineerPhone, row.phone_sealed) };
}

/** Who has not heard that a visit is theirs hears the newer word alone; what they know of an older time is told in any case. */
const TOLD_ANEW = `
update contact_task k set status = 'done', done_at = $3
where k.ticket_id = any ($1::uuid[]) and k.engineer_id = any ($2::uuid[]) and k.status = 'open' and k.reason = 'visit-given'`;
