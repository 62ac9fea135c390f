/**
 * Customers who left a question open and went silent: asked once whether they are still there, never in the quiet hours.
 * After that the dialog is parked, and goes on when they come back.
 */
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { Accept } from '../turn/ports.ts';

type SilentChat = { readonly conversationId: Identifier; readonly channel: ChatChannel; readonly seq: number };

export type SilentChats = {
  /** Chats of the bot in which a question was the last word, said after `since` and not after `until`; `seq` is that word's. */
  readonly silent: (since: Instant, until: Instant, max: number) => Promise<readonly SilentChat[]>;
};

export type NudgesNeeds = {
  readonly chats: SilentChats;
  readonly accept: Accept;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
};

const CHATS_MAX = 200;
/** Who has been silent for longer (nobody was there to ask, or it was night) is left in peace. */
const LATE = HOUR;

/** One round. The event's key has the word's number in it: one silence is one nudge. */
export function createNudges({ chats, accept, turnSoon, policy, timeZone, makeIdentifier, now }: NudgesNeeds): () => Promise<void> {
  return async () => {
    const at = now();
    if (quietUntil(at, policy, timeZone) !== null) return;
    const until = instantOf(at - policy.silence.nudgeMinutes * MINUTE);
    const silent = await chats.silent(instantOf(until - LATE), until, CHATS_MAX);
    if (silent.length === 0) return;
    await accept(
      silent.map(({ conversationId, channel, seq }) => ({
        id: makeIdentifier(),
        conversationId,
        channel,
        channelMessageId: `quiet:${conversationId}:${seq}`,
        sender: 'system',
        body: { kind: 'event', event: 'customer-quiet' },
        at,
      })),
    );
    for (const { conversationId } of silent) turnSoon(conversationId);
  };
}
