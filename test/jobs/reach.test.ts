import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aReplyThatMustReach, aVisitIn, tasksOf, timelineOf } from './due-rows.ts';

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  await desk.rows('update message set reach = null where reach is not null');
});

const later = (minutes: number): Instant => instantOf(NOON + minutes * MINUTE);
const reachOf = async (id: Identifier) =>
  (await desk.rows<{ reach: string | null }>('select reach from message where id = $1', id))[0]?.reach;
const runAt = async (now: Instant) => {
  desk.clock.now = now;
  await desk.run('reach');
};

describe('a message that has to reach', () => {
  it.each(['waiting', 'pending', 'failed'] as const)(
    'S2-018 when it is still %s after 5 minutes, then somebody phones within an hour of opening time, with its own words',
    async (delivery) => {
      const visit = await aVisitIn(26, desk.store);
      const reply = await aReplyThatMustReach(desk.store, visit, 'change', NOON, delivery);
      await runAt(later(4));
      expect(await tasksOf(desk.store, visit.ticket.id)).toEqual([]);
      await runAt(later(5));
      // The desk is at lunch from 12 to 13: the hour ends at 14.
      expect(await tasksOf(desk.store, visit.ticket.id)).toEqual([
        {
          id: expect.any(String),
          reason: 'change',
          whom: 'customer',
          status: 'open',
          notice: 'said for change',
          due: hoursAfterNoon(2),
          onceKey: `reach:${reply.id}`,
          notices: 0,
        },
      ]);
      expect(await reachOf(reply.id)).toBeNull();
      const [event] = await timelineOf(desk.store, visit.ticket.id);
      expect(event).toEqual({
        type: 'contact-task-opened',
        details: { reason: 'change', dueAt: new Date(hoursAfterNoon(2)).toISOString() },
      });
    },
  );

  it('when it was delivered, then nobody phones', async () => {
    const visit = await aVisitIn(26, desk.store);
    const reply = await aReplyThatMustReach(desk.store, visit, 'confirmation', NOON, 'delivered');
    await runAt(later(60));
    expect(await tasksOf(desk.store, visit.ticket.id)).toEqual([]);
    expect(await reachOf(reply.id)).toBeNull();
  });

  it('when it is delivered after all, then the open call is closed, and one a person made stays theirs', async () => {
    const [visit, other] = [await aVisitIn(26, desk.store), await aVisitIn(26, desk.store)];
    const [reply, called] = [
      await aReplyThatMustReach(desk.store, visit, 'confirmation', NOON),
      await aReplyThatMustReach(desk.store, other, 'confirmation', NOON),
    ];
    await runAt(later(5));
    await desk.rows("update contact_task set status = 'done' where once_key = $1", `reach:${called.id}`);
    await desk.rows("update message set delivery = 'delivered' where id = any($1)", [reply.id, called.id]);
    await runAt(later(6));
    await runAt(later(7));
    expect(await tasksOf(desk.store, visit.ticket.id)).toMatchObject([{ status: 'done' }]);
    expect((await timelineOf(desk.store, visit.ticket.id)).at(-1)).toEqual({
      type: 'contact-task-done',
      details: { reason: 'confirmation', by: 'delivery' },
    });
    expect((await timelineOf(desk.store, other.ticket.id)).map((it) => it.type)).toEqual(['contact-task-opened']);
  });
});

describe('a reminder', () => {
  it('when it did not reach, then the call is due before the visit begins', async () => {
    const visit = await aVisitIn(1.5, desk.store);
    await aReplyThatMustReach(desk.store, visit, 'reminder', NOON);
    await runAt(later(5));
    expect(await tasksOf(desk.store, visit.ticket.id)).toMatchObject([{ due: visit.from }]);
  });

  it('when the visit has begun, or is off, then nobody phones about it', async () => {
    const [begun, off] = [await aVisitIn(1, desk.store), await aVisitIn(26, desk.store)];
    for (const it of [begun, off]) await aReplyThatMustReach(desk.store, it, 'reminder', NOON);
    await desk.rows("update ticket set status = 'cancelled' where id = $1", off.ticket.id);
    await runAt(begun.from);
    expect([...(await tasksOf(desk.store, begun.ticket.id)), ...(await tasksOf(desk.store, off.ticket.id))]).toEqual([]);
    expect(await desk.rows('select id from message where reach is not null')).toEqual([]);
  });
});

describe('once', () => {
  it('when two processes look at once, then there is one call', async () => {
    const visits = await Promise.all([26, 50, 74].map((hour) => aVisitIn(hour, desk.store)));
    for (const it of visits) await aReplyThatMustReach(desk.store, it, 'confirmation', NOON);
    desk.clock.now = later(5);
    await Promise.all([desk.run('reach'), desk.other.run('reach'), desk.run('reach')]);
    for (const it of visits) {
      expect(await tasksOf(desk.store, it.ticket.id)).toHaveLength(1);
      expect(await timelineOf(desk.store, it.ticket.id)).toHaveLength(1);
    }
  });

  it('when a process dies at any step, then there is one call after the next round', async () => {
    const steps = await throughEveryDeath(desk, 'reach', async () => {
      const visit = await aVisitIn(26, desk.store);
      await aReplyThatMustReach(desk.store, visit, 'confirmation', instantOf(desk.clock.now - 5 * MINUTE));
      return async () => {
        expect(await tasksOf(desk.store, visit.ticket.id)).toHaveLength(1);
        expect(await timelineOf(desk.store, visit.ticket.id)).toHaveLength(1);
      };
    });
    expect(steps).toBe(4);
  });

  it('when one message can not be read, then the others are seen to', async () => {
    const [broken, fine] = [await aVisitIn(26, desk.store), await aVisitIn(26, desk.store)];
    const reply = await aReplyThatMustReach(desk.store, broken, 'confirmation', NOON);
    await aReplyThatMustReach(desk.store, fine, 'confirmation', later(1));
    await desk.rows("update message set body_sealed = 'broken' where id = $1", reply.id);
    const from = desk.lines.length;
    await runAt(later(6));
    expect(await tasksOf(desk.store, fine.ticket.id)).toHaveLength(1);
    expect(desk.lines.slice(from)).toEqual([{ event: 'reach-put-off', fields: { error: 'Error' } }]);
  });
});
