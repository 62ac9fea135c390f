/** Chats in which the bot asked something and nobody has answered. */
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

type Row = { readonly conversationId: Identifier; readonly channel: ChatChannel; readonly seq: number };

/** Silent chats over the store. */
export function silentChatsOn({ pool }: Pick<Store, 'pool'>) {
  return {
    silent: (since: Instant, until: Instant, max: number) => query<Row>(pool, SILENT, [timestamp(since), timestamp(until), max]),
  };
}

/** The conversation's last message is found by its number, so a chat that went on is never taken for silent. */
const SILENT = {
  name: 'silent-chats',
  text: `
select c.id as "conversationId", c.channel, m.seq
from message m join conversation c on c.id = m.conversation_id and c.last_seq = m.seq
where m.created_at > $1::timestamptz and m.created_at <= $2::timestamptz and m.direction = 'out' and m.sender = 'bot'
  and c.owner = 'bot' and c.asking
order by m.created_at limit $3`,
};
