/** A small project on disk for a check to look at, and the check's answer. Each test file removes its own trees. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export type Verdict = { readonly passed: boolean; readonly output: string };

const trees: string[] = [];

/** Writes the files (path → text) into a new folder that has our settings and our packages; answers the folder. */
export async function plantTree(files: Readonly<Record<string, string>>): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'baoxiu-workshop-'));
  trees.push(tree);
  await cp(join(PROJECT, '.config'), join(tree, '.config'), { recursive: true });
  await cp(join(PROJECT, 'package.json'), join(tree, 'package.json'));
  await symlink(join(PROJECT, 'node_modules'), join(tree, 'node_modules'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  }
  return tree;
}

export async function fellTrees(): Promise<void> {
  for (const tree of trees.splice(0)) await rm(tree, { recursive: true, force: true });
}

/** Runs a program to its end in `folder`, with nothing on its stdin. */
export function run(folder: string, program: string, ...args: string[]): Verdict {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return { passed: status === 0, output: `${stdout}${stderr}` };
}
