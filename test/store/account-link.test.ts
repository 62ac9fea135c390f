/** The turn's write when two accounts become one customer's: all of it or nothing, however many answer at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { NewTicket, TurnWrite } from '../../src/turn/ports.ts';
import { newId, openTestStore } from '../support/database.ts';
import { A_PHONE, aChat, aReply, aTicket, aTurn, type Chat, NOON } from './a-turn.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore({ now: () => NOON });
});
afterAll(() => store.close());

const rows = async (text: string, ...values: readonly unknown[]) => (await store.pool.query(text, [...values])).rows;

type Person = Chat & { readonly accountId: Identifier; readonly ticket: NewTicket };

async function aPerson(): Promise<Person> {
  const [chat, ticket] = [await aChat(store), aTicket({ phone: A_PHONE })];
  await store.transact([aTurn(chat, { tickets: [ticket], customer: { name: '王芳', phone: A_PHONE } })]);
  return { ...chat, ticket, accountId: (await read(chat)).accountId };
}

async function read({ conversationId }: Pick<Chat, 'conversationId'>) {
  const found = await store.readConversation(conversationId);
  if (found === null) throw new Error('the conversation is there');
  return found;
}

async function turnOf(chat: Chat, what: Partial<TurnWrite>): Promise<TurnWrite> {
  return aTurn(chat, { revision: (await read(chat)).revision, ...what });
}

const ask = (known: Person, linkId = newId()): Pick<TurnWrite, 'accountLink'> => ({
  accountLink: { kind: 'ask', linkId, at: NOON, ticketId: known.ticket.id, knownAccountId: known.accountId },
});
const answer = (linkId: Identifier, isMine: boolean): Pick<TurnWrite, 'accountLink'> => ({
  accountLink: { kind: 'answer', linkId, at: NOON, isMine, eventId: newId() },
});

/** One has proved the ticket of the other, and asks. */
async function asked(one?: Person, other?: Person) {
  const [asks, known, linkId] = [one ?? (await aPerson()), other ?? (await aPerson()), newId()];
  expect(await store.transact([await turnOf(asks, ask(known, linkId))])).toMatchObject([{ kind: 'written' }]);
  return { asks, known, linkId };
}

const statusOf = async (linkId: Identifier) => (await rows('select status from account_link where id = $1', linkId))[0]?.status;
const customerOf = async (chat: Chat) => (await read(chat)).customerId;
const eventsOf = async (chat: Chat) => (await read(chat)).unapplied.map((it) => it.body);
const auditOf = async ({ accountId }: Person) =>
  await rows('select action, actor, details from audit where subject = $1 order by id', `account:${accountId}`);
const numbersOf = async (chat: Chat) => (await store.readings.ticketsOf(await customerOf(chat))).map((it) => it.number).sort();
const LOST = [{ kind: 'revision-lost' }];

describe('S2-024 asking', () => {
  it('keeps one open question about an account, and the turn that comes second writes nothing', async () => {
    const { asks } = await asked();
    const other = await aPerson();
    const before = await read(asks);
    expect(await store.transact([await turnOf(asks, { ...ask(other), outgoing: [aReply('问了')] })])).toEqual(LOST);
    expect(await read(asks)).toEqual(before);
  });

  it('is nothing where the ticket is the account’s own, or the account that is asked has gone to another customer', async () => {
    const [asks, known] = [await aPerson(), await aPerson()];
    expect(await store.transact([await turnOf(known, ask(known))])).toEqual(LOST);
    await rows('update channel_account set customer_id = $2 where id = $1', known.accountId, (await aPerson()).customerId);
    expect(await store.transact([await turnOf(asks, ask(known))])).toEqual(LOST);
  });

  it('is written only with its turn', async () => {
    const [asks, known, linkId] = [await aPerson(), await aPerson(), newId()];
    expect(await store.transact([aTurn(asks, { revision: 77, ...ask(known, linkId) })])).toEqual(LOST);
    expect(await statusOf(linkId)).toBeUndefined();
  });

  it('goes beside turns that write nothing of the kind', async () => {
    const [asks, known, other] = [await aPerson(), await aPerson(), await aPerson()];
    const written = await store.transact([await turnOf(asks, ask(known)), await turnOf(other, { outgoing: [aReply('你好')] })]);
    expect(written.map((it) => it.kind)).toEqual(['written', 'written']);
  });
});

