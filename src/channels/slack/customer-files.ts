/**
 * Brings what customers sent from Slack into the store, behind the message it came with. What can't be had any more is said
 * to the customer, once.
 */
import { fileKindOf } from '../../domain/file-kind.ts';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { DAY, type Instant, instantOf, MINUTE, SECOND } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CleanFile } from '../../turn/clean-file.ts';
import type { AwaitedMedia, AwaitedMediaStore } from '../../turn/platform-ports.ts';
import type { Accept } from '../../turn/ports.ts';
import { cleanAttachment } from '../../turn/sent-files.ts';
import type { CallSlack } from './api.ts';
import { refusalOf } from './faults.ts';
import type { FetchFiles } from './fetch-files.ts';

export type CustomerFilesNeeds = {
  readonly media: AwaitedMediaStore;
  readonly call: CallSlack;
  readonly fetchFiles: FetchFiles;
  readonly accept: Accept;
  readonly cleanFile: CleanFile;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly limits: Pick<Policy['limits'], 'uploadBytes'>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

const FILES_MAX = 5;
/** Longer than a try takes; of a process that died, somebody else has it after this. */
const HOLD_MILLISECONDS = 30 * SECOND;
const BACKOFF_FIRST_MILLISECONDS = 2 * SECOND;
const BACKOFF_MAX_MILLISECONDS = 30 * MINUTE;
const TRIED_FOR_MILLISECONDS = 3 * DAY;

type Info = {
  readonly file?: {
    readonly name?: string | null;
    readonly size?: number;
    readonly url_private_download?: string;
    readonly url_private?: string;
  };
};

type Got = { readonly kind: 'got'; readonly name: string; readonly bytes: Uint8Array } | { readonly kind: 'later' | 'lost' };

/** One round: what is due, a few side by side. */
export function createFetchCustomerFiles(needs: CustomerFilesNeeds): () => Promise<void> {
  return async () => {
    const due = await needs.media.claim({ channel: 'slack', now: needs.now(), holdMilliseconds: HOLD_MILLISECONDS, max: FILES_MAX });
    await Promise.all(due.map((it) => fetchOne(it, needs)));
  };
}

async function fetchOne(awaited: AwaitedMedia, needs: CustomerFilesNeeds): Promise<void> {
  const { attachmentId, tries, sentAt } = awaited;
  const { media, now, cleanFile } = needs;
  const got = await fetched(awaited, needs);
  let outcome: Got['kind'] = got.kind;
  if (got.kind === 'got') {
    const kind = fileKindOf(got.bytes);
    if (kind === null) return await lose(awaited, needs);
    const read = await cleanAttachment({ id: attachmentId, kind, name: got.name, bytes: got.bytes }, cleanFile);
    if (read.kind === 'good') return await media.arrived(read.attachment);
    outcome = read.kind === 'busy' ? 'later' : 'lost';
  }
  if (outcome === 'lost' || now() - sentAt > TRIED_FOR_MILLISECONDS) return await lose(awaited, needs);
  const wait = Math.min(BACKOFF_FIRST_MILLISECONDS * 2 ** Math.min(tries - 1, 20), BACKOFF_MAX_MILLISECONDS);
  await media.tryAgain(attachmentId, instantOf(now() + wait));
}

async function fetched({ attachmentId, mediaId }: AwaitedMedia, { call, fetchFiles, limits, log }: CustomerFilesNeeds): Promise<Got> {
  const info = await call<Info>('files.info', { file: mediaId });
  if (info.kind === 'refused') {
    log('slack.file-refused', { attachmentId, code: info.error });
    return { kind: refusalOf(info.error) === 'workspace' ? 'later' : 'lost' };
  }
  if (info.kind !== 'ok') return { kind: 'later' };
  const { name, size, url_private_download: address, url_private: shown } = info.body.file ?? {};
  const url = address ?? shown;
  if (url === undefined || (size ?? 0) > limits.uploadBytes) return { kind: 'lost' };
  const answer = await fetchFiles([{ id: mediaId, name: name ?? '', url, size: size ?? 0 }]);
  if (answer.kind !== 'fetched') return answer;
  const bytes = answer.files[0]?.bytes ?? new Uint8Array();
  return bytes.length > limits.uploadBytes ? { kind: 'lost' } : { kind: 'got', name: name ?? '', bytes };
}

/** The event comes first: told twice it is one, and a row that is gone would tell nobody. */
async function lose({ attachmentId, conversationId }: AwaitedMedia, needs: CustomerFilesNeeds): Promise<void> {
  const { accept, media, turnSoon, makeIdentifier, now } = needs;
  await accept([
    {
      id: makeIdentifier(),
      conversationId,
      channel: 'slack',
      channelMessageId: `media-lost:${attachmentId}`,
      sender: 'system',
      body: { kind: 'event', event: 'media-lost', attachmentId },
      at: now(),
    },
  ]);
  await media.lost(attachmentId);
  turnSoon(conversationId);
}
