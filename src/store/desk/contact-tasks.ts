/** Contact tasks and who made the call. */
import { CONTACT_TASK_STATUSES, type ContactTaskRow, type ContactTaskStore, WHOM } from '../../desk/contact-tasks.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { inTransaction, timestamp } from '../connection.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import {
  afterCursor,
  type DeskConnection,
  identifierOf,
  instantIn,
  instantOrNull,
  wordOf,
  writeAudit,
  writeTicketEvent,
} from './desk-connection.ts';
import { staffNames } from './staff.ts';
import { WHOSE, whoseTicket } from './ticket-row.ts';

const WITH = {
  ticket: { select: { number: true, ...WHOSE } },
  engineer: { select: { id: true, name: true } },
} satisfies Prisma.ContactTaskInclude;

/** Contact tasks over the store. */
export function contactTaskStore({ prisma, pool, seal }: DeskConnection): ContactTaskStore {
  const tasksOf = async (rows: readonly Prisma.ContactTaskGetPayload<{ include: typeof WITH }>[]): Promise<readonly ContactTaskRow[]> => {
    const name = await staffNames(
      prisma,
      rows.map((it) => it.doneBy),
    );
    return rows.map((row) => ({
      id: identifierOf(row.id),
      ticket: row.ticket.number,
      whom: wordOf(WHOM, row.whom),
      engineer: row.engineer === null ? null : { id: identifierOf(row.engineer.id), name: row.engineer.name },
      reason: row.reason,
      status: wordOf(CONTACT_TASK_STATUSES, row.status),
      dueAt: instantIn(row.dueAt),
      doneAt: instantOrNull(row.doneAt),
      doneBy: name(row.doneBy),
      notice: row.noticeSealed === null ? null : seal.open(SEALED.contactNotice, row.noticeSealed),
      ...whoseTicket(row.ticket, seal),
    }));
  };
  return {
    list: async ({ status, after, limit }) =>
      tasksOf(
        await prisma.contactTask.findMany({
          where: { ...(status === null ? {} : { status }), ...afterCursor('dueAt', 'asc', after) },
          include: WITH,
          orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
          take: limit,
        }),
      ),

    done: async (taskId, staffId, change) => {
      await inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ ticket_id: Identifier; reason: string }>(DONE, [taskId, timestamp(change.at), staffId]);
        const [task] = rows;
        if (!task) return;
        await writeTicketEvent(client, task.ticket_id, 'contact-task-done', { ...change, details: { reason: task.reason } });
        await writeAudit(client, change);
      });
      const row = await prisma.contactTask.findUnique({ where: { id: taskId }, include: WITH });
      return row === null ? null : ((await tasksOf([row]))[0] ?? null);
    },
  };
}

const DONE = `update contact_task set status = 'done', done_at = $2, done_by = $3 where id = $1 and status = 'open' returning ticket_id, reason`;
