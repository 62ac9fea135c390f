/**
 * Contact tasks a notice may settle, with whatever one may say. A try is counted when the task is taken, so that a process that dies over one
 * does not try for ever.
 */
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
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
      readonly channels: readonly ChatChannel[];
      readonly phones: boolean;
      readonly triesMax: number;
      readonly max: number;
    }) => {
      const { now, holdMilliseconds, dueBy, channels, phones, triesMax, max } = wanted;
      const rows = await query<Row>(pool, CLAIM, [
        timestamp(now),
        timestamp(instantOf(now + holdMilliseconds)),
        dueBy === null ? null : timestamp(dueBy),
        triesMax,
        max,
        channels,
        phones,
      ]);
      return rows.map((it) => noticeOf(it, seal));
    },

    done: async (taskId: Identifier, at: Instant) => void (await query(pool, DONE, [taskId, timestamp(at)])),
    tryAgain: async (taskId: Identifier, at: Instant) => void (await query(pool, TRY_AGAIN, [taskId, timestamp(at)])),
    giveUp: async (taskId: Identifier, triesMax: number) => void (await query(pool, GIVE_UP, [taskId, triesMax])),
    drop: async (taskId: Identifier, at: Instant) => void (await query(pool, DROP, [taskId, timestamp(at)])),
  };
}

type Row = {
  readonly id: Identifier;
  readonly notices: number;
  readonly reason: string;
  readonly notice_sealed: Buffer;
  readonly details_sealed: Buffer;
  readonly customer_phone: Buffer | null;
  readonly engineer_phone: Buffer | null;
  readonly ticket: string;
  readonly appliance: Appliance | null;
  readonly conversation_id: Identifier | null;
  readonly channel: ChatChannel | null;
  readonly external_id: string | null;
  readonly window_from: Date | null;
  readonly window_to: Date | null;
};

function noticeOf(row: Row, seal: Seal) {
  const { conversation_id: conversationId, channel, external_id: externalId, window_from: from, window_to: to } = row;
  return {
    id: row.id,
    tries: row.notices,
    reason: row.reason,
    text: seal.open(SEALED.contactNotice, row.notice_sealed),
    phone: phoneOf(row, seal),
    chat: conversationId === null || channel === null || externalId === null ? null : { conversationId, channel, externalId },
    ticket: row.ticket,
    appliance: row.appliance,
    window: from === null || to === null ? null : { from: instantOf(from.getTime()), to: instantOf(to.getTime()) },
  };
}

/** As said for this ticket, else as on record. */
function phoneOf(row: Row, seal: Seal): string | null {
  if (row.engineer_phone !== null) return seal.open(SEALED.engineerPhone, row.engineer_phone);
  const onRecord = openPerson({ nameSealed: null, phoneSealed: row.customer_phone }, seal);
  return openDetails(row.details_sealed, seal).phone ?? onRecord.phone;
}

/**
 * A reminder of a visit that is booked no more is nothing to tell: its call is over. The key of one names its visit (see
 * `reminders.ts`). The chat is the ticket's own where it is on one of the channels, else the customer's newest there: their
 * accounts are linked by proof only.
 */
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
    and ($7::boolean or k.engineer_id is null and exists (
      select from ticket t join channel_account a on a.customer_id = t.customer_id where t.id = k.ticket_id and a.channel = any($6::text[])))
  order by k.next_notice_at nulls first, k.due_at limit $5 for update of k skip locked
), over as (
  update contact_task k set status = 'done', done_at = $1::timestamptz from due where k.id = due.id and due.visit_is_gone
  returning k.ticket_id, k.reason
), over_told as (
  insert into ticket_event (ticket_id, at, actor, type, details)
  select ticket_id, $1::timestamptz, 'system', 'contact-task-done', jsonb_build_object('reason', reason, 'by', 'visit-gone') from over
), taken as (
  update contact_task k set notices = k.notices + 1, next_notice_at = $2::timestamptz from due where k.id = due.id and not due.visit_is_gone
  returning k.id, k.notices, k.reason, k.notice_sealed, k.ticket_id, k.engineer_id, k.due_at
)
select k.id, k.notices, k.reason, k.notice_sealed, t.number as ticket, t.appliance, t.details_sealed,
       c.phone_sealed as customer_phone, e.phone_sealed as engineer_phone,
       h.conversation_id, h.channel, h.external_id, v.window_from, v.window_to
from taken k join ticket t on t.id = k.ticket_id join customer c on c.id = t.customer_id left join engineer e on e.id = k.engineer_id
left join lateral (
  select o.id as conversation_id, a.channel, a.external_id from channel_account a join conversation o on o.account_id = a.id
  where k.engineer_id is null and a.customer_id = t.customer_id and a.channel = any($6::text[])
  order by (o.id = t.conversation_id) is true desc, o.created_at desc limit 1
) h on true
left join lateral (
  select b.window_from, b.window_to from appointment_ticket x join appointment b on b.id = x.appointment_id
  where x.ticket_id = k.ticket_id and b.status = 'booked' order by b.window_from limit 1
) v on true
order by k.due_at, k.id`,
};

const over = (by: 'notifier' | 'nobody') => `
with done as (
  update contact_task set status = 'done', done_at = $2::timestamptz where id = $1 and status = 'open' returning ticket_id, reason
)
insert into ticket_event (ticket_id, at, actor, type, details)
select ticket_id, $2::timestamptz, 'system', 'contact-task-done', jsonb_build_object('reason', reason, 'by', '${by}') from done`;

const DONE = { name: 'notices-done', text: over('notifier') };
const DROP = { name: 'notices-drop', text: over('nobody') };

const TRY_AGAIN = {
  name: 'notices-again',
  text: `update contact_task set next_notice_at = $2::timestamptz where id = $1 and status = 'open'`,
};
const GIVE_UP = { name: 'notices-give-up', text: `update contact_task set notices = $2 where id = $1 and status = 'open'` };
