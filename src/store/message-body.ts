/** Message bodies as they lie in the store; rows of an earlier release lack what was added since. */
import type { OutgoingBody, OutgoingFile } from '../turn/message.ts';

/** An outgoing body read back. */
export function outgoingBody(json: string): OutgoingBody {
  const stored = JSON.parse(json) as Omit<OutgoingBody, 'speaker' | 'links' | 'files'> & { readonly files?: readonly StoredFile[] };
  const files = (stored.files ?? []).map((it) => ({ hasThumbnail: false, ...it }));
  return { speaker: null, links: [], ...stored, files };
}

type StoredFile = Omit<OutgoingFile, 'hasThumbnail'>;
