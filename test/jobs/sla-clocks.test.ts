import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { createSlaClocks } from '../../src/jobs/sla-clocks.ts';
import { slaClocksOn } from '../../src/store/due/sla-clocks.ts';
import { aChat, hoursAfterNoon } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aSlaDesk, ONE, SOON_DUE, secondsIn } from './an-sla-desk.ts';
import { aVisitIn } from './due-rows.ts';

let at: Awaited<ReturnType<typeof aSlaDesk>>;
beforeAll(async () => {
  at = await aSlaDesk();
});
afterAll(() => at.desk.close());
beforeEach(() => at.quiet());

describe('the first response', () => {
  it('S2-059 when a ticket is at.opened, then it is owed an answer and an end, by the target of its kind and priority', async () => {
    const { ticket } = await at.opened();
    await at.runAt(0);
    expect(await at.clocksOf(ticket.id)).toMatchObject([
      { kind: 'first-response', status: 'running', target: 0.05, due: new Date(secondsIn(3)) },
      { kind: 'resolution', status: 'running', target: 60, due: new Date(secondsIn(3600)) },
    ]);
  });

  it('S2-059 when it is opened after closing time, then the time begins in the morning', async () => {
    at.desk.clock.now = instantOf(Date.parse('2026-11-20T22:00:00+08:00'));
    const { ticket } = await at.opened();
    await at.desk.run('sla-clocks');
    expect((await at.clocksOf(ticket.id))[0]?.due).toEqual(new Date('2026-11-21T08:30:03+08:00'));
  });

  it('S2-059 when staff answer in the chat in time, then it is met at that instant; to claim the chat is no answer', async () => {
    const { chat, ticket } = await at.opened();
    await at.handedOver(chat, ticket.id, secondsIn(0));
    await at.happens(ticket.id, 'handoff-claimed', secondsIn(1));
    await at.runAt(1);
    expect((await at.clocksOf(ticket.id))[0]).toMatchObject({ status: 'running' });
    await at.says(chat, 'staff', secondsIn(2));
    await at.runAt(9);
    expect((await at.clocksOf(ticket.id))[0]).toMatchObject({ status: 'met', ended: new Date(secondsIn(2)), breached: null, rungs: 0 });
    expect(await at.pagesOf(ticket.id)).toEqual([]);
  });

  it('S2-059 when the answer came late while nobody looked, then it was missed when it was due, and nobody is called any more', async () => {
    const { chat, ticket } = await at.opened();
    await at.handedOver(chat, ticket.id, secondsIn(0));
    await at.says(chat, 'staff', secondsIn(10));
    await at.runAt(60);
    expect((await at.clocksOf(ticket.id))[0]).toMatchObject({
      status: 'missed',
      breached: new Date(secondsIn(3)),
      ended: new Date(secondsIn(10)),
    });
    expect(await at.pagesOf(ticket.id)).toEqual([]);
  });

  it('when the bot has settled it with a visit, then the customer has their answer', async () => {
    const { ticket } = await aVisitIn(26, at.desk.store, { openedAt: ONE });
    await at.desk.rows(
      "insert into ticket_event (ticket_id, at, actor, type, details) values ($1, $2, 'customer', 'appointment-booked', $3)",
      ticket.id,
      new Date(ONE),
      { from: new Date(hoursAfterNoon(26)).toISOString(), to: new Date(hoursAfterNoon(28)).toISOString() },
    );
    await at.runAt(5);
    expect(await at.clocksOf(ticket.id)).toMatchObject([
      { kind: 'first-response', status: 'met', ended: new Date(ONE) },
      // It rests until the visit begins, the next day at two.
      { kind: 'resolution', status: 'paused', due: new Date(hoursAfterNoon(27)) },
    ]);
  });
});

describe('the next response', () => {
  it('S2-059 runs from what nobody has answered to the answer, each a clock of its own', async () => {
    const { chat, ticket } = await at.opened();
    await at.handedOver(chat, ticket.id, secondsIn(0));
    await at.says(chat, 'staff', secondsIn(1));
    await at.says(chat, 'customer', secondsIn(10));
    await at.says(chat, 'customer', secondsIn(12));
    await at.runAt(13);
    expect((await at.clocksOf(ticket.id)).slice(1, -1)).toMatchObject([
      { kind: 'next-response', status: 'running', due: new Date(secondsIn(16)) },
    ]);
    await at.says(chat, 'staff', secondsIn(15));
    await at.says(chat, 'customer', secondsIn(20));
    await at.runAt(28);
    expect((await at.clocksOf(ticket.id)).slice(1, -1)).toMatchObject([
      { status: 'met', ended: new Date(secondsIn(15)) },
      { status: 'missed', breached: new Date(secondsIn(26)), rungs: 1 },
    ]);
  });

  it('when the chat is about no ticket, then it is owed answers of its own, until the bot has it again', async () => {
    const chat = await aChat(at.desk.store);
    const handoffId = await at.handedOver(chat, null, secondsIn(0), 0);
    await at.runAt(1);
    expect(await at.clocksOf(handoffId)).toMatchObject([{ kind: 'first-response', status: 'running', due: new Date(secondsIn(3)) }]);
    await at.says(chat, 'staff', secondsIn(2));
    await at.says(chat, 'customer', secondsIn(4));
    await at.runAt(5);
    await at.desk.rows(
      "update handoff set status = 'resolved', outcome = 'done', resolved_at = $2 where id = $1",
      handoffId,
      new Date(secondsIn(6)),
    );
    await at.runAt(20);
    expect(await at.clocksOf(handoffId)).toMatchObject([
      { kind: 'first-response', status: 'met', ended: new Date(secondsIn(2)) },
      { kind: 'next-response', status: 'dropped', ended: new Date(secondsIn(6)), breached: null },
    ]);
  });
});

