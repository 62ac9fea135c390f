import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { DAY, type Instant, instantOf } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { ComplaintMatter, NewComplaint, NewTicket } from '../../src/turn/ports.ts';
import { newId, openTestStore } from '../support/database.ts';
import { aChat, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from './a-turn.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore({ now: () => NOON });
});
afterAll(() => store.close());

const SINCE = instantOf(NOON - 30 * DAY);

type Wanted = { readonly openedAt?: Instant } & Partial<Pick<NewTicket, 'status' | 'appliance'>> & Partial<NewComplaint>;

/** A complaint of a customer, with one statement. */
async function complained(
  chat: Chat,
  revision: number,
  { openedAt = NOON, status = 'open', appliance = null, ...what }: Wanted = {},
): Promise<NewTicket> {
  const ticket = aTicket({ number: `TS-202611-${newId()}`, kind: 'complaint', status, appliance, openedAt });
  const complaint: NewComplaint = {
    ticketId: ticket.id,
    category: 'repair-service',
    types: [],
    gravities: [],
    wish: null,
    department: '维修部',
    form: 'complaint',
    purchasedOn: null,
    aboutTicketId: null,
    answerBy: hoursAfterNoon(1),
    resolveBy: hoursAfterNoon(48),
    ...what,
  };
  const statements = [aStatement(ticket.id, openedAt)];
  await store.transact([aTurn(chat, { revision, tickets: [ticket], complaints: [complaint], statements })]);
  return ticket;
}

const aStatement = (ticketId: Identifier, at: Instant) => ({
  id: newId(),
  ticketId,
  at,
  text: '师傅态度差',
  gravities: [],
  wish: null,
  priority: null,
});

/** The open complaint on a matter, by its number. */
const open = async (chat: Chat, aboutTicketId: Identifier | null, more: Partial<ComplaintMatter> = {}) =>
  (await store.readings.openComplaint(chat.customerId, { ...MATTER, aboutTicketId, ...more }))?.number ?? null;

const MATTER: ComplaintMatter = {
  form: 'complaint',
  aboutTicketId: null,
  category: 'repair-service',
  types: [],
  appliance: null,
  since: SINCE,
};

describe('the open complaint on a matter', () => {
  it('is that on the same ticket, with what was promised and how often it was said', async () => {
    const chat = await aChat(store);
    const visit = aTicket();
    await store.transact([aTurn(chat, { tickets: [visit] })]);
    const ticket = await complained(chat, 1, { aboutTicketId: visit.id, openedAt: instantOf(NOON - 60 * DAY) });
    await store.transact([aTurn(chat, { revision: 2, statements: [aStatement(ticket.id, NOON)] })]);
    const found = await store.readings.openComplaint(chat.customerId, {
      ...MATTER,
      aboutTicketId: visit.id,
      category: 'other',
      types: ['overcharge'],
    });
    expect(found).toEqual({
      ticketId: ticket.id,
      number: ticket.number,
      count: 2,
      priority: 'normal',
      department: '维修部',
      answerBy: hoursAfterNoon(1),
    });
  });

  it('is that complaint itself when its own number is meant, whatever its class and age', async () => {
    const chat = await aChat(store);
    const ticket = await complained(chat, 0, { category: 'other', openedAt: instantOf(NOON - 60 * DAY) });
    expect(await open(chat, ticket.id)).toBe(ticket.number);
  });

  it('else of the same class lately', async () => {
    const chat = await aChat(store);
    const ticket = await complained(chat, 0, { openedAt: instantOf(NOON - 29 * DAY) });
    expect(await open(chat, null)).toBe(ticket.number);
    expect(await open(chat, null, { category: 'other' })).toBeNull();
  });

  it('is another matter when both tell what happened and it is not the same', async () => {
    const chat = await aChat(store);
    const ticket = await complained(chat, 0, { types: ['late', 'attitude'], appliance: 'fridge' });
    expect(await open(chat, null, { types: ['overcharge'] })).toBeNull();
    expect(await open(chat, null, { types: ['overcharge', 'attitude'] })).toBe(ticket.number);
    expect(await open(chat, null, { types: ['other'] })).toBe(ticket.number);
  });

  it('is another matter when it is of another appliance', async () => {
    const chat = await aChat(store);
    const ticket = await complained(chat, 0, { appliance: 'fridge' });
    expect(await open(chat, null, { appliance: 'tv' })).toBeNull();
    expect(await open(chat, null, { appliance: 'fridge' })).toBe(ticket.number);
  });

  it('S4-002 is never a slip to a complaint, nor a complaint to a slip', async () => {
    const chat = await aChat(store);
    const slip = await complained(chat, 0, { form: 'exception-slip' });
    expect(await open(chat, null)).toBeNull();
    expect(await open(chat, null, { form: 'exception-slip' })).toBe(slip.number);
  });

  it('is none of the same class longer ago, answered, of another customer, or on another visit', async () => {
    const [chat, other] = [await aChat(store), await aChat(store)];
    const [one, another] = [aTicket(), aTicket()];
    await store.transact([aTurn(chat, { tickets: [one, another] })]);
    await complained(chat, 1, { openedAt: instantOf(NOON - 31 * DAY) });
    await complained(chat, 2, { status: 'resolved' });
    await complained(other, 0);
    expect(await open(chat, null)).toBeNull();
    await complained(chat, 3, { aboutTicketId: another.id });
    expect(await open(chat, one.id)).toBeNull();
  });

  it('prefers the one on the ticket to a newer one of the class', async () => {
    const chat = await aChat(store);
    const visit = aTicket();
    await store.transact([aTurn(chat, { tickets: [visit] })]);
    const same = await complained(chat, 1, { aboutTicketId: visit.id, openedAt: instantOf(NOON - 2 * DAY) });
    await complained(chat, 2);
    expect(await open(chat, visit.id)).toBe(same.number);
  });
});

it('complaints are counted by what was said, the joined ones too, since a moment, of this customer', async () => {
  const [chat, other] = [await aChat(store), await aChat(store)];
  const ticket = await complained(chat, 0);
  await complained(chat, 1, { openedAt: instantOf(NOON - 31 * DAY) });
  await complained(other, 0);
  await store.transact([aTurn(chat, { revision: 2, statements: [aStatement(ticket.id, NOON)] })]);
  expect(await store.readings.complaintsSince(chat.customerId, SINCE)).toBe(2);
  expect(await store.readings.complaintsSince(newId(), SINCE)).toBe(0);
});
