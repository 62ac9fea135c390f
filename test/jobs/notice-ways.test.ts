/** In which order customers are told who have to be: by a template of their platform, by text message, by a person. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, type Instant, instantOf, MINUTE, SECOND } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import type { NoticeWays } from '../../src/jobs/notifier.ts';
import type { NewContactTask } from '../../src/turn/ports.ts';
import { A_PHONE, type Chat, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { aWechatChat } from '../store/platform/a-platform.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aPhonedVisitIn, aReplyThatMustReach, aVisitIn, aVisitOf, type BookedVisit, tasksOf, timelineOf } from './due-rows.ts';

type Template = NonNullable<NoticeWays['byChannel']['wechat']>;
type Sms = NonNullable<NoticeWays['sms']>;
type Told = { readonly way: 'template' | 'sms'; readonly id: Identifier; readonly what: object };

const told: Told[] = [];
const SENT: () => ReturnType<Sms> = async () => ({ kind: 'sent' });
const REFUSED: () => ReturnType<Sms> = async () => ({ kind: 'refused' });
let answers = { template: SENT, sms: SENT };
const ways: { byChannel: { wechat?: Template }; sms: Sms | null } = { byChannel: {}, sms: null };
const TEMPLATE: Template = ({ id, ...what }) => {
  told.push({ way: 'template', id, what });
  return answers.template();
};
const SMS: Sms = ({ id, ...what }) => {
  told.push({ way: 'sms', id, what });
  return answers.sms();
};
const ASKED_BY_TEMPLATE: Policy = {
  ...DEFAULT_POLICY,
  wechat: {
    ...DEFAULT_POLICY.wechat,
    templates: { survey: { id: 'survey', by: 'subscription', fields: { thing1: 'notice' } } },
  },
};

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk({ noticeWays: ways }, ASKED_BY_TEMPLATE);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  told.length = 0;
  answers = { template: SENT, sms: SENT };
  ways.byChannel = { wechat: TEMPLATE };
  ways.sms = SMS;
  await desk.rows("update contact_task set status = 'done'");
});

async function aWechatVisit(phone = A_PHONE as typeof A_PHONE | null): Promise<BookedVisit> {
  return aVisitOf(await aWechatChat(desk.store), 26, desk.store, { channel: 'wechat', phone });
}

async function aTask({ ticket }: BookedVisit, what: Partial<NewContactTask> = {}): Promise<Identifier> {
  const id = newId();
  const { reason = 'change', notice = 'at four', dueAt = hoursAfterNoon(1), whom = { kind: 'customer' } } = what;
  await desk.rows(
    'insert into contact_task (id, ticket_id, whom, engineer_id, reason, notice_sealed, due_at) values ($1, $2, $3, $4, $5, $6, $7)',
    id,
    ticket.id,
    whom.kind,
    whom.kind === 'engineer' ? whom.engineerId : null,
    reason,
    notice === null ? null : desk.store.seal.seal('contact-task.notice', notice),
    new Date(dueAt),
  );
  return id;
}

const runAt = async (now: Instant) => {
  desk.clock.now = now;
  await desk.run('notifier');
};
const waysOf = () => told.map((it) => it.way);
const statusOf = async ({ ticket }: BookedVisit) => (await tasksOf(desk.store, ticket.id)).map((it) => it.status);
const lastOf = async ({ ticket }: BookedVisit) => (await timelineOf(desk.store, ticket.id)).at(-1);

describe('a customer on WeChat', () => {
  it('is told by a template, with what there is to tell, and by nothing else', async () => {
    const visit = await aWechatVisit();
    const id = await aTask(visit);
    await desk.run('notifier');
    await runAt(instantOf(NOON + HOUR));
    expect(told).toEqual([
      {
        way: 'template',
        id,
        what: {
          reason: 'change',
          text: 'at four',
          ticket: visit.ticket.number,
          appliance: 'washer',
          window: { from: visit.from, to: hoursAfterNoon(28) },
          conversationId: visit.chat.conversationId,
          externalId: `o${visit.chat.conversationId}`,
        },
      },
    ]);
    expect(await statusOf(visit)).toEqual(['done']);
    expect(await lastOf(visit)).toEqual({ type: 'contact-task-done', details: { reason: 'change', by: 'notifier' } });
  });

  it('is told by text message at once when no template can, and phoned when that can not either', async () => {
    const [visit, other] = [await aWechatVisit(), await aWechatVisit()];
    answers = { template: REFUSED, sms: SENT };
    await aTask(visit);
    await desk.run('notifier');
    expect(waysOf()).toEqual(['template', 'sms']);
    expect(await statusOf(visit)).toEqual(['done']);
    answers = { template: REFUSED, sms: REFUSED };
    await aTask(other);
    await desk.run('notifier');
    await runAt(instantOf(NOON + HOUR));
    expect(waysOf()).toEqual(['template', 'sms', 'template', 'sms']);
    expect(await statusOf(other)).toEqual(['open']);
  });

  it('whose number nobody knows is told by a template, and phoned when that can not be', async () => {
    const [visit, other] = [await aWechatVisit(null), await aWechatVisit(null)];
    await aTask(visit);
    await desk.run('notifier');
    answers.template = REFUSED;
    await aTask(other);
    await desk.run('notifier');
    expect(waysOf()).toEqual(['template', 'template']);
    expect([await statusOf(visit), await statusOf(other)]).toEqual([['done'], ['open']]);
  });

  it('is tried by the same way while it can not be had now, and by the next with the last try', async () => {
    const visit = await aWechatVisit();
    await aTask(visit);
    const tries: string[] = [];
    answers = {
      template: async () => {
        tries.push(`template ${(desk.clock.now - NOON) / SECOND}`);
        if (tries.length === 2) throw new TypeError('13800138000');
        return { kind: 'again' };
      },
      sms: async () => {
        tries.push(`sms ${(desk.clock.now - NOON) / SECOND}`);
        return { kind: 'sent' };
      },
    };
    for (let seconds = 0; seconds < 1_800; seconds += 30) await runAt(instantOf(NOON + seconds * SECOND));
    expect(tries).toEqual(['template 0', 'template 30', 'template 90', 'template 210', 'template 450', 'sms 450']);
    expect(await statusOf(visit)).toEqual(['done']);
  });

  it('who phoned in, or chats on the web, is told where their own account is, linked by proof', async () => {
    const phoned = await aPhonedVisitIn(26, desk.store);
    const chatting = await aVisitIn(26, desk.store);
    const accounts: Chat[] = [];
    for (const { chat } of [phoned, chatting]) {
      const account = await aWechatChat(desk.store);
      accounts.push(account);
      await desk.rows(
        'update channel_account set customer_id = $2 where id = (select account_id from conversation where id = $1)',
        account.conversationId,
        chat.customerId,
      );
    }
    await aTask(phoned);
    await aTask(chatting);
    await desk.run('notifier');
    const where = accounts.map(({ conversationId }) => expect.objectContaining({ conversationId }));
    expect(told).toHaveLength(2);
    expect(told.map((it) => it.what)).toEqual(expect.arrayContaining(where));
  });

  it('is left in peace at night, unless it can not wait for the morning', async () => {
    const visit = await aWechatVisit();
    const at = (clock: string): Instant => instantOf(Date.parse(`2026-11-20T${clock}:00+08:00`));
    const tonight = await aTask(visit, { dueAt: at('22:30') });
    const tomorrow = await aTask(visit, { dueAt: instantOf(at('09:30') + 24 * HOUR) });
    await runAt(at('22:00'));
    expect(told.map((it) => it.id)).toEqual([tonight]);
    await runAt(instantOf(at('08:00') + 24 * HOUR));
    expect(told.map((it) => it.id)).toEqual([tonight, tomorrow]);
  });
});

describe('somebody else', () => {
  it('an engineer is told by text message, and a customer who is not on WeChat too', async () => {
    const [wechat, web] = [await aWechatVisit(), await aVisitIn(26, desk.store)];
    await aTask(wechat, { whom: { kind: 'engineer', engineerId: wechat.engineerId } });
    await aTask(web);
    await desk.run('notifier');
    expect(new Set(told.map((it) => it.what))).toEqual(
      new Set([
        { phone: '+8613900139000', text: 'at four' },
        { phone: A_PHONE, text: 'at four' },
      ]),
    );
  });

  it('whom no way there is can reach is not tried at all, and nobody is where there are none', async () => {
    const [wechat, web] = [await aWechatVisit(), await aVisitIn(26, desk.store)];
    const visits = [wechat, web];
    ways.sms = null;
    await aTask(web);
    await aTask(wechat, { whom: { kind: 'engineer', engineerId: wechat.engineerId } });
    await desk.run('notifier');
    ways.byChannel = {};
    await aTask(wechat);
    await desk.run('notifier');
    expect(told).toEqual([]);
    const tasks = (await Promise.all(visits.map((it) => tasksOf(desk.store, it.ticket.id)))).flat();
    expect(tasks.map(({ status, notices }) => ({ status, notices }))).toEqual(Array(3).fill({ status: 'open', notices: 0 }));
  });
});

describe('a survey that waits in a chat', () => {
  const asksAt = async (visit: BookedVisit) => {
    await aReplyThatMustReach(desk.store, visit, 'survey', NOON);
    desk.clock.now = instantOf(NOON + 5 * MINUTE);
    await desk.run('reach');
    await desk.run('notifier');
  };

  it('is told by a template', async () => {
    const visit = await aWechatVisit();
    await asksAt(visit);
    expect(told).toMatchObject([{ way: 'template', what: { reason: 'survey', text: 'said for survey' } }]);
    expect(await lastOf(visit)).toMatchObject({ details: { reason: 'survey', by: 'notifier' } });
  });

  it('goes on waiting when no template can tell it: it is no reason to send a text message or to phone', async () => {
    const visit = await aWechatVisit();
    answers.template = REFUSED;
    await asksAt(visit);
    expect(waysOf()).toEqual(['template']);
    expect(await statusOf(visit)).toEqual(['done']);
    expect(await lastOf(visit)).toMatchObject({ details: { reason: 'survey', by: 'nobody' } });
  });

  it('goes on waiting elsewhere than on WeChat, with nothing said of it', async () => {
    const visit = await aVisitIn(26, desk.store);
    await asksAt(visit);
    expect(told).toEqual([]);
    expect(await tasksOf(desk.store, visit.ticket.id)).toEqual([]);
  });
});

describe('once', () => {
  it('when two processes look at once, then each is told once', async () => {
    const visit = await aWechatVisit();
    for (let tasks = 0; tasks < 10; tasks++) await aTask(visit);
    await Promise.all([desk.run('notifier'), desk.other.run('notifier'), desk.run('notifier')]);
    expect(waysOf()).toEqual(Array(10).fill('template'));
    expect(new Set(told.map((it) => it.id)).size).toBe(10);
  });

  it('when a process dies at any step, then it is told again under the same key, and is done once', async () => {
    const steps = await throughEveryDeath(desk, 'notifier', async () => {
      told.length = 0;
      answers.template = REFUSED;
      const visit = await aWechatVisit();
      const id = await aTask(visit);
      return async () => {
        expect(new Set(told.map((it) => it.id))).toEqual(new Set([id]));
        expect(await statusOf(visit)).toEqual(['done']);
        expect(await timelineOf(desk.store, visit.ticket.id)).toHaveLength(1);
      };
    });
    expect(steps).toBe(2);
  });
});

it('a survey is no matter of another way by default', async () => {
  const plain = await aDueDesk({ noticeWays: ways });
  const visit = await aVisitOf(await aWechatChat(plain.store), 26, plain.store, { channel: 'wechat' });
  await aReplyThatMustReach(plain.store, visit, 'survey', NOON);
  plain.clock.now = instantOf(NOON + 5 * MINUTE);
  await plain.run('reach');
  expect(await tasksOf(plain.store, visit.ticket.id)).toEqual([]);
  await plain.close();
});
