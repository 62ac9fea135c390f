/**
 * Attachments in the shape of Direct Line: files that travel inside an activity, and what a customer's client is shown of
 * those that were kept. An address that a client names is never fetched.
 */
import { z } from 'zod';
import type { Identifier } from '../../domain/identifier.ts';
import { type FileUrl, thumbnailUrlOf } from '../../turn/kept-file.ts';
import type { OutgoingFile } from '../../turn/message.ts';
import type { NewAttachment } from '../../turn/ports.ts';
import type { SentFile } from '../../turn/sent-files.ts';

/** What the log keeps for the customer's own clients. */
type ShownFile = { readonly name: string; readonly contentType: string; readonly size: number; readonly hasThumbnail: boolean };

const inside = z.looseObject({ contentUrl: z.string().startsWith('data:'), name: z.string().nullish().catch(null) });
/** Rows of an earlier release know of no thumbnails. */
const shown = z
  .array(z.object({ name: z.string(), contentType: z.string(), size: z.number(), hasThumbnail: z.boolean().default(false) }))
  .catch([]);

/** The files among an activity's attachments: those whose `contentUrl` is the content itself. */
export function filesInside(attachments: readonly unknown[]): readonly SentFile[] {
  return attachments.flatMap((it) => {
    const read = inside.safeParse(it);
    return read.success ? [{ name: read.data.name ?? '', bytes: contentOf(read.data.contentUrl) }] : [];
  });
}

/** `data:<type>;base64,<content>`; written in another way it is nothing. */
function contentOf(url: string): Uint8Array {
  const comma = url.indexOf(',');
  return url.slice(0, comma).endsWith(';base64') ? Buffer.from(url.slice(comma + 1), 'base64') : new Uint8Array();
}

export function shownFile({ name, contentType, bytes, thumbnail }: NewAttachment): ShownFile {
  return { name, contentType, size: bytes.length, hasThumbnail: thumbnail !== null };
}

/** What was kept of shown files, read back; rows without any have none. */
export function shownFilesIn(echo: unknown): readonly ShownFile[] {
  return shown.parse(echo ?? []);
}

/**
 * A file of the customer's own, which they may open as well. The stock client draws the thumbnail in its place, and names it
 * where there is none.
 */
export function ownAttachment({ name, contentType, hasThumbnail }: ShownFile, id: Identifier, fileUrl: FileUrl) {
  const url = fileUrl(id);
  return { ...openedAs(name, contentType, url), ...(hasThumbnail && { thumbnailUrl: thumbnailUrlOf(url) }) };
}

/** A file that staff send. It has no `thumbnailUrl`: the stock client would draw that, and give no way to the picture itself. */
export function staffAttachment({ id, name, contentType }: OutgoingFile, fileUrl: FileUrl) {
  return openedAs(name, contentType, fileUrl(id));
}

/** What few browsers draw is offered to be saved, and no broken picture. */
function openedAs(name: string, contentType: string, contentUrl: string) {
  return { name, contentType: contentType === 'image/heic' ? 'application/octet-stream' : contentType, contentUrl };
}
