/** Changing a booked visit, as customers ask for it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** A visit on Sunday from two to four, unless something else is said. */
async function booked(said = '空调不制冷,后天下午三点', who?: string): Promise<Chat> {
  const chat = await shop.customer(who);
  await chat.saysAll(`${said},${HOME},13800138000`, '王芳', '确认');
  expect(chat.keys()[0]).toMatch(/^booked/);
  return chat;
}

type Visit = { id: string; number: string; engineer: string; status: string; window_from: Date; ticket: string };

const visitsOf = (chat: Chat): Promise<readonly Visit[]> =>
  shop.rows<Visit>(
    `select p.id, t.number, e.name as engineer, p.status, p.window_from, t.status as ticket
     from ticket t join appointment_ticket x on x.ticket_id = t.id join appointment p on p.id = x.appointment_id join engineer e on e.id = p.engineer_id
     where t.conversation_id = $1 order by p.status desc, p.created_at, t.number`,
    [chat.conversationId],
  );

const bookedVisits = async (chat: Chat) => (await visitsOf(chat)).filter((it) => it.status === 'booked');

const left = (table: 'page' | 'contact_task', reason: string) => shop.rows(`select 1 from ${table} where reason = $1`, [reason]);

/** Nobody but one engineer repairs fridges in Chaoyang. */
async function onlyOneEngineer(): Promise<void> {
  const [only] = await shop.rows<{ id: string }>("select engineer_id as id from engineer_skill where product_class = 'fridge' limit 1");
  await shop.rows('delete from engineer_area where engineer_id <> $1', [only?.id]);
  await shop.rows("insert into engineer_area (engineer_id, city, district) values ($1, '北京市', '朝阳区') on conflict do nothing", [
    only?.id,
  ]);
}

