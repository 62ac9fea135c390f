/** What somebody of the staff finds on the first page of the app, and what the desk says in the morning. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import type { SlackPerson } from '../support/slack-person.ts';
import type { ShownView } from '../support/slack-screen.ts';
import { answerTo, expectKept, expectPlain, openSlackOffice, type SlackOffice, windowOf } from './slack-office.ts';
import type { Ticket } from './staff-api.ts';

vi.setConfig({ testTimeout: 200_000 });

const BLOCKS_MAX = 100;
const MINUTE = 60_000;
const CUSTOMER = { name: '欧阳静怡', phone: '13800137771', address: '北京市朝阳区望京街道阜通东大街6号院3号楼9731' };
const SECRETS = { phones: [CUSTOMER.phone], doors: ['9731'], names: [CUSTOMER.name] };

/** Another minute than the one it is. */
const digestAt = Math.ceil((Date.now() + 30_000) / MINUTE) * MINUTE;
const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

let office: SlackOffice;
beforeAll(async () => {
  office = await openSlackOffice({ policy: { slack: { digestAt: clock.format(digestAt) } } });
}, 120_000);
afterAll(() => office.close(), 60_000);

/** The page once it shows something. */
function homeOf(person: SlackPerson, shows: (home: ShownView) => boolean): Promise<ShownView> {
  const look = () => {
    const home = office.slack.home(person.id);
    return home !== null && shows(home) ? home : null;
  };
  return office.slack.waitFor(look, `the page of ${person.name}`, MINUTE);
}

const has = (words: string) => (home: ShownView) => home.shown.includes(words);
const digests = () => office.slack.posts(DESK_CHANNEL).filter((it) => it.shown.includes('早报'));

describe('S2-042 the morning digest', () => {
  it('is posted at its time, once, though the desk starts anew', async () => {
    const { slack, desk } = office;
    const digest = await slack.waitFor(() => digests()[0], 'the digest', 3 * MINUTE);
    expect(Number(digest.ts) * 1_000).toBeGreaterThanOrEqual(digestAt);
    expect(digest.shown).toContain('昨天');
    expect(digest.shown).toContain('等人工的客户：0位');
    expect(await desk.stop()).toMatchObject({ code: 0 });
    await desk.restart();
    const customer = await office.customer();
    await customer.ask('转人工');
    const card = await slack.waitFor(() => slack.posts(DESK_CHANNEL).find((it) => it.buttons.length > 0), 'a later post', MINUTE);
    await office.wang.click(card, 'claim');
    await customer.next((it) => it.text.includes('王芳'));
    const claimed = await slack.waitFor(
      () => slack.posts(DESK_CHANNEL).find((it) => it.buttons.some((one) => one.actionId === 'handoff:resolve')),
      'a card that is claimed',
      MINUTE,
    );
    await office.wang.click(claimed, 'handoff:resolve');
    expect(digests()).toHaveLength(1);
    expectPlain([customer]);
  });
});

describe('the first page', () => {
  it('says when there is nothing to do, and who one has to ask', async () => {
    await office.boss.openHome();
    const home = await homeOf(office.boss, has('现在没有要办的'));
    expect(home.buttons.map((it) => it.actionId)).toEqual(['home:new', 'home:refresh']);
    await office.boss.click('home', 'home:new');
    expect(windowOf(office, office.boss).title).toBe('替客户开单');
    await office.stranger.openHome();
    await homeOf(office.stranger, has('还不知道您是哪位同事'));
    await office.engineer.openHome();
    await homeOf(office.engineer, has('您的角色不能做这一步'));
  });

  it('fits with sixty customers waiting and sixty tickets, counts all of them, and a chat is claimed from it', async () => {
    const { wang, li, staff } = office;
    const customers = await Promise.all(Array.from({ length: 60 }, () => office.customer()));
    for (let index = 0; index < customers.length; index += 10)
      await Promise.all(customers.slice(index, index + 10).map((it) => it.ask('转人工', MINUTE)));
    for (let index = 0; index < 60; index++) {
      const enquiry = { kind: 'enquiry', channel: 'email', appliance: '洗衣机', fault: `问一下价格,第${index}封`, ...CUSTOMER };
      expect((await staff.post<Ticket>('/tickets', enquiry)).status).toBe(201);
    }
    await wang.openHome();
    const home = await homeOf(wang, has('没人接的* 120'));
    expect(home.blocks.length).toBeLessThanOrEqual(BLOCKS_MAX);
    expect(home.shown).toContain('…及另外110张');
    const claims = home.buttons.filter((it) => it.actionId.startsWith('home:claim:'));
    expect(claims.length).toBeGreaterThan(0);
    const [first, second] = claims;
    await wang.click('home', first?.actionId ?? '');
    await homeOf(wang, (it) => it.shown.includes('您在接待') && it.shown.includes('没人接的* 119'));
    await li.openHome();
    const other = await homeOf(li, has('没人接的* 119'));
    await wang.click('home', second?.actionId ?? '');
    await homeOf(wang, has('没人接的* 118'));
    await li.click(other, second?.actionId ?? '', { stale: true });
    await office.slack.waitFor(() => office.slack.views(li.id).length > 0, 'word to Li');
    expect(windowOf(office, li).shown).toContain('王芳 已经接了');
    await homeOf(li, has('没人接的* 118'));

    const { number = '' } = (await staff.get<{ items: Ticket[] }>('/tickets?kind=enquiry&limit=1')).body.items[0] ?? {};
    await wang.click(await answerTo(office, wang, `show ${number}`), 'ticket:assign-me');
    await homeOf(wang, has('我的* 3'));
    await staff.post(`/tickets/${number}/transitions`, { type: 'resolve' });
    await wang.click('home', 'home:refresh');
    expect((await homeOf(wang, has('我的* 2'))).blocks.length).toBeLessThanOrEqual(BLOCKS_MAX);
    expectKept(office, SECRETS);
    expectPlain(customers);
  });
});
