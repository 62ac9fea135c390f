/** Complaints that weigh more, come again, or are not the bot’s to settle (S2-060, S2-061, S4-001). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/chat.ts';
import { casesOf, numberIn, pagesOf, withVisit } from './complaint-cases.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

test('S2-061 a private payment: told not to pay and staff told at once, before any question; the complaint goes on, and is high', async () => {
  const chat = await shop.customer();
  await chat.says('师傅让我加他微信私下转500块');
  chat.hears('complaint.private-payment', 'ask.complaint-wish');
  expect(chat.text()).toMatch(/^先不要私下付款。费用只按报价单走公司收款,并且给您开发票。这件事我已经转给负责人核实。/u);
  expect(await pagesOf(shop, chat)).toEqual(['private-payment']);
  await chat.saysAll('还没想好', '13800138000', '确认');
  chat.hears('complaint.filed');
  expect(await casesOf(shop, chat)).toMatchObject([{ priority: 'high', gravities: ['private-payment'], wish: null }]);
  expect(await pagesOf(shop, chat)).toEqual(['complaint-filed', 'private-payment']);
});

test('S2-061 somebody hurt at three in the morning: concern first, a page at once, a time when people are back', async () => {
  shop.itIs('2026-11-20T03:00:00+08:00');
  const chat = await shop.customer();
  await chat.says('你们师傅装的架子掉下来把我脚砸伤了,我要投诉,必须赔偿');
  chat.hears('complaint.concern', 'ask.complaint-phone');
  expect(chat.text()).toMatch(/^人受伤了最要紧,对不起。/u);
  await chat.saysAll('13800138000', '确认');
  chat.hears('complaint.filed');
  expect(chat.text()).toContain('今天08:35前给您回电话');
  expect(await casesOf(shop, chat)).toMatchObject([{ priority: 'urgent', gravities: ['injury'] }]);
  const [page] = await shop.rows<{ reason: string; next_send_at: Date | null; ticket_id: string | null }>(
    'select reason, next_send_at, ticket_id from page where conversation_id = $1',
    [chat.conversationId],
  );
  expect(page).toMatchObject({ reason: 'complaint-urgent', next_send_at: null, ticket_id: expect.any(String) });
});

test('at night a normal one waits for staff until the quiet hours are over', async () => {
  shop.itIs('2026-11-20T23:00:00+08:00');
  const chat = await shop.customer();
  await chat.saysAll('我要投诉,师傅态度太差了,让他道歉', '13800138000', '确认');
  chat.hears('complaint.filed');
  expect(chat.text()).toContain('明天09:00前给您回电话');
  const [page] = await shop.rows<{ sent: string }>(
    "select to_char(next_send_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as sent from page where conversation_id = $1",
    [chat.conversationId],
  );
  expect(page?.sent).toBe('11-21 08:00');
});

test('exchange and return are not the bot’s to refuse: filed, and a person takes over with all of it', async () => {
  const chat = await shop.customer();
  await chat.saysAll('我要投诉,新买的冰箱用了两周就坏了,质量太差,给我换一台新的', '13800138000', '确认');
  chat.hears('complaint.filed', 'complaint.exchange', 'handoff.next');
  expect(await casesOf(shop, chat)).toMatchObject([{ category: 'product-quality', department: '质量部', wish: 'exchange' }]);
  const [handoff] = await shop.rows<{ reason: string; ticket_id: string | null }>(
    'select reason, ticket_id from handoff where conversation_id = $1',
    [chat.conversationId],
  );
  expect(handoff).toEqual({ reason: 'complaint-exchange', ticket_id: expect.any(String) });
});

describe('a second complaint on the same matter', () => {
  test('is joined to the first, with the count and a time, and weighs more', async () => {
    const { chat, visit } = await withVisit(shop);
    await chat.saysAll('我要投诉,师傅电话里态度太差了,让他道歉', '确认');
    const number = numberIn(chat);
    shop.itIs('2026-11-20T14:00:00+08:00');
    await chat.saysAll('我要投诉,到现在没人给我回电话', '退费', '确认');
    chat.hears('complaint.joined');
    expect(chat.text()).toBe(`同一件事的第2次反映,已并到${number},不用从头再说。维修部今天14:15前给您回电话。`);
    expect(await casesOf(shop, chat)).toMatchObject([
      { number, about: visit, priority: 'high', gravities: ['repeat'], wish: 'refund', statements: [{}, {}].map(() => expect.any(String)) },
    ]);
    const calls = await shop.rows("select 1 from contact_task where reason = 'complaint-again' and status = 'open'");
    expect(calls).toHaveLength(1);
    await chat.saysAll('还是没有人理我,我要投诉你们', '还没想好', '确认');
    expect(chat.text()).toContain(`同一件事的第3次反映,已并到${number}`);
  });

  test('meant by the number of the first', async () => {
    const chat = await shop.customer();
    await chat.saysAll('我要投诉,你们客服热线打不通', '还没想好', '13800138000', '确认');
    const number = numberIn(chat);
    await chat.saysAll(`我要投诉,上次的投诉${number}一直没人处理,师傅也没来`, '还没想好', '确认');
    chat.hears('complaint.joined');
    expect(await casesOf(shop, chat)).toHaveLength(1);
  });

  test('of another visit has a number of its own', async () => {
    const chat = await shop.customer();
    await chat.saysAll('我要投诉,冰箱质量太差了,才买一个月就坏', '还没想好', '13800138000', '确认');
    await chat.saysAll('我要投诉,你们天天给我发推销短信', '还没想好', '确认');
    chat.hears('complaint.filed');
    expect(await casesOf(shop, chat)).toHaveLength(2);
  });
});

test('S4-001 the numbers have no gap, however many are filed at once', async () => {
  const counted = async () =>
    (await shop.rows<{ number: string }>("select number from ticket where kind = 'complaint' order by number")).map((it) =>
      Number(it.number.slice(-4)),
    );
  const chats = await Promise.all([1, 2, 3, 4].map(() => shop.customer()));
  for (const chat of chats) await chat.saysAll('我要投诉,师傅没来,白等一天', '还没想好', '13800138000');
  await Promise.all(chats.map((chat) => chat.says('确认')));
  for (const chat of chats) chat.hears('complaint.filed');
  const numbers = await counted();
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(new Set(chats.map(numberIn)).size).toBe(4);
});

test('S2-024 a number that is not theirs reveals nothing, whether it exists or not, and is a note for staff', async () => {
  const { visit } = await withVisit(shop);
  const heard: string[] = [];
  for (const number of [visit, 'BX-20261120-9876']) {
    const chat = await shop.customer();
    await chat.says(`我要投诉单号${number},师傅迟到了两小时`);
    chat.hears('complaint.heard.late', 'ask.complaint-wish');
    await chat.saysAll('还没想好', '13900139000');
    heard.push(chat.text().replaceAll(number, '#'));
    expect(chat.text()).not.toMatch(/空调|11月22日|望京|王芳|1380013/u);
    await chat.says('确认');
    expect(await casesOf(shop, chat)).toMatchObject([{ about: null }]);
    const [ticket] = await shop.rows<{ details_sealed: Buffer }>('select details_sealed from ticket where conversation_id = $1', [
      chat.conversationId,
    ]);
    expect(JSON.parse(shop.core.store.seal.open('ticket.details', ticket?.details_sealed ?? Buffer.alloc(0)))).toMatchObject({
      note: number,
    });
  }
  expect(heard[0]).toBe(heard[1]);
});
