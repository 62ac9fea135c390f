/** Databases and stores for tests: each test file works in a database of its own, copied from the migrated template. */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import pg from 'pg';
import { inject } from 'vitest';
import { type Identifier, identifierFrom } from '../../src/domain/identifier.ts';
import { type Instant, instantOf } from '../../src/domain/instant.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { TEMPLATE, urlOf } from './global-setup.ts';

export type FreshDatabase = { readonly url: string; readonly drop: () => Promise<void> };

/** An empty migrated database; drop it after the file's tests. */
export function freshDatabase(): Promise<FreshDatabase> {
  return createDatabase(TEMPLATE);
}

/** A database without a single table. */
export function bareDatabase(): Promise<FreshDatabase> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asMaintainer(`create database ${name} template ${template}`);
  return { url: urlOf(inject('databaseUrl'), name), drop: () => asMaintainer(`drop database if exists ${name} with (force)`) };
}

async function asMaintainer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(inject('databaseUrl'), 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export const TEST_KEY = Buffer.alloc(32, 7);

/** A store on a fresh database; `close` drops it. Time is what the test says, the present until then. */
export async function openTestStore(options: { readonly now?: () => Instant; readonly url?: string } = {}): Promise<Store> {
  const database = options.url === undefined ? await freshDatabase() : { url: options.url, drop: async () => undefined };
  const store = await openStore({
    databaseUrl: database.url,
    dataDir: tmpdir(),
    piiKey: TEST_KEY,
    holder: newId(),
    log: () => undefined,
    now: options.now ?? (() => instantOf(Date.now())),
  });
  return {
    ...store,
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
}

export function newId(): Identifier {
  return identifierFrom(Date.now(), randomBytes(10));
}
