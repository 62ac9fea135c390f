/** Is it still covered, as customers ask for it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INDEXED, SEALED } from '../../src/store/purposes.ts';
import { type Chat, openShop, type Shop } from '../support/chat.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
const PHONE = '13800138000';

type Opened = { id: string; number: string; kind: string; status: string; appliance: string; price_version: string | null; due_at: Date };

const openedBy = (chat: Chat) =>
  shop.rows<Opened>('select id, number, kind, status, appliance, price_version, due_at from ticket where conversation_id = $1', [
    chat.conversationId,
  ]);

const callsFor = (chat: Chat) =>
  shop.rows<{ reason: string; due_at: Date }>(
    'select reason, due_at from contact_task where ticket_id in (select id from ticket where conversation_id = $1)',
    [chat.conversationId],
  );

const customerOf = async (chat: Chat): Promise<string> => {
  const [row] = await shop.rows<{ customer_id: string }>(
    'select a.customer_id from conversation c join channel_account a on a.id = c.account_id where c.id = $1',
    [chat.conversationId],
  );
  return row?.customer_id ?? '';
};

/** A product on the record of who chats. */
async function owns(chat: Chat, appliance: string, purchasedOn: string | null, producedOn: string | null = null): Promise<void> {
  const { seal } = shop.core.store;
  const id = shop.core.makeIdentifier();
  const serial = id.replaceAll('-', '').slice(-16).toUpperCase();
  await shop.rows(
    `insert into product_unit (id, serial_index, serial_sealed, model, brand, appliance, purchased_on, produced_on, customer_id)
     values ($1, $2, $3, 'M-100', '海尔', $4, $5, $6, $7)`,
    [
      id,
      seal.blindIndex(INDEXED.serial, serial),
      seal.seal(SEALED.productSerial, serial),
      appliance,
      purchasedOn,
      producedOn,
      await customerOf(chat),
    ],
  );
}

/** A repair of a fridge that does not cool, finished on a day; the customer is back in a new chat. */
async function repairedBefore(who: string, completedAt: string): Promise<{ readonly chat: Chat; readonly number: string }> {
  const before = await shop.customer(who);
  await before.saysAll(`冰箱不制冷,明天下午三点,${HOME},${PHONE}`, '王芳', '确认');
  before.hears('booked');
  const [ticket] = await openedBy(before);
  await shop.rows("update ticket set status = 'closed', completed_at = $2 where id = $1", [ticket?.id, completedAt]);
  return { chat: await shop.customer(who), number: ticket?.number ?? '' };
}

