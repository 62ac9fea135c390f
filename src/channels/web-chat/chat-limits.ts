/**
 * How much one customer may call, open and say, and how much one address. A customer is a conversation and an account:
 * nobody gets more by opening conversations, and nobody gets less because a neighbour is loud.
 */
import { type Instant, MINUTE } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { createRateLimit, takeFromEach } from '../../traffic/rate-limit.ts';
import type { Pass } from './pass.ts';

/** Each answers 0 and counts, or the seconds (at least 1) to wait. */
export type ChatLimits = {
  readonly token: (address: string, nowMilliseconds: number) => number;
  readonly call: (pass: Pass, nowMilliseconds: number) => number;
  readonly open: (pass: Pass, nowMilliseconds: number) => number;
  readonly message: (pass: Pass, address: string, nowMilliseconds: number) => number;
  readonly newConversation: (address: string, nowMilliseconds: number) => number;
  /** It was there already, so it was not a new one. */
  readonly notNew: (address: string) => void;
  /** The name of the one word to a customer whose messages are refused, or null when it was said this minute. */
  readonly refusal: (pass: Pass, address: string, now: Instant) => string | null;
};

/** However many customers of an address are refused: what is said about it must not be a flood itself. */
const REFUSALS_PER_ADDRESS_PER_MINUTE = 60;

export function createChatLimits(limits: Policy['limits']): ChatLimits {
  const tokens = createRateLimit(limits.tokensPerAddressPerMinute);
  const calls = createRateLimit(limits.callsPerConversationPerMinute);
  const opens = createRateLimit(limits.opensPerConversationPerMinute);
  const begun = createRateLimit(limits.newConversationsPerAddressPerMinute);
  const byConversation = createRateLimit(limits.messagesPerConversationPerMinute);
  const byAccount = createRateLimit(limits.messagesPerAccountPerMinute);
  const byAddress = createRateLimit(limits.messagesPerAddressPerMinute);
  const refusalsByConversation = createRateLimit(1);
  const refusalsByAddress = createRateLimit(REFUSALS_PER_ADDRESS_PER_MINUTE);
  return {
    token: tokens.take,
    call: ({ conversationId }, now) => calls.take(conversationId, now),
    open: ({ conversationId }, now) => opens.take(conversationId, now),
    newConversation: begun.take,
    notNew: begun.giveBack,
    message: ({ conversationId, account }, address, now) =>
      takeFromEach(
        [
          { limit: byConversation, key: conversationId },
          { limit: byAccount, key: account },
          { limit: byAddress, key: address },
        ],
        now,
      ),
    refusal({ conversationId }, address, now) {
      const said = [
        { limit: refusalsByConversation, key: conversationId },
        { limit: refusalsByAddress, key: address },
      ];
      return takeFromEach(said, now) > 0 ? null : `refused:${conversationId}:${Math.floor(now / MINUTE)}`;
    },
  };
}
