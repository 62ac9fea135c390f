/**
 * The desk as a clone runs it: `src/main.ts` in a process of its own, reached over HTTP only. It can be stopped as an
 * operator stops it, killed as a power cut does, and started again on the same store and port.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export type DeskOptions = {
  /** Unset: an embedded PostgreSQL in the desk's own data folder, as in a fresh clone. */
  readonly databaseUrl?: string;
  /** Unset: a temporary folder that `close` removes. */
  readonly dataDir?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What is run, from the project's folder; unset: `src/main.ts`. It says where it is as `main.ts` does. */
  readonly script?: string;
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly milliseconds: number };

export type WholeDesk = {
  /** Without a slash at the end; the same after `restart`. */
  readonly url: string;
  readonly dataDir: string;
  /** Bearer token of the bootstrap administrator. */
  readonly staffToken: string;
  readonly pid: () => number;
  readonly isAlive: () => boolean;
  /** What the present process printed, both streams. */
  readonly printed: () => string;
  /** From the start of the present process to its first 200 of `/readyz`. */
  readonly readyMilliseconds: () => number;
  /** SIGTERM, as an operator does. */
  readonly stop: () => Promise<Exit>;
  /** SIGKILL of the node process; an embedded PostgreSQL lives on. */
  readonly kill9: () => Promise<void>;
  /** SIGKILL of the embedded PostgreSQL; resolves when it is gone. */
  readonly killPostgres: () => Promise<void>;
  /** Starts it again with the same store and port, once it is gone. */
  readonly restart: (environment?: DeskOptions['environment']) => Promise<void>;
  /** Ends everything that is left, PostgreSQL too, and removes the temporary folder. */
  readonly close: () => Promise<void>;
};

const START_MILLISECONDS_MAX = 60_000;
const EXIT_MILLISECONDS_MAX = 30_000;
const POLL_MILLISECONDS = 25;

/** Starts a desk on a free port and waits until it is ready. */
export async function startDesk(options: DeskOptions = {}): Promise<WholeDesk> {
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const settings = {
    DATA_DIR: dataDir,
    ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl, DEMO_DATA: '1' }),
    ...options.environment,
  };
  const tidy = async () => {
    await killPostgresOf(dataDir);
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const script = options.script ?? 'src/main.ts';
  let running = await run(script, { ...settings, PORT: '0' }).catch(async (error: unknown) => {
    await tidy();
    throw error;
  });
  const { url } = running;
  const port = new URL(url).port;
  const staffToken = options.environment?.['STAFF_TOKEN'] ?? (await readFile(join(dataDir, 'staff-token'), 'utf8')).trim();

  return {
    url,
    dataDir,
    staffToken,
    pid: () => running.child.pid ?? 0,
    isAlive: () => running.exited() === null,
    printed: () => running.printed(),
    readyMilliseconds: () => running.readyMilliseconds,
    stop: () => running.end('SIGTERM'),
    async kill9() {
      await running.end('SIGKILL');
    },
    async killPostgres() {
      if (!(await endPostgresOf(dataDir, 'SIGKILL'))) throw new Error('no embedded PostgreSQL runs');
    },
    async restart(environment = {}) {
      if (running.exited() === null) throw new Error('the desk still runs');
      running = await run(script, { ...settings, ...environment, PORT: port });
    },
    async close() {
      if (running.exited() === null) await running.end('SIGTERM');
      await tidy();
    },
  };
}

/** A folder that PostgreSQL's own user may enter when the tests run as root. */
async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-whole-'));
  await chmod(folder, 0o755);
  return folder;
}

/** What a script of the project did: run to its end, both streams kept apart. */
export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a TypeScript entry point with a bare environment and waits for its end; `input` is all it can read. */
export function runScript(script: string, parameters: readonly string[], environment: DeskOptions['environment']): Promise<Finished> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...parameters], {
    cwd: PROJECT,
    env: bareEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kept = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    kept.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    kept.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => child.kill('SIGKILL'), START_MILLISECONDS_MAX);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      resolve({ code, ...kept });
    });
  });
}

type Running = {
  readonly child: ChildProcess;
  readonly url: string;
  readonly readyMilliseconds: number;
  readonly printed: () => string;
  readonly exited: () => { readonly code: number | null; readonly signal: NodeJS.Signals | null } | null;
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<Exit>;
};

async function run(script: string, environment: DeskOptions['environment']): Promise<Running> {
  const began = Date.now();
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: PROJECT,
    env: bareEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  let exit: { readonly code: number | null; readonly signal: NodeJS.Signals | null } | null = null;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      resolve();
    });
  });
  const exited = (): typeof exit => exit;

  const url = await readyUrl(() => text, exited).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    await gone;
    throw error;
  });
  return {
    child,
    url,
    readyMilliseconds: Date.now() - began,
    printed: () => text,
    exited,
    async end(signal) {
      const asked = Date.now();
      child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), EXIT_MILLISECONDS_MAX);
      await gone;
      clearTimeout(late);
      return { code: exited()?.code ?? null, signal: exited()?.signal ?? null, milliseconds: Date.now() - asked };
    },
  };
}

/** The URL in the printed block, once `/readyz` says yes. */
async function readyUrl(printed: () => string, exited: () => unknown): Promise<string> {
  const deadline = Date.now() + START_MILLISECONDS_MAX;
  while (Date.now() < deadline && exited() === null) {
    const url = /Customer page +(http\S+?)\/?\s/.exec(printed())?.[1];
    const ready =
      url !== undefined &&
      (await fetch(`${url}/readyz`).then(
        (it) => it.ok,
        () => false,
      ));
    if (url !== undefined && ready) return url;
    await pause(POLL_MILLISECONDS);
  }
  throw new Error(`the desk did not get ready; it printed:\n${printed()}`);
}

/** Nothing of the caller's settings reaches the desk, only what finds programs and temporary folders. */
export function bareEnvironment(settings: DeskOptions['environment'] = {}): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot'];
  const inherited = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  return Object.fromEntries(Object.entries({ ...inherited, ...settings }).filter(([, value]) => value !== undefined));
}

/** A PostgreSQL that outlived its killed desk, and the folder it has when that is not in the desk's own. */
async function killPostgresOf(dataDir: string): Promise<void> {
  await endPostgresOf(dataDir, 'SIGQUIT');
  const folder = await postgresFolder(dataDir);
  if (!folder.startsWith(dataDir)) await rm(folder, { recursive: true, force: true });
}

/** Found by the file it keeps in its folder; false when none runs. */
async function endPostgresOf(dataDir: string, signal: 'SIGQUIT' | 'SIGKILL'): Promise<boolean> {
  const text = await readFile(join(await postgresFolder(dataDir), 'cluster', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  process.kill(pid, signal);
  const deadline = Date.now() + EXIT_MILLISECONDS_MAX;
  while (Date.now() < deadline && isAlive(pid)) await pause(POLL_MILLISECONDS);
  return true;
}

async function postgresFolder(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'postgres-place'), 'utf8').catch(() => join(dataDir, 'postgres'))).trim();
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
