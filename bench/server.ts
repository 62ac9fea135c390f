/**
 * The one PostgreSQL of a run: embedded, with fsync, in a temporary folder, a database for each contestant. Where the folder is
 * in memory nothing would be durable, so that is refused.
 */
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbeddedPostgres } from '../src/store/embedded-postgres.ts';

export type Server = {
  readonly admin: pg.Client;
  readonly folder: string;
  readonly urlOf: (database: string) => string;
  /** `template`: a database to copy, nobody connected to it. */
  readonly create: (database: string, template: string) => Promise<void>;
  readonly drop: (database: string) => Promise<void>;
  /** One statement, or several, in that database. */
  readonly query: <Row extends pg.QueryResultRow>(database: string, text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
};

/** The template without anything. */
export const EMPTY = 'template0';
const IN_MEMORY = [0x01021994, 0x858458f6];

export async function openServer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-bench-'));
  if (IN_MEMORY.includes((await statfs(folder)).type)) {
    await rm(folder, { recursive: true, force: true });
    throw new Error('the temporary folder is in memory, where fsync says nothing: set TMPDIR to a folder on a disk');
  }
  // Temporary folders are private; the server may run as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();

  const urlOf = (database: string): string => {
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    return url.href;
  };
  return {
    admin,
    folder,
    urlOf,
    create: async (database, template) => {
      await admin.query(`create database "${database}" template "${template}" strategy file_copy`);
      // What the one before left to be written is not this one's to pay.
      await admin.query('checkpoint');
    },
    drop: async (database) => {
      await admin.query(`drop database if exists "${database}" with (force)`);
    },
    query: async <Row extends pg.QueryResultRow>(database: string, text: string, values: readonly unknown[] = []) => {
      const client = new pg.Client({ connectionString: urlOf(database) });
      await client.connect();
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    close: async () => {
      await admin.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
