import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** How far a booking has come before the danger is told: the question that is open, and what was said until then. */
const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['appliance', ['我想报修']],
  ['fault', ['空调坏了']],
  ['serviceMode', ['电饭煲不通电']],
  ['address', ['空调不制冷']],
  ['phone', ['空调不制冷', HOME]],
  ['name', [`空调不制冷,${HOME},13800138000`]],
  ['model', [`空调不制冷,${HOME},13800138000,我叫王芳`]],
  ['window', [`空调不制冷,${HOME},13800138000`, '王芳']],
  ['confirm', [`空调不制冷,明天下午三点,${HOME},13800138000`, '王芳']],
];

const left = (chat: Chat) =>
  Promise.all([
    shop.rows('select kind, priority, status from ticket where conversation_id = $1', [chat.conversationId]),
    shop.rows('select reason, status, ticket_id is not null as ticket from page where conversation_id = $1', [chat.conversationId]),
  ]);

describe('danger is answered first', () => {
  test.each(QUESTIONS)('at the question for the %s: safety text, urgent ticket, page, and the question waits', async (asking, said) => {
    const chat = await shop.customer();
    await chat.saysAll(...said);
    expect(chat.asking()).toBe(asking);
    const open = chat.keys().at(-1);
    await chat.says('等一下 它好像冒烟了');
    chat.hears('danger.smoke', 'danger.registered');
    const [tickets, pages] = await left(chat);
    expect(tickets).toEqual([{ kind: 'repair', priority: 'urgent', status: 'open' }]);
    expect(pages).toEqual([{ reason: 'danger-smoke', status: 'open', ticket: true }]);
    await chat.says('安全了,断电了');
    chat.hears('danger.safe', 'resumed', open as never);
  });

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

  test('while a person has the chat, too', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱不制冷', '人工', '插座冒火花了');
    expect(chat.keys()[0]).toBe('danger.fire');
  });
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
