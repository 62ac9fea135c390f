import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimit, takeFromEach } from '../../src/traffic/rate-limit.ts';

describe('a rate limit', () => {
  it('lets a minute’s worth through at once and then as much as time brings', () => {
    const { take } = createRateLimit(6);
    for (let call = 0; call < 6; call++) expect(take('a', 0)).toBe(0);
    expect(take('a', 0)).toBe(10);
    expect(take('a', 9_000)).toBe(1);
    expect(take('a', 10_000)).toBe(0);
    expect(take('a', 10_000)).toBe(10);
  });

  it('counts each key for itself', () => {
    const { take } = createRateLimit(1);
    expect(take('a', 0)).toBe(0);
    expect(take('b', 0)).toBe(0);
    expect(take('a', 0)).toBe(60);
  });

  it('says beforehand what it will answer, and takes nothing for it', () => {
    const { take, wait } = createRateLimit(1);
    expect([wait('a', 0), wait('a', 0), take('a', 0), wait('a', 0), wait('a', 60_000)]).toEqual([0, 0, 0, 60, 0]);
  });

  it('holds no more keys than it may, the busiest last to go', () => {
    const { take } = createRateLimit(1, 2);
    take('busy', 0);
    take('idle', 1);
    take('busy', 2);
    take('new', 3);
    expect(take('busy', 4)).toBeGreaterThan(0);
    expect(take('idle', 4)).toBe(0);
  });

  it('survives a clock that goes back', () => {
    const { take } = createRateLimit(2);
    take('a', 60_000);
    expect(take('a', 0)).toBe(0);
    expect(take('a', 0)).toBeGreaterThan(0);
  });

  it('never lets more through than a minute’s worth and what time brought, and says how long to wait', () => {
    const calls = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), after: fc.integer({ min: 0, max: 30_000 }) }), {
      maxLength: 120,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), calls, (perMinute, story) => {
        const { take, wait } = createRateLimit(perMinute);
        const passed: Record<string, number> = { a: 0, b: 0, c: 0 };
        let now = 0;
        for (const { key, after } of story) {
          now += after;
          const waitSeconds = take(key, now);
          if (waitSeconds === 0) passed[key] = (passed[key] ?? 0) + 1;
          else expect(wait(key, now + waitSeconds * 1_000)).toBe(0);
          expect(Number.isInteger(waitSeconds) && waitSeconds >= 0).toBe(true);
          expect(passed[key]).toBeLessThanOrEqual(perMinute + (perMinute * now) / 60_000 + 1e-6);
        }
      }),
    );
  });
});

describe('several budgets', () => {
  it('are all charged or none is: who is refused by one loses nothing of the others', () => {
    const [own, shared] = [createRateLimit(5), createRateLimit(1)];
    const both = (key: string) =>
      takeFromEach(
        [
          { limit: own, key },
          { limit: shared, key: 'all' },
        ],
        0,
      );
    expect([both('a'), both('a'), both('a')]).toEqual([0, 60, 60]);
    for (let call = 0; call < 4; call++) expect(own.take('a', 0)).toBe(0);
    expect(own.take('a', 0)).toBeGreaterThan(0);
  });
});
