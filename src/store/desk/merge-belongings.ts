/** What hangs on a duplicate and goes over to the ticket that is kept: files, notes, who waits for a person, calls that are owed. */
import type pg from 'pg';
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import { timestamp } from '../connection.ts';
import { TELLS_OF_VISIT } from '../due/tells-of-visit.ts';

/** `heardBy`: who goes on hearing of the duplicate's visit, null when nobody need. */
export async function carryOver(
  client: pg.PoolClient,
  {
    keepId,
    dropId,
    heardBy,
    at,
  }: { readonly keepId: Identifier; readonly dropId: Identifier; readonly heardBy: Identifier | null; readonly at: Instant },
): Promise<void> {
  for (const text of [FILES, NOTES, HANDOFFS, PAGES, COMPLAINTS]) await client.query(text, [dropId, keepId]);
  await client.query(NOTHING_EARLIER, [dropId]);
  await client.query(HEARD_ELSEWHERE, [dropId, heardBy]);
  await client.query(NEEDLESS_CALLS, [dropId, keepId, timestamp(at)]);
  await client.query(CALLS, [dropId, keepId]);
}

const FILES = 'update attachment set ticket_id = $2 where ticket_id = $1';

const NOTES = 'update ticket_note set ticket_id = $2 where ticket_id = $1';

const HANDOFFS = `update handoff set ticket_id = $2 where ticket_id = $1 and status in ('queued', 'claimed')`;

/** Whoever is called to the duplicate is called to the matter. */
const PAGES = `update page set ticket_id = $2 where ticket_id = $1 and status = 'open'`;

const COMPLAINTS = 'update complaint_case set about_ticket_id = $2 where about_ticket_id = $1';

const NOTHING_EARLIER = `update waiting_list_entry set status = 'closed' where ticket_id = $1 and status = 'waiting'`;

const HEARD_ELSEWHERE = `
update contact_task set ticket_id = $2::uuid
where ticket_id = $1 and $2::uuid is not null and status = 'open' and whom = 'customer' and reason in (${TELLS_OF_VISIT})`;

/** One call for the matter is enough; of a visit that is off, or told anew with the other number, none is made. */
const NEEDLESS_CALLS = `
update contact_task k set status = 'done', done_at = $3
where k.ticket_id = $1 and k.status = 'open' and k.whom = 'customer'
  and (k.reason in (${TELLS_OF_VISIT}, 'visit-cancelled')
       or exists (select from contact_task o where o.ticket_id = $2 and o.status = 'open' and o.whom = 'customer' and o.reason = k.reason))`;

/** What the customer was promised besides is still owed. */
const CALLS = `update contact_task set ticket_id = $2 where ticket_id = $1 and status = 'open' and whom = 'customer'`;
