import { afterAll, beforeAll, expect, it } from 'vitest';
import { boardDesk } from '../../../src/desk/board.ts';
import { boardOn } from '../../../src/store/staff-chat/board.ts';
import { openDesk, type TestDesk } from '../../desk/a-desk.ts';
import { newId } from '../../support/database.ts';
import { aChat, aTicket, aTurn, hoursAfterNoon, NOON } from '../a-turn.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

it('has what is theirs, what waits for somebody and what is late, the most urgent first, with whole counts', async () => {
  const [li, zhang] = [await at.staff('agent', '李敏'), await at.staff('agent', '张强')];
  const board = boardDesk({ board: boardOn(at.store), now: () => NOON });
  expect(await board(li, 2)).toMatchObject({ kind: 'read', board: { overdue: { total: 0, items: [] } } });

  const [late, urgent, calm, over, mine, waits, missed] = [
    aTicket({ status: 'open', dueAt: hoursAfterNoon(-1) }),
    aTicket({ status: 'open', priority: 'urgent', dueAt: hoursAfterNoon(5) }),
    aTicket({ status: 'open', dueAt: null }),
    aTicket({ status: 'cancelled', dueAt: hoursAfterNoon(-1) }),
    aTicket({ status: 'scheduled', dueAt: hoursAfterNoon(9) }),
    aTicket({ status: 'waiting-customer', dueAt: hoursAfterNoon(-1) }),
    aTicket({ status: 'in-progress', dueAt: null }),
  ];
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [late, urgent, calm, over, mine, waits, missed] })]);
  await at.store.pool.query('update ticket set assignee_id = $1 where id = $2', [li.id, mine.id]);
  await at.store.pool.query(
    "insert into sla_clock (id, ticket_id, kind, priority, target_minutes, started_at, due_at, breached_at, status) values ($1, $2, 'resolution', 'normal', 60, $3, $3, $3, 'missed')",
    [newId(), missed.id, new Date(hoursAfterNoon(-2))],
  );
  const [first, second] = [await at.waiting(), await at.waiting({ ticket: aTicket({ number: 'BX-20261120-0777' }) })];
  await at.store.pool.query('update handoff set waiting_since = $2 where id = $1', [second.handoffId, new Date(hoursAfterNoon(-1))]);
  await at.desk.handoffs.claim(zhang, first.handoffId);

  const read = await board(li, 2);
  if (read.kind !== 'read') throw new Error(read.kind);
  const { mine: own, unclaimed, overdue } = read.board;
  expect(own.handoffs).toEqual({ total: 0, items: [] });
  expect(own.tickets.items.map((it) => it.number)).toEqual([mine.number]);
  expect(unclaimed.handoffs).toEqual({
    total: 1,
    items: [{ id: second.handoffId, reason: 'asked', waitingSince: hoursAfterNoon(-1), claimedAt: null, ticket: 'BX-20261120-0777' }],
  });
  expect(unclaimed.tickets.total).toBe(3);
  expect(unclaimed.tickets.items.map((it) => it.number)).toEqual([urgent.number, late.number]);
  expect(overdue).toMatchObject({
    total: 2,
    items: [
      { number: late.number, overdue: false, dueAt: hoursAfterNoon(-1), faultCodes: ['leaking', 'noisy'] },
      { number: missed.number, overdue: true, dueAt: null },
    ],
  });

  const theirs = await board(zhang, 2);
  expect(theirs.kind === 'read' ? theirs.board.mine.handoffs.items : theirs).toMatchObject([{ id: first.handoffId, claimedAt: NOON }]);
  expect(await board(await at.staff('engineer'), 2)).toEqual({ kind: 'forbidden', deed: 'desk.read' });
});
