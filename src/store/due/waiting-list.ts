/** Who would come earlier, what their visit needs, and what became of it. */
import type { Appliance } from '../../domain/appliance.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { NewContactTask } from '../../turn/ports.ts';
import { inTransaction, once, query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { openContactTask } from './contact-task.ts';

/** The waiting list over the store. */
export function waitingListOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>) {
  return {
    closeOver: async (now: Instant) => void (await query(pool, CLOSE_OVER, [timestamp(now)])),

    waiting: async (after: Identifier | null, max: number) => {
      const rows = await query<Row>(pool, WAITING, [after, max]);
      return rows.map(({ from_at, to_at, visit_from, ...it }) => ({
        ...it,
        from: instantOf(from_at.getTime()),
        to: instantOf(to_at.getTime()),
        visitFrom: visit_from === null ? null : instantOf(visit_from.getTime()),
      }));
    },

    offer: (entryId: Identifier, task: NewContactTask, at: Instant) =>
      inTransaction(pool, async (client) => {
        const offered = await once(client, OFFER, [entryId]);
        if (offered.length > 0) await openContactTask(client, seal, task, at);
      }),
  };
}

type Row = {
  readonly id: Identifier;
  readonly ticketId: Identifier;
  readonly appliances: readonly Appliance[];
  readonly city: string;
  readonly district: string;
  readonly from_at: Date;
  readonly to_at: Date;
  readonly visit_from: Date | null;
};

/** Of a ticket that is no longer live nobody comes, earlier or later. */
const CLOSE_OVER = {
  name: 'waiting-list-close',
  text: `
update waiting_list_entry w set status = 'closed'
from ticket t where t.id = w.ticket_id and w.status = 'waiting' and (w.to_at <= $1::timestamptz or t.status not in ('open', 'scheduled'))`,
};

/** A visit takes in every ticket of its appointment; where the place or the product is not known nobody can be found. */
const WAITING = {
  name: 'waiting-list-waiting',
  text: `
select w.id, w.ticket_id as "ticketId", t.city, t.district, w.from_at, w.to_at, v.visit_from, coalesce(v.appliances, array[t.appliance]) as appliances
from waiting_list_entry w join ticket t on t.id = w.ticket_id
left join lateral (
  select a.window_from as visit_from, array_agg(distinct o.appliance) filter (where o.appliance is not null) as appliances
  from appointment_ticket x join appointment a on a.id = x.appointment_id
  join appointment_ticket y on y.appointment_id = a.id join ticket o on o.id = y.ticket_id
  where x.ticket_id = t.id and a.status = 'booked' group by a.id, a.window_from order by a.window_from limit 1
) v on true
where w.status = 'waiting' and ($1::uuid is null or w.id > $1::uuid) and t.city is not null and t.district is not null and t.appliance is not null
order by w.id limit $2`,
};

const OFFER = {
  name: 'waiting-list-offer',
  text: `
update waiting_list_entry set status = 'offered'
where id = (select id from waiting_list_entry where id = $1 and status = 'waiting' for update skip locked) returning id`,
};
