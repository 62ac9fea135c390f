import { afterAll, beforeAll, expect, it } from 'vitest';
import { instantOf } from '../../../src/domain/instant.ts';
import { dueStore } from '../../../src/store/due/due-store.ts';
import type { Store } from '../../../src/store/open-store.ts';
import type { NewContactTask } from '../../../src/turn/ports.ts';
import { aReplyThatMustReach, aVisitIn, type BookedVisit, tasksOf, timelineOf } from '../../jobs/due-rows.ts';
import { newId, openTestStore } from '../../support/database.ts';
import { aTurn, hoursAfterNoon, NOON } from '../a-turn.ts';

let store: Store;
let due: ReturnType<typeof dueStore>;
beforeAll(async () => {
  store = await openTestStore();
  due = dueStore(store);
});
afterAll(() => store.close());

const aTask = ({ ticket }: BookedVisit, onceKey: string): NewContactTask => ({
  id: newId(),
  ticketId: ticket.id,
  whom: { kind: 'customer' },
  reason: 'confirmation',
  notice: null,
  dueAt: hoursAfterNoon(1),
  onceKey,
});

it('an entry of the waiting list is offered once, whichever windows two processes found', async () => {
  const visit = await aVisitIn(50, store);
  const entry = newId();
  const wish = { id: entry, ticketId: visit.ticket.id, fromAt: NOON, toAt: hoursAfterNoon(9), at: NOON };
  await store.transact([aTurn(visit.chat, { revision: 1, waitingList: [wish] })]);
  await Promise.all(['two', 'four'].map((window) => due.waitingList.offer(entry, aTask(visit, `earlier:${entry}:${window}`), NOON)));
  expect(await tasksOf(store, visit.ticket.id)).toHaveLength(1);
});

it('a message that arrives between the look and the lock needs no call', async () => {
  const visit = await aVisitIn(50, store);
  const reply = await aReplyThatMustReach(store, visit, 'confirmation', NOON);
  expect(await due.reach.unreached(NOON, 10)).toMatchObject([{ messageId: reply.id, reason: 'confirmation', visitFrom: visit.from }]);
  await store.outbox.settle([{ id: reply.id, delivery: 'delivered' }]);
  await due.reach.callInstead(reply.id, aTask(visit, `reach:${reply.id}`), NOON);
  expect(await tasksOf(store, visit.ticket.id)).toEqual([]);
  expect(await due.reach.unreached(NOON, 10)).toEqual([]);
});

it.each(['appointment-changed', 'cancelled', 'completed'])(
  'a message the visit of which is %s since needs no call: it would name the old time',
  async (type) => {
    for (const reason of ['confirmation', 'change', 'reminder'] as const) {
      const visit = await aVisitIn(50, store);
      const old = await aReplyThatMustReach(store, visit, reason, NOON);
      const revision = (await store.readConversation(visit.chat.conversationId))?.revision ?? 0;
      const event = { ticketId: visit.ticket.id, at: instantOf(NOON + 1), actor: 'customer', type, details: {} };
      await store.transact([aTurn(visit.chat, { revision, ticketEvents: [event] })]);
      const saysSo = await aReplyThatMustReach(store, visit, 'change', instantOf(NOON + 1));
      for (const { id } of [old, saysSo]) await due.reach.callInstead(id, aTask(visit, `reach:${id}`), hoursAfterNoon(1));
      expect(await tasksOf(store, visit.ticket.id)).toMatchObject([{ onceKey: `reach:${saysSo.id}` }]);
      expect((await due.reach.unreached(hoursAfterNoon(2), 100)).filter((it) => it.ticketId === visit.ticket.id)).toEqual([]);
    }
  },
);

it('a message that was seen to is not seen to again, whatever the key', async () => {
  const visit = await aVisitIn(50, store);
  const reply = await aReplyThatMustReach(store, visit, 'confirmation', NOON);
  for (const key of ['one', 'two']) await due.reach.callInstead(reply.id, aTask(visit, `reach:${key}:${reply.id}`), NOON);
  expect(await tasksOf(store, visit.ticket.id)).toHaveLength(1);
});

it('a task of a key that is there already is neither opened nor told in the timeline', async () => {
  const visit = await aVisitIn(50, store);
  await due.prices.call(aTask(visit, 'the same'), NOON);
  await due.prices.call({ ...aTask(visit, 'the same'), dueAt: instantOf(NOON) }, NOON);
  expect(await tasksOf(store, visit.ticket.id)).toMatchObject([{ due: hoursAfterNoon(1) }]);
  expect(await timelineOf(store, visit.ticket.id)).toHaveLength(1);
});
