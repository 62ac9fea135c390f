/** Who is measured, in the order of the tables. A name is the contestant's module in `contestants/` and its row in the results. */
export type Entrant = {
  readonly name: string;
  /** As the tables call it. */
  readonly title: string;
  /** Packages of bench's own whose versions are named; empty: nothing is installed for it. */
  readonly packages: readonly string[];
  /** Whose the bar is in the chart. */
  readonly side: 'floor' | 'ours' | 'peer';
};

export const FLOOR = 'floor';
export const OURS = 'ours';
export const OURS_CHOICES = 'ours-choices';
export const BOTBUILDER = 'botbuilder-dialogs';

export const ROSTER: readonly Entrant[] = [
  { name: FLOOR, title: 'floor', packages: [], side: 'floor' },
  { name: OURS_CHOICES, title: 'ours, choices in', packages: [], side: 'ours' },
  { name: OURS, title: 'ours, whole turn', packages: [], side: 'ours' },
  { name: BOTBUILDER, title: 'botbuilder-dialogs', packages: ['botbuilder-dialogs', 'botbuilder-core'], side: 'peer' },
  { name: 'grammy-session', title: 'grammY session', packages: ['grammy'], side: 'peer' },
  { name: 'grammy-conversations', title: 'grammY conversations', packages: ['grammy', '@grammyjs/conversations'], side: 'peer' },
  {
    name: 'langgraph',
    title: 'LangGraph',
    packages: ['@langchain/langgraph', '@langchain/langgraph-checkpoint-postgres', '@langchain/core'],
    side: 'peer',
  },
];

/** Throws the name that is none. */
export function entrantOf(name: string): Entrant {
  const entrant = ROSTER.find((it) => it.name === name);
  if (entrant === undefined) throw new Error(`no such contestant: ${name}; there are ${ROSTER.map((it) => it.name).join(', ')}`);
  return entrant;
}
