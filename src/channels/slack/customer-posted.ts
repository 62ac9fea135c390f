/**
 * Which messages stand in a direct channel already: what was posted may have got there though the answer was lost, so it is
 * looked for by our own id, which every message of ours carries unseen.
 */
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, MINUTE, SECOND } from '../../domain/instant.ts';
import type { Called, CallSlack } from './api.ts';

/** Parts of our messages that are there, as `<id>:<part>`. */
export type Posted = ReadonlySet<string>;

const METADATA_TYPE = 'baoxiu_message';
/** Clocks differ a little. */
const LOOK_BACK_MILLISECONDS = MINUTE;
const PAGE_MESSAGES = 200;
const PAGES_MAX = 5;

type Page = {
  readonly messages?: readonly {
    readonly metadata?: { readonly event_type?: string; readonly event_payload?: { readonly id?: string; readonly part?: number } };
  }[];
  readonly response_metadata?: { readonly next_cursor?: string };
};

/** What a message carries so that it is found. */
export function metadataOf(id: Identifier, part: number) {
  return { event_type: METADATA_TYPE, event_payload: { id, part } };
}

export function postedKey(id: string, part: number): string {
  return `${id}:${part}`;
}

/** What stands in a channel since an instant. */
export async function postedSince(call: CallSlack, channel: string, since: Instant): Promise<Called<Posted>> {
  const posted = new Set<string>();
  const oldest = String((since - LOOK_BACK_MILLISECONDS) / SECOND);
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const args = { channel, oldest, limit: PAGE_MESSAGES, include_all_metadata: true, ...(cursor !== undefined && { cursor }) };
    const read = await call<Page>('conversations.history', args);
    if (read.kind !== 'ok') return read;
    for (const { metadata } of read.body.messages ?? []) {
      const { id, part } = metadata?.event_payload ?? {};
      if (metadata?.event_type === METADATA_TYPE && id !== undefined && part !== undefined) posted.add(postedKey(id, part));
    }
    cursor = read.body.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') break;
  }
  return { kind: 'ok', body: posted };
}
