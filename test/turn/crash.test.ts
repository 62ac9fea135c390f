import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createDeliveries } from '../../src/jobs/delivery.ts';
import {
  aChannel,
  aCustomer,
  answersOf,
  eventually,
  holdsRunOut,
  never,
  openTestCore,
  settled,
  type TestChannel,
  type TestCore,
  testClock,
  turnsOf,
} from '../support/core.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let dying: TestCore;
let next: TestCore;
let channel: TestChannel;
const closing: (() => Promise<void>)[] = [];

// Each crash has a database of its own: what one leaves behind must not be swept by the next test.
beforeEach(async () => {
  database = await freshDatabase();
  channel = aChannel();
  dying = await openTestCore({ url: database.url });
  next = await openTestCore({ url: database.url, channels: { 'web-chat': channel.send } });
  const [mine, core, other] = [database, dying, next];
  closing.push(async () => {
    await core.store.close();
    await other.stop();
    await mine.drop();
  });
});
afterAll(async () => {
  for (const close of closing) await close();
});

async function revisionOf({ conversationId }: { readonly conversationId: Parameters<TestCore['store']['readConversation']>[0] }) {
  return (await next.store.readConversation(conversationId))?.revision;
}

describe('a process that dies', () => {
  it('after it accepted: the next one turns the message once and its answer arrives once', async () => {
    const customer = await aCustomer(dying);
    await customer.post(dying, '洗衣机漏水');
    await next.sweep.round(0);
    await settled(next);
    expect(await revisionOf(customer)).toBe(1);
    const answers = await answersOf(next, customer);
    expect(answers.length).toBeGreaterThan(0);
    expect(channel.handed.map((it) => it.id)).toEqual(answers.map((it) => it.id));
  });

  it('before its write reached the store: the next one turns the message, nothing of the lost try is there', async () => {
    const customer = await aCustomer(dying);
    await customer.post(dying, '洗衣机漏水');
    const reached = new Promise<void>((resolve) => {
      turnsOf(dying, {
        transact: () => {
          resolve();
          return never();
        },
      }).turnSoon(customer.conversationId);
    });
    await reached;
    await next.sweep.round(0);
    await settled(next);
    expect(await revisionOf(customer)).toBe(1);
    expect(channel.handed).toHaveLength((await answersOf(next, customer)).length);
  });

  it('after its write, not knowing of it: the message is not turned again, and the written answer arrives', async () => {
    const customer = await aCustomer(dying);
    await customer.post(dying, '洗衣机漏水');
    const written = new Promise<void>((resolve) => {
      turnsOf(dying, {
        transact: async (turns) => {
          await dying.store.transact(turns);
          resolve();
          return never();
        },
      }).turnSoon(customer.conversationId);
    });
    await written;
    const answers = await answersOf(next, customer);
    await next.sweep.round(0);
    expect(channel.handed).toEqual([]);
    await holdsRunOut(next);
    await next.sweep.round(0);
    await settled(next);
    expect(await revisionOf(customer)).toBe(1);
    expect(channel.handed.map((it) => it.id)).toEqual(answers.map((it) => it.id));
  });

  it('before it delivered: the next one delivers what was written, as it was written, in order', async () => {
    const customer = await aCustomer(dying);
    const turns = turnsOf(dying, { deliver: () => undefined });
    await customer.post(dying, '空调');
    await customer.post(dying, '不制冷');
    turns.turnSoon(customer.conversationId);
    await turns.idle();
    const answers = await answersOf(next, customer);
    expect(answers.map((it) => it.delivery)).toEqual(answers.map(() => 'pending'));
    await holdsRunOut(next);
    await next.sweep.round(0);
    await settled(next);
    expect(await revisionOf(customer)).toBe(2);
    expect(channel.handed.map((it) => [it.seq, it.text])).toEqual(answers.map((it) => [it.seq, it.text]));
  });

  it('after it sent, before that was marked: the same ids are sent again, so a channel that knows them shows each once', async () => {
    const customer = await aCustomer(dying);
    const deliveries = createDeliveries({
      observe: () => undefined,
      outbox: { ...dying.store.outbox, settle: () => never() },
      holder: dying.store.holder,
      channels: { 'web-chat': channel.send },
      now: testClock,
      log: () => undefined,
    });
    const turns = turnsOf(dying, { deliver: deliveries.deliver });
    await customer.post(dying, '洗衣机漏水');
    turns.turnSoon(customer.conversationId);
    await turns.idle();
    const answers = await answersOf(next, customer);
    const ids = answers.map((it) => it.id);
    await eventually(() => expect(channel.handed.map((it) => it.id)).toEqual(ids));

    await holdsRunOut(next);
    await next.sweep.round(0);
    await settled(next);
    expect(channel.handed.map((it) => it.id)).toEqual([...ids, ...ids]);
    expect(channel.shown(customer).map((it) => it.text)).toEqual(answers.map((it) => it.text));
  });

  it('while a claimed lane was being sent: it is taken over whole when the claim runs out, not before', async () => {
    const customer = await aCustomer(dying);
    const turns = turnsOf(dying, { deliver: () => undefined });
    await customer.post(dying, '洗衣机漏水');
    turns.turnSoon(customer.conversationId);
    await turns.idle();
    await holdsRunOut(dying);
    dying.addChannel('web-chat', () => never());
    await dying.deliveries.sweep();
    await next.sweep.round(0);
    expect(channel.handed).toEqual([]);
    await holdsRunOut(next);
    await next.sweep.round(0);
    await settled(next);
    expect(channel.handed.map((it) => it.id)).toEqual((await answersOf(next, customer)).map((it) => it.id));
  });
});

it('when a process starts, then its first sweep turns what was forgotten without waiting for its age', async () => {
  const customer = await aCustomer(dying);
  await customer.post(dying, '洗衣机漏水');
  next.sweep.start();
  await settled(next);
  expect(channel.shown(customer)).toHaveLength((await answersOf(next, customer)).length);
});
