import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { aChannel, aCustomer, answersOf, chance, openTestCore, settled, type TestCore } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const CUSTOMERS = 10;
const TEXTS = ['我要报修', '空调', '不制冷', '北京市朝阳区', '人工', '还在吗'];
const SWEEP_EVERY_MILLISECONDS = 50;
/** Longer than a process trusts its memory (2 s), and than a reply is kept for the process that wrote it (5 s). */
const SLOWEST_MILLISECONDS = 6_500;

let database: FreshDatabase;
let cores: readonly [TestCore, TestCore];
const chances = chance();
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Most sends are quick, some are slow, and one is slower than any hold that is not renewed. */
let slowestIsToCome = true;
const channel = aChannel(() => {
  const slow = chances.below(20);
  if (slow === 0 && slowestIsToCome) {
    slowestIsToCome = false;
    return pause(SLOWEST_MILLISECONDS);
  }
  return pause(slow === 1 ? 2_000 + chances.below(700) : chances.below(60));
});

beforeAll(async () => {
  database = await freshDatabase();
  const channels = { 'web-chat': channel.send };
  cores = [await openTestCore({ url: database.url, channels }), await openTestCore({ url: database.url, channels })];
});
afterAll(async () => {
  for (const core of cores) await core.stop();
  await database.drop();
});

it('two processes sweep hard while messages come in and sends are slow: every reply is sent exactly once, in order', {
  timeout: 60_000,
}, async () => {
  onTestFailed(() => console.error(`SEED=${chances.seed}`));
  let on = true;
  const sweeping = cores.map(async (core) => {
    while (on) {
      await core.sweep.round(0);
      await pause(SWEEP_EVERY_MILLISECONDS);
    }
  });
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => aCustomer(cores[0])));
  await Promise.all(
    customers.map(async (customer) => {
      for (const text of TEXTS) {
        await pause(chances.below(600));
        await customer.say(cores[chances.below(2)] ?? cores[0], text);
      }
    }),
  );
  await settled(...cores);
  on = false;
  await Promise.all(sweeping);
  await settled(...cores);

  const ids = channel.handed.map((it) => it.id);
  expect(ids.length).toBe(new Set(ids).size);
  for (const customer of customers) {
    const answers = await answersOf(cores[0], customer);
    expect(answers.map((it) => it.delivery)).toEqual(answers.map(() => 'delivered'));
    expect(channel.shown(customer).map((it) => it.seq)).toEqual(answers.map((it) => it.seq));
  }
  expect(cores.flatMap((it) => it.lines.map((line) => line.event)).filter((it) => it !== 'turn-put-off')).toEqual([]);
});
