/** What a platform tells of besides messages: who follows again, who follows no more, what was lost on the way. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';
import { books, HOME, speaks, takenByAPerson } from './from-a-phone.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const follows = (chat: Chat) => chat.sends({ kind: 'event', event: 'conversation-started' });
const unfollows = (chat: Chat) => chat.sends({ kind: 'event', event: 'unfollowed' });
const loses = (chat: Chat) => chat.sends({ kind: 'event', event: 'media-lost', attachmentId: shop.core.makeIdentifier() });

describe('following again', () => {
  test('in the middle of a booking: a greeting, and on with it', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await unfollows(chat);
    chat.hearsNothing();
    await follows(chat);
    chat.hears('greeting', 'resumed.repair-booking', 'ask.address');
    await chat.says(HOME);
    chat.hears('ask.phone');
  });

  test('with nothing open it is the first greeting again, buttons and all', async () => {
    const chat = await shop.customer();
    await follows(chat);
    chat.hears('greeting');
    expect(chat.text()).toContain('[报修] [查进度] [查保修] [问价格] [转人工]');
  });

  test('in the queue the place in it, with a person nothing', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '转人工');
    await follows(chat);
    expect(chat.keys()).toEqual([expect.stringMatching(/^handoff\.position/u)]);
    const other = await shop.customer();
    await takenByAPerson(shop, other);
    await follows(other);
    other.hearsNothing();
  });

  test('in English', async () => {
    const chat = await shop.customer();
    await chat.says('My fridge leaks');
    await follows(chat);
    chat.hears('greeting', 'resumed.repair-booking', 'ask.address');
    expect(chat.text()).toContain('Where shall the engineer come?');
  });
});

describe('a picture that never came', () => {
  test('is told once until something is sent again, and the question stays open', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await loses(chat);
    chat.hears('media-lost', 'ask.address');
    expect(chat.text()).toContain('刚才有一张照片或一段语音没传过来,对不起。麻烦您再发一次,前面说的都还在。');
    await loses(chat);
    chat.hearsNothing();
    await chat.says(HOME);
    await loses(chat);
    chat.hears('media-lost', 'ask.phone');
  });

  test('outside any dialog it is told alone, in the queue too, with a person nothing', async () => {
    const chat = await shop.customer();
    await loses(chat);
    chat.hears('media-lost');
    await chat.says('转人工');
    await loses(chat);
    chat.hears('media-lost');
    const other = await shop.customer();
    await takenByAPerson(shop, other);
    await loses(other);
    other.hearsNothing();
  });

  test('hangs on no ticket that is opened after it', async () => {
    const chat = await shop.customer();
    await chat.says('洗衣机漏水');
    await speaks(shop, chat);
    const [kept] = await shop.rows<{ id: string; ticket_id: string | null }>('select id from attachment where conversation_id = $1', [
      chat.conversationId,
    ]);
    await chat.sends({ kind: 'event', event: 'media-lost', attachmentId: (kept?.id ?? '') as never });
    await books(chat);
    expect(await shop.rows('select ticket_id from attachment where conversation_id = $1', [chat.conversationId])).toEqual([
      { ticket_id: null },
    ]);
  });

  test('in English', async () => {
    const chat = await shop.customer();
    await chat.says('My fridge leaks');
    await loses(chat);
    chat.hears('media-lost', 'ask.address');
    expect(chat.text()).toContain('did not reach us, I am sorry. Please send it again');
  });
});
