/** The dialogs on WeChat from the first word to what staff find afterwards: typed, tapped and photographed. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { says } from '../support/says.ts';
import type { WechatCustomer } from '../support/wechat-customer.ts';
import { type Shown, wordsOf } from '../support/wechat-people.ts';
import { phoneOf, readBackOf, windowWords } from './booking.ts';
import type { Appointment, Ticket } from './staff-api.ts';
import { bookVisit, heard, OPEN_ALWAYS, openChats, SOON, screenOf, type WechatChats } from './wechat-chats.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
/** In the cover of a year whenever this runs. */
const MONTHS_AGO = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' }).format(
  Date.now() - 100 * 24 * 3_600_000,
);
const BOOKED = /BX-\d{8}-\d{4,}/;

let chats: WechatChats;
beforeAll(async () => {
  chats = await openChats({ policy: { ...OPEN_ALWAYS, survey: { delayMinutes: 0 } } });
}, 120_000);
afterAll(() => chats.close(), 60_000);

type Found = Ticket & {
  readonly attachments: readonly unknown[];
  readonly complaint: { readonly category: string; readonly wish: string } | null;
  readonly survey: { readonly score: number | null; readonly resolved: boolean | null; readonly reason: string | null } | null;
};

async function ticket(number: string): Promise<Found> {
  return (await chats.api.get<Found>(`/tickets/${number}`)).body;
}

function numberIn(shown: Shown, pattern: RegExp): string {
  return pattern.exec(wordsOf(shown))?.[0] ?? '';
}

type Key = Parameters<typeof heard>[1];

/** Does it, and takes the answer that says one of `keys`. */
async function then(customer: WechatCustomer, deed: Promise<unknown>, ...keys: readonly [Key, ...Key[]]): Promise<Shown> {
  await deed;
  return await heard(customer, ...keys);
}

/** Each thing they did was answered by one send, and none is on its way still. */
async function expectOneSendEach(customer: WechatCustomer, deeds: number): Promise<void> {
  await expect.poll(async () => new Set(await chats.deliveries(customer)), SOON).toEqual(new Set(['delivered']));
  expect(chats.sendsTo(customer).map((it) => it.code)).toEqual(Array.from({ length: deeds }, () => 0));
  expect(customer.screen()).toHaveLength(deeds);
}

