import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fellTrees, PROJECT, plantTree, run } from './fixture-tree.ts';

const SOUND = { version: '1.0.0', integrity: 'sha512-AAAA' };

async function check(packages: Readonly<Record<string, object>>, manifest: object = {}) {
  const tree = await plantTree({
    'package.json': JSON.stringify({ name: 'baoxiu', ...manifest }),
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'baoxiu' }, ...packages } }),
  });
  return run(tree, process.execPath, join(PROJECT, '.ci/lockfile.mjs'));
}

afterAll(fellTrees);

test.each([
  ['a platform package that is not optional', { ...SOUND, os: ['linux'], cpu: ['loong64'] }, 'not optional'],
  ['a package from a mirror', { ...SOUND, resolved: 'https://mirror.example/zod/-/zod-1.0.0.tgz' }, 'comes from mirror.example'],
  ['a package from a git host', { ...SOUND, resolved: 'git+ssh://git@github.com/a/b.git#0' }, 'comes from github.com'],
  ['a package without integrity', { version: '1.0.0' }, 'no integrity'],
  ['a link', { resolved: 'packages/x', link: true }, 'is a link'],
])('%s is refused', async (_, entry, complaint) => {
  expect(await check({ 'node_modules/x': entry })).toMatchObject({ passed: false, output: expect.stringContaining(complaint) });
});

test('a dependency that was dropped, added or changed since is refused', async () => {
  const sound = { 'node_modules/x': SOUND };
  const locked = { '': { name: 'baoxiu', dependencies: { x: '1.0.0' } }, ...sound };
  expect(await check(locked, { dependencies: { x: '1.0.0' } })).toMatchObject({ passed: true });
  for (const dependencies of [{}, { x: '1.0.1' }, { x: '1.0.0', y: '1.0.0' }])
    expect(await check(locked, { dependencies })).toMatchObject({
      passed: false,
      output: expect.stringContaining('not in the lockfile as'),
    });
});

test('a lockfile that locks nothing is refused', async () => {
  expect(await check({})).toMatchObject({ passed: false, output: expect.stringContaining('locks no package') });
});

test('optional platform packages pass, and packages without an address', async () => {
  const verdict = await check({
    'node_modules/x': SOUND,
    'node_modules/x-linux': { ...SOUND, os: ['linux'], cpu: ['x64'], libc: ['musl'], optional: true },
  });
  expect(verdict).toMatchObject({ passed: true, output: expect.stringContaining('0 faults') });
});

test('the real lockfile passes', () => {
  expect(run(PROJECT, process.execPath, '.ci/lockfile.mjs')).toMatchObject({ passed: true });
});
