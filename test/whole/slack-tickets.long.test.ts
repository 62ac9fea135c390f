/** Tickets from Slack's own box and windows: found, shown, taken down on the phone, made of a message; everybody as far as they may. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import { answerTo, expectKept, openSlackOffice, optionsOf, type SlackOffice, windowOf } from './slack-office.ts';
import type { ContactTask, Ticket, TicketLine } from './staff-api.ts';

vi.setConfig({ testTimeout: 90_000 });

const CUSTOMER = { name: '欧阳静怡', phone: '13800137771', address: '北京市朝阳区望京街道阜通东大街6号院3号楼9731' };
const CALLER = { name: '诸葛明亮', phone: '13900139992', address: '北京市海淀区中关村大街5号院2号楼8642' };
const SECRETS = {
  phones: [CUSTOMER.phone, CALLER.phone, '13700137773'],
  doors: ['9731', '8642', '7531'],
  names: [CUSTOMER.name, CALLER.name],
};

let office: SlackOffice;
let number = '';
beforeAll(async () => {
  office = await openSlackOffice();
  const opened = await office.staff.post<Ticket>('/tickets', {
    kind: 'repair',
    channel: 'phone',
    appliance: '洗衣机',
    fault: '漏水,手机13800137771',
    serial: 'DEMO2026IN0001',
    ...CUSTOMER,
  });
  expect(opened.status).toBe(201);
  number = opened.body.number;
}, 120_000);
afterAll(() => office.close(), 60_000);

const tickets = () => office.staff.all<TicketLine>('/tickets');

describe('S4-014 /ticket', () => {
  it.each(['', 'help', '帮助', '？'])('"%s" says how it is used', async (typed) => {
    expect((await answerTo(office, office.wang, typed)).shown).toContain('/ticket find');
  });

  it.each([
    ['by number', () => `find ${number}`],
    ['by number in small letters', () => `find ${number.toLowerCase()}`],
    ['by serial', () => 'find DEMO2026IN0001'],
    ['by serial in small letters', () => 'find demo2026in0001'],
    ['by full phone', () => `find ${CUSTOMER.phone}`],
    ['by phone as people write it', () => '查 138 0013 7771'],
    ['by phone as Slack links it', () => `find <tel:${CUSTOMER.phone}|${CUSTOMER.phone}>`],
  ])('finds one %s, masked', async (_, typed) => {
    const { shown } = await answerTo(office, office.wang, typed());
    expect(shown).toContain(number);
    expect(shown).toContain('欧* 138****7771');
    expectKept(office, SECRETS);
  });

  it('shows one, with what may be done with it', async () => {
    const shown = await answerTo(office, office.wang, `show ${number}`);
    expect(shown.shown).toContain(number);
    expect(shown.shown).toContain('朝阳区');
    expect(shown.buttons.map((it) => it.actionId)).toEqual(
      expect.arrayContaining(['ticket:assign-me', 'ticket:change-visit', 'ticket:reveal', 'ticket:escalate', 'ticket:complete']),
    );
    await office.wang.click(shown, 'ticket:assign-me');
    expect(windowOf(office, office.wang).shown).toContain('归您负责了');
    const { body } = await office.staff.get<Ticket>(`/tickets/${number}`);
    expect(body.assignee?.name).toBe('王芳');
    await office.wang.click(windowOf(office, office.wang), 'ticket:wait-for-customer');
    expect(windowOf(office, office.wang).shown).toContain('等客户');
    await office.wang.click(windowOf(office, office.wang), 'ticket:resume');
    expect(windowOf(office, office.wang).shown).toContain('接着办');
  });

  it('keeps a note for whoever comes next, who sees it masked; the window sent again is the same note', async () => {
    const { wang, li, staff } = office;
    await wang.click(await answerTo(office, wang, `show ${number}`), 'ticket:note');
    const text = `客户${CUSTOMER.name}说门铃坏了，请打13700137773，3号楼9731`;
    const done = await wang.submit(windowOf(office, wang), { text }, { copies: 2, atOnce: true });
    expect(done.view?.shown).toContain('备注记下了');
    expect((await answerTo(office, li, `show ${number}`)).shown).toMatch(/王芳：客户欧\*说门铃坏了，请打137\*{4}7773/);
    const { body } = await staff.get<Ticket>(`/tickets/${number}`);
    expect(body.notes).toEqual([
      { at: expect.any(String), by: { id: expect.any(String), name: '王芳' }, text: expect.stringContaining('门铃坏了') },
    ]);
    expectKept(office, SECRETS);
  });

  it('answers what it cannot read, find or show kindly, and says nothing of it back', async () => {
    const { wang } = office;
    const odd = [
      '夸夸我',
      '<!channel> 看看',
      `find ${'长'.repeat(900)}`,
      'find 138',
      'find 13700137773',
      'show BX-19990101-0001',
      'show ; drop table',
    ];
    for (const typed of odd) {
      const { shown } = await answerTo(office, wang, typed);
      expect(shown).toMatch(/没看懂|没找到|没有这张单/);
      expect(shown).not.toMatch(/夸夸|<!channel|长长|drop/);
    }
    for (const typed of ['find', 'show', '查', '看', 'merge', 'merge BX-1', 'staff', 'staff li@example.com'])
      expect((await answerTo(office, wang, typed)).shown).toContain('/ticket ');
  });

  it('is for staff, each as far as their role may', async () => {
    const { stranger, engineer, quality, slack, staff } = office;
    for (const typed of [`find ${number}`, `show ${number}`, 'new', 'staff <@U0X> a@example.com'])
      expect((await answerTo(office, stranger, typed)).shown).toContain('还不知道您是哪位同事');
    expect(slack.views(stranger.id)).toEqual([]);
    for (const person of [engineer, quality]) {
      await person.command('/ticket', 'new');
      expect(windowOf(office, person).shown).toContain('您的角色不能做这一步');
      const shown = await answerTo(office, person, `show ${number}`);
      for (const deed of ['assign-me', 'change-visit', 'escalate', 'cancel']) {
        await person.click(shown, `ticket:${deed}`);
        expect(windowOf(office, person).shown).toContain('您的角色不能做这一步');
      }
    }
    await engineer.click(await answerTo(office, engineer, `show ${number}`), 'ticket:reveal');
    expect(windowOf(office, engineer).shown).toContain('您的角色不能做这一步');
    expect((await staff.get<Ticket>(`/tickets/${number}`)).body).toMatchObject({ status: 'open', assignee: { name: '王芳' } });
  });

  it('links a colleague whose e-mail is another one, when an administrator says so; then they work', async () => {
    const { boss, wang, slack, staff } = office;
    const zhao = slack.person({ name: '赵敏' });
    await staff.post('/staff', { name: '赵敏', email: 'zhao@example.com', role: 'agent' });
    expect((await answerTo(office, zhao, `show ${number}`)).shown).toContain('还不知道您是哪位同事');
    const typed = `staff <@${zhao.id}|zhao> <mailto:Zhao@Example.com|Zhao@Example.com>`;
    expect((await answerTo(office, wang, typed)).shown).toContain('需要：管理员');
    expect((await answerTo(office, boss, `staff <@${zhao.id}> nobody@example.com`)).shown).toContain('没有用这个邮箱的人');
    expect((await answerTo(office, boss, typed)).shown).toContain('赵敏');
    expect((await answerTo(office, zhao, `show ${number}`)).shown).toContain(number);
    const { body } = await staff.get<{ items: { action: string; actor: string }[] }>('/audit?action=staff.link');
    expect(body.items.filter((it) => it.action === 'staff.link')).toHaveLength(1);
  });
});

describe('S4-014 a call is taken down', () => {
  const good = { ...CALLER, appliance: '空调', fault: '不制冷' };

  async function form() {
    await office.wang.command('/ticket', 'new');
    return windowOf(office, office.wang);
  }

  it('every gap is refused at its input, then one ticket opens, however often it is sent', async () => {
    const before = (await tickets()).length;
    const view = await form();
    const blank = await office.wang.submit(view, { ...good, name: ' ', fault: '\n' });
    expect(Object.keys(blank.errors ?? {}).sort()).toEqual(['fault', 'name']);
    const wrong = await office.wang.submit(view, { ...good, phone: '1390013', address: '中关村大街', day: '2030-01-01' });
    expect(Object.keys(wrong.errors ?? {})).toEqual(['window']);
    const wrongToo = await office.wang.submit(view, { ...good, phone: '1390013', address: '中关村大街' });
    expect(Object.keys(wrongToo.errors ?? {}).sort()).toEqual(['address', 'phone']);
    expect((await tickets()).length).toBe(before);

    const done = await office.wang.submit(view, good, { copies: 2, atOnce: true });
    expect(done.replies.map((it) => it.status)).toEqual([200, 200]);
    const opened = (await tickets()).filter((it) => it.channel === 'phone' && it.number !== number);
    expect(opened).toHaveLength(1);
    expect(done.view?.shown).toContain(opened[0]?.number);
    expect(done.view?.shown).toContain('给客户回电话');
    const calls = (await office.staff.all<ContactTask>('/contact-tasks')).filter((it) => it.ticket === opened[0]?.number);
    expect(calls).toHaveLength(1);
    expectKept(office, SECRETS);
  });

  it('S4-013 with a day and a time the visit stands; a time nobody has names the nearest', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);
    const view = await form();
    const taken = await office.wang.submit(view, { ...good, day: day(-1), window: optionsOf(view, 'window')[1]?.value ?? '' });
    expect(taken.errors).toEqual({ window: expect.stringContaining('最近有空') });
    const done = await office.wang.submit(view, { ...good, day: day(3), window: optionsOf(view, 'window')[1]?.value ?? '' });
    const opened = /BX-\d{8}-\d{4,}/.exec(done.view?.shown ?? '')?.[0] ?? '';
    const { body } = await office.staff.get<Ticket>(`/tickets/${opened}`);
    expect(body).toMatchObject({ status: 'scheduled', appointment: { status: 'booked' } });
    expect(done.view?.shown).toContain(body.appointment?.engineer.name);
  });

  it('of a message of a colleague: its words stand in the window, phone and door masked', async () => {
    const { li, wang } = office;
    const said = await li.say(DESK_CHANNEL, '客户来电13700137773,住望京阜通东大街6号院3号楼7531,洗衣机不转');
    await wang.shortcut('make_ticket', said);
    const view = windowOf(office, wang);
    const fault = view.blocks.find((it) => it['block_id'] === 'fault')?.['element'] as { readonly initial_value: string };
    expect(fault.initial_value).toContain('洗衣机不转');
    expect(fault.initial_value).toContain('137****7773');
    expectKept(office, SECRETS);
    const done = await wang.submit(view, { ...CALLER, appliance: '洗衣机' });
    expect(done.view?.shown).toMatch(/BX-\d{8}-\d{4,}/);
    await office.stranger.shortcut('make_ticket', said);
    expect(windowOf(office, office.stranger).shown).toContain('还不知道您是哪位同事');
  });
});
