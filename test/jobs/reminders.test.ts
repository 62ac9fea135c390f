import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { instantOf } from '../../src/domain/instant.ts';
import { hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aPhonedVisitIn, aVisitIn, type BookedVisit, eventsOf, tasksOf, timelineOf } from './due-rows.ts';

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.rows("update appointment set status = 'done'");
  desk.clock.now = NOON;
});

/** Tomorrow from 14:00 on: the evening is 6 hours after noon, two hours before is 24. */
const TOMORROW_AT_TWO = 26;
const EVENING = hoursAfterNoon(6);
const ON_THE_DAY = hoursAfterNoon(24);

const reminder = ({ appointmentId }: BookedVisit, when: string) => ({ kind: 'event', event: 'reminder', appointmentId, when });
const remindedOf = async (id: Identifier) =>
  (await desk.rows<{ reminded: string[] }>('select reminded from appointment where id = $1', id))[0]?.reminded;
const runAt = async (now: number) => {
  desk.clock.now = instantOf(now);
  await desk.run('reminders');
};

describe('in a chat', () => {
  it('when the evening before has come, then the visit is reminded of, and again two hours ahead of it', async () => {
    const visit = await aVisitIn(TOMORROW_AT_TWO, desk.store);
    await runAt(EVENING - 1);
    expect(await eventsOf(desk.store, visit.chat)).toEqual([]);
    await runAt(EVENING);
    expect(await eventsOf(desk.store, visit.chat)).toEqual([reminder(visit, 'day-before')]);
    expect(desk.turned).toContain(visit.chat.conversationId);
    await runAt(ON_THE_DAY);
    await runAt(ON_THE_DAY + 1);
    expect(await eventsOf(desk.store, visit.chat)).toEqual([reminder(visit, 'day-before'), reminder(visit, 'on-day')]);
    expect(await remindedOf(visit.appointmentId)).toEqual(['day-before', 'on-day']);
    expect(await tasksOf(desk.store, visit.ticket.id)).toEqual([]);
  });

  it('when it was booked after the reminder would have gone out, then that one is left out', async () => {
    const visit = await aVisitIn(TOMORROW_AT_TWO, desk.store);
    await desk.rows('update appointment set confirmed_at = $2 where id = $1', visit.appointmentId, new Date(EVENING + 1));
    await runAt(EVENING + 2);
    expect(await eventsOf(desk.store, visit.chat)).toEqual([]);
    await runAt(ON_THE_DAY);
    expect(await eventsOf(desk.store, visit.chat)).toEqual([reminder(visit, 'on-day')]);
  });

  it('when the visit was called off, or has begun, then nobody is reminded', async () => {
    const [off, begun] = [await aVisitIn(TOMORROW_AT_TWO, desk.store), await aVisitIn(TOMORROW_AT_TWO, desk.store)];
    await desk.rows("update appointment set status = 'cancelled' where id = $1", off.appointmentId);
    await runAt(begun.from);
    expect([...(await eventsOf(desk.store, off.chat)), ...(await eventsOf(desk.store, begun.chat))]).toEqual([]);
  });

  it('when one visit is for several tickets, then there is one reminder', async () => {
    const visit = await aPhonedVisitIn(TOMORROW_AT_TWO, desk.store, { number: `BX-1-${Math.trunc(NOON)}` });
    const chatted = await aVisitIn(TOMORROW_AT_TWO + 48, desk.store);
    await desk.rows('update appointment_ticket set appointment_id = $1 where ticket_id = $2', visit.appointmentId, chatted.ticket.id);
    await runAt(EVENING);
    expect(await eventsOf(desk.store, chatted.chat)).toEqual([reminder(visit, 'day-before')]);
    expect(await tasksOf(desk.store, visit.ticket.id)).toEqual([]);
  });
});

describe('by phone', () => {
  it('when there is no chat, then somebody has to phone by half an hour before, with the words to say', async () => {
    const visit = await aPhonedVisitIn(TOMORROW_AT_TWO, desk.store);
    await runAt(EVENING);
    await runAt(EVENING + 1);
    const [task, ...others] = await tasksOf(desk.store, visit.ticket.id);
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      reason: 'reminder',
      whom: 'customer',
      status: 'open',
      due: visit.from - 30 * 60_000,
      onceKey: `reminder:${visit.appointmentId}:day-before`,
    });
    expect(JSON.parse(task?.notice ?? '')).toMatchObject({
      kind: 'reminder',
      when: 'day-before',
      ticket: visit.ticket.number,
      window: { from: visit.from },
    });
    expect((await timelineOf(desk.store, visit.ticket.id)).map((it) => it.type)).toEqual(['contact-task-opened']);
  });

  it('when less than that is left, then the call is due now', async () => {
    const visit = await aPhonedVisitIn(TOMORROW_AT_TWO, desk.store);
    await runAt(visit.from - 60_000);
    expect(await tasksOf(desk.store, visit.ticket.id)).toMatchObject([{ due: visit.from - 60_000 }]);
  });
});

describe('once', () => {
  it('when two processes look at once, then each customer is reminded once', async () => {
    const [chatted, phoned] = [await aVisitIn(TOMORROW_AT_TWO, desk.store), await aPhonedVisitIn(TOMORROW_AT_TWO, desk.store)];
    desk.clock.now = EVENING;
    await Promise.all([desk.run('reminders'), desk.other.run('reminders'), desk.run('reminders')]);
    expect(await eventsOf(desk.store, chatted.chat)).toHaveLength(1);
    expect(await tasksOf(desk.store, phoned.ticket.id)).toHaveLength(1);
    expect(await remindedOf(chatted.appointmentId)).toEqual(['day-before']);
    expect(await remindedOf(phoned.appointmentId)).toEqual(['day-before']);
  });

  it('when a process dies at any step, then each customer is reminded by the next, once', async () => {
    desk.clock.now = EVENING;
    const steps = await throughEveryDeath(desk, 'reminders', async () => {
      const [chatted, phoned] = [await aVisitIn(TOMORROW_AT_TWO, desk.store), await aPhonedVisitIn(TOMORROW_AT_TWO, desk.store)];
      return async () => {
        expect(await eventsOf(desk.store, chatted.chat)).toEqual([reminder(chatted, 'day-before')]);
        expect(await tasksOf(desk.store, phoned.ticket.id)).toHaveLength(1);
        expect(await remindedOf(chatted.appointmentId)).toEqual(['day-before']);
      };
    });
    expect(steps).toBe(5);
  });
});
