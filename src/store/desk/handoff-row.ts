/** Handoff rows as the desk's handoffs, with what is known of whoever talks there. */
import { HANDOFF_STATUSES, type HandoffRow, type HandoffStore } from '../../desk/handoffs.ts';
import type { KnownFacts } from '../../desk/known-facts.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { Prisma } from '../generated/client.ts';
import type { Seal } from '../seal.ts';
import { afterCursor, type DeskConnection, identifierOf, instantIn, instantOrNull, wordOf } from './desk-connection.ts';
import { factsOfConversations, openSummary } from './known-facts.ts';

/** What an internal note is sealed for. */
export const NOTE_PURPOSE = 'handoff.note';

const NOTES_MAX = 100;

const WITH = {
  ticket: { select: { number: true } },
  owner: { select: { id: true, name: true } },
  notes: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: NOTES_MAX, include: { staff: { select: { id: true, name: true } } } },
} satisfies Prisma.HandoffInclude;

type Row = Prisma.HandoffGetPayload<{ include: typeof WITH }>;

/** See `HandoffStore.list`. */
export function listHandoffsOn(connection: DeskConnection): HandoffStore['list'] {
  return async ({ status, after, limit }) => {
    const rows = await connection.prisma.handoff.findMany({
      where: { ...(status === null ? {} : { status }), ...afterCursor('waitingSince', 'asc', after) },
      include: WITH,
      orderBy: [{ waitingSince: 'asc' }, { id: 'asc' }],
      take: limit,
    });
    return rowsOf(connection, rows);
  };
}

/** One handoff that is known to be there. */
export async function readHandoff(connection: DeskConnection, handoffId: Identifier): Promise<HandoffRow> {
  const [row] = await rowsOf(connection, [await connection.prisma.handoff.findUniqueOrThrow({ where: { id: handoffId }, include: WITH })]);
  if (row === undefined) throw new Error('invariant: one row in, one handoff out');
  return row;
}

async function rowsOf(connection: DeskConnection, rows: readonly Row[]): Promise<readonly HandoffRow[]> {
  const knownOf = await factsOfConversations(
    connection,
    rows.map((it) => identifierOf(it.conversationId)),
  );
  return rows.map((row) => handoffOf(row, connection.seal, knownOf(row.conversationId)));
}

function handoffOf(row: Row, seal: Seal, known: KnownFacts): HandoffRow {
  return {
    id: identifierOf(row.id),
    conversationId: identifierOf(row.conversationId),
    ticket: row.ticket?.number ?? null,
    status: wordOf(HANDOFF_STATUSES, row.status),
    owner: row.owner === null ? null : { id: identifierOf(row.owner.id), name: row.owner.name },
    reason: row.reason,
    waitingSince: instantIn(row.waitingSince),
    claimedAt: instantOrNull(row.claimedAt),
    resolvedAt: instantOrNull(row.resolvedAt),
    outcome: row.outcome,
    summary: openSummary(row.summarySealed, seal),
    notes: row.notes.map((it) => ({
      at: instantIn(it.at),
      by: { id: identifierOf(it.staff.id), name: it.staff.name },
      text: seal.open(NOTE_PURPOSE, it.textSealed),
    })),
    known,
  };
}
