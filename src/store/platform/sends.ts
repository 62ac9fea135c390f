/**
 * The sends of a platform that counts them. One is taken with its conversation locked, so that two processes never take
 * the same last one; what a process took and never settled stays taken: better one too few than a refusal.
 */
import { instantOf } from '../../domain/instant.ts';
import type { PlatformSends, SendQuota } from '../../turn/platform-ports.ts';
import { inTransaction, once, query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { SEND_WINDOW, windowParameters } from './send-window.ts';
import { wakeOn } from './wake.ts';

export function sendsOn({ pool }: Pick<Store, 'pool'>, quota: SendQuota): PlatformSends {
  return {
    take: (conversationId, messageId, at) =>
      inTransaction(pool, async (client) => {
        // A statement of its own: the next one sees what was taken while this one waited.
        await once(client, LOCK, [conversationId]);
        const [taken] = await once<{ id: string }>(client, TAKE, [...windowParameters(at, quota), conversationId, messageId]);
        return taken?.id ?? null;
      }),
    sent: async (takenId) => void (await query(pool, SENT, [takenId])),
    giveBack: async (takenId) => void (await query(pool, GIVE_BACK, [takenId])),
    shut: async (conversationId, at) => void (await query(pool, SHUT, [conversationId, timestamp(at)])),
    partsSent: async (messageId, conversationId) => {
      const [row] = await query<{ parts: number }>(pool, PARTS_SENT, [conversationId, messageId]);
      return row?.parts ?? 0;
    },
    left: async (conversationId, at) => {
      const [row] = await query<{ sends: number; until: Date }>(pool, LEFT, [...windowParameters(at, quota), conversationId]);
      return row === undefined ? null : { sends: row.sends, until: instantOf(row.until.getTime()) };
    },
    wake: wakeOn(pool, quota),
  };
}

const LOCK = { name: 'send-lock', text: 'select id from conversation where id = $1 for no key update' };

const TAKE = {
  name: 'send-take',
  text: `
insert into platform_send (conversation_id, message_id, outcome, at)
select c.id, $7::uuid, 'taken', $1::timestamptz from conversation c cross join lateral (${SEND_WINDOW}) w where c.id = $6::uuid
returning id`,
};

const SENT = { name: 'send-sent', text: "update platform_send set outcome = 'sent' where id = $1::bigint and (outcome = 'taken') is true" };
const GIVE_BACK = { name: 'send-give-back', text: "delete from platform_send where id = $1::bigint and (outcome = 'taken') is true" };
const SHUT = { name: 'send-shut', text: "insert into platform_send (conversation_id, outcome, at) values ($1, 'shut', $2)" };

const PARTS_SENT = {
  name: 'send-parts',
  text: `
select count(*)::int as parts from platform_send where conversation_id = $1 and (message_id = $2::uuid and outcome = 'sent') is true`,
};

const LEFT = {
  name: 'send-left',
  text: `select w.sends, w.until from conversation c cross join lateral (${SEND_WINDOW}) w where c.id = $6::uuid`,
};
