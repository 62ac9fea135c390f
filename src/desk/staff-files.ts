/** What files staff may send to a customer: the same kinds and sizes as customers to us, and as many. */
import { unreachable } from '../domain/unreachable.ts';
import type { NewAttachment } from '../turn/ports.ts';
import { type SentFile, type SortFiles, sortFiles } from '../turn/sent-files.ts';

/** Why files are not sent, and what the limit is. Then nothing is said or kept. */
export type FilesRefused =
  | { readonly kind: 'too-many-files'; readonly filesMax: number }
  | { readonly kind: 'file-too-large'; readonly bytesMax: number }
  | { readonly kind: 'wrong-file-kind' }
  /** So many files are on their way, of whomever, that these have to wait a moment. */
  | { readonly kind: 'files-busy' }
  | { readonly kind: 'conversation-full'; readonly filesMax: number };

/** The files of one message as they are kept. */
export async function readStaffFiles(
  files: readonly SentFile[],
  needs: SortFiles,
): Promise<{ readonly kind: 'good'; readonly attachments: readonly NewAttachment[] } | FilesRefused> {
  const { limits } = needs;
  const sorted = await sortFiles(files, needs);
  switch (sorted.kind) {
    case 'good':
      return sorted;
    case 'too-many':
      return { kind: 'too-many-files', filesMax: limits.filesPerMessage };
    case 'too-large':
      return { kind: 'file-too-large', bytesMax: limits.uploadBytes };
    case 'wrong-kind':
      return { kind: 'wrong-file-kind' };
    case 'busy':
      return { kind: 'files-busy' };
    default:
      return unreachable(sorted);
  }
}
