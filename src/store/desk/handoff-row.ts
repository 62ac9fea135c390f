/** Handoff rows as the desk's handoffs. */
import { HANDOFF_STATUSES, type Handoff, type HandoffStore } from '../../desk/handoffs.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { HandoffSummary } from '../../turn/ports.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { afterCursor, type DeskConnection, identifierOf, instantIn, instantOrNull, wordOf } from './desk-connection.ts';

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
export function listHandoffsOn({ prisma, seal }: DeskConnection): HandoffStore['list'] {
  return async ({ status, after, limit }) => {
    const rows = await prisma.handoff.findMany({
      where: { ...(status === null ? {} : { status }), ...afterCursor('waitingSince', 'asc', after) },
      include: WITH,
      orderBy: [{ waitingSince: 'asc' }, { id: 'asc' }],
      take: limit,
    });
    return rows.map((row) => handoffOf(row, seal));
  };
}

/** One handoff that is known to be there. */
export async function readHandoff({ prisma, seal }: DeskConnection, handoffId: Identifier): Promise<Handoff> {
  return handoffOf(await prisma.handoff.findUniqueOrThrow({ where: { id: handoffId }, include: WITH }), seal);
}

function handoffOf(row: Row, seal: Seal): Handoff {
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
    summary: JSON.parse(seal.open(SEALED.handoffSummary, row.summarySealed)) as HandoffSummary,
    notes: row.notes.map((it) => ({
      at: instantIn(it.at),
      by: { id: identifierOf(it.staff.id), name: it.staff.name },
      text: seal.open(NOTE_PURPOSE, it.textSealed),
    })),
  };
}
