/**
 * Puts the question whether another account is theirs to customers who are known already, once, where they were heard last;
 * without an answer it is given up after the policy's time, and nobody is told (S2-024).
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Accept } from '../turn/ports.ts';

type LinkToAsk = {
  readonly linkId: Identifier;
  readonly conversationId: Identifier;
  readonly channel: ChatChannel;
  readonly onceKey: string;
};

export type AccountLinks = {
  /** Questions that were not put yet, in chats the bot has; where a dialog waits, only once it has been silent since then. */
  readonly toAsk: (silentSince: Instant, max: number) => Promise<readonly LinkToAsk[]>;
  /** Ends every question asked until then that has no answer. */
  readonly giveUp: (askedUntil: Instant, at: Instant) => Promise<void>;
};

export type AccountLinksNeeds = {
  readonly links: AccountLinks;
  readonly accept: Accept;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly policy: Policy;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
};

const LINKS_MAX = 100;

/** One round. Who asks waits for it, so it comes at any hour: the answer is a tap. */
export function createAccountLinks({ links, accept, turnSoon, policy, makeIdentifier, now }: AccountLinksNeeds): () => Promise<void> {
  return async () => {
    const at = now();
    await links.giveUp(instantOf(at - policy.proof.linkHours * HOUR), at);
    const toAsk = await links.toAsk(instantOf(at - policy.silence.nudgeMinutes * MINUTE), LINKS_MAX);
    if (toAsk.length === 0) return;
    await accept(
      toAsk.map(({ linkId, conversationId, channel, onceKey }) => ({
        id: makeIdentifier(),
        conversationId,
        channel,
        channelMessageId: onceKey,
        sender: 'system',
        body: { kind: 'event', event: 'link-asked', linkId },
        at,
      })),
    );
    for (const { conversationId } of toAsk) turnSoon(conversationId);
  };
}
