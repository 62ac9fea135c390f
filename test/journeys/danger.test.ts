import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** A flow, the question that is open in it, how many visits the account has, and what was said until then. */
type Asked = readonly [flow: 'repair-booking' | 'appointment-change' | 'progress', asking: string, visits: number, said: readonly string[]];

const QUESTIONS: readonly Asked[] = [
  ['repair-booking', 'appliance', 0, ['我想报修']],
  ['repair-booking', 'fault', 0, ['空调坏了']],
  ['repair-booking', 'serviceMode', 0, ['电饭煲不通电']],
  ['repair-booking', 'address', 0, ['空调不制冷']],
  ['repair-booking', 'phone', 0, ['空调不制冷', HOME]],
  ['repair-booking', 'name', 0, [`空调不制冷,${HOME},13800138000`]],
  ['repair-booking', 'model', 0, [`空调不制冷,${HOME},13800138000,我叫王芳`]],
  ['repair-booking', 'window', 0, [`空调不制冷,${HOME},13800138000`, '王芳']],
  ['repair-booking', 'confirm', 0, [`空调不制冷,下周三下午三点,${HOME},13800138000`, '王芳']],
  ['appointment-change', 'ticket', 0, ['我想改个时间']],
  ['appointment-change', 'ticket', 2, ['我想改个时间']],
  ['appointment-change', 'phone', 0, ['我想改个时间', 'BX-20261118-0099']],
  ['appointment-change', 'change', 1, ['我想改个时间', '重新开始']],
  ['appointment-change', 'window', 1, ['我想改个时间']],
  ['appointment-change', 'confirm', 1, ['改到下周三上午十点']],
  ['appointment-change', 'confirm', 1, ['取消预约']],
  ['progress', 'ticket', 0, ['查进度']],
  ['progress', 'ticket', 2, ['查进度']],
  ['progress', 'phone', 0, ['查进度', 'BX-20261118-0099']],
  ['progress', 'phone', 0, ['查进度', '没有单号']],
];

const left = (chat: Chat) =>
  Promise.all([
    shop.rows('select kind, priority, status from ticket where conversation_id = $1', [chat.conversationId]),
    shop.rows('select reason, status, ticket_id is not null as ticket from page where conversation_id = $1', [chat.conversationId]),
  ]);

describe('danger is answered first', () => {
  test('as the first word of a chat, with nobody asked for anything', async () => {
    const chat = await shop.customer();
    await chat.says('厨房一股臭鸡蛋味');
    chat.hears('danger.gas', 'danger.registered');
    expect(chat.text()).not.toMatch(/[?\uff1f!\uff01]/u);
    expect(chat.text().split('\n')[0]).toBe(
      '先别动任何电器开关,别点火,也不要在屋里打电话。能顺手关上燃气阀、打开门窗就做,闻着重就直接离开。到室外后打燃气公司抢修电话或119。已通知值班负责人。安全了再回我一声。',
    );
    await chat.says('13900139000');
    chat.hears('danger.contact-noted');
  });

  test('told twice it is one ticket, and a page more', async () => {
    const chat = await shop.customer();
    await chat.saysAll('洗澡的时候水有点麻手', '还是麻 电到我了');
    expect(chat.keys()[0]).toBe('danger.shock');
    const [tickets, pages] = await left(chat);
    expect(tickets).toHaveLength(1);
    expect(pages).toHaveLength(2);
  });

  test('while the customer waits for a person, too', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱不制冷', '人工', '插座冒火花了');
    chat.hears('danger.fire', 'danger.registered');
  });
});

const BOOKED = ['空调不制冷,下周一下午三点', '电视黑屏,下周二上午十点'];
const DANGER = '等一下 它好像冒烟了';
const SAFE = '安全了,断电了';

/** A new conversation of a customer with so many visits, as far as the question. */
async function asked(visits: number, said: readonly string[]): Promise<Chat> {
  shop.itIs('2026-11-20T10:00:00+08:00');
  const who = shop.core.makeIdentifier();
  // What earlier conversations booked is over: there are only so many engineers.
  await shop.rows("update appointment set status = 'cancelled' where status = 'booked'");
  for (const [index, fault] of BOOKED.slice(0, visits).entries()) {
    const chat = await shop.customer(who);
    await chat.says(index === 0 ? `${fault},${HOME},13800138000` : fault);
    await chat.saysAll(...(index === 0 ? ['王芳'] : ['还是这里', '不清楚']), '确认');
    expect(chat.keys()[0]).toBe('booked');
  }
  const chat = await shop.customer(who);
  await chat.saysAll(...said);
  return chat;
}

