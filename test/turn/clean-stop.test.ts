import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { aChannel, aCustomer, answersOf, openTestCore, settled, type TestCore, turnsOf } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let core: TestCore;
const channel = aChannel();
beforeAll(async () => {
  database = await freshDatabase();
  core = await openTestCore({ url: database.url, channels: { 'web-chat': channel.send } });
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

it('a stop answers all that was acknowledged before it, and takes no conversation that comes after', async () => {
  const [inHand, waiting, late] = [await aCustomer(core), await aCustomer(core), await aCustomer(core)];
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  let writes = 0;
  const turns = turnsOf(core, {
    transact: async (wanted) => {
      writes++;
      await gate;
      return core.store.transact(wanted);
    },
  });
  await inHand.post(core, '洗衣机漏水');
  await inHand.post(core, '13800138000');
  await waiting.post(core, '空调不制冷');
  turns.turnSoon(inHand.conversationId);
  turns.turnSoon(waiting.conversationId);
  while (writes === 0) await new Promise((resolve) => setImmediate(resolve));
  const stopped = turns.stop();
  await late.post(core, '冰箱不制冷');
  turns.turnSoon(late.conversationId);
  go();
  await stopped;
  expect(writes).toBe(3);
  expect(turns.waiting()).toBe(0);
  for (const { conversationId } of [inHand, waiting]) expect((await core.store.readConversation(conversationId))?.unapplied).toEqual([]);
  expect((await core.store.readConversation(late.conversationId))?.unapplied).toHaveLength(1);

  await core.sweep.round(0);
  await settled(core);
  expect((await answersOf(core, late)).length).toBeGreaterThan(0);
});

it('a stop does not wait for a customer who is still typing; what they wrote is the next process’s', async () => {
  const policy = { ...DEFAULT_POLICY, burstMilliseconds: { ...DEFAULT_POLICY.burstMilliseconds, 'web-chat': 60_000 } };
  const customer = await aCustomer(core);
  const turns = turnsOf({ ...core, policy });
  await customer.post(core, '洗衣机漏水');
  turns.turnSoon(customer.conversationId);
  await core.store.pool.query('select 1');
  await turns.stop();
  expect(turns.waiting()).toBe(0);
  await core.sweep.round(0);
  await settled(core);
  expect((await answersOf(core, customer)).length).toBeGreaterThan(0);
});

it('a core that stops delivers what it has written before it closes the store', async () => {
  const slow = aChannel(() => new Promise((resolve) => setTimeout(resolve, 200)));
  const stopping = await openTestCore({ url: database.url, channels: { 'web-chat': slow.send } });
  const customer = await aCustomer(stopping);
  await customer.say(stopping, '洗衣机漏水');
  await stopping.stop();
  const answers = await answersOf(core, customer);
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.map((it) => it.delivery)).toEqual(answers.map(() => 'delivered'));
  expect(slow.handed).toHaveLength(answers.length);
  expect(stopping.lines).toEqual([]);
});
