/** The complaints of a customer: the open one on a matter, and how many there were lately. */
import type pg from 'pg';
import type { Identifier } from '../domain/identifier.ts';
import { type Instant, instantOf } from '../domain/instant.ts';
import type { Priority } from '../domain/ticket.ts';
import type { ComplaintMatter, Readings } from '../turn/ports.ts';
import { type Connection, query, type Statement, timestamp } from './connection.ts';
import { SEALED } from './purposes.ts';

export function complaintReadingsOn({ pool, seal }: Connection): Pick<Readings, 'openComplaint' | 'complaintAnswer' | 'complaintsSince'> {
  const read: Read = (statement, values) => query(pool, statement, values);
  return {
    openComplaint: (customerId, matter) => openComplaintOf(read, [customerId], matter),
    complaintAnswer: async (ticketId) => {
      const [row] = await read<Answered>(ANSWER, [ticketId]);
      if (row === undefined) return null;
      const { number, department, answer_sealed, answered_at } = row;
      return { number, department, text: seal.open(SEALED.complaintAnswer, answer_sealed), answeredAt: instantOf(answered_at.getTime()) };
    },
    complaintsSince: (customerId, since) => complaintsOf(read, [customerId], since),
  };
}

/** One statement, on the pool or in a transaction. */
type Read = <Found extends pg.QueryResultRow>(statement: Statement, values: readonly unknown[]) => Promise<Found[]>;

/** The open complaint of any of these customers on a matter. */
export async function openComplaintOf(
  read: Read,
  customerIds: readonly Identifier[],
  { form, aboutTicketId, category, types, appliance, since }: ComplaintMatter,
): ReturnType<Readings['openComplaint']> {
  const telling = types.filter((it) => it !== 'other');
  const [row] = await read<Row>(OPEN_ON_MATTER, [customerIds, form, aboutTicketId, category, telling, appliance, timestamp(since)]);
  if (row === undefined) return null;
  const { answer_by, ...earlier } = row;
  return { ...earlier, answerBy: instantOf(answer_by.getTime()) };
}

/** How many complaints these customers have made since an instant. */
export async function complaintsOf(read: Read, customerIds: readonly Identifier[], since: Instant): Promise<number> {
  const [row] = await read<{ count: number }>(COUNT_SINCE, [customerIds, timestamp(since)]);
  return row?.count ?? 0;
}

type Row = {
  readonly ticketId: Identifier;
  readonly number: string;
  readonly count: number;
  readonly priority: Priority;
  readonly department: string;
  readonly answer_by: Date;
};

/**
 * The same ticket (or the complaint itself, by its number), however long ago; else the same class lately, unless both name
 * a ticket, or an appliance, and not the same, or both tell what happened and not one thing in common. The nearest match
 * first, then the newest.
 */
const OPEN_ON_MATTER = {
  name: 'open-complaint-on-matter',
  text: `
select t.id as "ticketId", t.number, t.priority, c.department, c.answer_by,
       (select count(*)::int from complaint_statement s where s.ticket_id = t.id) as count
from ticket t join complaint_case c on c.ticket_id = t.id
where t.customer_id = any ($1::uuid[]) and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer') and c.form = $2
  and (c.about_ticket_id = $3::uuid or t.id = $3::uuid
       or ((c.about_ticket_id is null or $3::uuid is null) and c.category = $4 and t.opened_at >= $7::timestamptz
           and (t.appliance = $6) is not false
           and (c.types && $5::text[] or cardinality($5::text[]) = 0 or cardinality(array_remove(c.types, 'other')) = 0)))
order by (c.about_ticket_id = $3::uuid or t.id = $3::uuid) is true desc, t.opened_at desc, t.id desc limit 1`,
};

type Answered = { readonly number: string; readonly department: string; readonly answer_sealed: Buffer; readonly answered_at: Date };

const ANSWER = {
  name: 'complaint-answer',
  text: `
select t.number, c.department, c.answer_sealed, c.answered_at
from complaint_case c join ticket t on t.id = c.ticket_id
where c.ticket_id = $1 and c.answer_sealed is not null and c.answered_at is not null`,
};

/** Every statement is a complaint made, also those that were joined to an earlier one. */
const COUNT_SINCE = {
  name: 'complaints-since',
  text: `
select count(*)::int as count from complaint_statement s join ticket t on t.id = s.ticket_id
where t.customer_id = any ($1::uuid[]) and s.at >= $2::timestamptz`,
};
