/**
 * Customers who have not spoken for two days, on the fake platform, with the desk whole and its time set by the test: what
 * has to reach them goes by a template they agreed to, else by text message, else a person phones; the rest waits.
 */
import { afterEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import type { Policy } from '../../../src/domain/policy.ts';
import { aVisitOf, type BookedVisit, tasksOf } from '../../jobs/due-rows.ts';
import { A_PHONE, NOON } from '../../store/a-turn.ts';
import { eventually } from '../../support/core.ts';
import { APP_SECRET, openTimedWechatDesk, type TimedWechatDesk, type TimedWechatDeskOptions } from '../../support/timed-wechat-desk.ts';
import { API_PATHS } from '../../support/wechat-api.ts';
import { wordsOf } from '../../support/wechat-people.ts';

const REMINDER = 'reminder-template';
const SURVEY = 'survey-template';
const FIELDS = { thing1: 'notice', character_string2: 'ticket', thing3: 'appliance', time4: 'window', name5: 'company' } as const;
const TEMPLATES: Policy['wechat']['templates'] = {
  reminder: { id: REMINDER, by: 'subscription', fields: FIELDS },
  survey: { id: SURVEY, by: 'subscription', fields: { thing1: 'appliance', thing2: { text: '\u8bf7\u6765\u8bc4\u5206' } } },
};

let open: TimedWechatDesk[] = [];
afterEach(async () => {
  for (const it of open) await it.close();
  open = [];
});

async function start(what: Partial<TimedWechatDeskOptions> = {}): Promise<TimedWechatDesk> {
  const it = await openTimedWechatDesk({ templates: TEMPLATES, sms: true, ...what });
  open.push(it);
  return it;
}

/** A follower who wrote once, and whose machine is visited on the 23rd, from 14 o'clock. */
async function aVisit({ desk, customer, conversationOf }: TimedWechatDesk): Promise<BookedVisit> {
  await customer.say('\u4f60\u597d');
  await customer.next();
  const { store, turns } = desk.core;
  await turns.idle();
  const conversationId = await conversationOf(customer);
  const read = await store.readConversation(conversationId);
  if (read === null) throw new Error('the conversation is there');
  const ticket = { channel: 'wechat', phone: A_PHONE, number: 'BX-20261120-0031' } as const;
  return aVisitOf({ conversationId, customerId: read.customerId }, 74, store, ticket, read);
}

/** The evening before the visit, two days after they spoke: the reminder is due. */
async function remindTheEveningBefore({ later, rounds }: TimedWechatDesk): Promise<void> {
  later(54.1 * HOUR);
  await rounds('reminders');
  later(6 * MINUTE);
  await rounds('reach', 'notifier');
}

const noticesShown = ({ customer }: TimedWechatDesk) =>
  customer.screen().flatMap((it) => (it.kind === 'notice' || it.kind === 'template' ? [it] : []));
const consentsLeft = async ({ desk }: TimedWechatDesk) =>
  (await desk.core.store.pool.query<{ left: number }>('select "left" from notice_consent')).rows.map((it) => it.left);

describe('a reminder', () => {
  it('reaches who agreed by the template they agreed to, once, and nobody else need tell them', async () => {
    const on = await start();
    const { ticket } = await aVisit(on);
    expect((await on.customer.agree(REMINDER)).body).toBe('success');
    await remindTheEveningBefore(on);
    expect(noticesShown(on)).toEqual([
      {
        kind: 'notice',
        template: REMINDER,
        url: '',
        at: expect.any(Number),
        data: {
          thing1: expect.stringMatching(/^.{19}\u2026$/),
          character_string2: ticket.number,
          thing3: '\u6d17\u8863\u673a',
          time4: '2026-11-23 14:00~2026-11-23 16:00',
          name5: '\u4fdd\u4fee\u901a',
        },
      },
    ]);
    await on.rounds('reach', 'notifier');
    expect(noticesShown(on)).toHaveLength(1);
    expect(on.gateway.requests).toEqual([]);
    expect(await consentsLeft(on)).toEqual([0]);
    expect(await tasksOf(on.desk.core.store, ticket.id)).toMatchObject([{ reason: 'reminder', status: 'done' }]);
    expect(on.lines.join('\n')).not.toMatch(new RegExp(`${A_PHONE.slice(3)}|${on.customer.openId}|${APP_SECRET}`));
  });

  it('reaches who did not agree, or agrees no more, by text message', async () => {
    const on = await start();
    await aVisit(on);
    await on.customer.agree(REMINDER);
    on.later(0.01 * HOUR);
    await on.customer.refuse(REMINDER);
    await remindTheEveningBefore(on);
    expect(on.platform.calls(API_PATHS.notice)).toEqual([]);
    expect(on.gateway.requests.map((it) => it.body)).toMatchObject([{ phone: A_PHONE }]);
  });

  it('is a call for a person without either', async () => {
    const on = await start({ sms: false });
    const { ticket } = await aVisit(on);
    await remindTheEveningBefore(on);
    expect(noticesShown(on)).toEqual([]);
    expect(await tasksOf(on.desk.core.store, ticket.id)).toMatchObject([{ reason: 'reminder', status: 'open' }]);
  });

  it('goes by no template by default, whatever they agreed to', async () => {
    const on = await start({ templates: {} });
    await aVisit(on);
    await on.customer.agree(REMINDER);
    await remindTheEveningBefore(on);
    expect(on.platform.calls(API_PATHS.notice)).toEqual([]);
    expect(on.gateway.requests).toHaveLength(1);
  });

  it('reaches by text message who took their consent back without our hearing of it; then there is none on record', async () => {
    const on = await start();
    await aVisit(on);
    await on.customer.agree(REMINDER);
    on.platform.people.refuse(on.customer.openId, REMINDER);
    await remindTheEveningBefore(on);
    expect(on.platform.calls(API_PATHS.notice).map((it) => it.code)).toEqual([43101]);
    expect(on.gateway.requests).toHaveLength(1);
    expect(await consentsLeft(on)).toEqual([0]);
  });

  it('is tried again by the template while the platform is busy, and the consent is used once', async () => {
    const on = await start();
    await aVisit(on);
    await on.customer.agree(REMINDER);
    on.platform.script(API_PATHS.notice, { kind: 'errcode', code: 45009 });
    await remindTheEveningBefore(on);
    expect(await consentsLeft(on)).toEqual([1]);
    on.later(MINUTE);
    await on.rounds('notifier');
    expect(noticesShown(on)).toHaveLength(1);
    expect(await consentsLeft(on)).toEqual([0]);
    expect(on.gateway.requests).toEqual([]);
  });
});

describe('a consent', () => {
  it('counts once however often it is told, and once more when it is given again', async () => {
    const on = await start();
    await aVisit(on);
    const agreed = await on.customer.agree(REMINDER, SURVEY);
    await on.customer.redeliver(agreed, 2);
    await Promise.all([1, 2, 3].map(() => on.customer.redeliver(agreed)));
    expect(await consentsLeft(on)).toEqual([1, 1]);
    on.later(HOUR);
    await on.customer.agree(REMINDER);
    expect((await consentsLeft(on)).toSorted()).toEqual([1, 2]);
  });

  it('is kept of somebody who never wrote, and of whoever says no only that', async () => {
    const on = await start();
    await on.customer.agree(REMINDER);
    expect(await consentsLeft(on)).toEqual([1]);
    on.later(HOUR);
    await on.customer.refuse(REMINDER, SURVEY);
    expect(await consentsLeft(on)).toEqual([0, 0]);
  });

  it('to template messages is a tap on a menu, holds for all of them until the other is tapped, and is said back', async () => {
    const on = await start({ templates: { reminder: { id: REMINDER, by: 'template', fields: FIELDS } } });
    await aVisit(on);
    const agreed = await on.customer.click('notices-on');
    await on.customer.redeliver(agreed, 2);
    expect(wordsOf(await on.customer.next())).toContain('通知到您');
    expect(await consentsLeft(on)).toEqual([1_000]);
    await remindTheEveningBefore(on);
    expect(noticesShown(on)).toMatchObject([{ kind: 'template', template: REMINDER }]);
    expect(on.gateway.requests).toEqual([]);
    await on.customer.click('notices-off');
    await eventually(() => expect(on.customer.heard().join()).toContain('不再另发通知'));
    expect(await consentsLeft(on)).toEqual([0]);
  });

  it('by a menu is nothing where no template message is configured: the key is words like any other', async () => {
    const on = await start();
    await on.customer.click('notices-on');
    await on.customer.next();
    expect(await consentsLeft(on)).toEqual([]);
  });

  it('is not asked for, and nothing said about it, in the chat', async () => {
    const on = await start();
    await on.customer.agree(REMINDER);
    await on.rounds('notifier');
    expect(on.customer.screen()).toEqual([]);
  });
});

describe('what may wait', () => {
  it('a survey waits in the chat, and a template tells of it that they agreed to', async () => {
    const on = await start();
    const { ticket, chat } = await aVisit(on);
    await on.customer.agree(SURVEY);
    await on.desk.core.store.pool.query(
      'insert into survey (id, once_key, ticket_id, conversation_id, due_at) values ($1, $2, $1, $3, $4)',
      [ticket.id, `ticket:${ticket.id}`, chat.conversationId, new Date(NOON + 53 * HOUR)],
    );
    await on.desk.core.store.pool.query("update ticket set status = 'resolved', completed_at = $2 where id = $1", [
      ticket.id,
      new Date(NOON + 52 * HOUR),
    ]);
    on.later(53.1 * HOUR);
    await on.rounds('surveys');
    on.later(6 * MINUTE);
    await on.rounds('reach', 'notifier');
    expect(noticesShown(on)).toMatchObject([
      { template: SURVEY, data: { thing1: '\u6d17\u8863\u673a', thing2: '\u8bf7\u6765\u8bc4\u5206' } },
    ]);
    await on.customer.say('5');
    const says = (words: string) => on.customer.next((it) => wordsOf(it).includes(words));
    await says('1\u52305\u5206');
    await says('5\u5206\u8bb0\u4e0b\u4e86');
    const { rows } = await on.desk.core.store.pool.query<{ score: number }>('select score from survey');
    expect(rows).toEqual([{ score: 5 }]);
  });

  it('an answer of staff waits, and arrives with the customer’s next message', async () => {
    const on = await start();
    await on.customer.say('\u4eba\u5de5');
    await on.customer.next();
    on.later(49 * HOUR);
    const [handoff] = (await on.api('GET', '/handoffs?status=queued')).items;
    await on.api('POST', `/handoffs/${handoff?.id}/claim`, {});
    await on.api('POST', `/handoffs/${handoff?.id}/reply`, { text: '\u5e08\u5085\u660e\u5929\u5230' });
    const conversationId = await on.conversationOf(on.customer);
    const staffSaid = async () => (await on.desk.core.store.readLog(conversationId, 0, 100)).filter((it) => it.from === 'staff');
    await eventually(async () => expect((await staffSaid()).map((it) => it.from === 'staff' && it.delivery)).toEqual(['waiting']));
    expect(on.customer.heard()).not.toContain('\u5e08\u5085\u660e\u5929\u5230');
    await on.customer.say('\u5728\u5417');
    await on.customer.next((it) => it.kind === 'text' && it.text.includes('\u5e08\u5085\u660e\u5929\u5230'));
    await eventually(async () => expect((await staffSaid()).map((it) => it.from === 'staff' && it.delivery)).toEqual(['delivered']));
  });
});
