import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { newId, openTestStore } from '../support/database.ts';
import { aChat, aReply, aTurn, type Chat } from './a-turn.ts';

const HOLD = 60_000;
const CHANNELS = ['web-chat'] as const;
let store: Store;
let other: Store;
beforeAll(async () => {
  store = await openTestStore();
  other = await openTestStore({ url: store.url });
});
afterEach(async () => void (await store.pool.query("update message set delivery = 'delivered' where direction = 'out'")));
afterAll(async () => {
  await other.close();
  await store.close();
});

/** Replies nobody holds any more. */
async function replies(chat: Chat, revision: number, ...texts: readonly string[]) {
  const [outcome] = await store.transact([aTurn(chat, { revision, outgoing: texts.map(aReply) })]);
  if (outcome?.kind !== 'written') throw new Error('the turn is written');
  await store.outbox.postpone(
    outcome.outgoing.map((it) => it.id),
    0,
  );
  return outcome.outgoing;
}

it('a reply just written is kept for the process that wrote it', async () => {
  await store.transact([aTurn(await aChat(store), { outgoing: [aReply('好')] })]);
  expect(await other.outbox.claim(other.holder, CHANNELS, 10, HOLD)).toEqual([]);
});

it('a lane nobody holds is claimed whole, in order, and counts its attempts', async () => {
  const chat = await aChat(store, 'dl_lane');
  const messages = [...(await replies(chat, 0, '一', '二')), ...(await replies(chat, 1, '三'))];
  const lane = { conversationId: chat.conversationId, channel: 'web-chat', externalId: 'dl_lane' };
  expect(await store.outbox.claim(store.holder, CHANNELS, 10, HOLD)).toEqual([{ lane, messages, attempts: 1 }]);
  expect(await other.outbox.claim(other.holder, CHANNELS, 10, HOLD)).toEqual([]);
  await store.outbox.postpone(
    messages.map((it) => it.id),
    0,
  );
  expect(await other.outbox.claim(other.holder, CHANNELS, 10, HOLD)).toEqual([{ lane, messages, attempts: 2 }]);
});

it('a lane of a channel that is not asked for is left alone', async () => {
  await replies(await aChat(store), 0, '一');
  expect(await store.outbox.claim(store.holder, ['wechat', 'slack'], 10, HOLD)).toEqual([]);
});

it('a lane whose first message is held waits, though later ones are free', async () => {
  const chat = await aChat(store);
  await store.transact([aTurn(chat, { outgoing: [aReply('一')] })]);
  await replies(chat, 1, '二');
  expect(await other.outbox.claim(other.holder, CHANNELS, 10, HOLD)).toEqual([]);
});

it('two holders at once never get one lane both, and together get all', async () => {
  const chats = await Promise.all(Array.from({ length: 30 }, () => aChat(store)));
  for (const chat of chats) await replies(chat, 0, '一', '二');
  const claims = await Promise.all([store, other, store, other, store, other].map((it) => it.outbox.claim(it.holder, CHANNELS, 7, HOLD)));
  const lanes = claims.flat().map((it) => it.lane.conversationId);
  expect(new Set(lanes).size).toBe(lanes.length);
  const rest = await store.outbox.claim(store.holder, CHANNELS, 100, HOLD);
  expect([...lanes, ...rest.map((it) => it.lane.conversationId)].sort()).toEqual(chats.map((it) => it.conversationId).sort());
});

it('settled messages leave the outbox; what was delivered stays delivered', async () => {
  const chat = await aChat(store);
  const [first, second, third] = await replies(chat, 0, '一', '二', '三');
  if (!first || !second || !third) throw new Error('three replies');
  await store.outbox.settle([
    { id: first.id, delivery: 'delivered' },
    { id: second.id, delivery: 'waiting' },
    { id: third.id, delivery: 'failed' },
  ]);
  await other.outbox.settle([{ id: first.id, delivery: 'failed' }]);
  expect((await store.readLog(chat.conversationId, 0, 5)).map((it) => it.delivery)).toEqual(['delivered', 'waiting', 'failed']);
  expect(await other.outbox.claim(other.holder, CHANNELS, 10, HOLD)).toEqual([]);
});

it('a hold is prolonged only for its holder and only while pending', async () => {
  const chat = await aChat(store);
  const [first, second] = await replies(chat, 0, '一', '二');
  if (!first || !second) throw new Error('two replies');
  await store.outbox.claim(store.holder, CHANNELS, 10, 0);
  await store.outbox.settle([{ id: first.id, delivery: 'delivered' }]);
  expect(await other.outbox.renew(other.holder, [first.id, second.id], HOLD)).toEqual([]);
  expect(await store.outbox.renew(store.holder, [first.id, second.id, newId()], HOLD)).toEqual([second.id]);
  expect(await other.outbox.claim(other.holder, CHANNELS, 10, HOLD)).toEqual([]);
});

it('a postponed message keeps its lane back until then', async () => {
  const chat = await aChat(store);
  const [first] = await replies(chat, 0, '一', '二');
  if (!first) throw new Error('a reply');
  await store.outbox.claim(store.holder, CHANNELS, 10, HOLD);
  await store.outbox.postpone([first.id], HOLD);
  expect(await other.outbox.claim(other.holder, CHANNELS, 10, HOLD)).toEqual([]);
});

it('a process that no longer holds a message can not give it back', async () => {
  const chat = await aChat(store);
  const [only] = await replies(chat, 0, '一');
  if (!only) throw new Error('a reply');
  await other.outbox.claim(other.holder, CHANNELS, 10, HOLD);
  await store.outbox.postpone([only.id], 0);
  expect(await other.outbox.renew(other.holder, [only.id], HOLD)).toEqual([only.id]);
});

it('another process hears of a conversation that has something to say, the writer does not', async () => {
  const chats = [await aChat(store), await aChat(store)] as const;
  const heard: string[] = [];
  const own: string[] = [];
  const arrived = deferred();
  const stops = [
    await other.listenOutgoing((it) => {
      heard.push(it);
      if (heard.length === 2) arrived.resolve();
    }),
    await store.listenOutgoing((it) => own.push(it)),
  ];
  await store.transact(chats.map((it) => aTurn(it, { outgoing: [aReply('好')] })));
  await store.transact([aTurn(chats[0], { revision: 1 })]);
  await arrived.promise;
  expect(heard.sort()).toEqual(chats.map((it) => it.conversationId).sort());
  expect(own).toEqual([]);
  for (const stop of stops) await stop();
});

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((it) => {
    resolve = it;
  });
  return { promise, resolve: () => resolve() };
}
