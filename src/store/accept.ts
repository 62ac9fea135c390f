/**
 * Makes inbound messages durable before a channel is told. Places in the log are given under the conversation's row
 * lock, so the log's order is the order of commits and has no gaps; a message known already takes no place.
 */
import type pg from 'pg';
import type { Identifier } from '../domain/identifier.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Inbound } from '../turn/message.ts';
import type { Accept, Accepted, ConversationAtRevision, Owner } from '../turn/ports.ts';
import { type Connection, jsonParameter, once, PASSING, retrying, timestamp, UNIQUE_VIOLATION } from './connection.ts';
import { grouped } from './group.ts';
import { SEALED } from './purposes.ts';
import type { Recent, RecentMessage } from './recent.ts';
import { type Seal, withoutNul } from './seal.ts';

export function acceptOn({ pool, seal, recent }: Connection): Accept {
  // Of two connections that bring the same message at once, one breaks the unique key, tries again, and finds it.
  const accept: Accept = async (inbounds) => {
    const taken = await retrying([...PASSING, UNIQUE_VIOLATION], () => takeIn(pool, seal, inbounds));
    remember(recent, taken);
    return taken.map((it) => it.accepted);
  };
  return grouped({
    together: async (lists: readonly (readonly Inbound[])[]) => {
      const answers = [...(await accept(lists.flat()))];
      return lists.map((it) => answers.splice(0, it.length));
    },
    keysOf: (list) => [...new Set(list.map((it) => it.conversationId))],
  });
}

/** Tried once: on a pool it is a statement of its own, on a client part of the transaction there. */
export async function acceptThrough(on: pg.Pool | pg.PoolClient, seal: Seal, inbounds: readonly Inbound[]): Promise<readonly Accepted[]> {
  return (await takeIn(on, seal, inbounds)).map((it) => it.accepted);
}

/** `place` when it was new: where it stands in the log, and its conversation just before. */
type Taken = { readonly inbound: Inbound; readonly accepted: Accepted; readonly place: Placed | null };

async function takeIn(on: pg.Pool | pg.PoolClient, seal: Seal, inbounds: readonly Inbound[]): Promise<readonly Taken[]> {
  const firsts = [...new Map([...inbounds].reverse().map((it) => [keyOf(it), it])).values()].reverse();
  if (firsts.length === 0) return [];
  const rows = firsts.map((it, n) => ({
    n,
    id: it.id,
    conversation_id: it.conversationId,
    channel: it.channel,
    channel_message_id: storable(it.channelMessageId),
    sender: it.sender,
    body: seal.seal(SEALED.messageBody, JSON.stringify(it.body)).toString('base64'),
    at: timestamp(it.at),
  }));
  const answers = await once<Row>(on, ACCEPT, [jsonParameter(rows)]);
  const byPlace = new Map(answers.map((it) => [it.n, it]));
  const byKey = new Map(firsts.map((it, n) => [keyOf(it), takenOf(it, byPlace.get(n))]));
  return inbounds.map((it) => {
    const taken = byKey.get(keyOf(it));
    if (!taken) throw new Error('invariant: every inbound message is answered');
    const { accepted } = taken;
    return accepted.kind === 'accepted' && taken.inbound !== it
      ? { inbound: it, accepted: { ...accepted, kind: 'redelivered' }, place: null }
      : taken;
  });
}

/**
 * The next turn need not read what is known here: the messages, and their conversation when nothing was added to its log
 * since everything in it was answered by this process.
 */
function remember(recent: Recent, taken: readonly Taken[]): void {
  const found = new Map<Identifier, ConversationAtRevision | null>();
  for (const { inbound, place } of taken) {
    if (place === null) continue;
    const message = { ...inbound, channelMessageId: storable(inbound.channelMessageId), seq: place.seq };
    recent.keepMessage(message);
    const conversation = found.get(inbound.conversationId);
    if (conversation) found.set(inbound.conversationId, { ...conversation, unapplied: [...conversation.unapplied, message] });
    else if (conversation === undefined) found.set(inbound.conversationId, foundBy(message, place, recent));
  }
  for (const [conversationId, conversation] of found) recent.keepFound(conversationId, conversation);
}

function foundBy(message: RecentMessage, place: Placed, recent: Recent): ConversationAtRevision | null {
  const { conversationId, seq } = message;
  const known = recent.stateOf(conversationId);
  if (known === null || known.revision !== place.revision || known.lastSeq !== seq - 1) return null;
  return {
    conversationId,
    accountId: place.account_id,
    customerId: place.customer_id,
    channel: place.channel,
    externalId: place.external_id,
    owner: place.owner,
    revision: place.revision,
    state: known.state,
    unapplied: [message],
  };
}

type Placed = {
  readonly n: number;
  readonly known_id: null;
  readonly known_seq: null;
  readonly seq: number;
  readonly account_id: Identifier;
  readonly customer_id: Identifier;
  readonly channel: ChatChannel;
  readonly external_id: string;
  readonly owner: Owner;
  readonly revision: number;
};

/** A message for a conversation nobody opened has no row. */
type Row = Placed | { readonly n: number; readonly known_id: Identifier; readonly known_seq: number };

function keyOf({ channel, channelMessageId }: Inbound): string {
  return `${channel} ${storable(channelMessageId)}`;
}

/** As PostgreSQL will hold it: ids that differ only in what it can't hold are one id. */
export function storable(text: string): string {
  return Buffer.from(withoutNul(text)).toString();
}

function takenOf(inbound: Inbound, row: Row | undefined): Taken {
  if (row === undefined) return { inbound, accepted: { kind: 'no-such-conversation' }, place: null };
  if (row.known_id !== null) return { inbound, accepted: { kind: 'redelivered', id: row.known_id, seq: row.known_seq }, place: null };
  return { inbound, accepted: { kind: 'accepted', id: inbound.id, seq: row.seq }, place: row };
}

const ACCEPT = {
  name: 'accept',
  text: `
with wanted as materialized (
  select * from json_to_recordset($1) as w (n int, id uuid, conversation_id uuid, channel text, channel_message_id text, sender text, body text, at timestamptz)
), looked_up as materialized (
  select w.*, m.id as known_id, m.seq as known_seq
  from wanted w left join message m on m.channel = w.channel and m.channel_message_id = w.channel_message_id
), fresh as materialized (
  select * from looked_up where known_id is null
), locked as materialized (
  select c.id, c.last_seq, c.account_id, c.channel, c.owner, c.revision from conversation c where c.id in (select conversation_id from fresh) order by c.id for no key update
), placed as materialized (
  select f.*, (l.last_seq + row_number() over (partition by f.conversation_id order by f.n))::int as seq from fresh f join locked l on l.id = f.conversation_id
), counted as (
  update conversation c set last_seq = p.seq from (select conversation_id, max(seq) as seq from placed group by 1) p where c.id = p.conversation_id
), inserted as (
  insert into message (id, conversation_id, seq, direction, sender, channel, channel_message_id, body_sealed, created_at)
  select id, conversation_id, seq, 'in', sender, channel, channel_message_id, decode(body, 'base64'), at from placed
)
select n, known_id, known_seq, null::int as seq, null::uuid as account_id, null::uuid as customer_id, null as channel, null as external_id, null as owner, null::int as revision
from looked_up where known_id is not null
union all
select p.n, null, null, p.seq, l.account_id, a.customer_id, l.channel, a.external_id, l.owner, l.revision
from placed p join locked l on l.id = p.conversation_id join channel_account a on a.id = l.account_id`,
};
