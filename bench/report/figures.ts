/** What the rounds come to: of every figure the median, of every ratio the median of the rounds' ratios. */
import type { ContestantRound, Results, Round, Run, StoredRound } from '../results.ts';
import { type Entrant, FLOOR, ROSTER } from '../roster.ts';

export type RunFigures = Omit<Run, 'turns' | 'seconds'> & {
  readonly turnsPerSecond: number;
  /** To the floor's turns a second of the same round; null where the floor was not measured. */
  readonly toFloor: number | null;
};

export type Figures = {
  readonly entrant: Entrant;
  readonly alone: RunFigures;
  readonly many: RunFigures;
  readonly bytesPerConversation: number;
  /** Milliseconds, and how many times as long turn 69 takes as turn 2. */
  readonly long: ContestantRound['long'] & { readonly growth: number };
  /** Of every round's customers together. */
  readonly twice: ContestantRound['twice'];
};

export type StoredFigures = {
  readonly entrant: Entrant;
  readonly few: number;
  readonly many: number;
  /** How many times as long a turn takes with many stored. */
  readonly growth: number;
};

/** In the order of the roster. */
export function figuresOf({ rounds }: Results): readonly Figures[] {
  return ROSTER.flatMap((entrant) => {
    const its = rounds.flatMap((round) => round.contestants.filter(({ name }) => name === entrant.name).map((it) => ({ round, it })));
    if (its.length === 0) return [];
    const mid = (read: (it: ContestantRound) => number) => median(its.map(({ it }) => read(it)));
    const sum = (read: (it: ContestantRound) => number) => its.reduce((all, { it }) => all + read(it), 0);
    const long = { turn2: mid((it) => it.long.turn2), turn9: mid((it) => it.long.turn9), turn69: mid((it) => it.long.turn69) };
    return [
      {
        entrant,
        alone: runFigures(its, 'alone'),
        many: runFigures(its, 'many'),
        bytesPerConversation: mid((it) => it.bytesPerConversation),
        long: { ...long, growth: mid((it) => it.long.turn69 / it.long.turn2) },
        twice: { customers: sum((it) => it.twice.customers), tickets: sum((it) => it.twice.tickets), asSaid: sum((it) => it.twice.asSaid) },
      },
    ];
  });
}

export function storedFiguresOf({ rounds }: Results): readonly StoredFigures[] {
  return ROSTER.flatMap((entrant) => {
    const its = rounds.flatMap((round) => round.stored.filter(({ name }) => name === entrant.name));
    if (its.length === 0) return [];
    const mid = (read: (it: StoredRound) => number) => median(its.map(read));
    return [
      {
        entrant,
        few: mid(({ few }) => rateOf(few)),
        many: mid(({ many }) => rateOf(many)),
        growth: mid(({ few, many }) => rateOf(few) / rateOf(many)),
      },
    ];
  });
}

/** How many times as many turns a second `one` holds at 32 as `other`, round by round; null when either was not measured. */
export function ratioBetween({ rounds }: Results, one: string, other: string, which: 'alone' | 'many'): number | null {
  const ratios = rounds.flatMap((round) => ratioIn(round, one, other, which) ?? []);
  return ratios.length === 0 ? null : median(ratios);
}

function runFigures(its: readonly { readonly round: Round; readonly it: ContestantRound }[], which: 'alone' | 'many'): RunFigures {
  const mid = (read: (it: Run) => number) => median(its.map(({ it }) => read(it[which])));
  const ratios = its.flatMap(({ round, it }) => ratioIn(round, it.name, FLOOR, which) ?? []);
  const postgres = its.flatMap(({ it }) => it[which].postgresMicroseconds ?? []);
  return {
    turnsPerSecond: mid(rateOf),
    toFloor: ratios.length === 0 ? null : median(ratios),
    p50Milliseconds: mid((it) => it.p50Milliseconds),
    p99Milliseconds: mid((it) => it.p99Milliseconds),
    nodeMicroseconds: mid((it) => it.nodeMicroseconds),
    postgresMicroseconds: postgres.length === 0 ? null : median(postgres),
    walBytes: mid((it) => it.walBytes),
  };
}

function ratioIn({ contestants }: Round, one: string, other: string, which: 'alone' | 'many'): number | null {
  const [a, b] = [one, other].map((wanted) => contestants.find(({ name }) => name === wanted));
  return a === undefined || b === undefined ? null : rateOf(a[which]) / rateOf(b[which]);
}

function rateOf({ turns, seconds }: Run): number {
  return turns / seconds;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (below === undefined || above === undefined) throw new Error('invariant: a median is of something');
  return (below + above) / 2;
}
