/** The long run at one rate: the desk is looked at every few seconds, so that what grows shows. */

import { watchCommits } from './commit-times.ts';
import type { Crowd } from './crowd.ts';
import type { DeskUnderLoad } from './desk-under-load.ts';
import { at, type Growth, growthOf, type MemorySample } from './figures.ts';
import { healthOf } from './health.ts';
import { createStretches, type Stretch } from './stretch.ts';

export type Steady = {
  readonly stretch: Stretch;
  readonly seconds: number;
  readonly memory: readonly MemorySample[];
  /** Null where the run was too short to tell. */
  readonly growth: Growth | null;
  /** The middle of what was looked at, and the worst. */
  readonly loopP99Milliseconds: number;
  readonly loopMaxMilliseconds: number;
  /** Of a commit of half a kilobyte beside it. */
  readonly commitP50Milliseconds: number;
  readonly commitP99Milliseconds: number;
};

const LOOK_MILLISECONDS = 5_000;
/** A process that has just begun to work still grows: before this nothing is judged. */
const JUDGED_SECONDS_MIN = 300;

export async function runSteady(
  crowd: Crowd,
  { desk, databaseUrl }: Pick<DeskUnderLoad, 'desk' | 'databaseUrl'>,
  turnsPerSecond: number,
  seconds: number,
  tell: (sample: MemorySample) => void,
): Promise<Steady> {
  const memory: MemorySample[] = [];
  const delays: { readonly p99: number; readonly max: number }[] = [];
  const began = performance.now();
  const look = async () => {
    const { residentBytes, heapBytes, loopP99Milliseconds, loopMaxMilliseconds } = await healthOf(desk.url);
    const sample = { atSeconds: (performance.now() - began) / 1_000, residentBytes, heapBytes };
    memory.push(sample);
    delays.push({ p99: loopP99Milliseconds, max: loopMaxMilliseconds });
    tell(sample);
  };
  // A look that failed is one sample less.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MILLISECONDS);
  const commits = await watchCommits(databaseUrl);
  const stretch = await createStretches(crowd, desk.url)(turnsPerSecond, seconds).finally(() => clearInterval(timer));
  const commitTimes = await commits.stop();
  const p99s = delays.map((it) => it.p99);
  return {
    stretch,
    seconds,
    memory,
    growth: seconds >= JUDGED_SECONDS_MIN ? growthOf(memory, seconds) : null,
    loopP99Milliseconds: at(p99s, 0.5),
    loopMaxMilliseconds: Math.max(0, ...delays.map((it) => it.max)),
    commitP50Milliseconds: at(commitTimes, 0.5),
    commitP99Milliseconds: at(commitTimes, 0.99),
  };
}
