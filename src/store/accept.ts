/**
 * Makes inbound messages durable before a channel is told. Places in the log are given under the conversation's row
 * lock, so the log's order is the order of commits and has no gaps; a message known already takes no place.
 */
import type pg from 'pg';
import type { Identifier } from '../domain/identifier.ts';
import type { Inbound } from '../turn/message.ts';
import type { Accept, Accepted } from '../turn/ports.ts';
import { type Connection, jsonParameter, once, PASSING, retrying, timestamp, UNIQUE_VIOLATION } from './connection.ts';
import { grouped } from './group.ts';
import { SEALED } from './purposes.ts';
import { type Seal, withoutNul } from './seal.ts';

export function acceptOn({ pool, seal, recent }: Connection): Accept {
  // Of two connections that bring the same message at once, one breaks the unique key, tries again, and finds it.
  const accept: Accept = async (inbounds) => {
    const answers = await retrying([...PASSING, UNIQUE_VIOLATION], () => acceptThrough(pool, seal, inbounds));
    for (const [index, { id, body }] of inbounds.entries()) if (answers[index]?.kind === 'accepted') recent.keepBody(id, body);
    return answers;
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
  const byKey = new Map(firsts.map((it, n) => [keyOf(it), acceptedOf(it, byPlace.get(n))]));
  return inbounds.map((it) => {
    const accepted = byKey.get(keyOf(it));
    if (!accepted) throw new Error('invariant: every inbound message is answered');
    return accepted.kind === 'accepted' && !firsts.includes(it) ? { ...accepted, kind: 'redelivered' } : accepted;
  });
}

/** A message for a conversation nobody opened has no row. */
type Row = { readonly n: number; readonly known_id: Identifier | null; readonly known_seq: number | null; readonly seq: number | null };

function keyOf({ channel, channelMessageId }: Inbound): string {
  return `${channel} ${storable(channelMessageId)}`;
}

/** As PostgreSQL will hold it: ids that differ only in what it can't hold are one id. */
export function storable(text: string): string {
  return Buffer.from(withoutNul(text)).toString();
}

function acceptedOf({ id }: Inbound, row: Row | undefined): Accepted {
  if (row?.known_id && row.known_seq !== null) return { kind: 'redelivered', id: row.known_id, seq: row.known_seq };
  return row && row.seq !== null ? { kind: 'accepted', id, seq: row.seq } : { kind: 'no-such-conversation' };
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
  select c.id, c.last_seq from conversation c where c.id in (select conversation_id from fresh) order by c.id for no key update
), placed as materialized (
  select f.*, (l.last_seq + row_number() over (partition by f.conversation_id order by f.n))::int as seq from fresh f join locked l on l.id = f.conversation_id
), counted as (
  update conversation c set last_seq = p.seq from (select conversation_id, max(seq) as seq from placed group by 1) p where c.id = p.conversation_id
), inserted as (
  insert into message (id, conversation_id, seq, direction, sender, channel, channel_message_id, body_sealed, created_at)
  select id, conversation_id, seq, 'in', sender, channel, channel_message_id, decode(body, 'base64'), at from placed
)
select n, known_id, known_seq, null::int as seq from looked_up where known_id is not null
union all
select n, null, null, seq from placed`,
};
