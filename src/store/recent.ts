/**
 * What this process itself took in or wrote a moment ago, as it was before it was sealed, so that the next turn need not
 * open and read it again. The row decides: a state counts only at the revision it was written with, a message by its id.
 */
import type { Identifier } from '../domain/identifier.ts';
import type { InboundBody } from '../turn/message.ts';

export type RecentState = { readonly revision: number; readonly state: unknown };

export type Recent = {
  readonly keepState: (conversationId: Identifier, recent: RecentState) => void;
  readonly stateOf: (conversationId: Identifier) => RecentState | null;
  readonly keepBody: (messageId: Identifier, body: InboundBody) => void;
  readonly bodyOf: (messageId: Identifier) => InboundBody | null;
  /** Messages that are answered. */
  readonly forgetBodies: (messageIds: readonly Identifier[]) => void;
  /** Nothing is sure any more, as when the store went away and may come back older. */
  readonly clear: () => void;
};

/** Conversations in hand at a time; each keeps a few kilobytes. */
const STATES_MAX = 2_000;
const BODIES_MAX = 2_000;

export function createRecent(): Recent {
  const states = new Map<Identifier, RecentState>();
  const bodies = new Map<Identifier, InboundBody>();
  return {
    keepState: (conversationId, recent) => keepLatest(states, conversationId, recent, STATES_MAX),
    stateOf: (conversationId) => states.get(conversationId) ?? null,
    keepBody: (messageId, body) => keepLatest(bodies, messageId, body, BODIES_MAX),
    bodyOf: (messageId) => bodies.get(messageId) ?? null,
    forgetBodies: (messageIds) => {
      for (const id of messageIds) bodies.delete(id);
    },
    clear: () => {
      states.clear();
      bodies.clear();
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
