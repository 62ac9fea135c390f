import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { Transact } from '../../src/turn/ports.ts';
import { anEngineer } from '../store/a-turn.ts';
import { aChannel, aCustomer, answersOf, type Customer, openTestCore, settled, type TestCore, turnsOf } from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let one: TestCore;
let two: TestCore;
const channel = aChannel();
beforeAll(async () => {
  database = await freshDatabase();
  one = await openTestCore({ url: database.url, channels: { 'web-chat': channel.send } });
  two = await openTestCore({ url: database.url, channels: { 'web-chat': channel.send } });
  await one.store.pool.query("insert into service_area (province, city, district) values ('北京市', '北京市', '朝阳区')");
  await anEngineer(one.store);
});
afterAll(async () => {
  await one.stop();
  await two.stop();
  await database.drop();
});

/** Talks until the read-back is on the table: the day after tomorrow, two to four in the afternoon. */
async function readBack(core: TestCore, phone: string, when: string): Promise<Customer> {
  const customer = await aCustomer(core);
  await customer.say(core, `洗衣机漏水,北京市朝阳区望京街道阜通东大街6号院3号楼1501,${phone},${when}`);
  await settled(core);
  for (const more of ['我叫王芳', '没有型号']) {
    const asking = (await answersOf(core, customer)).at(-1)?.asking;
    if (asking === 'confirm') break;
    await customer.say(core, more);
    await settled(core);
  }
  const last = (await answersOf(core, customer)).at(-1);
  if (last?.asking !== 'confirm') throw new Error(`no read-back but ${last?.keys.join()}: ${last?.text}`);
  return customer;
}

/** Lets writes through only when as many as expected have come: all of them have read the window as free. */
function together(transacts: number): (transact: Transact) => Transact {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let come = 0;
  return (transact) => async (turns) => {
    come++;
    if (come >= transacts) open();
    await gate;
    return transact(turns);
  };
}

const count = async (what: string) =>
  (await one.store.pool.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n ?? -1;

it('two conversations confirm the last free window at once: one has it, the other hears so and is offered the nearest three', async () => {
  const [first, second] = [await readBack(one, '13800138001', '后天下午两点'), await readBack(two, '13800138002', '后天下午两点')];
  const before = { ticket: await count('ticket'), event: await count('ticket_event'), address: await count('address') };
  const gate = together(2);
  const [mine, theirs] = [turnsOf(one, { transact: gate(one.store.transact) }), turnsOf(two, { transact: gate(two.store.transact) })];
  await first.post(one, '确认');
  await second.post(two, '确认');
  mine.turnSoon(first.conversationId);
  theirs.turnSoon(second.conversationId);
  await Promise.all([mine.idle(), theirs.idle()]);
  await settled(one, two);

  const lasts = await Promise.all([first, second].map(async (it) => (await answersOf(one, it)).at(-1)));
  const keys = lasts.map((it) => it?.keys[0]);
  expect([...keys].sort()).toEqual(['ask.window.taken', 'booked']);
  expect(await count("appointment where status = 'booked'")).toBe(1);
  expect(await count('ticket')).toBe(before.ticket + 1);
  expect(await count('ticket_event')).toBe(before.event + 2);
  expect(await count('address')).toBe(before.address + 1);

  const loser = keys[0] === 'booked' ? second : first;
  expect(await count(`ticket where conversation_id = '${loser.conversationId}'`)).toBe(0);
  const read = await one.store.readConversation(loser.conversationId);
  expect(read?.unapplied).toEqual([]);
  const offered = (await one.store.readLog(loser.conversationId, 0, 100)).at(-1);
  const choices = offered?.from === 'bot' ? offered.body.choices.map((it) => it.label) : [];
  // The nearest three to the one from 14:00; with the travel after it, 16:00 is gone as well.
  expect(choices.map((it) => /\d{2}:\d{2}/.exec(it)?.[0] ?? null)).toEqual(['08:00', '10:00', '18:00', null]);

  const winner = keys[0] === 'booked' ? first : second;
  await loser.say(one, choices[1] ?? '');
  await settled(one, two);
  expect((await answersOf(one, loser)).at(-1)?.asking).toBe('confirm');
  await loser.say(one, '确认');
  await settled(one, two);
  expect((await answersOf(one, loser)).at(-1)?.keys).toEqual(['booked']);
  expect(await count("appointment where status = 'booked'")).toBe(2);
  expect(await count(`ticket where conversation_id = '${winner.conversationId}'`)).toBe(1);
});

it('eight conversations in two processes want one window: one appointment, seven are told, none twice', async () => {
  const customers: Customer[] = [];
  for (let index = 0; index < 8; index++)
    customers.push(await readBack(index % 2 === 0 ? one : two, `1380013810${index}`, '大后天上午十点'));
  const booked = await count("appointment where status = 'booked'");
  const gate = together(8);
  const turns = [turnsOf(one, { transact: gate(one.store.transact) }), turnsOf(two, { transact: gate(two.store.transact) })];
  for (const [index, customer] of customers.entries()) {
    await customer.post(one, '确认');
    turns[index % 2]?.turnSoon(customer.conversationId);
  }
  await Promise.all(turns.map((it) => it.idle()));
  await settled(one, two);
  const keys = await Promise.all(customers.map(async (it) => (await answersOf(one, it)).at(-1)?.keys[0]));
  expect(keys.filter((it) => it === 'booked')).toHaveLength(1);
  expect(keys.filter((it) => it === 'ask.window.taken')).toHaveLength(7);
  expect(await count("appointment where status = 'booked'")).toBe(booked + 1);
  const handed = channel.handed.map((it) => it.id);
  expect(new Set(handed).size).toBe(handed.length);
});

it('two conversations for the only window there is: the loser is not offered what is gone', async () => {
  const policy = {
    ...DEFAULT_POLICY,
    booking: { ...DEFAULT_POLICY.booking, horizonDays: 1, windows: [{ from: '18:00', to: '20:00' }] },
  };
  const small = await freshDatabase();
  const core = await openTestCore({ url: small.url, channels: { 'web-chat': channel.send }, policy });
  await core.store.pool.query("insert into service_area (province, city, district) values ('北京市', '北京市', '朝阳区')");
  const engineer = await anEngineer(core.store);
  // Tomorrow's window is somebody else's: one is left.
  await core.store.pool.query(
    `insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, confirmed_at, created_at)
     values ($1, $2, '2026-11-21T18:00+08', '2026-11-21T20:00+08', '2026-11-21T18:00+08', '2026-11-21T20:30+08', 'booked', now(), now())`,
    [core.makeIdentifier(), engineer],
  );
  const customers = [await readBack(core, '13800138201', '今天晚上六点'), await readBack(core, '13800138202', '今天晚上六点')];
  const turns = turnsOf(core, { transact: together(2)(core.store.transact) });
  for (const customer of customers) {
    await customer.post(core, '确认');
    turns.turnSoon(customer.conversationId);
  }
  await turns.idle();
  await settled(core);
  const { rows } = await core.store.pool.query("select count(*)::int as n from appointment where status = 'booked'");
  expect(rows).toEqual([{ n: 2 }]);
  const lasts = await Promise.all(customers.map(async (it) => (await answersOf(core, it)).at(-1)));
  expect(lasts.map((it) => it?.keys[0]).sort()).toEqual(['booked', 'enquiry.no-engineer']);
  await core.stop();
  await small.drop();
});
