/** Questions about another account: those to be put where the customer was heard last, and those nobody has answered in time. */
import type { Identifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import { query, timestamp } from '../connection.ts';
import { lastUsed } from '../last-used.ts';
import type { Store } from '../open-store.ts';

type Row = {
  readonly linkId: Identifier;
  readonly conversationId: Identifier;
  readonly channel: ChatChannel;
  readonly onceKey: string;
};

/** Account links over the store. */
export function accountLinksOn({ pool }: Pick<Store, 'pool'>) {
  return {
    toAsk: (silentSince: Instant, max: number) => query<Row>(pool, TO_ASK, [timestamp(silentSince), max]),
    giveUp: async (askedUntil: Instant, at: Instant) => void (await query(pool, GIVE_UP, [timestamp(askedUntil), timestamp(at)])),
  };
}

/** Of the event that puts a question. */
function onceKey(link: string): string {
  return `'link:' || ${link}.id || ':asked:' || h.talks`;
}

/**
 * One customer is asked one thing at a time, the oldest first. Not while a person has the chat (afterwards the question is
 * put anew: the key counts the times a person had it), a danger is being seen to, or a dialog waits that did not fall silent.
 */
const TO_ASK = {
  name: 'account-links-to-ask',
  text: `
select l.id as "linkId", u.id as "conversationId", u.channel, k.once_key as "onceKey"
from account_link l
cross join lateral (${lastUsed('l.known_account_id')}) u
cross join lateral (select count(*) as talks from handoff h where h.conversation_id = u.id) h
cross join lateral (select ${onceKey('l')} as once_key) k
where l.status = 'asked' and u.owner = 'bot'
  and (not u.asking or exists (
    select from message m where m.conversation_id = u.id and m.seq = u.last_seq and m.created_at <= $1::timestamptz))
  and not exists (
    select from ticket t
    where t.conversation_id = u.id
      and (t.kind = 'repair' and t.priority = 'urgent' and t.status in ('open', 'scheduled', 'in-progress', 'waiting-customer')) is true)
  and not exists (
    select from account_link e
    where e.known_account_id = l.known_account_id and e.status = 'asked' and e.id <> l.id
      and ((e.asked_at, e.id) < (l.asked_at, l.id)
           or exists (select from message m where m.channel = u.channel and m.channel_message_id = ${onceKey('e')})))
  and not exists (select from message m where m.channel = u.channel and m.channel_message_id = k.once_key)
order by l.asked_at limit $2`,
};

const GIVE_UP = {
  name: 'account-links-give-up',
  text: `update account_link set status = 'expired', answered_at = $2 where status = 'asked' and asked_at <= $1`,
};
