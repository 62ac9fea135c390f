/**
 * What the store says of the work that waits: one query, by indexes, run when somebody scrapes. It counts rows and ages
 * and reads nothing that customers said.
 */
import { SECOND } from '../domain/instant.ts';
import type { ReadStoreFigures } from '../traffic/store-figures.ts';

/** The part of a connection pool that is used. A query beyond its time gives its connection up, so that none is lost to a dead line. */
export type Ask = { readonly query: (query: { text: string; query_timeout: number }) => Promise<{ readonly rows: readonly unknown[] }> };

const QUERY_MILLISECONDS = 2 * SECOND;

type Row = {
  readonly inbox_count: number;
  readonly inbox_age: number;
  readonly outbox_count: number;
  readonly outbox_age: number;
  readonly handoffs_queued: number;
  readonly pages: readonly { readonly level: number; readonly count: number }[];
};

export function storeFiguresOn(pool: Ask): ReadStoreFigures {
  return async () => {
    const { rows } = await pool.query({ text: FIGURES, query_timeout: QUERY_MILLISECONDS });
    const [row] = rows as readonly Row[];
    if (row === undefined) throw new Error('invariant: the figures are one row');
    return {
      inbox: { count: row.inbox_count, oldestSeconds: row.inbox_age },
      outbox: { count: row.outbox_count, oldestSeconds: row.outbox_age },
      handoffsQueued: row.handoffs_queued,
      pagesByLevel: row.pages,
    };
  };
}

/** Whether the store answers at all: for readiness. */
export function storeStateOn(pool: Ask): () => Promise<'ready' | 'failed'> {
  return () =>
    pool.query({ text: 'select 1', query_timeout: QUERY_MILLISECONDS }).then(
      () => 'ready',
      () => 'failed',
    );
}

const AGE = 'greatest(0, coalesce(extract(epoch from now() - min(created_at)), 0))::float8';

const FIGURES = `
select inbox.count as inbox_count, inbox.age as inbox_age, outbox.count as outbox_count, outbox.age as outbox_age,
  (select count(*)::int from handoff where status = 'queued') as handoffs_queued,
  (select coalesce(json_agg(p), '[]'::json) from (
    select level, count(*)::int as count from page where status = 'open' group by level order by level
  ) p) as pages
from (select count(*)::int as count, ${AGE} as age from message where direction = 'in' and applied_revision is null) inbox,
  (select count(*)::int as count, ${AGE} as age from message where delivery = 'pending') outbox`;
