/** Calls for a person in the urgent channel: one card each, people named until somebody says that they see to it, then quiet. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { URGENT_CHANNEL } from '../support/slack-desk.ts';
import type { Post } from '../support/slack-screen.ts';
import { answerTo, expectKept, expectPlain, openSlackOffice, posted, type SlackOffice, windowOf } from './slack-office.ts';
import type { Page } from './staff-api.ts';

vi.setConfig({ testTimeout: 120_000 });

/** Seconds stand for minutes. */
const REPEAT_MINUTES = 0.05;
const always = { afterMinutes: 0, roles: ['dispatcher'] };
const POLICY = {
  slack: { digestAt: null },
  paging: { repeatMinutes: REPEAT_MINUTES, ladder: [always, { afterMinutes: 30, roles: ['admin'] }] },
};
const SECRETS = { phones: ['13800137771'], doors: ['9731'], names: ['欧阳静怡'] };

let office: SlackOffice;
beforeAll(async () => {
  office = await openSlackOffice({ policy: POLICY });
}, 120_000);
afterAll(() => office.close(), 60_000);

const under = ({ ts }: Post) => office.slack.posts(URGENT_CHANNEL, { threadTs: ts });
const pageOf = async (number: string) => (await office.staff.all<Page>('/pages')).filter((it) => it.ticket === number);

/** Cards of calls, not of the ticket they are about. */
const callsAbout = (number: string) =>
  office.slack.posts(URGENT_CHANNEL).filter((it) => /\u{1f6a8}|\u2705/u.test(it.text) && it.shown.includes(number));

/** Somebody smells gas: who is called, and the ticket it is about. */
async function smellsGas(): Promise<{ readonly number: string; readonly card: () => Promise<Post> }> {
  const customer = await office.customer();
  await customer.say('家里有燃气味,电话13800137771,住望京阜通东大街6号院3号楼9731');
  const number = (await customer.next((it) => it.channelData.ticket !== undefined)).channelData.ticket?.number ?? '';
  expectPlain([customer]);
  const card = () => office.slack.waitFor(() => callsAbout(number)[0], `the page of ${number}`, 60_000);
  return { number, card };
}

describe('S2-045 a call for a person', () => {
  it('names who is called, and what to do, again and again until the first says they see to it; the next hears who', async () => {
    const { dispatcher, wang, li, slack } = office;
    await answerTo(office, dispatcher, 'help');
    const { number, card } = await smellsGas();
    const page = await card();
    expect(page.shown).toContain(`<@${dispatcher.id}>`);
    expect(page.shown).toContain('人出来了没有');
    await slack.waitFor(() => under(page).length >= 2, 'calls again', 60_000);
    for (const [index, it] of under(page).entries()) {
      expect(it.shown).toContain(`第${index + 2}次叫人`);
      expect(it.shown).toContain(`<@${dispatcher.id}>`);
    }
    await wang.click(page, 'page:acknowledge', { copies: 2, freshIds: 1 });
    await posted(office, '王芳在处理');
    expect(slack.views(wang.id)).toEqual([]);
    const after = under(page).length;
    await li.click(page, 'page:acknowledge', { stale: true });
    expect(windowOf(office, li).shown).toContain('王芳 已经在处理');
    expect(await pageOf(number)).toMatchObject([{ status: 'acknowledged', acknowledgedBy: { name: '王芳' } }]);

    const other = await smellsGas();
    const second = await other.card();
    await slack.waitFor(() => under(second).length >= 2, 'calls again about another', 60_000);
    expect(under(page).length).toBe(after);
    const whole = slack.posts(URGENT_CHANNEL).filter((it) => it.ts === page.ts);
    expect(whole).toHaveLength(1);
    expect(whole[0]?.buttons.map((it) => it.actionId)).toEqual(['ticket:show']);
    await office.dispatcher.click(second, 'page:acknowledge');
    await posted(office, '调度小陈在处理');
    expectKept(office, SECRETS);
  });

  it('is no business of strangers and engineers', async () => {
    const { card, number } = await smellsGas();
    const page = await card();
    await office.stranger.click(page, 'page:acknowledge');
    expect(windowOf(office, office.stranger).shown).toContain('还不知道您是哪位同事');
    await office.engineer.click(page, 'page:acknowledge');
    expect(windowOf(office, office.engineer).shown).toContain('您的角色不能做这一步');
    expect(await pageOf(number)).toMatchObject([{ status: 'open' }]);
    await office.quality.click(page, 'page:acknowledge');
    expect(await office.slack.waitFor(async () => (await pageOf(number))[0]?.acknowledgedBy?.name, 'who sees to it')).toBe('质检小周');
  });

  it('raised while Slack is down stands there once when Slack is back, and can be acknowledged', async () => {
    const { slack } = office;
    slack.down(true);
    const { number, card } = await smellsGas();
    await slack.waitFor(async () => (await pageOf(number)).length === 1, 'the page at the desk');
    slack.down(false);
    const page = await card();
    await slack.waitFor(() => under(page).length >= 1, 'it is called again', 60_000);
    expect(callsAbout(number)).toHaveLength(1);
    await office.wang.click(page, 'page:acknowledge');
    await slack.waitFor(async () => (await pageOf(number))[0]?.status === 'acknowledged', 'acknowledged');
    expectKept(office, SECRETS);
  });

  it('whose post was lost on the way, and the desk killed then, stands there once', async () => {
    const { slack, desk } = office;
    slack.fault('chat.postMessage', { kind: 'lost-response', when: (args) => JSON.stringify(args).includes('燃气危险') });
    const { number, card } = await smellsGas();
    const page = await card();
    await desk.kill9();
    await desk.restart();
    await slack.waitFor(() => under(page).length >= 1, 'it is called again', 60_000);
    expect(callsAbout(number)).toHaveLength(1);
    await office.boss.click(page, 'page:acknowledge');
    await posted(office, '陈总在处理');
    expectKept(office, SECRETS);
  });
});
