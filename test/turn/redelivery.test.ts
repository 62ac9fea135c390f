import { afterAll, beforeAll, expect, it } from 'vitest';
import { aChannel, aCustomer, answersOf, openTestCore, settled, type TestCore } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let one: TestCore;
let two: TestCore;
const channel = aChannel();
beforeAll(async () => {
  database = await freshDatabase();
  one = await openTestCore({ url: database.url, channels: { 'web-chat': channel.send } });
  two = await openTestCore({ url: database.url, channels: { 'web-chat': channel.send } });
});
afterAll(async () => {
  await one.stop();
  await two.stop();
  await database.drop();
});

it('a message that comes again after its answer changes nothing, and the earlier answer stands', async () => {
  const customer = await aCustomer(one);
  const first = await customer.say(one, '洗衣机漏水', 'again-1');
  await settled(one);
  const answers = await answersOf(one, customer);
  const before = await one.store.readConversation(customer.conversationId);
  expect(answers.length).toBeGreaterThan(0);

  expect(await customer.say(one, '洗衣机漏水', 'again-1')).toEqual({ ...first, kind: 'redelivered' });
  expect(await customer.say(two, '空调不制冷', 'again-1')).toEqual({ ...first, kind: 'redelivered' });
  await settled(one, two);
  expect(await answersOf(one, customer)).toEqual(answers);
  expect(await one.store.readConversation(customer.conversationId)).toEqual(before);
  expect(channel.handed.filter((it) => it.conversationId === customer.conversationId)).toHaveLength(answers.length);
});

it('one message brought many times at once, by two processes, is accepted once and answered once', async () => {
  const customer = await aCustomer(one);
  const cores = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? one : two));
  const accepted = await Promise.all(cores.map((core) => customer.say(core, '洗衣机漏水', 'at-once')));
  expect(accepted.filter((it) => it.kind === 'accepted')).toHaveLength(1);
  expect(accepted.filter((it) => it.kind === 'redelivered')).toHaveLength(15);
  expect(new Set(accepted.map((it) => ('id' in it ? it.id : null))).size).toBe(1);
  await settled(one, two);
  expect((await one.store.readConversation(customer.conversationId))?.revision).toBe(1);
  const answers = await answersOf(one, customer);
  expect(answers.map((it) => it.delivery)).toEqual(answers.map(() => 'delivered'));
  expect(channel.handed.filter((it) => it.conversationId === customer.conversationId).map((it) => it.id)).toEqual(
    answers.map((it) => it.id),
  );
});

it('a message that comes again while its turn runs is answered once', async () => {
  const customer = await aCustomer(one);
  await customer.say(one, '空调', 'while');
  await Promise.all([customer.say(two, '空调', 'while'), customer.say(one, '空调', 'while'), customer.say(one, '不制冷', 'while-next')]);
  await settled(one, two);
  const { revision } = (await one.store.readConversation(customer.conversationId)) ?? {};
  expect(revision).toBe(2);
});
