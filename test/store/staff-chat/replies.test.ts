import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ThreadReplies } from '../../../src/desk/staff-chat.ts';
import { instantOf, SECOND } from '../../../src/domain/instant.ts';
import { staffChatStore } from '../../../src/store/staff-chat/staff-chat-store.ts';
import { openDesk, type TestDesk } from '../../desk/a-desk.ts';
import { newId } from '../../support/database.ts';
import { NOON } from '../a-turn.ts';

const LANE = 'C0DESK';
const LATER = instantOf(NOON + 15 * SECOND);

let at: TestDesk;
let replies: ThreadReplies;
let sequence = 0;
beforeAll(async () => {
  at = await openDesk();
  replies = staffChatStore(at.store, newId, 'slack').replies;
});
afterAll(() => at.close());

/** Somebody wrote under a card what was not theirs to send. */
async function anAsked() {
  const { posts } = staffChatStore(at.store, newId, 'slack');
  await at.waiting();
  await posts.putHandoffs(LANE, NOON, 10);
  const batch = await posts.nextBatch(LANE, 1);
  const handoffId = batch?.posts[0]?.handoffId;
  if (batch === null || handoffId == null) throw new Error('no card');
  sequence += 1;
  await posts.bind(batch.id, [batch.id]);
  await posts.posted(batch.id, `1763600000.00${sequence}`, null, NOON);
  const staffId = (await at.staff('agent')).id;
  const body = { text: '我来说', files: [] };
  const { reply } = await replies.keep({
    id: newId(),
    lane: LANE,
    ts: `1763600001.00${sequence}`,
    handoffId,
    externalId: 'U0LI',
    staffId,
    body,
    status: 'asked',
    dueAt: NOON,
    at: NOON,
  });
  return reply;
}

it('what nobody was asked about is found by one of those who look at once, and again when that one dies over it', async () => {
  const reply = await anAsked();
  const looks = await Promise.all([1, 2, 3].map(() => replies.takeUnasked(NOON, LATER, 10)));
  expect(looks.flat().map((it) => it.id)).toEqual([reply.id]);
  expect(await replies.takeUnasked(instantOf(LATER - 1), LATER, 10)).toEqual([]);
  expect((await replies.takeUnasked(LATER, instantOf(LATER + SECOND), 10)).map((it) => it.id)).toEqual([reply.id]);
});

it('what was asked about, or was decided meanwhile, is not found again', async () => {
  const [asked, kept] = [await anAsked(), await anAsked()];
  await replies.marked(asked.id, 'asked');
  const change = { body: null, refusal: null, editTs: null, staffId: null, untriedOnly: false, dueAt: null } as const;
  await replies.move(kept.id, ['asked'], { ...change, status: 'internal' });
  const found = await replies.takeUnasked(instantOf(NOON + 60 * SECOND), instantOf(NOON + 75 * SECOND), 10);
  expect(found.map((it) => it.id)).not.toContain(asked.id);
  expect(found.map((it) => it.id)).not.toContain(kept.id);
});
