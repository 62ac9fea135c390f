/** How long PostgreSQL takes to make half a kilobyte durable beside the load: what no answer of the desk can be faster than. */
import pg from 'pg';

const EVERY_MILLISECONDS = 250;
/** Log and nothing else: no table, no lock, no trigger. */
const COMMIT = "select pg_logical_emit_message(true, 'load', repeat('.', 512))";

export type CommitTimes = { readonly stop: () => Promise<readonly number[]> };

/** Milliseconds of each, until it is stopped. A commit that takes long lets those that were due meanwhile fall out. */
export async function watchCommits(databaseUrl: string): Promise<CommitTimes> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  const times: number[] = [];
  let underWay: Promise<void> | null = null;
  const commit = async () => {
    const began = performance.now();
    await client.query(COMMIT);
    times.push(performance.now() - began);
  };
  const timer = setInterval(() => {
    underWay ??= commit()
      .catch(() => undefined)
      .finally(() => {
        underWay = null;
      });
  }, EVERY_MILLISECONDS);
  return {
    stop: async () => {
      clearInterval(timer);
      await underWay;
      await client.end();
      return times;
    },
  };
}
