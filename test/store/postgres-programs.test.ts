import { chmod, mkdir, mkdtemp, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { programsFor } from '../../src/store/postgres-programs.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'baoxiu-programs-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Somebody else than whoever runs the tests. */
const SERVER_USER = { uid: 65_533, gid: 65_533 };

it('programs in a folder the server’s user can not enter are copied, and their links stay inside the copy', async () => {
  const closed = join(root, 'home');
  const installed = join(closed, 'package', 'native');
  await mkdir(join(installed, 'bin'), { recursive: true });
  await mkdir(join(installed, 'lib'));
  await writeFile(join(closed, 'package', 'package.json'), '{"version":"17.0.0"}');
  await writeFile(join(installed, 'lib', 'libicuuc.so.60.2'), 'library');
  await symlink('libicuuc.so.60.2', join(installed, 'lib', 'libicuuc.so.60'));
  await chmod(closed, 0o700);
  const folder = join(root, 'place');
  await mkdir(folder);

  const { postgres } = await programsFor({ folder, cluster: '', log: '', user: SERVER_USER, notes: [] }, installed);
  expect(postgres).toBe(join(folder, 'postgresql-17.0.0', 'native', 'bin', 'postgres'));
  expect(await readlink(join(folder, 'postgresql-17.0.0', 'native', 'lib', 'libicuuc.so.60'))).toBe('libicuuc.so.60.2');
});
