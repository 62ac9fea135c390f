/** Handoff rows as the desk's handoffs, with what is known of whoever talks there. */
import { HANDOFF_STATUSES, type HandoffRow } from '../../desk/handoff.ts';
import type { HandoffStore } from '../../desk/handoffs.ts';
import type { KnownFacts } from '../../desk/known-facts.ts';
import type { Identifier } from '../../domain/identifier.ts';
import type { HandoffSummary } from '../../turn/ports.ts';
import type { Prisma } from '../generated/client.ts';
import type { Seal } from '../seal.ts';
import { afterCursor, type DeskConnection, identifierOf, instantIn, instantOrNull, wordOf } from './desk-connection.ts';
import { NOTE_PURPOSE } from './handoff-note.ts';
import { factsOfConversations, openPerson, openSummary } from './known-facts.ts';

const NOTES_MAX = 100;

const WITH = {
  ticket: { select: { number: true } },
  owner: { select: { id: true, name: true } },
  conversation: { select: { account: { select: { customer: { select: { nameSealed: true, phoneSealed: true } } } } } },
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

/** See `HandoffStore.read`. */
export function readHandoffOn(connection: DeskConnection): HandoffStore['read'] {
  return async (handoffId) => {
    const row = await connection.prisma.handoff.findUnique({ where: { id: handoffId }, include: WITH });
    return row === null ? null : ((await rowsOf(connection, [row]))[0] ?? null);
  };
}

/** One handoff that is known to be there. */
export async function readHandoff(connection: DeskConnection, handoffId: Identifier): Promise<HandoffRow> {
  const row = await readHandoffOn(connection)(handoffId);
  if (row === null) throw new Error('invariant: a handoff that was changed is there');
  return row;
}

async function rowsOf(connection: DeskConnection, rows: readonly Row[]): Promise<readonly HandoffRow[]> {
  const conversations = rows.map((it) => identifierOf(it.conversationId));
  const queued = rows.filter((it) => it.status === 'queued').map((it) => it.id);
  const [knownOf, positionOf] = await Promise.all([factsOfConversations(connection, conversations), positionsOf(connection, queued)]);
  return rows.map((row) => ({ ...handoffOf(row, connection.seal, knownOf(row.conversationId)), position: positionOf(row.id) }));
}

/** Places in the whole queue, whatever part of it is shown. */
async function positionsOf({ pool }: DeskConnection, queued: readonly string[]): Promise<(id: string) => number | null> {
  if (queued.length === 0) return () => null;
  const { rows } = await pool.query<{ id: string; position: number }>(POSITIONS, [queued]);
  const byId = new Map(rows.map((it) => [it.id, it.position]));
  return (id) => byId.get(id) ?? null;
}

function handoffOf(row: Row, seal: Seal, known: KnownFacts): Omit<HandoffRow, 'position'> {
  const summary = openSummary(row.summarySealed, seal);
  return {
    id: identifierOf(row.id),
    conversationId: identifierOf(row.conversationId),
    ticket: row.ticket?.number ?? null,
    status: wordOf(HANDOFF_STATUSES, row.status),
    owner: row.owner === null ? null : { id: identifierOf(row.owner.id), name: row.owner.name },
    customer: whoWaits(openPerson(row.conversation.account.customer, seal), summary),
    reason: row.reason,
    waitingSince: instantIn(row.waitingSince),
    claimedAt: instantOrNull(row.claimedAt),
    resolvedAt: instantOrNull(row.resolvedAt),
    outcome: row.outcome,
    summary,
    notes: row.notes.map((it) => ({
      at: instantIn(it.at),
      by: { id: identifierOf(it.staff.id), name: it.staff.name },
      text: seal.open(NOTE_PURPOSE, it.textSealed),
    })),
    known,
  };
}

function whoWaits(onRecord: ReturnType<typeof openPerson>, { known }: HandoffSummary): HandoffRow['customer'] {
  const [name, phone] = [known['name'] ?? onRecord.name, known['phone'] ?? onRecord.phone];
  return name === null && phone === null ? null : { name, phone };
}

const POSITIONS = `
select id, position from (
  select id, (row_number() over (order by waiting_since, id))::int as position from handoff where status = 'queued'
) q where id = any($1::uuid[])`;
