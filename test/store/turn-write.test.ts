import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import { TURNS_MAX } from '../../src/store/turn-write.ts';
import { statementFor } from '../../src/store/turn-write-sql.ts';
import type { Reservation, SaidMessage } from '../../src/turn/ports.ts';
import { newId, openTestStore } from '../support/database.ts';
import { A_PHONE, aBooking, aChat, aMessage, anEngineer, aReply, aTicket, aTurn, aVisit, NOON } from './a-turn.ts';

let store: Store;
let now = NOON;
beforeAll(async () => {
  store = await openTestStore({ now: () => now });
});
afterAll(() => store.close());

const count = async (sql: string, values: readonly unknown[] = []) =>
  (await store.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`, [...values])).rows[0]?.n;

/** As it is handed to the channel: whether it must reach its customer is nobody's business there. */
const placed = ({ mustReach: _, ...it }: SaidMessage, index: number) => ({ ...it, seq: index + 2 });

describe('a turn that holds its revision', () => {
  it('writes the conversation, applies what came in, and places replies after it', async () => {
    const chat = await aChat(store);
    const message = aMessage(chat, '洗衣机漏水');
    await store.accept([message]);
    const replies = [aReply('一'), aReply('二')];
    const [outcome] = await store.transact([
      aTurn(chat, { applied: [message.id], outgoing: replies, owner: 'queue', state: { stack: ['x'] } }),
    ]);
    expect(outcome).toEqual({ kind: 'written', behind: false, outgoing: replies.map(placed) });
    expect(await store.readConversation(chat.conversationId)).toMatchObject({
      revision: 1,
      owner: 'queue',
      state: { stack: ['x'] },
      unapplied: [],
    });
    const log = await store.readLog(chat.conversationId, 0, 10);
    expect(log.map((it) => [it.seq, it.from, it.delivery, 'text' in it.body ? it.body.text : null])).toEqual([
      [1, 'customer', null, '洗衣机漏水'],
      [2, 'bot', 'pending', '一'],
      [3, 'bot', 'pending', '二'],
    ]);
  });
  it('is behind when an earlier reply is still undelivered', async () => {
    const chat = await aChat(store);
    await store.transact([aTurn(chat, { outgoing: [aReply('一')] })]);
    const [outcome] = await store.transact([aTurn(chat, { revision: 1, outgoing: [aReply('二')] })]);
    expect(outcome).toMatchObject({ kind: 'written', behind: true, outgoing: [{ seq: 2 }] });
  });
  it('writes everything it has learnt, sealed, with NUL left out', async () => {
    const chat = await aChat(store);
    const engineer = await anEngineer(store);
    const address = { id: newId(), province: '北京市', city: '北京市', district: '朝阳区', detail: '建国路 1 号' };
    const [first, second] = [aTicket({ addressId: address.id, phone: A_PHONE }), aTicket({ priority: 'urgent' })];
    const [outcome] = await store.transact([
      aTurn(chat, {
        outgoing: [aReply('好')],
        customer: { name: '王芳', phone: A_PHONE },
        newAddress: { ...address, detail: '建国路\0 1 号\0' },
        tickets: [first, second],
        reservation: aBooking(engineer, 1, [first.id, second.id]),
        ticketEvents: [
          { ticketId: first.id, at: NOON, actor: 'bot', type: 'opened', details: { number: `a\0b\\u0000`, faults: ['leaking'] } },
        ],
        relations: [{ from: second.id, to: first.id, kind: 'same-visit' }],
        handoff: {
          kind: 'open',
          id: newId(),
          reason: 'asked',
          ticketId: first.id,
          summary: { flow: 'repair-booking', asking: null, known: { appliance: 'washer' }, possibleTickets: [] },
          waitingSince: NOON,
        },
        pages: [{ id: newId(), reason: 'danger', ticketId: second.id, raisedAt: NOON, onceKey: null, notBefore: null }],
        contactTasks: [
          { id: newId(), ticketId: second.id, whom: { kind: 'customer' }, reason: 'danger', notice: null, dueAt: NOON, onceKey: null },
        ],
        waitingList: [{ id: newId(), ticketId: first.id, fromAt: NOON, toAt: NOON, at: NOON }],
      }),
    ]);
    expect(outcome?.kind).toBe('written');
    expect(await store.readings.customerRecord(chat.customerId)).toMatchObject({ name: '王芳', phone: A_PHONE, address });
    expect(await count('ticket where conversation_id = $1', [chat.conversationId])).toBe(2);
    expect(await count('ticket_relation where from_id = $1', [second.id])).toBe(1);
    expect(await count('appointment_ticket where ticket_id = any($1)', [[first.id, second.id]])).toBe(2);
    expect(
      await count("page p join contact_task t using (ticket_id) where p.conversation_id = $1 and p.status = 'open'", [chat.conversationId]),
    ).toBe(1);
    expect(await count('waiting_list_entry where ticket_id = $1', [first.id])).toBe(1);
    const { rows } = await store.pool.query('select details from ticket_event where ticket_id = $1', [first.id]);
    expect(rows).toEqual([{ details: { number: 'ab\\u0000', faults: ['leaking'] } }]);
    const bystander = await aChat(store);
    expect(await store.readings.queueAhead(bystander.conversationId)).toBe(1);
    await store.transact([aTurn(chat, { revision: 1, handoff: { kind: 'withdraw', at: NOON } })]);
    expect(await store.readings.queueAhead(bystander.conversationId)).toBe(0);
  });
});

describe('a turn that lost', () => {
  it('its revision writes nothing at all', async () => {
    const chat = await aChat(store);
    const engineer = await anEngineer(store);
    await store.transact([aTurn(chat)]);
    const ticket = aTicket();
    const [outcome] = await store.transact([
      aTurn(chat, { outgoing: [aReply('晚了')], tickets: [ticket], reservation: aBooking(engineer, 1, [ticket.id]) }),
    ]);
    expect(outcome).toEqual({ kind: 'revision-lost' });
    expect(await count('appointment where engineer_id = $1', [engineer])).toBe(0);
    expect(await count('ticket where id = $1', [ticket.id])).toBe(0);
    expect(await store.lastSeq(chat.conversationId)).toBe(0);
  });
});

function holding(reservation: Omit<Reservation, 'kind' | 'heldUntil'>, minutes: number): Reservation {
  return { ...reservation, kind: 'hold', heldUntil: instantOf(now + minutes * MINUTE) };
}

describe('two turns that want one window', () => {
  it('in one list: one is booked, the other writes nothing', async () => {
    const chats = [await aChat(store), await aChat(store)] as const;
    const engineer = await anEngineer(store);
    const tickets = [aTicket(), aTicket()] as const;
    const outcomes = await store.transact(
      chats.map((chat, index) =>
        aTurn(chat, {
          outgoing: [aReply('好')],
          tickets: tickets.slice(index, index + 1),
          reservation: aBooking(engineer, 1 + index, [tickets[index]?.id ?? newId()]),
        }),
      ),
    );
    expect(outcomes.map((it) => it.kind).sort()).toEqual(['window-taken', 'written']);
    expect(await count('appointment where engineer_id = $1', [engineer])).toBe(1);
    expect(await count('ticket where id = any($1)', [tickets.map((it) => it.id)])).toBe(1);
    const loser = chats[outcomes.findIndex((it) => it.kind === 'window-taken')];
    expect(await store.readConversation(loser?.conversationId ?? newId())).toMatchObject({ revision: 0 });
  });
  it('in lists of two processes, crosswise: each window is had once and nobody waits for ever', async () => {
    const other = await openTestStore({ url: store.url, now: () => now });
    const engineers = [await anEngineer(store), await anEngineer(store)];
    for (let round = 0; round < 10; round++) {
      const chats = await Promise.all([0, 1, 2, 3].map(() => aChat(store)));
      const [a, b, c, d] = chats.map((chat, index) =>
        aTurn(chat, { reservation: aBooking(engineers[[0, 1, 1, 0][index] ?? 0] ?? newId(), round * 4) }),
      );
      if (!a || !b || !c || !d) throw new Error('four turns');
      const outcomes = (await Promise.all([store.transact([a, b]), other.transact([c, d])])).flat();
      expect(outcomes.filter((it) => it.kind === 'written')).toHaveLength(2);
    }
    await other.close();
  });
});

describe('a hold', () => {
  it('keeps the window from others, and S2-016 becomes a booking when its customer confirms', async () => {
    const [mine, theirs] = [await aChat(store), await aChat(store)];
    const visit = aVisit(await anEngineer(store), 1);
    expect(await store.transact([aTurn(mine, { reservation: holding(visit, 15) })])).toMatchObject([{ kind: 'written' }]);
    expect(await store.transact([aTurn(theirs, { reservation: aBooking(visit.engineerId, 1) })])).toEqual([{ kind: 'window-taken' }]);
    const ticket = aTicket();
    const confirm = { ...visit, kind: 'confirm-hold', ticketIds: [ticket.id], confirmedAt: now } as const;
    expect(await store.transact([aTurn(mine, { revision: 1, tickets: [ticket], reservation: confirm })])).toMatchObject([
      { kind: 'written' },
    ]);
    const { rows } = await store.pool.query('select status, confirmed_at from appointment where id = $1', [visit.appointmentId]);
    expect(rows).toEqual([{ status: 'booked', confirmed_at: new Date(now) }]);
    expect(await count('appointment_ticket where appointment_id = $1', [visit.appointmentId])).toBe(1);
  });
  it('that has run out is free for others, and then can no longer be confirmed', async () => {
    const [mine, theirs] = [await aChat(store), await aChat(store)];
    const visit = aVisit(await anEngineer(store), 1);
    await store.transact([aTurn(mine, { reservation: holding(visit, 15) })]);
    now = instantOf(now + 15 * MINUTE);
    const late = { ...visit, kind: 'confirm-hold', ticketIds: [], confirmedAt: now } as const;
    expect(await store.transact([aTurn(mine, { revision: 1, reservation: late })])).toEqual([{ kind: 'window-taken' }]);
    expect(await store.transact([aTurn(theirs, { reservation: aBooking(visit.engineerId, 1) })])).toMatchObject([{ kind: 'written' }]);
    expect(await store.transact([aTurn(mine, { revision: 1, reservation: late })])).toEqual([{ kind: 'window-taken' }]);
  });
  it('given back for an overlapping window is gone when that is had, and stays when it is not', async () => {
    const [mine, theirs] = [await aChat(store), await aChat(store)];
    const engineer = await anEngineer(store);
    const visit = aVisit(engineer, 1);
    await store.transact([aTurn(mine, { reservation: holding(visit, 15) })]);
    await store.transact([aTurn(theirs, { reservation: aBooking(engineer, 5) })]);
    const bystander = await aChat(store);
    const lost = aTurn(mine, { revision: 1, releasedHolds: [visit.appointmentId], reservation: aBooking(engineer, 4) });
    expect(await store.transact([lost, aTurn(bystander)])).toMatchObject([{ kind: 'window-taken' }, { kind: 'written' }]);
    expect(await store.readConversation(bystander.conversationId)).toMatchObject({ revision: 1 });
    expect(await count("appointment where id = $1 and status = 'held'", [visit.appointmentId])).toBe(1);
    expect(
      await store.transact([aTurn(mine, { revision: 1, releasedHolds: [visit.appointmentId], reservation: aBooking(engineer, 2) })]),
    ).toMatchObject([{ kind: 'written' }]);
    expect(await count("appointment where id = $1 and status = 'cancelled'", [visit.appointmentId])).toBe(1);
  });
});

it('a broken reference in one turn fails the list, and no turn of it is written', async () => {
  const [mine, theirs] = [await aChat(store), await aChat(store)];
  const turns = [
    aTurn(mine, { outgoing: [aReply('好')] }),
    aTurn(theirs, { pages: [{ id: newId(), reason: 'danger', ticketId: newId(), raisedAt: NOON, onceKey: null, notBefore: null }] }),
  ];
  await expect(store.transact(turns)).rejects.toMatchObject({ constraint: 'page_ticket_id_fkey' });
  for (const chat of [mine, theirs]) expect(await store.readConversation(chat.conversationId)).toMatchObject({ revision: 0 });
  expect(await store.lastSeq(mine.conversationId)).toBe(0);
});

it('two turns of one conversation, or more than a list may hold, are a fault of ours', async () => {
  const chat = await aChat(store);
  await expect(store.transact([aTurn(chat), aTurn(chat)])).rejects.toThrow('invariant: one turn a conversation in a list');
  const many = Array.from({ length: TURNS_MAX + 1 }, () => aTurn({ ...chat, conversationId: newId() }));
  await expect(store.transact(many)).rejects.toThrow(`invariant: at most ${TURNS_MAX} turns in a list`);
});

it('planned on empty tables, the write looks every row up by its key', async () => {
  const empty = await openTestStore();
  type Node = {
    readonly 'Index Name'?: string;
    readonly 'Index Cond'?: string;
    readonly 'Node Type': string;
    readonly Plans?: readonly Node[];
  };
  const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
  const { text } = statementFor({ reservation: true, record: true });
  const { rows } = await empty.pool.query<{ 'QUERY PLAN': readonly { Plan: Node }[] }>(`explain (generic_plan, format json) ${text}`);
  const nodes = rows.flatMap((it) => it['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)));
  const lookups = nodes.filter((it) => it['Index Name'] !== undefined);
  expect(lookups.length).toBeGreaterThan(6);
  expect(lookups.filter((it) => it['Index Cond'] === undefined)).toEqual([]);
  expect(nodes.filter((it) => it['Node Type'] === 'Seq Scan')).toEqual([]);
  await empty.close();
});

it('32 turns in one list are all written, each in its own conversation', async () => {
  const chats = await Promise.all(Array.from({ length: 32 }, () => aChat(store)));
  const outcomes = await store.transact(chats.map((chat, index) => aTurn(chat, { outgoing: [aReply(`${index}`)] })));
  expect(outcomes.every((it) => it.kind === 'written')).toBe(true);
  const logs = await Promise.all(chats.map((it) => store.readLog(it.conversationId, 0, 5)));
  expect(logs.map((it) => it.map(({ seq, body }) => [seq, 'text' in body ? body.text : '']))).toEqual(
    chats.map((_, index) => [[1, `${index}`]]),
  );
});
