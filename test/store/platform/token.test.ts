import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { platformStore } from '../../../src/store/platform/platform-store.ts';
import { tokenOn } from '../../../src/store/platform/token.ts';
import type { AccessToken, PlatformStates } from '../../../src/turn/platform-ports.ts';
import { openTestStore } from '../../support/database.ts';
import { aChat, aMessage, NOON } from '../a-turn.ts';
import { noonPlus, QUOTA } from './a-platform.ts';

let store: Store;
let other: Store;
let mine: PlatformStates;
let theirs: PlatformStates;
beforeAll(async () => {
  store = await openTestStore();
  other = await openTestStore({ url: store.url });
  mine = platformStore(store, QUOTA).states;
  theirs = platformStore(other, QUOTA).states;
});
afterEach(async () => void (await store.pool.query('delete from platform_state')));
afterAll(async () => {
  await other.close();
  await store.close();
});

const lasting = (token: string): AccessToken => ({ token, expiresAt: noonPlus(2 * HOUR) });
const giving = (token: string) => async () => lasting(token);
const never = async (): Promise<null> => {
  throw new Error('nobody asks for it');
};

/** A platform that answers when the test says so. */
function aSlowPlatform() {
  let answer = (_: AccessToken | null): void => {};
  let asked = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const answered = new Promise<AccessToken | null>((resolve) => {
    answer = resolve;
  });
  const get = () => {
    asked();
    return answered;
  };
  return { get, isAsked, answer };
}

describe('the token', () => {
  it('is known to all processes until it is over', async () => {
    expect(await mine.token('wechat', NOON)).toBeNull();
    expect(await mine.renewToken('wechat', null, NOON, giving('one'))).toBe('one');
    expect(await theirs.token('wechat', noonPlus(2 * HOUR - 1))).toBe('one');
    expect(await theirs.token('wechat', noonPlus(2 * HOUR))).toBeNull();
    expect(await mine.token('slack', NOON)).toBeNull();
  });

  it('S2-024 can not be read in the store', async () => {
    await mine.renewToken('wechat', null, NOON, giving('a-secret-token'));
    const { rows } = await store.pool.query<{ token_sealed: Buffer }>('select token_sealed from platform_state');
    expect(rows[0]?.token_sealed.includes('a-secret-token')).toBe(false);
  });
});

describe('renewing', () => {
  it('what somebody else has renewed since asks nobody', async () => {
    await mine.renewToken('wechat', null, NOON, giving('one'));
    await theirs.renewToken('wechat', 'one', NOON, giving('two'));
    expect(await mine.renewToken('wechat', 'one', NOON, never)).toBe('two');
    expect(await mine.renewToken('wechat', null, NOON, never)).toBe('two');
  });

  it('what is over is renewed, though it is not the stale one', async () => {
    await mine.renewToken('wechat', null, NOON, giving('one'));
    expect(await mine.renewToken('wechat', 'zero', noonPlus(2 * HOUR), giving('two'))).toBe('two');
  });

  it('that gives none leaves all as it was', async () => {
    await mine.renewToken('wechat', null, NOON, giving('one'));
    expect(await mine.renewToken('wechat', 'one', NOON, async () => null)).toBeNull();
    expect(await mine.token('wechat', NOON)).toBe('one');
  });

  it('that fails frees the lock and a connection', async () => {
    for (let round = 0; round < 12; round++) await expect(mine.renewToken('wechat', null, NOON, never)).rejects.toThrow('nobody asks');
    expect(await mine.renewToken('wechat', null, NOON, giving('one'))).toBe('one');
  });

  it('in two processes at once asks the platform once; the other waits and takes what came', async () => {
    const platform = aSlowPlatform();
    const first = mine.renewToken('wechat', null, NOON, platform.get);
    await platform.isAsked;
    const second = theirs.renewToken('wechat', null, NOON, never);
    await waitedFor();
    platform.answer(lasting('one'));
    expect(await Promise.all([first, second])).toEqual(['one', 'one']);
  });

  it('many times at once in one process asks once, and takes one connection', async () => {
    const platform = aSlowPlatform();
    const first = mine.renewToken('wechat', null, NOON, platform.get);
    await platform.isAsked;
    const others = Array.from({ length: 30 }, () => mine.renewToken('wechat', null, NOON, never));
    expect(await mine.token('wechat', NOON)).toBeNull();
    platform.answer(lasting('one'));
    expect(new Set(await Promise.all([first, ...others]))).toEqual(new Set(['one']));
  });

  it('the very token that somebody in this process has just got gets another, once', async () => {
    const platform = aSlowPlatform();
    const first = mine.renewToken('wechat', null, NOON, platform.get);
    await platform.isAsked;
    let asked = 0;
    const get = async () => {
      asked++;
      return lasting('two');
    };
    const refused = [1, 2, 3].map(() => mine.renewToken('wechat', 'one', NOON, get));
    platform.answer(lasting('one'));
    expect(await Promise.all([first, ...refused])).toEqual(['one', 'two', 'two', 'two']);
    expect(asked).toBe(1);
  });

  it('stops nothing else: messages are accepted and the platform is heard while it is asked', async () => {
    const platform = aSlowPlatform();
    const chat = await aChat(store);
    await mine.heard('wechat', noonPlus(-HOUR));
    const renewed = mine.renewToken('wechat', null, NOON, platform.get);
    await platform.isAsked;
    expect(await other.accept([aMessage(chat, '漏水')])).toMatchObject([{ kind: 'accepted' }]);
    await theirs.heard('wechat', noonPlus(HOUR));
    await theirs.fault('wechat', 40164, NOON);
    platform.answer(lasting('one'));
    expect(await renewed).toBe('one');
    expect(await mine.state('wechat')).toEqual({ heardAt: noonPlus(HOUR), fault: { code: 40164, since: NOON } });
  });

  it('goes on when the process that was about it has died', async () => {
    const dead = new pg.Client({ connectionString: store.url });
    await dead.connect();
    await dead.query('begin');
    await dead.query("select pg_advisory_xact_lock(hashtextextended('wechat', 3))");
    const renewed = mine.renewToken('wechat', null, NOON, giving('one'));
    await waitedFor();
    await dead.end();
    expect(await renewed).toBe('one');
  });

  it('waits for another process only so long, then takes what is there, or none', async () => {
    const platform = aSlowPlatform();
    await mine.renewToken('wechat', null, NOON, giving('one'));
    const first = mine.renewToken('wechat', 'one', NOON, platform.get);
    await platform.isAsked;
    const impatient = tokenOn(other, 20);
    expect(await impatient.renewToken('wechat', 'one', NOON, never)).toBeNull();
    expect(await impatient.renewToken('wechat', 'zero', noonPlus(MINUTE), never)).toBe('one');
    platform.answer(lasting('two'));
    expect(await first).toBe('two');
  });
});

/** Until somebody waits for the lock. */
async function waitedFor(): Promise<void> {
  for (;;) {
    const { rowCount } = await store.pool.query(
      "select from pg_locks l join pg_database d on d.oid = l.database where l.locktype = 'advisory' and not l.granted and d.datname = current_database()",
    );
    if (rowCount !== 0) return;
  }
}
