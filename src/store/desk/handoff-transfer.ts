/** A claimed handoff changes hands, with the word on it in the chat. */
import type { HandoffTransfers } from '../../desk/handoff-transfer.ts';
import { STAFF_ROLES } from '../../domain/ticket.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { sayWord } from './chat-word.ts';
import { type DeskConnection, identifierOf, wordOf, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { lockHandoff, whyNot } from './handoff-lock.ts';
import { readHandoff } from './handoff-row.ts';

/** Transfers over the store. */
export function handoffTransfersOn(connection: DeskConnection): HandoffTransfers {
  return {
    member: async (staffId) => {
      const row = await connection.prisma.staff.findUnique({ where: { id: staffId }, select: { id: true, name: true, role: true } });
      return row === null ? null : { id: identifierOf(row.id), name: row.name, role: wordOf(STAFF_ROLES, row.role) };
    },

    transfer: async ({ handoffId, owner, change }, to, word) => {
      const done = await inTransaction(connection.pool, async (client) => {
        const found = await lockHandoff(client, handoffId);
        const notYours = whyNot(found, owner);
        if (notYours !== null || found === null) return notYours ?? ({ kind: 'no-such-handoff' } as const);
        if (found.owner?.id === to.id) return { kind: 'transferred', isNew: false } as const;
        await client.query(TRANSFER, [handoffId, to.id, timestamp(change.at)]);
        await sayWord(client, connection, found.conversationId, { ...word, at: change.at, owner: null });
        await writeTicketEvent(client, found.ticketId, 'handoff-transferred', change);
        await writeAudit(client, change);
        return { kind: 'transferred', isNew: true } as const;
      });
      return done.kind === 'transferred' ? { ...done, handoff: await readHandoff(connection, handoffId) } : done;
    },
  };
}

const TRANSFER = `update handoff set owner_id = $2, claimed_at = $3 where id = $1 and status = 'claimed'`;
