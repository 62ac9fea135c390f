/**
 * Where the embedded server's files live and who runs it. PostgreSQL refuses to run as root, so root hands it to a
 * plain user, and that user must be able to enter every parent of the folder: when it can't, another folder is chosen
 * once and remembered. A *place* is that folder; it holds the cluster, the server's log and, if need be, its programs.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chown, link, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The user the server runs as; null when that is whoever runs us. */
export type ServerUser = { readonly uid: number; readonly gid: number } | null;

export type Place = {
  readonly folder: string;
  readonly cluster: string;
  readonly log: string;
  readonly user: ServerUser;
  /** What an operator should know about the choice; empty when the folder is the obvious one. */
  readonly notes: readonly string[];
};

/** Finds the place that belongs to `dataDir`, or makes it; the same answer on every start. */
export async function placeFor(dataDir: string): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const home = await realpath(dataDir);
  const user = process.getuid?.() === 0 ? await userForRoot() : null;
  const near = join(home, 'postgres');
  const pointer = join(home, 'postgres-place');
  const remembered = await readFile(pointer, 'utf8').catch(() => null);
  const folder =
    remembered?.trim() ??
    (user === null || (await exists(near)) || (await canEnter(home, user)) ? near : await chooseElsewhere(home, pointer));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner = await stat(folder);
  const runAs = user !== null && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : user;
  if (runAs !== null) await chown(folder, runAs.uid, runAs.gid);
  const notes =
    folder === near ? [] : [`the embedded database lives in ${folder}: its user can't enter ${home} (remembered in ${pointer})`];
  if (folder !== near && folder.startsWith(tmpdir()))
    notes.push('that is a temporary folder which a reboot may clear: set DATA_DIR to one that every user can enter');
  return { folder, cluster: join(folder, 'cluster'), log: join(folder, 'server.log'), user: runAs, notes };
}

/** Whether `user` can enter `folder` and all its parents, judged by their permission bits. */
export async function canEnter(folder: string, user: NonNullable<ServerUser>): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

export function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

const run = promisify(execFile);

async function userForRoot(): Promise<NonNullable<ServerUser>> {
  const known = await passwdEntry('postgres');
  if (known) return known;
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined);
  await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']).catch(() => undefined);
  const made = (await passwdEntry('postgres')) ?? (await passwdEntry('nobody'));
  if (made) return made;
  throw new Error(
    'PostgreSQL does not run as root and there is no user "postgres" to run it as: create one, start as another user, or set DATABASE_URL',
  );
}

async function passwdEntry(name: string): Promise<NonNullable<ServerUser> | null> {
  const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => null);
  return ids && { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
}

/**
 * The name carries chance beside the hash: a deleted and remade data folder has new keys, and must not meet the old
 * cluster again.
 */
async function chooseElsewhere(home: string, pointer: string): Promise<string> {
  const name = `${createHash('sha256').update(home).digest('hex').slice(0, 8)}-${randomBytes(4).toString('hex')}`;
  const parent = await firstWritable(['/var/lib/baoxiu', join(tmpdir(), 'baoxiu')]);
  const draft = `${pointer}.${process.pid}`;
  await writeFile(draft, `${join(parent, name)}\n`);
  // Linking is all or nothing: of two first starts at once, the second takes the first one's choice.
  await link(draft, pointer).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await readFile(pointer, 'utf8')).trim();
}

async function firstWritable(folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    const made = await mkdir(folder, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    );
    if (made) return folder;
  }
  throw new Error(`no folder for the embedded database: none of ${folders.join(', ')} can be made; set DATABASE_URL or another DATA_DIR`);
}
