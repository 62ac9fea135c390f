/** What the PostgreSQL server did meanwhile: WAL written, and CPU of all its processes, of those that ended, too. */
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

export type ServerWork = {
  readonly walBytes: number;
  /** Null where there is no /proc. */
  readonly microseconds: number | null;
};

/** Linux counts a process's time in hundredths of a second. */
const TICK_MICROSECONDS = 10_000;
const READS_MAX = 5;

/** Runs `work` and tells what the server did for it. */
export async function withServerWork<T>(
  admin: pg.Client,
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly server: ServerWork }> {
  const pid = await postmasterOf(admin);
  const [walBefore, cpuBefore] = [await walPosition(admin), await cpuOf(pid)];
  const result = await work();
  const [walAfter, cpuAfter] = [await walPosition(admin), await cpuOf(pid)];
  const microseconds = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
  return { result, server: { walBytes: walAfter - walBefore, microseconds } };
}

async function walPosition(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ bytes: string }>(`select pg_current_wal_lsn() - '0/0' as bytes`);
  return Number(rows[0]?.bytes);
}

async function postmasterOf(admin: pg.Client): Promise<number> {
  const { rows } = await admin.query<{ file: string }>(`select pg_read_file('postmaster.pid') as file`);
  return Number(rows[0]?.file.split('\n')[0]);
}

/** Microseconds of the server's processes so far. Read again when one of them ended meanwhile: it would be in neither count. */
async function cpuOf(postmaster: number): Promise<number | null> {
  for (let tries = 0; tries < READS_MAX; tries++) {
    const before = await statOf(postmaster);
    if (before === null) return null;
    let ticks = before.itself + before.ended;
    for (const entry of await readdir('/proc')) {
      const stat = /^\d+$/.test(entry) ? await statOf(Number(entry)) : null;
      if (stat?.parent === postmaster) ticks += stat.itself;
    }
    if ((await statOf(postmaster))?.ended === before.ended) return ticks * TICK_MICROSECONDS;
  }
  return null;
}

/** Fields as in proc(5); the name before them may hold anything but ends with the last parenthesis. */
async function statOf(pid: number): Promise<{ readonly parent: number; readonly itself: number; readonly ended: number } | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map((it) => fields[it]);
  return { parent, itself: user + system, ended: endedUser + endedSystem };
}
