import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { VisitWindow } from '../../src/domain/visit-window.ts';
import { aBooking, aChat, anEngineer, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());
/** Only the engineers of a test are at work. */
beforeEach(async () => {
  await at.store.pool.query('update engineer set active = false');
});

const window = (hour: number): VisitWindow => ({ from: hoursAfterNoon(hour), to: hoursAfterNoon(hour + 2) });
/** Saturday 14:00, 16:00 and 18:00; Sunday 14:00. */
const [SAT_14, SAT_16, SAT_18, SUN_14] = [26, 28, 30, 50].map(window) as [VisitWindow, VisitWindow, VisitWindow, VisitWindow];

let sequence = 0;
const anOpenTicket = (what: Parameters<typeof aTicket>[0] = {}) => {
  sequence += 1;
  return aTicket({ number: `BX-20261120-${4_000 + sequence}`, status: 'open', ...what });
};

async function open(what: Parameters<typeof aTicket>[0] = {}, chat?: Chat) {
  const ticket = anOpenTicket(what);
  await at.store.transact([aTurn(chat ?? (await aChat(at.store)), { tickets: [ticket] })]);
  return ticket;
}

/** Two tickets of one visit on Saturday at two. */
async function visited(engineerId: Identifier, chat?: Chat) {
  const tickets = [anOpenTicket({ status: 'scheduled' }), anOpenTicket({ status: 'scheduled' })] as const;
  const reservation = aBooking(
    engineerId,
    26,
    tickets.map((it) => it.id),
  );
  expect(await at.store.transact([aTurn(chat ?? (await aChat(at.store)), { tickets, reservation })])).toMatchObject([{ kind: 'written' }]);
  return { tickets, appointment: reservation.appointmentId };
}

const withoutChat = (...tickets: readonly { readonly id: string }[]) =>
  at.store.pool.query('update ticket set conversation_id = null where id = any($1)', [tickets.map((it) => it.id)]);

const tasksOf = async (...tickets: readonly { readonly id: string }[]) =>
  (
    await at.store.pool.query(
      'select whom, reason, engineer_id, status, due_at, notice_sealed from contact_task where ticket_id = any($1) order by whom, reason, id',
      [tickets.map((it) => it.id)],
    )
  ).rows;

const noticeOf = (task: { notice_sealed: Buffer }) => at.store.seal.open('contact-task.notice', task.notice_sealed);

const bookedFor = async (ticket: { readonly id: string }) =>
  (
    await at.store.pool.query(
      "select a.id, a.engineer_id, a.window_from, a.confirmed_at, a.reminded from appointment a join appointment_ticket x on x.appointment_id = a.id where x.ticket_id = $1 and a.status = 'booked'",
      [ticket.id],
    )
  ).rows;

const change = async (number: string, to: VisitWindow, engineerId: Identifier | null = null) =>
  at.desk.tickets.changeVisit(await at.staff('dispatcher'), number, { window: to, engineerId, reason: 'customer-asked' });

describe('the windows', () => {
  it('are those that are free for the product and the place, with who could come, the own visit given up', async () => {
    const [one, two] = [await anEngineer(at.store), await anEngineer(at.store)];
    const { tickets } = await visited(one);
    await at.store.transact([aTurn(await aChat(at.store), { reservation: aBooking(two, 26) })]);
    const listed = await at.desk.tickets.windows(await at.staff('quality'), tickets[0].number, { from: null, days: 2 });
    const found = listed.kind === 'listed' ? listed.windows : [];
    expect(found.find((it) => it.from === SAT_14.from)?.engineers.map((it) => it.id)).toEqual([one]);
    expect(found.find((it) => it.from === SAT_16.from)?.engineers.map((it) => it.id)).toEqual([one]);
    expect(found.find((it) => it.from === SAT_18.from)?.engineers.map((it) => it.id)).toEqual([one, two].sort());
    expect(found.every((it) => it.from < hoursAfterNoon(36))).toBe(true);
  });

  it('are none for what is over, for a complaint, and where place or product are unknown', async () => {
    const agent = await at.staff('agent');
    const why = async (what: Parameters<typeof aTicket>[0]) =>
      at.desk.tickets.windows(agent, (await open(what)).number, { from: null, days: 7 });
    expect(await why({ status: 'resolved' })).toEqual({ kind: 'not-allowed', why: 'ticket-over' });
    expect(await why({ kind: 'complaint' })).toEqual({ kind: 'not-allowed', why: 'complaint' });
    expect(await why({ district: null })).toEqual({ kind: 'not-allowed', why: 'no-place' });
    expect(await why({ appliance: null })).toEqual({ kind: 'not-allowed', why: 'no-appliance' });
    expect(await at.desk.tickets.windows(agent, 'BX-20261120-9999', { from: null, days: 7 })).toEqual({ kind: 'no-such-ticket' });
    expect((await at.desk.tickets.windows(await at.staff('engineer'), 'BX-20261120-9999', { from: null, days: 7 })).kind).toBe('forbidden');
  });
});

