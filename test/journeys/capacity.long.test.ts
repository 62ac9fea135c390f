import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** Every engineer is taken from now until `until`, but one who is free from then on. */
async function fullUntil(until: string): Promise<void> {
  await shop.rows(
    `insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, confirmed_at, created_at)
     select gen_random_uuid(), e.id, $1::timestamptz, $2::timestamptz, $1::timestamptz, $2::timestamptz, 'booked', now(), now() from engineer e`,
    ['2026-11-20T08:00:00+08:00', until],
  );
}

const held = () => shop.rows("select status, held_until, window_from from appointment where status = 'held'");
const ticketOf = (chat: Chat) => shop.rows('select id, priority, number from ticket where conversation_id = $1', [chat.conversationId]);

const askedForToday = async (phone: string): Promise<Chat> => {
  const chat = await shop.customer();
  await chat.saysAll(`冰箱不制冷,今天能来吗,${HOME},${phone}`, '王芳');
  return chat;
};

describe('nothing as soon as asked', () => {
  test('the earliest is held, the waiting list joined, the dispatcher told', async () => {
    await fullUntil('2026-11-21T09:00:00+08:00');
    const chat = await askedForToday('13800138000');
    chat.hears('ask.window.earliest.held');
    expect(chat.text()).toMatch(/^您想要的时间排满了。最早是11月21日 周六 10:00–12:00,先给您占上;.*\[就这个时间\] \[都不合适\]$/);
    expect(await held()).toMatchObject([{ status: 'held', held_until: new Date('2026-11-20T10:15:00+08:00') }]);
    await chat.says('行');
    chat.hears('confirm.read-back');
    await chat.says('确认');
    chat.hears('booked', 'booked.waiting-list');
    expect(chat.text()).toContain('候补');
    const [ticket] = await ticketOf(chat);
    expect(await shop.rows('select ticket_id, from_at < to_at as forward, status from waiting_list_entry')).toEqual([
      { ticket_id: ticket?.['id'], forward: true, status: 'waiting' },
    ]);
    expect(await shop.rows('select ticket_id, reason, status from page')).toEqual([
      { ticket_id: ticket?.['id'], reason: 'earlier-window-wanted', status: 'open' },
    ]);
    expect(await held()).toEqual([]);
  });

  test('a held window is not offered to anybody else, and is free again after 15 minutes', async () => {
    await fullUntil('2026-11-21T09:00:00+08:00');
    const [only] = await shop.rows<{ id: string }>('select id from engineer limit 1');
    await shop.rows('delete from engineer_area where engineer_id <> $1', [only?.id]);
    await shop.rows("insert into engineer_skill (engineer_id, product_class) values ($1, 'fridge') on conflict do nothing", [only?.id]);
    const [area] = await shop.rows("select 1 from engineer_area where engineer_id = $1 and district = '朝阳区'", [only?.id]);
    if (area === undefined)
      await shop.rows("insert into engineer_area (engineer_id, city, district) values ($1, '北京市', '朝阳区')", [only?.id]);

    const first = await askedForToday('13800138000');
    expect(first.text()).toContain('最早是11月21日 周六 10:00–12:00');
    const second = await askedForToday('13800138001');
    expect(second.text()).toContain('最早是11月21日 周六 14:00–16:00');
    shop.itIs('2026-11-20T10:16:00+08:00');
    const third = await askedForToday('13800138002');
    expect(third.text()).toContain('最早是11月21日 周六 10:00–12:00');

    await third.saysAll('行', '确认');
    third.hears('booked', 'booked.waiting-list');
    await first.saysAll('行', '确认');
    first.hears('ask.window.taken');
    expect(first.text()).toContain('很抱歉,这个时间刚被约走。');
  });

  test.each([
    ['another time is wanted', ['都不合适']],
    ['it is called off, and that is meant', ['算了,不约了', '对,不约了']],
    ['the appliance is another', ['不对,是洗衣机不排水']],
    ['it starts over', ['重新开始']],
  ])('a held window is given back at once when %s', async (_, said) => {
    await fullUntil('2026-11-21T09:00:00+08:00');
    const chat = await askedForToday('13800138000');
    const [before] = await shop.rows<{ id: string }>("select id from appointment where status = 'held'");
    await chat.saysAll(...said);
    expect(await shop.rows("select 1 from appointment where id = $1 and status = 'held'", [before?.id])).toEqual([]);
  });

  test('上一步 to the address gives it back, too', async () => {
    await fullUntil('2026-11-21T09:00:00+08:00');
    const chat = await shop.customer();
    await chat.saysAll('冰箱不制冷,今天能来吗', HOME, '13800138000', '王芳');
    chat.hears('ask.window.earliest.held');
    await chat.saysAll('上一步', '上一步', '上一步');
    chat.hears('ask.address');
    expect(await held()).toEqual([]);
  });

  test('late in the day the soonest is named as such', async () => {
    shop.itIs('2026-11-20T17:30:00+08:00');
    const chat = await askedForToday('13800138000');
    chat.hears('ask.window.earliest.too-soon');
    expect(chat.text()).toContain('师傅最快11月21日 周六 08:00–10:00能到,先给您占上。就约这个时间吗?');
  });

  test('no engineer in the whole horizon: somebody calls by a time', async () => {
    await fullUntil('2027-01-10T09:00:00+08:00');
    const chat = await askedForToday('13800138000');
    chat.hears('enquiry.no-engineer');
    expect(chat.text()).toMatch(/^很抱歉,您那边的师傅近期都约满了。已登记,单号BX-20261120-\d{4},客服今天12:00前打电话跟您定时间。$/);
    expect(await shop.rows('select reason from contact_task')).toEqual([{ reason: 'no-engineer' }]);
  });
});

test.each([
  ['food going off', '冰箱不制冷,肉都要化了'],
  ['an infant', '空调不制冷,家里有刚满月的宝宝'],
  ['somebody old', '空调不制热,家里就我80岁的老母亲'],
])('hardship makes the ticket a high priority: %s', async (_, said) => {
  const chat = await shop.customer();
  await chat.saysAll(`${said},明天下午三点,${HOME},13800138000`, '王芳', '确认');
  chat.hears('booked');
  expect(await ticketOf(chat)).toMatchObject([{ priority: 'high' }]);
});

test('without hardship the priority is normal, however loudly it is asked', async () => {
  const chat = await shop.customer();
  await chat.saysAll(`空调不制冷,加急加急!!!,${HOME},13800138000`, '王芳', '第一个', '确认');
  expect(await ticketOf(chat)).toMatchObject([{ priority: 'normal' }]);
});

test('two customers confirm the last window at once: one has it, the other is offered the nearest three', async () => {
  const [only] = await shop.rows<{ id: string }>("select engineer_id as id from engineer_skill where product_class = 'fridge' limit 1");
  await shop.rows('delete from engineer_area where engineer_id <> $1', [only?.id]);
  await shop.rows("insert into engineer_area (engineer_id, city, district) values ($1, '北京市', '朝阳区') on conflict do nothing", [
    only?.id,
  ]);
  const chats = await Promise.all([shop.customer(), shop.customer()]);
  for (const chat of chats) await chat.saysAll(`冰箱不制冷,明天下午三点,${HOME},13800138000`, '王芳');
  await Promise.all(chats.map((chat) => chat.says('确认')));
  await shop.settled();
  expect(chats.map((chat) => chat.keys()[0]).sort()).toEqual(['ask.window.taken', 'booked']);
  const loser = chats.find((chat) => chat.keys()[0] === 'ask.window.taken');
  expect(loser?.messages().at(-1)?.body.choices).toHaveLength(4);
});