describe('S2-024 the answer', () => {
  it('yes: one customer with the tickets of both, the former gone, in audit, timelines and the other conversation’s log', async () => {
    const { asks, known, linkId } = await asked();
    const inFlight = await turnOf(asks, { outgoing: [aReply('别的')] });
    const before = await read(asks);
    expect(await store.transact([await turnOf(known, { ...answer(linkId, true), outgoing: [aReply('合好了')] })])).toMatchObject([
      { kind: 'written', outgoing: [{ body: { text: '合好了' } }] },
    ]);
    expect(await statusOf(linkId)).toBe('linked');
    expect(await customerOf(asks)).toBe(known.customerId);
    expect(await numbersOf(asks)).toEqual([asks.ticket.number, known.ticket.number].sort());
    expect(await rows('select from customer where id = $1', asks.customerId)).toEqual([]);
    const facts = { link: linkId, fromCustomer: asks.customerId, toCustomer: known.customerId };
    expect(await auditOf(asks)).toEqual([
      { action: 'account.link', actor: 'customer', details: { ticket: known.ticket.number, ...facts } },
    ]);
    for (const { ticket } of [asks, known])
      expect(await rows('select actor, type, details from ticket_event where ticket_id = $1 order by id desc limit 1', ticket.id)).toEqual([
        { actor: 'customer', type: 'customer-linked', details: facts },
      ]);
    expect(await eventsOf(asks)).toEqual([{ kind: 'event', event: 'link-answered', ticketId: known.ticket.id, isLinked: true }]);
    expect((await read(asks)).revision).toBe(before.revision + 1);
    expect(await store.transact([inFlight])).toEqual(LOST);
    expect(JSON.stringify(await rows('select details from audit'))).not.toContain(A_PHONE.slice(3));
  });

  it('no: nothing changes hands, and the other conversation hears of it', async () => {
    const { asks, known, linkId } = await asked();
    expect(await store.transact([await turnOf(known, answer(linkId, false))])).toMatchObject([{ kind: 'written' }]);
    expect(await statusOf(linkId)).toBe('refused');
    expect(await customerOf(asks)).toBe(asks.customerId);
    expect(await numbersOf(asks)).toEqual([asks.ticket.number]);
    expect(await eventsOf(asks)).toEqual([{ kind: 'event', event: 'link-answered', ticketId: known.ticket.id, isLinked: false }]);
    expect((await auditOf(asks)).map((it) => it.action)).toEqual(['account.link-refused']);
    expect(await store.readings.linkStanding(asks.accountId, known.ticket.id, NOON)).toEqual({ kind: 'refused' });
  });

  it('counts from the account that was asked, and from nobody else', async () => {
    const { asks, known, linkId } = await asked();
    for (const other of [asks, await aPerson()]) expect(await store.transact([await turnOf(other, answer(linkId, true))])).toEqual(LOST);
    expect(await statusOf(linkId)).toBe('asked');
    expect(await customerOf(asks)).not.toBe(await customerOf(known));
  });

  it('counts once: later ones and those at the same time write nothing', async () => {
    const { asks, known, linkId } = await asked();
    const turn = await turnOf(known, answer(linkId, true));
    const done = await Promise.all([turn, turn, { ...turn, ...answer(linkId, false) }].map((it) => store.transact([it])));
    expect(done.flat().filter((it) => it.kind === 'written')).toHaveLength(1);
    expect(await store.transact([await turnOf(known, answer(linkId, false))])).toEqual(LOST);
    expect(await eventsOf(asks)).toHaveLength(1);
    expect(await auditOf(asks)).toHaveLength(1);
  });

  it('is undone whole when its turn is not written', async () => {
    const { asks, known, linkId } = await asked();
    expect(await store.transact([aTurn(known, { revision: 77, ...answer(linkId, true) })])).toEqual(LOST);
    expect(await statusOf(linkId)).toBe('asked');
    expect(await customerOf(asks)).toBe(asks.customerId);
    expect([await eventsOf(asks), await auditOf(asks)]).toEqual([[], []]);
  });

  it('takes along every account of the customer that asked: nobody loses sight of their tickets', async () => {
    const { asks, known, linkId } = await asked();
    const second = await aPerson();
    await rows('update channel_account set customer_id = $2 where id = $1', second.accountId, asks.customerId);
    expect(await store.transact([await turnOf(known, answer(linkId, true))])).toMatchObject([{ kind: 'written' }]);
    for (const chat of [asks, second]) expect(await numbersOf(chat)).toEqual([asks.ticket.number, known.ticket.number].sort());
  });

  it('means nothing once staff have given the account to a customer, or the ticket is another’s', async () => {
    const { asks, known, linkId } = await asked();
    await rows('update ticket set customer_id = $2 where id = $1', known.ticket.id, (await aPerson()).customerId);
    expect(await store.readings.askedLink(linkId)).toMatchObject({ isOpen: false });
    expect(await store.transact([await turnOf(known, answer(linkId, true))])).toEqual(LOST);
    expect(await customerOf(asks)).toBe(asks.customerId);
  });

  it('of two who ask each other makes one customer, at once or one after the other', async () => {
    for (let pass = 0; pass < 5; pass++) {
      const one = await asked();
      const back = await asked(one.known, one.asks);
      const turns = [await turnOf(one.known, answer(one.linkId, true)), await turnOf(one.asks, answer(back.linkId, true))];
      await Promise.all(turns.map((it) => store.transact([it])));
      // Whose revision the other's link has moved on is turned again.
      for (const [chat, linkId] of [
        [one.known, one.linkId],
        [one.asks, back.linkId],
      ] as const)
        if ((await statusOf(linkId)) === 'asked') await store.transact([await turnOf(chat, answer(linkId, true))]);
      expect([await statusOf(one.linkId), await statusOf(back.linkId)]).toEqual(['linked', 'linked']);
      expect(await customerOf(one.asks)).toBe(await customerOf(one.known));
      expect(await numbersOf(one.asks)).toEqual([one.asks.ticket.number, one.known.ticket.number].sort());
    }
  });
});

