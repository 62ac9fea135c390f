/**
 * Promised times in Slack, seconds standing for minutes: a warning before one is broken, in the thread it is about; then one
 * call for each step, to the people of that step; and quiet once the customer was answered.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DESK_CHANNEL, URGENT_CHANNEL } from '../support/slack-desk.ts';
import type { Post } from '../support/slack-screen.ts';
import { answerTo, expectKept, expectPlain, openSlackOffice, type SlackOffice, windowOf } from './slack-office.ts';
import type { Ticket } from './staff-api.ts';

vi.setConfig({ testTimeout: 150_000 });

const target = { firstResponseMinutes: 0.25, nextResponseMinutes: 0.25, resolutionMinutes: 600 };
const targets = { urgent: target, high: target, normal: target, low: target };
const POLICY = {
  quietHours: { from: '04:00', to: '04:01' },
  slack: { digestAt: null },
  sla: { repair: targets, complaint: targets, warranty: targets, enquiry: targets, recheck: targets },
  slaClocks: {
    warnAt: 0.3,
    ladder: [
      { afterMinutes: 0, to: 'owner' },
      { afterMinutes: 0.1, to: ['dispatcher', 'quality'] },
      { afterMinutes: 0.2, to: ['admin'] },
    ],
  },
};
const CUSTOMER = { name: '欧阳静怡', phone: '13800137771', address: '北京市朝阳区望京街道阜通东大街6号院3号楼9731' };
const SECRETS = { phones: [CUSTOMER.phone, '13700137773'], doors: ['9731'], names: [CUSTOMER.name] };
const PATIENCE = 90_000;

let office: SlackOffice;
beforeAll(async () => {
  office = await openSlackOffice({ policy: POLICY });
  // Who has spoken in Slack can be named there.
  for (const person of [office.wang, office.boss, office.dispatcher, office.quality]) await answerTo(office, person, 'help');
}, 120_000);
afterAll(() => office.close(), 60_000);

async function written(kind: string, phone: string): Promise<string> {
  const made = await office.staff.post<Ticket>('/tickets', {
    ...CUSTOMER,
    kind,
    channel: 'email',
    appliance: '洗衣机',
    fault: '问一下滤网多少钱,一直没人回',
    phone,
  });
  expect(made.status).toBe(201);
  return made.body.number;
}

const cardOf = (number: string) =>
  office.slack.waitFor(
    () =>
      office.slack
        .posts(DESK_CHANNEL)
        .find((it) => it.shown.includes(number) && it.buttons.some((one) => one.actionId === 'ticket:assign-me')),
    `the card of ${number}`,
    PATIENCE,
  );
const callsFor = (number: string) =>
  office.slack.posts(URGENT_CHANNEL).filter((it) => it.shown.includes(number) && it.shown.includes('首次回应过了时限'));
const until = (look: () => unknown, what: string) => office.slack.waitFor(look, what, PATIENCE);

describe('S4-008 an e-mail that nobody answers', () => {
  it('is warned of in the thread of its card, then calls owner, lead and general manager, once each; one that is answered calls no further', async () => {
    const { wang, boss, dispatcher, quality, slack } = office;
    const silent = await written('enquiry', CUSTOMER.phone);
    const card = await cardOf(silent);
    await wang.click(card, 'ticket:assign-me');
    const warned = () => slack.posts(DESK_CHANNEL, { threadTs: card.ts }).filter((it) => it.shown.includes('快过时限了'));
    await until(() => warned().length > 0, 'the warning');
    expect(callsFor(silent)).toEqual([]);
    expect(warned()[0]?.shown).toContain(silent);

    const answered = await written('complaint', '13700137773');
    await until(() => callsFor(silent).length >= 1, 'the first call');
    expect(callsFor(silent)[0]?.shown).toContain(`<@${wang.id}>`);
    await until(() => callsFor(answered).length >= 1, 'the first call of the other');
    await wang.click(await answerTo(office, wang, `show ${answered}`), 'ticket:answer');
    await wang.submit(windowOf(office, wang), { text: '退款今天已经办了' });

    await until(() => callsFor(silent).length >= 3, 'every step');
    const [, lead, manager] = callsFor(silent);
    expect(lead?.shown).toContain(`<@${dispatcher.id}>`);
    expect(lead?.shown).toContain(`<@${quality.id}>`);
    expect(lead?.shown).not.toContain(`<@${boss.id}>`);
    expect(manager?.shown).toContain(`<@${boss.id}>`);
    if (manager === undefined) throw new Error('the general manager was called');
    await boss.click(manager, 'page:acknowledge');
    await until(() => callsFor(silent).some((it) => it.shown.includes('陈总在处理')), 'who sees to it');

    const later = await written('enquiry', '13900139992');
    await until(() => callsFor(later).length >= 3, 'every step of a third');
    expect(callsFor(silent)).toHaveLength(3);
    expect(warned()).toHaveLength(1);
    // It may have gone a step further while the answer was written, not to the end.
    expect(callsFor(answered).length).toBeLessThan(3);
    const isQuiet = (it: Post) =>
      it.shown.includes('客户已得到答复') && !it.buttons.some((one) => one.actionId.startsWith('page:acknowledge'));
    await until(() => callsFor(answered).every(isQuiet), 'calls that say why nobody need see to them');
    const closed = await office.staff.get<{ items: readonly { ticket: string; closed: unknown }[] }>('/pages?status=closed');
    expect(closed.body.items.filter((it) => it.ticket === answered)).toMatchObject(
      callsFor(answered).map(() => ({ closed: { why: 'answered' } })),
    );
    await until(
      () =>
        slack
          .posts(DESK_CHANNEL)
          .find((it) => it.ts === card.ts)
          ?.shown.includes('过了时限的工单'),
      'a card that says it is late',
    );
    expectKept(office, SECRETS);
  });
});

describe('S2-059 a customer who waits for a person', () => {
  it('is warned of in their own thread; one whom nobody answers is called for, one who was answered not', async () => {
    const { slack, li } = office;
    const customer = await office.customer();
    await customer.ask('转人工');
    const card = await slack.waitFor(
      () => slack.posts(DESK_CHANNEL).find((it) => it.buttons.some((one) => one.actionId === 'handoff:claim')),
      'the card',
      PATIENCE,
    );
    const thread = () => slack.posts(DESK_CHANNEL, { threadTs: card.ts }).map((it) => it.shown);
    await until(() => thread().some((it) => it.includes('快等过时限了')), 'the warning');
    const warning = thread().find((it) => it.includes('快等过时限了')) ?? '';
    expect(warning).toContain('首次回应');
    await li.click(card, 'claim');
    await li.say(DESK_CHANNEL, '您好,我来帮您', { threadTs: card.ts });
    await customer.next((it) => it.text.includes('我来帮您'), PATIENCE);
    const other = await office.customer();
    await other.ask('转人工');
    const calls = () => slack.posts(URGENT_CHANNEL).filter((it) => it.shown.includes('客户在聊天里等'));
    await until(() => calls().length > 0, 'a call for the other');
    expect(calls()).toHaveLength(1);
    expect(calls()[0]?.shown).toContain(`<@${office.dispatcher.id}>`);
    expect(thread().filter((it) => it.includes('快等过时限了'))).toHaveLength(1);
    expectKept(office, SECRETS);
    expectPlain([customer, other]);
  });
});
