import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeBy } from '../../src/desk/change.ts';
import { whoHelps } from '../../src/desk/handoff-words.ts';
import { deskStore } from '../../src/store/desk/desk-store.ts';
import type { ReadConversation } from '../../src/turn/ports.ts';
import { aChannel, aCustomer, answersOf, type Customer, openTestCore, settled, type TestCore, turnsOf } from '../support/core.ts';
import { type FreshDatabase, freshDatabase, newId } from '../support/database.ts';

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

/** Reads once as it is, then has something happen before anybody can write. */
function readThen(happens: () => Promise<unknown>): { readonly readConversation: ReadConversation; readonly reads: () => number } {
  let reads = 0;
  return {
    reads: () => reads,
    readConversation: async (id) => {
      const read = await core.store.readConversation(id);
      reads++;
      if (reads === 1) await happens();
      return read;
    },
  };
}

/** A queued customer, and the staff member who is about to claim them. */
async function aQueuedCustomer() {
  const customer = await aCustomer(core);
  await customer.say(core, '人工');
  await settled(core);
  const { handoffs } = deskStore(core.store);
  const staff = { id: newId(), name: '小李', role: 'agent' } as const;
  await core.store.pool.query('insert into staff (id, name, email, role, token_hash, created_at) values ($1, $2, $3, $4, $5, now())', [
    staff.id,
    staff.name,
    `${staff.id}@example.com`,
    staff.role,
    Buffer.from(staff.id),
  ]);
  const { rows } = await core.store.pool.query<{ id: Customer['conversationId'] }>('select id from handoff where conversation_id = $1', [
    customer.conversationId,
  ]);
  const handoffId = rows[0]?.id;
  if (handoffId === undefined) throw new Error('the customer waits for a person');
  const word = whoHelps('handoff.claimed', staff, { ...core, timeZone: 'Asia/Shanghai' });
  const change = changeBy(staff, core.now(), 'handoff.claim', `handoff:${handoffId}`);
  return { customer, claim: () => handoffs.claim(handoffId, staff, word, change) };
}

it('staff claim between a turn’s read and its write: the turn reads again and the bot stays silent', async () => {
  const { customer, claim } = await aQueuedCustomer();
  const before = await answersOf(core, customer);
  const interrupted = readThen(async () => expect(await claim()).toMatchObject({ kind: 'claimed' }));
  const turns = turnsOf(core, interrupted);
  await customer.post(core, '继续报修');
  turns.turnSoon(customer.conversationId);
  await turns.idle();
  expect(interrupted.reads()).toBeGreaterThanOrEqual(2);
  expect(await core.store.readConversation(customer.conversationId)).toMatchObject({ owner: 'human', unapplied: [] });
  const after = await answersOf(core, customer);
  expect(after.slice(0, -1)).toEqual(before);
  expect(after.at(-1)?.keys).toEqual(['handoff.claimed']);
  await core.deliveries.sweep();
});

it('another process turns the message between a turn’s read and its write: it is answered once', async () => {
  const customer = await aCustomer(core);
  const interrupted = readThen(async () => {
    core.turns.turnSoon(customer.conversationId);
    await core.turns.idle();
  });
  const turns = turnsOf(core, interrupted);
  await customer.post(core, '洗衣机漏水');
  turns.turnSoon(customer.conversationId);
  await turns.idle();
  await settled(core);
  expect((await core.store.readConversation(customer.conversationId))?.revision).toBe(1);
  const { rows } = await core.store.pool.query("select count(*)::int as n from message where conversation_id = $1 and direction = 'out'", [
    customer.conversationId,
  ]);
  expect(rows).toEqual([{ n: (await answersOf(core, customer)).length }]);
  expect((await answersOf(core, customer)).map((it) => it.keys.join()).filter((key, index, all) => all.indexOf(key) !== index)).toEqual([]);
});

it('a turn that loses its revision every time gives way, says so without a word of the message, and the sweep takes it up', async () => {
  const customer = await aCustomer(core);
  const from = core.lines.length;
  const turns = turnsOf(core, { transact: (writes) => Promise.resolve(writes.map(() => ({ kind: 'revision-lost' }))) });
  await customer.post(core, '洗衣机漏水');
  turns.turnSoon(customer.conversationId);
  await turns.idle();
  expect(core.lines.slice(from)).toEqual([{ event: 'turn-put-off', fields: { conversationId: customer.conversationId, tries: 8 } }]);
  await core.sweep.round(0);
  await settled(core);
  expect((await answersOf(core, customer)).length).toBeGreaterThan(0);
});
