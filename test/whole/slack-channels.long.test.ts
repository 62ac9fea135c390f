/** Which channel hears of a new ticket: complaints by their class, enquiries at the desk, danger where people are called, bookings nowhere. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DirectLineClient } from '../support/direct-line-client.ts';
import { DESK_CHANNEL, URGENT_CHANNEL } from '../support/slack-desk.ts';
import type { Post } from '../support/slack-screen.ts';
import { book } from './booking.ts';
import { expectKept, expectPlain, openSlackOffice, posted, type SlackOffice, talkToTicket } from './slack-office.ts';
import type { Ticket } from './staff-api.ts';

vi.setConfig({ testTimeout: 120_000 });

const CLASSES = {
  'product-quality': 'C0QUALITY',
  'repair-service': 'C0REPAIR',
  'after-sales-service': 'C0AFTER',
  other: 'C0OTHER',
} as const;
const CHANNELS = [DESK_CHANNEL, URGENT_CHANNEL, ...Object.values(CLASSES)];
const POLICY = { slack: { digestAt: null, channels: { tickets: {}, complaints: CLASSES } } };
const CUSTOMER = { name: '欧阳静怡', phone: '13800137771', address: '北京市朝阳区望京街道阜通东大街6号院3号楼9731' };
const SECRETS = { phones: [CUSTOMER.phone, '13900139992', '13700137773'], doors: ['9731'], names: [CUSTOMER.name] };

let office: SlackOffice;
const customers: DirectLineClient[] = [];
beforeAll(async () => {
  office = await openSlackOffice({ policy: POLICY, slack: { channels: CHANNELS } });
}, 120_000);
afterAll(() => office.close(), 60_000);

async function customer(): Promise<DirectLineClient> {
  const client = await office.customer();
  customers.push(client);
  return client;
}

/** Cards of a ticket, not of calls about it: where they stand. */
function cardsOf(number: string): readonly Post[] {
  const isCard = (post: Post) => post.shown.includes(number) && post.buttons.some((it) => it.actionId === 'ticket:assign-me');
  return CHANNELS.flatMap((channel) => office.slack.posts(channel).filter(isCard));
}

async function cardOf(number: string): Promise<Post> {
  return office.slack.waitFor(() => cardsOf(number)[0], `a card of ${number}`, 60_000);
}

async function opens(more: object): Promise<string> {
  const made = await office.staff.post<Ticket>('/tickets', { channel: 'email', appliance: '洗衣机', fault: '不转', ...CUSTOMER, ...more });
  expect(made.status).toBe(201);
  return made.body.number;
}

describe('S2-060 a new complaint', () => {
  it.each(Object.entries(CLASSES))('of class %s is posted to %s alone, once', async (category, channel) => {
    const phone = `1370013${Object.keys(CLASSES).indexOf(category)}773`;
    const number = await opens({ kind: 'complaint', category, fault: '等了很久没人管,我要投诉', phone });
    const card = await cardOf(number);
    expect(card.channel).toBe(channel);
    expect(card.shown).toMatch(/投诉/);
    expect(card.shown).not.toContain(CUSTOMER.name);
  });

  it('in a chat goes to the channel of the class it was read back with', async () => {
    const said = { wish: '道歉', what: '师傅态度特别差,还骂人', category: '维修服务', ticket: '都不是', phone: '13700137773' };
    const number = await talkToTicket(await customer(), '我要投诉,师傅态度特别差,还骂人', said);
    expect((await cardOf(number)).channel).toBe(CLASSES['repair-service']);
  });

  it('that is grave is posted where people are called and in the channel of its class, and both cards are kept up to date', async () => {
    const number = await opens({
      kind: 'complaint',
      category: 'product-quality',
      fault: '空调漏电把我妈电伤了,我要投诉',
      phone: '13600136664',
    });
    const places = [URGENT_CHANNEL, CLASSES['product-quality']];
    await office.slack.waitFor(() => cardsOf(number).length === 2, 'both cards', 60_000);
    expect(cardsOf(number).map((it) => it.channel)).toEqual(places);
    await posted(office, new RegExp(`(?:紧急投诉|触电危险)[^]*${number}`));
    const [, ofClass] = cardsOf(number);
    if (ofClass === undefined) throw new Error('the class has a card');
    await office.wang.click(ofClass, 'ticket:assign-me');
    await office.slack.waitFor(() => cardsOf(number).every((it) => it.shown.includes('王芳')), 'whose it is, in both', 60_000);
    expect(cardsOf(number).map((it) => it.channel)).toEqual(places);
  });
});

describe('S2-045 any other new ticket', () => {
  it('an enquiry from outside the area stands at the desk', async () => {
    const client = await customer();
    const number = await talkToTicket(client, '洗衣机不转,地址在西藏自治区拉萨市城关区北京中路8号', { phone: '13900139992' });
    const card = await cardOf(number);
    expect(card.channel).toBe(DESK_CHANNEL);
    expect(card.shown).toContain('咨询 · 待处理');
    expect(card.shown).toContain('上门到不了客户那里');
  });

  it('a smell of gas stands where people are called, with what to do', async () => {
    const client = await customer();
    await client.say('家里有燃气味');
    const number = (await client.next((it) => it.channelData.ticket !== undefined)).channelData.ticket?.number ?? '';
    const card = await cardOf(number);
    expect(card.channel).toBe(URGENT_CHANNEL);
    expect(card.shown).toContain('紧急');
    const page = await posted(office, new RegExp(`燃气危险[^]*${number}`));
    expect(page.shown).toContain('1. 马上打电话');
    expect(page.shown).toContain('4. 每30分钟回一次电话');
    await office.wang.click(card, 'ticket:assign-me');
    await office.slack.waitFor(() => cardsOf(number)[0]?.shown.includes('王芳'), 'whose it is', 60_000);
  });

  it('a repair that the bot booked is posted nowhere; nothing at all stands twice', async () => {
    const client = await customer();
    const { number } = await book(client, { ...CUSTOMER, fault: '空调不制冷' });
    const later = await opens({ kind: 'enquiry', fault: '问一下滤网多少钱' });
    await cardOf(later);
    for (const channel of CHANNELS)
      expect(
        office.slack
          .posts(channel)
          .map((it) => it.shown)
          .join(),
      ).not.toContain(number);
    const titles = CHANNELS.flatMap((channel) => office.slack.posts(channel).map((it) => `${channel} ${it.shown.split('\n')[0]}`));
    const tickets = titles.filter((it) => /(?:BX|TS)-\d{6,8}-\d{4}/.test(it));
    expect(new Set(tickets).size).toBe(tickets.length);
    expectKept(office, SECRETS);
    expectPlain(customers);
  });
});
