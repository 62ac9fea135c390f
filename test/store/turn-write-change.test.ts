/** The turn's write when a visit moves or is called off: the old window goes and the new one comes in the same statement. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, instantOf } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { NewContactTask, NewPage } from '../../src/turn/ports.ts';
import { newId, openTestStore } from '../support/database.ts';
import { A_PHONE, aBooking, aChat, anEngineer, aReply, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from './a-turn.ts';

const WRONG = { number: 'BX-20261120-9999', phone: A_PHONE };

let store: Store;
beforeAll(async () => {
  store = await openTestStore({ now: () => NOON });
});
afterAll(() => store.close());

const rows = async (text: string, values: readonly unknown[]) => (await store.pool.query(text, [...values])).rows;

/** A customer with a visit an hour after noon, and the turn that comes next. */
async function booked(engineer?: Identifier) {
  const chat = await aChat(store);
  const by = engineer ?? (await anEngineer(store));
  const ticket = aTicket();
  const visit = aBooking(by, 1, [ticket.id]);
  expect(await store.transact([aTurn(chat, { tickets: [ticket], reservation: visit })])).toMatchObject([{ kind: 'written' }]);
  return { chat, engineer: by, ticket, visit };
}

const statusOf = async (appointmentId: Identifier) =>
  (await rows('select status from appointment where id = $1', [appointmentId]))[0]?.status;
const ticketOf = async (id: Identifier) => (await rows('select status, due_at, revision from ticket where id = $1', [id]))[0];

const isUntouched = async (chat: Chat, revision: number) => {
  expect(await store.readConversation(chat.conversationId)).toMatchObject({ revision });
};