describe('S2-024 what may come of the wish', () => {
  const standing = (asks: Person, known: Person) => store.readings.linkStanding(asks.accountId, known.ticket.id, NOON);

  it('somebody to ask, a question that is open, the same customer', async () => {
    const [asks, known] = [await aPerson(), await aPerson()];
    expect(await standing(asks, known)).toEqual({ kind: 'chat', knownAccountId: known.accountId, unansweredSince: null });
    const { linkId } = await asked(asks, known);
    expect(await standing(asks, known)).toEqual({ kind: 'asked' });
    await store.transact([await turnOf(known, answer(linkId, true))]);
    expect(await standing(asks, known)).toEqual({ kind: 'own' });
  });

  it('a person where three questions are open before the customer, or one of them was told no lately', async () => {
    const known = await aPerson();
    const [first] = [await asked(undefined, known), await asked(undefined, known), await asked(undefined, known)];
    const next = await aPerson();
    expect(await standing(next, known)).toEqual({ kind: 'person', number: known.ticket.number });
    await rows("update account_link set status = 'expired' where known_account_id = $1", known.accountId);
    expect((await standing(next, known)).kind).toBe('chat');
    expect(await standing(first.asks, known)).toMatchObject({ kind: 'chat', unansweredSince: NOON });
    await rows("update account_link set status = 'refused', answered_at = $2 where id = $1", first.linkId, new Date(NOON));
    expect((await standing(next, known)).kind).toBe('person');
  });
});
