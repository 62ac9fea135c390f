/**
 * The store remembers which key it was first sealed with (its id, never the key). A process with another key would seal
 * rows nobody else can read, so it does not start.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';

const FACT = 'pii-key';
const SHOWN_CHARACTERS = 8;

/** Throws, in English for the operator, when `piiKey` is not the key of this store. The first key is remembered. */
export async function checkKey(pool: pg.Pool, piiKey: Uint8Array): Promise<void> {
  const id = createHash('sha256').update(piiKey).digest('hex').slice(0, SHOWN_CHARACTERS);
  await pool.query('insert into store_fact (key, value) values ($1, $2) on conflict do nothing', [FACT, JSON.stringify({ id })]);
  const { rows } = await pool.query<{ id: string }>("select value ->> 'id' as id from store_fact where key = $1", [FACT]);
  if (rows[0]?.id === id) return;
  throw new Error('PII_KEY is not the key this store was sealed with: nothing in it could be read. Give it the key it was made with.');
}
