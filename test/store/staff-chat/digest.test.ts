import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestMessage } from '../../../src/channels/slack/digest.ts';
import { spanOfDay } from '../../../src/domain/business-calendar.ts';
import { DAY, instantOf, type LocalDay } from '../../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';
import { digestOn } from '../../../src/store/staff-chat/digest.ts';
import { staffWords } from '../../../src/wording/staff/render.ts';
import { openDesk, type TestDesk, ZONE } from '../../desk/a-desk.ts';
import { newId } from '../../support/database.ts';
import { aBooking, aChat, anEngineer, aTicket, aTurn, hoursAfterNoon, NOON } from '../a-turn.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

const DAY_OF = '2026-11-21' as LocalDay;

function read() {
  const { from: today, to: tomorrow } = spanOfDay(DAY_OF, ZONE);
  return digestOn(at.store)({ yesterday: instantOf(today - DAY), today, tomorrow, now: hoursAfterNoon(20.5) });
}

it('S2-042 counts nothing where there is nothing', async () => {
  const figures = await read();
  expect(figures).toEqual({
    opened: 0,
    resolved: 0,
    live: { open: 0, scheduled: 0, 'in-progress': 0, 'waiting-customer': 0 },
    overdue: 0,
    visits: 0,
    handoffsWaiting: 0,
    complaintsOpen: 0,
    csat: null,
  });
  const { text } = digestMessage(figures, DAY_OF, { word: staffWords('zh-CN'), policy: DEFAULT_POLICY });
  expect(text).toContain('在办：没有');
  expect(text).not.toContain('满意度');
});

it('S2-042 counts yesterday by local days, what is live, late and to come, and says it in plain words', async () => {
  const chat = await aChat(at.store);
  const engineerId = await anEngineer(at.store);
  const [visited, late, waiting, old, complaint] = [
    aTicket({ status: 'scheduled', dueAt: hoursAfterNoon(26) }),
    aTicket({ status: 'open', dueAt: hoursAfterNoon(3) }),
    aTicket({ status: 'waiting-customer', dueAt: hoursAfterNoon(3) }),
    // The day before yesterday.
    aTicket({ status: 'open', dueAt: null, openedAt: hoursAfterNoon(-12.1) }),
    aTicket({ kind: 'complaint', status: 'in-progress', dueAt: hoursAfterNoon(40) }),
  ];
  await at.store.transact([
    aTurn(chat, { tickets: [visited, late, waiting, old, complaint], reservation: aBooking(engineerId, 24, [visited.id]) }),
  ]);
  await at.waiting();
  const agent = await at.staff('agent');
  const done = aTicket({ number: 'BX-20261120-0999', status: 'in-progress' });
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [done] })]);
  // Resolved, opened anew and resolved again is one.
  for (const transition of ['complete', 'reopen', 'complete'] as const) await at.desk.tickets.transit(agent, done.number, transition);
  for (const score of [4, 5])
    await at.store.pool.query(
      "insert into survey (id, once_key, ticket_id, status, due_at, answered_at, answered_by, score) values ($1, $2, $3, 'answered', $4, $4, 'customer', $5)",
      [newId(), `ticket:${newId()}`, done.id, new Date(NOON), score],
    );

  const figures = await read();
  expect(figures).toEqual({
    opened: 5,
    resolved: 1,
    live: { open: 2, scheduled: 1, 'in-progress': 1, 'waiting-customer': 1 },
    overdue: 1,
    visits: 1,
    handoffsWaiting: 1,
    complaintsOpen: 1,
    csat: { mean: 4.5, count: 2 },
  });
  const { text } = digestMessage(figures, DAY_OF, { word: staffWords('zh-CN'), policy: DEFAULT_POLICY });
  for (const line of [
    '昨天：新开5张，解决1张',
    '在办：待处理2、已约上门1、处理中1、等客户1',
    '⏰ 过了时限：1张',
    '昨天的满意度：4.5分，2位客户打分',
  ])
    expect(text).toContain(line);
  expect(
    digestMessage(figures, DAY_OF, {
      word: staffWords('en'),
      policy: { ...DEFAULT_POLICY, slack: { ...DEFAULT_POLICY.slack, language: 'en' } },
    }).text,
  ).toContain('Yesterday: 5 opened, 1 resolved');
});
