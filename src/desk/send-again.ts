/** What a member of staff said and the channel gave up on is tried anew, in its old place, as if it had just been said. */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Delivery } from '../turn/message.ts';
import { type Change, changeBy } from './change.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

type SendAgainRefused =
  /** Or it is not a person's, or not of that handoff's chat. */
  { readonly kind: 'no-such-message' } | { readonly kind: 'not-failed'; readonly delivery: Exclude<Delivery, 'failed'> };

/** One transaction: failed becomes pending, held by nobody, its tries forgotten. `handoffId` null: of whatever chat. */
export type PutBack = (
  messageId: Identifier,
  handoffId: Identifier | null,
  change: Change,
) => Promise<{ readonly kind: 'put-back'; readonly conversationId: Identifier } | SendAgainRefused>;

export type SendAgain = (
  member: StaffMember,
  messageId: Identifier,
  handoffId?: Identifier,
) => Promise<{ readonly kind: 'sending' } | SendAgainRefused | Forbidden>;

/** Sending a failed message of the staff again. */
export function sendAgain(needs: {
  readonly putBack: PutBack;
  readonly deliverSoon: (conversationId: Identifier) => void;
  readonly now: () => Instant;
}): SendAgain {
  return async (member, messageId, handoffId) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const change = changeBy(member, needs.now(), 'message.send-again', `message:${messageId}`);
    const done = await needs.putBack(messageId, handoffId ?? null, change);
    if (done.kind !== 'put-back') return done;
    needs.deliverSoon(done.conversationId);
    return { kind: 'sending' };
  };
}