describe('another time', () => {
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  test('S2-018 without a wish: times are offered, read back, and changed only on a yes; number, engineer, phone and window are named', async () => {
    const chat = await booked();
    const [before] = await visitsOf(chat);
    await chat.says('我想改个时间');
    expect(chat.keys().at(-1)).toMatch(/^ask\.window/);
    expect(
      chat
        .messages()
        .flatMap((it) => it.body.choices.map((choice) => choice.label))
        .join(),
    ).not.toContain('11月22日 周日 14:00');
    await chat.taps('11月2');
    chat.hears('confirm.change');
    expect(await bookedVisits(chat)).toEqual([before]);
    await chat.taps('确认');
    chat.hears('changed');
    const [old, now] = await visitsOf(chat);
    expect([old?.status, now?.status, now?.ticket]).toEqual(['cancelled', 'booked', 'scheduled']);
    expect(now?.number).toBe(before?.number);
    expect(chat.text()).toMatch(
      new RegExp(`^改好了,单号${now?.number}。${now?.engineer}师傅11月\\d+日 .*到,电话1\\d{10},出发前会先联系您。还要改直接跟我说。`),
    );
    expect(chat.messages().at(-1)?.body.ticket).toMatchObject({ number: now?.number, status: 'scheduled' });
    expect(chat.messages().at(-1)?.body.links).toHaveLength(1);
  });

  test('S2-018 改到周二上午十点: one message and a yes', async () => {
    const chat = await booked();
    await chat.says('帮我改到下周二上午十点');
    chat.hears('confirm.change');
    expect(chat.text()).toContain('空调上门从11月22日 周日 14:00–16:00改到11月24日 周二 10:00–12:00');
    await chat.says('确认');
    chat.hears('changed');
    expect((await bookedVisits(chat)).map((it) => it.window_from)).toEqual([new Date('2026-11-24T10:00:00+08:00')]);
  });

  test('S2-018 both sides are told and it is on record: the engineer by a call, the ticket by an event of the customer', async () => {
    const chat = await booked();
    await chat.saysAll('帮我改到下周三上午十点', '确认');
    const told = await shop.rows<{ reason: string }>(
      "select k.reason from contact_task k join ticket t on t.id = k.ticket_id where t.conversation_id = $1 and k.whom = 'engineer' and k.status = 'open' order by 1",
      [chat.conversationId],
    );
    expect([['visit-moved'], ['visit-given', 'visit-off']]).toContainEqual(told.map((it) => it.reason));
    const events = await shop.rows(
      "select v.actor, v.details->>'from' as from from ticket_event v join ticket t on t.id = v.ticket_id where t.conversation_id = $1 and v.type = 'appointment-changed'",
      [chat.conversationId],
    );
    expect(events).toEqual([{ actor: 'customer', from: '2026-11-25T02:00:00.000Z' }]);
  });

  test('the read-back can be changed, taken back and left', async () => {
    const chat = await booked();
    await chat.saysAll('帮我改到下周二上午十点', '不对');
    expect(chat.asking()).toBe('window');
    await chat.says('下周三上午十点');
    chat.hears('confirm.change');
    await chat.says('算了,不改了');
    chat.hears('change.kept');
    expect((await bookedVisits(chat)).map((it) => it.window_from)).toEqual([new Date('2026-11-22T14:00:00+08:00')]);
  });

  test('two appliances of one visit move together', async () => {
    const chat = await booked('空调不制冷,冰箱漏水,后天下午三点');
    expect(await visitsOf(chat)).toHaveLength(2);
    await chat.says('改到下周二上午十点');
    expect(chat.text()).toContain('空调和冰箱');
    await chat.says('确认');
    chat.hears('changed');
    const moved = await bookedVisits(chat);
    expect(moved.map((it) => it.window_from)).toEqual([new Date('2026-11-24T10:00:00+08:00'), new Date('2026-11-24T10:00:00+08:00')]);
    expect(new Set(moved.map((it) => it.id)).size).toBe(1);
    for (const { number } of moved) expect(chat.text()).toContain(number);
  });

  test('with several tickets it is asked which; the button names appliance and time', async () => {
    const who = 'several-tickets';
    const first = await booked('空调不制冷,后天下午三点', who);
    const second = await shop.customer(who);
    await second.saysAll('电视黑屏,周一上午十点', '还是这里', '不清楚', '确认');
    second.hears('booked');
    const chat = await shop.customer(who);
    await chat.says('我想改个时间');
    chat.hears('ask.ticket.which');
    expect(chat.text()).toMatch(/\[空调 11月22日 周日 14:00–16:00\]/);
    await chat.taps('电视');
    expect(chat.keys().at(-1)).toMatch(/^ask\.window/);
    await chat.saysAll('下周四上午十点', '确认');
    chat.hears('changed');
    expect((await bookedVisits(second)).map((it) => it.window_from)).toEqual([new Date('2026-11-26T10:00:00+08:00')]);
    expect((await bookedVisits(first)).map((it) => it.window_from)).toEqual([new Date('2026-11-22T14:00:00+08:00')]);
  });

  test('in the middle of another booking: the change is made, and the booking goes on when it is still wanted', async () => {
    const who = 'in-the-middle';
    const first = await booked('空调不制冷,后天下午三点', who);
    const chat = await shop.customer(who);
    await chat.says('电视黑屏');
    const open = chat.keys().at(-1);
    await chat.says('对了,上次约的我想改个时间');
    expect(chat.asking()).toBe('window');
    await chat.saysAll('下周二上午十点', '确认');
    chat.hears('changed', 'resume.next.repair-booking');
    await chat.says('继续');
    chat.hears(open as never);
    expect((await bookedVisits(first)).map((it) => it.window_from)).toEqual([new Date('2026-11-24T10:00:00+08:00')]);
  });
});

describe('said in passing', () => {
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  test('in the middle of another booking, with the appliance named: it is the visit that is meant', async () => {
    const who = 'appliance-named';
    await booked('空调不制冷,后天下午三点', who);
    const chat = await shop.customer(who);
    await chat.saysAll('电视黑屏', '对了,上次约的空调我想改个时间');
    expect(chat.asking()).toBe('window');
  });

  test('我不修了,帮我取消预约 is a wish to call it off', async () => {
    const chat = await booked();
    await chat.says('我不修了,帮我取消预约');
    chat.hears('confirm.cancel');
  });
});

