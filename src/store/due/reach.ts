/**
 * Messages that have to reach their customer, and the calls that stand in for them. Whether one arrived is decided with
 * its row locked: a delivery in the same moment either makes the call needless or finds it open and ends it.
 */
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { ChatChannel, TicketStatus } from '../../domain/ticket.ts';
import type { MustReach, NewContactTask } from '../../turn/ports.ts';
import { inTransaction, once, query, timestamp } from '../connection.ts';
import { outgoingBody } from '../message-body.ts';
import type { Store } from '../open-store.ts';
import { SEALED } from '../purposes.ts';
import { openContactTask } from './contact-task.ts';

/** Messages that must reach over the store. */
export function reachOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>) {
  return {
    forgetDelivered: async () => void (await query(pool, FORGET_DELIVERED, [])),

    unreached: async (before: Instant, max: number) => {
      const rows = await query<Row>(pool, UNREACHED, [timestamp(before), max]);
      return rows.map(({ visit_from, ...it }) => ({ ...it, visitFrom: visit_from === null ? null : instantOf(visit_from.getTime()) }));
    },

    /** The notice is the text of the message itself. */
    callInstead: (messageId: Identifier, task: Omit<NewContactTask, 'notice'> | null, at: Instant) =>
      inTransaction(pool, async (client) => {
        const [message] = await once<{ body_sealed: Buffer; delivery: string; is_stale: boolean }>(client, LOCK, [messageId]);
        if (!message) return;
        if (task !== null && message.delivery !== 'delivered' && !message.is_stale) {
          const { text } = outgoingBody(seal.open(SEALED.messageBody, message.body_sealed));
          await openContactTask(client, seal, { ...task, notice: text }, at);
        }
        await once(client, FORGET, [messageId]);
      }),

    closeReached: async (at: Instant, max: number) => void (await query(pool, CLOSE_REACHED, [timestamp(at), max])),
  };
}

type Row = {
  readonly messageId: Identifier;
  readonly channel: ChatChannel;
  readonly ticketId: Identifier;
  readonly reason: MustReach['reason'];
  readonly status: TicketStatus;
  readonly visit_from: Date | null;
};

const FORGET_DELIVERED = {
  name: 'reach-delivered',
  text: "update message set reach = null where reach is not null and delivery = 'delivered'",
};

const UNREACHED = {
  name: 'reach-unreached',
  text: `
select m.id as "messageId", m.channel, m.reach as reason, t.id as "ticketId", t.status, v.visit_from
from message m join ticket t on t.id = m.reach_ticket_id
left join lateral (
  select min(a.window_from) as visit_from from appointment_ticket x join appointment a on a.id = x.appointment_id
  where x.ticket_id = t.id and a.status = 'booked'
) v on true
where m.reach is not null and m.created_at <= $1::timestamptz and m.delivery <> 'delivered' order by m.created_at limit $2`,
};

/**
 * Somebody else has it in hand, or has seen to it: then there is nothing to do here. Stale is what was said before the
 * visit changed: the change has its own message. A price notice names no time.
 */
const LOCK = {
  name: 'reach-lock',
  text: `
select m.body_sealed, m.delivery, m.reach <> 'price-notice' and exists (
  select from ticket_event e
  where e.ticket_id = m.reach_ticket_id and e.at > m.created_at and e.type in ('appointment-changed', 'cancelled', 'completed')
) as is_stale
from message m where m.id = $1 and m.reach is not null for no key update of m skip locked`,
};

const FORGET = { name: 'reach-forget', text: 'update message set reach = null where id = $1' };

/** A text message that went out has ended its task already. */
const CLOSE_REACHED = {
  name: 'reach-close',
  text: `
with reached as materialized (
  select k.id from contact_task k join message m on m.id = substring(k.once_key from 7)::uuid
  where k.status = 'open' and k.once_key like 'reach:%' and m.delivery = 'delivered'
  order by k.due_at limit $2 for update of k skip locked
), closed as (
  update contact_task k set status = 'done', done_at = $1::timestamptz from reached r where k.id = r.id returning k.ticket_id, k.reason
)
insert into ticket_event (ticket_id, at, actor, type, details)
select ticket_id, $1::timestamptz, 'system', 'contact-task-done', jsonb_build_object('reason', reason, 'by', 'delivery') from closed`,
};
