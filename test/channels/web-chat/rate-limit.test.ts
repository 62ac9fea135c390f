import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../src/channels/web-chat/rate-limit.ts';

describe('a rate limit', () => {
  it('lets a minute’s worth through at once and then as much as time brings', () => {
    const take = createRateLimit(6);
    for (let call = 0; call < 6; call++) expect(take('a', 0)).toBe(0);
    expect(take('a', 0)).toBe(10);
    expect(take('a', 9_000)).toBe(1);
    expect(take('a', 10_000)).toBe(0);
    expect(take('a', 10_000)).toBe(10);
  });

  it('counts each key for itself', () => {
    const take = createRateLimit(1);
    expect(take('a', 0)).toBe(0);
    expect(take('b', 0)).toBe(0);
    expect(take('a', 0)).toBe(60);
  });

  it('holds no more keys than it may, the busiest last to go', () => {
    const take = createRateLimit(1, 2);
    take('busy', 0);
    take('idle', 1);
    take('busy', 2);
    take('new', 3);
    expect(take('busy', 4)).toBeGreaterThan(0);
    expect(take('idle', 4)).toBe(0);
  });

  it('survives a clock that goes back', () => {
    const take = createRateLimit(2);
    take('a', 60_000);
    expect(take('a', 0)).toBe(0);
    expect(take('a', 0)).toBeGreaterThan(0);
  });
});