describe('no visit any more', () => {
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  test('S2-018 called off on a yes: ticket and visit are cancelled, it costs nothing and that is said', async () => {
    const chat = await booked();
    await chat.says('帮我取消预约');
    chat.hears('confirm.cancel');
    expect(chat.text()).toContain('取消11月22日 周日 14:00–16:00的空调上门,不收费。确定要取消吗?');
    expect(await bookedVisits(chat)).toHaveLength(1);
    await chat.says('确定');
    chat.hears('called-off');
    expect(await visitsOf(chat)).toMatchObject([{ status: 'cancelled', ticket: 'cancelled' }]);
    await chat.says('帮我取消预约');
    expect(await bookedVisits(chat)).toEqual([]);
  });

  test('still better another time: the question under the confirmation leads there', async () => {
    const chat = await booked();
    await chat.says('取消预约');
    await chat.taps('改时间');
    expect(chat.asking()).toBe('window');
  });

  test('S2-018 with a fee the amount stands in the question, and again in the word that it is done', async () => {
    const other = shop;
    shop = await openShop(undefined, { ...DEFAULT_POLICY, booking: { ...DEFAULT_POLICY.booking, cancelFee: 20 } });
    const chat = await booked();
    await chat.says('取消预约');
    chat.hears('confirm.cancel.fee');
    expect(chat.text()).toContain('要收20元');
    await chat.says('确定');
    chat.hears('called-off.fee');
    expect(chat.text()).toContain('取消费20元');
    await shop.close();
    shop = other;
  });
});

describe('near the visit', () => {
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  test('S2-018 within two hours neither is done: the dispatcher is paged, the customer hears by when, asked twice it is one page', async () => {
    const chat = await booked();
    shop.itIs('2026-11-22T12:30:00+08:00');
    await chat.says('我想改个时间');
    chat.hears('change.too-late');
    expect(chat.text()).toMatch(/今天12:40前给您回电话;也可以直接打.*师傅电话1\d{10}/);
    expect(await left('page', 'late-reschedule')).toHaveLength(1);
    expect(await left('contact_task', 'late-reschedule')).toHaveLength(1);
    await chat.says('我想改个时间');
    chat.hears('change.too-late');
    expect(await left('page', 'late-reschedule')).toHaveLength(1);
    await chat.says('那取消预约');
    chat.hears('change.too-late');
    expect((await bookedVisits(chat)).map((it) => it.window_from)).toEqual([new Date('2026-11-22T14:00:00+08:00')]);
  });

  test('S2-018 two hours before exactly it can be changed; thought about for a minute longer it is too late', async () => {
    const chat = await booked();
    shop.itIs('2026-11-22T12:00:00+08:00');
    await chat.says('改到下周二上午十点');
    chat.hears('confirm.change');
    shop.itIs('2026-11-22T12:01:00+08:00');
    await chat.says('确认');
    chat.hears('change.too-late');
    expect((await bookedVisits(chat)).map((it) => it.window_from)).toEqual([new Date('2026-11-22T14:00:00+08:00')]);
  });

  test('S2-018 a window that ended without anybody can be moved at once', async () => {
    const chat = await booked();
    shop.itIs('2026-11-22T16:30:00+08:00');
    await chat.saysAll('师傅没来,我要改时间,下周二上午十点');
    chat.hears('confirm.change');
    await chat.says('确认');
    chat.hears('changed');
  });

  test('S2-018 the old window is free at once: the next customer books it', async () => {
    await onlyOneEngineer();
    const chat = await booked('冰箱不制冷,后天下午三点');
    const other = await shop.customer();
    await other.saysAll(`冰箱不制冷,后天下午三点,${HOME},13900139000`, '李雷');
    expect(other.text()).toContain('已经约满了');
    await chat.saysAll('改到下周二上午十点', '确认');
    chat.hears('changed');
    await other.saysAll('后天下午三点', '确认');
    other.hears('booked');
    expect((await bookedVisits(other)).map((it) => it.window_from)).toEqual([new Date('2026-11-22T14:00:00+08:00')]);
  });

  test('two customers for the window that was freed while one read: the loser hears so and keeps the old visit', async () => {
    await onlyOneEngineer();
    const chat = await booked('冰箱不制冷,后天下午三点');
    const other = await shop.customer();
    await other.saysAll(`冰箱不制冷,下周二上午十点,${HOME},13900139000`, '李雷');
    other.hears('confirm.read-back');
    await chat.says('改到下周二上午十点');
    chat.hears('confirm.change');
    await other.says('确认');
    other.hears('booked');
    await chat.says('确认');
    chat.hears('ask.window.taken');
    expect((await bookedVisits(chat)).map((it) => it.window_from)).toEqual([new Date('2026-11-22T14:00:00+08:00')]);
  });
});

