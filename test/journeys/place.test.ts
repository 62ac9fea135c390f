import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const opened = (conversationId: string) =>
  shop.rows(
    `select t.kind, t.status, t.appliance, c.reason, c.due_at, (select count(*)::int from appointment_ticket x where x.ticket_id = t.id) as visits
     from ticket t left join contact_task c on c.ticket_id = t.id where t.conversation_id = $1`,
    [conversationId],
  );

describe('an address in pieces', () => {
  test('望京 in 朝阳区: the city is asked, never guessed, and only what is missing after it', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '朝阳区望京');
    expect(chat.text()).toBe('您说的是北京市朝阳区吗? [北京市朝阳区] [别的城市]');
    await chat.says('对');
    expect(chat.text()).toBe('北京市朝阳区望京记下了,还差楼号和门牌号,发我就行。');
    await chat.says('阜通东大街6号院');
    await chat.says('3号楼1501');
    chat.hears('ask.phone');
  });

  test('another city than the one supposed is said honestly to be outside', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '朝阳区望京', '不是 我在长春');
    chat.hears('outside', 'ask.phone.call-back');
    expect(chat.text()).toContain('很抱歉,长春市目前还没有我们的上门师傅,不想让您白等。');
  });
});

describe('S2-015 street and door without a city', () => {
  const DOOR = '望京街道阜通东大街6号院3号楼1501';
  const readBack = async (chat: Awaited<ReturnType<Shop['customer']>>) => {
    await chat.saysAll('13900139000', '赵先生', '明天下午三点');
    chat.hears('confirm.read-back');
    return chat.text();
  };

  test('what was said is kept and named, only city and district are asked, and the whole is the address', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', DOOR);
    expect(chat.text()).toBe(`${DOOR}记下了,是在哪个城市、哪个区?`);
    await chat.says('北京朝阳');
    chat.hears('ask.phone');
    expect(await readBack(chat)).toContain(`北京市朝阳区${DOOR}`);
  });

  test.each([['朝阳区,北京'], ['北京的朝阳区'], ['就在北京朝阳吧'], ['北京市朝阳区望京']])('%s is all that was missing', async (said) => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,${DOOR}`, said);
    chat.hears('ask.phone');
    expect(await readBack(chat)).toContain(`北京市朝阳区${DOOR}`);
  });

  test('the city first and then the district: each is asked once, never the street again', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', DOOR, '北京');
    expect(chat.text()).toBe(`${DOOR}记下了,是在北京市哪个区?`);
    await chat.says('朝阳');
    chat.hears('ask.phone');
    expect(await readBack(chat)).toContain(`北京市朝阳区${DOOR}`);
  });

  test('the district alone: the city is supposed aloud, and another one keeps the street too', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '前进路8号院2号楼301', '南山');
    expect(chat.text()).toBe('您说的是深圳市南山区吗? [深圳市南山区] [别的城市]');
    await chat.says('不是');
    expect(chat.text()).toContain('前进路8号院2号楼301记下了,是在哪个城市、哪个区?');
    await chat.says('上海浦东');
    chat.hears('ask.phone');
  });

  test('half of it is kept as well; who misses the question hears an example', async () => {
    const chat = await shop.customer();
    await chat.saysAll('空调不制冷', '望京街道');
    chat.hears('ask.address.area.rest');
    await chat.says('嗯嗯');
    expect(chat.text()).toBe('望京街道还差城市和区,发我就行,比如"北京朝阳"。');
    await chat.says('北京朝阳');
    expect(chat.text()).toBe('北京市朝阳区望京街道记下了,还差楼号和门牌号,发我就行。');
    await chat.says('阜通东大街6号院3号楼1501');
    chat.hears('ask.phone');
    expect(await readBack(chat)).toContain(`北京市朝阳区${DOOR}`);
  });
});

describe('outside the area', () => {
  test('said honestly; somebody calls by a time that is named', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱漏水了 明天能来吗', '天津市和平区南京路1号2号楼301');
    chat.hears('outside', 'ask.phone.call-back');
    await chat.says('139 0013 9000');
    expect(chat.text()).toMatch(/^已登记,单号BX-20261120-\d{4}。客服今天12:00前打电话跟您商量别的办法。$/);
    expect(await opened(chat.conversationId)).toEqual([
      {
        kind: 'enquiry',
        status: 'open',
        appliance: 'fridge',
        reason: 'outside-area',
        due_at: new Date('2026-11-20T12:00:00+08:00'),
        visits: 0,
      },
    ]);
  });

  test('an address inside after all is a visit after all', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱漏水了', '我在河北廊坊', '不对,是北京市朝阳区建国路88号2号楼301');
    chat.hears('corrected', 'ask.phone');
  });

  test('in the evening the call is promised for the next morning', async () => {
    shop.itIs('2026-11-20T20:30:00+08:00');
    const chat = await shop.customer();
    await chat.saysAll('冰箱漏水了', '天津市和平区南京路1号2号楼301', '13900139000');
    expect(chat.text()).toContain('客服明天10:00前打电话');
    shop.itIs('2026-11-20T10:00:00+08:00');
  });
});

test('S2-007 a product we do not know becomes an enquiry that a person answers by a time', async () => {
  const chat = await shop.customer();
  await chat.says('跑步机坏了,不转了');
  chat.hears('ask.phone.unknown-product');
  await chat.says('13900139000');
  expect(chat.text()).toMatch(/^已登记,单号BX-20261120-\d{4}。这台家电能不能修,客服今天12:00前打电话答复您。$/);
  expect(await opened(chat.conversationId)).toMatchObject([{ kind: 'enquiry', appliance: 'other', reason: 'unknown-product', visits: 0 }]);
});

describe('a small appliance', () => {
  test('S2-053 brought to a shop: its address and hours are told, a ticket is opened, nobody sets out', async () => {
    const chat = await shop.customer();
    await chat.says('电饭煲不通电了');
    chat.hears('ask.service-mode');
    await chat.taps('送到网点');
    chat.hears('ask.address.store');
    await chat.saysAll('北京朝阳', '13900139000', '姓赵');
    chat.hears('shop.list', 'ask.shop');
    expect(chat.text()).toContain('· 保修通望京店,北京市朝阳区望京示范路1号一层,09:00–20:00');
    await chat.taps('确认');
    chat.hears('shop.arranged');
    expect(await opened(chat.conversationId)).toMatchObject([{ kind: 'repair', status: 'open', appliance: 'rice_cooker', visits: 0 }]);
  });

  test('S2-053 or an engineer comes, also when that is decided only at the end', async () => {
    const chat = await shop.customer();
    await chat.saysAll('电吹风不转了', '送到网点', '北京市海淀区', '13900139000', '赵先生', '还是师傅上门吧');
    chat.hears('ask.address.detail');
    await chat.saysAll('中关村大街1号2号楼301', '明天上午十点', '确认');
    chat.hears('booked');
    expect(await opened(chat.conversationId)).toMatchObject([{ kind: 'repair', status: 'scheduled', appliance: 'hair_dryer', visits: 1 }]);
  });
});