describe('by the serial', () => {
  test('S2-047 S2-051 in cover: from which day, how long, the last day, why it is free; then nothing more', async () => {
    const chat = await shop.customer();
    await chat.says('查保修');
    chat.hears('ask.serial');
    expect(chat.asking()).toBe('serial');
    await chat.says('demo2026in0001');
    chat.hears('warranty.record', 'warranty.covered', 'ask.next');
    expect(chat.text()).toMatchInlineSnapshot(`
      "这台冰箱是2026年3月18日买的,整机保1年,到2027年3月17日(含当天)。
      正常使用出的故障,上门和维修都不收费;摔过、进水、自己拆过或别处修过的不在内,以师傅现场检测为准。
      现在帮您约师傅上门吗? [报修] [先不用]"
    `);
    await chat.says('不用了');
    chat.hears('warranty.closed');
    expect(await openedBy(chat)).toEqual([]);
  });

  test('S2-013 out of cover: what it costs, with the range of the list, and what a finished repair gives', async () => {
    const chat = await shop.customer();
    await chat.says('DEMO2020EX0001还保修吗');
    chat.hears('warranty.record', 'warranty.expired.range', 'ask.next');
    expect(chat.text()).toContain('2020年8月20日买的,整机保1年,2021年8月19日已到期');
    expect(chat.text()).toContain('检测30元,修理一般30–800元');
    expect(chat.text()).toContain('保90天');
  });

  test('S2-050 a serial nobody knows is a person’s: an enquiry with a call by a time, and the chat is handed over', async () => {
    const chat = await shop.customer();
    await chat.saysAll('查保修', 'DEMO0000XX0000');
    chat.hears('warranty.enquiry.serial', 'handoff.warranty', 'handoff.next');
    const [ticket] = await openedBy(chat);
    expect(ticket).toMatchObject({ kind: 'enquiry', status: 'open' });
    expect(chat.text()).toContain(`单号${ticket?.number},今天12:00前答复您`);
    expect(await callsFor(chat)).toEqual([{ reason: 'warranty-serial', due_at: ticket?.due_at }]);
    expect(await shop.rows('select reason from handoff where conversation_id = $1', [chat.conversationId])).toEqual([
      { reason: 'warranty-unknown' },
    ]);
  });

  test('one that looks mistyped is asked about once', async () => {
    const chat = await shop.customer();
    await chat.saysAll('查保修', 'DEMO2O26IN0001');
    chat.hears('ask.serial.check');
    await chat.says('DEMO2026IN0001');
    chat.hears('warranty.record', 'warranty.covered', 'ask.next');
    const again = await shop.customer();
    await again.saysAll('查保修', 'DEMO2O26IN0001', 'DEMO2O26IN0001');
    expect(again.keys()[0]).toBe('warranty.enquiry.serial');
  });

  test('S4-050 ours and the maker’s layer are both named, and the better one counts', async () => {
    const chat = await shop.customer();
    await chat.says('DEMO2026AC0002还保吗');
    chat.hears('warranty.record', 'warranty.covered', 'ask.next');
    expect(chat.text()).toContain(
      '2024年5月20日买的,厂家整机保6年,到2030年5月19日(含当天);我们整机保3年,到2027年5月19日(含当天);按对您更有利的算',
    );
  });

  test('S2-047 no purchase on record: the day it was made counts, said so; with an invoice the day of purchase does', async () => {
    const chat = await shop.customer();
    await chat.says('DEMO2024EX0009保修到什么时候');
    chat.hears('ask.proof');
    await chat.says('没有');
    chat.hears('warranty.production', 'warranty.expired.range', 'ask.next');
    expect(chat.text()).toContain('先按生产日期2025年3月20日算');
    const other = await shop.customer();
    await other.saysAll('DEMO2024EX0009保修到什么时候', '有', '2025年12月3日');
    other.hears('warranty.proof', 'warranty.covered', 'ask.next');
    expect(other.text()).toContain('电视2025年12月3日买的,整机保1年,到2026年12月2日(含当天)');
  });
});

describe('by a picture of the label', () => {
  test('it is kept, the serial is asked for in letters, and the ticket that follows has it', async () => {
    const chat = await shop.customer();
    await chat.says('查保修');
    const photo = shop.core.makeIdentifier();
    await shop.rows(
      `insert into attachment (id, conversation_id, name_sealed, content_type, size, bytes_sealed, at) values ($1, $2, '\\x00', 'image/jpeg', 3, '\\x00', now())`,
      [photo, chat.conversationId],
    );
    await chat.sends({ kind: 'photos', attachmentIds: [photo], text: null });
    chat.hears('ask.serial.photo');
    await chat.says('DEMO0000XX0000');
    expect(chat.keys()[0]).toBe('warranty.enquiry.serial');
    const [ticket] = await openedBy(chat);
    expect(await shop.rows('select ticket_id from attachment where id = $1', [photo])).toEqual([{ ticket_id: ticket?.id }]);
  });
});

describe('by the products on record', () => {
  test('one alone is taken and named', async () => {
    const chat = await shop.customer();
    await owns(chat, 'washer', '2026-05-01');
    await chat.says('查保修');
    chat.hears('warranty.record', 'warranty.covered', 'ask.next');
    expect(chat.text()).toContain('这台洗衣机是2026年5月1日买的');
  });

  test('of two fridges one is chosen, and booked at the price of that one', async () => {
    const chat = await shop.customer();
    await owns(chat, 'fridge', '2026-03-18');
    await owns(chat, 'fridge', '2020-03-18');
    await owns(chat, 'tv', null, '2024-01-10');
    await chat.says('冰箱还在保修期吗');
    chat.hears('ask.serial.which');
    expect(chat.text()).toContain('[冰箱(2026年买)] [冰箱(2020年买)] [都不是]');
    await chat.taps('2026年买');
    chat.hears('warranty.record', 'warranty.covered', 'ask.next');
    await chat.taps('报修');
    chat.hears('ask.fault');
    await chat.saysAll('不制冷', HOME, PHONE, '王芳');
    await chat.says('明天下午三点');
    chat.hears('confirm.read-back');
    expect(chat.text()).toContain('2026年3月18日买的,整机保修到2027年3月17日(含当天)。正常使用出的故障,上门和维修都不收费');
  });

  test('nobody sees another’s', async () => {
    const somebody = await shop.customer();
    await owns(somebody, 'washer', '2026-05-01');
    const chat = await shop.customer();
    await chat.says('洗衣机还保修吗');
    chat.hears('ask.serial.appliance');
  });
});

