/** What is wrong with the platform's side, in words for the operator, and told once for each trouble. */
import { describe, expect, test } from 'vitest';
import { troubles, watched } from '../../../src/channels/wechat/health.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../../../src/domain/instant.ts';
import type { PlatformState } from '../../../src/turn/platform-ports.ts';

const NOON = instantOf(Date.parse('2026-11-21T12:00:00+08:00'));
const later = (milliseconds: number) => instantOf(NOON + milliseconds);
const HEALTHY: PlatformState = { heardAt: NOON, fault: null };

const found = (state: PlatformState, now: Instant = NOON, isOn = true) =>
  troubles({ states: { state: async () => state }, isOn: () => isOn, quietHours: 24, startedAt: NOON, now: () => now });

describe('what is wrong', () => {
  test('nothing', async () => expect(await found(HEALTHY)).toEqual([]));

  test('the platform locks us out: its code, and what it means', async () => {
    expect(await found({ ...HEALTHY, fault: { code: 40164, since: NOON } })).toEqual([
      {
        key: `wechat-locked-out:40164:${NOON}`,
        reason: 'wechat-locked-out',
        note: "the platform refuses calls: this desk's address is not on the account's IP list (40164)",
      },
    ]);
    expect((await found({ ...HEALTHY, fault: { code: 99999, since: NOON } }))[0]?.note).toContain('99999');
  });

  test('no callback for too long, or never since the start', async () => {
    expect(await found(HEALTHY, later(24 * HOUR))).toEqual([]);
    expect(await found(HEALTHY, later(24 * HOUR + MINUTE))).toMatchObject([{ reason: 'wechat-silent', key: `wechat-silent:${NOON}` }]);
    expect(await found({ ...HEALTHY, heardAt: null }, later(23 * HOUR))).toEqual([]);
    expect(await found({ ...HEALTHY, heardAt: null }, later(25 * HOUR))).toMatchObject([{ key: 'wechat-silent:never' }]);
  });

  test('wechaty is not on, beside whatever else is wrong', async () => {
    const all = await found({ heardAt: null, fault: { code: 40125, since: NOON } }, later(48 * HOUR), false);
    expect(all.map((it) => it.reason)).toEqual(['wechat-not-started', 'wechat-locked-out', 'wechat-silent']);
  });
});

describe('every process knows', () => {
  const api = (kind: 'done' | 'locked-out' | 'again') => {
    const result =
      kind === 'done'
        ? ({ kind, value: {} } as const)
        : kind === 'again'
          ? ({ kind, code: -1 } as const)
          : ({ kind, code: 40164 } as const);
    return { post: async () => result, upload: async () => result as never, download: async () => result as never };
  };
  const told = async (kind: 'done' | 'locked-out' | 'again', fails = false) => {
    const faults: (number | null)[] = [];
    const fault = async (_: string, code: number | null) => {
      faults.push(code);
      if (fails) throw new Error('the store is away');
    };
    const result = await watched(api(kind), { fault }, () => NOON).post('/any', {});
    return { faults, kind: result.kind };
  };

  test.each([
    ['done', [null]],
    ['locked-out', [40164]],
    ['again', []],
  ] as const)('of a call that is %s', async (kind, faults) => expect(await told(kind)).toEqual({ faults, kind }));

  test('and a store that is away takes no answer from anybody', async () =>
    expect(await told('done', true)).toMatchObject({ kind: 'done' }));
});
