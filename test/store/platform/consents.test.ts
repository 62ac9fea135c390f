import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../../src/store/open-store.ts';
import { platformStore } from '../../../src/store/platform/platform-store.ts';
import type { NoticeConsents } from '../../../src/turn/platform-ports.ts';
import { openTestStore } from '../../support/database.ts';
import { NOON } from '../a-turn.ts';
import { aWechatChat, noonPlus, QUOTA } from './a-platform.ts';

const REMINDER = 'visit-reminder';
let store: Store;
let other: Store;
let consents: NoticeConsents;
let theirs: NoticeConsents;
beforeAll(async () => {
  store = await openTestStore();
  other = await openTestStore({ url: store.url });
  consents = platformStore(store, QUOTA).consents;
  theirs = platformStore(other, QUOTA).consents;
});
afterAll(async () => {
  await other.close();
  await store.close();
});

it('a notice needs a consent of this customer to this template, and each is used once', async () => {
  const [{ conversationId }, stranger] = [await aWechatChat(store), await aWechatChat(store)];
  expect(await consents.use(conversationId, REMINDER)).toBe(false);
  await consents.agreed(conversationId, REMINDER, 1, NOON);
  await consents.agreed(conversationId, REMINDER, 1, noonPlus(1));
  expect(await consents.use(stranger.conversationId, REMINDER)).toBe(false);
  expect(await consents.use(conversationId, 'survey')).toBe(false);
  const used = await Promise.all([consents, theirs, consents, theirs].map((it) => it.use(conversationId, REMINDER)));
  expect(used.filter(Boolean)).toHaveLength(2);
});

it('one that was not used after all is given back', async () => {
  const { conversationId } = await aWechatChat(store);
  await consents.agreed(conversationId, REMINDER, 1, NOON);
  await consents.use(conversationId, REMINDER);
  await consents.giveBack(conversationId, REMINDER);
  expect([await consents.use(conversationId, REMINDER), await consents.use(conversationId, REMINDER)]).toEqual([true, false]);
});

it('one that is told again counts once, also at once in two processes', async () => {
  const { conversationId } = await aWechatChat(store);
  await Promise.all([consents, theirs, consents].map((it) => it.agreed(conversationId, REMINDER, 1, NOON)));
  expect(await consents.use(conversationId, REMINDER)).toBe(true);
  await theirs.agreed(conversationId, REMINDER, 1, NOON);
  expect(await consents.use(conversationId, REMINDER)).toBe(false);
});

it('who wants none any more gets none, also when an older consent is told again; a newer one counts', async () => {
  const { conversationId } = await aWechatChat(store);
  await consents.agreed(conversationId, REMINDER, 3, NOON);
  await consents.agreed(conversationId, REMINDER, 0, noonPlus(1));
  await consents.agreed(conversationId, REMINDER, 3, NOON);
  expect(await consents.use(conversationId, REMINDER)).toBe(false);
  await consents.agreed(conversationId, REMINDER, 1, noonPlus(2));
  expect([await consents.use(conversationId, REMINDER), await consents.use(conversationId, REMINDER)]).toEqual([true, false]);
});

it('of a yes and a no in one instant the no holds', async () => {
  const { conversationId } = await aWechatChat(store);
  await consents.agreed(conversationId, REMINDER, 1, NOON);
  await consents.agreed(conversationId, REMINDER, 0, NOON);
  await consents.agreed(conversationId, REMINDER, 1, NOON);
  expect(await consents.use(conversationId, REMINDER)).toBe(false);
});
