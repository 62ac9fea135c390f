/**
 * What has to reach a customer and did not, by their channel, within the policy's time is told by the notifier or by a
 * person who phones. When the message arrives all the same before that, nobody need call.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChatChannel, TicketStatus } from '../domain/ticket.ts';
import type { MustReach, NewContactTask } from '../turn/ports.ts';
import { callBy } from './call-by.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';

type Unreached = {
  readonly messageId: Identifier;
  readonly channel: ChatChannel;
  readonly reason: MustReach['reason'];
  readonly ticketId: Identifier;
  readonly status: TicketStatus;
  /** When the ticket's booked visit begins, null when none is booked. */
  readonly visitFrom: Instant | null;
};

export type Reach = {
  readonly forgetDelivered: () => Promise<void>;
  /** Messages written before an instant that still have to reach and are not delivered, oldest first. */
  readonly unreached: (before: Instant, max: number) => Promise<readonly Unreached[]>;
  /** Opens the task with the message's text as its notice, unless it has arrived meanwhile or `task` is null; sees to each message once. */
  readonly callInstead: (messageId: Identifier, task: Omit<NewContactTask, 'notice'> | null, at: Instant) => Promise<void>;
  /** Ends open tasks whose message was delivered after all. */
  readonly closeReached: (at: Instant, max: number) => Promise<void>;
};

export type ReachNeeds = {
  readonly reach: Reach;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

const MESSAGES_MAX = 100;

/** One round: every message that waited too long. */
export function createReach(needs: ReachNeeds): () => Promise<void> {
  const { reach, policy } = needs;
  return async () => {
    const now = needs.now();
    await reach.forgetDelivered();
    const unreached = await reach.unreached(instantOf(now - policy.reach.waitMinutes * MINUTE), MESSAGES_MAX);
    const failed = (error: unknown) => needs.log('reach-put-off', failureOf(error));
    await oneByOne(unreached, failed, (it) =>
      reach.callInstead(it.messageId, isOverBy(it, now, policy) ? null : taskOf(it, now, needs), now),
    );
    await reach.closeReached(now, MESSAGES_MAX);
  };
}

/**
 * Nobody wants a call about a visit that was called off or has begun, unless the call is to say so. A survey waits for the
 * customer, unless a template can tell them that it does.
 */
function isOverBy({ channel, reason, status, visitFrom }: Unreached, now: Instant, { wechat }: Policy): boolean {
  if (reason === 'change') return false;
  if (reason === 'survey') return channel !== 'wechat' || wechat.templates.survey === undefined;
  return status === 'cancelled' || status === 'closed' || (reason === 'reminder' && (visitFrom === null || visitFrom <= now));
}

function taskOf({ messageId, ticketId, reason, visitFrom }: Unreached, now: Instant, needs: ReachNeeds): Omit<NewContactTask, 'notice'> {
  return {
    id: needs.makeIdentifier(),
    ticketId,
    whom: { kind: 'customer' },
    reason,
    dueAt: callBy(needs, now, needs.policy.reach.callMinutes, reason === 'reminder' ? visitFrom : null),
    onceKey: `reach:${messageId}`,
  };
}
