/** The transcript of a conversation, both directions, in order. */
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { Delivery, InboundBody, LoggedMessage } from '../turn/message.ts';
import { type Connection, query } from './connection.ts';
import { outgoingBody } from './message-body.ts';
import { SEALED } from './purposes.ts';
import type { Seal } from './seal.ts';

/** Messages after a place (0 = from the beginning), oldest first, at most `limit`. */
export type ReadLog = (conversationId: Identifier, afterSeq: number, limit: number) => Promise<readonly LoggedMessage[]>;

/** The place of the last message, 0 when there is none; null when there is no such conversation. */
export type LastSeq = (conversationId: Identifier) => Promise<number | null>;

export function readLogOn({ pool, seal }: Connection): ReadLog {
  return async (conversationId, afterSeq, limit) => {
    const rows = await query<Row>(pool, READ_LOG, [conversationId, afterSeq, limit]);
    return rows.map((it) => loggedOf(it, seal));
  };
}

export function lastSeqOn({ pool }: Connection): LastSeq {
  return async (conversationId) => {
    const [row] = await query<{ last_seq: number }>(pool, LAST_SEQ, [conversationId]);
    return row?.last_seq ?? null;
  };
}

type Row = {
  readonly id: Identifier;
  readonly seq: number;
  readonly sender: LoggedMessage['from'];
  readonly channel_message_id: string | null;
  readonly body_sealed: Buffer;
  readonly created_at: Date;
  readonly delivery: Delivery | null;
};

function loggedOf(row: Row, seal: Seal): LoggedMessage {
  const body = seal.open(SEALED.messageBody, row.body_sealed);
  const place = {
    id: row.id,
    seq: row.seq,
    at: instantOf(row.created_at.getTime()),
    channelMessageId: row.channel_message_id,
    delivery: row.delivery,
  };
  return row.sender === 'bot' || row.sender === 'staff'
    ? { ...place, from: row.sender, body: outgoingBody(body) }
    : { ...place, from: row.sender, body: JSON.parse(body) as InboundBody };
}

const READ_LOG = {
  name: 'read-log',
  text: `
select id, seq, sender, channel_message_id, body_sealed, created_at, delivery from message
where conversation_id = $1 and seq > $2 order by seq limit $3`,
};

const LAST_SEQ = { name: 'last-seq', text: 'select last_seq from conversation where id = $1' };
