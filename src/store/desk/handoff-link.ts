/**
 * An account goes over to another customer. Links are made one at a time, since two of them may exchange customers; then
 * every conversation of the account is locked and gets another revision: no turn in flight writes for the former one.
 */
import type pg from 'pg';
import type { Link, LinkHandoff } from '../../desk/handoff-link.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { tellConversation } from './conversation-event.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { lockHandoff, whyNot } from './handoff-lock.ts';
import { readHandoff } from './handoff-row.ts';

/** Linking over the store. */
export function linkHandoffOn(connection: DeskConnection): LinkHandoff {
  const { pool, seal } = connection;
  return async ({ handoffId, owner, change }, link) => {
    const done = await inTransaction(pool, async (client) => {
      await client.query(ONE_LINK_AT_A_TIME);
      await client.query(LOCK_CONVERSATIONS, [handoffId]);
      const found = await lockHandoff(client, handoffId);
      const notYours = whyNot(found, owner);
      if (notYours !== null || found === null) return notYours ?? ({ kind: 'no-such-handoff' } as const);
      const sides = await readSides(client, found.conversationId, link);
      if (sides === null) return { kind: 'no-such-ticket' } as const;
      const { ticketId, accountId, fromCustomer, toCustomer } = sides;
      if (fromCustomer === toCustomer) return { kind: 'linked', isNew: false } as const;
      if (sides.hasAccount && !link.confirmed) return { kind: 'has-account' } as const;

      await client.query('update channel_account set customer_id = $2 where id = $1', [accountId, toCustomer]);
      await client.query('update conversation set revision = revision + 1 where account_id = $1', [accountId]);
      const happened = { ...change, details: { handoff: handoffId, fromCustomer, toCustomer } };
      await writeTicketEvent(client, ticketId, 'customer-linked', happened);
      await moveOver(client, sides, [timestamp(happened.at), happened.actor, JSON.stringify(happened.details)]);
      await writeAudit(client, { ...change, details: { ticket: link.ticket, fromCustomer, toCustomer } });
      await tellConversation(client, seal, found.conversationId, {
        id: link.eventId,
        key: `linked:${handoffId}`,
        body: { kind: 'event', event: 'customer-linked' },
        at: change.at,
      });
      return { kind: 'linked', isNew: true } as const;
    });
    return done.kind === 'linked' ? { ...done, handoff: await readHandoff(connection, handoffId) } : done;
  };
}

type Sides = {
  readonly ticketId: Identifier;
  readonly accountId: Identifier;
  readonly fromCustomer: Identifier;
  readonly toCustomer: Identifier;
  /** Somebody chats as the ticket's customer already. */
  readonly hasAccount: boolean;
};

async function readSides(client: pg.PoolClient, conversationId: Identifier, { ticket }: Link): Promise<Sides | null> {
  const { rows } = await client.query<{
    ticket_id: Identifier;
    account_id: Identifier;
    from_customer: Identifier;
    to_customer: Identifier;
    has_account: boolean;
  }>(SIDES, [conversationId, ticket]);
  const [row] = rows;
  if (!row) return null;
  return {
    ticketId: row.ticket_id,
    accountId: row.account_id,
    fromCustomer: row.from_customer,
    toCustomer: row.to_customer,
    hasAccount: row.has_account,
  };
}

/** A customer nobody chats as any more is the same person: all of it goes over, and what was not known there is added. */
async function moveOver(client: pg.PoolClient, { fromCustomer, toCustomer }: Sides, event: readonly string[]): Promise<void> {
  const left = await client.query('select from channel_account where customer_id = $1 limit 1', [fromCustomer]);
  if (left.rowCount !== 0) return;
  await client.query(MOVE_TICKETS, [fromCustomer, toCustomer, ...event]);
  await client.query('update address set customer_id = $2 where customer_id = $1', [fromCustomer, toCustomer]);
  await client.query('update product_unit set customer_id = $2 where customer_id = $1', [fromCustomer, toCustomer]);
  await client.query(ADD_WHAT_IS_KNOWN, [fromCustomer, toCustomer]);
  await client.query('delete from customer where id = $1', [fromCustomer]);
}

const ONE_LINK_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('customer-link', 2))";

const LOCK_CONVERSATIONS = `
select from conversation where account_id = (select c.account_id from conversation c join handoff h on h.conversation_id = c.id where h.id = $1)
order by id for no key update`;

const SIDES = `
select t.id as ticket_id, a.id as account_id, a.customer_id as from_customer, t.customer_id as to_customer,
       exists (select from channel_account o where o.customer_id = t.customer_id) as has_account
from conversation c join channel_account a on a.id = c.account_id cross join ticket t
where c.id = $1 and t.number = $2`;

const MOVE_TICKETS = `
with moved as (update ticket set customer_id = $2, revision = revision + 1 where customer_id = $1 returning id)
insert into ticket_event (ticket_id, at, actor, type, details)
select id, $3::timestamptz, $4, 'customer-linked', $5::jsonb from moved order by id`;

/** What staff or the ticket's customer said stays; the newer account fills the gaps. */
const ADD_WHAT_IS_KNOWN = `
update customer k
set name_sealed = coalesce(k.name_sealed, f.name_sealed), phone_sealed = coalesce(k.phone_sealed, f.phone_sealed),
    phone_index = coalesce(k.phone_index, f.phone_index),
    tags = array(select distinct tag from unnest(k.tags || f.tags) as t (tag) order by tag limit 10)
from customer f where f.id = $1 and k.id = $2`;
