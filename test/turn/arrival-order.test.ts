import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { aChannel, aCustomer, answersOf, type Customer, chance, openTestCore, settled, type TestCore, turnsOf } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const BURST_MILLISECONDS = 300;

let database: FreshDatabase;
let one: TestCore;
let two: TestCore;
const channel = aChannel();
beforeAll(async () => {
  database = await freshDatabase();
  const policy = { ...DEFAULT_POLICY, burstMilliseconds: { ...DEFAULT_POLICY.burstMilliseconds, wechat: BURST_MILLISECONDS } };
  const channels = { 'web-chat': channel.send, wechat: channel.send };
  one = await openTestCore({ url: database.url, channels, policy });
  two = await openTestCore({ url: database.url, channels, policy });
});
afterAll(async () => {
  await one.stop();
  await two.stop();
  await database.drop();
});

/** The transcript's inbound side: text and the revision that applied it. */
async function applied({ conversationId }: Customer): Promise<readonly (readonly [string, number | null])[]> {
  const log = await one.store.readLog(conversationId, 0, 100);
  const { rows } = await one.store.pool.query<{ seq: number; revision: number | null }>(
    'select seq, applied_revision as revision from message where conversation_id = $1',
    [conversationId],
  );
  return log.flatMap((it) =>
    it.from === 'customer' && it.body.kind === 'text'
      ? [[it.body.text, rows.find((row) => row.seq === it.seq)?.revision ?? null] as const]
      : [],
  );
}

async function items({ conversationId }: Customer): Promise<unknown> {
  const state = (await one.store.readConversation(conversationId))?.state as {
    readonly stack: readonly { readonly context: { readonly data: { readonly items: readonly Readonly<Record<string, unknown>>[] } } }[];
  };
  return state.stack[0]?.context.data.items.map((it) => [it['appliance'], it['text']]);
}

describe('two messages of one conversation at once', () => {
  it('are answered in arrival order, the second understood against the first one’s answer', async () => {
    const customer = await aCustomer(one);
    await customer.post(one, '我要报修');
    await customer.post(one, '空调');
    await customer.say(one, '不制冷');
    await settled(one);
    expect(await applied(customer)).toEqual([
      ['我要报修', 1],
      ['空调', 2],
      ['不制冷', 3],
    ]);
    expect(await items(customer)).toEqual([['air_conditioner', '不制冷']]);
    const answers = await answersOf(one, customer);
    expect(answers.map((it) => it.asking).filter((it) => it !== null)).toEqual(['appliance', 'fault', 'address']);
    expect(channel.shown(customer).map((it) => it.seq)).toEqual(answers.map((it) => it.seq));
  });

  it('brought by two processes are applied one after the other all the same, and every answer is shown once, in order', async () => {
    const { seed, below } = chance();
    onTestFailed(() => console.error(`SEED=${seed}`));
    const stop = sweepHard(one, two);
    const customers = await Promise.all(Array.from({ length: 12 }, () => aCustomer(one)));
    await Promise.all(
      customers.map(async (customer) => {
        for (const text of ['我要报修', '空调', '不制冷', '北京市朝阳区']) await customer.say(below(2) === 0 ? one : two, text);
      }),
    );
    await settled(one, two);
    await stop();
    for (const customer of customers) {
      expect((await applied(customer)).map(([, revision]) => revision)).toEqual([1, 2, 3, 4]);
      expect(await items(customer)).toEqual([['air_conditioner', '不制冷']]);
      const answers = await answersOf(one, customer);
      const handed = channel.handed.filter((it) => it.conversationId === customer.conversationId);
      expect(handed.map((it) => it.seq)).toEqual(answers.map((it) => it.seq));
    }
  });
});

