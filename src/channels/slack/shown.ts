/** What a message of ours shows, whole or as plain text, and the hash by which a change of it is known. */
import { createHash } from 'node:crypto';
import type { KnownBlock } from './blocks.ts';

/** `text` is what notifications and old clients read; without blocks it is all there is. */
export type Shown = { readonly text: string; readonly blocks: readonly KnownBlock[] };

/** All that can be read on it, in one text. */
export function plainOf({ text, blocks }: Shown): Shown {
  const texts = blocks.flatMap((it) => {
    if (it.type === 'section') return [it.text, ...(it.fields ?? [])].flatMap((field) => field?.text ?? []);
    return it.type === 'context' ? it.elements.flatMap((element) => ('text' in element ? element.text : [])) : [];
  });
  return { text: texts.length === 0 ? text : texts.join('\n'), blocks: [] };
}

export function hashOf({ text, blocks }: Shown): string {
  return createHash('sha256')
    .update(JSON.stringify([text, blocks]))
    .digest('base64url')
    .slice(0, 22);
}
