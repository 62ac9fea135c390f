import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  aChannel,
  aCustomer,
  answersOf,
  type Customer,
  eventually,
  holdsRunOut,
  openTestCore,
  settled,
  type TestCore,
} from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let core: TestCore;
let down = true;
let refusals = 0;
const wechat = aChannel(() => {
  if (!down) return;
  refusals++;
  throw new TypeError('王芳 13800138000 could not be reached');
});
const webChat = aChannel();
beforeAll(async () => {
  database = await freshDatabase();
  core = await openTestCore({ url: database.url, channels: { wechat: wechat.send, 'web-chat': webChat.send } });
});
afterAll(async () => {
  await core.stop();
  await database.drop();
});

/** Says a text and has it turned at once: WeChat's burst is over for it. */
async function say(customer: Customer, text: string): Promise<void> {
  await customer.post(core, text);
  await core.store.pool.query("update message set created_at = created_at - interval '5 seconds' where conversation_id = $1", [
    customer.conversationId,
  ]);
  core.turns.turnSoon(customer.conversationId);
  await core.turns.idle();
  await core.deliveries.idle();
}

const pending = async ({ conversationId }: Customer) =>
  (
    await core.store.pool.query<{ seq: number; seconds: number; held: boolean }>(
      `select seq, extract(epoch from held_until - now())::float as seconds, held_by is not null as held
       from message where conversation_id = $1 and delivery = 'pending' order by seq`,
      [conversationId],
    )
  ).rows;

it('a channel that is down holds back only its own conversations; when it is back they get everything, in order', async () => {
  down = true;
  const [waits, goesOn] = [await aCustomer(core, 'wechat'), await aCustomer(core)];
  for (const text of ['我要报修', '空调', '不制冷']) {
    await say(waits, text);
    await say(goesOn, text);
  }
  await core.sweep.round(0);
  await core.deliveries.idle();
  expect(webChat.shown(goesOn).map((it) => it.seq)).toEqual((await answersOf(core, goesOn)).map((it) => it.seq));
  expect((await answersOf(core, goesOn)).every((it) => it.delivery === 'delivered')).toBe(true);
  expect(wechat.shown(waits)).toEqual([]);

  down = false;
  await holdsRunOut(core);
  await core.sweep.round(0);
  await settled(core);
  const answers = await answersOf(core, waits);
  expect(answers.length).toBeGreaterThanOrEqual(3);
  expect(wechat.handed.filter((it) => it.conversationId === waits.conversationId).map((it) => it.seq)).toEqual(answers.map((it) => it.seq));
});

it('tries of a channel that is down come further and further apart, the last fails the message, and the lane goes on', async () => {
  down = true;
  const from = core.lines.length;
  const customer = await aCustomer(core, 'wechat');
  await say(customer, '我要报修');
  refusals = 1;
  const waits: number[] = [];
  const first = (await pending(customer))[0]?.seq;
  while ((await pending(customer))[0]?.seq === first && refusals < 20) {
    const [row] = await pending(customer);
    waits.push(row?.seconds ?? 0);
    expect(row?.held).toBe(false);
    await holdsRunOut(core);
    await core.deliveries.sweep();
    await core.deliveries.idle();
  }
  expect(refusals).toBe(12);
  // 1 s, then what the store has counted: each at least as long as the one before, at most five minutes.
  const rounded = waits.map((it) => Math.ceil(it));
  expect(rounded[0]).toBe(1);
  expect([...rounded].sort((a, b) => a - b)).toEqual(rounded);
  expect(rounded.at(-1)).toBe(300);
  expect((await answersOf(core, customer))[0]?.delivery).toBe('failed');

  down = false;
  await say(customer, '空调');
  await holdsRunOut(core);
  await core.deliveries.sweep();
  await settled(core);
  const [given, ...others] = await answersOf(core, customer);
  expect(given?.delivery).toBe('failed');
  expect(others.length).toBeGreaterThan(0);
  expect(wechat.shown(customer).map((it) => it.seq)).toEqual(others.map((it) => it.seq));

  const lines = core.lines.slice(from);
  expect(lines.filter((it) => it.event === 'delivery-given-up').map((it) => it.fields)).toEqual([
    { conversationId: customer.conversationId, messageId: given?.id, attempts: 12 },
  ]);
  expect(lines.filter((it) => it.event === 'send-failed')).toHaveLength(12);
  expect(JSON.stringify(lines)).not.toMatch(/王芳|13800138000|报修/);
});

it('two replies written one right after the other are both out without a sweep', async () => {
  const customer = await aCustomer(core);
  const slow = new Promise<void>((resolve) => setTimeout(resolve, 100));
  core.addChannel('web-chat', async (...wanted) => {
    await slow;
    return webChat.send(...wanted);
  });
  await customer.say(core, '我要报修');
  await customer.say(core, '空调');
  await eventually(async () => {
    const answers = await answersOf(core, customer);
    expect(answers.length).toBeGreaterThanOrEqual(2);
    expect(answers.every((it) => it.delivery === 'delivered')).toBe(true);
  }, 1_500);
  expect(webChat.shown(customer).map((it) => it.seq)).toEqual((await answersOf(core, customer)).map((it) => it.seq));
});
