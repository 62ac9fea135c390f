/**
 * One embedded server for the whole run, in a temporary folder, with a migrated template database that `freshDatabase`
 * copies. It gives up durability: what a test run writes may be lost.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { migrate } from '../../src/store/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's server, any database of it. */
    readonly databaseUrl: string;
  }
}

/** The database that new ones are copied from; nobody may be connected to it. */
export const TEMPLATE = 'template_baoxiu';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-test-'));
  // Temporary folders are private; the server may run as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder, 'throw-away');
  await makeTemplate(server.url);
  project.provide('databaseUrl', server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${TEMPLATE} template template0`);
  await client.end();
  await migrate(urlOf(url, TEMPLATE));
}

/** The same server, another database. */
export function urlOf(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
