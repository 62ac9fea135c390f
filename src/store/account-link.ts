/**
 * The part of a turn's write that joins two accounts, in the turn's own transaction: the question is kept, or answered and
 * done. False when it no longer stands as the turn has read it; then the turn writes nothing.
 */
import type pg from 'pg';
import type { Identifier } from '../domain/identifier.ts';
import type { AccountLinkChange, TurnWrite } from '../turn/ports.ts';
import { timestamp } from './connection.ts';
import { tellConversation } from './desk/conversation-event.ts';
import { moveOver, oneLinkAtATime } from './desk/customer-link.ts';
import { writeAudit, writeTicketEvent } from './desk/desk-connection.ts';
import { lastUsed } from './last-used.ts';
import type { Seal } from './seal.ts';

export type Linking = TurnWrite & { readonly accountLink: AccountLinkChange };

export function isLinking(turn: TurnWrite): turn is Linking {
  return turn.accountLink !== null;
}

/** Before the turn itself is written, inside its transaction. Conversations are locked in the order of their ids, as by turns. */
export async function changeLink(client: pg.PoolClient, seal: Seal, { conversationId, accountLink }: Linking): Promise<boolean> {
  await oneLinkAtATime(client);
  switch (accountLink.kind) {
    case 'ask': {
      const { linkId, knownAccountId, ticketId, at } = accountLink;
      return (await client.query(ASK, [linkId, conversationId, knownAccountId, ticketId, timestamp(at)])).rowCount === 1;
    }
    case 'answer':
      return await answer(client, seal, conversationId, accountLink);
  }
}

type Answer = Extract<AccountLinkChange, { kind: 'answer' }>;

type Question = {
  readonly accountId: Identifier;
  readonly ticketId: Identifier;
  readonly number: string;
  readonly fromCustomer: Identifier;
  readonly toCustomer: Identifier;
  /** Where the account that asked was heard last. */
  readonly askedFrom: Identifier;
};

async function answer(client: pg.PoolClient, seal: Seal, conversationId: Identifier, link: Answer): Promise<boolean> {
  await client.query(LOCK_CONVERSATIONS, [link.linkId, conversationId]);
  const { rows } = await client.query<Question>(QUESTION, [link.linkId, conversationId]);
  const [question] = rows;
  if (question === undefined) return false;
  await client.query('update account_link set status = $2, answered_at = $3 where id = $1', [
    link.linkId,
    link.isMine ? 'linked' : 'refused',
    timestamp(link.at),
  ]);
  await join(client, link, question);
  await tellConversation(client, seal, question.askedFrom, {
    id: link.eventId,
    key: `link:${link.linkId}:answered`,
    body: { kind: 'event', event: 'link-answered', ticketId: question.ticketId, isLinked: link.isMine },
    at: link.at,
  });
  return true;
}

/** Whoever chats as the customer that asked chats as the other from now on; no turn in flight of theirs writes for the former. */
async function join(client: pg.PoolClient, { linkId, at, isMine }: Answer, question: Question): Promise<void> {
  const { ticketId, accountId, fromCustomer, toCustomer } = question;
  const change = { at, actor: 'customer', details: { link: linkId, fromCustomer, toCustomer } };
  const audit = { ...change, subject: `account:${accountId}`, details: { ticket: question.number, ...change.details } };
  await writeAudit(client, { ...audit, action: isMine ? 'account.link' : 'account.link-refused' });
  if (!isMine) return await writeTicketEvent(client, ticketId, 'account-link-refused', change);
  if (fromCustomer === toCustomer) return;
  await client.query(READ_AGAIN, [fromCustomer]);
  await client.query('update channel_account set customer_id = $2 where customer_id = $1', [fromCustomer, toCustomer]);
  await writeTicketEvent(client, ticketId, 'customer-linked', change);
  await moveOver(client, question, change);
}

/** One open question about an account; the ticket is another customer's, and one of theirs is asked. */
const ASK = `
insert into account_link (id, account_id, known_account_id, ticket_id, asked_at)
select $1, a.id, k.id, t.id, $5
from conversation c join channel_account a on a.id = c.account_id cross join channel_account k cross join ticket t
where c.id = $2 and k.id = $3 and t.id = $4 and k.customer_id = t.customer_id and a.customer_id <> t.customer_id
on conflict (account_id) where status = 'asked' do nothing`;

/** Those of whoever asks, and the one that answers. */
const LOCK_CONVERSATIONS = `
select from conversation c
where c.id = $2 or c.account_id in (
  select o.id from account_link l join channel_account a on a.id = l.account_id join channel_account o on o.customer_id = a.customer_id where l.id = $1)
order by c.id for no key update`;

/** Asked of the account of this conversation, and the ticket still its customer's. */
const QUESTION = `
select l.account_id as "accountId", l.ticket_id as "ticketId", t.number, a.customer_id as "fromCustomer", t.customer_id as "toCustomer",
       u.id as "askedFrom"
from account_link l
join channel_account a on a.id = l.account_id
join ticket t on t.id = l.ticket_id
join conversation c on c.id = $2 and c.account_id = l.known_account_id
join channel_account k on k.id = l.known_account_id and k.customer_id = t.customer_id
cross join lateral (${lastUsed('l.account_id')}) u
where l.id = $1 and l.status = 'asked' for no key update of l`;

const READ_AGAIN = `
update conversation set revision = revision + 1 where account_id in (select id from channel_account where customer_id = $1)`;
