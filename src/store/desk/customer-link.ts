/**
 * What every link of accounts does, whoever confirmed it. Links are made one at a time, since two of them may exchange
 * customers; a customer left without an account goes over whole.
 */
import type pg from 'pg';
import type { Change } from '../../desk/change.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { timestamp } from '../connection.ts';

/** Held until the transaction of `client` ends. */
export async function oneLinkAtATime(client: pg.PoolClient): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('customer-link', 2))");
}

/** A customer nobody chats as any more is the same person: all of it goes over, and what was not known there is added. */
export async function moveOver(
  client: pg.PoolClient,
  { fromCustomer, toCustomer }: { readonly fromCustomer: Identifier; readonly toCustomer: Identifier },
  { at, actor, details }: Pick<Change, 'at' | 'actor' | 'details'>,
): Promise<void> {
  const left = await client.query('select from channel_account where customer_id = $1 limit 1', [fromCustomer]);
  if (left.rowCount !== 0) return;
  await client.query(MOVE_TICKETS, [fromCustomer, toCustomer, timestamp(at), actor, JSON.stringify(details)]);
  await client.query('update address set customer_id = $2 where customer_id = $1', [fromCustomer, toCustomer]);
  await client.query('update product_unit set customer_id = $2 where customer_id = $1', [fromCustomer, toCustomer]);
  await client.query(ADD_WHAT_IS_KNOWN, [fromCustomer, toCustomer]);
  await client.query('delete from customer where id = $1', [fromCustomer]);
}

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