describe('repair-booking', () => {
  it('is tapped, typed and photographed to a ticket with a visit, as it was read back; and the visit can be moved', async () => {
    const me = chats.follower();
    await then(me, me.follow(), 'greeting');
    await then(me, me.tap('报修'), 'ask.appliance');
    await then(me, me.tap('空调'), 'ask.fault');
    await then(me, me.say('吹出来的风不凉，还滴水'), 'ask.address');
    const photo = await then(me, me.sendImage(), 'photos.kept', 'photos.kept.open');
    expect(says(photo, 'ask.address')).toBe(true);
    await then(me, me.say(HOME), 'ask.phone');
    await then(me, me.say(`${phoneOf(8_101)}`), 'ask.name');
    const offer = await then(me, me.say('我姓王，型号KFR-35GW'), 'ask.window.offer');
    if (offer.kind !== 'menu') throw new Error('the windows are no menu');
    const readBack = readBackOf(wordsOf(await then(me, me.tap(offer.items[1]?.label ?? ''), 'confirm.read-back')));
    expect(readBack).toMatchObject({ window: offer.items[1]?.label, address: HOME });
    const booked = await then(me, me.tap('确认'), 'booked');
    await expectOneSendEach(me, 10);

    const number = numberIn(booked, BOOKED);
    const found = await ticket(number);
    expect(found).toMatchObject({
      kind: 'repair',
      status: 'scheduled',
      channel: 'wechat',
      appliance: 'air_conditioner',
      model: 'KFR-35GW',
    });
    expect(found.attachments).toHaveLength(1);
    expect(found.conversationId).toBe(await chats.conversationOf(me));
    expect(found.appointment && windowWords(found.appointment.window)).toBe(readBack.window);
    expect(wordsOf(booked)).toContain(readBack.window);
    expect(wordsOf(booked)).toContain(found.appointment?.engineer.name);
    const visits = async () => (await chats.api.all<Appointment>('/appointments?limit=1000')).filter((it) => it.ticket === number);
    expect((await visits()).map((it) => [it.status, windowWords(it.window)])).toEqual([['booked', readBack.window]]);

    expect(wordsOf(await then(me, me.say('师傅什么时候来'), 'progress.booked'))).toContain(readBack.window);
    const free = await then(me, me.say('改到大后天下午'), 'confirm.change', 'ask.window.offer', 'ask.window.only');
    if (!says(free, 'confirm.change')) await then(me, me.say('1'), 'confirm.change');
    const changed = await then(me, me.say('确认'), 'changed');
    const [visit] = (await visits()).filter((it) => it.status === 'booked');
    expect(visit && wordsOf(changed).includes(windowWords(visit.window))).toBe(true);
  });

  it('in English', async () => {
    const me = chats.follower();
    await then(me, me.say('Hello, my air conditioner is not cooling'), 'ask.address');
    await then(me, me.say(HOME), 'ask.phone');
    await then(me, me.say(phoneOf(8_102)), 'ask.name');
    const offer = await then(me, me.say('Li Lei'), 'ask.window.offer');
    if (offer.kind !== 'menu') throw new Error('the windows are no menu');
    const readBack = await then(me, me.tap(offer.items[0]?.label ?? ''), 'confirm.read-back');
    expect(wordsOf(readBack)).toContain(`Time: ${offer.items[0]?.label}`);
    const booked = await then(me, me.tap('Confirm'), 'booked');
    expect(await ticket(numberIn(booked, BOOKED))).toMatchObject({ status: 'scheduled', channel: 'wechat' });
    expect(
      screenOf(me)
        .replaceAll(HOME, '')
        .replaceAll((await engineerOf(booked)) ?? '', ''),
    ).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('warranty-lookup', () => {
  it('by the serial tells the cover, and goes on to a visit for this very appliance', async () => {
    const me = chats.follower();
    await then(me, me.say('帮我查一下保修'), 'ask.serial');
    const answer = await then(me, me.say('DEMO2026IN0001'), 'warranty.record');
    expect(says(answer, 'ask.next')).toBe(true);
    await then(me, me.tap('报修'), 'ask.fault');
    await then(me, me.tap('不制冷'), 'ask.address');
    await then(me, me.say(HOME), 'ask.phone');
    await expectOneSendEach(me, 5);
  });

  it('without a serial goes by the day it was bought and a photo of the invoice', async () => {
    const me = chats.follower();
    await then(me, me.say('查保修'), 'ask.serial');
    await then(me, me.tap('没有序列号'), 'ask.warranty.appliance');
    await then(me, me.say('第二个'), 'ask.purchased');
    await then(me, me.say(MONTHS_AGO), 'ask.proof');
    const answer = await then(me, me.sendImage(), 'warranty.proof');
    expect(says(answer, 'warranty.covered')).toBe(true);
    await then(me, me.tap('先不用'), 'warranty.closed');
    await expectOneSendEach(me, 6);
  });

  it('of a cover that has ended says what it costs', async () => {
    const me = chats.follower();
    await then(me, me.say('DEMO2020EX0001还在保修期吗'), 'warranty.expired', 'warranty.expired.range', 'ask.exclusion');
  });
});

describe('complaint', () => {
  it('is heard, photographed, read back and filed under its number', async () => {
    const me = chats.follower();
    await then(me, me.say('我要投诉'), 'ask.complaint-what');
    await then(me, me.say('师傅上门修冰箱多收了我200块钱，态度还特别差'), 'ask.complaint-wish');
    expect(says(await then(me, me.sendImage(), 'complaint.photos'), 'ask.complaint-wish')).toBe(true);
    await then(me, me.tap('退费'), 'ask.complaint-phone');
    const readBack = await then(me, me.say(phoneOf(8_103)), 'confirm.complaint');
    expect(wordsOf(readBack)).toContain('多收了我200块钱');
    const filed = await then(me, me.tap('确认'), 'complaint.filed');
    await expectOneSendEach(me, 6);

    const number = numberIn(filed, /TS-\d{6}-\d{4}/);
    const found = await ticket(number);
    expect(found).toMatchObject({ number, kind: 'complaint', channel: 'wechat', complaint: { wish: 'refund' } });
    expect(found.attachments).toHaveLength(1);
    expect(found.conversationId).toBe(await chats.conversationOf(me));
  });
});

describe('survey', () => {
  it('after the repair: a low score is taken as our own matter, with a recheck', async () => {
    const me = chats.follower();
    const number = await bookVisit(me, { fault: '洗衣机漏水', address: HOME, phone: phoneOf(8_104), name: '李雷' });
    expect((await chats.api.post(`/tickets/${number}/transitions`, { type: 'complete' })).status).toBe(200);
    await heard(me, 'survey.score', 'survey.score.repair');
    const low = await then(me, me.say('1'), 'survey.recheck');
    await then(me, me.say('修完第二天又漏了'), 'survey.thanks.recheck', 'survey.resolved', 'survey.resolved.then');

    const recheck = numberIn(low, BOOKED);
    expect(await ticket(recheck)).toMatchObject({ kind: 'recheck', channel: 'wechat' });
    const found = await ticket(number);
    expect(found).toMatchObject({ survey: { score: 1, reason: expect.stringContaining('又漏') }, related: [recheck] });
  });

  it('a high score is tapped, and thanked for', async () => {
    const me = chats.follower();
    const number = await bookVisit(me, { fault: '冰箱不制冷', address: HOME, phone: phoneOf(8_105), name: '韩梅' });
    expect((await chats.api.post(`/tickets/${number}/transitions`, { type: 'complete' })).status).toBe(200);
    const asked = await heard(me, 'survey.score', 'survey.score.repair');
    expect(asked).toMatchObject({ kind: 'menu' });
    await then(me, me.tap('5分 很满意'), 'survey.resolved');
    await expect.poll(async () => (await ticket(number)).survey, SOON).toMatchObject({ score: 5 });
  });
});

async function engineerOf(booked: Shown): Promise<string | undefined> {
  return (await ticket(numberIn(booked, BOOKED))).appointment?.engineer.name;
}
