/** Files that are kept, as channels hand them to customers. */
import type { Identifier } from '../domain/identifier.ts';

type KeptFile = { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** A file, whole; null when there is none with this id, or its bytes are not here. */
export type ReadKeptFile = (id: Identifier) => Promise<KeptFile | null>;

/** Where customers open a file: an address good for some days from now, made anew each time it is shown. */
export type FileUrl = (id: Identifier) => string;
