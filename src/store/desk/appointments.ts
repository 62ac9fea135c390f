/** Visits by window. Holds, and visits no ticket is left on, are nobody's promise. */
import type { ListAppointments } from '../../desk/appointments.ts';
import { APPOINTMENT_STATUSES } from '../../domain/ticket.ts';
import { afterCursor, type DeskConnection, identifierOf, instantIn, instantOrNull, wordOf } from './desk-connection.ts';

/** Visits over the store. */
export function listAppointmentsOn({ prisma }: DeskConnection): ListAppointments {
  return async ({ from, to, engineer, after, limit }) => {
    const rows = await prisma.appointment.findMany({
      where: {
        status: { not: 'held' },
        tickets: { some: {} },
        ...(engineer === null ? {} : { engineerId: engineer }),
        windowFrom: { ...(from === null ? {} : { gte: new Date(from) }), ...(to === null ? {} : { lt: new Date(to) }) },
        ...afterCursor('windowFrom', 'asc', after),
      },
      include: { engineer: { select: { id: true, name: true } }, tickets: { include: { ticket: { select: { number: true } } } } },
      orderBy: [{ windowFrom: 'asc' }, { id: 'asc' }],
      take: limit,
    });
    return rows.map((row) => {
      const tickets = row.tickets.map((it) => it.ticket.number).sort();
      const [ticket] = tickets;
      if (ticket === undefined) throw new Error('invariant: a visit that is listed has a ticket');
      return {
        id: identifierOf(row.id),
        engineer: { id: identifierOf(row.engineer.id), name: row.engineer.name },
        window: { from: instantIn(row.windowFrom), to: instantIn(row.windowTo) },
        status: wordOf(APPOINTMENT_STATUSES, row.status),
        confirmedAt: instantOrNull(row.confirmedAt),
        ticket,
        tickets,
      };
    });
  };
}
