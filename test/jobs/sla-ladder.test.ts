import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instantOf, MINUTE, SECOND } from '../../src/domain/instant.ts';
import { aSlaDesk, ONE, secondsIn } from './an-sla-desk.ts';
import { throughEveryDeath } from './due-process.ts';
import { aColleague } from './due-rows.ts';

let at: Awaited<ReturnType<typeof aSlaDesk>>;
beforeAll(async () => {
  at = await aSlaDesk();
});
afterAll(() => at.desk.close());
beforeEach(() => at.quiet());

describe('the ladder', () => {
  it('S4-008 warned before, then owner, lead, general manager: three steps fire once each, whatever rounds there are', async () => {
    const { ticket } = await at.opened();
    for (const seconds of [0, 1, 2, 3.4, 3.6, 4.1, 4.2, 20, 34, 34.1, 50, 64.1, 64.2, 200]) await at.runAt(seconds);
    expect(await at.slaEventsOf(ticket.id)).toEqual([
      'sla-warned 2.4',
      'sla-breached 3',
      'sla-escalated 3.1',
      'sla-escalated 33',
      'sla-escalated 63.1',
    ]);
    const [first] = await at.desk.rows<{ id: string }>(
      "select id from sla_clock where ticket_id = $1 and kind = 'first-response'",
      ticket.id,
    );
    expect(await at.pagesOf(ticket.id)).toEqual([
      { reason: 'sla-first-response', once_key: `sla:${first?.id}:0`, audience: { staff: [], roles: ['dispatcher'] }, repeats: false },
      {
        reason: 'sla-first-response',
        once_key: `sla:${first?.id}:1`,
        audience: { staff: [], roles: ['dispatcher', 'quality'] },
        repeats: false,
      },
      { reason: 'sla-first-response', once_key: `sla:${first?.id}:2`, audience: { staff: [], roles: ['admin'] }, repeats: false },
    ]);
    expect((await at.clocksOf(ticket.id))[0]).toMatchObject({ status: 'missed', breached: new Date(secondsIn(3)), ended: null, rungs: 3 });
  });

  it('S4-008 when two processes look at once, and new ones after them, then each step is one page', async () => {
    const { ticket } = await at.opened();
    for (const seconds of [0, 5, 40, 70]) {
      at.desk.clock.now = secondsIn(seconds);
      const fresh = at.desk.mortal(1_000, 'before');
      await Promise.all([at.desk.run('sla-clocks'), at.desk.other.run('sla-clocks'), fresh.run('sla-clocks')]);
    }
    expect(await at.pagesOf(ticket.id)).toHaveLength(3);
    expect(await at.slaEventsOf(ticket.id)).toHaveLength(4);
  });

  it('S4-008 when a process dies at any step of a round, then the next makes it whole, once', async () => {
    at.desk.clock.now = secondsIn(600);
    const steps = await throughEveryDeath(at.desk, 'sla-clocks', async () => {
      const { ticket } = await at.opened({ openedAt: instantOf(at.desk.clock.now - 10 * SECOND) });
      return async () => {
        expect(await at.pagesOf(ticket.id)).toHaveLength(2);
        expect((await at.slaEventsOf(ticket.id)).filter((it) => it.startsWith('sla-breached'))).toHaveLength(1);
      };
    });
    expect(steps).toBeGreaterThanOrEqual(4);
  });

  it('S4-008 when somebody acknowledges a page, then nobody above them is called', async () => {
    const { ticket } = await at.opened();
    await at.runAt(0);
    await at.runAt(5);
    await at.desk.rows("update page set status = 'acknowledged' where ticket_id = $1", ticket.id);
    for (const seconds of [40, 70, 200]) await at.runAt(seconds);
    expect(await at.pagesOf(ticket.id)).toHaveLength(1);
  });

  it('S4-008 when it is somebody’s, then they are called first', async () => {
    const { ticket } = await at.opened();
    const agent = await aColleague(at.desk.store, 'agent', '小李');
    await at.desk.rows('update ticket set assignee_id = $2 where id = $1', ticket.id, agent);
    await at.runAt(0);
    await at.runAt(5);
    expect(await at.pagesOf(ticket.id)).toMatchObject([{ audience: { staff: [agent], roles: [] } }]);
  });

  it('when a promise was broken for longer than the whole ladder before anybody counted, then that is on record and nobody is called', async () => {
    const { ticket } = await at.opened({ openedAt: instantOf(ONE - 300 * MINUTE) });
    await at.runAt(0);
    expect((await at.clocksOf(ticket.id))[0]).toMatchObject({ status: 'missed', ended: null, rungs: 3 });
    expect(await at.pagesOf(ticket.id)).toEqual([]);
  });
});
