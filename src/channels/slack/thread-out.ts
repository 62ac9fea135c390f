/**
 * Says to the customer what was written for them, once its hold is over, in the order it was written; then shows its writer
 * what became of it. The reply's id is that of the message, so however often this is begun it is said once.
 */

import type { StaffPosts, ThreadReplies, ThreadReply } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { MakeIdentifier } from '../../domain/identifier.ts';
import { instantOf, SECOND } from '../../domain/instant.ts';
import type { Delivery } from '../../turn/message.ts';
import type { SentFile } from '../../turn/sent-files.ts';
import type { CallSlack } from './api.ts';
import { refusalOf } from './faults.ts';
import type { FetchFiles } from './fetch-files.ts';
import type { StaffSide } from './needs.ts';
import { asItReads } from './thread-late.ts';
import type { TellPrivately } from './thread-private.ts';

export type ThreadOutNeeds = Pick<StaffSide, 'desk' | 'call' | 'memberOf' | 'word' | 'policy' | 'now' | 'makeIdentifier' | 'log'> & {
  readonly replies: ThreadReplies;
  readonly posts: Pick<StaffPosts, 'put'>;
  readonly fetchFiles: FetchFiles;
  readonly tell: TellPrivately;
};

const DUE_MAX = 20;
/** As long as a reply waits whose process died while saying it; saying it twice at a time does no harm. */
const HOLD_MILLISECONDS = 15 * SECOND;
/** One of each thread at a time. */
const TAKES_MAX = 50;
const TRIES_MAX = 6;
const MARKS_MAX = 20;
/** A platform that is away must not keep what is to be said waiting. */
const REST_MILLISECONDS = 10 * SECOND;
const MEGABYTE = 1_048_576;

/** One round: what is due is said. */
export function createSayDue(needs: ThreadOutNeeds): () => Promise<void> {
  return async () => {
    for (let takes = 0; takes < TAKES_MAX; takes++) {
      const due = await needs.replies.takeDue(needs.now(), HOLD_MILLISECONDS, DUE_MAX);
      if (due.length === 0) return;
      await Promise.all(
        due.map((reply) =>
          sayOne(reply, needs).catch(async (error: unknown) => {
            needs.log('thread-reply-put-off', { error: error instanceof Error ? error.name : 'unknown' });
            await putOff(reply, needs);
          }),
        ),
      );
    }
  };
}

function putOff({ id, tries }: ThreadReply, { replies, now }: ThreadOutNeeds): Promise<void> {
  return replies.again(id, instantOf(now() + SECOND * 2 ** Math.min(tries, TRIES_MAX)));
}

async function sayOne(reply: ThreadReply, needs: ThreadOutNeeds): Promise<void> {
  const member = await memberOfReply(reply, needs);
  if (member === null) return await refuse(reply, 'forbidden', needs);
  const current = await asItReads(reply, member, needs);
  if (current !== null) await sayIt(current, member, needs);
}

async function sayIt(reply: ThreadReply, member: StaffMember, needs: ThreadOutNeeds): Promise<void> {
  const files = await needs.fetchFiles(reply.body.files);
  if (files.kind === 'later') return reply.tries < TRIES_MAX ? await putOff(reply, needs) : await refuse(reply, 'file-lost', needs);
  if (files.kind === 'lost') return await refuse(reply, 'file-lost', needs);
  await say(reply, member, files.files, needs);
}

async function say(reply: ThreadReply, member: StaffMember, files: readonly SentFile[], needs: ThreadOutNeeds): Promise<void> {
  const done = await needs.desk.handoffs.reply(member, reply.handoffId, { messageId: reply.id, text: reply.body.text, files });
  if (done.kind !== 'said') return await refuse(reply, done.kind, needs);
  const said = { status: 'said', body: null, dueAt: null, refusal: null, editTs: null, staffId: null, untriedOnly: false } as const;
  await needs.replies.move(reply.id, ['held'], said);
}

/** Who answers for it: its writer, as they are on the staff now. */
async function memberOfReply(reply: ThreadReply, { memberOf }: ThreadOutNeeds): Promise<StaffMember | null> {
  const member = await memberOf(reply.externalId);
  return member !== null && member.id === reply.staffId ? member : null;
}

async function refuse(reply: ThreadReply, code: RefusalCode, needs: ThreadOutNeeds): Promise<void> {
  const refused = { status: 'refused', body: null, dueAt: null, refusal: code, editTs: null, staffId: null, untriedOnly: false } as const;
  if (await needs.replies.move(reply.id, ['held'], refused)) needs.tell.wasRefused(reply, whyNot(code, needs));
}

type RefusalCode =
  | 'not-claimed'
  | 'claimed-by-another'
  | 'no-such-handoff'
  | 'forbidden'
  | 'text-refused'
  | 'too-many-files'
  | 'file-too-large'
  | 'wrong-file-kind'
  | 'conversation-full'
  | 'file-lost';

function whyNot(code: RefusalCode, { word, policy: { limits } }: Pick<ThreadOutNeeds, 'word' | 'policy'>): string {
  switch (code) {
    case 'too-many-files':
      return word('thread.why.too-many-files', { max: limits.filesPerMessage });
    case 'file-too-large':
      return word('thread.why.file-too-large', { max: Math.floor(limits.uploadBytes / MEGABYTE) });
    case 'conversation-full':
      return word('thread.why.conversation-full', { max: limits.filesPerConversation });
    default:
      return word(`thread.why.${code}`);
  }
}

/** What stands on a reply, by what became of it; null: nothing. */
const MARKS: Readonly<Record<Exclude<Delivery, 'pending'> | 'internal' | 'asked' | 'refused', string>> = {
  delivered: 'white_check_mark',
  waiting: 'hourglass_flowing_sand',
  failed: 'warning',
  internal: 'lock',
  asked: 'grey_question',
  refused: 'warning',
};

export type MarkNeeds = {
  readonly call: CallSlack;
  readonly replies: ThreadReplies;
  readonly posts: Pick<StaffPosts, 'put'>;
  readonly cardOf: (handoffId: ThreadReply['handoffId']) => Promise<ThreadReply['id'] | null>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: StaffSide['now'];
};

/** One round: replies get the mark of what became of them; what was not delivered is told in the thread with a way to try again. */
export function createMarkReplies(needs: MarkNeeds): () => Promise<void> {
  let restsUntil = needs.now();
  return async () => {
    if (needs.now() < restsUntil) return;
    for (const { reply, delivery } of await needs.replies.unmarked(MARKS_MAX)) {
      const state = reply.status === 'said' ? delivery : reply.status;
      if (state === null || !(state in MARKS)) continue;
      const restMilliseconds = await mark(reply, state as State, needs);
      if (restMilliseconds > 0) {
        restsUntil = instantOf(needs.now() + restMilliseconds);
        return;
      }
      if (state === 'failed') await tellUndelivered(reply, needs);
      await needs.replies.marked(reply.id, state);
    }
  };
}

type State = keyof typeof MARKS;

/** 0, or after how long to try again. What was deleted, or stands there already, is good enough. */
async function mark({ lane, ts, mark: before }: ThreadReply, state: State, { call }: MarkNeeds): Promise<number> {
  const old = before === null ? undefined : MARKS[before as State];
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
