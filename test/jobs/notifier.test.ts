import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, type Instant, instantOf, SECOND } from '../../src/domain/instant.ts';
import type { NoticeWays } from '../../src/jobs/notifier.ts';
import type { NewContactTask } from '../../src/turn/ports.ts';
import { A_PHONE, aBooking, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aVisitIn, type BookedVisit, tasksOf, timelineOf } from './due-rows.ts';

type Sms = NonNullable<NoticeWays['sms']>;
type Handed = Parameters<Sms>[0];
const handed: Handed[] = [];
let answer: () => ReturnType<Sms> = async () => ({ kind: 'sent' });
let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk({
    noticeWays: {
      byChannel: {},
      sms: (notice) => {
        handed.push(notice);
        return answer();
      },
    },
  });
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  handed.length = 0;
  answer = async () => ({ kind: 'sent' });
  await desk.rows("update contact_task set status = 'done'");
});

async function aTask(visit: BookedVisit, what: Partial<NewContactTask> = {}): Promise<Identifier> {
  const task: NewContactTask = {
    id: newId(),
    ticketId: visit.ticket.id,
    whom: { kind: 'customer' },
    reason: 'change',
    notice: 'the visit is at four',
    dueAt: hoursAfterNoon(1),
    onceKey: null,
    ...what,
  };
  const revision = (await desk.store.readConversation(visit.chat.conversationId))?.revision ?? 0;
  await desk.store.transact([aTurn(visit.chat, { revision, contactTasks: [task] })]);
  return task.id;
}

describe('a notice', () => {
  it('S2-018 when a visit is given another time, then customer and engineer are both told by text message, once', async () => {
    const visit = await aVisitIn(26, desk.store);
    const customer = await aTask(visit);
    const engineer = await aTask(visit, { whom: { kind: 'engineer', engineerId: visit.engineerId } });
    await desk.run('notifier');
    await desk.run('notifier');
    expect(handed.toSorted((a, b) => a.phone.localeCompare(b.phone))).toEqual([
      { id: customer, phone: A_PHONE, text: 'the visit is at four' },
      { id: engineer, phone: '+8613900139000', text: 'the visit is at four' },
    ]);
    expect((await tasksOf(desk.store, visit.ticket.id)).map((it) => it.status)).toEqual(['done', 'done']);
    expect(await timelineOf(desk.store, visit.ticket.id)).toEqual(
      Array(2).fill({ type: 'contact-task-done', details: { reason: 'change', by: 'notifier' } }),
    );
  });

  it('when the ticket names no number, then that of the customer on record is used', async () => {
    const visit = await aVisitIn(26, desk.store, { phone: null });
    await aTask(visit);
    await desk.rows(
      'update customer set phone_sealed = $2 where id = $1',
      visit.chat.customerId,
      desk.store.seal.seal('customer.phone', '+8613700137000'),
    );
    await desk.run('notifier');
    expect(handed.map((it) => it.phone)).toEqual(['+8613700137000']);
  });

  it('when nobody knows a number, or there is nothing to tell, then the call stays for a person', async () => {
    const visit = await aVisitIn(26, desk.store, { phone: null });
    await aTask(visit);
    await aTask(visit, { notice: null });
    await desk.run('notifier');
    await desk.run('notifier');
    expect(handed).toEqual([]);
    expect((await tasksOf(desk.store, visit.ticket.id)).map((it) => it.status)).toEqual(['open', 'open']);
  });

  it('when the gateway has it not now, then it is tried 5 times, further and further apart, and then stays a call', async () => {
    const visit = await aVisitIn(26, desk.store);
    await aTask(visit);
    const tries: number[] = [];
    answer = async () => {
      tries.push((desk.clock.now - NOON) / SECOND);
      if (tries.length === 2) throw new TypeError('13800138000');
      return { kind: 'again' };
    };
    for (let seconds = 0; seconds < 3_600; seconds += 30) {
      desk.clock.now = instantOf(NOON + seconds * SECOND);
      await desk.run('notifier');
    }
    expect(tries).toEqual([0, 30, 90, 210, 450]);
    expect(await tasksOf(desk.store, visit.ticket.id)).toMatchObject([{ status: 'open', notices: 5 }]);
  });

  it('when the gateway refuses it, then it is not tried again', async () => {
    const visit = await aVisitIn(26, desk.store);
    await aTask(visit);
    answer = async () => ({ kind: 'refused' });
    await desk.run('notifier');
    desk.clock.now = instantOf(NOON + HOUR);
    await desk.run('notifier');
    expect(handed).toHaveLength(1);
    expect(await tasksOf(desk.store, visit.ticket.id)).toMatchObject([{ status: 'open', notices: 5 }]);
  });

  it('when it is night, then only what is due before the morning is sent', async () => {
    const visit = await aVisitIn(26, desk.store);
    const at = (clock: string): Instant => instantOf(Date.parse(`2026-11-20T${clock}:00+08:00`));
    const tonight = await aTask(visit, { dueAt: at('22:30') });
    const tomorrow = await aTask(visit, { dueAt: instantOf(at('09:30') + 24 * HOUR) });
    desk.clock.now = at('22:00');
    await desk.run('notifier');
    expect(handed.map((it) => it.id)).toEqual([tonight]);
    desk.clock.now = instantOf(at('08:00') + 24 * HOUR);
    await desk.run('notifier');
    expect(handed.map((it) => it.id)).toEqual([tonight, tomorrow]);
  });
});

