/** On what a run was made: neither the host's name nor a path, nothing that tells whose it is. */
import { open } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { pinnedPeers } from './peers.ts';
import type { Results } from './results.ts';
import { ROSTER } from './roster.ts';
import type { Server } from './server.ts';

const SYNCS = 100;
const PAGE_BYTES = 8_192;

export async function machineOf(server: Server): Promise<Results['machine']> {
  const [first] = cpus();
  return {
    cpus: cpus().length,
    cpu: first?.model.trim() ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split('-')[0]}`,
    syncMicroseconds: await syncMicroseconds(join(server.folder, 'sync-probe')),
  };
}

export async function versionsOf(server: Server): Promise<Results['versions']> {
  const { rows } = await server.admin.query<{ server_version: string }>('show server_version');
  const peers = pinnedPeers();
  const named = [...new Set(['pg', ...ROSTER.flatMap((it) => it.packages)])];
  return {
    Node: process.versions.node,
    PostgreSQL: rows[0]?.server_version ?? 'unknown',
    ...Object.fromEntries(named.map((it) => [it, peers[it] ?? 'unknown'])),
  };
}

/** What one page appended and synced costs on the disk of the databases: the median of some. */
async function syncMicroseconds(path: string): Promise<number> {
  const file = await open(path, 'w');
  const page = Buffer.alloc(PAGE_BYTES);
  const microseconds: number[] = [];
  for (let written = 0; written < SYNCS; written++) {
    const began = performance.now();
    await file.write(page);
    await file.datasync();
    microseconds.push((performance.now() - began) * 1_000);
  }
  await file.close();
  return microseconds.sort((a, b) => a - b)[SYNCS / 2] ?? 0;
}