describe('waiting for the customer', () => {
  it('when we wait for them, then the times rest; when they write, then it is open again from that instant', async () => {
    const { chat, ticket } = await at.opened();
    await at.runAt(0);
    await at.desk.rows("update ticket set status = 'waiting-customer' where id = $1", ticket.id);
    await at.happens(ticket.id, 'waiting-customer', secondsIn(1));
    await at.runAt(100);
    expect(await at.clocksOf(ticket.id)).toMatchObject([
      { kind: 'first-response', status: 'paused', due: null, breached: null },
      { kind: 'resolution', status: 'paused', due: null },
    ]);
    await at.says(chat, 'customer', secondsIn(200));
    await at.runAt(201);
    expect(await at.desk.rows('select status from ticket where id = $1', ticket.id)).toEqual([{ status: 'open' }]);
    expect(await at.desk.rows("select at, actor from ticket_event where ticket_id = $1 and type = 'customer-answered'", ticket.id)).toEqual(
      [{ at: new Date(secondsIn(200)), actor: 'system' }],
    );
    expect(await at.clocksOf(ticket.id)).toMatchObject([
      { kind: 'first-response', status: 'running', due: new Date(secondsIn(202)) },
      { kind: 'resolution', status: 'running', due: new Date(secondsIn(3600 + 199)) },
    ]);
  });
});

it('when it is called off by the customer, then nothing is owed any more; when it is resolved and opened anew, then it is owed again', async () => {
  const [off, again] = [await at.opened(), await at.opened()];
  await at.runAt(0);
  await at.desk.rows("update ticket set status = 'cancelled' where id = $1", off.ticket.id);
  await at.happens(off.ticket.id, 'cancelled', secondsIn(1), 'customer');
  await at.happens(again.ticket.id, 'resolved', secondsIn(1));
  await at.happens(again.ticket.id, 'reopened', secondsIn(60));
  await at.runAt(70);
  expect((await at.clocksOf(off.ticket.id)).map((it) => it.status)).toEqual(['dropped', 'dropped']);
  expect(await at.clocksOf(again.ticket.id)).toMatchObject([
    { kind: 'first-response', status: 'met' },
    { kind: 'resolution', status: 'met', ended: new Date(secondsIn(1)) },
    { kind: 'resolution', status: 'running', due: new Date(secondsIn(3660)) },
  ]);
});

it('when the policy changes, then what was promised stays, and a new ticket gets the new time', async () => {
  const { ticket } = await at.opened();
  await at.runAt(0);
  const slower = { ...SOON_DUE, sla: { ...SOON_DUE.sla, enquiry: DEFAULT_POLICY.sla.enquiry } };
  const round = createSlaClocks({
    clocks: slaClocksOn(at.desk.store),
    policy: slower,
    timeZone: 'Asia/Shanghai',
    makeIdentifier: newId,
    now: () => at.desk.clock.now,
    log: () => undefined,
  });
  const later = await at.opened();
  await round();
  expect((await at.clocksOf(ticket.id))[0]).toMatchObject({ target: 0.05, due: new Date(secondsIn(3)) });
  expect((await at.clocksOf(later.ticket.id))[0]).toMatchObject({ target: 120, due: new Date(secondsIn(120 * 60)) });
});

it('when a complaint becomes urgent, then it has the shorter time from its start, at any hour, and never the longer one', async () => {
  const { ticket } = await at.opened({ kind: 'complaint' });
  await at.runAt(0);
  await at.desk.rows("update ticket set priority = 'urgent' where id = $1", ticket.id);
  await at.desk.rows(
    "insert into ticket_event (ticket_id, at, actor, type, details) values ($1, $2, 'customer', 'complaint-joined', $3)",
    ticket.id,
    new Date(secondsIn(60)),
    { priority: 'urgent' },
  );
  await at.runAt(61);
  expect(await at.clocksOf(ticket.id)).toMatchObject([
    { kind: 'first-response', target: 5, due: new Date(secondsIn(300)) },
    { kind: 'resolution', target: 240, due: new Date(secondsIn(240 * 60)) },
  ]);
});

it('when one ticket can’t be read, then the others are seen to', async () => {
  const [odd, fine] = [await at.opened(), await at.opened()];
  await at.runAt(0);
  await at.desk.rows("update ticket set opened_at = 'infinity' where id = $1", odd.ticket.id);
  await at.happens(odd.ticket.id, 'note', secondsIn(1));
  await at.runAt(5);
  expect((await at.clocksOf(fine.ticket.id))[0]).toMatchObject({ status: 'missed' });
});

it('when a chat that was over is taken up again, then what was owed in it before stays on record, and it is owed anew', async () => {
  const { chat, ticket } = await at.opened();
  const handoffId = await at.handedOver(chat, ticket.id, secondsIn(0));
  await at.says(chat, 'staff', secondsIn(1));
  await at.says(chat, 'customer', secondsIn(10));
  await at.says(chat, 'staff', secondsIn(12));
  await at.desk.rows("update handoff set status = 'resolved', resolved_at = $2 where id = $1", handoffId, new Date(secondsIn(20)));
  await at.runAt(30);
  await at.desk.rows(
    "update handoff set status = 'queued', resolved_at = null, waiting_since = $2 where id = $1",
    handoffId,
    new Date(secondsIn(40)),
  );
  await at.runAt(42);
  expect((await at.clocksOf(ticket.id)).filter((it) => it.kind === 'next-response')).toMatchObject([
    { status: 'met', ended: new Date(secondsIn(12)) },
    { status: 'running', ended: null, due: new Date(secondsIn(46)) },
  ]);
});
