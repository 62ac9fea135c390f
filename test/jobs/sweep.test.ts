import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSweep, type NamedRound, type SweepNeeds } from '../../src/jobs/sweep.ts';
import { newId } from '../support/database.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aSweep(replaced: Partial<SweepNeeds> = {}, rounds: readonly NamedRound[] = []) {
  const turned: string[] = [];
  const ages: number[] = [];
  const lines: unknown[] = [];
  let delivered = 0;
  const conversation = newId();
  const needs: SweepNeeds = {
    findUnapplied: async (olderThanMilliseconds) => {
      ages.push(olderThanMilliseconds);
      return [conversation];
    },
    turnSoon: (it) => void turned.push(it),
    deliverUndelivered: async () => ++delivered,
    log: (event, fields) => void lines.push([event, fields]),
    now: () => Date.now(),
    ...replaced,
  };
  return { sweep: createSweep(needs, rounds), turned, ages, lines, conversation, deliveries: () => delivered };
}

it('when it starts, then everything unapplied is taken up whatever its age, later only what its process forgot', async () => {
  const { sweep, turned, ages, conversation, deliveries } = aSweep();
  expect(sweep.lastRoundAt()).toBeNull();
  sweep.start();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(ages).toEqual([0, 2_000, 2_000]);
  expect(turned).toEqual([conversation, conversation, conversation]);
  expect(deliveries()).toBe(3);
  expect(sweep.lastRoundAt()).toBe(Date.now() - 1_000);
});

it('when a round fails, then only its kind is logged, it does not count as a round, and the next one comes', async () => {
  let rounds = 0;
  const { sweep, lines } = aSweep({
    findUnapplied: () => (++rounds === 1 ? Promise.reject(new TypeError('王芳 13800138000')) : Promise.resolve([])),
  });
  sweep.start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(lines).toEqual([['sweep-failed', { error: 'TypeError' }]]);
  expect(sweep.lastRoundAt()).toBeNull();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(rounds).toBe(2);
  expect(sweep.lastRoundAt()).not.toBeNull();
});

it('when it stops, then the round in hand is finished and no other begins', async () => {
  let finish = () => {};
  let rounds = 0;
  const { sweep, deliveries } = aSweep({
    findUnapplied: () => {
      rounds++;
      return new Promise((resolve) => {
        finish = () => resolve([]);
      });
    },
  });
  sweep.start();
  const stopped = sweep.stop();
  finish();
  await stopped;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([rounds, deliveries()]).toEqual([1, 1]);
});

it('when rounds are named, then each comes at its own pace, and one that fails or hangs is no trouble to the others', async () => {
  const ran: string[] = [];
  const named = (name: string, everyMilliseconds: number, work: () => Promise<void>): NamedRound => ({
    name,
    everyMilliseconds,
    round: () => {
      ran.push(name);
      return work();
    },
  });
  const broken = Object.assign(new TypeError('13800138000'), { code: '57P01' });
  const { sweep, lines, deliveries } = aSweep({}, [
    named('quick', 1_000, async () => undefined),
    named('broken', 5_000, () => Promise.reject(broken)),
    named('hanging', 1_000, () => new Promise((resolve) => setTimeout(resolve, 60_000))),
  ]);
  sweep.start();
  await vi.advanceTimersByTimeAsync(5_500);
  const count = (name: string) => ran.filter((it) => it === name).length;
  expect([count('quick'), count('broken'), count('hanging'), deliveries()]).toEqual([6, 2, 1, 3]);
  expect(lines).toEqual(Array(2).fill(['round-failed', { round: 'broken', error: 'TypeError', code: '57P01' }]));
  let isStopped = false;
  const stopped = sweep.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(50_000);
  expect(isStopped).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect([count('quick'), count('hanging')]).toEqual([6, 1]);
});
