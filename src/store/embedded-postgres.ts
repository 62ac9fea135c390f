/**
 * A real PostgreSQL under the data folder, shared by every Baoxiu process of that folder: the first starts it, others
 * attach, the last one out stops it. A server that outlived a killed process is attached to, never doubled.
 *
 * Terms: the *cluster* is PostgreSQL's data folder; an *attendance* is a shared lock each process keeps in the server,
 * which the server drops when the process dies, so nothing stale can be left behind.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { exists, type Place, placeFor } from './postgres-place.ts';
import { type Programs, programsFor } from './postgres-programs.ts';

export type EmbeddedPostgres = {
  readonly url: string;
  readonly started: 'here' | 'before';
  /** What an operator should know, in English; empty when there is nothing. */
  readonly notes: readonly string[];
  /** Leaves; stops the server when nobody else is there. */
  readonly stop: () => Promise<void>;
};

/** How much the server may lose: a test run gives up durability for speed. */
export type Durability = 'durable' | 'throw-away';

const MAJOR = '17';
const USER = 'baoxiu';
const DATABASE = 'baoxiu';
const ATTENDANCE = 72_707_370;
const OPEN_MILLISECONDS = 60_000;
const STOP_MILLISECONDS = 20_000;
const POLL_MILLISECONDS = 25;
const REOPEN_MILLISECONDS = 1_000;
const LOG_BYTES_MAX = 10_000_000;

/** Starts the server of `dataDir`, or attaches to the one that runs. */
export async function openEmbeddedPostgres(dataDir: string, durability: Durability = 'durable'): Promise<EmbeddedPostgres> {
  const place = await placeFor(dataDir);
  const programs = await programsFor(place);
  await removeDrafts(place);
  if (!(await exists(place.cluster))) await makeCluster(place, programs, durability);
  await refuseOtherMajor(place);
  const { attended, startedHere } = await startOrAttend(place, () => startServer(place, programs, durability, null));
  await writeFile(join(dataDir, 'database-url'), `${attended.url}\n`, { mode: 0o600 });
  const port = Number(new URL(attended.url).port);
  const watch = keepRunning(attended, () => startOrAttend(place, () => startServer(place, programs, durability, port)));
  return {
    url: attended.url,
    started: startedHere ? 'here' : 'before',
    notes: place.notes,
    stop: async () => leave(place, await watch.stop()),
  };
}

type Opened = { readonly attended: Attended; readonly startedHere: boolean };

async function startOrAttend(place: Place, start: () => Promise<ChildProcess>): Promise<Opened> {
  const deadline = Date.now() + OPEN_MILLISECONDS;
  while (Date.now() < deadline) {
    const child = (await readPostmaster(place)) === null ? await start() : null;
    const attended = await attend(place, child, deadline);
    if (attended !== null) return { attended, startedHere: child !== null };
  }
  throw new Error(
    `the embedded database did not start within ${OPEN_MILLISECONDS / 1_000} s; its log ${place.log} ends with:\n${await logTail(place)}`,
  );
}

/**
 * A server that dies while we need it (killed by the system, by mistake) is started again, at the same port: what was
 * committed is recovered, and our pools find it where it was.
 */
function keepRunning(first: Attended, reopen: () => Promise<Opened>): { readonly stop: () => Promise<Attended> } {
  let attended = first;
  let stopped = false;
  let reopening: Promise<void> = Promise.resolve();
  const watch = (client: pg.Client): void => {
    client.once('end', () => {
      if (!stopped) reopening = again();
    });
  };
  async function again(): Promise<void> {
    while (!stopped) {
      try {
        attended = (await reopen()).attended;
        return watch(attended.client);
      } catch {
        // Its log says why; whoever asks /readyz sees that the store is gone.
        await sleep(REOPEN_MILLISECONDS);
      }
    }
  }
  watch(first.client);
  return {
    stop: async () => {
      stopped = true;
      await reopening;
      return attended;
    },
  };
}

// ---- the cluster --------------------------------------------------------------------------------------------------

