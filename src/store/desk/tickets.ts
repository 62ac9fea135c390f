/** Tickets by list, search and number. Searches go by index: a number, or the blind index of a phone or serial. */
import type { TicketStore } from '../../desk/tickets.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { Prisma } from '../generated/client.ts';
import { INDEXED } from '../purposes.ts';
import { afterCursor, bytes, type DeskConnection } from './desk-connection.ts';
import { LISTED, recordOf, rowOf, WHOLE } from './ticket-row.ts';

const OVERDUE = { status: 'missed', endedAt: null } satisfies Prisma.SlaClockWhereInput;

/** Tickets over the store. */
export function ticketStore({ prisma, seal }: DeskConnection): TicketStore {
  const searched = (search: Parameters<TicketStore['list']>[0]['search']): Prisma.TicketWhereInput => {
    switch (search?.by) {
      case undefined:
        return {};
      case 'number':
        return { number: search.number };
      case 'phone':
        return { phoneIndex: bytes(seal.blindIndex(INDEXED.phone, search.phone)) };
      case 'serial':
        return { serialIndex: bytes(seal.blindIndex(INDEXED.serial, search.serial)) };
      default:
        return unreachable(search as never);
    }
  };
  return {
    list: async ({ search, kind, status, priority, channel, assignee, overdue, after, limit }) => {
      const filter = {
        ...(kind === null ? {} : { kind }),
        ...(status === null ? {} : { status }),
        ...(priority === null ? {} : { priority }),
        ...(channel === null ? {} : { channel }),
        ...(assignee === null ? {} : { assigneeId: assignee === 'none' ? null : assignee }),
        ...(overdue === null ? {} : { clocks: { [overdue ? 'some' : 'none']: OVERDUE } }),
      };
      const rows = await prisma.ticket.findMany({
        where: { ...filter, ...searched(search), ...afterCursor('openedAt', 'desc', after) },
        include: LISTED,
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: limit,
      });
      return rows.map((row) => rowOf(row, seal));
    },

    read: async (number) => {
      const row = await prisma.ticket.findUnique({ where: { number }, include: WHOLE });
      return row === null ? null : recordOf(row, seal);
    },
  };
}
