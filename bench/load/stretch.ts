/** A stretch of the run at one rate: what was offered, how long answers took on each channel, how both processes fared. */
import { watchProcess } from '../../src/traffic/process-figures.ts';
import type { Crowd, Turn } from './crowd.ts';
import { at } from './figures.ts';
import { type Health, healthOf } from './health.ts';
import { LOAD_CHANNELS, type LoadChannel } from './lines.ts';

export type Times = { readonly count: number; readonly p50: number; readonly p99: number; readonly max: number };

export type Stretch = {
  readonly turnsPerSecond: number;
  readonly offered: number;
  readonly gaveUp: boolean;
  readonly failed: number;
  readonly all: Times;
  readonly byChannel: Readonly<Record<LoadChannel, Times>>;
  readonly health: Health;
  /** Processor time of the desk a turn. */
  readonly cpuMillisecondsPerTurn: number;
  /** Of the process that drives and measures: when it is late, so is every figure. */
  readonly driver: { readonly cores: number; readonly loopP99Milliseconds: number };
};

/** Under this many turns the 99th percentile is the slowest one, which says little. */
const JUDGED_TURNS_MIN = 100;
export const P99_GOAL_MILLISECONDS = 300;

/** Runs it, and tells `look` of every turn. */
export type RunStretch = (turnsPerSecond: number, seconds: number) => Promise<Stretch>;

export function createStretches(crowd: Crowd, deskUrl: string): RunStretch {
  const readDriver = watchProcess();
  return async (turnsPerSecond, seconds) => {
    const before = await healthOf(deskUrl);
    const driverBefore = readDriver();
    const turns: Turn[] = [];
    const { offered, gaveUp } = await crowd.offer(turnsPerSecond, seconds, (turn) => turns.push(turn));
    const driver = readDriver();
    const health = await healthOf(deskUrl);
    const answered = turns.filter((it) => it.outcome === 'answered');
    const timesOf = (channel: LoadChannel) => times(answered.filter((it) => it.channel === channel));
    return {
      turnsPerSecond,
      offered,
      gaveUp,
      failed: turns.length - answered.length,
      all: times(answered),
      byChannel: { 'web-chat': timesOf('web-chat'), wechat: timesOf('wechat'), slack: timesOf('slack') },
      health,
      cpuMillisecondsPerTurn: ((health.cpuSeconds - before.cpuSeconds) * 1_000) / Math.max(1, answered.length),
      driver: {
        cores: (driver.cpuSeconds - driverBefore.cpuSeconds) / (driver.uptimeSeconds - driverBefore.uptimeSeconds),
        loopP99Milliseconds: driver.loopDelay.p99Seconds * 1_000,
      },
    };
  };
}

/** Everything was answered, and in time, on every channel with enough turns to tell. */
export function holds({ gaveUp, failed, all, byChannel }: Stretch): boolean {
  const judged = [all, ...LOAD_CHANNELS.map((it) => byChannel[it]).filter((it) => it.count >= JUDGED_TURNS_MIN)];
  return !gaveUp && failed === 0 && judged.every((it) => it.p99 < P99_GOAL_MILLISECONDS);
}

function times(turns: readonly Turn[]): Times {
  const milliseconds = turns.map((it) => it.milliseconds);
  return { count: turns.length, p50: at(milliseconds, 0.5), p99: at(milliseconds, 0.99), max: Math.max(0, ...milliseconds) };
}
