/**
 * Brings what customers sent from the platform, which keeps it for three days, into the store. What can't be had any more
 * is said to the customer, once.
 */

import { mediaKindOf } from '../../domain/file-kind.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { DAY, type Instant, instantOf, MINUTE, SECOND } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CleanFile } from '../../turn/clean-file.ts';
import type { AwaitedMedia, AwaitedMediaStore } from '../../turn/platform-ports.ts';
import type { Accept } from '../../turn/ports.ts';
import { cleanAttachment } from '../../turn/sent-files.ts';
import type { ApiClient } from './api-client.ts';

export type FetchMediaNeeds = {
  readonly media: AwaitedMediaStore;
  readonly api: Pick<ApiClient, 'download'>;
  readonly accept: Accept;
  readonly cleanFile: CleanFile;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly limits: Pick<Policy['limits'], 'uploadBytes'>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

const MEDIA_MAX = 5;
/** Longer than a try takes; of a process that died, somebody else has it after this. */
const HOLD_MILLISECONDS = 30 * SECOND;
const BACKOFF_FIRST_MILLISECONDS = 2 * SECOND;
const BACKOFF_MAX_MILLISECONDS = 30 * MINUTE;
const KEPT_MILLISECONDS = 3 * DAY;

/** One round: what is due, a few side by side. */
export function createFetchMedia(needs: FetchMediaNeeds): () => Promise<void> {
  return async () => {
    const due = await needs.media.claim({ channel: 'wechat', now: needs.now(), holdMilliseconds: HOLD_MILLISECONDS, max: MEDIA_MAX });
    await Promise.all(due.map((it) => fetchOne(it, needs)));
  };
}

async function fetchOne(awaited: AwaitedMedia, needs: FetchMediaNeeds): Promise<void> {
  const { attachmentId, mediaId } = awaited;
  const { media, api, limits, cleanFile } = needs;
  const result = await api.download(mediaId, limits.uploadBytes);
  switch (result.kind) {
    case 'done': {
      const kind = mediaKindOf(result.value);
      if (kind === null) return await lose(awaited, needs);
      const read = await cleanAttachment({ id: attachmentId, kind, name: '', bytes: result.value }, cleanFile);
      if (read.kind === 'good') return await media.arrived(read.attachment);
      return await (read.kind === 'busy' ? tryLater(awaited, needs) : lose(awaited, needs));
    }
    case 'refused':
      needs.log('wechat.media-refused', { attachmentId, code: result.code });
      return await lose(awaited, needs);
    default:
      return await tryLater(awaited, needs);
  }
}

async function tryLater(awaited: AwaitedMedia, needs: FetchMediaNeeds): Promise<void> {
  const { attachmentId, tries, sentAt } = awaited;
  const { media, now } = needs;
  if (now() - sentAt > KEPT_MILLISECONDS) return await lose(awaited, needs);
  const wait = Math.min(BACKOFF_FIRST_MILLISECONDS * 2 ** Math.min(tries - 1, 20), BACKOFF_MAX_MILLISECONDS);
  await media.tryAgain(attachmentId, instantOf(now() + wait));
}

/** The event comes first: told twice it is one, and a row that is gone would tell nobody. */
async function lose({ attachmentId, conversationId }: AwaitedMedia, needs: FetchMediaNeeds): Promise<void> {
  const { accept, media, turnSoon, makeIdentifier, now } = needs;
  await accept([
    {
      id: makeIdentifier(),
      conversationId,
      channel: 'wechat',
      channelMessageId: `media-lost:${attachmentId}`,
      sender: 'system',
      body: { kind: 'event', event: 'media-lost', attachmentId },
      at: now(),
    },
  ]);
  await media.lost(attachmentId);
  turnSoon(conversationId);
}