describe('a reminder', () => {
  it.each(['cancelled', 'done'])('of a visit that is %s is not sent, and its call is over', async (status) => {
    const visit = await aVisitIn(26, desk.store);
    await aTask(visit, { reason: 'reminder' });
    const another = await aVisitIn(26, desk.store);
    const still = await aTask(another, { reason: 'reminder' });
    await desk.rows('update appointment set status = $2 where id = $1', visit.appointmentId, status);
    await desk.run('notifier');
    expect(handed.map((it) => it.id)).toEqual([still]);
    expect(await tasksOf(desk.store, visit.ticket.id)).toMatchObject([{ status: 'done', notices: 0 }]);
    expect(await timelineOf(desk.store, visit.ticket.id)).toEqual([
      { type: 'contact-task-done', details: { reason: 'reminder', by: 'visit-gone' } },
    ]);
  });

  it('of a visit that was given another time is not sent, though the ticket has a visit again', async () => {
    const visit = await aVisitIn(26, desk.store);
    await aTask(visit, { reason: 'reminder', onceKey: `reminder:${visit.appointmentId}:on-day` });
    await desk.rows("update appointment set status = 'cancelled' where id = $1", visit.appointmentId);
    const revision = (await desk.store.readConversation(visit.chat.conversationId))?.revision ?? 0;
    await desk.store.transact([aTurn(visit.chat, { revision, reservation: aBooking(visit.engineerId, 50, [visit.ticket.id]) })]);
    const current = await aTask(visit, { reason: 'reminder' });
    await desk.run('notifier');
    expect(handed.map((it) => it.id)).toEqual([current]);
  });
});

describe('once', () => {
  it('when two processes look at once, then each notice goes out once', async () => {
    const visit = await aVisitIn(26, desk.store);
    for (let tasks = 0; tasks < 10; tasks++) await aTask(visit);
    await Promise.all([desk.run('notifier'), desk.other.run('notifier'), desk.run('notifier')]);
    expect(handed).toHaveLength(10);
    expect(new Set(handed.map((it) => it.id)).size).toBe(10);
  });

  it('when a process dies at any step, then the notice goes out again under the same key, and the task is done once', async () => {
    const steps = await throughEveryDeath(desk, 'notifier', async () => {
      handed.length = 0;
      const visit = await aVisitIn(26, desk.store);
      const id = await aTask(visit);
      return async () => {
        expect(new Set(handed.map((it) => it.id))).toEqual(new Set([id]));
        expect(await tasksOf(desk.store, visit.ticket.id)).toMatchObject([{ status: 'done' }]);
        expect(await timelineOf(desk.store, visit.ticket.id)).toHaveLength(1);
      };
    });
    expect(steps).toBe(2);
  });
});
