/** What happened at the desk, put in a conversation's log so that the next turn hears of it: no crash can lose it. */
import type pg from 'pg';
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { InboundBody } from '../../turn/message.ts';
import { timestamp } from '../connection.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';

type DeskEvent = {
  readonly id: Identifier;
  /** The conversation's revision is added: an event is named after the change that made it, so each change is one event. */
  readonly key: string;
  readonly body: Extract<InboundBody, { kind: 'event' }>;
  readonly at: Instant;
};

/** Appends the event, unapplied. Inside the change's transaction, which has locked the conversation. */
export async function tellConversation(
  client: pg.PoolClient,
  seal: Seal,
  conversationId: Identifier,
  { id, key, body, at }: DeskEvent,
): Promise<void> {
  await client.query(TELL, [conversationId, id, key, seal.seal(SEALED.messageBody, JSON.stringify(body)), timestamp(at)]);
}

const TELL = `
with placed as (update conversation set last_seq = last_seq + 1 where id = $1 returning id, channel, last_seq, revision)
insert into message (id, conversation_id, seq, direction, sender, channel, channel_message_id, body_sealed, created_at)
select $2, id, last_seq, 'in', 'system', channel, $3 || ':' || revision, $4, $5 from placed`;
