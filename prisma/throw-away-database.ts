/** A database that lives as long as one script: an embedded server of its own in a temporary folder. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedPostgres } from '../src/store/embedded-postgres.ts';

/** Runs `work` against an empty database and removes it, whatever happens. */
export async function withThrowAwayDatabase<Result>(work: (url: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-'));
  // Temporary folders are private; the server may run as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder, 'throw-away');
  try {
    return await work(server.url);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
