/**
 * What this process itself took in or wrote a moment ago, as it was before it was sealed, so that the next turn need not
 * open and read it again. The row decides: a state counts only at the revision it was written with, a message by its id.
 */
import type { Identifier } from '../domain/identifier.ts';
import type { Inbound } from '../turn/message.ts';
import type { ConversationAtRevision } from '../turn/ports.ts';

/** `lastSeq`: the end of the log then, when everything up to there was answered; null when that is not sure. */
export type RecentState = { readonly revision: number; readonly lastSeq: number | null; readonly state: unknown };

export type RecentMessage = Inbound & { readonly seq: number };

export type Recent = {
  readonly keepState: (conversationId: Identifier, recent: RecentState) => void;
  readonly stateOf: (conversationId: Identifier) => RecentState | null;
  readonly keepMessage: (message: RecentMessage) => void;
  readonly messageOf: (messageId: Identifier) => RecentMessage | null;
  /** Messages that are answered. */
  readonly forgetMessages: (messageIds: readonly Identifier[]) => void;
  /** A conversation as it stood when its message was taken in, or null where that is not known here: what was kept of it before is not true any more. */
  readonly keepFound: (conversationId: Identifier, found: ConversationAtRevision | null) => void;
  /** It, once: who asks again wants to know what changed. */
  readonly takeFound: (conversationId: Identifier) => ConversationAtRevision | null;
  /** Nothing is sure any more, as when the store went away and may come back older. */
  readonly clear: () => void;
};

/** Conversations in hand at a time; each keeps a few kilobytes. */
const STATES_MAX = 2_000;
const MESSAGES_MAX = 2_000;
/** Conversations whose turn is about to begin. */
const FOUND_MAX = 500;

export function createRecent(): Recent {
  const states = new Map<Identifier, RecentState>();
  const messages = new Map<Identifier, RecentMessage>();
  const found = new Map<Identifier, ConversationAtRevision>();
  return {
    keepState: (conversationId, recent) => keepLatest(states, conversationId, recent, STATES_MAX),
    stateOf: (conversationId) => states.get(conversationId) ?? null,
    keepMessage: (message) => keepLatest(messages, message.id, message, MESSAGES_MAX),
    messageOf: (messageId) => messages.get(messageId) ?? null,
    forgetMessages: (messageIds) => {
      for (const id of messageIds) messages.delete(id);
    },
    keepFound: (conversationId, it) => {
      if (it === null) found.delete(conversationId);
      else keepLatest(found, conversationId, it, FOUND_MAX);
    },
    takeFound: (conversationId) => {
      const taken = found.get(conversationId) ?? null;
      found.delete(conversationId);
      return taken;
    },
    clear: () => {
      states.clear();
      messages.clear();
      found.clear();
    },
  };
}

/** The one that was kept longest ago makes room. */
function keepLatest<Key, Value>(kept: Map<Key, Value>, key: Key, value: Value, max: number): void {
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= max && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}