describe('S2-018 a visit that moves', () => {
  it('may overlap its old window with the same engineer: the old is free in the write that takes the new', async () => {
    const { chat, engineer, ticket, visit } = await booked();
    const moved = aBooking(engineer, 2, [ticket.id]);
    const change = { ticketId: ticket.id, status: 'scheduled', dueAt: moved.window.to } as const;
    expect(
      await store.transact([
        aTurn(chat, {
          revision: 1,
          calledOff: visit.appointmentId,
          reservation: moved,
          ticketChanges: [change],
          outgoing: [aReply('改好了')],
        }),
      ]),
    ).toMatchObject([{ kind: 'written' }]);
    expect([await statusOf(visit.appointmentId), await statusOf(moved.appointmentId)]).toEqual(['cancelled', 'booked']);
    expect(await ticketOf(ticket.id)).toMatchObject({ status: 'scheduled', due_at: new Date(moved.window.to), revision: 1 });
    expect(await store.readings.ticketById(ticket.id)).toMatchObject({ visit: { appointmentId: moved.appointmentId } });
  });

  it('ends what would tell its customer the old time, and no other promise; what is said of the move itself stays', async () => {
    const { chat, engineer, ticket, visit } = await booked();
    const stale = ['reminder', 'price-notice', 'confirm-booking', 'confirmation', 'change'];
    const calls = [...stale, 'engineer-late', 'late-reschedule', 'call-back'].map((reason) =>
      aCall(ticket.id, { kind: 'customer' }, { reason }),
    );
    const theirs = await booked();
    const elsewhere = aCall(theirs.ticket.id, { kind: 'customer' }, { reason: 'reminder' });
    await store.transact([
      aTurn(chat, { revision: 1, contactTasks: calls }),
      aTurn(theirs.chat, { revision: 1, contactTasks: [elsewhere] }),
    ]);
    const moved = aBooking(engineer, 24, [ticket.id]);
    const change = { ticketId: ticket.id, status: 'scheduled', dueAt: moved.window.to } as const;
    const told = aCall(ticket.id, { kind: 'customer' }, { reason: 'change' });
    const turn = aTurn(chat, {
      revision: 2,
      calledOff: visit.appointmentId,
      reservation: moved,
      ticketChanges: [change],
      contactTasks: [told],
    });
    expect(await store.transact([turn])).toMatchObject([{ kind: 'written' }]);
    const ended = await rows("select reason from contact_task where ticket_id = $1 and status = 'done' and done_by is null", [ticket.id]);
    expect(ended.map((it) => it.reason).sort()).toEqual(stale.toSorted());
    const open = await rows("select reason from contact_task where ticket_id = any($1) and status = 'open'", [
      [ticket.id, theirs.ticket.id],
    ]);
    expect(open.map((it) => it.reason).sort()).toEqual(['call-back', 'change', 'engineer-late', 'late-reschedule', 'reminder']);
  });

  it('leaves its old window to the next customer', async () => {
    const { chat, engineer, ticket, visit } = await booked();
    await store.transact([aTurn(chat, { revision: 1, calledOff: visit.appointmentId, reservation: aBooking(engineer, 24, [ticket.id]) })]);
    expect(await store.transact([aTurn(await aChat(store), { reservation: aBooking(engineer, 1) })])).toMatchObject([{ kind: 'written' }]);
  });

  it('keeps its old window when the new one is gone, and writes nothing at all; others of the list are written', async () => {
    const { chat, engineer, ticket, visit } = await booked();
    const theirs = await aChat(store);
    await store.transact([aTurn(theirs, { reservation: aBooking(engineer, 5) })]);
    const bystander = await aChat(store);
    const lost = aTurn(chat, {
      revision: 1,
      calledOff: visit.appointmentId,
      reservation: aBooking(engineer, 6, [ticket.id]),
      ticketChanges: [{ ticketId: ticket.id, status: 'cancelled', dueAt: null }],
      outgoing: [aReply('改好了')],
    });
    expect(await store.transact([lost, aTurn(bystander)])).toMatchObject([{ kind: 'window-taken' }, { kind: 'written' }]);
    expect(await statusOf(visit.appointmentId)).toBe('booked');
    expect(await ticketOf(ticket.id)).toMatchObject({ status: 'scheduled', revision: 0 });
    await isUntouched(chat, 1);
    await isUntouched(bystander, 1);
  });

  it.each(['cancelled', 'done'])('is not moved once it is %s: nothing at all is written', async (status) => {
    const { chat, engineer, ticket, visit } = await booked();
    await store.pool.query('update appointment set status = $2 where id = $1', [visit.appointmentId, status]);
    const moved = aBooking(engineer, 24, [ticket.id]);
    const change = { ticketId: ticket.id, status: 'scheduled', dueAt: moved.window.to } as const;
    const turn = aTurn(chat, {
      revision: 1,
      calledOff: visit.appointmentId,
      reservation: moved,
      ticketChanges: [change],
      wrongProof: WRONG,
    });
    expect(await store.transact([turn])).toEqual([{ kind: 'window-taken' }]);
    expect(await statusOf(visit.appointmentId)).toBe(status);
    expect(await statusOf(moved.appointmentId)).toBeUndefined();
    expect(await ticketOf(ticket.id)).toMatchObject({ revision: 0 });
    await isUntouched(chat, 1);
  });

  it('lets two customers race for the window it frees: one has it', async () => {
    const { chat, engineer, ticket, visit } = await booked();
    await store.transact([aTurn(chat, { revision: 1, calledOff: visit.appointmentId, reservation: aBooking(engineer, 24, [ticket.id]) })]);
    const other = await openTestStore({ url: store.url, now: () => NOON });
    const [one, two] = [await aChat(store), await aChat(store)];
    const outcomes = await Promise.all([
      store.transact([aTurn(one, { reservation: aBooking(engineer, 1) })]),
      other.transact([aTurn(two, { reservation: aBooking(engineer, 2) })]),
    ]);
    expect(
      outcomes
        .flat()
        .map((it) => it.kind)
        .sort(),
    ).toEqual(['window-taken', 'written']);
    await other.close();
  });

  it('and another that swaps with it, at once and in two processes: no window is had twice, nobody waits for ever', async () => {
    const other = await openTestStore({ url: store.url, now: () => NOON });
    const engineer = await anEngineer(store);
    const one = await booked(engineer);
    const twoChat = await aChat(store);
    const twoTicket = aTicket();
    const twoVisit = aBooking(engineer, 5, [twoTicket.id]);
    await store.transact([aTurn(twoChat, { tickets: [twoTicket], reservation: twoVisit })]);
    const outcomes = await Promise.all([
      store.transact([
        aTurn(one.chat, { revision: 1, calledOff: one.visit.appointmentId, reservation: aBooking(engineer, 5, [one.ticket.id]) }),
      ]),
      other.transact([
        aTurn(twoChat, { revision: 1, calledOff: twoVisit.appointmentId, reservation: aBooking(engineer, 1, [twoTicket.id]) }),
      ]),
    ]);
    expect(outcomes.flat().every((it) => it.kind === 'written' || it.kind === 'window-taken')).toBe(true);
    expect(await rows("select 1 from appointment where engineer_id = $1 and status = 'booked'", [engineer])).toHaveLength(2);
    await other.close();
  });
});

