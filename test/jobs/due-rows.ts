/** What the due rounds find: visits with and without a chat, replies, staff, pages and tasks. */
import type { Identifier } from '../../src/domain/identifier.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { InboundBody } from '../../src/turn/message.ts';
import type { MustReach, NewTicket, SaidMessage, TurnWrite } from '../../src/turn/ports.ts';
import { A_PHONE, aBooking, aChat, anEngineer, aReply, aTicket, aTurn, type Chat, hoursAfterNoon } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';

export type BookedVisit = {
  readonly chat: Chat;
  readonly ticket: NewTicket;
  readonly appointmentId: Identifier;
  readonly engineerId: Identifier;
  /** When the window begins. */
  readonly from: Instant;
};

/** A visit booked at noon, `hour` hours after it. */
export async function aVisitIn(hour: number, store: Store, what: Partial<NewTicket> = {}): Promise<BookedVisit> {
  return aVisitOf(await aChat(store), hour, store, what);
}

/** The same of somebody whose chat is there already, as far as it has come. */
export async function aVisitOf(
  chat: Chat,
  hour: number,
  store: Store,
  what: Partial<NewTicket> = {},
  { revision, state }: Pick<TurnWrite, 'revision' | 'state'> = { revision: 0, state: { stack: [] } },
): Promise<BookedVisit> {
  const engineerId = await anEngineer(store);
  const ticket = aTicket({ phone: A_PHONE, ...what });
  const reservation = aBooking(engineerId, hour, [ticket.id]);
  const [outcome] = await store.transact([aTurn(chat, { revision, state, tickets: [ticket], reservation })]);
  if (outcome?.kind !== 'written') throw new Error('the visit is booked');
  return { chat, ticket, appointmentId: reservation.appointmentId, engineerId, from: hoursAfterNoon(hour) };
}

/** The same by phone: nobody chats. */
export async function aPhonedVisitIn(hour: number, store: Store, what: Partial<NewTicket> = {}): Promise<BookedVisit> {
  const visit = await aVisitIn(hour, store, { channel: 'phone', ...what });
  await store.pool.query('update ticket set conversation_id = null where id = $1', [visit.ticket.id]);
  return visit;
}

/** A reply of the bot that has to reach, as the channel left it. */
export async function aReplyThatMustReach(
  store: Store,
  { chat, ticket }: Pick<BookedVisit, 'chat' | 'ticket'>,
  reason: MustReach['reason'],
  at: Instant,
  delivery: 'pending' | 'waiting' | 'failed' | 'delivered' = 'waiting',
): Promise<SaidMessage> {
  const reply: SaidMessage = { ...aReply(`said for ${reason}`), at, mustReach: { reason, ticketId: ticket.id } };
  const revision = (await store.readConversation(chat.conversationId))?.revision ?? 0;
  await store.transact([aTurn(chat, { revision, outgoing: [reply] })]);
  await store.pool.query('update message set delivery = $2 where id = $1', [reply.id, delivery]);
  return reply;
}

/** The events in a conversation's log, oldest first. */
export async function eventsOf(store: Store, { conversationId }: Pick<Chat, 'conversationId'>): Promise<readonly InboundBody[]> {
  return (await store.readLog(conversationId, 0, 500)).flatMap((it) => (it.from === 'system' ? [it.body] : []));
}

/** Somebody of the staff. */
export async function aColleague(store: Store, role: string, name: string): Promise<Identifier> {
  const id = newId();
  await store.pool.query('insert into staff (id, name, email, role, token_hash, created_at) values ($1, $2, $3, $4, $5, now())', [
    id,
    name,
    `${id}@example.com`,
    role,
    Buffer.from(id),
  ]);
  return id;
}

/** An open page. */
export async function aPage(store: Store, raisedAt: Instant, ticketId: Identifier | null = null): Promise<Identifier> {
  const id = newId();
  await store.pool.query('insert into page (id, reason, ticket_id, raised_at) values ($1, $2, $3, $4)', [
    id,
    'danger-gas',
    ticketId,
    new Date(raisedAt),
  ]);
  return id;
}

export type TaskRow = {
  readonly id: Identifier;
  readonly reason: string;
  readonly whom: string;
  readonly status: string;
  readonly notice: string | null;
  readonly due: Instant;
  readonly onceKey: string | null;
  readonly notices: number;
};

/** Contact tasks of a ticket, readable. */
export async function tasksOf(store: Store, ticketId: Identifier): Promise<readonly TaskRow[]> {
  const { rows } = await store.pool.query(
    `select id, reason, whom, status, notice_sealed, (extract(epoch from due_at) * 1000)::float8 as due, once_key as "onceKey", notices
     from contact_task where ticket_id = $1 order by due_at, id`,
    [ticketId],
  );
  return rows.map(({ notice_sealed, ...it }) => ({
    ...it,
    notice: notice_sealed === null ? null : store.seal.open('contact-task.notice', notice_sealed),
  }));
}

/** Types and details of a ticket's timeline. */
export async function timelineOf(
  store: Store,
  ticketId: Identifier,
): Promise<readonly { readonly type: string; readonly details: object }[]> {
  const { rows } = await store.pool.query('select type, details from ticket_event where ticket_id = $1 order by id', [ticketId]);
  return rows;
}
