import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fellTrees, PROJECT, plantTree, run } from './fixture-tree.ts';

const lint = (tree: string) =>
  run(tree, join(PROJECT, 'node_modules/.bin/biome'), 'lint', '--config-path=.config', '--max-diagnostics=200', '--colors=off', '.');

const AMBIENT = ['Date.now()', 'new Date()', 'Math.random()', 'performance.now()', 'dayjs()', 'randomUUID()', '[1].map(Math.random)'];
const HANDED = ['new Date(0)', 'Date.parse("2026-01-01")', 'dayjs(0)', 'Math.max(1, 2)'];
const FOLDERS = ['src/domain', 'src/understanding', 'src/wording', 'src/turn', 'flows', 'flows/lifecycles'];

const source = (expression: string) =>
  `import dayjs from 'dayjs';\nimport { randomUUID } from 'node:crypto';\n\nexport const found = [dayjs, randomUUID, ${expression}];\n`;

afterAll(fellTrees);

test('a pure folder may not read the clock or draw a random number', async () => {
  const files = FOLDERS.flatMap((folder) => AMBIENT.map((expression, index) => [`${folder}/ambient-${index}.ts`, source(expression)]));
  const { passed, output } = lint(await plantTree(Object.fromEntries(files)));
  expect(passed).toBe(false);
  for (const [path] of files) expect(output).toMatch(new RegExp(`${path}:4:\\d+ plugin`));
});

test('the same is free elsewhere, and so is what was handed in', async () => {
  const pure = HANDED.map((expression, index) => [`flows/handed-${index}.ts`, source(expression)]);
  const outside = AMBIENT.flatMap((expression, index) => [
    [`src/jobs/clock-${index}.ts`, source(expression)],
    [`test/flows/clock-${index}.ts`, source(expression)],
  ]);
  const { output } = lint(await plantTree(Object.fromEntries([...pure, ...outside])));
  expect(output).not.toContain('plugin');
});

test('only config.ts reads the environment', async () => {
  const read = "export const home = process.env['HOME'];\n";
  const { passed, output } = lint(
    await plantTree({ 'src/config.ts': read, 'src/web/server.ts': read, 'flows/repair.ts': read, 'prisma/drift.ts': read }),
  );
  expect(passed).toBe(false);
  expect(output.match(/\S+ lint\/style\/noProcessEnv/g)).toEqual([
    expect.stringContaining('flows/repair.ts'),
    expect.stringContaining('src/web/server.ts'),
  ]);
});
