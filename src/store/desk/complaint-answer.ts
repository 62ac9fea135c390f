/**
 * The answer to a complaint: kept sealed with the case, the ticket resolved or waiting for the customer, and told to them, in
 * one transaction. The conversation is locked first, as a bot turn does; one in flight reads the complaint again.
 */
import type pg from 'pg';
import type { AnswerWrite, WriteAnswer } from '../../desk/complaint-answer.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { isLive } from '../../domain/known-ticket.ts';
import type { TicketStatus } from '../../domain/ticket.ts';
import { inTransaction, once, timestamp } from '../connection.ts';
import { openContactTask } from '../due/contact-task.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { tellConversation } from './conversation-event.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

export function writeAnswerOn({ prisma, pool, seal }: DeskConnection): WriteAnswer {
  return async (write, makeIdentifier) => {
    const done = await inTransaction(pool, (client) => answer(client, seal, write, makeIdentifier));
    if (done.kind !== 'written') return done;
    const row = await prisma.ticket.findUniqueOrThrow({ where: { number: write.number }, include: WHOLE });
    return { kind: 'answered', record: recordOf(row, seal), told: done.told };
  };
}

type Found = {
  readonly id: Identifier;
  readonly status: TicketStatus;
  readonly conversation_id: Identifier | null;
  readonly department: string | null;
};

type Done =
  | { readonly kind: 'written'; readonly told: Identifier | null }
  | { readonly kind: 'no-such-ticket' | 'not-a-complaint' }
  | { readonly kind: 'ticket-over'; readonly status: TicketStatus };

async function answer(client: pg.PoolClient, seal: Seal, write: AnswerWrite, makeIdentifier: MakeIdentifier): Promise<Done> {
  const { number, text, settled, by, callBy, notice, change } = write;
  await once(client, LOCK_CONVERSATION, [number]);
  const [found] = await once<Found>(client, LOCK, [number]);
  if (found === undefined) return { kind: 'no-such-ticket' };
  if (found.department === null) return { kind: 'not-a-complaint' };
  if (!isLive(found)) return { kind: 'ticket-over', status: found.status };
  const { id: ticketId, conversation_id: conversationId } = found;
  const at = timestamp(change.at);
  await once(client, KEEP, [ticketId, seal.seal(SEALED.complaintAnswer, text), at, by]);
  await once(client, settled ? RESOLVE : AWAIT_CUSTOMER, settled ? [ticketId, at] : [ticketId]);
  await once(client, READ_AGAIN, [conversationId]);
  await once(client, NOBODY_TO_CALL, [ticketId, at, settled]);
  const told = { ...change, details: { ...change.details, from: found.status } };
  await writeTicketEvent(client, ticketId, 'answered', told);
  await writeAudit(client, told);
  if (conversationId === null) {
    const task = { id: makeIdentifier(), ticketId, whom: { kind: 'customer' }, reason: 'answer', dueAt: callBy, onceKey: null } as const;
    await openContactTask(client, seal, { ...task, notice: notice(found.department) }, change.at, change.actor);
    return { kind: 'written', told: null };
  }
  const body = { kind: 'event', event: 'complaint-answered', ticketId, answeredAt: change.at } as const;
  await tellConversation(client, seal, conversationId, { id: makeIdentifier(), key: `complaint-answered:${number}`, body, at: change.at });
  return { kind: 'written', told: conversationId };
}

const LOCK_CONVERSATION = {
  name: 'answer-conversation',
  text: 'select from conversation where id = (select conversation_id from ticket where number = $1) for no key update',
};

const LOCK = {
  name: 'answer-ticket',
  text: `
select t.id, t.status, t.conversation_id, c.department
from ticket t left join complaint_case c on c.ticket_id = t.id where t.number = $1 for no key update of t`,
};

const KEEP = {
  name: 'answer-keep',
  text: 'update complaint_case set answer_sealed = $2, answered_at = $3, answered_by = $4 where ticket_id = $1',
};

const RESOLVE = {
  name: 'answer-resolve',
  text: `update ticket set status = 'resolved', completed_at = $2, revision = revision + 1 where id = $1`,
};

/** The next promise is the result. */
const AWAIT_CUSTOMER = {
  name: 'answer-await',
  text: `
update ticket t set status = 'waiting-customer', due_at = c.resolve_by, revision = t.revision + 1
from complaint_case c where t.id = $1 and c.ticket_id = t.id`,
};

const READ_AGAIN = { name: 'answer-revision', text: 'update conversation set revision = revision + 1 where id = $1' };

/** The answer is what these calls were to bring; an older answer is told no more. */
const NOBODY_TO_CALL = {
  name: 'answer-calls',
  text: `
update contact_task set status = 'done', done_at = $2::timestamptz
where ticket_id = $1 and status = 'open' and whom = 'customer'
  and ($3::boolean or reason in ('call-back', 'complaint-again', 'complaint-chased', 'answer'))`,
};
