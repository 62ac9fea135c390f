/**
 * Asks in private about what somebody wrote that was not theirs to send, or nobody's yet. A reply that wants to be asked about and
 * has no mark yet was not asked about, whoever died over it: it is found again.
 */
import type { ThreadReplies, ThreadReply } from '../../desk/staff-chat.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import { instantOf, SECOND } from '../../domain/instant.ts';
import type { StaffSide } from './needs.ts';
import { mark } from './thread-marks.ts';
import type { TellPrivately } from './thread-private.ts';

export type AskNeeds = Pick<StaffSide, 'desk' | 'call' | 'now'> & {
  readonly replies: Pick<ThreadReplies, 'takeUnasked' | 'again' | 'marked'>;
  readonly reader: StaffMember;
  readonly tell: Pick<TellPrivately, 'asks'>;
};

const ASKED_MAX = 20;
/** Longer than asking takes; as long as one waits whose process died over it. */
const HOLD_MILLISECONDS = 15 * SECOND;

/** One round. Nobody else asks about what it has taken; what Slack does not take now is asked again. */
export function createAskReplies(needs: AskNeeds): () => Promise<void> {
  const { replies, now } = needs;
  return async () => {
    const taken = await replies.takeUnasked(now(), instantOf(now() + HOLD_MILLISECONDS), ASKED_MAX);
    await Promise.all(taken.map((reply) => ask(reply, needs)));
  };
}

/** The mark first: it may be put twice, the question better not. */
async function ask(reply: ThreadReply, needs: AskNeeds): Promise<void> {
  const { replies, now } = needs;
  const found = await needs.desk.handoffs.read(needs.reader, reply.handoffId);
  const restMilliseconds =
    (await mark(reply, 'asked', needs)) || (found.kind === 'found' ? await needs.tell.asks(reply, found.handoff) : 0);
  if (restMilliseconds === 0) await replies.marked(reply.id, 'asked');
  else await replies.again(reply.id, instantOf(now() + restMilliseconds));
}
