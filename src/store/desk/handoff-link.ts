/**
 * An account goes over to another customer. Links are made one at a time, since two of them may exchange customers; then
 * every conversation of the account is locked and gets another revision: no turn in flight writes for the former one.
 */
import type pg from 'pg';
import type { Link, LinkHandoff } from '../../desk/handoff-link.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { tellConversation } from './conversation-event.ts';
import { moveOver, oneLinkAtATime } from './customer-link.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { lockHandoff, whyNot } from './handoff-lock.ts';
import { readHandoff } from './handoff-row.ts';

/** Linking over the store. */
export function linkHandoffOn(connection: DeskConnection): LinkHandoff {
  const { pool, seal } = connection;
  return async ({ handoffId, owner, change }, link) => {
    const done = await inTransaction(pool, async (client) => {
      await oneLinkAtATime(client);
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
      await client.query(NOBODY_ASKED, [accountId, timestamp(change.at)]);
      const happened = { ...change, details: { handoff: handoffId, fromCustomer, toCustomer } };
      await writeTicketEvent(client, ticketId, 'customer-linked', happened);
      await moveOver(client, sides, happened);
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

const LOCK_CONVERSATIONS = `
select from conversation where account_id = (select c.account_id from conversation c join handoff h on h.conversation_id = c.id where h.id = $1)
order by id for no key update`;

const SIDES = `
select t.id as ticket_id, a.id as account_id, a.customer_id as from_customer, t.customer_id as to_customer,
       exists (select from channel_account o where o.customer_id = t.customer_id) as has_account
from conversation c join channel_account a on a.id = c.account_id cross join ticket t
where c.id = $1 and t.number = $2`;

/** Staff have decided: what the account itself was asking is no longer asked. */
const NOBODY_ASKED = "update account_link set status = 'expired', answered_at = $2 where account_id = $1 and status = 'asked'";
