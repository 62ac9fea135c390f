/**
 * What every part of the store works with: the pool of raw connections, the seal, this process's name in the outbox,
 * and the clock. Raw SQL goes through `query`, which prepares each statement once a connection and retries what
 * PostgreSQL says may be tried again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Recent } from './recent.ts';
import type { Seal } from './seal.ts';

/** Writes one line; facts never hold personal data. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  event: string,
  facts?: Readonly<Record<string, string | number | boolean | null>>,
) => void;

export type Connection = {
  readonly pool: pg.Pool;
  readonly seal: Seal;
  readonly recent: Recent;
  readonly holder: Identifier;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  readonly log: Log;
};

const CONNECTIONS_MAX = 10;
const CONNECT_MILLISECONDS = 10_000;
const QUERY_MILLISECONDS = 15_000;
const ATTEMPTS_MAX = 6;
const BACKOFF_MILLISECONDS = 5;

/**
 * Hot statements look rows up by key and are planned once, perhaps while their tables were still empty. So plans are
 * chosen as if pages cost nothing and tuples do, and never scan what they can look up. Conditions written as
 * `(…) is true` are meant to be checked on the row found by its key, not to be looked up by.
 */
const BY_KEY = [
  'plan_cache_mode=force_generic_plan',
  'seq_page_cost=0',
  'random_page_cost=0',
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

/** `lost` hears of connections that broke while nobody used them. */
export function openPool(url: string, lost: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    // A server that went silent keeps no connection for ever.
    query_timeout: QUERY_MILLISECONDS,
    keepAlive: true,
    options: BY_KEY.map((it) => `-c ${it}`).join(' '),
  });
  // A stopped server emits on idle clients too; without these handlers that ends the process.
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** `name` identifies the text: each connection prepares it once. */
export type Statement = { readonly name: string; readonly text: string };

/** Runs one statement, again when it lost against another one in a way that may pass. */
export function query<Row extends pg.QueryResultRow>(
  on: pg.Pool,
  statement: Statement,
  values: readonly unknown[],
  codes = PASSING,
): Promise<Row[]> {
  return retrying(codes, () => once<Row>(on, statement, values));
}

/** Runs one statement, where trying again is for the caller: inside a transaction a failed one has undone it all. */
export async function once<Row extends pg.QueryResultRow>(
  on: pg.Pool | pg.PoolClient,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await on.query<Row>({ name, text, values: [...values] });
  return rows;
}

/** Does `work` again while it fails with one of the codes, a few times, a little later each time. */
export async function retrying<Result>(codes: readonly string[], work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !codes.includes(codeOf(error))) throw error;
      await sleep(BACKOFF_MILLISECONDS * attempt);
    }
  }
}

/** Does `work` in one transaction, again when it lost against another one in a way that may pass. */
export function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
  codes: readonly string[] = PASSING,
): Promise<Result> {
  return retrying(codes, async () => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      // The connection is given up, and with it whatever the transaction had done.
      client.release(true);
      throw error;
    }
  });
}

/** Deadlock, serialisation failure. */
export const PASSING: readonly string[] = ['40P01', '40001'];
export const UNIQUE_VIOLATION = '23505';
export const EXCLUSION_VIOLATION = '23P01';

/** PostgreSQL's or the system's code of a failure, never its message: that may quote a row. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
}

/**
 * A list as one JSON parameter. NUL, which PostgreSQL's text can't hold, is left out, and halves of a surrogate pair
 * become U+FFFD: one odd character must not fail the whole list.
 */
export function jsonParameter(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  // JSON.stringify escapes exactly these with \u; everything else travels as itself. An even run of backslashes before is text.
  return /\\u(?:0000|d[89a-f])/.test(json)
    ? json.replace(/(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f]..)/g, (_, before, code) => before + (code === '0000' ? '' : '\ufffd'))
    : json;
}

/** How an instant travels in a parameter. */
export function timestamp(instant: Instant): string {
  return new Date(instant).toISOString();
}
