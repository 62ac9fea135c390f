/** Gives a ticket to somebody of the staff, with its place in the timeline and the audit, in one transaction. */
import type { WriteAssignee } from '../../desk/ticket-assign.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { isLive } from '../../domain/known-ticket.ts';
import type { TicketStatus } from '../../domain/ticket.ts';
import { inTransaction, once } from '../connection.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

export function writeAssigneeOn({ prisma, pool, seal }: DeskConnection): WriteAssignee {
  return async (number, staffId, change) => {
    const no = await inTransaction(pool, async (client) => {
      const [ticket] = await once<Row>(client, FOUND, [number]);
      if (ticket === undefined) return { kind: 'no-such-ticket' } as const;
      if (!isLive(ticket)) return { kind: 'ticket-over', status: ticket.status } as const;
      if (staffId !== null && (await once(client, STAFF, [staffId])).length === 0) return { kind: 'no-such-staff' } as const;
      const before = ticket.assignee_id;
      if (before === staffId) return null;
      await once(client, SET, [ticket.id, staffId]);
      await writeTicketEvent(client, ticket.id, 'assigned', { ...change, details: { to: staffId } });
      await writeAudit(client, { ...change, details: { to: staffId, before } });
      return null;
    });
    if (no !== null) return no;
    const row = await prisma.ticket.findUniqueOrThrow({ where: { number }, include: WHOLE });
    return { kind: 'assigned', record: recordOf(row, seal) };
  };
}

type Row = { readonly id: Identifier; readonly status: TicketStatus; readonly assignee_id: Identifier | null };

const FOUND = { name: 'assign-ticket', text: 'select id, status, assignee_id from ticket where number = $1 for no key update' };
const STAFF = { name: 'assign-staff', text: 'select id from staff where id = $1' };
const SET = { name: 'assign-set', text: 'update ticket set assignee_id = $2, revision = revision + 1 where id = $1' };
