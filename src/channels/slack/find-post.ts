/**
 * Whether a post whose answer was lost stands in the chat: it is looked for by the id in its metadata, among what was posted
 * since a little before it was made.
 */
import type { StaffBatch } from '../../desk/staff-chat.ts';
import { MINUTE, SECOND } from '../../domain/instant.ts';
import type { CallSlack } from './api.ts';
import { refusalOf } from './faults.ts';

export type FoundPost =
  | { readonly kind: 'found'; readonly ts: string }
  | { readonly kind: 'not-there' | 'unknown' }
  /** By a channel or a workspace that lets us read no more than write. */
  | { readonly kind: 'refused'; readonly error: string };

type Listed = {
  readonly messages?: readonly { readonly ts?: string; readonly metadata?: { readonly event_payload?: { readonly id?: unknown } } }[];
  readonly response_metadata?: { readonly next_cursor?: string };
};

const LOOK_BACK_MILLISECONDS = MINUTE;
const PAGE_MESSAGES = 200;
const PAGES_MAX = 10;

/** Looks for the message of a batch. */
export async function findPost({ id, posts }: StaffBatch, call: CallSlack): Promise<FoundPost> {
  const [first] = posts;
  if (first === undefined) return { kind: 'not-there' };
  const { lane: channel, threadTs, createdAt } = first;
  const oldest = String((createdAt - LOOK_BACK_MILLISECONDS) / SECOND);
  const wanted = { channel, oldest, include_all_metadata: true, limit: PAGE_MESSAGES };
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const called =
      threadTs === null
        ? await call<Listed>('conversations.history', { ...wanted, cursor })
        : await call<Listed>('conversations.replies', { ...wanted, cursor, ts: threadTs });
    if (called.kind === 'busy' || called.kind === 'unknown') return { kind: 'unknown' };
    // A thread that is gone has nothing in it.
    if (called.kind === 'refused') return refusalOf(called.error) === 'message' ? { kind: 'not-there' } : called;
    const ts = called.body.messages?.find((it) => it.metadata?.event_payload?.id === id)?.ts;
    if (ts !== undefined) return { kind: 'found', ts };
    cursor = called.body.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) break;
  }
  return { kind: 'not-there' };
}
