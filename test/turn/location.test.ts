/** A place on the map: an address where one is wanted, shown at once and taken back with a tap; kept where none is. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../support/chat.ts';
import { answeredAtFirst, BOOKING, HOME, PHONE, pins, takenByAPerson, transcriptOf } from './from-a-phone.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.itIs('2026-11-20T10:00:00+08:00'));
afterAll(() => shop.close());

const YARD = '北京市朝阳区阜通东大街6号院';
const HOUSE = '北京市朝阳区阜通东大街6号';

describe('where a booking wants its address', () => {
  test('a place without a door is shown back with the question for it', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await pins(chat, YARD);
    chat.hears('ask.address.detail');
    expect(chat.text()).toBe('北京市朝阳区阜通东大街6号院记下了,还差楼号和门牌号,发我就行。 [地址不对]');
    await chat.says('3号楼1501');
    chat.hears('ask.phone');
    await chat.saysAll(PHONE, '王芳', '明天上午十点');
    expect(chat.text()).toContain('· 地址:北京市朝阳区阜通东大街6号院3号楼1501');
  });

  test('a whole one is shown back before the next question, and a door that is added joins it', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await pins(chat, HOUSE);
    chat.hears('location.taken', 'ask.phone');
    expect(chat.text()).toContain('上门地址按您发的位置记下了:北京市朝阳区阜通东大街6号。门牌号没写全的补一句;不对就点"地址不对"。');
    await chat.saysAll('3号楼1501', PHONE, '王芳', '明天上午十点');
    expect(chat.text()).toContain('· 地址:北京市朝阳区阜通东大街6号3号楼1501');
  });

  test('地址不对 asks for it anew, and nothing of the wrong one is left', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await pins(chat, HOUSE);
    await chat.taps('地址不对');
    chat.hears('ask.address');
    await pins(chat, '北京市海淀区中关村南大街5号院');
    expect(chat.text()).toContain('北京市海淀区中关村南大街5号院记下了');
    await chat.says('3号楼1501');
    chat.hears('ask.phone');
  });

  test('another pin in the same district takes the place of the first', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await pins(chat, YARD);
    await pins(chat, '北京市朝阳区广顺南大街16号院');
    chat.hears('ask.address.detail');
    expect(chat.text()).toContain('北京市朝阳区广顺南大街16号院记下了');
  });

  test('before it is asked for it is taken as well, and the open question stays', async () => {
    const chat = await shop.customer();
    await chat.says('空调');
    await pins(chat, YARD);
    chat.hears('location.taken', 'ask.fault');
    await chat.says('不制冷');
    chat.hears('ask.address.detail');
  });

  test('which city it is in is asked, never guessed', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await pins(chat, '朝阳区望京SOHO塔3');
    chat.hears('location.taken', 'ask.address.city.only');
  });

  test('outside the area it is said so, with the place', async () => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    await pins(chat, '天津市和平区南京路18号');
    chat.hears('outside', 'ask.phone.call-back');
    expect(chat.text()).toContain('[地址不对]');
  });

  test.each(['', '望京SOHO', '\uE0F0\uE0F1\uE0F2'])('%j names no place: it is asked for in words, and that is no miss', async (label) => {
    const chat = await shop.customer();
    await chat.says('空调不制冷');
    for (const _ of [1, 2, 3, 4]) {
      await pins(chat, label);
      chat.hears('location.unread', 'ask.address');
    }
    await chat.says(HOME);
    chat.hears('ask.phone');
  });

  test('once the address is settled a pin changes nothing by itself', async () => {
    const chat = await shop.customer();
    await chat.says(BOOKING);
    await pins(chat, YARD);
    chat.hears('location.settled', 'ask.name');
    expect(chat.text()).toContain('师傅还是上门到北京市朝阳区望京街道阜通东大街6号院3号楼1501,要换就点"改地址"。');
    await chat.taps('改地址');
    chat.hears('ask.address');
  });

  test('in place of the address on record, which is not offered again', async () => {
    const chat = await shop.customer('a customer with a record');
    await chat.saysAll(BOOKING, '王芳', '确认');
    const again = await shop.customer('a customer with a record');
    await again.says('冰箱不制冷');
    again.hears('ask.address.record');
    await pins(again, YARD);
    again.hears('ask.address.detail');
  });
});

describe('outside a booking', () => {
  test('it is kept for the one that follows soon, and shown there', async () => {
    const chat = await shop.customer();
    await pins(chat, YARD);
    chat.hears('location.kept');
    expect(chat.text()).toContain('位置收到了:北京市朝阳区阜通东大街6号院。');
    await chat.taps('报修');
    chat.hears('location.taken', 'ask.appliance');
    await chat.says('空调不制冷');
    chat.hears('ask.address.detail');
  });

  test('an address that is told with the fault goes before it, and after half an hour it is of nothing', async () => {
    const chat = await shop.customer();
    await pins(chat, '北京市海淀区中关村南大街5号院');
    await chat.says(`空调不制冷,${HOME}`);
    chat.hears('ask.phone');
    const late = await shop.customer();
    await pins(late, YARD);
    shop.itIs('2026-11-20T10:31:00+08:00');
    await late.says('空调不制冷');
    late.hears('ask.address');
  });

  test('without words it is said what to do', async () => {
    const chat = await shop.customer();
    await pins(chat, '');
    chat.hears('location.unread.open');
    expect(chat.text()).toContain('[报修]');
  });

  test('in another dialog it is kept and the question comes again', async () => {
    const chat = await shop.customer();
    await chat.says('我要投诉师傅迟到');
    await pins(chat, YARD);
    chat.hears('location.kept.aside', 'ask.complaint-wish');
  });

  test('in danger nothing is offered and nothing asked', async () => {
    const chat = await shop.customer();
    await chat.says('家里有燃气味');
    await pins(chat, YARD);
    chat.hears('location.danger');
  });
});

test('with a person on the chat the bot is silent; staff read the place, its door masked', async () => {
  const chat = await shop.customer();
  await chat.says('空调不制冷');
  await takenByAPerson(shop, chat);
  await pins(chat, YARD);
  chat.hearsNothing();
  await pins(chat, '');
  chat.hearsNothing();
  const read = (await transcriptOf(shop, chat)).slice(-2).map((it) => it.text);
  expect(read[0]).toMatch(/^\[位置\] 北京市朝阳区/u);
  expect(read[1]).toBe('[位置]');
});

test('in the queue it is noted once', async () => {
  const chat = await shop.customer();
  await chat.saysAll('空调不制冷', '转人工');
  await pins(chat, YARD);
  chat.hears('handoff.noted');
  await pins(chat, YARD);
  chat.hearsNothing();
});

test('S2-024 at first contact the line on personal data comes with it', async () => {
  const body = { kind: 'location', latitude: 39.9, longitude: 116.4, label: YARD } as const;
  expect(await answeredAtFirst(shop, body)).toEqual(['consent', 'location.kept']);
});

test('in English', async () => {
  const chat = await shop.customer();
  await chat.says('My fridge leaks');
  await pins(chat, HOUSE);
  chat.hears('location.taken', 'ask.phone');
  expect(chat.text()).toContain(`The visit goes to the place you sent: ${HOUSE}.`);
  await chat.taps('Wrong address');
  chat.hears('ask.address');
});
