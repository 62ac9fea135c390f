/** A message of the staff that failed waits to be sent again. */
import type { PutBack } from '../../desk/send-again.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Delivery } from '../../turn/message.ts';
import { inTransaction } from '../connection.ts';
import { type DeskConnection, writeAudit } from './desk-connection.ts';

/** Putting back over the store. */
export function putBackOn({ pool, holder }: DeskConnection): PutBack {
  return (messageId, handoffId, change) =>
    inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ conversation_id: Identifier; delivery: Delivery }>(LOCK, [messageId, handoffId]);
      const [message] = rows;
      if (!message) return { kind: 'no-such-message' };
      if (message.delivery !== 'failed') return { kind: 'not-failed', delivery: message.delivery };
      await client.query(PUT_BACK, [messageId, holder]);
      await writeAudit(client, change);
      return { kind: 'put-back', conversationId: message.conversation_id };
    });
}

const LOCK = `
select m.conversation_id, m.delivery from message m
where m.id = $1 and m.sender = 'staff' and m.direction = 'out'
  and ($2::uuid is null or m.conversation_id = (select conversation_id from handoff where id = $2::uuid))
for no key update of m`;

/** Other processes hear of it: one of them may hold the customer's socket. */
const PUT_BACK = `
with back as (
  update message set delivery = 'pending', attempts = 0, held_by = null, held_until = now() where id = $1 returning conversation_id
)
select pg_notify('baoxiu_outgoing', conversation_id || ' ' || $2::text) from back`;
