import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { aBooking, aTicket, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aPhonedVisitIn, aVisitIn, type BookedVisit, eventsOf, tasksOf } from './due-rows.ts';

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  await desk.rows("update appointment set status = 'done'");
  await desk.rows('delete from price_version');
});

/** It is Friday, 20 November, noon. */
const aPriceList = (version: string, effectiveFrom: string) =>
  desk.rows("insert into price_version (id, version, effective_from, list) values ($1, $2, $3, '{}')", newId(), version, effectiveFrom);
const told = ({ ticket }: BookedVisit, effectiveFrom: string) => ({
  kind: 'event',
  event: 'price-notice',
  ticketId: ticket.id,
  effectiveFrom,
});
const OLD = { priceVersion: '2026-1' };
/** Sunday at 14:00. */
const SUNDAY = 50;

describe('a new price list', () => {
  it('S2-001 when it takes effect by the day of a booked visit, then its customer is told before, once', async () => {
    const visit = await aVisitIn(SUNDAY, desk.store, OLD);
    await desk.run('price-notices');
    expect(await eventsOf(desk.store, visit.chat)).toEqual([]);
    await aPriceList('2026-2', '2026-11-22');
    await desk.run('price-notices');
    await desk.run('price-notices');
    expect(await eventsOf(desk.store, visit.chat)).toEqual([told(visit, '2026-11-22')]);
    expect(desk.turned).toContain(visit.chat.conversationId);
  });

  it('S2-001 when the visit comes first, or was told of it already, or of no price, or is off, then there is nothing to tell', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const visits = [
      await aVisitIn(26, desk.store, OLD),
      await aVisitIn(SUNDAY, desk.store, { priceVersion: '2026-2' }),
      await aVisitIn(SUNDAY, desk.store),
      await aVisitIn(SUNDAY, desk.store, { ...OLD, status: 'cancelled' }),
      await aVisitIn(SUNDAY, desk.store, { ...OLD, kind: 'warranty' }),
    ];
    await desk.run('price-notices');
    for (const it of visits) expect(await eventsOf(desk.store, it.chat)).toEqual([]);
  });

  it('S2-001 when it is in effect already, then nobody is told that it will be', async () => {
    await aPriceList('2026-2', '2026-11-20');
    const visit = await aVisitIn(SUNDAY, desk.store, OLD);
    await desk.run('price-notices');
    expect(await eventsOf(desk.store, visit.chat)).toEqual([]);
  });

  it('S2-001 when two are to come, then each visit is told of the one it falls under', async () => {
    await aPriceList('2026-2', '2026-11-21');
    await aPriceList('2026-3', '2026-11-22');
    const [saturday, sunday] = [await aVisitIn(26, desk.store, OLD), await aVisitIn(SUNDAY, desk.store, OLD)];
    await desk.run('price-notices');
    expect(await eventsOf(desk.store, saturday.chat)).toEqual([told(saturday, '2026-11-21')]);
    expect(await eventsOf(desk.store, sunday.chat)).toEqual([told(sunday, '2026-11-22')]);
  });

  it('S2-001 when there is no chat, then somebody phones within an hour of opening time, with the words to say', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const visit = await aPhonedVisitIn(SUNDAY, desk.store, OLD);
    await desk.run('price-notices');
    await desk.run('price-notices');
    const [task, ...others] = await tasksOf(desk.store, visit.ticket.id);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ reason: 'price-notice', due: hoursAfterNoon(2), onceKey: `price-notice:${visit.appointmentId}:2026-2` });
    expect(JSON.parse(task?.notice ?? '')).toMatchObject({
      kind: 'price-notice',
      ticket: visit.ticket.number,
      effectiveFrom: '2026-11-22',
    });
  });
});

/** Another ticket of the same visit. */
async function alsoOf(visit: BookedVisit): Promise<Identifier> {
  const other = aTicket(OLD);
  const revision = (await desk.store.readConversation(visit.chat.conversationId))?.revision ?? 0;
  await desk.store.transact([aTurn(visit.chat, { revision, tickets: [other] })]);
  await desk.rows('insert into appointment_ticket (appointment_id, ticket_id) values ($1, $2)', visit.appointmentId, other.id);
  return other.id;
}

