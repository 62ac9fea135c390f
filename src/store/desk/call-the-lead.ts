/** Pages that somebody at the desk raises by hand, about a chat or a ticket. */
import type pg from 'pg';
import type { LeadCalls, LeadPage } from '../../desk/call-the-lead.ts';
import type { Change } from '../../desk/change.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { insertNote } from './handoff-note.ts';
import { readHandoff } from './handoff-row.ts';

type About = { readonly ticket_id: Identifier | null; readonly conversation_id: Identifier | null };

/** Calls for a lead over the store. */
export function leadCallsOn(connection: DeskConnection): LeadCalls {
  const { pool, seal } = connection;
  return {
    ofHandoff: async (handoffId, page, note, change) => {
      const isThere = await inTransaction(pool, async (client) => {
        const { rows } = await client.query<About>('select ticket_id, conversation_id from handoff where id = $1', [handoffId]);
        if (!rows[0]) return false;
        await raise(client, rows[0], page, change);
        await insertNote(client, seal, handoffId, note, timestamp(change.at));
        return true;
      });
      return isThere ? { kind: 'escalated', handoff: await readHandoff(connection, handoffId) } : { kind: 'no-such-handoff' };
    },

    ofTicket: (number, page, change) =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<About>('select id as ticket_id, conversation_id from ticket where number = $1', [number]);
        if (!rows[0]) return false;
        await raise(client, rows[0], page, change);
        return true;
      }),
  };
}

async function raise(client: pg.PoolClient, about: About, { id, reason, audience }: LeadPage, change: Change): Promise<void> {
  await client.query(RAISE, [id, reason, about.ticket_id, about.conversation_id, timestamp(change.at), JSON.stringify(audience)]);
  await writeTicketEvent(client, about.ticket_id, 'escalated', change);
  await writeAudit(client, change);
}

const RAISE = 'insert into page (id, reason, ticket_id, conversation_id, raised_at, audience) values ($1, $2, $3, $4, $5, $6)';
