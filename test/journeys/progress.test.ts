/** Where a repair is, as customers ask for it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** A visit on Sunday from two to four. */
async function booked(who?: string): Promise<Chat> {
  shop.itIs('2026-11-20T10:00:00+08:00');
  const chat = await shop.customer(who);
  await chat.saysAll(`空调不制冷,后天下午三点,${HOME},13800138000`, '王芳', '确认');
  chat.hears('booked');
  return chat;
}

const ticketOf = async (chat: Chat) => {
  const [ticket] = await shop.rows<{ id: string; number: string }>('select id, number from ticket where conversation_id = $1', [
    chat.conversationId,
  ]);
  if (ticket === undefined) throw new Error('a ticket was opened');
  return ticket;
};

const openOf = (table: 'page' | 'contact_task', chat: Chat, reason: string) =>
  shop.rows(
    `select 1 from ${table} where reason = $2 and status = 'open' and ticket_id in (select id from ticket where conversation_id = $1)`,
    [chat.conversationId, reason],
  );

describe('a visit', () => {
  test('that comes is told with number, window, engineer and phone', async () => {
    const chat = await booked();
    const { number } = await ticketOf(chat);
    await chat.says('师傅什么时候来');
    chat.hears('progress.booked');
    expect(chat.text()).toMatch(
      new RegExp(`^空调\\(单号${number}\\)约的是11月22日 周日 14:00–16:00,.{2,4}师傅上门,电话1\\d{10},出发前会先联系您。`),
    );
  });

  test('of now is told with its end', async () => {
    const chat = await booked();
    shop.itIs('2026-11-22T14:30:00+08:00');
    await chat.says('师傅到哪了');
    chat.hears('progress.today');
    expect(chat.text()).toMatch(/师傅今天16:00前到/);
  });

  test('whose window is over is an apology, a page and a clock; asked again it is the same page', async () => {
    const chat = await booked();
    shop.itIs('2026-11-22T16:05:00+08:00');
    await chat.says('师傅怎么还没来');
    chat.hears('progress.late');
    expect(chat.text()).toMatch(/^是我们迟到了,对不起。.*今天16:15前打电话给您/);
    expect(await openOf('page', chat, 'engineer-late')).toHaveLength(1);
    expect(await openOf('contact_task', chat, 'engineer-late')).toHaveLength(1);
    shop.itIs('2026-11-22T16:10:00+08:00');
    await chat.says('师傅到哪了');
    chat.hears('progress.late.chased');
    expect(chat.text()).toContain('今天16:15前打电话给您');
    expect(await openOf('page', chat, 'engineer-late')).toHaveLength(1);
    expect(await openOf('contact_task', chat, 'engineer-late')).toHaveLength(1);
    shop.itIs('2026-11-22T16:20:00+08:00');
    await chat.says('师傅到哪了');
    chat.hears('progress.late');
    expect(await openOf('page', chat, 'engineer-late')).toHaveLength(2);
  });

  test('is found by a tap on 查进度, too', async () => {
    await booked('taps');
    const chat = await shop.customer('taps');
    await chat.taps('查进度');
    chat.hears('progress.booked');
  });

  test('in the middle of a booking: answered, then the booking goes on', async () => {
    await booked('in-between');
    const chat = await shop.customer('in-between');
    await chat.says('电视黑屏');
    const open = chat.keys().at(-1);
    await chat.says('我之前报修的那单进度怎么样了');
    chat.hears('progress.booked', 'resumed.repair-booking', open as never);
  });
});

describe('a ticket in every status', () => {
  test.each([
    ['in-progress', 'progress.working'],
    ['waiting-customer', 'progress.working'],
    ['resolved', 'progress.done'],
    ['closed', 'progress.done'],
    ['cancelled', 'progress.cancelled'],
    ['open', 'progress.open'],
  ] as const)('%s', async (status, key) => {
    const chat = await booked();
    const { id, number } = await ticketOf(chat);
    await shop.rows(
      "update appointment set status = 'cancelled' where id in (select appointment_id from appointment_ticket where ticket_id = $1)",
      [id],
    );
    await shop.rows("update ticket set status = $2, completed_at = '2026-11-20T09:00:00+08:00' where id = $1", [id, status]);
    await chat.says('我的维修进度怎么样了');
    chat.hears(key);
    expect(chat.text()).toContain(number);
  });

  test('somebody is to call: by when; and an apology with a page when that is past', async () => {
    shop.itIs('2026-11-20T10:00:00+08:00');
    const chat = await shop.customer();
    await chat.saysAll('跑步机不转了,北京市朝阳区望京街道阜通东大街6号院3号楼1501', '13800138000');
    chat.hears('enquiry.unknown-product');
    await chat.says('我的进度怎么样了');
    chat.hears('progress.call');
    expect(chat.text()).toContain('客服今天12:00前打电话给您');
    shop.itIs('2026-11-20T13:30:00+08:00');
    await chat.says('怎么还没人联系我,进度怎么样了');
    chat.hears('progress.call.late');
    expect(await openOf('page', chat, 'call-back-late')).toHaveLength(1);
    await chat.says('进度怎么样了');
    expect(await openOf('page', chat, 'call-back-late')).toHaveLength(1);
  });
});
