/** Price lists that are to come, and booked repairs that were told another one (S2-001). */
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf, type LocalDay } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import type { NewContactTask } from '../../turn/ports.ts';
import { inTransaction, query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { openContactTask } from './contact-task.ts';

const VERSIONS_MAX = 20;

/** Price notices over the store. */
export function priceNoticesOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>) {
  return {
    coming: (today: LocalDay) => query<{ readonly version: string; readonly effectiveFrom: LocalDay }>(pool, COMING, [today, VERSIONS_MAX]),

    untold: async (version: string, from: Instant, until: Instant | null, max: number) => {
      const rows = await query<Row>(pool, UNTOLD, [version, timestamp(from), until === null ? null : timestamp(until), max]);
      return rows.map(({ window_from, window_to, conversationId, channel, ...it }) => ({
        ...it,
        window: { from: instantOf(window_from.getTime()), to: instantOf(window_to.getTime()) },
        chat: conversationId === null || channel === null ? null : { conversationId, channel },
      }));
    },

    call: (task: NewContactTask, at: Instant) => inTransaction(pool, (client) => openContactTask(client, seal, task, at)),
  };
}

type Row = {
  readonly appointmentId: Identifier;
  readonly ticketId: Identifier;
  readonly ticket: string;
  readonly appliance: Appliance | null;
  readonly conversationId: Identifier | null;
  readonly channel: ChatChannel | null;
  readonly window_from: Date;
  readonly window_to: Date;
};

const COMING = {
  name: 'price-notices-coming',
  text: `
select version, to_char(effective_from, 'YYYY-MM-DD') as "effectiveFrom" from price_version
where effective_from > $1::date order by effective_from, version limit $2`,
};

/**
 * A visit is told once, in a chat rather than on the phone. Told is one with the event in its chat, or a task in its name;
 * and one that was moved when the visit before was told: a call that was ended with the old time told nobody.
 */
const UNTOLD = {
  name: 'price-notices-untold',
  text: `
select a.id as "appointmentId", t.id as "ticketId", t.number as ticket, t.appliance, c.id as "conversationId", c.channel, a.window_from, a.window_to
from appointment a
cross join lateral (
  select t.* from appointment_ticket x join ticket t on t.id = x.ticket_id
  where x.appointment_id = a.id and t.kind = 'repair' and t.status in ('open', 'scheduled') and t.price_version <> $1
  order by t.conversation_id is null, t.number limit 1
) t
left join conversation c on c.id = t.conversation_id
where a.status = 'booked' and a.starts_at > $2::timestamptz - interval '1 day' and a.window_from >= $2::timestamptz
  and ($3::timestamptz is null or a.window_from < $3::timestamptz)
  and not exists (
    select from appointment_ticket y join message m on m.channel = c.channel and m.channel_message_id = 'price-notice:' || y.appointment_id || ':' || $1
    where y.ticket_id = t.id)
  and not exists (
    select from appointment_ticket y join contact_task k on k.once_key = 'price-notice:' || y.appointment_id || ':' || $1
    where y.ticket_id = t.id and (y.appointment_id = a.id or k.done_by is not null or k.notices > 0))
order by a.window_from, a.id limit $4`,
};
