/** Sets the cause of a complaint, with its place in the timeline and the audit, in one transaction (S4-003). */
import type { WriteCause } from '../../desk/complaint-cause.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { inTransaction, once } from '../connection.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { recordOf, WHOLE } from './ticket-row.ts';

export function writeCauseOn({ prisma, pool, seal }: DeskConnection): WriteCause {
  return async (number, cause, change) => {
    const no = await inTransaction(pool, async (client) => {
      const [ticket] = await once<Row>(client, FOUND, [number]);
      if (ticket === undefined) return 'no-such-ticket' as const;
      const [before] = await once<{ cause: string | null }>(client, CASE, [ticket.id]);
      if (before === undefined) return 'no-complaint' as const;
      if (before.cause === cause) return null;
      await once(client, SET, [ticket.id, cause]);
      const told = { ...change, details: { cause, before: before.cause } };
      await writeTicketEvent(client, ticket.id, 'complaint-cause', told);
      await writeAudit(client, told);
      return null;
    });
    if (no !== null) return { kind: no };
    const row = await prisma.ticket.findUniqueOrThrow({ where: { number }, include: WHOLE });
    return { kind: 'set', record: recordOf(row, seal) };
  };
}

type Row = { readonly id: Identifier };

const FOUND = { name: 'cause-ticket', text: 'select id from ticket where number = $1' };
const CASE = { name: 'cause-case', text: 'select cause from complaint_case where ticket_id = $1 for no key update' };
const SET = { name: 'cause-set', text: 'update complaint_case set cause = $2 where ticket_id = $1' };
