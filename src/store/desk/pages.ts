/** Pages and who acknowledged them. */
import { PAGE_STATUSES, type Page, type PageStore } from '../../desk/pages.ts';
import type { StaffName } from '../../desk/staff-member.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { CALL_ENDS } from '../../domain/sla-judgement.ts';
import { inTransaction, timestamp } from '../connection.ts';
import type { Prisma } from '../generated/client.ts';
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

const WITH = { ticket: { select: { number: true } } } satisfies Prisma.PageInclude;
type Row = Prisma.PageGetPayload<{ include: typeof WITH }>;

/** Pages over the store. */
export function pageStore({ prisma, pool }: DeskConnection): PageStore {
  const pagesOf = async (rows: readonly Row[]): Promise<readonly Page[]> => {
    const name = await staffNames(
      prisma,
      rows.map((it) => it.acknowledgedBy),
    );
    return rows.map((row) => pageOf(row, name));
  };
  const read: PageStore['read'] = async (pageId) => {
    const row = await prisma.page.findUnique({ where: { id: pageId }, include: WITH });
    return row === null ? null : ((await pagesOf([row]))[0] ?? null);
  };
  return {
    read,

    list: async ({ status, after, limit }) =>
      pagesOf(
        await prisma.page.findMany({
          where: { ...(status === null ? {} : { status }), ...afterCursor('raisedAt', 'asc', after) },
          include: WITH,
          orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }],
          take: limit,
        }),
      ),

    acknowledge: async (pageId, staffId, change) => {
      await inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ ticket_id: Identifier | null; reason: string }>(ACKNOWLEDGE, [
          pageId,
          timestamp(change.at),
          staffId,
        ]);
        const [page] = rows;
        if (!page) return;
        await writeTicketEvent(client, page.ticket_id, 'page-acknowledged', { ...change, details: { reason: page.reason } });
        await writeAudit(client, change);
      });
      return await read(pageId);
    },
  };
}

const ACKNOWLEDGE = `update page set status = 'acknowledged', acknowledged_at = $2, acknowledged_by = $3 where id = $1 and status = 'open' returning ticket_id, reason`;

function pageOf(row: Row, name: (staffId: string | null) => StaffName | null): Page {
  const closedAt = instantOrNull(row.closedAt);
  return {
    id: identifierOf(row.id),
    reason: row.reason,
    status: wordOf(PAGE_STATUSES, row.status),
    ticket: row.ticket?.number ?? null,
    conversationId: row.conversationId === null ? null : identifierOf(row.conversationId),
    raisedAt: instantIn(row.raisedAt),
    acknowledgedAt: instantOrNull(row.acknowledgedAt),
    acknowledgedBy: name(row.acknowledgedBy),
    closed: closedAt === null || row.closedWhy === null ? null : { at: closedAt, why: wordOf(CALL_ENDS, row.closedWhy) },
    level: row.level,
    sends: row.sends,
  };
}