describe('a visit', () => {
  it('S2-016 S4-018 moves with every ticket of it, confirmed, reminders anew, in timeline and audit, and the chat is told', async () => {
    const engineer = await anEngineer(at.store);
    const chat = await aChat(at.store);
    const { tickets, appointment } = await visited(engineer, chat);
    const [ticket, other] = tickets;
    await at.store.pool.query("update appointment set reminded = '{day-before}' where id = $1", [appointment]);
    await at.store.pool.query(
      'insert into waiting_list_entry (id, ticket_id, from_at, to_at, created_at) values ($1, $2, now(), now(), now())',
      [newId(), other.id],
    );
    for (const [reason, engineerId] of [
      ['reminder', null],
      ['call-back', null],
      ['visit-given', engineer],
    ] as const)
      await at.store.pool.query(
        'insert into contact_task (id, ticket_id, whom, engineer_id, reason, due_at) values ($1, $2, $3, $4, $5, now())',
        [newId(), other.id, engineerId === null ? 'customer' : 'engineer', engineerId, reason],
      );
    const turned = at.turned.length;
    const done = await change(ticket.number, SAT_16);
    expect(done).toMatchObject({
      kind: 'changed',
      ticket: { status: 'scheduled', dueAt: SAT_16.to, appointment: { window: SAT_16, confirmedAt: NOON, engineer: { id: engineer } } },
    });
    for (const it of tickets)
      expect(await bookedFor(it)).toEqual([
        { id: expect.any(String), engineer_id: engineer, window_from: new Date(SAT_16.from), confirmed_at: new Date(NOON), reminded: [] },
      ]);
    const { rows } = await at.store.pool.query(
      "select ticket_id, details from ticket_event where type = 'appointment-changed' and ticket_id = any($1)",
      [tickets.map((it) => it.id)],
    );
    expect(rows.map((it) => [it.details.before, it.details.reason])).toEqual([
      [appointment, 'customer-asked'],
      [appointment, 'customer-asked'],
    ]);
    expect((await at.audit()).at(-1)).toMatchObject({ action: 'ticket.visit', subject: `ticket:${ticket.number}` });
    expect(at.turned.slice(turned)).toEqual([chat.conversationId]);
    expect((await at.store.readConversation(chat.conversationId))?.unapplied.at(-1)?.body).toMatchObject({
      event: 'visit-arranged',
      ticketId: ticket.id,
      change: 'moved',
    });
    const tasks = await tasksOf(ticket, other);
    expect(tasks.filter((it) => it.status === 'open').map((it) => it.reason)).toEqual(['call-back', 'visit-moved']);
    const moved = tasks.find((it) => it.reason === 'visit-moved');
    for (const it of tickets) expect(noticeOf(moved)).toContain(it.number);
    expect((await at.store.pool.query('select status from waiting_list_entry where ticket_id = $1', [other.id])).rows).toEqual([
      { status: 'closed' },
    ]);
  });

  it('is booked for an open ticket without a chat: the customer is sent it, and the engineer too', async () => {
    const engineer = await anEngineer(at.store);
    const ticket = await open();
    await withoutChat(ticket);
    expect(await change(ticket.number, SUN_14)).toMatchObject({
      kind: 'changed',
      ticket: { status: 'scheduled', appointment: { window: SUN_14 } },
    });
    const [customer, given] = await tasksOf(ticket);
    expect(customer).toMatchObject({ whom: 'customer', reason: 'change', status: 'open' });
    expect(noticeOf(customer)).toMatch(/^您的洗衣机（单号BX-[\d-]+）上门时间约好了：11月22日 周日 14:00–16:00，李工师傅来，电话/u);
    expect(given).toMatchObject({ whom: 'engineer', reason: 'visit-given', engineer_id: engineer });
  });

  it('given to another engineer: the one hears that it is off, the other that it is theirs, and no notice of the old time goes out', async () => {
    const [one, two] = [await anEngineer(at.store), await anEngineer(at.store)];
    const { tickets } = await visited(one);
    await withoutChat(...tickets);
    expect(await change(tickets[0].number, SAT_14, two)).toMatchObject({
      kind: 'changed',
      ticket: { appointment: { window: SAT_14, engineer: { id: two } } },
    });
    const tasks = await tasksOf(...tickets);
    expect(tasks.map((it) => [it.reason, it.engineer_id])).toEqual([
      ['change', null],
      ['visit-given', two],
      ['visit-off', one],
    ]);
    expect(noticeOf(tasks[0])).toContain('换李工师傅来，还是11月21日');
    expect(await change(tickets[0].number, SUN_14, one)).toMatchObject({ kind: 'changed' });
    expect((await tasksOf(...tickets)).filter((it) => it.whom === 'customer' && it.status === 'open')).toHaveLength(1);
  });

  it('may overlap the one it replaces; the same once more is refused', async () => {
    const engineer = await anEngineer(at.store);
    const { tickets } = await visited(engineer);
    expect(await change(tickets[0].number, SAT_14)).toEqual({ kind: 'not-allowed', why: 'same-visit' });
    expect(await change(tickets[0].number, SAT_16)).toMatchObject({ kind: 'changed' });
    expect(await change(tickets[0].number, SAT_14, engineer)).toMatchObject({ kind: 'changed' });
  });

  it('a window somebody holds or has is taken, with the nearest others; an engineer who does not go there is nobody', async () => {
    const engineer = await anEngineer(at.store);
    const ticket = await open();
    const { appointmentId, ...rest } = aBooking(engineer, 26);
    await at.store.transact([
      aTurn(await aChat(at.store), {
        reservation: {
          appointmentId,
          engineerId: rest.engineerId,
          window: rest.window,
          travelEndsAt: rest.travelEndsAt,
          kind: 'hold',
          heldUntil: hoursAfterNoon(1),
        },
      }),
    ]);
    const taken = await change(ticket.number, SAT_14);
    expect(taken).toMatchObject({ kind: 'window-taken' });
    expect(taken.kind === 'window-taken' ? taken.nearest.length : 0).toBe(3);
    expect(await change(ticket.number, SAT_18, newId())).toEqual({ kind: 'no-such-engineer' });
    expect(await bookedFor(ticket)).toEqual([]);
    expect(await tasksOf(ticket)).toEqual([]);
    at.clock.now = hoursAfterNoon(2);
    expect(await change(ticket.number, SAT_14), 'the hold has run out').toMatchObject({ kind: 'changed' });
    at.clock.now = NOON;
  });

  it('four want the one engineer at one time: one has the window, the others are told others, and keep what they had', async () => {
    const engineer = await anEngineer(at.store);
    const tickets = await Promise.all(Array.from({ length: 4 }, () => open()));
    const answers = await Promise.all(tickets.map((it) => change(it.number, SUN_14, engineer)));
    expect(answers.map((it) => it.kind).sort()).toEqual(['changed', 'window-taken', 'window-taken', 'window-taken']);
    for (const it of answers) if (it.kind === 'window-taken') expect(it.nearest.length).toBeGreaterThan(0);
    const visits = await Promise.all(tickets.map(bookedFor));
    expect(visits.flat()).toHaveLength(1);
  });

  it('changed by four at once: one visit is left, and each change that was made is told', async () => {
    for (let n = 0; n < 3; n++) await anEngineer(at.store);
    const ticket = await open();
    const answers = await Promise.all([SAT_14, SAT_16, SAT_18, SUN_14].map((it) => change(ticket.number, it)));
    expect(await bookedFor(ticket)).toHaveLength(1);
    const { rows } = await at.store.pool.query(
      "select 1 from ticket_event where ticket_id = $1 and type in ('appointment-booked', 'appointment-changed')",
      [ticket.id],
    );
    expect(rows).toHaveLength(answers.filter((it) => it.kind === 'changed').length);
  });

  it('a turn that read the visit before writes nothing after', async () => {
    const engineer = await anEngineer(at.store);
    const chat = await aChat(at.store);
    const { tickets, appointment } = await visited(engineer, chat);
    await change(tickets[0].number, SAT_16);
    const late = aTurn(chat, {
      revision: 1,
      calledOff: appointment,
      ticketChanges: [{ ticketId: tickets[0].id, status: 'cancelled', dueAt: null }],
    });
    const elsewhere = aTurn(await aChat(at.store), { calledOff: appointment });
    expect((await at.store.transact([late, elsewhere])).map((it) => it.kind)).toEqual(['revision-lost', 'window-taken']);
  });
});

it('is refused to who may not, and when the ticket is over', async () => {
  await anEngineer(at.store);
  const over = await open({ status: 'cancelled' });
  expect(await change(over.number, SUN_14)).toEqual({ kind: 'not-allowed', why: 'ticket-over' });
  for (const role of ['engineer', 'quality'] as const)
    expect(
      await at.desk.tickets.changeVisit(await at.staff(role), over.number, { window: SUN_14, engineerId: null, reason: null }),
    ).toEqual({
      kind: 'forbidden',
      deed: 'desk.act',
    });
});
