/** What happened that the staff's channels have not been told: tickets opened, clocks that warn. */
import type { FoundForStaff } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

export function foundForStaffOn({ pool }: Pick<Store, 'pool'>): FoundForStaff {
  return {
    newTickets: ({ since, kinds, complaintClasses, urgent, max }) =>
      query(pool, NEW_TICKETS, [timestamp(since), kinds, complaintClasses, urgent, max]),

    warnings: async (since, max) =>
      (await query<Warning>(pool, WARNINGS, [timestamp(since), max])).map(
        ({ clock_id, due_at, ticket_id, handoff_id, clock, card_id, lane }) => ({
          clockId: clock_id,
          clock,
          dueAt: instantOf(due_at.getTime()),
          ticketId: ticket_id,
          handoffId: handoff_id,
          card: card_id === null || lane === null ? null : { id: card_id, lane },
        }),
      ),
  };
}

type Warning = {
  readonly clock_id: Identifier;
  readonly clock: string;
  readonly due_at: Date;
  readonly ticket_id: Identifier | null;
  readonly handoff_id: Identifier | null;
  readonly card_id: Identifier | null;
  readonly lane: string | null;
};

const NEW_TICKETS = {
  name: 'staff-found-tickets',
  text: `
select t.id, t.number from ticket t
where t.opened_at > $1::timestamptz and (
    t.kind = any($2::text[]) or ($4::boolean and t.priority = 'urgent')
    or exists (select from complaint_case c where c.ticket_id = t.id and c.category = any($3::text[])))
  and not exists (select from staff_post p where p.once_key = 'ticket:' || t.id)
order by t.opened_at, t.id limit $5`,
};

/** In the thread of the ticket's card, else of the chat's, where either stands. What is late already is called, not warned of. */
const WARNINGS = {
  name: 'staff-found-warnings',
  text: `
select k.id as clock_id, k.kind as clock, k.due_at, k.ticket_id, k.handoff_id, card.id as card_id, card.lane
from sla_clock k
left join lateral (
  select p.id, p.lane from staff_post p
  where p.status = 'posted' and ((p.kind = 'ticket' and p.ticket_id = k.ticket_id) or (p.kind = 'handoff' and p.handoff_id = k.handoff_id))
  order by p.place desc limit 1
) card on true
where k.status = 'running' and k.warned_at > $1::timestamptz and k.breached_at is null and k.due_at is not null
  and not exists (select from staff_post p where p.once_key = 'sla-warned:' || k.id)
order by k.warned_at limit $2`,
};