describe('by appliance and day of purchase', () => {
  test('only what is missing is asked: with a day the proof, and nothing else', async () => {
    const chat = await shop.customer();
    await chat.says('冰箱今年3月18号买的还保修吗');
    chat.hears('ask.proof');
    expect(chat.asking()).toBe('proof');
    await chat.says('有发票');
    chat.hears('warranty.proof', 'warranty.covered', 'ask.next');
  });

  test('S2-047 without proof the answer stands on their word, and says so', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱今年3月18号买的还保修吗', '没有');
    chat.hears('warranty.word', 'warranty.covered', 'ask.next');
    expect(chat.text()).toContain('手里没有凭证,先这样答复,最后以购买凭证为准');
  });

  test('a month is enough while every day of it comes to the same; at the edge the day is asked', async () => {
    const enough = await shop.customer();
    await enough.saysAll('电视今年3月买的还保修吗', '有');
    expect(enough.text()).toContain('2026年3月买的,整机保1年,至少到2027年2月28日(含当天)');
    const edge = await shop.customer();
    await edge.saysAll('查保修', '没有', '电视', '2025年11月');
    edge.hears('ask.purchased.day');
    expect(edge.asking()).toBe('purchasedOn');
    await edge.saysAll('25号', '有');
    expect(edge.text()).toContain('电视2025年11月25日买的,整机保1年,到2026年11月24日(含当天)');
  });

  test('who does not know the day hears what the terms say, and may ask a person', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱还保修吗', '没有', '不记得了');
    chat.hears('warranty.undated', 'warranty.unsure', 'ask.next');
    await chat.says('想起来了,是今年5月1号买的');
    chat.hears('ask.proof');
  });

  test('S2-050 a product without a rule is a person’s, without a needless question', async () => {
    const chat = await shop.customer();
    await chat.says('跑步机还保修吗');
    expect(chat.keys().slice(0, 2)).toEqual(['warranty.enquiry.no-terms', 'handoff.warranty']);
    expect(await openedBy(chat)).toMatchObject([{ kind: 'enquiry' }]);
  });
});

