/** Price lists that are to come, and booked repairs that were told another one (S2-001). */
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf, type LocalDay } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import type { NewContactTask } from '../../turn/ports.ts';
import { query, timestamp } from '../connection.ts';
import { inTransaction } from '../desk/desk-connection.ts';
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

/** Told is who has the event in their chat, or a task in their name. */
const UNTOLD = {
  name: 'price-notices-untold',
  text: `
select t.id as "ticketId", t.number as ticket, t.appliance, c.id as "conversationId", c.channel, a.window_from, a.window_to
from appointment a join appointment_ticket x on x.appointment_id = a.id join ticket t on t.id = x.ticket_id
left join conversation c on c.id = t.conversation_id
where a.status = 'booked' and a.starts_at > $2::timestamptz - interval '1 day' and a.window_from >= $2::timestamptz
  and ($3::timestamptz is null or a.window_from < $3::timestamptz)
  and t.kind = 'repair' and t.status in ('open', 'scheduled') and t.price_version <> $1
  and not exists (select from message m where m.channel = c.channel and m.channel_message_id = 'price-notice:' || t.id || ':' || $1)
  and not exists (select from contact_task k where k.once_key = 'price-notice:' || t.id || ':' || $1)
order by a.window_from, t.id limit $4`,
};
