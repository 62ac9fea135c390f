/**
 * Pictures and files as a channel gets them, and which of them are kept: a kind we take, not too large, not too many, and
 * clean. One that is not taken refuses the whole message, so that nobody believes something was sent that was not.
 */
import { type FileKind, fileKindOf } from '../domain/file-kind.ts';
import { fileNameOf } from '../domain/file-name.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Policy } from '../domain/policy.ts';
import type { CleanFile } from './clean-file.ts';
import type { NewAttachment } from './ports.ts';

/** A file on its way in, under the name its sender gave it; empty for none. */
export type SentFile = { readonly name: string; readonly bytes: Uint8Array };

type SortedFiles =
  | { readonly kind: 'good'; readonly attachments: readonly NewAttachment[] }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'too-large' }
  /** Or nothing that can be opened. */
  | { readonly kind: 'wrong-kind' }
  /** Too many files just now, of whomever: the same message may be taken in a moment. */
  | { readonly kind: 'busy' };

export type SortFiles = {
  readonly limits: Pick<Policy['limits'], 'uploadBytes' | 'filesPerMessage'>;
  readonly makeIdentifier: MakeIdentifier;
  readonly cleanFile: CleanFile;
};

/** What is to be kept of the files of one message, or why it is refused. */
export async function sortFiles(files: readonly SentFile[], { limits, makeIdentifier, cleanFile }: SortFiles): Promise<SortedFiles> {
  if (files.length > limits.filesPerMessage) return { kind: 'too-many' };
  if (files.some(({ bytes }) => bytes.length > limits.uploadBytes)) return { kind: 'too-large' };
  // All are known to be of a kind before the first is worked on.
  const known: { readonly file: SentFile; readonly kind: FileKind }[] = [];
  for (const file of files) {
    const kind = fileKindOf(file.bytes);
    if (kind === null) return { kind: 'wrong-kind' };
    known.push({ file, kind });
  }
  const attachments: NewAttachment[] = [];
  for (const { file, kind } of known) {
    const read = await cleanAttachment({ id: makeIdentifier(), kind, ...file }, cleanFile);
    if (read.kind !== 'good') return { kind: read.kind === 'busy' ? 'busy' : 'wrong-kind' };
    attachments.push(read.attachment);
  }
  return { kind: 'good', attachments };
}

/** One file of a known kind, as it is kept. */
export async function cleanAttachment(
  { id, name, kind, bytes }: SentFile & { readonly id: Identifier; readonly kind: FileKind },
  cleanFile: CleanFile,
): Promise<{ readonly kind: 'good'; readonly attachment: NewAttachment } | { readonly kind: 'unsuitable' | 'busy' }> {
  const cleaned = await cleanFile(kind, bytes);
  if (cleaned.kind !== 'clean') return cleaned;
  const { contentType } = kind;
  return {
    kind: 'good',
    attachment: { id, name: fileNameOf(name, kind), contentType, bytes: cleaned.bytes, thumbnail: cleaned.thumbnail },
  };
}
