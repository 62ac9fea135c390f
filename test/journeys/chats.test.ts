/**
 * The chats of `chats/`, each through two doors of one running desk: over Direct Line, and typed into `npm run chat`.
 * `CHATS_IN_TERMINAL=all` types all of them; otherwise only those named here, because each is a process of its own.
 */
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { readChats } from './chat-file.ts';
import { playChat } from './play-chat.ts';
import { terminalDoor } from './terminal-customer.ts';
import { webDoor } from './web-customer.ts';

const CHATS = readChats(fileURLToPath(new URL('chats', import.meta.url)));

/** One of each dialog, and one in English. */
const IN_TERMINAL = [
  '说错了-不是空调是冰箱',
  '约好以后-改时间',
  '师傅什么时候来',
  '冰箱摔过-不认同要复核',
  '投诉-一步一步',
  '打两分-安排复查',
  'complain-in-english',
];

/** The same at any hour of any day: people are there, nobody is reminded of a visit, and a survey is due at once. */
const always = [{ from: '00:00', to: '24:00' }];
const POLICY = {
  hours: { weekdays: { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always } },
  quietHours: { from: '04:00', to: '04:00' },
  reminders: { dayBeforeAt: '24:00', onDayMinutes: 0 },
  survey: { delayMinutes: 0 },
};

const policyFile = join(tmpdir(), `baoxiu-chats-${process.pid}.json`);
let database: FreshDatabase;
let desk: WholeDesk;
beforeAll(async () => {
  database = await freshDatabase();
  await writeFile(policyFile, JSON.stringify(POLICY));
  desk = await startDesk({ databaseUrl: database.url, environment: { POLICY_FILE: policyFile } });
});
afterAll(async () => {
  await desk.close();
  await Promise.all([database.drop(), rm(policyFile, { force: true })]);
});

test('there are at least 32 chats, 3 of them in English', () => {
  expect(CHATS.length).toBeGreaterThanOrEqual(32);
  expect(CHATS.filter((it) => /^[a-z-]+$/.test(it.name)).length).toBeGreaterThanOrEqual(3);
});

describe(webDoor.name, () => {
  test.concurrent.each(CHATS)('$name', (chat) => playChat(chat, desk, webDoor), 120_000);
});

describe('in the terminal', () => {
  const typed = CHATS.filter((it) => it.turns.every(({ act }) => act.kind !== 'sends-photo'));
  const chosen = process.env['CHATS_IN_TERMINAL'] === 'all' ? typed : typed.filter((it) => IN_TERMINAL.includes(it.name));
  const door = () => terminalDoor({ DATA_DIR: desk.dataDir, DATABASE_URL: database.url, POLICY_FILE: policyFile });

  test.each(chosen)('$name', (chat) => playChat(chat, desk, door()), 120_000);
});
