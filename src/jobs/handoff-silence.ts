/**
 * A chat with a person in which one side has gone silent. When it is the person, the customer is back in the queue, in
 * their old place; when it is the customer, the bot has the chat again, and who was answered is asked how it was (S2-054).
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';

type Talk = {
  readonly handoffId: Identifier;
  readonly conversationId: Identifier;
  readonly waitingSince: Instant;
  readonly claimedAt: Instant;
  /** The first that the customer said and no person has answered: who keeps asking has waited since then. */
  readonly unansweredSince: Instant | null;
  readonly staffSaidAt: Instant | null;
};

type Silence =
  | { readonly kind: 'agent-silent' }
  /** A survey follows what a person has answered, as it does a handoff they resolve; where nobody said anything there is none. */
  | { readonly kind: 'customer-silent'; readonly survey: { readonly id: Identifier; readonly dueAt: Instant } | null };

export type SilentHandoffs = {
  /** Claimed handoffs, those claimed first before the others. */
  readonly claimed: (max: number) => Promise<readonly Talk[]>;
  /** Back to the queue or the bot, with the event that tells it, when `judge` still says so once nobody can say anything; else false. */
  readonly putDown: (
    handoff: { readonly handoffId: Identifier; readonly eventId: Identifier; readonly at: Instant },
    judge: (talk: Talk) => Silence | null,
  ) => Promise<boolean>;
};

export type HandoffSilenceNeeds = {
  readonly handoffs: SilentHandoffs;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly policy: Policy;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

/** More chats than a desk can have in hand. */
const CLAIMED_MAX = 500;

/** One round: every chat in which somebody was silent too long. */
export function createHandoffSilence(needs: HandoffSilenceNeeds): () => Promise<void> {
  const { handoffs, policy, makeIdentifier, turnSoon } = needs;
  return async () => {
    const at = needs.now();
    const surveyDueAt = instantOf(at + policy.survey.delayMinutes * MINUTE);
    const judge = (talk: Talk): Silence | null => {
      const kind = silenceOf(talk, at, policy.handoff);
      if (kind !== 'customer-silent') return kind === null ? null : { kind };
      return { kind, survey: wasAnswered(talk) ? { id: makeIdentifier(), dueAt: surveyDueAt } : null };
    };
    const silent = (await handoffs.claimed(CLAIMED_MAX)).filter((it) => judge(it) !== null);
    const failed = (error: unknown) => needs.log('handoff-silence-put-off', failureOf(error));
    await oneByOne(silent, failed, async ({ handoffId, conversationId }) => {
      if (await handoffs.putDown({ handoffId, eventId: makeIdentifier(), at }, judge)) turnSoon(conversationId);
    });
  };
}

/** Whoever takes a chat has the policy's whole time from then, whatever was said before. */
function silenceOf(talk: Talk, now: Instant, policy: Policy['handoff']): Silence['kind'] | null {
  const silentFor = (since: Instant) => now - Math.max(since, talk.claimedAt);
  if (talk.unansweredSince !== null) return silentFor(talk.unansweredSince) > policy.agentSilentMinutes * MINUTE ? 'agent-silent' : null;
  return talk.staffSaidAt !== null && silentFor(talk.staffSaidAt) > policy.customerSilentMinutes * MINUTE ? 'customer-silent' : null;
}

/** In this handoff, by whoever had it: what was said in an earlier one is not of it. */
function wasAnswered({ staffSaidAt, waitingSince }: Talk): boolean {
  return staffSaidAt !== null && staffSaidAt >= waitingSince;
}
