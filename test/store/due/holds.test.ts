import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Instant, instantOf, MINUTE, SECOND } from '../../../src/domain/instant.ts';
import { dueStore } from '../../../src/store/due/due-store.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { aPage, aVisitIn, tasksOf, timelineOf } from '../../jobs/due-rows.ts';
import { newId, openTestStore } from '../../support/database.ts';
import { NOON } from '../a-turn.ts';

let store: Store;
let due: ReturnType<typeof dueStore>;
beforeAll(async () => {
  store = await openTestStore();
  due = dueStore(store);
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.pool.query("update page set status = 'acknowledged'");
  await store.pool.query("update contact_task set status = 'done'");
});

const later = (milliseconds: number): Instant => instantOf(NOON + milliseconds);
const claimPages = (now: Instant, max = 20) => due.pages.claim({ now, holdMilliseconds: 30 * SECOND, sendsMax: 3, max });
const claimNotices = (now: Instant, dueBy: Instant | null = null) =>
  due.notices.claim({ now, holdMilliseconds: 30 * SECOND, dueBy, channels: [], phones: true, triesMax: 2, max: 20 });

async function aTask(dueAt: Instant) {
  const { ticket } = await aVisitIn(26, store);
  const id = newId();
  await store.pool.query('insert into contact_task (id, ticket_id, reason, notice_sealed, due_at) values ($1, $2, $3, $4, $5)', [
    id,
    ticket.id,
    'change',
    store.seal.seal('contact-task.notice', 'a notice'),
    new Date(dueAt),
  ]);
  return { id, ticketId: ticket.id };
}

it('a page that was taken is nobody else’s until the hold has run out, by the clock of whoever asks', async () => {
  const id = await aPage(store, NOON);
  expect((await claimPages(NOON)).map((it) => it.id)).toEqual([id]);
  expect(await claimPages(later(30 * SECOND - 1))).toEqual([]);
  expect((await claimPages(later(30 * SECOND))).map((it) => it.id)).toEqual([id]);
});

it('pages never sent go first, and no more are taken than asked for', async () => {
  const [waited, fresh] = [await aPage(store, NOON), await aPage(store, later(MINUTE))];
  await store.pool.query('update page set next_send_at = $2 where id = $1', [waited, new Date(NOON)]);
  expect((await claimPages(later(MINUTE), 1)).map((it) => it.id)).toEqual([fresh]);
});

it('whoever comes late with a send that was counted already writes nothing, neither in the page nor in the timeline', async () => {
  const { ticket } = await aVisitIn(26, store);
  const id = await aPage(store, NOON, ticket.id);
  const sent = { id, sends: 0, level: 0, nextSendAt: later(MINUTE), sentAt: NOON, isNews: true };
  await due.pages.settle(sent);
  await due.pages.settle({ ...sent, nextSendAt: later(99 * MINUTE), sentAt: later(1) });
  const { rows } = await store.pool.query('select sends, last_sent_at, next_send_at from page where id = $1', [id]);
  expect(rows).toEqual([{ sends: 1, last_sent_at: new Date(NOON), next_send_at: new Date(later(MINUTE)) }]);
  expect(await timelineOf(store, ticket.id)).toHaveLength(1);
});

it('a notice that was taken is nobody else’s until the hold has run out, and each taking is a try', async () => {
  const { id, ticketId } = await aTask(later(MINUTE));
  expect(await claimNotices(NOON)).toMatchObject([{ id, tries: 1, text: 'a notice' }]);
  expect(await claimNotices(later(30 * SECOND - 1))).toEqual([]);
  expect(await claimNotices(later(30 * SECOND))).toMatchObject([{ id, tries: 2 }]);
  expect(await claimNotices(later(60 * SECOND))).toEqual([]);
  expect(await tasksOf(store, ticketId)).toMatchObject([{ status: 'open', notices: 2 }]);
});

it('a notice that a person has seen to meanwhile is not done a second time', async () => {
  const { id, ticketId } = await aTask(later(MINUTE));
  await claimNotices(NOON);
  await store.pool.query("update contact_task set status = 'done' where id = $1", [id]);
  await due.notices.done(id, later(SECOND));
  expect(await timelineOf(store, ticketId)).toEqual([]);
});

it('what is due later than asked for is left alone', async () => {
  const { id } = await aTask(later(MINUTE));
  expect(await claimNotices(NOON, later(MINUTE - 1))).toEqual([]);
  expect(await claimNotices(NOON, later(MINUTE))).toMatchObject([{ id }]);
});
