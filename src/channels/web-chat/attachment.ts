/**
 * Attachments in the shape of Direct Line: files that travel inside an activity, and what a customer's client is shown of
 * those that were kept. An address that a client names is never fetched.
 */
import { z } from 'zod';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { OutgoingFile } from '../../turn/message.ts';
import type { NewAttachment } from '../../turn/ports.ts';
import type { SentFile } from '../../turn/sent-files.ts';

/** What the log keeps for the customer's own clients. */
type ShownFile = { readonly name: string; readonly contentType: string; readonly size: number };

const inside = z.looseObject({ contentUrl: z.string().startsWith('data:'), name: z.string().nullish().catch(null) });
const shown = z.array(z.object({ name: z.string(), contentType: z.string(), size: z.number() })).catch([]);

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

export function shownFile({ name, contentType, bytes }: NewAttachment): ShownFile {
  return { name, contentType, size: bytes.length };
}

/** A file that staff send. What few browsers draw is offered to be saved, and no broken picture. */
export function attachmentOf({ id, name, contentType }: OutgoingFile, fileUrl: FileUrl) {
  const shownAs = contentType === 'image/heic' ? 'application/octet-stream' : contentType;
  return { name, contentType: shownAs, contentUrl: fileUrl(id) };
}

/** What was kept of shown files, read back; rows without any have none. */
export function shownFilesIn(echo: unknown): readonly ShownFile[] {
  return shown.parse(echo ?? []);
}
