import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

const tickets = (conversationId: string) =>
  shop.rows<{ id: string; number: string; appliance: string; priority: string; status: string }>(
    'select id, number, appliance, priority, status from ticket where conversation_id = $1 order by number',
    [conversationId],
  );

const relations = (ticketId: string) =>
  shop.rows<{ to_id: string; kind: string }>('select to_id, kind from ticket_relation where from_id = $1', [ticketId]);

test('给我妈报修,打我电话: the customer is called, the mother is at home, and both are read back', async () => {
  const chat = await shop.customer();
  await chat.saysAll(
    '给我妈报修,打我电话 她家热水器不加热了',
    '北京市西城区德胜门外大街10号3号楼202',
    '13700137000',
    '我姓陈',
    '周日上午十点',
  );
  chat.hears('confirm.read-back');
  expect(chat.text()).toContain('· 联系人:姓陈 137****7000(到时在家的是妈妈)');
  await chat.says('确认');
  chat.hears('booked');
});

describe('two appliances', () => {
  test('空调和冰箱都坏了: one visit, two tickets, and each knows of the other', async () => {
    const chat = await shop.customer();
    await chat.says('空调和冰箱都坏了');
    chat.hears('ask.fault.several');
    await chat.saysAll('空调不制冷,冰箱结霜', HOME, '13600136000', '孙女士', '明天下午三点');
    expect(chat.text()).toContain('· 故障:空调不制冷;冰箱结霜\n· 时间:11月21日 周六 14:00–16:00');
    await chat.says('确认');
    chat.hears('booked.several');
    const [first, second] = await tickets(chat.conversationId);
    expect([first?.appliance, second?.appliance]).toEqual(['air_conditioner', 'fridge']);
    expect(chat.text()).toContain(`单号${first?.number}、${second?.number}`);
    expect(await relations(second?.id ?? '')).toEqual([{ to_id: first?.id, kind: 'same-visit' }]);
    const visits = await shop.rows('select distinct appointment_id from appointment_ticket where ticket_id = any($1::uuid[])', [
      [first?.id, second?.id],
    ]);
    expect(visits).toHaveLength(1);
  });

  test('还有冰箱 in the middle of it joins the same visit', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,明天下午三点,${HOME},13600136001`, '孙女士', '对了还有冰箱也漏水');
    expect(chat.text()).toContain('· 故障:空调不制冷;冰箱漏水');
  });
});

test('而且也漏水 in the middle of it is the same appliance, and the question stands', async () => {
  const chat = await shop.customer();
  await chat.saysAll('空调不制冷', '而且也漏水');
  expect(chat.keys().at(-1)).toBe('ask.address');
  await chat.saysAll(`${HOME},13600136002,后天上午十点`, '姓孙');
  expect(chat.text()).toContain('· 故障:空调不制冷、漏水\n');
});

describe('a customer who comes back', () => {
  test('is offered the address on record, and is not asked again for what we have', async () => {
    const first = await shop.customer('back-1');
    await first.saysAll(`空调不制冷,明天下午三点,${HOME},13800138000`, '王芳', '确认');
    const chat = await shop.customer('back-1');
    await chat.says('我家冰箱也漏水了');
    chat.hears('ask.address.record');
    expect(chat.text()).toBe(`这次还是上门到${HOME}吗?联系人王芳 138****8000。 [还是这里] [换个地址]`);
    await chat.taps('还是这里');
    chat.hears('ask.model');
    await chat.saysAll('不清楚', '周日下午四点');
    expect(chat.text()).toContain(`· 故障:冰箱漏水\n· 时间:11月22日 周日 16:00–18:00\n· 地址:${HOME}\n· 联系人:王芳 138****8000`);
  });

  test('who has moved says where, and keeps name and number', async () => {
    const first = await shop.customer('back-2');
    await first.saysAll(`空调不制冷,明天上午十点,${HOME},13800138002`, '王芳', '确认');
    const chat = await shop.customer('back-2');
    await chat.saysAll('电视黑屏了', '换个地址');
    chat.hears('ask.address');
    await chat.says('北京市海淀区中关村大街1号2号楼301');
    chat.hears('ask.model');
  });

  test('is a stranger on another account: nothing on record is told, whatever phone is named', async () => {
    const chat = await shop.customer('somebody-else');
    await chat.saysAll('冰箱漏水了', '我的电话是13800138000');
    expect(chat.keys().at(-1)).toBe('ask.address');
    expect(chat.text()).not.toContain('望京');
  });
});

describe('S2-012 the repair warranty of 90 days', () => {
  const complete = async (conversationId: string) => {
    const [ticket] = await tickets(conversationId);
    expect(await shop.desk.tickets.transit(await shop.staff('dispatcher'), ticket?.number ?? '', 'complete')).toMatchObject({
      kind: 'done',
    });
    return ticket;
  };
  /** A repair of an air conditioner that does not cool, completed on 21 November at four. */
  const repaired = async (who: string) => {
    shop.itIs('2026-11-20T10:00:00+08:00');
    const chat = await shop.customer(who);
    await chat.saysAll(`空调不制冷,后天下午四点,${HOME},13800138009`, '王芳', '确认');
    chat.hears('booked');
    shop.itIs('2026-11-21T16:00:00+08:00');
    return complete(chat.conversationId);
  };
  const comesBack = async (who: string, moment: string, fault: string) => {
    shop.itIs(moment);
    const chat = await shop.customer(who);
    await chat.saysAll(`${fault},后天上午十点`, '还是这里', '不清楚');
    chat.hears('confirm.read-back');
    return chat;
  };

  test('S2-012 the same fault is free, said with the day and number of the former repair, and linked to it', async () => {
    const former = await repaired('warranty-same');
    const chat = await comesBack('warranty-same', '2026-12-10T10:00:00+08:00', '空调又不制冷了');
    expect(chat.text()).toContain(`这台11月21日修过(单号${former?.number}),同一故障保修到2027年2月19日,这次上门和维修都不收费。`);
    await chat.says('确认');
    const [again] = await tickets(chat.conversationId);
    expect(await relations(again?.id ?? '')).toEqual([{ to_id: former?.id, kind: 'repeat-of' }]);
  });

  test('S2-012 another fault of the same appliance is charged', async () => {
    await repaired('warranty-other');
    const chat = await comesBack('warranty-other', '2026-12-10T10:00:00+08:00', '空调漏水');
    expect(chat.text()).toContain('上门检测费30元');
  });

  test('S2-012 the last covered day is free, the day after is charged', async () => {
    await repaired('warranty-last');
    expect((await comesBack('warranty-last', '2027-02-19T23:00:00+08:00', '空调又不制冷了')).text()).toContain('这次上门和维修都不收费');
    expect((await comesBack('warranty-last', '2027-02-20T00:30:00+08:00', '空调又不制冷了')).text()).toContain('上门检测费30元');
  });
});
