/**
 * What was written, changed and taken back in threads while Slack could not reach us: it tries a few times within minutes and
 * then no more. At the start and every few minutes the threads of handoffs are read again; what is known already changes nothing.
 */
import type { StaffPosts, ThreadReplies } from '../../desk/staff-chat.ts';
import type { StaffSide } from './needs.ts';
import { happeningOf } from './thread-events.ts';
import type { ThreadIn, ThreadMessage } from './thread-in.ts';

export type FillGapsNeeds = Pick<StaffSide, 'call' | 'now' | 'log'> & {
  readonly posts: Pick<StaffPosts, 'threads'>;
  readonly replies: Pick<ThreadReplies, 'read' | 'unsaid'>;
  readonly threadIn: ThreadIn;
};

/** A minute's worth of what the platform lets us read. */
const THREADS_MAX = 40;
const PAGE_MESSAGES = 200;
const PAGES_MAX = 10;

type Message = { readonly ts?: string };
type Listed = { readonly messages?: readonly Message[]; readonly response_metadata?: { readonly next_cursor?: string } };

type Thread = { readonly lane: string; readonly ts: string };

/** One round over the threads; ends early where the platform has no time for it. */
export function createFillGaps({ call, now, log, posts, replies, threadIn }: FillGapsNeeds): () => Promise<void> {
  return async () => {
    for (const thread of await posts.threads(now(), THREADS_MAX)) {
      // Asked before the thread is read: what is written meanwhile is not missed in it.
      const unsaid = await replies.unsaid(thread.lane, thread.ts);
      const listed = await read(thread);
      if (listed.kind === 'later') return;
      if (listed.kind === 'refused') {
        log('thread-not-read', { error: listed.error });
        continue;
      }
      for (const message of listed.messages.flatMap((it) => writtenIn(thread.lane, it))) {
        const isKnown = (await replies.read(message.lane, message.ts)) !== null;
        await (isKnown ? threadIn.edited(message) : threadIn.written(message));
      }
      const there = new Set(listed.messages.map((it) => it.ts));
      for (const ts of listed.isWhole ? unsaid : []) if (!there.has(ts)) await threadIn.removed(thread.lane, ts);
    }
  };

  async function read({ lane, ts }: Thread): Promise<ThreadRead> {
    const messages: Message[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const called = await call<Listed>('conversations.replies', { channel: lane, ts, limit: PAGE_MESSAGES, cursor });
      if (called.kind === 'refused') return called;
      if (called.kind !== 'ok') return { kind: 'later' };
      messages.push(...(called.body.messages ?? []));
      cursor = called.body.response_metadata?.next_cursor || undefined;
      if (cursor === undefined) break;
    }
    return { kind: 'read', messages, isWhole: cursor === undefined };
  }
}

function writtenIn(lane: string, message: Message): readonly ThreadMessage[] {
  const happening = happeningOf(message, lane, 'written');
  return happening.kind === 'written' ? [happening.message] : [];
}

type ThreadRead =
  | { readonly kind: 'read'; readonly messages: readonly Message[]; readonly isWhole: boolean }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'later' };
