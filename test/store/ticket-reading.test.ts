import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PhoneNumber } from '../../src/domain/contact.ts';
import { HOUR, instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import { newId, openTestStore } from '../support/database.ts';
import { A_PHONE, aBooking, aChat, anEngineer, aTicket, aTurn, hoursAfterNoon, NOON } from './a-turn.ts';

const NUMBER = 'BX-20261120-9999';

let store: Store;
let now = NOON;
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(() => store.close());

const OTHER_PHONE = '+8613900139000' as PhoneNumber;

/** A customer with two tickets of one visit, in an hour. */
async function aBookedVisit() {
  const chat = await aChat(store);
  const engineer = await anEngineer(store);
  const [washer, fridge] = [aTicket({ phone: A_PHONE }), aTicket({ phone: A_PHONE, appliance: 'fridge' })];
  const reservation = aBooking(engineer, 1, [washer.id, fridge.id]);
  await store.transact([aTurn(chat, { tickets: [washer, fridge], reservation })]);
  return { chat, engineer, washer, fridge, reservation };
}

describe('a customer’s tickets', () => {
  it('come with visit, engineer and every ticket of the visit; the live ones first, then the newest, five at most', async () => {
    const { chat, engineer, washer, fridge, reservation } = await aBookedVisit();
    const visit = {
      appointmentId: reservation.appointmentId,
      engineer: { id: engineer, name: '李工', phone: '+8613900139000' },
      window: reservation.window,
      tickets: [washer, fridge]
        .map(({ id, number, appliance }) => ({ id, number, appliance }))
        .sort((one, other) => (one.number < other.number ? -1 : 1)),
    };
    const found = await store.readings.ticketsOf(chat.customerId);
    expect(new Set(found.map((it) => it.id))).toEqual(new Set([washer.id, fridge.id]));
    expect(found.find((it) => it.id === washer.id)).toEqual({
      id: washer.id,
      number: washer.number,
      kind: 'repair',
      status: 'scheduled',
      priority: 'normal',
      appliance: 'washer',
      city: '北京市',
      district: '朝阳区',
      openedAt: NOON,
      completedAt: null,
      visit,
      callBackBy: null,
      lateAnswerBy: null,
    });
    const done = [1, 2, 3, 4].map((hour) => aTicket({ status: 'closed', openedAt: hoursAfterNoon(hour) }));
    await store.transact([aTurn(chat, { revision: 1, tickets: done })]);
    const all = await store.readings.ticketsOf(chat.customerId);
    expect(all.slice(0, 2).map((it) => it.status)).toEqual(['scheduled', 'scheduled']);
    expect(all.slice(2).map((it) => it.id)).toEqual([done[3], done[2], done[1]].map((it) => it?.id));
  });

  it('are no other customer’s', async () => {
    const { chat } = await aBookedVisit();
    const stranger = await aChat(store);
    expect(await store.readings.ticketsOf(stranger.customerId)).toEqual([]);
    expect((await store.readings.ticketsOf(chat.customerId)).length).toBe(2);
  });

  it('have no visit once it is called off or done', async () => {
    for (const status of ['cancelled', 'done']) {
      const { washer, reservation } = await aBookedVisit();
      await store.pool.query('update appointment set status = $2 where id = $1', [reservation.appointmentId, status]);
      expect((await store.readings.ticketById(washer.id))?.visit).toBeNull();
      expect(await store.readings.ticketOfVisit(reservation.appointmentId)).toBeNull();
    }
  });
});

describe('a ticket', () => {
  it('by its visit is the first of it', async () => {
    const { washer, fridge, reservation } = await aBookedVisit();
    const [first] = [washer.number, fridge.number].sort();
    expect(await store.readings.ticketOfVisit(reservation.appointmentId)).toMatchObject({ number: first });
    expect(await store.readings.ticketOfVisit(newId())).toBeNull();
    expect(await store.readings.ticketById(newId())).toBeNull();
  });

  it('knows by when somebody calls, and apart from that by when a late engineer is found; only open calls to the customer count', async () => {
    const { chat, engineer, washer } = await aBookedVisit();
    const call = (reason: string, hour: number, what: object = {}) => ({
      id: newId(),
      ticketId: washer.id,
      whom: { kind: 'customer' } as const,
      reason,
      notice: null,
      dueAt: hoursAfterNoon(hour),
      onceKey: null,
      ...what,
    });
    await store.transact([
      aTurn(chat, {
        revision: 1,
        contactTasks: [
          call('no-engineer', 2),
          call('outside-area', 3),
          call('engineer-late', 1),
          call('visit-moved', 9, { whom: { kind: 'engineer', engineerId: engineer } }),
        ],
      }),
    ]);
    expect(await store.readings.ticketById(washer.id)).toMatchObject({ callBackBy: hoursAfterNoon(3), lateAnswerBy: hoursAfterNoon(1) });
    await store.pool.query("update contact_task set status = 'done' where ticket_id = $1 and whom = 'customer'", [washer.id]);
    expect(await store.readings.ticketById(washer.id)).toMatchObject({ callBackBy: null, lateAnswerBy: null });
  });
});

describe('S2-024 a proof', () => {
  it('is the number and the phone the ticket was opened with; whichever is wrong, the answer is the same nothing', async () => {
    const { washer } = await aBookedVisit();
    expect(await store.readings.ticketProvedBy(washer.number, A_PHONE)).toMatchObject({ id: washer.id });
    const refused = await Promise.all([
      store.readings.ticketProvedBy(washer.number, OTHER_PHONE),
      store.readings.ticketProvedBy('BX-20261120-0000', A_PHONE),
      store.readings.ticketProvedBy('BX-20261120-0000', OTHER_PHONE),
      store.readings.ticketProvedBy(washer.number, '' as PhoneNumber),
    ]);
    expect(refused).toEqual([null, null, null, null]);
  });

  it('of a ticket without a phone is never given', async () => {
    const chat = await aChat(store);
    const ticket = aTicket();
    await store.transact([aTurn(chat, { tickets: [ticket] })]);
    expect(await store.readings.ticketProvedBy(ticket.number, A_PHONE)).toBeNull();
    expect(await store.readings.ticketProvedBy(ticket.number, '' as PhoneNumber)).toBeNull();
  });

  it('that was wrong is counted an account, within a time', async () => {
    const [chat, other] = [await aChat(store), await aChat(store)];
    const accountOf = async (it: typeof chat) => {
      const read = await store.readConversation(it.conversationId);
      if (!read) throw new Error('the conversation is there');
      return read.accountId;
    };
    const account = await accountOf(chat);
    for (const [revision, minutes] of [0, 30, 59].entries()) {
      now = instantOf(NOON + minutes * MINUTE);
      await store.transact([aTurn(chat, { revision, wrongProof: { number: NUMBER, phone: A_PHONE } })]);
    }
    const tried = { accountId: account, number: NUMBER, phone: A_PHONE };
    const since = async (minutes: number) => (await store.readings.wrongProofs(tried, instantOf(NOON + minutes * MINUTE))).ofAccount;
    expect([await since(0), await since(1), await since(60)]).toEqual([3, 2, 0]);
    const another = { ...tried, accountId: await accountOf(other) };
    expect(await store.readings.wrongProofs(another, instantOf(NOON - HOUR))).toEqual({ ofAccount: 0, ofNumber: 3, ofPhone: 3 });
    const elsewhere = { ...another, number: 'BX-20261120-9998', phone: '+8613900139000' as typeof A_PHONE };
    expect(await store.readings.wrongProofs(elsewhere, instantOf(NOON - HOUR))).toEqual({ ofAccount: 0, ofNumber: 0, ofPhone: 0 });
    now = NOON;
  });
});

it('possible tickets are the numbers of live ones with the phone, newest first, three at most', async () => {
  const phone = '+8613700137000' as PhoneNumber;
  const chat = await aChat(store);
  const live = [1, 2, 3, 4].map((hour) => aTicket({ phone, openedAt: hoursAfterNoon(hour) }));
  const done = aTicket({ phone, status: 'closed', openedAt: hoursAfterNoon(9) });
  await store.transact([aTurn(chat, { tickets: [...live, done] })]);
  expect(await store.readings.possibleTickets(phone)).toEqual([live[3], live[2], live[1]].map((it) => it?.number));
  expect(await store.readings.possibleTickets('+8613700137001' as PhoneNumber)).toEqual([]);
});
