/**
 * A reply that comes to be said long after its hold, or that was written before this process began to listen, is looked at once
 * more where it was written: nobody may have told us that it was changed or taken back, while we were away.
 */
import type { ThreadReplies, ThreadReply } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import { type Instant, SECOND } from '../../domain/instant.ts';
import type { StaffSide } from './needs.ts';
import { happeningOf } from './thread-events.ts';
import { noteIn } from './thread-in.ts';

export type LateNeeds = Pick<StaffSide, 'desk' | 'call' | 'policy' | 'now'> & {
  readonly replies: ThreadReplies;
  /** Since when this process hears what happens in threads. */
  readonly listensSince: Instant;
};

/** Beyond the hold; what is sooner is as it was told. */
const LATE_MILLISECONDS = 5 * SECOND;
const LISTED_MAX = 10;

type Listed = { readonly messages?: readonly { readonly ts?: string }[] };

/** The reply as it reads by now; null when it is for the customer no more. As it was told, when the platform cannot say. */
export async function asItReads(reply: ThreadReply, member: StaffMember, needs: LateNeeds): Promise<ThreadReply | null> {
  const isLate = needs.now() >= reply.at + needs.policy.slack.holdSeconds * SECOND + LATE_MILLISECONDS;
  if (!isLate && reply.at >= needs.listensSince) return reply;
  const { lane, ts, threadTs } = reply;
  const wanted = { channel: lane, ts: threadTs, oldest: ts, latest: ts, inclusive: true, limit: LISTED_MAX };
  const called = await needs.call<Listed>('conversations.replies', wanted);
  if (called.kind !== 'ok') return reply;
  const there = called.body.messages?.find((it) => it.ts === ts);
  const happening = happeningOf(there, lane, 'written');
  if (happening.kind !== 'written') {
    await move(reply, { status: 'withdrawn', body: null, editTs: null }, needs);
    return null;
  }
  const { text, files, editTs } = happening.message;
  if (text === reply.body.text && files.length === reply.body.files.length) return reply;
  const body = { text, files };
  const note = noteIn(text);
  const isMoved = await move(reply, { status: note === null ? 'held' : 'internal', body, editTs }, needs);
  if (!isMoved || note === null) return isMoved ? { ...reply, body, editTs } : null;
  if (note !== '') await needs.desk.handoffs.note(member, reply.handoffId, { noteId: reply.id, text: note });
  return null;
}

type Changed = Pick<ThreadReply, 'status' | 'editTs'> & { readonly body: ThreadReply['body'] | null };

function move(reply: ThreadReply, changed: Changed, { replies }: LateNeeds): Promise<boolean> {
  return replies.move(reply.id, ['held'], { ...changed, dueAt: null, refusal: null, staffId: null, untriedOnly: false });
}
