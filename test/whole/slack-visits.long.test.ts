/** What staff do with tickets in Slack, and what the customer on the web page hears of it: visits, complaints, doubles, their lead. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DirectLineClient } from '../support/direct-line-client.ts';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import { book, windowWords } from './booking.ts';
import {
  answerTo,
  expectKept,
  expectPlain,
  openSlackOffice,
  optionsOf,
  posted,
  type SlackOffice,
  talkToTicket,
  windowOf,
} from './slack-office.ts';
import type { Handoff, Page, Ticket } from './staff-api.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOMES = ['北京市朝阳区望京街道阜通东大街6号院3号楼9731', '北京市朝阳区建国路88号院4号楼8642'];
const NAMES = ['欧阳静怡', '诸葛明亮'];
const PHONES = ['13800137771', '13900139992', '13700137773', '13600136664'];
const SECRETS = { phones: PHONES, doors: ['9731', '8642'], names: NAMES };

let office: SlackOffice;
const customers: DirectLineClient[] = [];
beforeAll(async () => {
  office = await openSlackOffice();
}, 120_000);
afterAll(() => office.close(), 60_000);

async function customer(): Promise<DirectLineClient> {
  const client = await office.customer();
  customers.push(client);
  return client;
}

const ticket = async (number: string) => (await office.staff.get<Ticket>(`/tickets/${number}`)).body;
const wish = (fault: string, index = 0) => ({
  fault,
  address: HOMES[index] ?? '',
  phone: PHONES[index] ?? '',
  name: NAMES[index] ?? '',
});

async function press(deed: string, number: string, person = office.wang) {
  const shown = await answerTo(office, person, `show ${number}`);
  await person.click(shown, `ticket:${deed}`);
  return windowOf(office, person);
}

describe('S4-018 a visit', () => {
  it('is moved in the window, and the customer hears the new time; then it is done', async () => {
    const client = await customer();
    const { number } = await book(client, wish('空调不制冷'));
    const before = await ticket(number);
    const form = await press('change-visit', number);
    expect(form.shown).toContain(before.appointment === null ? '-' : windowWords(before.appointment.window).slice(0, 6));
    const wanted = optionsOf(form, 'window').at(-1);
    if (wanted === undefined) throw new Error('no other time is open');
    const done = await office.wang.submit(form, { window: wanted.value, why: 'engineer-unavailable' }, { copies: 2 });
    expect(done.view?.shown).toContain('上门改到');
    const after = await ticket(number);
    const words = windowWords(after.appointment?.window ?? { from: '', to: '' });
    expect(words).toBe(wanted.label);
    const heard = await client.next((it) => it.text.includes(words));
    expect(heard.text).toContain(number);
    expect(client.messages.filter((it) => it.text.includes(words) && it.text.includes(number))).toHaveLength(1);

    const completed = await press('complete', number);
    expect(completed.shown).toContain('已记为修好');
    expect((await ticket(number)).status).toBe('resolved');
    expect(completed.buttons.map((it) => it.actionId)).not.toContain('ticket:complete');
    expectKept(office, SECRETS);
  });

  it('that is over by the time somebody presses is told as it is', async () => {
    const client = await customer();
    const { number } = await book(client, wish('冰箱不制冷', 1));
    const old = await answerTo(office, office.li, `show ${number}`);
    const form = await press('change-visit', number);
    await office.staff.post(`/tickets/${number}/transitions`, { type: 'cancel' });
    const late = await office.wang.submit(form, { window: optionsOf(form, 'window')[0]?.value ?? '' });
    expect(late.errors).toEqual({ window: expect.stringContaining('已经办完') });
    await office.li.click(old, 'ticket:complete', { stale: true });
    expect(windowOf(office, office.li).shown).toContain('做不了这一步');
  });
});

const COMPLAINS = { wish: '道歉', what: '师傅态度特别差,还骂人', category: '维修服务', ticket: '都不是' };

describe('S4-002 a complaint', () => {
  it('is posted at the desk, answered in the window, and the customer hears the answer', async () => {
    const client = await customer();
    const number = await talkToTicket(client, '我要投诉,师傅态度特别差,还骂人', { ...COMPLAINS, phone: PHONES[2] ?? '' });
    const card = await posted(office, number, DESK_CHANNEL);
    expect(card.shown).toContain('投诉');
    await office.quality.click(card, 'ticket:show');
    await office.quality.click(windowOf(office, office.quality), 'ticket:answer');
    const form = windowOf(office, office.quality);
    const blank = await office.quality.submit(form, { text: ' \n ' });
    expect(blank.errors).toEqual({ text: expect.stringContaining('答复') });
    const done = await office.quality.submit(form, { text: '师傅的态度不对,我们向您道歉 <3' }, { copies: 2, atOnce: true });
    expect(done.view?.shown).toContain('答复已记下');
    expect((await ticket(number)).status).toBe('waiting-customer');
    const heard = await client.next((it) => it.text.includes('我们向您道歉'));
    expect(heard.text).toContain('<3');
    expect(client.messages.filter((it) => it.text.includes('我们向您道歉'))).toHaveLength(1);
    await press('answer', number);
    await office.wang.submit(windowOf(office, office.wang), { text: '费用已经退给您', settled: 'yes' });
    await client.next((it) => it.text.includes('费用已经退给您'));
    expect((await ticket(number)).status).toBe('resolved');
    const over = await posted(office, /已解决/, DESK_CHANNEL);
    expect(over.ts).toBe(card.ts);
    expect(client.messages.filter((it) => it.text.includes('我们向您道歉'))).toHaveLength(1);
  });
});

describe('S0-011 two tickets of one matter', () => {
  it('are made one, and the customer hears the number that stays', async () => {
    const client = await customer();
    const first = await book(client, wish('洗衣机漏水'));
    const second = { number: await talkToTicket(client, '再报一台洗衣机,不转了', { model: '不知道', address: HOMES[0] ?? '' }) };
    expect(second.number).not.toBe(first.number);
    const other = (await book(await customer(), wish('洗衣机不转', 1))).number;
    expect((await answerTo(office, office.wang, `merge ${first.number} ${other}`)).shown).toContain('不是同一位客户');
    expect((await answerTo(office, office.wang, `merge ${first.number} ${first.number}`)).shown).toContain('同一张');
    expect((await answerTo(office, office.engineer, `merge ${first.number} ${second.number}`)).shown).toContain('您的角色');
    const done = await answerTo(office, office.wang, `并单 ${first.number} ${second.number}`);
    expect(done.shown).toContain(`已并到 ${first.number}`);
    const heard = await client.next((it) => it.text.includes(first.number) && it.text.includes(second.number));
    expect(heard.from.role).not.toBe('user');
    expect((await ticket(second.number)).status).toBe('cancelled');
    expect((await answerTo(office, office.wang, `merge ${first.number} ${second.number}`)).shown).toContain('已经办完');
  });
});

describe('S4-008 a ticket that is too much for who has it', () => {
  it('is escalated with a reason: the lead is called in the urgent channel', async () => {
    const { number } = await book(await customer(), wish('热水器不出热水', 1));
    const form = await press('escalate', number);
    const done = await office.wang.submit(form, { why: 'needs-decision' }, { copies: 2 });
    expect(done.view?.shown).toContain('已升级');
    const card = await posted(office, number);
    expect(card.buttons.map((it) => it.actionId)).toContainEqual(expect.stringContaining('page:acknowledge:'));
    const pages = (await office.staff.all<Page>('/pages')).filter((it) => it.ticket === number);
    expect(pages).toHaveLength(1);
  });
});

describe('S2-024 how to reach a customer', () => {
  it('is shown to who asks, with a reason, in a window of theirs alone, and is on record', async () => {
    const client = await customer();
    const { number } = await book(client, wish('电视黑屏'));
    const form = await press('reveal', number);
    expect(form.shown).not.toContain(PHONES[0]);
    const refused = await office.wang.submit(form, { reason: '   ' }).catch((error: unknown) => error);
    expect(refused).not.toMatchObject({ errors: null });
    const { view } = await office.wang.submit(form, { reason: '师傅到楼下找不到门' });
    expect(view?.shown).toContain(PHONES[0]);
    expect(view?.shown).toContain('9731');
    expect(view?.shown).toContain(NAMES[0]);
    const audit = (await office.staff.get<{ items: { action: string; details?: unknown }[] }>('/audit?action=customer.reveal')).body.items;
    expect(audit.filter((it) => it.action === 'customer.reveal')).toHaveLength(1);

    await client.ask('转人工');
    const handoff = (await office.staff.all<Handoff>('/handoffs')).find((it) => it.conversationId === client.conversationId);
    const card = await office.slack.waitFor(
      () => office.slack.posts(DESK_CHANNEL).find((it) => it.buttons.some((one) => one.value === handoff?.id)),
      'the card',
      60_000,
    );
    await office.stranger.click(card, 'reveal');
    expect(windowOf(office, office.stranger).shown).toContain('还不知道您是哪位同事');
    await office.li.click(card, 'reveal');
    const shown = await office.li.submit(windowOf(office, office.li), { reason: '客户要求回电话' });
    expect(shown.view?.shown).toContain(PHONES[0]);
    expectKept(office, SECRETS, true);
    expectPlain(customers);
  });
});
