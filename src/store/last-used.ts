/** Where an account is to be found: the conversation its customer wrote in last, else the newest. */

/** SQL for one row (`id`, `channel`, `owner`, `asking`, `last_seq`, `used_at`), or none when the account has no conversation. */
export function lastUsed(accountId: string): string {
  return `
  select o.id, o.channel, o.owner, o.asking, o.last_seq, coalesce(w.created_at, o.created_at) as used_at
  from conversation o
  left join lateral (
    select m.created_at from message m where m.conversation_id = o.id and m.sender = 'customer' order by m.seq desc limit 1
  ) w on true
  where o.account_id = ${accountId} order by used_at desc, o.id desc limit 1`;
}
