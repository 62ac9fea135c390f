import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { anEngineer, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aVisitIn, type BookedVisit, tasksOf, timelineOf } from './due-rows.ts';

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  await desk.rows("update waiting_list_entry set status = 'closed'");
  await desk.rows('update engineer set active = false');
});

/** Booked for the day after tomorrow at 14:00, would come from now until midnight. */
async function aWaitingCustomer(
  toAt: Instant = hoursAfterNoon(12),
  ...appliance: readonly ('washer' | 'tv')[]
): Promise<BookedVisit & { readonly entry: Identifier }> {
  const visit = await aVisitIn(50, desk.store, { appliance: appliance[0] ?? 'washer' });
  await desk.rows('update engineer set active = false where id = $1', visit.engineerId);
  const entry = newId();
  const wish = { id: entry, ticketId: visit.ticket.id, fromAt: NOON, toAt, at: NOON };
  await desk.store.transact([aTurn(visit.chat, { revision: 1, waitingList: [wish] })]);
  return { ...visit, entry };
}

const statusOf = async (entry: Identifier) =>
  (await desk.rows<{ status: string }>('select status from waiting_list_entry where id = $1', entry))[0]?.status;

describe('the waiting list', () => {
  it('when nobody is free in the time wished for, then the customer goes on waiting; when somebody is, then they are phoned', async () => {
    const customer = await aWaitingCustomer();
    await desk.run('waiting-list');
    expect(await statusOf(customer.entry)).toBe('waiting');
    await anEngineer(desk.store);
    await desk.run('waiting-list');
    await desk.run('waiting-list');
    expect(await statusOf(customer.entry)).toBe('offered');
    // Two hours of lead from noon on: the first window is that of 14:00. Lunch is until 13:00.
    expect(await tasksOf(desk.store, customer.ticket.id)).toEqual([
      {
        id: expect.any(String),
        reason: 'earlier-window-free',
        whom: 'customer',
        status: 'open',
        notice: null,
        due: hoursAfterNoon(1.5),
        onceKey: `earlier:${customer.entry}:${hoursAfterNoon(2)}`,
        notices: 0,
      },
    ]);
    expect((await timelineOf(desk.store, customer.ticket.id)).map((it) => it.type)).toEqual(['contact-task-opened']);
  });

  it('when what is free is outside the time wished for, or no earlier than the visit, then nobody phones', async () => {
    const [short, late] = [await aWaitingCustomer(hoursAfterNoon(3.5)), await aWaitingCustomer()];
    await desk.rows(
      'update waiting_list_entry set from_at = $2, to_at = $3 where id = $1',
      late.entry,
      new Date(hoursAfterNoon(50)),
      new Date(hoursAfterNoon(58)),
    );
    await anEngineer(desk.store);
    await desk.run('waiting-list');
    expect([await statusOf(short.entry), await statusOf(late.entry)]).toEqual(['waiting', 'waiting']);
  });

  it('when whoever is free does not repair what the visit is for, then nobody phones', async () => {
    const customer = await aWaitingCustomer(hoursAfterNoon(12), 'tv');
    await anEngineer(desk.store);
    await desk.run('waiting-list');
    expect(await statusOf(customer.entry)).toBe('waiting');
  });

  it('when their time is over, or the ticket is off, then they wait no longer', async () => {
    const [over, off] = [await aWaitingCustomer(hoursAfterNoon(1)), await aWaitingCustomer()];
    await desk.rows("update ticket set status = 'cancelled' where id = $1", off.ticket.id);
    desk.clock.now = hoursAfterNoon(1);
    await anEngineer(desk.store);
    await desk.run('waiting-list');
    expect([await statusOf(over.entry), await statusOf(off.entry)]).toEqual(['closed', 'closed']);
    expect([...(await tasksOf(desk.store, over.ticket.id)), ...(await tasksOf(desk.store, off.ticket.id))]).toEqual([]);
  });

  it('when it is night, then nobody is phoned until the quiet hours end', async () => {
    const customer = await aWaitingCustomer(hoursAfterNoon(32));
    await anEngineer(desk.store);
    desk.clock.now = instantOf(Date.parse('2026-11-21T07:59:00+08:00'));
    await desk.run('waiting-list');
    expect(await statusOf(customer.entry)).toBe('waiting');
    desk.clock.now = instantOf(desk.clock.now + MINUTE);
    await desk.run('waiting-list');
    expect(await statusOf(customer.entry)).toBe('offered');
  });

  it('when more wait than a round looks at, then the rounds go through all of them, and begin again', async () => {
    const stuck = [];
    for (let customers = 0; customers < 20; customers++) stuck.push(await aWaitingCustomer(hoursAfterNoon(3.5)));
    const last = await aWaitingCustomer();
    await anEngineer(desk.store);
    for (let rounds = 0; rounds < 3; rounds++) await desk.run('waiting-list');
    expect(await statusOf(last.entry)).toBe('offered');
    await desk.rows('update waiting_list_entry set to_at = $2 where id = $1', stuck[0]?.entry, new Date(hoursAfterNoon(12)));
    for (let rounds = 0; rounds < 3; rounds++) await desk.run('waiting-list');
    expect(await statusOf(stuck[0]?.entry ?? last.entry)).toBe('offered');
  });
});

describe('once', () => {
  it('when two processes look at once, then there is one call', async () => {
    const customer = await aWaitingCustomer();
    await anEngineer(desk.store);
    await Promise.all([desk.run('waiting-list'), desk.other.run('waiting-list')]);
    expect(await tasksOf(desk.store, customer.ticket.id)).toHaveLength(1);
  });

  it('when a process dies at any step, then there is one call after the next round', async () => {
    await anEngineer(desk.store);
    const steps = await throughEveryDeath(desk, 'waiting-list', async () => {
      const customer = await aWaitingCustomer();
      return async () => {
        expect(await tasksOf(desk.store, customer.ticket.id)).toHaveLength(1);
        expect(await timelineOf(desk.store, customer.ticket.id)).toHaveLength(1);
        expect(await statusOf(customer.entry)).toBe('offered');
      };
    });
    expect(steps).toBe(3);
    expect(desk.clock.now).toBeLessThan(NOON + HOUR);
  });
});