describe('S2-018 a visit that is called off', () => {
  it('is cancelled with its tickets; calls to the customer and the wait for an earlier time end', async () => {
    const { chat, engineer, ticket, visit } = await booked();
    const call = aCall(ticket.id, { kind: 'customer' });
    const told = aCall(ticket.id, { kind: 'engineer', engineerId: engineer });
    await store.transact([
      aTurn(chat, {
        revision: 1,
        contactTasks: [call, told],
        waitingList: [{ id: newId(), ticketId: ticket.id, fromAt: NOON, toAt: NOON, at: NOON }],
      }),
    ]);
    const change = { ticketId: ticket.id, status: 'cancelled', dueAt: null } as const;
    expect(await store.transact([aTurn(chat, { revision: 2, calledOff: visit.appointmentId, ticketChanges: [change] })])).toMatchObject([
      { kind: 'written' },
    ]);
    expect(await statusOf(visit.appointmentId)).toBe('cancelled');
    expect(await ticketOf(ticket.id)).toMatchObject({ status: 'cancelled', due_at: null });
    expect(await rows('select id, status from contact_task where ticket_id = $1 order by whom', [ticket.id])).toEqual([
      { id: call.id, status: 'done' },
      { id: told.id, status: 'open' },
    ]);
    expect(await rows('select status from waiting_list_entry where ticket_id = $1', [ticket.id])).toEqual([{ status: 'closed' }]);
  });

  it('by two turns at once is called off by one of them', async () => {
    const { chat, visit } = await booked();
    const other = await aChat(store);
    const outcomes = await Promise.all([
      store.transact([aTurn(chat, { revision: 1, calledOff: visit.appointmentId })]),
      store.transact([aTurn(other, { calledOff: visit.appointmentId })]),
    ]);
    expect(
      outcomes
        .flat()
        .map((it) => it.kind)
        .sort(),
    ).toEqual(['window-taken', 'written']);
  });
});

function aCall(ticketId: Identifier, whom: NewContactTask['whom'], what: Partial<NewContactTask> = {}): NewContactTask {
  return { id: newId(), ticketId, whom, reason: 'late', notice: null, dueAt: hoursAfterNoon(1), onceKey: null, ...what };
}

