/** Opens conversations, and reads one as a turn needs it: one statement each. */
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Inbound, InboundBody } from '../turn/message.ts';
import type { ConversationAtRevision, OpenConversation, Owner, ReadConversation } from '../turn/ports.ts';
import { type Connection, PASSING, query, timestamp, UNIQUE_VIOLATION } from './connection.ts';
import { grouped } from './group.ts';
import { SEALED } from './purposes.ts';
import type { RecentState } from './recent.ts';
import { withoutNul } from './seal.ts';

export function openConversationOn({ pool, seal, recent, makeIdentifier }: Connection): OpenConversation {
  return async ({ conversationId, channel, externalId, at }) => {
    const state = seal.seal(SEALED.conversationState, JSON.stringify(null));
    const values = [conversationId, channel, withoutNul(externalId), timestamp(at), makeIdentifier(), makeIdentifier(), state];
    // Two first contacts of one person at once break a unique key; the second try finds what the first made.
    const [row] = await query<{ account_id: Identifier; created: boolean }>(pool, OPEN, values, [...PASSING, UNIQUE_VIOLATION]);
    if (!row) throw new Error('invariant: this conversation belongs to another account');
    if (row.created) recent.keepState(conversationId, { revision: 0, lastSeq: 0, state: null });
    return { conversationId, accountId: row.account_id, created: row.created };
  };
}

export function readConversationOn({ pool, seal, recent }: Connection): ReadConversation {
  const read = grouped({
    together: async (ids: readonly Identifier[]) => {
      const known = new Map(ids.map((id) => [id, recent.stateOf(id)]));
      const wanted = [[...known.keys()], Array.from(known.values(), (it) => it?.revision ?? UNKNOWN_REVISION)];
      const rows = new Map<Identifier, [Row, ...Row[]]>();
      for (const row of await query<Row>(pool, READ, wanted)) {
        const its = rows.get(row.id_of_conversation);
        if (its === undefined) rows.set(row.id_of_conversation, [row]);
        else its.push(row);
      }
      return ids.map((id) => {
        const its = rows.get(id);
        return its === undefined ? null : conversationOf(its, known.get(id) ?? null, { seal, recent });
      });
    },
    keysOf: () => [],
  });
  // What the message's own acceptance found is as good as a read: the write asks for the revision in any case.
  return async (conversationId) => recent.takeFound(conversationId) ?? (await read(conversationId));
}

type Row = {
  readonly id_of_conversation: Identifier;
  readonly account_id: Identifier;
  readonly customer_id: Identifier;
  readonly channel: ChatChannel;
  readonly external_id: string;
  readonly owner: Owner;
  readonly revision: number;
  /** Null: at the revision that is known here. */
  readonly state_sealed: Buffer | null;
} & (
  | { readonly seq: null }
  | {
      readonly seq: number;
      readonly id: Identifier;
      readonly channel_message_id: string;
      readonly sender: Inbound['sender'];
      readonly body_sealed: Buffer;
      readonly created_at: Date;
    }
);

const UNAPPLIED_MAX = 20;
const UNKNOWN_REVISION = -1;

type Opening = Pick<Connection, 'seal' | 'recent'>;

function conversationOf(rows: readonly [Row, ...Row[]], known: RecentState | null, opening: Opening): ConversationAtRevision {
  const [row] = rows;
  const conversationId = row.id_of_conversation;
  return {
    conversationId,
    accountId: row.account_id,
    customerId: row.customer_id,
    channel: row.channel,
    externalId: row.external_id,
    owner: row.owner,
    revision: row.revision,
    state:
      row.state_sealed === null ? known?.state : (JSON.parse(opening.seal.open(SEALED.conversationState, row.state_sealed)) as unknown),
    unapplied: rows.flatMap((it) => (it.seq === null ? [] : [inboundOf(it, conversationId, opening)])),
  };
}

function inboundOf(
  row: Extract<Row, { seq: number }>,
  conversationId: Identifier,
  { seal, recent }: Opening,
): Inbound & { readonly seq: number } {
  return {
    id: row.id,
    conversationId,
    channel: row.channel,
    channelMessageId: row.channel_message_id,
    sender: row.sender,
    body: recent.messageOf(row.id)?.body ?? (JSON.parse(seal.open(SEALED.messageBody, row.body_sealed)) as InboundBody),
    at: instantOf(row.created_at.getTime()),
    seq: row.seq,
  };
}

const OPEN = {
  name: 'open-conversation',
  text: `
with there as (
  select c.account_id, a.channel, a.external_id from conversation c join channel_account a on a.id = c.account_id where c.id = $1::uuid
), known as (
  select id from channel_account where channel = $2 and external_id = $3
), new_customer as (
  insert into customer (id, created_at) select $5::uuid, $4::timestamptz where not exists (select from known) and not exists (select from there)
), new_account as (
  insert into channel_account (id, customer_id, channel, external_id, created_at)
  select $6::uuid, $5::uuid, $2, $3, $4::timestamptz where not exists (select from known) and not exists (select from there) returning id
), made as (
  insert into conversation (id, account_id, channel, state_sealed, created_at)
  select $1::uuid, a.id, $2, $7::bytea, $4::timestamptz from (select id from known union all select id from new_account) a
  where not exists (select from there) returning account_id
)
select account_id, false as created from there where channel = $2 and external_id = $3 union all select account_id, true from made`,
};

const READ = {
  name: 'read-conversation',
  text: `
select c.id as id_of_conversation, c.account_id, a.customer_id, c.channel, a.external_id, c.owner, c.revision,
       case when c.revision <> w.revision then c.state_sealed end as state_sealed,
       m.id, m.seq, m.channel_message_id, m.sender, m.body_sealed, m.created_at
from unnest($1::uuid[], $2::int[]) as w (id, revision)
join conversation c on c.id = w.id
join channel_account a on a.id = c.account_id
left join lateral (
  select * from message m where m.conversation_id = c.id and m.direction = 'in' and m.applied_revision is null order by m.seq limit ${UNAPPLIED_MAX}
) m on true
order by c.id, m.seq`,
};