/** Both look for forgotten messages all the time, whatever their age. */
function sweepHard(...cores: readonly TestCore[]): () => Promise<void> {
  let on = true;
  const rounds = cores.map(async (core) => {
    while (on) {
      await core.sweep.round(0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  return async () => {
    on = false;
    await Promise.all(rounds);
  };
}

describe('several texts in a burst, on a channel where people write so', () => {
  it('are one turn: each its own row, all applied by it, answered once', async () => {
    const customer = await aCustomer(one, 'wechat');
    for (const text of ['我要报修', '空调', '不制冷']) await customer.say(one, text);
    await settled(one);
    expect(await applied(customer)).toEqual([
      ['我要报修', 1],
      ['空调', 1],
      ['不制冷', 1],
    ]);
    expect(await items(customer)).toEqual([['air_conditioner', '不制冷']]);
    expect((await answersOf(one, customer)).map((it) => it.asking).filter((it) => it !== null)).toEqual(['address']);
  });

  it('are waited for from the last one on, also when another process or a sweep looks meanwhile', async () => {
    const customer = await aCustomer(one, 'wechat');
    const from = Date.now();
    for (let texts = 0; texts < 4; texts++) {
      await customer.say(texts % 2 === 0 ? one : two, `空调不制冷${'了'.repeat(texts)}`);
      await two.sweep.round(0);
      await new Promise((resolve) => setTimeout(resolve, BURST_MILLISECONDS / 3));
    }
    await settled(one, two);
    expect(Date.now() - from).toBeGreaterThanOrEqual(BURST_MILLISECONDS * 2);
    expect((await applied(customer)).map(([, revision]) => revision)).toEqual([1, 1, 1, 1]);
  });

  it('keep nobody else waiting: as many as are turned side by side may be typing, another customer is answered at once', async () => {
    const typing = await Promise.all(Array.from({ length: 16 }, () => aCustomer(one, 'wechat')));
    const other = await aCustomer(one);
    for (const customer of typing) await customer.say(one, '空调');
    await other.post(one, '洗衣机漏水');
    const from = Date.now();
    const answered = new Promise<number>((resolve) => {
      const look = setInterval(() => {
        if (channel.shown(other).length === 0) return;
        clearInterval(look);
        resolve(Date.now() - from);
      }, 5);
    });
    one.turns.turnSoon(other.conversationId);
    const waited = await answered;
    const stillTyping = typing.filter((it) => channel.shown(it).length === 0);
    await settled(one);
    expect(stillTyping, `answered after ${waited} ms`).not.toEqual([]);
  });

  it.each([
    ['long before customers reach it', 2, 2.4, null],
    ['while the next text comes before the first look', 0, 1.5, '不制冷'],
  ])('are heard out by a process that starts %s', async (_, unreachedBursts, laterBursts, next) => {
    const burst = 3_600_000;
    const policy = { ...DEFAULT_POLICY, burstMilliseconds: { ...DEFAULT_POLICY.burstMilliseconds, wechat: burst } };
    const customer = await aCustomer(one, 'wechat');
    await customer.post(one, '空调');
    let ahead = 1;
    let looks = 0;
    const turns = turnsOf(
      { ...one, policy },
      {
        now: () => one.now() + ahead,
        readConversation: async (id) => {
          const found = await one.store.readConversation(id);
          looks++;
          return found;
        },
      },
    );
    ahead += unreachedBursts * burst;
    turns.reachable();
    if (next !== null) await customer.post(one, next);
    ahead += laterBursts * burst;
    turns.turnSoon(customer.conversationId);
    await expect.poll(() => looks).toBe(1);
    await turns.stop();
    expect((await applied(customer)).every(([, revision]) => revision === null)).toBe(true);
    await one.sweep.round(0);
    await settled(one);
  });

  it('are not waited for where somebody is in danger', async () => {
    const policy = { ...DEFAULT_POLICY, burstMilliseconds: { ...DEFAULT_POLICY.burstMilliseconds, wechat: 3_600_000 } };
    const turns = turnsOf({ ...one, policy });
    const customer = await aCustomer(one, 'wechat');
    await customer.post(one, '空调不制冷');
    await customer.post(one, '而且我闻到燃气味了，像是泄漏');
    turns.turnSoon(customer.conversationId);
    await expect.poll(turns.waiting).toBe(1);
    turns.turnSoon(customer.conversationId, 'at-once');
    await expect.poll(async () => (await one.store.readConversation(customer.conversationId))?.unapplied).toEqual([]);
    await turns.stop();
    expect((await answersOf(one, customer)).flatMap((it) => it.keys)).toContain('danger.gas');
  });

  it('are answered though the customer types on and on', async () => {
    const customer = await aCustomer(one, 'wechat');
    let texts = 0;
    const from = Date.now();
    while (channel.shown(customer).length === 0 && Date.now() - from < 20 * BURST_MILLISECONDS) {
      await customer.say(one, `空调不制冷${'了'.repeat(texts++ % 5)}`);
      await new Promise((resolve) => setTimeout(resolve, BURST_MILLISECONDS / 3));
    }
    expect(channel.shown(customer).length).toBeGreaterThan(0);
    await settled(one);
    expect((await applied(customer)).every(([, revision]) => revision !== null)).toBe(true);
  });

  it('end a wait at the burst time though a message claims to come from the future', async () => {
    const customer = await aCustomer(one, 'wechat');
    await one.store.accept([
      {
        id: one.makeIdentifier(),
        conversationId: customer.conversationId,
        channel: 'wechat',
        channelMessageId: 'from-the-future',
        sender: 'customer',
        body: { kind: 'text', text: '洗衣机漏水' },
        at: (one.now() + 3_600_000) as ReturnType<TestCore['now']>,
      },
    ]);
    one.turns.turnSoon(customer.conversationId);
    await settled(one);
    expect((await answersOf(one, customer)).length).toBeGreaterThan(0);
  });
});
