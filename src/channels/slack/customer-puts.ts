/**
 * What a customer's message puts in the conversation: mostly one thing, and several where it holds more files than one message
 * may, or something nobody here can open. Nothing of it is passed over in silence.
 */
import { FILE_KINDS, type FileKind } from '../../domain/file-kind.ts';
import { fileNameOf } from '../../domain/file-name.ts';
import type { MakeIdentifier } from '../../domain/identifier.ts';
import type { Policy } from '../../domain/policy.ts';
import type { InboundBody } from '../../turn/message.ts';
import type { RemoteMedia } from '../../turn/platform-ports.ts';
import type { CustomerSaid, SentFile } from './customer-event.ts';

/** `part`: what sets it apart from the others of one message; empty for the first. */
export type Put = { readonly part: string; readonly body: InboundBody; readonly media: readonly RemoteMedia[] };

type PutNeeds = { readonly policy: Pick<Policy, 'limits'>; readonly makeIdentifier: MakeIdentifier };

const [UNSEEN] = FILE_KINDS as readonly [FileKind, ...FileKind[]];

/** In order, one at least. Words stand beside the first files; those that are too long stand alone. */
export function putsOf({ text, files, filesHeldBack }: CustomerSaid, { policy, makeIdentifier }: PutNeeds): readonly Put[] {
  const { filesPerMessage, messageCharacters } = policy.limits;
  const openable = files.filter((it) => it.contentType === null || kindOf(it) !== null);
  const isClosed = openable.length < files.length || filesHeldBack > 0;
  const isBeside = openable.length > 0 && text !== '' && text.length <= messageCharacters;
  const bodies: (readonly [InboundBody, readonly RemoteMedia[]])[] = [];
  for (let from = 0; from < openable.length; from += filesPerMessage) {
    const media = openable.slice(from, from + filesPerMessage).map((it) => remote(it, makeIdentifier));
    bodies.push([{ kind: 'photos', attachmentIds: media.map((it) => it.id), text: from === 0 && isBeside ? text : null }, media]);
  }
  if (!isBeside && (text !== '' || (openable.length === 0 && !isClosed))) bodies.push([textBody(text, messageCharacters), []]);
  if (isClosed) bodies.push([{ kind: 'unreadable', why: 'unsupported' }, []]);
  return bodies.map(([body, media], place) => ({ part: place === 0 ? '' : `#${place}`, body, media }));
}

/** The same where no more files are kept in this chat: the words count, and that something was sent is said. */
export function putsWithoutFiles({ part, body }: Put): readonly Put[] {
  const full: Put = { part: `${part}#full`, body: { kind: 'unreadable', why: 'full' }, media: [] };
  return body.kind === 'photos' && body.text !== null ? [{ part, body: { kind: 'text', text: body.text }, media: [] }, full] : [full];
}

export function textBody(text: string, charactersMax: number): InboundBody {
  if (text === '') return { kind: 'unreadable', why: 'empty' };
  return text.length > charactersMax ? { kind: 'unreadable', why: 'too-long' } : { kind: 'text', text };
}

function kindOf({ contentType }: SentFile): FileKind | null {
  return FILE_KINDS.find((it) => it.contentType === contentType) ?? null;
}

/** What it is by its bytes is seen when they are here. */
function remote(file: SentFile, makeIdentifier: MakeIdentifier): RemoteMedia {
  const kind = kindOf(file) ?? UNSEEN;
  return { id: makeIdentifier(), mediaId: file.id, name: fileNameOf(file.name, kind), contentType: kind.contentType };
}