async function isWarned(chat: Chat): Promise<void> {
  await chat.says(DANGER);
  chat.hears('danger.smoke', 'danger.registered');
  const [tickets, pages] = await left(chat);
  expect(tickets).toEqual([{ kind: 'repair', priority: 'urgent', status: 'open' }]);
  expect(pages).toEqual([{ reason: 'danger-smoke', status: 'open', ticket: true }]);
}

const MOMENTS = [
  ['by day', '2026-11-20T10:01:00+08:00'],
  ['at 03:00', '2026-11-21T03:00:00+08:00'],
  ['in a holiday', '2026-11-22T11:00:00+08:00'],
] as const;

describe('in every state of every dialog', () => {
  beforeAll(async () => {
    await shop.close();
    shop = await openShop(undefined, { ...DEFAULT_POLICY, hours: { ...DEFAULT_POLICY.hours, holidays: ['2026-11-22'] } });
  });

  /** Who has no other ticket is told of the one that was just opened for the danger. */
  const goesOnWith = ([flow, , visits, said]: Asked, open: string | undefined) =>
    flow === 'progress' && visits === 0 && !said.some((it) => it.startsWith('BX-')) ? 'progress.urgent' : open;

  test.each(QUESTIONS)(
    'S2-045 %s at the question for the %s (%i visits, %j): safety text first, urgent ticket, page, at any hour; then it goes on',
    async (...state) => {
      const [flow, asking, visits, said] = state;
      for (const [, moment] of MOMENTS) {
        const chat = await asked(visits, said);
        expect(chat.asking()).toBe(asking);
        const open = chat.keys().at(-1);
        shop.itIs(moment);
        await isWarned(chat);
        await chat.says(SAFE);
        expect(chat.keys()[0]).toMatch(/^danger\.safe/);
        expect(chat.keys().slice(1)).toEqual([`resumed.${flow}`, goesOnWith(state, open)]);
      }
    },
  );

  test.each(QUESTIONS)(
    'S2-045 %s at the question for the %s (%i visits, %j), while queued: the same, and the dialog waits',
    async (...state) => {
      const [, , visits, said] = state;
      for (const [, moment] of MOMENTS) {
        const chat = await asked(visits, said);
        const open = chat.keys().at(-1);
        shop.itIs(moment);
        await chat.says('人工');
        await isWarned(chat);
        await chat.says('不等了,继续');
        expect(chat.keys()[0]).toBe('handoff.withdrawn');
        expect(chat.keys().at(-1)).toBe(goesOnWith(state, open));
      }
    },
  );

  test.each(QUESTIONS)(
    'S2-045 %s at the question for the %s (%i visits, %j), while a person owns the chat: the same',
    async (_, asking, visits, said) => {
      for (const [, moment] of MOMENTS) {
        const chat = await asked(visits, said);
        expect(chat.asking()).toBe(asking);
        shop.itIs(moment);
        await chat.says('人工');
        const agent = await shop.staff('agent');
        const [handoff] = await shop.rows<{ id: string }>('select id from handoff where conversation_id = $1', [chat.conversationId]);
        await shop.desk.handoffs.claim(agent, handoff?.id as never);
        await shop.settled();
        await isWarned(chat);
        await chat.says(SAFE);
        chat.hearsNothing();
      }
    },
  );
});

describe('said sideways', () => {
  test.each([
    ['水有点麻手', 'danger.shock'],
    ['热水器那边有股糊味', 'danger.smoke'],
    ['厨房有臭鸡蛋味', 'danger.gas'],
    ['一开就跳闸冒火花', 'danger.fire'],
    ['我妈洗澡头晕得厉害', 'danger.gas'],
    ['洗衣机的水流到插座上了', 'danger.water_on_live'],
    ['孩子被锁在洗衣机里了', 'danger.trapped'],
  ])('%s', async (said, key) => {
    const chat = await shop.customer();
    await chat.says(said);
    expect(chat.keys()).toEqual([key, 'danger.registered']);
  });
});

describe('no danger', () => {
  test.each(['煤气灶打不着火', '空调不制冷,屋里热得像火炉', '油烟机不吸烟', '冰箱没有异味就是不制冷'])('%s is a repair', async (said) => {
    const chat = await shop.customer();
    await chat.says(said);
    chat.hears('ask.address');
    expect(await left(chat)).toEqual([[], []]);
  });
});
