/** Everything the desk needs stored, over one open store. */
import type { DeskStore } from '../../desk/desk.ts';
import { listAppointmentsOn } from './appointments.ts';
import { contactTaskStore } from './contact-tasks.ts';
import type { DeskConnection } from './desk-connection.ts';
import { handoffStore } from './handoffs.ts';
import { writeIntakeOn } from './intake.ts';
import { pageStore } from './pages.ts';
import { staffStore } from './staff.ts';
import { ticketStore } from './tickets.ts';
import { transitionStore } from './transitions.ts';

/** The desk's ports; a `Store` is all it takes. */
export function deskStore(connection: DeskConnection): DeskStore {
  return {
    handoffs: handoffStore(connection),
    tickets: ticketStore(connection),
    transitions: transitionStore(connection),
    intake: writeIntakeOn(connection),
    appointments: listAppointmentsOn(connection),
    pages: pageStore(connection),
    contactTasks: contactTaskStore(connection),
    staff: staffStore(connection),
    transcript: async ({ conversationId, afterSeq, limit }) =>
      (await connection.lastSeq(conversationId)) === null ? null : connection.readLog(conversationId, afterSeq, limit),
  };
}
