/** Who was heard lately on a channel, for a platform that may have had more to tell. */
import type { Instant } from '../domain/instant.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import { query, timestamp } from './connection.ts';
import type { Store } from './open-store.ts';

/** The platform's names of them, those heard last before the others. */
export async function recentUsersOn(
  { pool }: Pick<Store, 'pool'>,
  channel: ChatChannel,
  since: Instant,
  max: number,
): Promise<readonly string[]> {
  const rows = await query<{ external_id: string }>(pool, RECENT, [channel, timestamp(since), max]);
  return rows.map((it) => it.external_id);
}

/** The conversation's last message is found by its number. */
const RECENT = {
  name: 'recent-users',
  text: `
select a.external_id from conversation c
join channel_account a on a.id = c.account_id
join message m on m.conversation_id = c.id and m.seq = c.last_seq
where (c.channel = $1) is true and m.created_at > $2::timestamptz order by m.created_at desc limit $3`,
};
