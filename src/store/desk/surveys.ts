/**
 * Answers that staff write down: the survey, the recheck it may open with its call and page, and the end of the call that
 * was to ask, in one transaction. The survey's row is locked first: what is answered stays as it was answered.
 */
import type pg from 'pg';
import type { SurveyWrite, WriteSurvey } from '../../desk/surveys.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { SEALED } from '../purposes.ts';
import { type Seal, withoutNul } from '../seal.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { openDetails } from './known-facts.ts';
import { OF_TICKET } from './survey-clock.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

/** Answers over the store. */
export function writeSurveyOn({ prisma, pool, seal }: DeskConnection): WriteSurvey {
  return async (write) => {
    const outcome = await inTransaction(pool, (client) => writeAll(client, seal, write));
    if (outcome !== 'written') return { kind: outcome };
    const row = await prisma.ticket.findUniqueOrThrow({ where: { number: write.number }, include: WHOLE });
    return { kind: 'written', record: recordOf(row, seal) };
  };
}

type Subject = { readonly id: Identifier; readonly details_sealed: Buffer; readonly channel: string };

async function writeAll(client: pg.PoolClient, seal: Seal, write: SurveyWrite) {
  const { number, answers, recheck, change } = write;
  const { rows: tickets } = await client.query<Subject>('select id, details_sealed, channel from ticket where number = $1', [number]);
  const [ticket] = tickets;
  if (!ticket) return 'no-such-ticket';
  const { rows: surveys } = await client.query<{ id: Identifier; status: string }>(LOCK, [ticket.id]);
  const [survey] = surveys;
  if (!survey) return 'no-survey';
  if (survey.status === 'answered') return 'answered-already';
  if (recheck !== null) await openRecheck(client, seal, ticket, survey.id, recheck, write);
  const sealed = (text: string | null) => (text === null ? null : seal.seal(SEALED.surveyText, withoutNul(text)));
  await client.query(ANSWER, [
    survey.id,
    timestamp(change.at),
    change.actor,
    answers.score,
    answers.resolved,
    sealed(answers.reason),
    sealed(answers.comment),
    JSON.stringify(answers.items),
    recheck?.ticketId ?? null,
  ]);
  const { rows: calls } = await client.query<{ ticket_id: Identifier }>(END_CALL, [
    `survey:${survey.id}`,
    timestamp(change.at),
    change.actor,
  ]);
  for (const it of calls) await writeTicketEvent(client, it.ticket_id, 'contact-task-done', { ...change, details: { reason: 'survey' } });
  await writeTicketEvent(client, ticket.id, 'survey-answered', change);
  await writeAudit(client, change);
  return 'written';
}

/** Where and whose the ticket was that it looks at again, with what the customer said now. */
async function openRecheck(
  client: pg.PoolClient,
  seal: Seal,
  ticket: Subject,
  surveyId: Identifier,
  { ticketId, number, note, dueAt, call, page }: NonNullable<SurveyWrite['recheck']>,
  { answers, change }: SurveyWrite,
): Promise<void> {
  const { name = null, phone = null, contact = null } = openDetails(ticket.details_sealed, seal);
  const fault = answers.reason ?? answers.comment ?? '';
  const details = { fault, name, model: null, errorCode: null, contact, note, serial: null, phone };
  const sealed = seal.seal(SEALED.ticketDetails, withoutNul(JSON.stringify(details)));
  await client.query(OPEN, [ticket.id, ticketId, number, sealed, timestamp(change.at), timestamp(dueAt)]);
  await client.query("insert into ticket_relation (from_id, to_id, kind) values ($1, $2, 'recheck-of')", [ticketId, ticket.id]);
  await client.query(CALL, [call.id, ticketId, timestamp(call.dueAt), `recheck:${surveyId}`]);
  const notBefore = page.notBefore === null ? null : timestamp(page.notBefore);
  await client.query(PAGE, [page.id, ticketId, timestamp(change.at), notBefore, `low-score:${surveyId}`]);
  const happened = (type: string, facts: typeof change.details) => writeTicketEvent(client, ticketId, type, { ...change, details: facts });
  await happened('opened', { kind: 'recheck', status: 'open', priority: 'high', channel: ticket.channel });
  await happened('contact-task-opened', { reason: 'recheck', dueAt: timestamp(call.dueAt) });
}

/** The survey of the repair, else the last of a chat about it. */
const LOCK = `
select s.id, s.status from survey s where ${OF_TICKET} or s.ticket_id = $1
order by s.handoff_id is not null, s.due_at desc limit 1 for no key update`;

const ANSWER = `
update survey set status = 'answered', answered_at = $2, answered_by = $3, score = $4, resolved = $5,
                  reason_sealed = $6, comment_sealed = $7, items = $8, recheck_ticket_id = coalesce($9, recheck_ticket_id)
where id = $1`;

const END_CALL = `
update contact_task set status = 'done', done_at = $2, done_by = (select id from staff where 'staff:' || id = $3)
where once_key = $1 and status = 'open' returning ticket_id`;

const OPEN = `
insert into ticket (id, number, kind, status, priority, channel, appliance, fault_codes, details_sealed, phone_index,
                    province, city, district, customer_id, address_id, conversation_id, opened_at, due_at)
select $2, $3, 'recheck', 'open', 'high', channel, appliance, '{}', $4, phone_index,
       province, city, district, customer_id, address_id, conversation_id, $5, $6
from ticket where id = $1`;

const CALL = `
insert into contact_task (id, ticket_id, reason, due_at, once_key) values ($1, $2, 'recheck', $3, $4) on conflict (once_key) do nothing`;

const PAGE = `
insert into page (id, reason, ticket_id, conversation_id, raised_at, next_send_at, once_key)
select $1, 'low-score', t.id, t.conversation_id, $3, $4, $5 from ticket t where t.id = $2
on conflict (once_key) do nothing`;
