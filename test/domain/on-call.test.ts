import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { rolesUpTo, rungAt, sendAgainAt, tryAgainAt } from '../../src/domain/on-call.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { at } from './moments.ts';

const { paging } = DEFAULT_POLICY;
const raisedAt = at('2026-11-20 03:00');
const later = (minutes: number): Instant => instantOf(raisedAt + minutes * MINUTE);

describe('the ladder', () => {
  test('S2-045 when nobody acknowledges for 10 minutes, then quality is called too, after 20 the administrators', () => {
    expect([0, 9.99, 10, 19, 20, 5_000].map((it) => rungAt(paging, raisedAt, later(it)))).toEqual([0, 0, 1, 1, 2, 2]);
    expect([0, 1, 2, 9].map((it) => rolesUpTo(paging, it))).toEqual([
      ['dispatcher'],
      ['dispatcher', 'quality'],
      ['dispatcher', 'quality', 'admin'],
      ['dispatcher', 'quality', 'admin'],
    ]);
  });

  test('when the lowest rung begins late, then a page stands on it from the first moment all the same', () => {
    expect(rungAt({ ...paging, ladder: [{ afterMinutes: 5, roles: ['admin'] }] }, raisedAt, raisedAt)).toBe(0);
  });

  test('when a role is on two rungs, then it is called once', () => {
    const ladder = [
      { afterMinutes: 0, roles: ['admin' as const] },
      { afterMinutes: 1, roles: ['agent' as const, 'admin' as const] },
    ];
    expect(rolesUpTo({ ...paging, ladder }, 1)).toEqual(['admin', 'agent']);
  });
});

describe('the next send', () => {
  const page = { raisedAt, lastSentAt: null };
  test('when it went out, then it goes out again after the time of the policy', () => {
    expect(sendAgainAt(paging, page, later(0))).toBe(later(5));
  });
  test('when it climbs sooner than that, then it goes out as it climbs', () => {
    expect(sendAgainAt({ ...paging, repeatMinutes: 60 }, page, later(3))).toBe(later(10));
    expect(sendAgainAt({ ...paging, repeatMinutes: 60 }, page, later(30))).toBe(later(90));
  });
  test('when nobody could be handed it, then it is tried after 2 s, each wait as long as all before, at most a minute', () => {
    const waits: number[] = [];
    let now = raisedAt;
    for (let tries = 0; tries < 8; tries++) {
      const next = tryAgainAt(paging, page, now);
      waits.push((next - now) / 1_000);
      now = next;
    }
    expect(waits).toEqual([2, 2, 4, 8, 16, 32, 60, 60]);
  });

  const minutes = fc.integer({ min: 0, max: 300 });
  test('is never now, never later than the repeat, and never past the rung above', () => {
    fc.assert(
      fc.property(minutes, minutes, fc.double({ min: 0.01, max: 1_440, noNaN: true }), (age, sentAgo, repeatMinutes) => {
        const now = later(age);
        const policy = { ...paging, repeatMinutes };
        const it = { raisedAt, lastSentAt: sentAgo > age ? null : instantOf(now - sentAgo * MINUTE) };
        for (const next of [sendAgainAt(policy, it, now), tryAgainAt(policy, it, now)]) {
          expect(next).toBeGreaterThan(now);
          expect(next).toBeLessThanOrEqual(Math.ceil(now + repeatMinutes * MINUTE));
          expect(rungAt(policy, raisedAt, instantOf(next - 1))).toBe(rungAt(policy, raisedAt, now));
        }
      }),
    );
  });
});
