import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../src/domain/instant.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { platformStore } from '../../../src/store/platform/platform-store.ts';
import type { PlatformSends } from '../../../src/turn/platform-ports.ts';
import { newId, openTestStore } from '../../support/database.ts';
import { aChat, type Chat, NOON } from '../a-turn.ts';
import { aWechatChat, clicks, noonPlus, QUOTA, waitingReplies, writes } from './a-platform.ts';

let store: Store;
let other: Store;
let sends: PlatformSends;
let theirs: PlatformSends;
beforeAll(async () => {
  store = await openTestStore();
  other = await openTestStore({ url: store.url });
  sends = platformStore(store, QUOTA).sends;
  theirs = platformStore(other, QUOTA).sends;
});
afterAll(async () => {
  await other.close();
  await store.close();
});

const deliveries = async ({ conversationId }: Chat) =>
  (await store.readLog(conversationId, 0, 100)).map((it) => it.delivery).filter((it) => it !== null);
const wakeAll = (at: Instant) => sends.wake('wechat', at);
const useUp = async (chat: Chat, at: Instant) => {
  while ((await sends.take(chat.conversationId, newId(), at)) !== null);
};

it('what waited is pending again when its customer writes, free for any process; nobody else is woken', async () => {
  const [chat, silent] = [await aWechatChat(store), await aWechatChat(store)];
  const messages = await waitingReplies(store, chat, 2);
  await waitingReplies(store, silent, 1);
  expect(await wakeAll(NOON)).toBe(0);
  await writes(store, chat, NOON);
  expect(await wakeAll(noonPlus(SECOND))).toBe(2);
  expect(await deliveries(chat)).toEqual(['pending', 'pending']);
  expect(await deliveries(silent)).toEqual(['waiting']);
  expect(await wakeAll(noonPlus(SECOND))).toBe(0);
  const [claim] = await other.outbox.claim(other.holder, ['wechat'], 10, MINUTE);
  expect(claim).toMatchObject({ lane: { conversationId: chat.conversationId }, attempts: 1 });
  expect(claim?.messages.map((it) => it.id)).toEqual(messages.map((it) => it.id));
  await store.outbox.settle(messages.map(({ id }) => ({ id, delivery: 'delivered' })));
});

it('one that was marked as waiting only after its customer had come back is found by the next round', async () => {
  const chat = await aWechatChat(store);
  await writes(store, chat, NOON);
  await waitingReplies(store, chat, 1);
  expect(await wakeAll(noonPlus(SECOND))).toBe(1);
});

it('of another channel is left alone', async () => {
  const [web, chat] = [await aChat(store), await aWechatChat(store)];
  for (const each of [web, chat]) {
    await waitingReplies(store, each, 1);
    await writes(store, each, NOON);
  }
  expect(await wakeAll(NOON)).toBe(1);
  expect(await deliveries(web)).toEqual(['waiting']);
});

it('what came too late for the five of a message waits through every round, and is woken by the next message', async () => {
  const chat = await aWechatChat(store);
  await writes(store, chat, NOON);
  await useUp(chat, noonPlus(SECOND));
  await waitingReplies(store, chat, 1);
  for (const round of [1, 2, 3]) expect(await wakeAll(noonPlus(round * MINUTE))).toBe(0);
  await writes(store, chat, noonPlus(HOUR));
  expect(await wakeAll(noonPlus(HOUR))).toBe(1);
});

it('a platform that keeps refusing is not asked again every round: only what the customer does next wakes it', async () => {
  const chat = await aWechatChat(store);
  await writes(store, chat, NOON);
  const messages = await waitingReplies(store, chat, 1);
  const woken: number[] = [];
  for (let round = 0; round < 5; round++) {
    const at = noonPlus(round * MINUTE);
    const count = await wakeAll(at);
    woken.push(count);
    // As the channel does: one is taken, the platform refuses, the message waits.
    if (count === 0) continue;
    expect(await sends.take(chat.conversationId, messages[0]?.id ?? newId(), at)).not.toBeNull();
    await sends.shut(chat.conversationId, at);
    await store.outbox.settle(messages.map(({ id }) => ({ id, delivery: 'waiting' })));
  }
  expect(woken).toEqual([1, 0, 0, 0, 0]);
  await writes(store, chat, noonPlus(HOUR));
  expect(await wakeAll(noonPlus(HOUR))).toBe(1);
});

it('a click wakes for its minute', async () => {
  const chat = await aWechatChat(store);
  await waitingReplies(store, chat, 1);
  await clicks(store, chat, NOON);
  expect(await wakeAll(noonPlus(MINUTE))).toBe(0);
  expect(await wakeAll(noonPlus(MINUTE - 1))).toBe(1);
});

it('what comes back begins its tries anew, and what is delivered or failed is never woken', async () => {
  const chat = await aWechatChat(store);
  const [first, second, third] = await waitingReplies(store, chat, 3);
  if (!first || !second || !third) throw new Error('three replies');
  await store.outbox.settle([
    { id: first.id, delivery: 'delivered' },
    { id: second.id, delivery: 'failed' },
  ]);
  await store.pool.query('update message set attempts = 11 where id = $1', [third.id]);
  await writes(store, chat, NOON);
  expect(await wakeAll(NOON)).toBe(1);
  expect(await deliveries(chat)).toEqual(['delivered', 'failed', 'pending']);
  const { rows } = await store.pool.query('select attempts, held_by, held_until from message where id = $1', [third.id]);
  expect(rows).toEqual([{ attempts: 0, held_by: null, held_until: null }]);
});

it('two processes at once wake each message once', async () => {
  const chats = await Promise.all(Array.from({ length: 10 }, () => aWechatChat(store)));
  for (const chat of chats) {
    await waitingReplies(store, chat, 2);
    await writes(store, chat, NOON);
  }
  const counts = await Promise.all([sends, theirs, sends, theirs].map((it) => it.wake('wechat', NOON)));
  const rest = await wakeAll(NOON);
  expect([...counts, rest].reduce((sum, it) => sum + it, 0)).toBe(20);
});
