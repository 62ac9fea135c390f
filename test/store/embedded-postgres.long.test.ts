import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baoxiu-embedded-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (): Promise<EmbeddedPostgres> => openEmbeddedPostgres(folder, 'throw-away');

async function rows(url: string, sql: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The process number of the server that runs. */
async function postmasterOf(dataDir: string): Promise<number> {
  const places = [
    join(dataDir, 'postgres', 'cluster'),
    ...(await readFile(join(dataDir, 'postgres-place'), 'utf8').then(
      (it) => [join(it.trim(), 'cluster')],
      () => [],
    )),
  ];
  const texts = await Promise.all(places.map((it) => readFile(join(it, 'postmaster.pid'), 'utf8').catch(() => null)));
  return Number(texts.find((it) => it !== null)?.split('\n')[0]);
}

type Neighbour = { readonly process: ChildProcessWithoutNullStreams; readonly url: string; readonly started: string };

/** Another process on the same folder. */
async function aNeighbour(environment: NodeJS.ProcessEnv = process.env): Promise<Neighbour> {
  const script = fileURLToPath(new URL('../support/keep-database-open.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { env: environment });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, ...(JSON.parse(line.toString()) as { url: string; started: string }) };
}

async function leaves({ process: child }: Neighbour): Promise<void> {
  child.stdin.end();
  await once(child, 'exit');
}

describe('one process', () => {
  it('finds its rows again after a clean stop; a second start makes nothing new', async () => {
    const first = await open();
    await rows(first.url, "create table kept as select '洗衣机漏水' as text");
    await first.stop();
    await expect(rows(first.url, 'select 1')).rejects.toThrow();
    const second = await open();
    expect(await rows(second.url, 'select text, length(text) from kept')).toEqual([{ text: '洗衣机漏水', length: 5 }]);
    expect(await readFile(join(folder, 'database-url'), 'utf8')).toBe(`${second.url}\n`);
    expect((await stat(join(folder, 'database-url'))).mode & 0o777).toBe(0o600);
    await second.stop();
  });
  it('whose server is killed -9 starts it again, at the same address with every committed row', async () => {
    const database = await open();
    await rows(database.url, 'create table kept as select 1 as one');
    await rows(database.url, 'checkpoint');
    const killed = await postmasterOf(folder);
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => rows(database.url, 'select one from kept').catch(() => 'gone'), { timeout: 30_000 }).toEqual([{ one: 1 }]);
    expect(await postmasterOf(folder)).not.toBe(killed);
    await database.stop();
    await expect(rows(database.url, 'select 1')).rejects.toThrow();
  });
  it('speaks UTF-8 where LANG names nothing, or a locale that is not installed', async () => {
    const neighbour = await aNeighbour({ PATH: process.env['PATH'], LANG: 'xx_XX.UTF-8', LC_ALL: 'xx_XX.UTF-8' });
    expect(await rows(neighbour.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    await leaves(neighbour);
  });
  it('starts though a leftover names a process number that is somebody else now', async () => {
    await (await open()).stop();
    await writeFile(
      join(folder, 'postgres', 'cluster', 'postmaster.pid'),
      `${process.pid}\n/elsewhere\n0\n5432\n\n127.0.0.1\n0 0\nready\n`,
    );
    const database = await open();
    expect(database.started).toBe('here');
    await database.stop();
  });
  it('refuses a cluster of another major release', async () => {
    await (await open()).stop();
    await writeFile(join(folder, 'postgres', 'cluster', 'PG_VERSION'), '15\n');
    await expect(open()).rejects.toThrow('was made by PostgreSQL 15, this release carries 17');
  });
});

describe('two processes', () => {
  it('that start at once on an empty folder share one server, and the last one out stops it', async () => {
    const [neighbour, database] = await Promise.all([aNeighbour(), open()]);
    expect(neighbour.url).toBe(database.url);
    expect([neighbour.started, database.started].sort()).toEqual(['before', 'here']);
    await database.stop();
    expect(await rows(neighbour.url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await leaves(neighbour);
    await expect(rows(neighbour.url, 'select 1')).rejects.toThrow();
  });
  it('of which one is killed -9: the server outlives it, is attached to, and is stopped by who attached', async () => {
    const neighbour = await aNeighbour();
    await rows(neighbour.url, 'create table kept as select 1 as one');
    neighbour.process.kill('SIGKILL');
    await once(neighbour.process, 'exit');
    const database = await open();
    expect(database).toMatchObject({ url: neighbour.url, started: 'before' });
    expect(await rows(database.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await database.stop();
    await expect(rows(database.url, 'select 1')).rejects.toThrow();
  });
});

it.runIf(process.getuid?.() === 0)(
  'root, with a folder the server may not enter, keeps the database elsewhere, says where, and finds it again',
  async () => {
    await chmod(folder, 0o700);
    const first = await open();
    const place = (await readFile(join(folder, 'postgres-place'), 'utf8')).trim();
    expect(first.notes.join()).toContain(place);
    await rows(first.url, 'create table kept as select 1 as one');
    await first.stop();
    const second = await open();
    expect(await rows(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
    await second.stop();
    await rm(place, { recursive: true });
  },
);