describe('a visit of two tickets', () => {
  it('S2-001 is told of a new price list once, in its chat', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const visit = await aVisitIn(SUNDAY, desk.store, { ...OLD, number: 'BX-20261120-0001' });
    await alsoOf(visit);
    await desk.run('price-notices');
    expect(await eventsOf(desk.store, visit.chat)).toEqual([told(visit, '2026-11-22')]);
    await desk.rows("update ticket set status = 'cancelled' where id = $1", visit.ticket.id);
    await desk.run('price-notices');
    expect(await eventsOf(desk.store, visit.chat)).toHaveLength(1);
  });

  it('S2-001 is told of a new price list once, on the phone', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const visit = await aPhonedVisitIn(SUNDAY, desk.store, { ...OLD, number: 'BX-20261120-0002' });
    const other = await alsoOf(visit);
    await desk.rows('update ticket set conversation_id = null where id = $1', other);
    await desk.run('price-notices');
    await desk.run('price-notices');
    expect([...(await tasksOf(desk.store, visit.ticket.id)), ...(await tasksOf(desk.store, other))]).toMatchObject([
      { reason: 'price-notice', onceKey: `price-notice:${visit.appointmentId}:2026-2` },
    ]);
    expect(await eventsOf(desk.store, visit.chat)).toEqual([]);
  });
});

describe('a visit that moves', () => {
  /** To the same hours, with the key of another visit. */
  async function moved(visit: BookedVisit): Promise<void> {
    const { chat, engineerId, ticket, appointmentId } = visit;
    const revision = (await desk.store.readConversation(chat.conversationId))?.revision ?? 0;
    const change = { ticketId: ticket.id, status: 'scheduled', dueAt: null } as const;
    const reservation = aBooking(engineerId, SUNDAY + 2, [ticket.id]);
    expect(
      await desk.store.transact([aTurn(chat, { revision, calledOff: appointmentId, reservation, ticketChanges: [change] })]),
    ).toMatchObject([{ kind: 'written' }]);
  }

  it('S2-001 when its customer was told of the prices in the chat, then not again', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const visit = await aVisitIn(SUNDAY, desk.store, OLD);
    await desk.run('price-notices');
    await moved(visit);
    await desk.run('price-notices');
    expect(await eventsOf(desk.store, visit.chat)).toHaveLength(1);
  });

  it('S2-001 when the call had not been made, then one is made with the new time; when it had, none', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const [untold, called] = [await aPhonedVisitIn(SUNDAY, desk.store, OLD), await aPhonedVisitIn(SUNDAY, desk.store, OLD)];
    await desk.run('price-notices');
    await desk.rows("update contact_task set status = 'done', done_by = $2 where ticket_id = $1", called.ticket.id, newId());
    await moved(untold);
    await moved(called);
    await desk.run('price-notices');
    expect((await tasksOf(desk.store, untold.ticket.id)).map((it) => it.status).sort()).toEqual(['done', 'open']);
    expect((await tasksOf(desk.store, called.ticket.id)).map((it) => it.status)).toEqual(['done']);
  });
});

describe('once', () => {
  it('when two processes look at once, then each customer is told once', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const [chatted, phoned] = [await aVisitIn(SUNDAY, desk.store, OLD), await aPhonedVisitIn(SUNDAY, desk.store, OLD)];
    await Promise.all([desk.run('price-notices'), desk.other.run('price-notices'), desk.run('price-notices')]);
    expect(await eventsOf(desk.store, chatted.chat)).toHaveLength(1);
    expect(await tasksOf(desk.store, phoned.ticket.id)).toHaveLength(1);
  });

  it('when a process dies at any step, then each customer is told once after the next round', async () => {
    await aPriceList('2026-2', '2026-11-22');
    const steps = await throughEveryDeath(desk, 'price-notices', async () => {
      const [chatted, phoned] = [await aVisitIn(SUNDAY, desk.store, OLD), await aPhonedVisitIn(SUNDAY, desk.store, OLD)];
      return async () => {
        expect(await eventsOf(desk.store, chatted.chat)).toHaveLength(1);
        expect(await tasksOf(desk.store, phoned.ticket.id)).toHaveLength(1);
      };
    });
    expect(steps).toBe(4);
  });
});
