/** Shows whoever wrote in a thread what became of it: a mark on their message, and in the thread what did not arrive. */
import type { StaffPosts, ThreadReplies, ThreadReply } from '../../desk/staff-chat.ts';
import type { MakeIdentifier } from '../../domain/identifier.ts';
import { instantOf, SECOND } from '../../domain/instant.ts';
import type { Delivery } from '../../turn/message.ts';
import type { CallSlack } from './api.ts';
import { refusalOf } from './faults.ts';
import type { StaffSide } from './needs.ts';

/** What stands on a reply, by what became of it; null: nothing. */
const MARKS: Readonly<Record<Exclude<Delivery, 'pending'> | 'internal' | 'asked' | 'refused', string>> = {
  delivered: 'white_check_mark',
  waiting: 'hourglass_flowing_sand',
  failed: 'warning',
  internal: 'lock',
  asked: 'grey_question',
  refused: 'warning',
};

type Mark = keyof typeof MARKS;

export type MarkNeeds = {
  readonly call: CallSlack;
  readonly replies: ThreadReplies;
  readonly posts: Pick<StaffPosts, 'put'>;
  readonly cardOf: (handoffId: ThreadReply['handoffId']) => Promise<ThreadReply['id'] | null>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: StaffSide['now'];
};

const MARKS_MAX = 20;
/** A platform that is away must not keep what is to be said waiting. */
const REST_MILLISECONDS = 10 * SECOND;

/** One round: replies get the mark of what became of them; what was not delivered is told in the thread with a way to try again. */
export function createMarkReplies(needs: MarkNeeds): () => Promise<void> {
  let restsUntil = needs.now();
  return async () => {
    if (needs.now() < restsUntil) return;
    for (const { reply, delivery } of await needs.replies.unmarked(MARKS_MAX)) {
      const state = reply.status === 'said' ? delivery : reply.status;
      if (state === null || !(state in MARKS)) continue;
      const restMilliseconds = await mark(reply, state as Mark, needs);
      if (restMilliseconds > 0) {
        restsUntil = instantOf(needs.now() + restMilliseconds);
        return;
      }
      if (state === 'failed') await tellUndelivered(reply, needs);
      await needs.replies.marked(reply.id, state);
    }
  };
}

/** Puts a mark in place of the one before. 0, or after how long to try again; what was deleted, or stands there already, is good enough. */
export async function mark({ lane, ts, mark: before }: ThreadReply, state: Mark, { call }: Pick<MarkNeeds, 'call'>): Promise<number> {
  const old = before === null ? undefined : MARKS[before as Mark];
  const name = MARKS[state];
  if (old === name) return 0;
  if (old !== undefined) await call('reactions.remove', { channel: lane, timestamp: ts, name: old });
  const called = await call('reactions.add', { channel: lane, timestamp: ts, name });
  if (called.kind === 'busy') return called.afterMilliseconds;
  const isSettled = called.kind === 'ok' || (called.kind === 'refused' && refusalOf(called.error) !== 'workspace');
  return isSettled ? 0 : REST_MILLISECONDS;
}

async function tellUndelivered(reply: ThreadReply, { posts, cardOf, makeIdentifier, now }: MarkNeeds): Promise<void> {
  const parentId = await cardOf(reply.handoffId);
  if (parentId === null) return;
  const of = { parentId, handoffId: reply.handoffId, messageId: reply.id, ticketId: null, pageId: null } as const;
  const onceKey = `undelivered:${reply.id}:${now()}`;
  await posts.put([{ ...of, id: makeIdentifier(), lane: reply.lane, kind: 'warning', onceKey, facts: { what: 'undelivered' } }], now());
}
