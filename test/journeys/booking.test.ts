import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

const booked = (conversationId: string) =>
  shop.rows<{ number: string; appliance: string; kind: string; status: string; confirmed: boolean }>(
    `select t.number, t.appliance, t.kind, t.status, p.confirmed_at is not null as confirmed
     from ticket t join appointment_ticket x on x.ticket_id = t.id join appointment p on p.id = x.appointment_id
     where t.conversation_id = $1 and p.status = 'booked'`,
    [conversationId],
  );

describe('step by step', () => {
  test('S2-015 a customer who only taps and answers books a visit, each thing asked once', async () => {
    const chat = await shop.customer();
    chat.hears('greeting');
    await chat.taps('报修');
    chat.hears('ask.appliance');
    await chat.taps('空调');
    chat.hears('ask.fault');
    await chat.taps('不制冷');
    chat.hears('ask.address');
    await chat.says(HOME);
    chat.hears('ask.phone');
    await chat.says('13800138000');
    chat.hears('ask.name');
    expect(chat.text()).toBe('怎么称呼您?顺便发一下空调的型号,机身标签上有;不知道型号就只说称呼。');
    await chat.says('王女士');
    chat.hears('ask.window.offer');
    expect(chat.text()).toMatch(
      /^师傅11月20日 周五 \d\d:00–\d\d:00,11月21日 周六 .*有空,您选哪个\?都不合适,告诉我您哪天方便。 \[11月20日 周五 .*\] \[都不合适\]$/,
    );
    await chat.taps('周六');
    chat.hears('confirm.read-back');
    await chat.taps('确认');
    chat.hears('booked');
    expect(await booked(chat.conversationId)).toMatchObject([
      { appliance: 'air_conditioner', kind: 'repair', status: 'scheduled', confirmed: true },
    ]);
  });

  test('a customer who talks as people talk is understood all the way', async () => {
    const chat = await shop.customer();
    await chat.says('那个 我家洗衣机好像坏了 一直不排水 你们能来看看不');
    chat.hears('ask.address');
    await chat.says('海淀');
    await chat.says('中关村南大街5号院');
    expect(chat.text()).toBe('北京市海淀区中关村南大街5号院记下了,还差楼号和门牌号,发我就行。');
    await chat.says('3号楼二单元601');
    chat.hears('ask.phone');
    await chat.says('幺三八零零幺三八零零零');
    await chat.says('叫我小李就行 型号我不知道');
    chat.hears('ask.window.offer');
    await chat.says('后天上午吧');
    expect(chat.text()).toContain('师傅11月22日 周日 08:00–10:00、10:00–12:00有空,您选哪个?');
    await chat.says('第二个');
    expect(chat.text()).toContain(
      '· 时间:11月22日 周日 10:00–12:00\n· 地址:北京市海淀区中关村南大街5号院3号楼二单元601\n· 联系人:小李 138****8000',
    );
    await chat.says('嗯,没问题');
    chat.hears('booked');
  });

  test('都行,你们安排: the earliest is read back, and booked only on a yes', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,${HOME},13800138000`, '姓王', '都行,你们安排吧');
    chat.hears('confirm.read-back');
    expect(await booked(chat.conversationId)).toEqual([]);
    await chat.says('可以');
    chat.hears('booked');
  });

  test('S2-006 a fault told before its appliance is not asked for again', async () => {
    const chat = await shop.customer();
    await chat.says('一直嗡嗡响,怎么办');
    chat.hears('ask.appliance');
    await chat.says('冰箱');
    chat.hears('ask.address');
  });
});

describe('in one sentence', () => {
  const SENTENCE = `我家空调不制冷,明天下午三点能来吗,${HOME},13800138000`;

  test('S2-017 two more messages to an appointment; the confirmation names number, engineer, contact, window and what is next', async () => {
    const chat = await shop.customer();
    await chat.says(SENTENCE);
    chat.hears('ask.name');
    await chat.says('王芳');
    chat.hears('confirm.read-back');
    expect(chat.text()).toMatchInlineSnapshot(`
      "跟您核对一下:
      · 故障:空调不制冷
      · 时间:11月21日 周六 14:00–16:00
      · 地址:北京市朝阳区望京街道阜通东大街6号院3号楼1501
      · 联系人:王芳 138****8000
      上门检测费30元,修之前先报价,您同意了才修。在保修期内的,凭购买凭证不收费。
      没问题回"确认",要改哪一项直接说。 [确认] [改时间] [先不约了]"
    `);
    await chat.says('确认');
    chat.hears('booked');
    const [visit] = await shop.rows<{ number: string; name: string }>(
      `select t.number, e.name from ticket t join appointment_ticket x on x.ticket_id = t.id join appointment p on p.id = x.appointment_id
       join engineer e on e.id = p.engineer_id where t.conversation_id = $1`,
      [chat.conversationId],
    );
    expect(chat.text()).toMatch(
      new RegExp(
        `^约好了,单号${visit?.number}。${visit?.name}师傅11月21日 周六 14:00–16:00到,电话1\\d{10},出发前会先联系您。要改时间直接跟我说。$`,
      ),
    );
    expect(chat.messages().at(-1)?.body.ticket).toMatchObject({ number: visit?.number, kind: 'repair', status: 'scheduled' });
  });

  test('S2-016 before the yes nothing is booked, and 先不约了 leaves nothing', async () => {
    const chat = await shop.customer();
    await chat.saysAll(SENTENCE, '王芳');
    expect(await booked(chat.conversationId)).toEqual([]);
    await chat.taps('先不约了');
    chat.hears('cancelled');
    expect(await shop.rows('select 1 from ticket where conversation_id = $1', [chat.conversationId])).toEqual([]);
  });
});

describe('不对,是冰箱', () => {
  const beginnings: readonly (readonly [string, readonly string[]])[] = [
    ['at the address', ['空调不制冷']],
    ['at the phone', ['空调不制冷', HOME]],
    ['at the name', [`空调不制冷,${HOME},13800138000`]],
    ['at the window', [`空调不制冷,${HOME},13800138000`, '王芳']],
  ];
  test.each(beginnings)('heard %s: the fault stays and the same question is put again', async (_, said) => {
    const chat = await shop.customer();
    await chat.saysAll(...said);
    const asking = chat.asking();
    await chat.says('不对,是冰箱');
    expect(chat.keys()[0]).toBe('corrected');
    expect(chat.asking()).toBe(asking);
  });

  test('heard at the read-back: the same time is kept, the new read-back names the fridge', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,明天下午三点,${HOME},13800138000`, '王芳');
    chat.hears('confirm.read-back');
    await chat.says('不对,是冰箱');
    chat.hears('corrected', 'confirm.read-back');
    expect(chat.text()).toContain('· 故障:冰箱不制冷\n· 时间:11月21日 周六 14:00–16:00');
    await chat.says('确认');
    expect(await booked(chat.conversationId)).toMatchObject([{ appliance: 'fridge' }]);
  });
});

