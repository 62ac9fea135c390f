import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../src/domain/instant.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { platformStore } from '../../../src/store/platform/platform-store.ts';
import type { PlatformSends } from '../../../src/turn/platform-ports.ts';
import { newId, openTestStore } from '../../support/database.ts';
import { aReply, aTurn, type Chat, NOON } from '../a-turn.ts';
import { aWechatChat, clicks, happens, noonPlus, QUOTA, writes } from './a-platform.ts';

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

const left = ({ conversationId }: Chat, at: Instant) => sends.left(conversationId, at);
const take = ({ conversationId }: Chat, at: Instant) => sends.take(conversationId, newId(), at);
/** Takes so many, each must be there. */
async function takeAll(chat: Chat, at: Instant, count: number): Promise<readonly string[]> {
  const taken: string[] = [];
  for (let n = 0; n < count; n++) taken.push((await take(chat, at)) ?? `nothing left at ${n}`);
  return taken;
}

describe('a message of the customer', () => {
  it('allows five sends within 48 hours; then nothing before the next one', async () => {
    const chat = await aWechatChat(store);
    expect(await left(chat, NOON)).toBeNull();
    expect(await take(chat, NOON)).toBeNull();
    await writes(store, chat, NOON);
    expect(await left(chat, noonPlus(SECOND))).toEqual({ sends: 5, until: noonPlus(48 * HOUR) });
    expect(new Set(await takeAll(chat, noonPlus(SECOND), 5)).size).toBe(5);
    expect(await left(chat, noonPlus(SECOND))).toBeNull();
    expect(await take(chat, noonPlus(SECOND))).toBeNull();
    await writes(store, chat, noonPlus(MINUTE));
    expect(await left(chat, noonPlus(MINUTE))).toEqual({ sends: 5, until: noonPlus(MINUTE + 48 * HOUR) });
  });

  it('is over at its last instant', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    expect(await left(chat, noonPlus(48 * HOUR - 1))).toEqual({ sends: 5, until: noonPlus(48 * HOUR) });
    expect(await left(chat, noonPlus(48 * HOUR))).toBeNull();
    expect(await take(chat, noonPlus(48 * HOUR))).toBeNull();
  });

  it('counts what was said since, however much was said before or among it', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    await takeAll(chat, noonPlus(SECOND), 4);
    await writes(store, chat, noonPlus(MINUTE));
    const [outcome] = await store.transact([aTurn(chat, { outgoing: Array.from({ length: 120 }, () => aReply('好')) })]);
    expect(outcome?.kind).toBe('written');
    await takeAll(chat, noonPlus(MINUTE), 1);
    expect(await left(chat, noonPlus(MINUTE))).toMatchObject({ sends: 4 });
  });

  it('of one conversation is nothing to another', async () => {
    const [chat, stranger] = [await aWechatChat(store), await aWechatChat(store)];
    await writes(store, chat, NOON);
    expect(await left(stranger, NOON)).toBeNull();
    await writes(store, stranger, NOON);
    await takeAll(chat, NOON, 5);
    expect(await left(stranger, NOON)).toMatchObject({ sends: 5 });
  });
});

describe('a click, a follow or a scan', () => {
  it('allows three sends within a minute', async () => {
    const chat = await aWechatChat(store);
    await clicks(store, chat, NOON);
    expect(await left(chat, NOON)).toEqual({ sends: 3, until: noonPlus(MINUTE) });
    await takeAll(chat, noonPlus(SECOND), 3);
    expect(await take(chat, noonPlus(SECOND))).toBeNull();
    await clicks(store, chat, noonPlus(2 * SECOND));
    expect(await left(chat, noonPlus(2 * SECOND))).toMatchObject({ sends: 3 });
    expect(await left(chat, noonPlus(2 * SECOND + MINUTE))).toBeNull();
  });

  it.each(['subscribe:', 'subscribe:qrscene_p.x', 'SCAN:p.x', 'CLICK:repair'])('%s by its key, whoever it is put down to', async (what) => {
    const chat = await aWechatChat(store);
    await happens(store, chat, NOON, `o${newId()}:1795000000:${what}`, 'system');
    expect(await left(chat, NOON)).toMatchObject({ sends: 3 });
  });

  it.each(['unsubscribe:', 'LOCATION:', 'VIEW:CLICK:', 'start:', 'subscribe'])('%s is none', async (what) => {
    const chat = await aWechatChat(store);
    await happens(store, chat, NOON, `o${newId()}:1795000000:${what}`, 'system');
    expect(await left(chat, NOON)).toBeNull();
  });

  it.each(['start:', 'survey:', 'reminder:', 'quiet:1:', 'media-lost:'])('an event of ours (%s…) is none', async (prefix) => {
    const chat = await aWechatChat(store);
    await happens(store, chat, NOON, `${prefix}${newId()}`, 'system');
    expect(await left(chat, NOON)).toBeNull();
  });

  it('allows some when the message before it is used up, and what it allowed is counted for the message too', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    await takeAll(chat, noonPlus(SECOND), 4);
    await clicks(store, chat, noonPlus(MINUTE));
    expect(await left(chat, noonPlus(MINUTE))).toEqual({ sends: 3, until: noonPlus(2 * MINUTE) });
    await takeAll(chat, noonPlus(MINUTE), 3);
    expect(await take(chat, noonPlus(MINUTE))).toBeNull();
    expect(await left(chat, noonPlus(3 * MINUTE))).toBeNull();
  });

  it('takes nothing from a message that allows more', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    await clicks(store, chat, noonPlus(SECOND));
    expect(await left(chat, noonPlus(SECOND))).toEqual({ sends: 5, until: noonPlus(48 * HOUR) });
    await takeAll(chat, noonPlus(SECOND), 2);
    expect(await left(chat, noonPlus(SECOND))).toEqual({ sends: 3, until: noonPlus(48 * HOUR) });
  });
});

