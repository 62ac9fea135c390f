import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/domain/instant.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { statesOn } from '../../../src/store/platform/states.ts';
import type { PlatformStates } from '../../../src/turn/platform-ports.ts';
import { openTestStore } from '../../support/database.ts';
import { NOON } from '../a-turn.ts';
import { noonPlus } from './a-platform.ts';

let store: Store;
let other: Store;
beforeAll(async () => {
  store = await openTestStore();
  other = await openTestStore({ url: store.url });
});
afterEach(async () => void (await store.pool.query('delete from platform_state')));
afterAll(async () => {
  await other.close();
  await store.close();
});

/** A process that has just started, and how often its store was asked to write. */
function aProcess(of = store): { readonly states: PlatformStates; readonly asked: () => number } {
  let count = 0;
  const pool: Store['pool'] = Object.create(of.pool, {
    query: {
      value: (...values: Parameters<Store['pool']['query']>) => {
        count++;
        return of.pool.query(...values);
      },
    },
  });
  return { states: statesOn({ pool, seal: of.seal }), asked: () => count };
}

const isWrittenAt = async (column: 'heard_at' | 'fault_since') =>
  (await store.pool.query<{ xmin: string }>(`select xmin::text from platform_state where ${column} is not null`)).rows[0]?.xmin;

it('of a platform nobody has heard of nothing is known', async () => {
  expect(await aProcess().states.state('wechat')).toEqual({ heardAt: null, fault: null });
});

describe('that a callback came', () => {
  it('is known to all, to the minute', async () => {
    await aProcess().states.heard('wechat', NOON);
    expect(await aProcess(other).states.state('wechat')).toEqual({ heardAt: NOON, fault: null });
  });

  it('is written once a minute: the others cost nothing', async () => {
    const { states, asked } = aProcess();
    await Promise.all(Array.from({ length: 50 }, (_, n) => states.heard('wechat', noonPlus(n))));
    await states.heard('wechat', noonPlus(MINUTE - 1));
    expect(asked()).toBe(1);
    await states.heard('wechat', noonPlus(MINUTE));
    expect(asked()).toBe(2);
    expect((await states.state('wechat')).heardAt).toBe(noonPlus(MINUTE));
  });

  it('which another process wrote within the minute is not written again', async () => {
    await aProcess().states.heard('wechat', NOON);
    const before = await isWrittenAt('heard_at');
    await aProcess(other).states.heard('wechat', noonPlus(30 * SECOND));
    expect(await isWrittenAt('heard_at')).toBe(before);
    await aProcess(other).states.heard('wechat', noonPlus(2 * MINUTE));
    expect((await aProcess().states.state('wechat')).heardAt).toBe(noonPlus(2 * MINUTE));
  });

  it('and could not be written is written with the next', async () => {
    const broken: Store['pool'] = Object.create(store.pool, { query: { value: firstFails(store.pool) } });
    const states = statesOn({ pool: broken, seal: store.seal });
    await expect(states.heard('wechat', NOON)).rejects.toThrow('the store is gone');
    await states.heard('wechat', noonPlus(1));
    expect((await states.state('wechat')).heardAt).toBe(noonPlus(1));
  });
});

describe('a fault', () => {
  it('lasts since it was first seen, whoever sees it; another one begins anew; none ends it', async () => {
    const [one, two] = [aProcess().states, aProcess(other).states];
    await one.fault('wechat', 40164, NOON);
    await two.fault('wechat', 40164, noonPlus(HOUR));
    await one.fault('wechat', 40164, noonPlus(2 * HOUR));
    expect(await two.state('wechat')).toEqual({ heardAt: null, fault: { code: 40164, since: NOON } });
    await two.fault('wechat', 40125, noonPlus(3 * HOUR));
    expect((await one.state('wechat')).fault).toEqual({ code: 40125, since: noonPlus(3 * HOUR) });
    await two.fault('wechat', null, noonPlus(4 * HOUR));
    expect((await one.state('wechat')).fault).toBeNull();
  });

  it('and good calls cost nothing while nothing changes', async () => {
    const { states, asked } = aProcess();
    for (let n = 0; n < 20; n++) await states.fault('wechat', null, noonPlus(n));
    expect(asked()).toBe(1);
    for (let n = 0; n < 20; n++) await states.fault('wechat', 40164, noonPlus(n));
    expect(asked()).toBe(2);
    const before = await isWrittenAt('fault_since');
    await states.fault('wechat', 40164, noonPlus(HOUR));
    expect(await isWrittenAt('fault_since')).toBe(before);
  });

  it('of a process that is gone is ended by one for which all was well all along', async () => {
    const well = aProcess().states;
    await well.fault('wechat', null, NOON);
    await aProcess(other).states.fault('wechat', 40164, noonPlus(SECOND));
    await well.fault('wechat', null, noonPlus(2 * SECOND));
    expect((await well.state('wechat')).fault).not.toBeNull();
    await well.fault('wechat', null, noonPlus(MINUTE));
    expect((await well.state('wechat')).fault).toBeNull();
  });

  it('leaves the last callback alone, and a callback the fault', async () => {
    const { states } = aProcess();
    await states.heard('wechat', NOON);
    await states.fault('wechat', 40164, NOON);
    await states.heard('wechat', noonPlus(HOUR));
    expect(await states.state('wechat')).toEqual({ heardAt: noonPlus(HOUR), fault: { code: 40164, since: NOON } });
  });
});

function firstFails(pool: Store['pool']) {
  let failed = false;
  return (...values: Parameters<Store['pool']['query']>) => {
    if (failed) return pool.query(...values);
    failed = true;
    return Promise.reject(new Error('the store is gone'));
  };
}
