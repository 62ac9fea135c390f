import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Understand } from '../../src/understanding/understood.ts';
import { aChannel, aCustomer, answersOf, type Customer, openTestCore, settled, type TestCore, turnsOf } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const POISON = '我叫王芳,电话13800138000,空调不制冷';

let database: FreshDatabase;
let core: TestCore;
beforeAll(async () => {
  database = await freshDatabase();
  core = await openTestCore({ url: database.url, channels: { 'web-chat': aChannel().send } });
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

/** Understanding that breaks over one sentence, quoting it. */
const breaking: Understand = (text, about) => {
  if (text.includes('王芳')) throw new RangeError(`can't read ${text}`);
  return core.understand(text, about);
};

async function handoffOf({ conversationId }: Customer): Promise<readonly string[]> {
  const { rows } = await core.store.pool.query<{ reason: string }>('select reason from handoff where conversation_id = $1', [
    conversationId,
  ]);
  return rows.map((it) => it.reason);
}

const turn = async (turns: ReturnType<typeof turnsOf>, { conversationId }: Customer) => {
  turns.turnSoon(conversationId);
  await turns.idle();
};

it('when a step throws, then it is tried three times, after that a person has the conversation and the customer knows', async () => {
  const customer = await aCustomer(core);
  const turns = turnsOf(core, { understand: breaking });
  const from = core.lines.length;
  await customer.post(core, POISON);
  for (let tries = 0; tries < 3; tries++) {
    await turn(turns, customer);
    expect(await handoffOf(customer)).toEqual([]);
  }
  await turn(turns, customer);
  expect(await handoffOf(customer)).toEqual(['bot-failure']);
  expect((await core.store.readConversation(customer.conversationId))?.owner).toBe('queue');
  await settled(core);
  expect((await answersOf(core, customer)).map((it) => [it.keys, it.delivery])).toEqual([[['handoff.topic'], 'delivered']]);

  const lines = core.lines.slice(from);
  expect(lines.filter((it) => it.event === 'turn-step-failed').map((it) => it.fields['failures'])).toEqual([1, 2, 3]);
  expect(JSON.stringify(lines)).toContain('RangeError');
  expect(JSON.stringify(lines)).not.toMatch(/王芳|13800138000|不制冷/);
});

it('when a message was given up, then what came after it is applied in order', async () => {
  const customer = await aCustomer(core);
  const turns = turnsOf(core, { understand: breaking });
  await customer.post(core, '洗衣机漏水');
  await customer.post(core, POISON);
  await customer.post(core, '还在吗');
  for (let tries = 0; tries < 4; tries++) await turn(turns, customer);
  await settled(core);
  const { rows } = await core.store.pool.query(
    "select seq, applied_revision as revision from message where conversation_id = $1 and direction = 'in' order by seq",
    [customer.conversationId],
  );
  expect(rows.map((it) => it.revision)).toEqual([1, 2, 3]);
  expect((await answersOf(core, customer)).map((it) => it.keys[0])).toContain('handoff.noted');
});

it('when the write is refused whatever is tried, then that counts as well: a person has the conversation', async () => {
  const customer = await aCustomer(core);
  const from = core.lines.length;
  const turns = turnsOf(core, {
    transact: (writes) =>
      writes.some((it) => it.state !== null && it.handoff === null)
        ? Promise.reject(Object.assign(new Error('Key (phone)=(13800138000) already exists.'), { code: '23505' }))
        : core.store.transact(writes),
  });
  await customer.post(core, '洗衣机漏水');
  for (let tries = 0; tries < 4; tries++) await turn(turns, customer);
  expect(await handoffOf(customer)).toEqual(['bot-failure']);
  expect(JSON.stringify(core.lines.slice(from))).toContain('23505');
  expect(JSON.stringify(core.lines.slice(from))).not.toContain('13800138000');
});

it('when what was stored of a dialog breaks every step, then giving up does not break over it too', async () => {
  const customer = await aCustomer(core);
  await customer.say(core, '洗衣机漏水');
  await settled(core);
  const read = await core.store.readConversation(customer.conversationId);
  const state = structuredClone(read?.state) as { stack: { context: { data: { window: unknown } } }[] };
  const [dialog] = state.stack;
  if (read === null || dialog === undefined) throw new Error('the booking is under way');
  dialog.context.data.window = { from: 9e15, to: 9e15 };
  await core.store.pool.query('update conversation set state_sealed = $2 where id = $1', [
    customer.conversationId,
    core.store.seal.seal('conversation.state', JSON.stringify(state)),
  ]);
  const turns = turnsOf(core, { understand: breaking });
  await customer.post(core, POISON);
  for (let tries = 0; tries < 4; tries++) await turn(turns, customer);
  expect(await handoffOf(customer)).toEqual(['bot-failure']);
});

it('when the world fails and comes back, then the turn is taken as if nothing had been', async () => {
  const customer = await aCustomer(core);
  let away = true;
  const turns = turnsOf(core, {
    readConversation: (id) => (away ? Promise.reject(new Error('gone')) : core.store.readConversation(id)),
  });
  await customer.post(core, '洗衣机漏水');
  for (let tries = 0; tries < 6; tries++) await turn(turns, customer);
  away = false;
  await turn(turns, customer);
  await settled(core);
  expect(await handoffOf(customer)).toEqual([]);
  expect((await answersOf(core, customer)).length).toBeGreaterThan(0);
});

it('when one conversation fails again and again, then the others are answered all the same', async () => {
  const [poisoned, other] = [await aCustomer(core), await aCustomer(core)];
  const turns = turnsOf(core, { understand: breaking });
  await poisoned.post(core, POISON);
  await other.post(core, '洗衣机漏水');
  await Promise.all([turn(turns, poisoned), turn(turns, other)]);
  expect((await answersOf(core, other)).length).toBeGreaterThan(0);
  expect(await answersOf(core, poisoned)).toEqual([]);
});
