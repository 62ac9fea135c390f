/** Keeps an internal note of a ticket, sealed. The ticket is locked first, so that many at once stay within its limit. */
import type { WriteTicketNote } from '../../desk/ticket-note.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { inTransaction, once, timestamp } from '../connection.ts';
import { SEALED } from '../purposes.ts';
import { type DeskConnection, writeAudit } from './desk-connection.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

export function writeTicketNoteOn({ prisma, pool, seal }: DeskConnection): WriteTicketNote {
  return async (number, { id, staffId, text }, notesMax, change) => {
    const no = await inTransaction(pool, async (client) => {
      const [ticket] = await once<{ readonly id: Identifier }>(client, LOCK, [number]);
      if (ticket === undefined) return { kind: 'no-such-ticket' } as const;
      // Written by this very request before: its answer got lost, not its effect.
      if ((await once(client, WRITTEN, [id])).length > 0) return null;
      if ((await once(client, HELD, [ticket.id, notesMax])).length >= notesMax) return { kind: 'too-many-notes' } as const;
      await once(client, WRITE, [id, ticket.id, staffId, seal.seal(SEALED.ticketNote, text), timestamp(change.at)]);
      await writeAudit(client, change);
      return null;
    });
    if (no !== null) return no;
    const row = await prisma.ticket.findUniqueOrThrow({ where: { number }, include: WHOLE });
    return { kind: 'noted', record: recordOf(row, seal) };
  };
}

const LOCK = { name: 'ticket-note-lock', text: 'select id from ticket where number = $1 for no key update' };
const WRITTEN = { name: 'ticket-note-written', text: 'select from ticket_note where id = $1' };
const HELD = { name: 'ticket-note-held', text: 'select from ticket_note where ticket_id = $1 limit $2' };
const WRITE = {
  name: 'ticket-note-write',
  text: 'insert into ticket_note (id, ticket_id, staff_id, text_sealed, at) values ($1, $2, $3, $4, $5)',
};