describe('a platform that has said no', () => {
  it('hears nothing more, until the customer writes', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    await sends.shut(chat.conversationId, noonPlus(SECOND));
    expect([await left(chat, noonPlus(SECOND)), await take(chat, noonPlus(HOUR))]).toEqual([null, null]);
    await writes(store, chat, noonPlus(MINUTE));
    expect(await left(chat, noonPlus(MINUTE))).toMatchObject({ sends: 5 });
  });

  it('hears the few a click allows after it, and nothing when the minute is over', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    await sends.shut(chat.conversationId, noonPlus(SECOND));
    await clicks(store, chat, noonPlus(MINUTE));
    expect(await left(chat, noonPlus(MINUTE))).toMatchObject({ sends: 3 });
    expect(await left(chat, noonPlus(2 * MINUTE))).toBeNull();
  });

  it('in the very instant of the message has said it of that message', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    await sends.shut(chat.conversationId, NOON);
    expect(await left(chat, NOON)).toBeNull();
  });

  it('to what was begun before a message came has not said it of that message', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, noonPlus(SECOND));
    await sends.shut(chat.conversationId, NOON);
    expect(await left(chat, noonPlus(SECOND))).toMatchObject({ sends: 5 });
  });
});

describe('taking', () => {
  it('the last one in two processes at once: one gets it', async () => {
    for (let round = 0; round < 10; round++) {
      const chat = await aWechatChat(store);
      await writes(store, chat, NOON);
      await takeAll(chat, NOON, 4);
      const both = await Promise.all([sends, theirs, sends, theirs].map((it) => it.take(chat.conversationId, newId(), NOON)));
      expect(both.filter((it) => it !== null)).toHaveLength(1);
    }
  });

  it('for a conversation nobody opened gives none', async () => {
    expect(await sends.take(newId(), newId(), NOON)).toBeNull();
    expect(await sends.left(newId(), NOON)).toBeNull();
  });

  it('and giving back leaves it to be taken again, once; what was sent can not be given back', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    const [first = '', second = ''] = await takeAll(chat, NOON, 5);
    await sends.giveBack(first);
    await theirs.giveBack(first);
    expect(await left(chat, NOON)).toMatchObject({ sends: 1 });
    await sends.sent(second);
    await sends.giveBack(second);
    expect(await left(chat, NOON)).toMatchObject({ sends: 1 });
  });

  it('and never settling, as a process that died does, leaves it taken', async () => {
    const chat = await aWechatChat(store);
    await writes(store, chat, NOON);
    await takeAll(chat, NOON, 1);
    expect(await theirs.left(chat.conversationId, noonPlus(47 * HOUR))).toMatchObject({ sends: 4 });
  });
});

it('the parts of a message that the platform has agreed to are counted, not those it was only asked for, nor others', async () => {
  const chat = await aWechatChat(store);
  await writes(store, chat, NOON);
  const message = newId();
  const taken = [message, message, message, newId()];
  const ids = await Promise.all(taken.map((it) => sends.take(chat.conversationId, it, NOON)));
  for (const index of [0, 1, 3]) await sends.sent(ids[index] ?? '');
  expect(await theirs.partsSent(message, chat.conversationId)).toBe(2);
  expect(await sends.partsSent(newId(), chat.conversationId)).toBe(0);
});

it('the quota is what the policy says, parts of hours and minutes too', async () => {
  const own = platformStore(store, { perMessage: 1, messageHours: 0.5, perEvent: 2, eventMinutes: 0.5 }).sends;
  const chat = await aWechatChat(store);
  await writes(store, chat, NOON);
  expect(await own.left(chat.conversationId, NOON)).toEqual({ sends: 1, until: noonPlus(30 * MINUTE) });
  await clicks(store, chat, NOON);
  expect(await own.left(chat.conversationId, NOON)).toEqual({ sends: 2, until: noonPlus(30 * SECOND) });
});