describe('a wish nobody can meet', () => {
  test.each([
    ['今晚十点来', 'ask.window.nearest.no-such-window'],
    ['元旦以后', 'ask.window.nearest.beyond-horizon'],
  ] as const)('%s: why is said, and the nearest are offered', async (wish, key) => {
    const chat = await shop.customer();
    await chat.saysAll(`空调漏水,${HOME},13800138000`, '李雷', wish);
    chat.hears(key);
    expect(chat.messages().at(-1)?.body.choices.length).toBeGreaterThan(1);
  });
});

describe('changing what was read back', () => {
  test('time, address, phone and who is at home change one after the other, and each change is read back', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,明天下午三点,${HOME},13800138000`, '姓王', '不对');
    chat.hears('ask.change');
    await chat.taps('改地址');
    chat.hears('ask.address');
    await chat.says('北京市海淀区中关村大街1号2号楼301');
    expect(chat.text()).toContain('· 时间:11月21日 周六 14:00–16:00\n· 地址:北京市海淀区中关村大街1号2号楼301');
    await chat.taps('改时间');
    chat.hears('ask.window.open');
    await chat.says('后天上午十点');
    expect(chat.text()).toContain('· 时间:11月22日 周日 10:00–12:00');
    await chat.says('电话改成13900139000');
    expect(chat.text()).toContain('· 联系人:姓王 139****9000\n');
    await chat.says('到时候我老公在家 他电话13700137000');
    expect(chat.text()).toContain('· 联系人:姓王 139****9000(到时在家的是老公 137****7000)');
    await chat.says('可以,就这样吧');
    chat.hears('booked');
  });

  test('上一步 at the read-back opens the time again, and once more the question before it', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,明天下午三点,${HOME},13800138000`, '王芳', '上一步');
    chat.hears('ask.window.offer');
    await chat.says('上一步');
    chat.hears('ask.name');
  });

  test('重新开始 keeps nothing of the repair', async () => {
    const chat = await shop.customer();
    await chat.saysAll(`空调不制冷,明天下午三点,${HOME},13800138000`, '王芳', '重新开始');
    chat.hears('restarted', 'ask.appliance');
  });
});
