/**
 * What is done to a file before it is kept: whatever it tells of a person besides what it shows is taken out, and a small
 * picture of it is made for lists. Done outside the turn, by whoever implements it.
 */
import type { FileKind } from '../domain/file-kind.ts';

/** `kind` is what the bytes said (`domain/file-kind.ts`). Never throws because of what is in the file. */
export type CleanFile = (kind: FileKind, bytes: Uint8Array) => Promise<CleanedFile>;

export type CleanedFile =
  /** `thumbnail`: a WebP, null where no decoder of ours draws the kind. */
  | { readonly kind: 'clean'; readonly bytes: Uint8Array; readonly thumbnail: Uint8Array | null }
  /** Nothing opens it, it is larger than anybody's photo, or what it tells can't be taken out. */
  | { readonly kind: 'unsuitable' }
  /** Too many are being worked on: the same file may be taken in a moment. */
  | { readonly kind: 'busy' };

/** What every thumbnail is. */
export const THUMBNAIL_TYPE = 'image/webp';
