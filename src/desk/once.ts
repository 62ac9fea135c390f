/**
 * Doing a thing once though it is asked for twice: a key a client chose binds a request to its answer. While the first
 * request is worked on the key is *held*; a hold whose process died runs out and the next request takes it over.
 */
import type { Identifier } from '../domain/identifier.ts';
import { HOUR, type Instant, SECOND } from '../domain/instant.ts';

/** How long an answer is kept. */
export const ANSWER_KEPT_MILLISECONDS = 24 * HOUR;

/** How long a held key binds others when nothing more is heard of it. */
export const HOLD_MILLISECONDS = 60 * SECOND;

/** `key` is at most 200 characters, chosen by the member of staff; the hash is of everything that makes the request. */
export type OnceRequest = { readonly staffId: Identifier; readonly key: string; readonly requestHash: Uint8Array };

/** `begunAt` is when the request was first taken on, the same after a takeover: identifiers made from it repeat. */
export type OnceHold = { readonly begunAt: Instant; readonly until: Instant };

/** `body` is the JSON text of the answer, empty for what is never answered from here. */
export type OnceAnswer = { readonly status: number; readonly body: string };

export type Begun =
  | { readonly kind: 'begun'; readonly hold: OnceHold }
  | { readonly kind: 'answered'; readonly answer: OnceAnswer }
  | { readonly kind: 'in-progress' }
  /** The key belongs to another request. */
  | { readonly kind: 'other-request' };

export type OnceKeys = {
  readonly begin: (request: OnceRequest, at: Instant) => Promise<Begun>;
  /** Keeps the answer of what was done. */
  readonly answer: (request: OnceRequest, hold: OnceHold, answer: OnceAnswer, at: Instant) => Promise<void>;
  /** Nothing was done: the key is free for any request. */
  readonly drop: (request: OnceRequest, hold: OnceHold) => Promise<void>;
  /** Nobody knows what was done: the same request may take over at once. */
  readonly letGo: (request: OnceRequest, hold: OnceHold, at: Instant) => Promise<void>;
};
