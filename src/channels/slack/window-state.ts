/** What was filled in in a window, by field: each block is named after its field and has one input. */
import type { ViewOutput } from '@slack/bolt';
import { INPUT_ACTION } from './blocks.ts';

/** Typed, chosen or picked; null when it was left empty. */
export function filledIn({ state }: Pick<ViewOutput, 'state'>, field: string): string | null {
  const value = state.values[field]?.[INPUT_ACTION];
  const text = value?.value ?? value?.selected_option?.value ?? value?.selected_date ?? '';
  return text.trim() === '' ? null : text;
}
