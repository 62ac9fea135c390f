/** Before customers reach us, what is slow at first is used once: nothing is written, and what fails keeps nobody out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { warmUp } from '../../src/turn/warm-up.ts';
import { openTestCore, type TestCore, testClock, turnNeedsOf } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let core: TestCore;
beforeAll(async () => {
  database = await freshDatabase();
  core = await openTestCore({ url: database.url, demoData: 'yes' });
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

const TABLES = ['conversation', 'message', 'customer', 'ticket', 'appointment', 'handoff', 'page', 'number_counter'];

async function rows(): Promise<Readonly<Record<string, number>>> {
  const counted = TABLES.map(async (table) => {
    const { rows: found } = await core.store.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return [table, found[0]?.count ?? -1] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

test('it goes through its chats, and leaves no row and no line', async () => {
  const before = await rows();
  const heard: string[] = [];
  const { understand, ...needs } = turnNeedsOf(core);
  const logged: string[] = [];
  await warmUp({
    ...needs,
    understand: (text, about) => {
      heard.push(text);
      return understand(text, about);
    },
    now: testClock,
    log: (event) => void logged.push(event),
  });
  expect(heard.join()).toMatch(/空调不制冷.*查进度.*投诉.*fridge/);
  expect(logged).toEqual([]);
  expect(await rows()).toEqual(before);
});

test('a store that can not be read is told to the log alone', async () => {
  const needs = turnNeedsOf(core);
  const away = () => Promise.reject(new Error('away'));
  const logged: unknown[] = [];
  const readings = { ...needs.readings, customerRecord: away, enquiryAnswers: away };
  await warmUp({ ...needs, readings, searchEnquiries: away, now: testClock, log: (event, fields) => void logged.push([event, fields]) });
  expect(logged).toEqual([['warm-up-failed', { error: 'Error' }]]);
});

test('it takes no longer than a start may', async () => {
  let now = testClock();
  const heard: string[] = [];
  const { understand, ...needs } = turnNeedsOf(core);
  await warmUp({
    ...needs,
    understand: (text, about) => {
      now += 3_000;
      heard.push(text);
      return understand(text, about);
    },
    now: () => now,
    log: () => undefined,
  });
  expect(new Set(heard).size).toBeLessThanOrEqual(3);
});
