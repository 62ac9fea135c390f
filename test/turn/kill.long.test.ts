import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { eventually } from '../support/core.ts';
import { type FreshDatabase, freshDatabase, openTestStore, TEST_KEY } from '../support/database.ts';
import { connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';

/** Half a minute for what the killed desk still holds, and two desks that start, on a machine that is busy. */
const LEFT_TO_ANOTHER_MILLISECONDS_MAX = 60_000;
const ANOTHER_TEST_MILLISECONDS_MAX = 150_000;

const SAME_KEY = { PII_KEY: TEST_KEY.toString('base64') };

let database: FreshDatabase;
let store: Store;
let desk: WholeDesk;
const clients: DirectLineClient[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  desk = await startDesk({ databaseUrl: database.url, environment: SAME_KEY });
  store = await openTestStore({ url: database.url });
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});
afterAll(async () => {
  await desk.close();
  await store.close();
  await database.drop();
});

/** A customer whose first answer is there, and their conversation as rows. */
async function aTalk() {
  const client = await connect(desk.url);
  clients.push(client);
  await client.next();
  const rows = async () =>
    (
      await store.pool.query<{ direction: string; revision: number | null; delivery: string | null }>(
        'select direction, applied_revision as revision, delivery from message where conversation_id = $1 order by seq',
        [client.conversationId],
      )
    ).rows;
  return { client, rows };
}

// Before the turn, and about when its answer is written.
it.each([0, 25])(
  'killed with -9 %i ms after a message was acknowledged and started again: it is answered once, nothing is lost',
  { timeout: ANOTHER_TEST_MILLISECONDS_MAX },
  async (milliseconds) => {
    const { client, rows } = await aTalk();
    await client.say('空调');
    if (milliseconds > 0) await pause(milliseconds);
    await desk.kill9();
    await desk.restart();
    await eventually(async () => {
      for (const row of await rows()) {
        if (row.direction === 'in' && row.revision === null) throw new Error('a message is not turned');
        if (row.delivery === 'pending') throw new Error('an answer is not delivered');
      }
    });
    const told = await rows();
    expect(told.filter((it) => it.direction === 'in').map((it) => it.revision)).toEqual([1, 2]);
    // The next answer comes after whatever was missing or would come twice.
    await client.ask('不制冷');
    await eventually(async () => expect(client.messages.filter((it) => it.text !== '')).toHaveLength(await countShown(rows)));
    const bot = client.messages.filter((it) => it.from.role === 'bot').map((it) => it.channelData.messageId ?? it.id);
    expect(new Set(bot).size).toBe(bot.length);
    expect(client.messages.filter((it) => it.text === '空调')).toHaveLength(1);
  },
);

/** Every row but the event that opened the conversation. */
async function countShown(rows: () => Promise<readonly unknown[]>): Promise<number> {
  return (await rows()).length - 1;
}

it('killed with -9 while another process lives on the same store: that one turns what was acknowledged, without a restart', {
  timeout: ANOTHER_TEST_MILLISECONDS_MAX,
}, async () => {
  const other = await startDesk({ databaseUrl: database.url, environment: SAME_KEY });
  try {
    const { client, rows } = await aTalk();
    await client.say('洗衣机漏水');
    await desk.kill9();
    await eventually(
      async () => expect((await rows()).filter((it) => it.direction === 'in').map((it) => it.revision)).toEqual([1, 2]),
      LEFT_TO_ANOTHER_MILLISECONDS_MAX,
    );
    const written = (await rows()).length;
    await eventually(
      async () => expect((await rows()).some((it) => it.delivery === 'pending')).toBe(false),
      LEFT_TO_ANOTHER_MILLISECONDS_MAX,
    );
    await desk.restart();
    await client.next();
    expect(await rows()).toHaveLength(written);
  } finally {
    await other.close();
  }
});
