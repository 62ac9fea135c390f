/** Message bodies as they lie in the store; rows of an earlier release lack what was added since. */
import type { OutgoingBody } from '../turn/message.ts';

/** An outgoing body read back. */
export function outgoingBody(json: string): OutgoingBody {
  return { speaker: null, links: [], files: [], ...(JSON.parse(json) as Omit<OutgoingBody, 'speaker' | 'links' | 'files'>) };
}
