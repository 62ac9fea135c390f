/** A contact task and its line in the ticket's timeline, written together inside the caller's transaction. */
import type pg from 'pg';
import type { Instant } from '../../domain/instant.ts';
import type { NewContactTask } from '../../turn/ports.ts';
import { once, timestamp } from '../connection.ts';
import { writeTicketEvent } from '../desk/desk-connection.ts';
import { SEALED } from '../purposes.ts';
import { type Seal, withoutNul } from '../seal.ts';

/** Nothing is written when a task of the same key is there already. `actor`: who made it needful. */
export async function openContactTask(
  client: pg.PoolClient,
  seal: Seal,
  task: NewContactTask,
  at: Instant,
  actor = 'system',
): Promise<void> {
  const rows = await once(client, OPEN, [
    task.id,
    task.ticketId,
    task.whom.kind,
    task.whom.kind === 'engineer' ? task.whom.engineerId : null,
    task.reason,
    task.notice === null ? null : seal.seal(SEALED.contactNotice, withoutNul(task.notice)),
    timestamp(task.dueAt),
    task.onceKey,
  ]);
  if (rows.length === 0) return;
  const details = { reason: task.reason, dueAt: timestamp(task.dueAt) };
  await writeTicketEvent(client, task.ticketId, 'contact-task-opened', { at, actor, details });
}

const OPEN = {
  name: 'due-contact-task',
  text: `
insert into contact_task (id, ticket_id, whom, engineer_id, reason, notice_sealed, due_at, once_key)
values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (once_key) do nothing returning id`,
};
