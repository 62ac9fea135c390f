/** Files that are kept, as channels hand them to customers. */
import type { Identifier } from '../domain/identifier.ts';

type KeptFile = { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A file, whole; null when there is none with this id, or its bytes are not here. */
export type ReadKeptFile = (id: Identifier) => Promise<KeptFile | null>;

/** The small picture of one (`THUMBNAIL_TYPE`); null when there is none. */
export type ReadKeptThumbnail = (id: Identifier) => Promise<Uint8Array<ArrayBuffer> | null>;

/** Where customers open a file: an address good for some days from now, made anew each time it is shown. */
export type FileUrl = (id: Identifier) => string;

/** Where the small picture of a file is, by the file's own address: who may see the one may see the other. */
export function thumbnailUrlOf(fileUrl: string): string {
  return `${fileUrl}/thumbnail`;
}
