/** Booked visits by their windows, whom to remind of them, and which reminders went out. */
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { ReminderKind } from '../../domain/reminder-time.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import type { VisitWindow } from '../../domain/visit-window.ts';
import type { NewContactTask } from '../../turn/ports.ts';
import { inTransaction, once, query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { openContactTask } from './contact-task.ts';

/** Reminders over the store. */
export function remindersOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>) {
  return {
    windows: async (after: Instant, until: Instant): Promise<readonly VisitWindow[]> => {
      const rows = await query<{ window_from: Date; window_to: Date }>(pool, WINDOWS, [timestamp(after), timestamp(until)]);
      return rows.map((it) => ({ from: instantOf(it.window_from.getTime()), to: instantOf(it.window_to.getTime()) }));
    },

    visits: async (window: VisitWindow, when: ReminderKind, bookedBy: Instant, max: number) => {
      const rows = await query<Row>(pool, VISITS, [timestamp(window.from), timestamp(window.to), when, timestamp(bookedBy), max]);
      return rows.map(({ appointmentId, ticketId, ticket, appliance, conversationId, channel }) => ({
        appointmentId,
        ticketId,
        ticket,
        appliance,
        chat: conversationId === null || channel === null ? null : { conversationId, channel },
      }));
    },

    mark: async (appointmentIds: readonly Identifier[], when: ReminderKind) => {
      if (appointmentIds.length > 0) await query(pool, MARK, [appointmentIds, when]);
    },

    callInstead: (appointmentId: Identifier, when: ReminderKind, task: NewContactTask, at: Instant) =>
      inTransaction(pool, async (client) => {
        await openContactTask(client, seal, task, at);
        await once(client, MARK, [[appointmentId], when]);
      }),
  };
}

type Row = {
  readonly appointmentId: Identifier;
  readonly ticketId: Identifier;
  readonly ticket: string;
  readonly appliance: Appliance | null;
  readonly conversationId: Identifier | null;
  readonly channel: ChatChannel | null;
};

/** A visit starts no earlier than a day before its window: that finds it by the index. */
const STARTS = (from: string, until: string) =>
  `a.starts_at > ${from}::timestamptz - interval '1 day' and a.starts_at <= ${until}::timestamptz`;

const WINDOWS = {
  name: 'reminder-windows',
  text: `
select distinct a.window_from, a.window_to from appointment a
where a.status = 'booked' and ${STARTS('$1', '$2')} and a.window_from > $1::timestamptz and a.window_from <= $2::timestamptz
order by 1, 2 limit 1000`,
};

/** A ticket in a chat goes first. */
const VISITS = {
  name: 'reminder-visits',
  text: `
select a.id as "appointmentId", t.id as "ticketId", t.number as ticket, t.appliance, c.id as "conversationId", c.channel
from appointment a
cross join lateral (
  select t.* from appointment_ticket x join ticket t on t.id = x.ticket_id
  where x.appointment_id = a.id and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer')
  order by t.conversation_id is null, t.number limit 1
) t
left join conversation c on c.id = t.conversation_id
where a.status = 'booked' and ${STARTS('$1', '$1')} and a.window_from = $1::timestamptz and a.window_to = $2::timestamptz
  and a.confirmed_at <= $4::timestamptz and not a.reminded @> array[$3::text]
order by a.id limit $5`,
};

const MARK = {
  name: 'reminder-mark',
  text: `update appointment set reminded = array_append(reminded, $2::text) where id = any($1::uuid[]) and not reminded @> array[$2::text]`,
};
