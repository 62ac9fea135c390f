/** What takes a fault out of product cover (S2-052): a fall or water, taken apart at home, repaired by somebody else. */
export const EXCLUSIONS = ['misuse', 'self-dismantled', 'third-party-repair'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];
