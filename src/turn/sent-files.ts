/**
 * Pictures and files as a channel gets them, and which of them are kept: a kind we take, not too large, not too many. One
 * that is not taken refuses the whole message, so that nobody believes something was sent that was not.
 */
import { fileKindOf } from '../domain/file-kind.ts';
import { fileNameOf } from '../domain/file-name.ts';
import type { MakeIdentifier } from '../domain/identifier.ts';
import type { Policy } from '../domain/policy.ts';
import type { NewAttachment } from './ports.ts';

/** A file on its way in, under the name its sender gave it; empty for none. */
export type SentFile = { readonly name: string; readonly bytes: Uint8Array };

type SortedFiles =
  | { readonly kind: 'good'; readonly attachments: readonly NewAttachment[] }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'wrong-kind' };

/** What is to be kept of the files of one message, or why it is refused. */
export function sortFiles(
  files: readonly SentFile[],
  limits: Pick<Policy['limits'], 'uploadBytes' | 'filesPerMessage'>,
  makeIdentifier: MakeIdentifier,
): SortedFiles {
  if (files.length > limits.filesPerMessage) return { kind: 'too-many' };
  if (files.some(({ bytes }) => bytes.length > limits.uploadBytes)) return { kind: 'too-large' };
  const attachments: NewAttachment[] = [];
  for (const { name, bytes } of files) {
    const kind = fileKindOf(bytes);
    if (kind === null) return { kind: 'wrong-kind' };
    attachments.push({ id: makeIdentifier(), name: fileNameOf(name, kind), contentType: kind.contentType, bytes });
  }
  return { kind: 'good', attachments };
}
