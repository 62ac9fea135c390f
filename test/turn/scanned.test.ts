/** S4-013 a label's code that is scanned: its product is on the table, and nothing of it is asked twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Chat, openShop, type Shop } from '../support/chat.ts';
import { answeredAtFirst, HOME, PHONE, scans, takenByAPerson } from './from-a-phone.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

/** A Haier refrigerator in cover, and a serial of no product. */
const FRIDGE = 'DEMO2026IN0001';
const UNLISTED = 'DEMO0000XX0000';

const ticketOf = async ({ conversationId }: Chat) => {
  const [row] = await shop.rows<{ number: string }>('select number from ticket where conversation_id = $1', [conversationId]);
  const read = await shop.desk.tickets.read(await shop.staff('agent'), row?.number ?? '');
  if (read.kind !== 'found') throw new Error(read.kind);
  return read.ticket;
};

describe('S4-013 outside any dialog', () => {
  test('the product is named, never whose it is, and what can be done is one tap away', async () => {
    const chat = await shop.customer();
    await scans(chat, FRIDGE);
    chat.hears('scan.product');
    expect(chat.text()).toBe(
      '扫到了,这台是海尔冰箱,型号BCD-470WGHTD。要办什么点一下,或者直接说哪里不好用。 [报修] [查保修] [投诉] [转人工]',
    );
  });

  test('报修: appliance, model and serial are filled in, and the cover is that of the product', async () => {
    const chat = await shop.customer();
    await scans(chat, FRIDGE);
    await chat.taps('报修');
    chat.hears('ask.fault');
    await chat.says('不制冷');
    chat.hears('ask.address');
    await chat.saysAll(HOME, PHONE);
    chat.hears('ask.name.only');
    await chat.saysAll('王芳', '明天上午十点');
    expect(chat.text()).toContain('· 故障:冰箱不制冷');
    expect(chat.text()).toContain('整机保修到2027年3月17日');
    await chat.says('确认');
    const { appliance, model, serial } = await ticketOf(chat);
    expect({ appliance, model, serial }).toEqual({ appliance: 'fridge', model: 'BCD-470WGHTD', serial: FRIDGE });
  });

  test('a fault that is typed is the fault of this product; of another appliance it is not', async () => {
    const chat = await shop.customer();
    await scans(chat, FRIDGE);
    await chat.says('不制冷了');
    chat.hears('ask.address');
    await chat.saysAll(HOME, PHONE);
    chat.hears('ask.name.only');
    const part = await shop.customer();
    await scans(part, FRIDGE);
    await part.says('门封条坏了');
    part.hears('ask.address');
    const other = await shop.customer();
    await scans(other, FRIDGE);
    await other.saysAll('洗衣机漏水', HOME, PHONE);
    other.hears('ask.name');
    expect(other.text()).toContain('洗衣机的型号');
  });

  test('查保修 is answered at once', async () => {
    const chat = await shop.customer();
    await scans(chat, FRIDGE);
    await chat.taps('查保修');
    chat.hears('warranty.record', 'warranty.covered', 'ask.next');
    await chat.taps('报修');
    chat.hears('ask.fault');
    expect(chat.text()).toContain('冰箱');
  });

  test('投诉: the case knows the product', async () => {
    const chat = await shop.customer();
    await scans(chat, FRIDGE);
    await chat.taps('投诉');
    await chat.saysAll('买来一个月修了三次都没好', '退费', PHONE, '确认');
    const { appliance, model, serial } = await ticketOf(chat);
    expect({ appliance, model, serial }).toEqual({ appliance: 'fridge', model: 'BCD-470WGHTD', serial: FRIDGE });
  });

  test('half an hour later it is on the table no more', async () => {
    const chat = await shop.customer();
    await scans(chat, FRIDGE);
    shop.itIs('2026-11-20T10:31:00+08:00');
    await chat.says('我要报修');
    chat.hears('ask.appliance');
  });

  test('a serial nobody knows is read out, with a repair or a person on offer; its serial is on the ticket', async () => {
    const chat = await shop.customer();
    await scans(chat, UNLISTED);
    chat.hears('scan.unlisted');
    expect(chat.text()).toContain(`序列号${UNLISTED}读到了,这台还没登记过。`);
    expect(chat.text()).toContain('[报修] [转人工]');
    await chat.saysAll('冰箱不制冷', HOME, PHONE, '王芳', '明天上午十点', '确认');
    expect((await ticketOf(chat)).serial).toBe(UNLISTED);
    const other = await shop.customer();
    await scans(other, UNLISTED);
    await other.taps('报修');
    other.hears('ask.appliance');
    await other.saysAll('冰箱', '不制冷', HOME, PHONE, '王芳', '明天上午十点', '确认');
    expect((await ticketOf(other)).serial).toBe(UNLISTED);
  });

  test('a forged code gives nothing, and says what to do', async () => {
    const chat = await shop.customer();
    await scans(chat, null);
    chat.hears('scan.unreadable');
    expect(chat.text()).toContain('[查保修]');
    await chat.says(FRIDGE);
    expect(chat.keys()[0]).toBe('warranty.record');
  });
});

