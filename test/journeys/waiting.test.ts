/** What a customer hears of the wait for a person: the place, an honest time, and when people are back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

async function asksForAPerson(): Promise<Chat> {
  const chat = await shop.customer();
  await chat.says('转人工');
  return chat;
}

async function claim(chat: Chat): Promise<void> {
  const [handoff] = await shop.rows<{ id: string }>('select id from handoff where conversation_id = $1', [chat.conversationId]);
  await shop.desk.handoffs.claim(await shop.staff('agent'), handoff?.id as never);
}

describe('in the queue', () => {
  test('the place and the time are told at once and as often as asked, and both get less', async () => {
    const first = await asksForAPerson();
    first.hears('handoff.next');
    expect(first.text()).toContain('您是下一位,大约3分钟');
    const second = await asksForAPerson();
    second.hears('handoff.waiting');
    expect(second.text()).toContain('前面还有1位,大约6分钟');
    const third = await asksForAPerson();
    expect(third.text()).toContain('前面还有2位,大约9分钟');
    await third.says('还要等多久');
    third.hears('handoff.position');
    await claim(first);
    await third.says('前面还有几位');
    third.hears('handoff.position');
    expect(third.text()).toContain('前面还有1位,大约6分钟');
    await claim(second);
    await third.says('还要等多久');
    third.hears('handoff.position.next');
  });

  test('the time is never less than others have lately waited', async () => {
    const waited = [await asksForAPerson(), await asksForAPerson(), await asksForAPerson()];
    shop.itIs('2026-11-20T10:14:00+08:00');
    for (const chat of waited) await claim(chat);
    const chat = await asksForAPerson();
    chat.hears('handoff.next');
    expect(chat.text()).toContain('您是下一位,大约14分钟');
  });
});

const WEEKENDS_OFF: Policy = {
  ...DEFAULT_POLICY,
  hours: {
    ...DEFAULT_POLICY.hours,
    weekdays: { ...DEFAULT_POLICY.hours.weekdays, 6: [], 7: [] },
    holidays: ['2026-11-23'],
    makeUpDays: ['2026-11-28'],
  },
};

describe('S2-045 when nobody is there, the bot answers and says who does, and when', () => {
  test.each([
    ['in the lunch break', '2026-11-20T12:30:00+08:00', '现在是12:30,人工客服今天13:00上班'],
    ['in the evening', '2026-11-20T21:00:00+08:00', '现在是21:00,人工客服明天08:30上班'],
    ['before the day begins', '2026-11-20T03:00:00+08:00', '现在是03:00,人工客服今天08:30上班'],
  ])('%s', async (_, moment, words) => {
    shop.itIs(moment);
    const chat = await asksForAPerson();
    chat.hears('handoff.after-hours');
    expect(chat.text()).toContain(words);
    await chat.says('还要等多久');
    chat.hears('handoff.after-hours');
  });

  test.each([
    ['on a weekend before a holiday', '2026-11-21T11:00:00+08:00', '人工客服11月24日08:30上班'],
    ['on the holiday', '2026-11-23T11:00:00+08:00', '人工客服明天08:30上班'],
    ['on the evening before a make-up day', '2026-11-27T22:00:00+08:00', '人工客服明天08:30上班'],
  ])('%s', async (_, moment, words) => {
    await shop.close();
    shop = await openShop(moment, WEEKENDS_OFF);
    const chat = await asksForAPerson();
    chat.hears('handoff.after-hours');
    expect(chat.text()).toContain(words);
  });

  test('a make-up day is a working day', async () => {
    await shop.close();
    shop = await openShop('2026-11-28T11:00:00+08:00', WEEKENDS_OFF);
    const chat = await asksForAPerson();
    chat.hears('handoff.next');
  });
});

describe('are you a person', () => {
  test.each(['你是机器人吗', '你是真人吗', '是人工智能吧'])('%s: an honest no, and a person on offer', async (said) => {
    const chat = await shop.customer();
    await chat.says(said);
    chat.hears('answer.robot');
    expect(chat.text()).toContain('不是真人。想跟人说,回"人工"就行');
    await chat.says('人工');
    chat.hears('handoff.next');
  });
});