describe('people to be told', () => {
  it('the same matter is one page and one task, in one turn, in two, and in two at once', async () => {
    const { chat, ticket } = await booked();
    const onceKey = `late:${ticket.id}`;
    const page = (): NewPage => ({ id: newId(), reason: 'engineer-late', ticketId: ticket.id, raisedAt: NOON, onceKey, notBefore: null });
    const call = () => aCall(ticket.id, { kind: 'customer' }, { onceKey });
    const others = [await aChat(store), await aChat(store)];
    const write = (of: Chat, revision: number) => store.transact([aTurn(of, { revision, pages: [page()], contactTasks: [call()] })]);
    expect(await write(chat, 1)).toMatchObject([{ kind: 'written' }]);
    expect(await write(chat, 2)).toMatchObject([{ kind: 'written' }]);
    expect((await Promise.all(others.map((it) => write(it, 0)))).flat().map((it) => it.kind)).toEqual(['written', 'written']);
    expect(await rows('select 1 from page where once_key = $1', [onceKey])).toHaveLength(1);
    expect(await rows('select 1 from contact_task where once_key = $1', [onceKey])).toHaveLength(1);
    const without = aTurn(chat, {
      revision: 3,
      pages: [
        { ...page(), onceKey: null },
        { ...page(), onceKey: null },
      ],
    });
    await store.transact([without]);
    expect(await rows('select 1 from page where ticket_id = $1', [ticket.id])).toHaveLength(3);
  });

  it('an engineer who has not heard yet that a visit is theirs need not: that is closed when it changes, and what is to be told is sealed', async () => {
    const { chat, engineer, ticket } = await booked();
    const another = await anEngineer(store);
    const tell = (engineerId: Identifier, notice: string) =>
      aCall(ticket.id, { kind: 'engineer', engineerId }, { reason: notice === '周日' ? 'visit-moved' : 'visit-given', notice });
    const [first, second, theirs] = [tell(engineer, '周六'), tell(engineer, '周日'), tell(another, '周六')];
    const forCustomer = aCall(ticket.id, { kind: 'customer' });
    await store.transact([aTurn(chat, { revision: 1, contactTasks: [first, theirs, forCustomer] })]);
    const change = { ticketId: ticket.id, status: 'scheduled', dueAt: null } as const;
    await store.transact([aTurn(chat, { revision: 2, ticketChanges: [change], contactTasks: [second] })]);
    const open = await rows("select id from contact_task where ticket_id = $1 and status = 'open'", [ticket.id]);
    expect(new Set(open.map((it) => it.id))).toEqual(new Set([second.id, theirs.id, forCustomer.id]));
    const [row] = await rows('select notice_sealed, whom, engineer_id from contact_task where id = $1', [second.id]);
    expect(row).toMatchObject({ whom: 'engineer', engineer_id: engineer });
    expect(store.seal.open('contact-task.notice', row?.notice_sealed)).toBe('周日');
  });

  it('an engineer given a visit through one ticket of it need not hear so when it changes through another', async () => {
    const chat = await aChat(store);
    const engineer = await anEngineer(store);
    const [one, two] = [aTicket(), aTicket()];
    await store.transact([aTurn(chat, { tickets: [one, two], reservation: aBooking(engineer, 1, [one.id, two.id]) })]);
    const tell = (ticketId: Identifier, reason: string) => aCall(ticketId, { kind: 'engineer', engineerId: engineer }, { reason });
    await store.transact([aTurn(chat, { revision: 1, contactTasks: [tell(one.id, 'visit-given')] })]);
    const ticketChanges = [one, two].map((it) => ({ ticketId: it.id, status: 'scheduled', dueAt: null }) as const);
    await store.transact([aTurn(chat, { revision: 2, ticketChanges, contactTasks: [tell(two.id, 'visit-moved')] })]);
    const open = await rows("select reason from contact_task where ticket_id = any($1) and status = 'open'", [[one.id, two.id]]);
    expect(open).toEqual([{ reason: 'visit-moved' }]);
  });

  it.each([
    ['visit-off', 'visit-given'],
    ['visit-off', 'visit-off'],
    ['visit-moved', 'visit-moved'],
    ['visit-moved', 'visit-off'],
  ])('an engineer who has not heard of a %s hears of it also after a %s: only it names the time they know', async (older, newer) => {
    const { chat, engineer, ticket } = await booked();
    const tell = (reason: string) => aCall(ticket.id, { kind: 'engineer', engineerId: engineer }, { reason });
    await store.transact([aTurn(chat, { revision: 1, contactTasks: [tell(older)] })]);
    const change = { ticketId: ticket.id, status: 'scheduled', dueAt: null } as const;
    await store.transact([aTurn(chat, { revision: 2, ticketChanges: [change], contactTasks: [tell(newer)] })]);
    const open = await rows("select reason from contact_task where ticket_id = $1 and status = 'open'", [ticket.id]);
    expect(open.map((it) => it.reason).sort()).toEqual([older, newer].sort());
  });

  it('S2-024 a wrong proof is one row of the account, written with its turn or not at all', async () => {
    const { chat } = await booked();
    const account = (await store.readConversation(chat.conversationId))?.accountId as Identifier;
    const tries = async () => (await store.readings.wrongProofs({ accountId: account, ...WRONG }, instantOf(NOON - HOUR))).ofAccount;
    await store.transact([aTurn(chat, { revision: 1, wrongProof: WRONG })]);
    expect(await tries()).toBe(1);
    expect(await store.transact([aTurn(chat, { revision: 1, wrongProof: WRONG })])).toEqual([{ kind: 'revision-lost' }]);
    expect(await tries()).toBe(1);
  });
});
