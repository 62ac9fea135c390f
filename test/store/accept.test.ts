import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { newId, openTestStore } from '../support/database.ts';
import { aChat, aMessage, aReply, aTurn, hoursAfterNoon, NOON } from './a-turn.ts';

let store: Store;
let other: Store;
let now = NOON;
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
  other = await openTestStore({ url: store.url });
});
afterAll(async () => {
  await other.close();
  await store.close();
});

describe('opening a conversation', () => {
  it('makes customer, account and conversation once, however often it is asked for', async () => {
    const wanted = { conversationId: newId(), channel: 'wechat', externalId: 'open-id-1', at: NOON } as const;
    const answers = await Promise.all([store, other, store, other].map((it) => it.openConversation(wanted)));
    expect(answers.filter((it) => it.created)).toHaveLength(1);
    expect(new Set(answers.map((it) => it.accountId)).size).toBe(1);
    expect(await store.readConversation(wanted.conversationId)).toMatchObject({
      channel: 'wechat',
      externalId: 'open-id-1',
      owner: 'bot',
      revision: 0,
      state: null,
      unapplied: [],
    });
  });
  it('gives a second conversation of one person the same account', async () => {
    const [first, second] = [newId(), newId()];
    const one = await store.openConversation({ conversationId: first, channel: 'wechat', externalId: 'open-id-2', at: NOON });
    const two = await store.openConversation({ conversationId: second, channel: 'wechat', externalId: 'open-id-2', at: NOON });
    expect(two).toEqual({ conversationId: second, accountId: one.accountId, created: true });
  });
  it('of somebody else is refused', async () => {
    const chat = await aChat(store);
    await expect(
      store.openConversation({ conversationId: chat.conversationId, channel: 'web-chat', externalId: 'dl_thief', at: NOON }),
    ).rejects.toThrow(/^invariant: /);
  });
  it('that was never opened reads as null', async () => {
    expect(await store.readConversation(newId())).toBeNull();
  });
});

describe('accepting', () => {
  it('places messages in the order given, and a read finds them unapplied', async () => {
    const chat = await aChat(store);
    const messages = [aMessage(chat, '一\0'), aMessage(chat, '二'), aMessage(chat, '三')];
    expect(await store.accept(messages)).toEqual(messages.map(({ id }, index) => ({ kind: 'accepted', id, seq: index + 1 })));
    const read = await store.readConversation(chat.conversationId);
    expect(read?.unapplied).toEqual(messages.map((it, index) => ({ ...it, seq: index + 1 })));
  });
  it('the same channel message again answers the first one, and takes no place', async () => {
    const chat = await aChat(store);
    const first = aMessage(chat, '漏水', 'wx-1');
    await store.accept([first]);
    const again = { ...first, id: newId() };
    const next = aMessage(chat, '还在吗');
    expect(await store.accept([again, next])).toEqual([
      { kind: 'redelivered', id: first.id, seq: 1 },
      { kind: 'accepted', id: next.id, seq: 2 },
    ]);
  });
  it('the same channel message twice in one list is accepted once', async () => {
    const chat = await aChat(store);
    const first = aMessage(chat, '漏水', 'wx-2');
    expect(await store.accept([first, { ...first, id: newId() }])).toEqual([
      { kind: 'accepted', id: first.id, seq: 1 },
      { kind: 'redelivered', id: first.id, seq: 1 },
    ]);
  });
  it('for a conversation nobody opened says so, and the rest of the list is accepted', async () => {
    const chat = await aChat(store);
    const [stray, message] = [aMessage({ ...chat, conversationId: newId() }, '?'), aMessage(chat, '你好')];
    expect(await store.accept([stray, message])).toEqual([{ kind: 'no-such-conversation' }, { kind: 'accepted', id: message.id, seq: 1 }]);
  });
  it('the same message in two processes at once: one accepts it, the other is told it is known', async () => {
    for (let round = 0; round < 20; round++) {
      const chat = await aChat(store);
      const message = aMessage(chat, '漏水', `race-${round}`);
      const [one, two] = await Promise.all([store.accept([message]), other.accept([{ ...message, id: newId() }])]);
      expect([one[0]?.kind, two[0]?.kind].sort()).toEqual(['accepted', 'redelivered']);
      expect(one.concat(two).map((it) => 'seq' in it && it.seq)).toEqual([1, 1]);
      expect(await store.lastSeq(chat.conversationId)).toBe(1);
    }
  });
  it('many at once from two processes, crosswise over conversations: places have no gap and no two are alike', async () => {
    const chats = [await aChat(store), await aChat(store)] as const;
    const lists = Array.from({ length: 40 }, (_, index) =>
      (index % 2 ? chats : [...chats].reverse()).map((it) => aMessage(it, `${index}`)),
    );
    await Promise.all(lists.map((it, index) => (index % 2 ? store : other).accept(it)));
    for (const chat of chats) {
      const log = await store.readLog(chat.conversationId, 0, 100);
      expect(log.map((it) => it.seq)).toEqual(lists.map((_, index) => index + 1));
    }
  });
  it('while turns are written to the same conversation: messages and replies share one row of places', async () => {
    const chat = await aChat(store);
    const accepting = Promise.all(Array.from({ length: 10 }, (_, index) => other.accept([aMessage(chat, `${index}`)])));
    for (let revision = 0; revision < 10; revision++) await store.transact([aTurn(chat, { revision, outgoing: [aReply('好')] })]);
    await accepting;
    const log = await store.readLog(chat.conversationId, 0, 100);
    expect(log.map((it) => it.seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});

it('conversations with unapplied messages are found, the longest waiting first, the young ones not yet', async () => {
  now = hoursAfterNoon(1);
  const [older, younger, fresh] = [await aChat(store), await aChat(store), await aChat(store)];
  const at = [-2, -1, 1].map(hoursAfterNoon);
  await store.accept([younger, older, fresh].map((it, index) => ({ ...aMessage(it, '?'), at: at[[1, 0, 2][index] ?? 0] ?? NOON })));
  const found = await store.findUnapplied(1_000, 2);
  expect(found).toEqual([older.conversationId, younger.conversationId]);
  expect(await store.findUnapplied(1_000, 1_000)).not.toContain(fresh.conversationId);
});

it('a channel message id with NUL, half a character or backslashes does not fail the list it comes in', async () => {
  const chat = await aChat(store);
  const odd = ['a\0b', '\ud83d', '\\u0000', '\\\\\0', '😀'].map((it) => aMessage(chat, '?', `odd ${it}`));
  expect((await store.accept(odd)).map((it) => it.kind)).toEqual(odd.map(() => 'accepted'));
  expect(await store.accept([aMessage(chat, '?', 'one\0'), aMessage(chat, '?', 'one')])).toMatchObject([
    { kind: 'accepted' },
    { kind: 'redelivered' },
  ]);
  const log = await store.readLog(chat.conversationId, 0, odd.length);
  expect(log.map((it) => it.channelMessageId)).toEqual(['odd ab', 'odd \ufffd', 'odd \\u0000', 'odd \\\\', 'odd 😀']);
});
