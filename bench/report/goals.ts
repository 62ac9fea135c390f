/** What was promised, beside what was measured. A goal that was not reached says so. */
import type { LoadResults, Results } from '../results.ts';
import { BOTBUILDER, FLOOR, OURS, OURS_CHOICES } from '../roster.ts';
import { figuresOf, ratioBetween, storedFiguresOf } from './figures.ts';

export type Goal = {
  readonly what: string;
  readonly at: 'least' | 'most';
  readonly goal: number;
  readonly unit: string;
  /** Null when it was not measured. */
  readonly value: number | null;
};

export function isMet({ at, goal, value }: Goal): boolean {
  return value !== null && (at === 'least' ? value >= goal : value <= goal);
}

export function goalsOf(results: Results, load: LoadResults | null): readonly Goal[] {
  const ratio = (what: string, goal: number, value: number | null): Goal => ({ what, at: 'least', goal, unit: '×', value });
  const growth = (what: string, value: number | undefined): Goal => ({ what, at: 'most', goal: 1.3, unit: '×', value: value ?? null });
  const ours = figuresOf(results).find(({ entrant }) => entrant.name === OURS);
  const stored = storedFiguresOf(results).find(({ entrant }) => entrant.name === OURS);
  const { few, many } = results.stored;
  return [
    ratio('choices in, 32 at a time, to the floor', 2, ratioBetween(results, OURS_CHOICES, FLOOR, 'many')),
    ratio('choices in, one at a time, to the floor', 1, ratioBetween(results, OURS_CHOICES, FLOOR, 'alone')),
    ratio('whole turn, 32 at a time, to the floor', 1, ratioBetween(results, OURS, FLOOR, 'many')),
    ratio('whole turn, 32 at a time, to botbuilder-dialogs', 3, ratioBetween(results, OURS, BOTBUILDER, 'many')),
    growth('turn 69 to turn 2 of one dialog', ours?.long.growth),
    growth(`a turn with ${count(many)} conversations stored, to ${count(few)}`, stored?.growth),
    ...(load?.rows ?? []).flatMap(({ name, value, unit, goal }): Goal[] =>
      goal === null ? [] : [{ what: `load: ${name}`, at: 'most', goal, unit, value }],
    ),
  ];
}

function count(value: number): string {
  return value.toLocaleString('en');
}
