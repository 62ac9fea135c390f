/**
 * What waits for its customer becomes pending again once something may be said to them. A message waits only when
 * nothing might be said, and a platform that refuses closes the window (`shut`): so what is woken was made possible by
 * something new, and nothing is woken twice for the same refusal.
 */
import type pg from 'pg';
import type { PlatformSends, SendQuota } from '../../turn/platform-ports.ts';
import { query } from '../connection.ts';
import { SEND_WINDOW, windowParameters } from './send-window.ts';

export function wakeOn(pool: pg.Pool, quota: SendQuota): PlatformSends['wake'] {
  return async (channel, at) => (await query(pool, WAKE, [...windowParameters(at, quota), channel])).length;
}

/** More are woken the next time. */
const MESSAGES_MAX = 1_000;
const MESSAGES_OF_ONE_MAX = 50;

/**
 * From the messages that wait to their few conversations, never the other way round. What somebody else is changing just
 * now is left for the next time. Its tries begin anew: what failed before was another window.
 */
const WAKE = {
  name: 'wake',
  text: `
with waits as materialized (
  select distinct m.conversation_id as id from message m where m.delivery = 'waiting' and (m.channel = $6) is true
), may_hear as materialized (
  select c.id from waits c cross join lateral (${SEND_WINDOW}) w
), chosen as materialized (
  select w.id from may_hear c cross join lateral (
    select x.id from message x where x.conversation_id = c.id and x.delivery = 'waiting'
    order by x.seq limit ${MESSAGES_OF_ONE_MAX} for no key update skip locked
  ) w
  limit ${MESSAGES_MAX}
)
update message m set delivery = 'pending', held_by = null, held_until = null, attempts = 0
from chosen where m.id = chosen.id and (m.delivery = 'waiting') is true
returning m.id`,
};
