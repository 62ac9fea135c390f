/** What a load run makes of its figures: what is called flat memory, what holds, and what can be asked for. */
import { describe, expect, it } from 'vitest';
import { at, growthOf, type MemorySample } from '../../bench/load/figures.ts';
import { optionsOf } from '../../bench/load/options.ts';
import { holds, type Stretch, type Times } from '../../bench/load/stretch.ts';

const RUN_SECONDS = 600;
const samples = (resident: (seconds: number) => number, heap: (seconds: number) => number): readonly MemorySample[] =>
  Array.from({ length: 120 }, (_, index) => index * 5).map((atSeconds) => ({
    atSeconds,
    residentBytes: resident(atSeconds),
    heapBytes: heap(atSeconds),
  }));

describe('memory over a run', () => {
  it('that only rises before minute 2 is flat', () => {
    const growth = growthOf(
      samples(
        (seconds) => Math.min(seconds, 110),
        () => 50,
      ),
      RUN_SECONDS,
    );
    expect(growth).toEqual({ resident: 1, heap: 1 });
  });

  it('whose heap is a saw is judged by what is left after each collection', () => {
    const leaking = (seconds: number) => 100 + ((seconds / 5) % 7) * 40 + seconds / 10;
    const growth = growthOf(
      samples(() => 1, leaking),
      RUN_SECONDS,
    );
    expect(growth?.heap).toBeGreaterThan(1.2);
    expect(growth?.heap).toBeLessThan(1.4);
  });

  it('without a sample in a part of it tells nothing', () => {
    expect(growthOf([], RUN_SECONDS)).toBeNull();
  });
});

describe('a share of times', () => {
  it('is one of them, and 0 of none', () => {
    const times = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([at(times, 0.5), at(times, 0.99), at([], 0.99)]).toEqual([51, 100, 0]);
  });
});

describe('a step', () => {
  const times = (count: number, p99: number): Times => ({ count, p50: 10, p99, max: p99 });
  const step = (changes: Partial<Stretch>): Stretch => ({
    turnsPerSecond: 10,
    offered: 1_000,
    gaveUp: false,
    failed: 0,
    all: times(1_000, 200),
    byChannel: { 'web-chat': times(600, 200), wechat: times(300, 200), slack: times(100, 200) },
    health: { residentBytes: 1, heapBytes: 1, cpuSeconds: 1, loopP99Milliseconds: 1, loopMaxMilliseconds: 1 },
    cpuMillisecondsPerTurn: 1,
    driver: { cores: 0.1, loopP99Milliseconds: 1 },
    ...changes,
  });

  it('holds while every channel answers in time', () => {
    expect(holds(step({}))).toBe(true);
    expect(holds(step({ byChannel: { ...step({}).byChannel, slack: times(100, 300) } }))).toBe(false);
  });

  it('is not judged by a channel with too few turns to tell', () => {
    expect(holds(step({ byChannel: { ...step({}).byChannel, slack: times(99, 900) } }))).toBe(true);
  });

  it('does not hold where something failed or was never offered', () => {
    expect(holds(step({ failed: 1 }))).toBe(false);
    expect(holds(step({ gaveUp: true }))).toBe(false);
  });
});

describe('the command line', () => {
  it('asks for ten minutes unless told otherwise', () => {
    expect(optionsOf([], {})).toMatchObject({ minutes: 10, seconds: 20, databaseUrl: null });
    expect(optionsOf([], { LOAD_MINUTES: '2' }).minutes).toBe(2);
    expect(optionsOf(['--minutes', '0.5', '--rates', '5,10'], { LOAD_MINUTES: '2' })).toMatchObject({ minutes: 0.5, rates: [5, 10] });
  });

  it('names what is wrong', () => {
    expect(() => optionsOf(['--rates', '5,x'], {})).toThrow('--rates: must be a number from 1 to 2000, not "x"');
    expect(() => optionsOf(['--minutes', '-1'], {})).toThrow('--minutes');
  });
});
