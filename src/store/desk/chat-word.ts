/**
 * What the desk says in a chat, as a row of the transcript: inside the transaction of the change that says it, which has
 * locked the conversation, so its place is where it was said.
 */
import type pg from 'pg';
import type { ChatWord } from '../../desk/handoff-words.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import { NEW_CONVERSATION, parseState } from '../../turn/conversation-state.ts';
import type { OutgoingMessage } from '../../turn/message.ts';
import type { Owner } from '../../turn/ports.ts';
import { timestamp } from '../connection.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import type { DeskConnection } from './desk-connection.ts';

/** Puts a message in the chat, pending and held by nobody, and answers its place. `owner` null leaves who talks there. */
export async function putInChat(
  client: pg.PoolClient,
  { seal, holder }: Pick<DeskConnection, 'seal' | 'holder'>,
  conversationId: Identifier,
  { id, sender, body, at }: OutgoingMessage,
  owner: Owner | null,
): Promise<number> {
  const sealed = seal.seal(SEALED.messageBody, JSON.stringify(body));
  const { rows } = await client.query<{ seq: number }>(SAY, [conversationId, id, sender, sealed, timestamp(at), holder, owner]);
  if (!rows[0]) throw new Error('invariant: a locked conversation takes a message');
  return rows[0].seq;
}

/** Says a word of the bot in the customer's language. */
export async function sayWord(
  client: pg.PoolClient,
  connection: Pick<DeskConnection, 'seal' | 'holder'>,
  conversationId: Identifier,
  { id, body, at, owner }: ChatWord & { readonly at: Instant; readonly owner: Owner | null },
): Promise<void> {
  const { rows } = await client.query<{ state_sealed: Buffer }>('select state_sealed from conversation where id = $1', [conversationId]);
  const { language } = stateOf(rows[0]?.state_sealed, connection.seal);
  await putInChat(client, connection, conversationId, { id, sender: 'bot', body: body(language), at }, owner);
}

/** A state nobody can read any more was that of some other release: the next turn begins anew as well. */
function stateOf(sealed: Buffer | undefined, seal: Seal) {
  const stored: unknown = sealed === undefined ? null : JSON.parse(seal.open(SEALED.conversationState, sealed));
  return parseState(stored) ?? NEW_CONVERSATION;
}

/**
 * Other processes hear of it as they do of what the bot says (see `outgoing-notice.ts`). A turn in flight loses its
 * revision: it must know that something is undelivered before what it says.
 */
const SAY = `
with placed as (
  update conversation set last_seq = last_seq + 1, revision = revision + 1, owner = coalesce($7, owner) where id = $1
  returning id, channel, last_seq
), said as (
  insert into message (id, conversation_id, seq, direction, sender, channel, body_sealed, created_at, delivery, held_until)
  select $2, id, last_seq, 'out', $3, channel, $4, $5, 'pending', now() from placed
)
select last_seq as seq, pg_notify('baoxiu_outgoing', id || ' ' || $6::text) from placed`;
