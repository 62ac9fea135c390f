/** A resolved handoff waits again. The conversation is locked first, so whether another is open in it can't change meanwhile. */
import type { ReopenHandoff } from '../../desk/handoff-reopen.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Owner } from '../../turn/ports.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { tellConversation } from './conversation-event.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { lockHandoff } from './handoff-lock.ts';
import { insertNote } from './handoff-note.ts';
import { readHandoff } from './handoff-row.ts';
import { dropChatSurvey } from './survey-clock.ts';

/** Reopening over the store. */
export function reopenHandoffOn(connection: DeskConnection): ReopenHandoff {
  const { pool, seal } = connection;
  return async (handoffId, { reason, eventId }, change) => {
    const no = await inTransaction(pool, async (client) => {
      const found = await lockHandoff(client, handoffId);
      if (found === null) return { kind: 'no-such-handoff' } as const;
      if (found.status !== 'resolved') return { kind: 'not-resolved', status: found.status } as const;
      const { rows: open } = await client.query<{ id: Identifier }>(OPEN, [found.conversationId]);
      if (open[0]) return { kind: 'open-already', handoffId: open[0].id } as const;
      const at = timestamp(change.at);
      await client.query(REOPEN, [handoffId, at]);
      await client.query(HAND_OVER, [found.conversationId, 'queue' satisfies Owner]);
      await dropChatSurvey(client, handoffId);
      await insertNote(client, seal, handoffId, reason, at);
      await tellConversation(client, seal, found.conversationId, {
        id: eventId,
        key: `reopened:${handoffId}`,
        body: { kind: 'event', event: 'handoff-reopened' },
        at: change.at,
      });
      await writeTicketEvent(client, found.ticketId, 'handoff-reopened', change);
      await writeAudit(client, change);
      return null;
    });
    return no ?? { kind: 'reopened', handoff: await readHandoff(connection, handoffId) };
  };
}

const OPEN = `select id from handoff where conversation_id = $1 and status in ('queued', 'claimed') limit 1`;

const REOPEN = `
update handoff set status = 'queued', owner_id = null, claimed_at = null, resolved_at = null, outcome = null, waiting_since = $2
where id = $1 and status = 'resolved'`;

const HAND_OVER = 'update conversation set owner = $2, revision = revision + 1 where id = $1';