describe('who comes', () => {
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const engineersOf = async (appliance: string) =>
    shop.rows<{ name: string }>(
      `select e.name from engineer e join engineer_area a on a.engineer_id = e.id join engineer_skill k on k.engineer_id = e.id
       where a.district = '朝阳区' and k.product_class = $1 and e.active order by e.id`,
      [appliance],
    );

  test('one wished for by name comes, and is named before anything is booked', async () => {
    const [wished] = await engineersOf('air_conditioner');
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,后天下午三点,${HOME},13800138000,要${wished?.name}师傅来`, '王芳');
    expect(chat.text()).toContain('确认');
    await chat.says('确认');
    expect((await bookedVisits(chat)).map((it) => it.engineer)).toEqual([wished?.name]);
  });

  test('the last one is not to come again: another one comes at the same time', async () => {
    const chat = await booked();
    const [before] = await visitsOf(chat);
    await chat.says('换一个师傅,别让上次那个来');
    expect(chat.keys()).toEqual(['engineer.kept-away', 'confirm.engineer']);
    expect(chat.text()).toContain(`这次不安排${before?.engineer}师傅`);
    await chat.says('确认');
    chat.hears('changed');
    const [now] = await bookedVisits(chat);
    expect(now?.window_from).toEqual(before?.window_from);
    expect(now?.engineer).not.toBe(before?.engineer);
  });

  test('a name nobody has is said to be unknown, and the others are offered', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,${HOME},13800138000`, '王芳', '我要欧阳师傅来');
    expect(chat.keys()).toContain('engineer.unknown');
    expect(chat.keys().at(-1)).toMatch(/^ask\.window/);
  });

  test('a wished one who is full is said to be full, and the others are offered', async () => {
    const [wished] = await shop.rows<{ id: string; name: string }>(
      `select e.id, e.name from engineer e join engineer_area a on a.engineer_id = e.id join engineer_skill k on k.engineer_id = e.id
       where a.district = '朝阳区' and k.product_class = 'air_conditioner' and not exists (select from appointment p where p.engineer_id = e.id) limit 1`,
    );
    await shop.rows(
      `insert into appointment (id, engineer_id, window_from, window_to, starts_at, ends_at, status, confirmed_at, created_at)
       values (gen_random_uuid(), $1, $2::timestamptz, $3::timestamptz, $2::timestamptz, $3::timestamptz, 'booked', now(), now())`,
      [wished?.id, '2026-11-20T08:00:00+08:00', '2026-12-20T09:00:00+08:00'],
    );
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,${HOME},13800138000`, '王芳', `要${wished?.name}师傅来`);
    expect(chat.keys()).toContain('engineer.full');
    expect(chat.keys().at(-1)).toMatch(/^ask\.window/);
  });
});

describe('when somebody else changes the visit meanwhile', () => {
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  test('staff cancel it while the customer is at the read-back: the customer hears that there is none, and danger is answered', async () => {
    const chat = await booked();
    await chat.says('改到大后天上午8点');
    chat.hears('confirm.change');
    const [visit] = await bookedVisits(chat);
    const done = await shop.desk.tickets.transit(await shop.staff('agent'), visit?.number ?? '', 'cancel');
    expect(done.kind).toBe('done');
    await shop.settled();
    await chat.says('确认');
    chat.hears('change.nothing');
    expect((await visitsOf(chat)).map((it) => [it.status, it.ticket])).toEqual([['cancelled', 'cancelled']]);
    await chat.says('厨房有煤气味');
    expect(chat.keys()[0]).toBe('danger.gas');
  });

  test('two chats of one customer move it: the second goes by what the first made of it', async () => {
    const one = await booked('空调不制冷,后天下午三点', 'twice');
    const two = await shop.customer('twice');
    await one.says('改到大后天上午8点');
    await two.says('改到大后天下午2点');
    two.hears('confirm.change');
    await one.says('确认');
    one.hears('changed');
    await two.says('确认');
    two.hears('change.meanwhile', 'confirm.change');
    await two.says('确认');
    two.hears('changed');
    expect(await bookedVisits(one)).toHaveLength(1);
  });

  test('a ticket of the visit that staff cancelled stays cancelled when the rest moves', async () => {
    const chat = await booked('空调不制冷,洗衣机漏水,后天下午三点');
    const washer = (await bookedVisits(chat))[1];
    await shop.desk.tickets.transit(await shop.staff('agent'), washer?.number ?? '', 'cancel');
    await shop.settled();
    await chat.says('改到大后天上午8点');
    expect(chat.text()).not.toContain('洗衣机');
    await chat.says('确认');
    chat.hears('changed');
    const [row] = await shop.rows<{ status: string }>('select status from ticket where number = $1', [washer?.number]);
    expect(row?.status).toBe('cancelled');
  });
});
