/** What the desk's part of the store works with, and what every change at the desk writes beside itself. */
import type pg from 'pg';
import type { Change } from '../../desk/change.ts';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { type Connection, timestamp } from '../connection.ts';
import type { PrismaClient } from '../generated/client.ts';
import type { LastSeq, ReadLog } from '../message-log.ts';

export type DeskConnection = Pick<Connection, 'pool' | 'seal' | 'holder'> & {
  readonly prisma: PrismaClient;
  readonly readLog: ReadLog;
  readonly lastSeq: LastSeq;
};

/** Writes who changed what. Inside the change's transaction. */
export async function writeAudit(client: pg.PoolClient, { at, actor, action, subject, details }: Change): Promise<void> {
  await client.query('insert into audit (at, actor, action, subject, details) values ($1, $2, $3, $4, $5)', [
    timestamp(at),
    actor,
    action,
    subject,
    JSON.stringify(details),
  ]);
}

/** Writes what happened to a ticket, when it happened to one. Inside the change's transaction. */
export async function writeTicketEvent(
  client: pg.PoolClient,
  ticketId: Identifier | null,
  type: string,
  { at, actor, details }: Pick<Change, 'at' | 'actor' | 'details'>,
): Promise<void> {
  if (ticketId === null) return;
  await client.query('insert into ticket_event (ticket_id, at, actor, type, details) values ($1, $2, $3, $4, $5)', [
    ticketId,
    timestamp(at),
    actor,
    type,
    JSON.stringify(details),
  ]);
}

/** An id column as the identifier it is. */
export function identifierOf(column: string): Identifier {
  const id = parseIdentifier(column);
  if (id === null) throw new Error('invariant: an id column holds a UUIDv7');
  return id;
}

/** A column of a closed vocabulary as the word it is. */
export function wordOf<Word extends string>(vocabulary: readonly Word[], column: string): Word {
  const word = vocabulary.find((it) => it === column);
  if (word === undefined) throw new Error(`invariant: a column holds one of ${vocabulary.join(', ')}`);
  return word;
}

/** A timestamp column as an instant. */
export function instantIn(column: Date): Instant {
  return instantOf(column.getTime());
}

/** A timestamp column that may be empty. */
export function instantOrNull(column: Date | null): Instant | null {
  return column === null ? null : instantIn(column);
}

/** The rest of an ordered list: after the cursor's instant, or at it and after its id. */
export function afterCursor<Column extends string>(
  column: Column,
  order: 'asc' | 'desc',
  after: { readonly at: Instant; readonly id: Identifier } | null,
) {
  if (after === null) return {};
  const at = new Date(after.at);
  const beyond = order === 'asc' ? 'gt' : 'lt';
  return { OR: [{ [column]: { [beyond]: at } }, { [column]: at, id: { [beyond]: after.id } }] };
}

/** Bytes in the very type Prisma wants. */
export function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(buffer);
}
