/** What staff do when they are called for an emergency, as policy has it (S0-018). */
import { DANGERS } from './danger.ts';

export const EMERGENCIES = [...DANGERS, 'recall'] as const;
export type Emergency = (typeof EMERGENCIES)[number];

/** The steps for a page of this reason (`danger-gas`, `recall`); none where nobody wrote any. */
export function playbookFor(reason: string, playbooks: Readonly<Record<Emergency, readonly string[]>>): readonly string[] {
  const emergency = EMERGENCIES.find((it) => reason === it || reason === `danger-${it}`);
  return emergency === undefined ? [] : playbooks[emergency];
}