describe('S4-013 in the middle of a dialog', () => {
  test('asked for the serial, the scan is the answer', async () => {
    const chat = await shop.customer();
    await chat.says('查保修');
    await scans(chat, FRIDGE);
    chat.hears('scan.product.used', 'warranty.record', 'warranty.covered', 'ask.next');
    const other = await shop.customer();
    await other.says('查保修');
    await scans(other, UNLISTED);
    expect(other.keys()[0]).toBe('warranty.enquiry.serial');
  });

  test('a booking of the same appliance takes model and serial, the open question stays', async () => {
    const chat = await shop.customer();
    await chat.saysAll('冰箱不制冷', HOME, PHONE);
    chat.hears('ask.name');
    await scans(chat, FRIDGE);
    chat.hears('scan.product.used', 'ask.name.only');
    await scans(chat, FRIDGE);
    chat.hears('scan.product.used', 'ask.name.only');
  });

  test('asked which appliance, the scan is the answer', async () => {
    const chat = await shop.customer();
    await chat.says('我要报修');
    await scans(chat, FRIDGE);
    chat.hears('scan.product.used', 'ask.fault');
  });

  test('a booking of something else is not changed without a word', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await scans(chat, FRIDGE);
    chat.hears('scan.product.aside');
    await chat.says(HOME);
    chat.hears('ask.phone');
    await scans(chat, FRIDGE);
    await chat.taps('这台也修');
    chat.hears('ask.fault');
    expect(chat.text()).toContain('冰箱是什么毛病');
  });

  test('查保修 in between, and the booking goes on', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await scans(chat, FRIDGE);
    await chat.taps('查保修');
    expect(chat.keys()).toEqual(['warranty.record', 'warranty.covered', 'resumed.repair-booking', 'ask.address']);
  });

  test('a complaint takes it, a question of progress waits for it', async () => {
    const chat = await shop.customer();
    await chat.says('我要投诉');
    await scans(chat, FRIDGE);
    chat.hears('scan.product.used', 'ask.complaint-what');
    const other = await shop.customer();
    await other.says('查进度');
    await scans(other, FRIDGE);
    other.hears('scan.product.aside');
    await other.taps('继续');
    expect(other.asking()).toBe('ticket');
  });

  test('a forged code, and a serial of no product, leave the question open', async () => {
    const chat = await shop.customer();
    await chat.says('冰箱不制冷');
    await scans(chat, null);
    chat.hears('scan.unreadable', 'ask.address');
    await scans(chat, UNLISTED);
    chat.hears('scan.unlisted.noted', 'ask.address');
  });
});

test('with a person on the chat nothing is said; in the queue that it could be done at once', async () => {
  const chat = await shop.customer();
  await chat.saysAll('空调不制冷', '转人工');
  await scans(chat, FRIDGE);
  chat.hears('handoff.can-do');
  await scans(chat, null);
  chat.hears('scan.unreadable');
  const other = await shop.customer();
  await takenByAPerson(shop, other);
  await scans(other, FRIDGE);
  other.hearsNothing();
  await scans(other, null);
  other.hearsNothing();
});

test('who comes by the code is greeted first', async () => {
  const event = { kind: 'event', event: 'product-scanned', serial: FRIDGE as never } as const;
  expect(await answeredAtFirst(shop, event)).toEqual(['greeting', 'scan.product']);
});

test('in English', async () => {
  const chat = await shop.customer();
  await chat.says('hello');
  await scans(chat, FRIDGE);
  chat.hears('scan.product');
  expect(chat.text()).toContain('Got it: 海尔 fridge, model BCD-470WGHTD.');
  await chat.taps('Book a repair');
  chat.hears('ask.fault');
});