describe('a fault is told', () => {
  test('S2-052 an exclusion is charged, kindly and subject to inspection; an appeal is a ticket with a call by a time', async () => {
    const chat = await shop.customer();
    await chat.says('DEMO2026IN0001不制冷,还保修吗');
    chat.hears('ask.exclusion');
    await chat.taps('摔过');
    chat.hears('warranty.record', 'warranty.excluded', 'ask.next');
    expect(chat.text()).toContain('以师傅现场检测为准,不认同可以请同事复核');
    await chat.says('我不认同');
    chat.hears('ask.phone.call-back');
    await chat.says(PHONE);
    chat.hears('warranty.appealed');
    const [ticket] = await openedBy(chat);
    expect(ticket).toMatchObject({ kind: 'warranty', status: 'open', appliance: 'fridge', price_version: 'prices-2020-01' });
    expect(chat.text()).toContain(`单号${ticket?.number}。您说的都转给同事了,今天12:00前打电话答复您`);
    expect(await callsFor(chat)).toEqual([{ reason: 'warranty-excluded', due_at: ticket?.due_at }]);
    expect(chat.messages().at(-1)?.body.ticket).toMatchObject({ kind: 'warranty', status: 'open' });
  });

  test('S2-052 what was told goes with the booking: its read-back says the same', async () => {
    const chat = await shop.customer();
    await chat.saysAll('DEMO2026IN0001不制冷,还保修吗', '自己拆过', '报修');
    chat.hears('ask.address');
    await chat.saysAll(HOME, PHONE, '王芳');
    await chat.says('明天下午三点');
    expect(chat.text()).toContain('自己拆过的,不在整机保修里,以师傅现场检测为准。上门检测费30元');
  });

  test('S2-051 nothing of the kind: free, and booked at that price with nothing asked twice', async () => {
    const chat = await shop.customer();
    const heard: string[] = [];
    for (const said of ['DEMO2026IN0001不制冷,还保修吗', '都没有', '好的', HOME, PHONE, '王芳', '明天下午三点', '确认']) {
      await chat.says(said);
      heard.push(...chat.keys());
    }
    expect(heard).toEqual([
      'ask.exclusion',
      'warranty.record',
      'warranty.covered.fault',
      'ask.next',
      'ask.address',
      'ask.phone',
      'ask.name.only',
      expect.stringMatching(/^ask\.window/),
      'confirm.read-back',
      'booked',
    ]);
    expect(await openedBy(chat)).toMatchObject([{ kind: 'repair', status: 'scheduled', appliance: 'fridge', price_version: null }]);
  });

  test('S2-012 the same fault within 90 days is free and names the ticket before; without a word of a fault the repair is mentioned', async () => {
    const { chat, number } = await repairedBefore('came-back', '2026-11-01T15:00:00+08:00');
    await chat.says('冰箱2020年3月18号买的,又不制冷了,还保修吗');
    await chat.says('没有');
    chat.hears('warranty.repair.same', 'warranty.word', 'warranty.same-fault', 'ask.next');
    expect(chat.text()).toContain(`这台11月1日修过(单号${number}),同一故障保修90天,到2027年1月30日(含当天)`);
    const later = await shop.customer('came-back');
    await later.saysAll('冰箱2020年3月18号买的还保修吗', '没有');
    later.hears('warranty.word', 'warranty.repair.other', 'warranty.expired.range', 'ask.next');
  });

  test('S2-011 on day 91 it is over', async () => {
    const { chat } = await repairedBefore('too-late', '2026-08-21T15:00:00+08:00');
    await chat.saysAll('冰箱2020年3月18号买的,又不制冷了,还保修吗', '没有');
    chat.hears('warranty.word', 'warranty.expired.range', 'ask.next');
  });
});

describe('in the middle of a booking', () => {
  test('it is answered with what is known, offers no second booking, and the booking goes on', async () => {
    const chat = await shop.customer();
    await chat.says('冰箱不制冷');
    chat.hears('ask.address');
    await chat.saysAll('这个还在保修期吗', '今年3月18号买的', '有发票');
    chat.hears('ask.exclusion');
    await chat.says('都没有');
    chat.hears('warranty.proof', 'warranty.covered.fault', 'resumed.repair-booking', 'ask.address');
  });

  test('S2-050 what nobody knows is a person’s call by a time, and the booking goes on meanwhile', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱不制冷', '还在保修期吗', 'DEMO0000XX0000');
    expect(chat.keys()[0]).toBe('warranty.enquiry.serial');
    expect(await openedBy(chat)).toMatchObject([{ kind: 'enquiry' }]);
    expect(await shop.rows('select 1 from handoff where conversation_id = $1', [chat.conversationId])).toEqual([]);
  });
});

test('那电视呢: another product begins anew', async () => {
  const chat = await shop.customer();
  await chat.saysAll('DEMO2026IN0001保修到什么时候', '那DEMO2020EX0001呢');
  chat.hears('warranty.record', 'warranty.expired.range', 'ask.next');
});

describe('several at once', () => {
  test('冰箱和洗衣机: one after the other, and the last one can be booked', async () => {
    shop.itIs('2026-11-20T10:00:00+08:00');
    const chat = await shop.customer();
    await owns(chat, 'fridge', '2026-03-18');
    await chat.says('冰箱和洗衣机还保修吗');
    chat.hears('warranty.record', 'warranty.covered', 'warranty.another', 'ask.serial.appliance');
    expect(chat.text()).toContain('接着查洗衣机。');
    await chat.saysAll('2020年3月买的', '有发票');
    chat.hears('warranty.proof', 'warranty.expired.range', 'ask.next');
    await chat.says('报修');
    expect(chat.keys().at(-1)).toMatch(/^ask\.fault/u);
  });
});

test('仲喺唔喺保养期 asks of cover and tells no fault', async () => {
  const chat = await shop.customer();
  await chat.saysAll('我部洗衣机仲喺唔喺保养期', '2026年3月买的', '有发票');
  chat.hears('warranty.proof', 'warranty.covered', 'ask.next');
});
