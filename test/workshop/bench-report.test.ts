import { describe, expect, test } from 'vitest';
import { chartOf } from '../../bench/report/chart.ts';
import { figuresOf } from '../../bench/report/figures.ts';
import { goalsOf, isMet } from '../../bench/report/goals.ts';
import { pageOf } from '../../bench/report/page.ts';
import type { ContestantRound, LoadResults, Results, Run } from '../../bench/results.ts';

const runAt = (turnsPerSecond: number): Run => ({
  turns: turnsPerSecond * 2,
  seconds: 2,
  p50Milliseconds: 1,
  p99Milliseconds: 2,
  nodeMicroseconds: 100,
  postgresMicroseconds: 50,
  walBytes: 400,
});

const roundOf = (name: string, turnsPerSecond: number): ContestantRound => ({
  name,
  alone: runAt(turnsPerSecond),
  many: runAt(turnsPerSecond),
  bytesPerConversation: 2_000,
  long: { turn2: 1, turn9: 1, turn69: 1.2 },
  twice: { customers: 5, tickets: 5, asSaid: name === 'botbuilder-dialogs' ? 0 : 5 },
});

/** Turns a second by contestant, a round each. */
function resultsOf(rounds: readonly Readonly<Record<string, number>>[]): Results {
  return {
    at: '2026-11-22T10:00:00.000Z',
    minutes: 14,
    scale: 1,
    machine: { cpus: 2, cpu: 'a processor', memoryGigabytes: 8, system: 'Linux 6', syncMicroseconds: 300 },
    versions: { Node: '20.19.0' },
    stored: { few: 1_000, many: 50_000 },
    rounds: rounds.map((round) => ({
      contestants: Object.entries(round).map(([name, turnsPerSecond]) => roundOf(name, turnsPerSecond)),
      stored: [{ name: 'ours', few: runAt(1_000), many: runAt(500) }],
    })),
  };
}

const LOAD: LoadResults = {
  at: '2026-11-22T11:00:00.000Z',
  minutes: 10,
  rows: [{ name: 'p99 of all', value: 280, unit: 'ms', goal: 300 }],
  lines: ['| a | b |', '|---|---|', '| 1 | 2 |', 'Nothing lost.'],
};

describe('what the rounds come to', () => {
  test('a ratio is the median of the rounds’ ratios, so that a slow minute of the machine weighs on both', () => {
    const results = resultsOf([
      { floor: 1_000, ours: 2_000 },
      { floor: 100, ours: 150 },
      { floor: 3_000, ours: 3_000 },
    ]);
    const ours = figuresOf(results).find(({ entrant }) => entrant.name === 'ours');
    expect(ours?.many.toFloor).toBe(1.5);
    expect(ours?.many.turnsPerSecond).toBe(2_000);
  });

  test('a goal is met, missed, or not measured, and only the first counts as met', () => {
    const goals = goalsOf(resultsOf([{ floor: 1_000, ours: 1_200, 'botbuilder-dialogs': 500 }]), LOAD);
    const told = Object.fromEntries(goals.map((it) => [it.what, isMet(it)]));
    expect(told).toEqual({
      'choices in, 32 at a time, to the floor': false,
      'choices in, one at a time, to the floor': false,
      'whole turn, 32 at a time, to the floor': true,
      'whole turn, 32 at a time, to botbuilder-dialogs': false,
      'turn 69 to turn 2 of one dialog': true,
      'a turn with 50,000 conversations stored, to 1,000': false,
      'load: p99 of all': true,
    });
  });
});

describe('the page', () => {
  const results = resultsOf([{ floor: 1_000, ours: 1_200, 'botbuilder-dialogs': 500 }]);

  test('shows a missed goal with its figure, who counts a message twice, the load run’s table and the notes', () => {
    const page = pageOf(results, LOAD, '## Where the time goes\n\nHere.\n');
    expect(page).toContain('| whole turn, 32 at a time, to botbuilder-dialogs | ≥ 3.00 × | 2.40 × | **no** |');
    expect(page).toMatch(/botbuilder-dialogs \|.* twice \|/);
    expect(page).toContain('| a | b |\n|---|---|\n| 1 | 2 |\n\nNothing lost.');
    expect(page).toContain('## Where the time goes\n\nHere.');
    expect(page).not.toMatch(/NaN|undefined|null/);
  });

  test('has a chart with two bars for each contestant', () => {
    const chart = chartOf(results);
    expect(chart.match(/<rect [^>]*height="15"/g)).toHaveLength(6);
    expect(chart).not.toMatch(/NaN|undefined/);
  });
});
