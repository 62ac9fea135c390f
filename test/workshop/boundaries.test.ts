import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fellTrees, PROJECT, plantTree, run } from './fixture-tree.ts';

const check = (tree: string) => run(tree, process.execPath, join(PROJECT, '.ci/boundaries.mjs'));

/** Every file an import below leads to; enough of them, and importing each other so that none is an orphan. */
const LEAVES = [
  'src/domain/price.ts',
  'src/wording/reply.ts',
  'src/understanding/read.ts',
  'src/turn/run.ts',
  'src/desk/claim.ts',
  'src/store/rows.ts',
  'src/jobs/deliver.ts',
  'src/web/server.ts',
  'src/model/ask.ts',
  'src/channels/slack/cards.ts',
  'src/channels/wechat/puppet.ts',
  'src/config.ts',
  'src/main.ts',
  'flows/repair.ts',
  'test/support/chat.ts',
];

/** [file, what it imports, the rule that must speak] */
const FORBIDDEN: readonly (readonly [string, string, string])[] = [
  ['src/domain/a.ts', "import '../wording/reply.ts';", 'domain-imports-nobody'],
  ['src/domain/b.ts', "import type { leaf } from '../../flows/repair.ts'; export type T = typeof leaf;", 'domain-imports-nobody'],
  ['src/understanding/a.ts', "import '../../flows/repair.ts';", 'understanding-knows-only-the-domain'],
  ['src/understanding/b.ts', "import '../wording/reply.ts';", 'understanding-knows-only-the-domain'],
  ['src/wording/a.ts', "import '../turn/run.ts';", 'wording-knows-only-the-domain'],
  ['flows/a.ts', "import '../src/understanding/read.ts';", 'flows-know-only-the-domain'],
  ['flows/b.ts', "import { leaf } from '../src/wording/reply.ts'; export const b = leaf;", 'flows-see-wording-as-types'],
  ['src/turn/a.ts', "import '../store/rows.ts';", 'conversation-is-inside-the-adapters'],
  ['src/turn/b.ts', "import '../model/ask.ts';", 'conversation-is-inside-the-adapters'],
  ['src/model/a.ts', "import '../store/rows.ts';", 'adapters-are-strangers'],
  ['src/desk/a.ts', "import '../config.ts';", 'conversation-is-inside-the-adapters'],
  ['src/web/a.ts', "import '../store/rows.ts';", 'adapters-are-strangers'],
  ['src/jobs/a.ts', "import '../channels/slack/cards.ts';", 'adapters-are-strangers'],
  ['src/channels/slack/a.ts', "import '../wechat/puppet.ts';", 'adapters-are-strangers'],
  ['src/store/a.ts', "import { leaf } from '../config.ts'; export const a = leaf;", 'adapters-are-handed-their-settings'],
  ['src/web/b.ts', "import '../main.ts';", 'main-is-imported-by-entry-points'],
  ['src/web/c.ts', "import pg from 'pg'; export const c = pg;", 'prisma-stays-in-the-store'],
  ['src/desk/b.ts', "import type { PrismaClient } from '@prisma/client'; export type B = PrismaClient;", 'prisma-stays-in-the-store'],
  ['src/channels/slack/b.ts', "import 'botbuilder';", 'botbuilder-stays-in-web-chat'],
  ['src/web/d.ts', "import 'xstate';", 'xstate-stays-with-the-dialogs'],
  ['src/desk/c.ts', "import { Hono } from 'hono'; export const c = Hono;", 'hono-stays-in-the-web'],
  ['src/turn/c.ts', "import sharp from 'sharp'; export const c = sharp;", 'sharp-stays-with-the-files'],
  ['src/files/a.ts', "import '../turn/run.ts';", 'files-know-what-is-asked-of-them'],
  ['src/files/b.ts', "import '../store/rows.ts';", 'files-know-what-is-asked-of-them'],
  ['src/jobs/b.ts', "import { env } from 'node:process'; export const b = env;", 'environment-stays-in-config'],
  ['src/web/e.ts', "import '../../test/support/chat.ts';", 'shipped-code-imports-no-workshop'],
  ['src/desk/d.ts', "import 'fast-check';", 'shipped-code-needs-no-dev-dependency'],
  ['src/desk/e.ts', "import './nowhere.ts';", 'no-unresolved'],
  ['src/desk/f.ts', "import './g.ts';", 'no-cycles'],
  ['src/desk/alone.ts', '', 'no-orphans'],
];

const ALLOWED: Readonly<Record<string, string>> = {
  'flows/ask.ts': "import type { leaf } from '../src/wording/reply.ts'; import 'xstate'; export type Ask = typeof leaf;",
  'src/web/settings.ts':
    "import type { leaf } from '../config.ts'; import 'hono'; import './server.ts'; export type Settings = typeof leaf;",
  'src/channels/web-chat/bot.ts': "import 'botbuilder'; import '../../turn/run.ts';",
  'src/store/client.ts': "import 'pg'; import './rows.ts'; import '../desk/claim.ts';",
  'src/channels/terminal.ts': "import '../main.ts';",
  'src/files/clean.ts': "import 'sharp'; import '../domain/price.ts';",
  'src/turn/step.ts': "import 'xstate'; import '../understanding/read.ts'; import '../../flows/repair.ts';",
  'test/turn/step.test.ts': "import 'xstate'; import 'pg'; import '../../src/turn/step.ts'; import '../../src/main.ts';",
  'test/turn/other.test.ts':
    "import '../../src/jobs/deliver.ts'; import '../../src/channels/slack/cards.ts'; import '../../src/channels/wechat/puppet.ts';",
  'test/model/ask.test.ts': "import '../../src/model/ask.ts';",
};

const leaves = (): Record<string, string> => Object.fromEntries(LEAVES.map((path) => [path, "export { z as leaf } from 'zod';"]));

afterAll(fellTrees);

describe('the boundary check', () => {
  test('names every import that points the wrong way', async () => {
    const tree = await plantTree({
      ...leaves(),
      'src/desk/g.ts': "import './f.ts';",
      ...Object.fromEntries(FORBIDDEN.map(([path, text]) => [path, text])),
    });
    const { passed, output } = check(tree);
    expect(passed).toBe(false);
    for (const [path, , rule] of FORBIDDEN) expect(output).toContain(`${rule}: ${path}`);
  });

  test('lets through what the design allows', async () => {
    const tree = await plantTree({ ...leaves(), ...ALLOWED });
    expect(check(tree)).toMatchObject({ passed: true, output: expect.stringContaining('0 violations') });
  });

  test('fails when it saw next to nothing', async () => {
    const tree = await plantTree({ 'src/main.ts': "import 'zod';" });
    expect(check(tree)).toMatchObject({ passed: false, output: expect.stringMatching(/saw \d modules/) });
  });
});
