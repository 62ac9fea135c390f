/** What can hurt somebody now. Danger comes before everything else, in every state. */
export const DANGERS = ['gas', 'smoke', 'fire', 'shock', 'water_on_live', 'trapped'] as const;
export type Danger = (typeof DANGERS)[number];
