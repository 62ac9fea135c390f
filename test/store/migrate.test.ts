import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { bareDatabase, type FreshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let folder: string;
beforeEach(async () => {
  database = await bareDatabase();
  folder = await mkdtemp(join(tmpdir(), 'baoxiu-migrations-'));
  await write('1_first', 'create table a (id int); insert into a values (1);');
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

async function rows(sql: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const result = await client.query<object>(sql);
  await client.end();
  return result.rows;
}

describe('pending migrations', () => {
  it('are applied once, in the order of their names, by three runners at once', async () => {
    await write('2_second', 'insert into a select count(*) + 1 from a');
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
    expect(applied.flat()).toEqual(['1_first', '2_second']);
    expect(await rows('select id from a order by id')).toEqual([{ id: 1 }, { id: 2 }]);
  });
  it('are recorded as Prisma records them', async () => {
    await migrate(database.url, folder);
    expect(
      await rows('select migration_name, checksum, applied_steps_count, finished_at is not null as finished, logs from _prisma_migrations'),
    ).toEqual([
      {
        migration_name: '1_first',
        checksum: '2d33ef6c999c92ee97f5cba9d10cd8e0b73f817f44cf4b515d6fd1b7bab92507',
        applied_steps_count: 1,
        finished: true,
        logs: null,
      },
    ]);
  });
  it('of this release lead to its tables', async () => {
    expect(await migrate(database.url)).toContain('20261120000000_first');
    expect(await migrate(database.url)).toEqual([]);
  });
});

describe('a history that is not ours is refused:', () => {
  it('a migration edited after it was applied', async () => {
    await migrate(database.url, folder);
    await write('1_first', 'create table b (id int);');
    await expect(migrate(database.url, folder)).rejects.toThrow('migration "1_first" was edited after it had been applied');
  });
  it('a migration this release does not know', async () => {
    await write('2_second', 'select 1');
    await migrate(database.url, folder);
    await rm(join(folder, '2_second'), { recursive: true });
    await expect(migrate(database.url, folder)).rejects.toThrow('it has "2_second", which this release does not know');
  });
  it('a migration that failed: it leaves nothing behind but its row, and stops the next start too', async () => {
    await write('2_second', 'create table b (id int); select 1 / 0;');
    await expect(migrate(database.url, folder)).rejects.toThrow('migration "2_second" failed: division by zero');
    expect(await rows("select to_regclass('b') as b, logs from _prisma_migrations where migration_name = '2_second'")).toEqual([
      { b: null, logs: 'division by zero' },
    ]);
    await expect(migrate(database.url, folder)).rejects.toThrow('migration "2_second" failed before');
  });
});

it('a folder without migrations is a broken installation, not an empty history', async () => {
  await rm(join(folder, '1_first'), { recursive: true });
  await expect(migrate(database.url, folder)).rejects.toThrow(/^invariant: no migrations/);
});