/** Made beside and renamed into place: a start that is killed half-way leaves no half cluster, and of two, one wins. */
async function makeCluster(place: Place, programs: Programs, durability: Durability): Promise<void> {
  const draft = `${place.cluster}.new-${process.pid}`;
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(place.folder, `password-${process.pid}`);
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.user) await Promise.all([draft, passwordFile].map((it) => chown(it, place.user?.uid ?? 0, place.user?.gid ?? 0)));
  const flags = [
    `--pgdata=${draft}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ];
  try {
    await promisify(execFile)(
      programs.initdb,
      durability === 'durable' ? [...flags, '--data-checksums'] : [...flags, '--no-sync'],
      spawnOptions(place),
    );
    await rename(passwordFile, join(draft, PASSWORD));
    await rename(draft, place.cluster);
    await syncFolder(place.folder);
  } catch (error) {
    if (!(await exists(place.cluster))) throw error;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

const PASSWORD = 'baoxiu-password';

/** Else a power cut could bring the draft's name back, and the next start would sweep it away. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync();
  await handle.close();
}

/** What a killed start left; one that is being made now belongs to a process that lives. */
async function removeDrafts(place: Place): Promise<void> {
  const drafts = (await readdir(place.folder)).filter((it) => /^(cluster\.new|password)-\d+$/.test(it));
  for (const draft of drafts) {
    const pid = Number(draft.slice(draft.lastIndexOf('-') + 1));
    if (!isAlive(pid)) await rm(join(place.folder, draft), { recursive: true, force: true });
  }
}

async function refuseOtherMajor(place: Place): Promise<void> {
  const major = (await readFile(join(place.cluster, 'PG_VERSION'), 'utf8')).trim();
  if (major !== MAJOR)
    throw new Error(
      `${place.cluster} was made by PostgreSQL ${major}, this release carries ${MAJOR}: dump it with the earlier release, then load it here`,
    );
}

// ---- the server ---------------------------------------------------------------------------------------------------

type Postmaster = { readonly pid: number; readonly port: number; readonly ready: boolean };

/** The server of this cluster when it lives. A leftover whose process number now belongs to somebody else is removed. */
async function readPostmaster(place: Place): Promise<Postmaster | null> {
  const file = join(place.cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  if (!(await commandOf(pid)).includes(place.cluster)) {
    await rm(file, { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function commandOf(pid: number): Promise<string> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (fromProc !== null) return fromProc.replaceAll('\0', ' ');
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout;
}

/** In a session of its own, so that Ctrl-C on the terminal reaches us first and the turn in hand is finished. */
async function startServer(place: Place, programs: Programs, durability: Durability, wantedPort: number | null): Promise<ChildProcess> {
  const size = await stat(place.log).then(
    (it) => it.size,
    () => 0,
  );
  if (size > LOG_BYTES_MAX) await rename(place.log, `${place.log}.1`);
  const log = await open(place.log, 'a', 0o600);
  const port = wantedPort ?? (await freePort());
  const settings = { ...SETTINGS, ...(durability === 'durable' ? {} : THROW_AWAY) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(programs.postgres, ['-D', place.cluster, '-p', String(port), ...flags], {
    ...spawnOptions(place),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.on('error', () => undefined);
  child.unref();
  await log.close();
  return child;
}

/** The log never holds statements or the values of rows: they are personal. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  jit: 'off',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
};
const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Nothing of our environment reaches the server: its encoding and messages must not hang on `LANG`. */
function spawnOptions(place: Place) {
  return { cwd: place.folder, env: { LC_ALL: 'C', TZ: 'UTC' }, ...(place.user ?? {}) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('invariant: a listening server has an address')),
      );
    });
  });
}

async function logTail(place: Place): Promise<string> {
  const text = await readFile(place.log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-10).join('\n');
}

// ---- attendance ---------------------------------------------------------------------------------------------------

type Attended = { readonly url: string; readonly maintenanceUrl: string; readonly client: pg.Client };

/** Connects once the server is ready and signs in; null when it went away meanwhile and another try is due. */
async function attend(place: Place, child: ChildProcess | null, deadline: number): Promise<Attended | null> {
  const password = (await readFile(join(place.cluster, PASSWORD), 'utf8')).trim();
  while (Date.now() < deadline) {
    const postmaster = await readPostmaster(place);
    if (postmaster === null && (child === null || child.exitCode !== null || child.signalCode !== null || child.pid === undefined)) {
      await sleep(POLL_MILLISECONDS);
      return null;
    }
    if (postmaster?.ready) {
      const at = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${postmaster.port}/${database}`;
      const client = await signIn(at('postgres'));
      if (client !== null) return { url: at(DATABASE), maintenanceUrl: at('postgres'), client };
    }
    await sleep(POLL_MILLISECONDS);
  }
  return null;
}

async function signIn(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock_shared(${ATTENDANCE})`);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    // Two first starts may both try; the second finds it there.
    if (rowCount === 0)
      await client.query(`create database ${DATABASE} template template0 encoding 'UTF8' locale 'C'`).catch(ignoreDuplicate);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
}

function ignoreDuplicate(error: { code?: string }): void {
  if (error.code !== '42P04' && error.code !== '23505') throw error;
}

async function leave(place: Place, attended: Attended): Promise<void> {
  const alone = await isAlone(attended.client).catch(() => askAnew(attended.maintenanceUrl));
  const postmaster = alone ? await readPostmaster(place) : null;
  await stopServer(place, postmaster);
  await attended.client.end().catch(() => undefined);
}

/** Whoever has the lock alone is the last; a newcomer then waits for it until the server is gone, and starts its own. */
async function isAlone(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(`select pg_advisory_unlock_shared(${ATTENDANCE}), pg_try_advisory_lock(${ATTENDANCE}) as alone`);
  return (rows as { alone: boolean }[])[0]?.alone ?? false;
}

async function askAnew(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await isAlone(client);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopServer(place: Place, postmaster: Postmaster | null): Promise<void> {
  if (postmaster === null) return;
  // SIGINT: refuse newcomers, end sessions, write a checkpoint. SIGQUIT: leave it to recovery at the next start.
  process.kill(postmaster.pid, 'SIGINT');
  const deadline = Date.now() + STOP_MILLISECONDS;
  while (await exists(join(place.cluster, 'postmaster.pid'))) {
    if (!isAlive(postmaster.pid)) return;
    if (Date.now() > deadline) return void process.kill(postmaster.pid, 'SIGQUIT');
    await sleep(POLL_MILLISECONDS);
  }
}
