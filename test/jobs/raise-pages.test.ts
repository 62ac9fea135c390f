import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { Store } from '../../src/store/open-store.ts';
import { aChat, aTurn, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aReplyThatMustReach, aVisitIn } from './due-rows.ts';

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.clock.now = NOON;
  await desk.rows("update contact_task set status = 'done'");
  await desk.rows("update handoff set status = 'resolved'");
});

const pagesOf = (onceKey: string) =>
  desk.rows('select reason, status, ticket_id, conversation_id, raised_at from page where starts_with(once_key, $1)', onceKey);

async function aQueuedHandoff(store: Store, waitingSince: Instant): Promise<Identifier> {
  const [chat, id] = [await aChat(store), newId()];
  const summary = { flow: null, asking: null, known: {}, possibleTickets: [] };
  await store.transact([
    aTurn(chat, { owner: 'queue', handoff: { kind: 'open', id, reason: 'asked', ticketId: null, summary, waitingSince } }),
  ]);
  return id;
}

async function aTask(store: Store, ticketId: Identifier, dueAt: Instant): Promise<Identifier> {
  const id = newId();
  await store.pool.query("insert into contact_task (id, ticket_id, reason, due_at) values ($1, $2, 'call-back', $3)", [
    id,
    ticketId,
    new Date(dueAt),
  ]);
  return id;
}

const later = (minutes: number) => instantOf(NOON + minutes * MINUTE);

it('when a reply was given up, then somebody is called, once', async () => {
  const visit = await aVisitIn(26, desk.store);
  const [given, fine] = [
    await aReplyThatMustReach(desk.store, visit, 'confirmation', NOON, 'failed'),
    await aReplyThatMustReach(desk.store, visit, 'confirmation', NOON, 'waiting'),
  ];
  await Promise.all([desk.run('raise-pages'), desk.other.run('raise-pages')]);
  await desk.run('raise-pages');
  expect(await pagesOf(`undelivered:${given.id}`)).toEqual([
    {
      reason: 'undelivered',
      status: 'open',
      ticket_id: visit.ticket.id,
      conversation_id: visit.chat.conversationId,
      raised_at: new Date(NOON),
    },
  ]);
  expect(await pagesOf(`undelivered:${fine.id}`)).toEqual([]);
});

it('when nobody made a call in time, then somebody is called, once, also after the page was acknowledged', async () => {
  const visit = await aVisitIn(26, desk.store);
  const [task, done] = [await aTask(desk.store, visit.ticket.id, later(10)), await aTask(desk.store, visit.ticket.id, later(10))];
  await desk.rows("update contact_task set status = 'done' where id = $1", done);
  desk.clock.now = later(10);
  await desk.run('raise-pages');
  expect(await pagesOf(`contact-overdue:${task}`)).toEqual([]);
  desk.clock.now = later(11);
  await Promise.all([desk.run('raise-pages'), desk.other.run('raise-pages')]);
  await desk.rows("update page set status = 'acknowledged'");
  await desk.run('raise-pages');
  expect(await pagesOf(`contact-overdue:${task}`)).toMatchObject([{ reason: 'contact-overdue', status: 'acknowledged' }]);
  expect(await pagesOf(`contact-overdue:${done}`)).toEqual([]);
});

it('when nobody takes a customer over, then somebody is called after 10 minutes of opening time; the night does not count', async () => {
  const closing = instantOf(Date.parse('2026-11-20T20:55:00+08:00'));
  const waiting = await aQueuedHandoff(desk.store, closing);
  const at = async (clock: string) => {
    desk.clock.now = instantOf(Date.parse(clock));
    await desk.run('raise-pages');
    return (await pagesOf(`handoff-waiting:${waiting}`)).length;
  };
  expect(await at('2026-11-20T21:30:00+08:00')).toBe(0);
  expect(await at('2026-11-21T08:34:00+08:00')).toBe(0);
  expect(await at('2026-11-21T08:35:00+08:00')).toBe(1);
});

it('when a process dies at any step, then each matter has its one page after the next round', async () => {
  const steps = await throughEveryDeath(desk, 'raise-pages', async () => {
    const visit = await aVisitIn(26, desk.store);
    const reply = await aReplyThatMustReach(desk.store, visit, 'change', desk.clock.now, 'failed');
    const task = await aTask(desk.store, visit.ticket.id, instantOf(desk.clock.now - 1));
    return async () => {
      expect(await pagesOf(`undelivered:${reply.id}`)).toHaveLength(1);
      expect(await pagesOf(`contact-overdue:${task}`)).toHaveLength(1);
    };
  });
  expect(steps).toBe(6);
});
