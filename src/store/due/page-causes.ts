/** What nobody has been called for yet: replies that never arrived, calls nobody made, customers nobody took over. */
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { jsonParameter, query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

type Cause = { readonly onceKey: string; readonly ticketId: Identifier | null; readonly conversationId: Identifier | null };

/** Causes of pages over the store. Each list leaves out what has a page already, acknowledged or not. */
export function pageCausesOn({ pool }: Pick<Store, 'pool'>) {
  return {
    undelivered: (since: Instant, max: number) => query<Cause>(pool, UNDELIVERED, [timestamp(since), max]),
    overdueContacts: (now: Instant, max: number) => query<Cause>(pool, OVERDUE_CONTACTS, [timestamp(now), max]),
    waitingHandoffs: async (since: Instant, max: number) =>
      (await query<Cause & { readonly waiting_since: Date }>(pool, WAITING_HANDOFFS, [timestamp(since), max])).map(
        ({ waiting_since, ...it }) => ({ ...it, waitingSince: instantOf(waiting_since.getTime()) }),
      ),
    raise: async (pages: readonly (Cause & { readonly id: Identifier; readonly reason: string })[], at: Instant) => {
      if (pages.length === 0) return;
      const rows = pages.map((it) => ({
        id: it.id,
        reason: it.reason,
        ticket_id: it.ticketId,
        conversation_id: it.conversationId,
        once_key: it.onceKey,
      }));
      await query(pool, RAISE, [jsonParameter(rows), timestamp(at)]);
    },
  };
}

const UNDELIVERED = {
  name: 'page-causes-undelivered',
  text: `
select 'undelivered:' || m.id as "onceKey", m.reach_ticket_id as "ticketId", m.conversation_id as "conversationId"
from message m
where m.delivery = 'failed' and m.created_at >= $1::timestamptz and not exists (select from page p where p.once_key = 'undelivered:' || m.id)
order by m.created_at limit $2`,
};

/** A survey nobody was asked for is no reason to call a person now. */
const OVERDUE_CONTACTS = {
  name: 'page-causes-contacts',
  text: `
select 'contact-overdue:' || k.id as "onceKey", k.ticket_id as "ticketId", t.conversation_id as "conversationId"
from contact_task k join ticket t on t.id = k.ticket_id
where k.status = 'open' and k.reason <> 'survey' and k.due_at < $1::timestamptz and not exists (select from page p where p.once_key = 'contact-overdue:' || k.id)
order by k.due_at limit $2`,
};

/** Who waits anew, because theirs was taken up again, is called for anew. */
const WAITING_HANDOFFS = {
  name: 'page-causes-handoffs',
  text: `
select 'handoff-waiting:' || h.id || ':' || floor(extract(epoch from h.waiting_since)) as "onceKey", h.ticket_id as "ticketId", h.conversation_id as "conversationId", h.waiting_since
from handoff h
where h.status = 'queued' and h.waiting_since <= $1::timestamptz and not exists (select from page p where p.once_key = 'handoff-waiting:' || h.id || ':' || floor(extract(epoch from h.waiting_since)))
order by h.waiting_since limit $2`,
};

const RAISE = {
  name: 'page-causes-raise',
  text: `
insert into page (id, reason, ticket_id, conversation_id, raised_at, once_key)
select id, reason, ticket_id, conversation_id, $2::timestamptz, once_key
from json_to_recordset($1) as r (id uuid, reason text, ticket_id uuid, conversation_id uuid, once_key text)
on conflict (once_key) do nothing`,
};
