/**
 * Where a survey's clock starts: in the transaction that ends a repair, or a chat with staff. One survey a visit, one a
 * handoff (`once_key`), whatever is done twice (S2-054).
 */
import type pg from 'pg';
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import { timestamp } from '../connection.ts';

type Begun = { readonly id: Identifier; readonly dueAt: Instant };

/**
 * After a repair, with its row locked and its visit done. A ticket that was open anew keeps the survey it had; one that was
 * never asked begins again.
 */
export async function beginSurvey(client: pg.PoolClient, ticketId: Identifier, { id, dueAt }: Begun): Promise<void> {
  const { rowCount } = await client.query(BEGIN_AGAIN, [ticketId, timestamp(dueAt)]);
  if (rowCount === 0) await client.query(BEGIN, [ticketId, id, timestamp(dueAt)]);
}

/** The ticket is open again, or called off: what was not asked yet is not asked. */
export async function dropSurvey(client: pg.PoolClient, ticketId: Identifier): Promise<void> {
  await client.query(DROP, [ticketId]);
}

/** After a chat with staff that settled something. While another survey of the chat has no answer there is none. */
export async function beginChatSurvey(client: pg.PoolClient, handoffId: Identifier, { id, dueAt }: Begun): Promise<void> {
  await client.query(BEGIN_AFTER_CHAT, [handoffId, id, timestamp(dueAt)]);
}

/** The chat is taken up again: what was not asked yet is asked after the next end of it, what was asked never again. */
export async function dropChatSurvey(client: pg.PoolClient, handoffId: Identifier): Promise<void> {
  await client.query(DROP_UNASKED_CHAT, [handoffId]);
  await client.query(CLOSE_ASKED_CHAT, [handoffId]);
}

/** The survey of a ticket's repair ($1), which it may share with others of its visit. */
export const OF_TICKET = `
s.handoff_id is null and (s.ticket_id = $1 or s.once_key in (select 'visit:' || x.appointment_id from appointment_ticket x where x.ticket_id = $1))`;

const BEGIN_AGAIN = `
update survey s set status = 'waiting', due_at = $2
where ${OF_TICKET} and s.status = 'closed' and s.asked_at is null and s.answered_at is null`;

const BEGIN = `
insert into survey (id, once_key, ticket_id, conversation_id, due_at)
select $2, coalesce('visit:' || v.id, 'ticket:' || t.id), t.id, t.conversation_id, $3
from ticket t
left join lateral (
  select a.id from appointment_ticket x join appointment a on a.id = x.appointment_id
  where x.ticket_id = t.id and a.status = 'done' order by a.window_from desc limit 1
) v on true
where t.id = $1 and not exists (select from survey s where ${OF_TICKET})
on conflict (once_key) do nothing`;

const DROP = `update survey s set status = 'closed' where s.ticket_id = $1 and s.handoff_id is null and s.status = 'waiting' and s.asked_at is null`;

const BEGIN_AFTER_CHAT = `
insert into survey (id, once_key, handoff_id, ticket_id, conversation_id, due_at)
select $2, 'handoff:' || h.id, h.id, h.ticket_id, h.conversation_id, $3
from handoff h
where h.id = $1 and not exists (select from survey s where s.conversation_id = h.conversation_id and s.status in ('waiting', 'asked'))
on conflict (once_key) do nothing`;

const DROP_UNASKED_CHAT = `delete from survey where handoff_id = $1 and status = 'waiting' and asked_at is null and answered_at is null`;

const CLOSE_ASKED_CHAT = `update survey set status = 'closed' where handoff_id = $1 and status in ('waiting', 'asked') and answered_at is null`;
