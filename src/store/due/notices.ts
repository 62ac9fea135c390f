/**
 * Contact tasks a text message may settle. A try is counted when the task is taken, so that a process that dies over one
 * does not try for ever.
 */
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { query, timestamp } from '../connection.ts';
import { openDetails, openPerson } from '../desk/known-facts.ts';
import type { Store } from '../open-store.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';

/** Notices over the store. */
export function noticesOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>) {
  return {
    claim: async (wanted: {
      readonly now: Instant;
      readonly holdMilliseconds: number;
      readonly dueBy: Instant | null;
      readonly triesMax: number;
      readonly max: number;
    }) => {
      const { now, holdMilliseconds, dueBy, triesMax, max } = wanted;
      const rows = await query<Row>(pool, CLAIM, [
        timestamp(now),
        timestamp(instantOf(now + holdMilliseconds)),
        dueBy === null ? null : timestamp(dueBy),
        triesMax,
        max,
      ]);
      return rows.map((it) => ({
        id: it.id,
        tries: it.notices,
        phone: phoneOf(it, seal),
        text: seal.open(SEALED.contactNotice, it.notice_sealed),
      }));
    },

    done: async (taskId: Identifier, at: Instant) => void (await query(pool, DONE, [taskId, timestamp(at)])),
    tryAgain: async (taskId: Identifier, at: Instant) => void (await query(pool, TRY_AGAIN, [taskId, timestamp(at)])),
    giveUp: async (taskId: Identifier, triesMax: number) => void (await query(pool, GIVE_UP, [taskId, triesMax])),
  };
}

type Row = {
  readonly id: Identifier;
  readonly notices: number;
  readonly notice_sealed: Buffer;
  readonly details_sealed: Buffer;
  readonly customer_phone: Buffer | null;
  readonly engineer_phone: Buffer | null;
};

/** As said for this ticket, else as on record. */
function phoneOf(row: Row, seal: Seal): string | null {
  if (row.engineer_phone !== null) return seal.open(SEALED.engineerPhone, row.engineer_phone);
  const onRecord = openPerson({ nameSealed: null, phoneSealed: row.customer_phone }, seal);
  return openDetails(row.details_sealed, seal).phone ?? onRecord.phone;
}

/** A reminder of a visit that is booked no more is nothing to tell: its call is over. The key of one names its visit (see `reminders.ts`). */
const CLAIM = {
  name: 'notices-claim',
  text: `
with due as materialized (
  select k.id, k.reason = 'reminder' and not exists (
    select from appointment_ticket x join appointment a on a.id = x.appointment_id
    where x.ticket_id = k.ticket_id and a.status = 'booked'
      and (k.once_key is null or k.once_key not like 'reminder:%' or a.id::text = split_part(k.once_key, ':', 2))
  ) as visit_is_gone
  from contact_task k
  where k.status = 'open' and k.notice_sealed is not null and (k.next_notice_at is null or k.next_notice_at <= $1::timestamptz)
    and k.notices < $4 and ($3::timestamptz is null or k.due_at <= $3::timestamptz)
  order by k.next_notice_at nulls first, k.due_at limit $5 for update of k skip locked
), over as (
  update contact_task k set status = 'done', done_at = $1::timestamptz from due where k.id = due.id and due.visit_is_gone
  returning k.ticket_id, k.reason
), over_told as (
  insert into ticket_event (ticket_id, at, actor, type, details)
  select ticket_id, $1::timestamptz, 'system', 'contact-task-done', jsonb_build_object('reason', reason, 'by', 'visit-gone') from over
), taken as (
  update contact_task k set notices = k.notices + 1, next_notice_at = $2::timestamptz from due where k.id = due.id and not due.visit_is_gone
  returning k.id, k.notices, k.notice_sealed, k.ticket_id, k.engineer_id, k.due_at
)
select k.id, k.notices, k.notice_sealed, t.details_sealed, c.phone_sealed as customer_phone, e.phone_sealed as engineer_phone
from taken k join ticket t on t.id = k.ticket_id join customer c on c.id = t.customer_id left join engineer e on e.id = k.engineer_id
order by k.due_at, k.id`,
};

const DONE = {
  name: 'notices-done',
  text: `
with done as (
  update contact_task set status = 'done', done_at = $2::timestamptz where id = $1 and status = 'open' returning ticket_id, reason
)
insert into ticket_event (ticket_id, at, actor, type, details)
select ticket_id, $2::timestamptz, 'system', 'contact-task-done', jsonb_build_object('reason', reason, 'by', 'notifier') from done`,
};

const TRY_AGAIN = {
  name: 'notices-again',
  text: `update contact_task set next_notice_at = $2::timestamptz where id = $1 and status = 'open'`,
};
const GIVE_UP = { name: 'notices-give-up', text: `update contact_task set notices = $2 where id = $1 and status = 'open'` };
