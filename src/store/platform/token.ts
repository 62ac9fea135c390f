/**
 * A platform's access token, one for all processes. Getting a new one makes the old one void, so only one process gets
 * it, under a lock that its end frees; no row is locked while the platform is asked.
 */
import type pg from 'pg';
import { type Instant, instantOf, SECOND } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import type { AccessToken, PlatformStates } from '../../turn/platform-ports.ts';
import { codeOf, inTransaction, once, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { SEALED } from '../purposes.ts';

/** How long one waits for another process that is getting it. */
const WAIT_MILLISECONDS = 10 * SECOND;
/** A process whose machine has gone holds the lock no longer than this. */
const HELD_MILLISECONDS_MAX = 30 * SECOND;
const LOCK_NOT_AVAILABLE = '55P03';

export function tokenOn(
  { pool, seal }: Pick<Store, 'pool' | 'seal'>,
  waitMilliseconds = WAIT_MILLISECONDS,
): Pick<PlatformStates, 'token' | 'renewToken'> {
  const renewing = new Map<ChatChannel, Promise<string | null>>();

  const inForce = async (on: pg.Pool | pg.PoolClient, channel: ChatChannel, at: Instant): Promise<string | null> => {
    const [row] = await once<{ token_sealed: Buffer }>(on, TOKEN, [channel, timestamp(at)]);
    return row === undefined ? null : seal.open(SEALED.platformToken, row.token_sealed);
  };

  const renewAlone = async (channel: ChatChannel, stale: string | null, at: Instant, get: () => Promise<AccessToken | null>) => {
    const got = inTransaction(pool, async (client) => {
      await once(client, LIMITS, [`${waitMilliseconds}ms`, `${HELD_MILLISECONDS_MAX}ms`]);
      await once(client, LOCK, [channel]);
      const known = await inForce(client, channel, at);
      if (known !== null && known !== stale) return known;
      const fresh = await get();
      if (fresh === null) return null;
      await once(client, KEEP, [channel, seal.seal(SEALED.platformToken, fresh.token), timestamp(fresh.expiresAt)]);
      return fresh.token;
    });
    try {
      return await got;
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
      const known = await inForce(pool, channel, instantOf(at + waitMilliseconds));
      return known === stale ? null : known;
    }
  };

  return {
    token: (channel, at) => inForce(pool, channel, at),
    /** Within a process the second waits for the first without a connection of its own: there are few. */
    renewToken: async (channel, stale, at, get) => {
      for (let other = renewing.get(channel); other !== undefined; other = renewing.get(channel)) {
        const token = await other;
        if (token === null || token !== stale) return token;
      }
      const own = renewAlone(channel, stale, at, get).finally(() => renewing.delete(channel));
      renewing.set(channel, own);
      return own;
    },
  };
}

const TOKEN = {
  name: 'token-in-force',
  text: `
select token_sealed from platform_state where channel = $1 and (token_sealed is not null and token_expires_at > $2::timestamptz) is true`,
};

/** For this transaction only. */
const LIMITS = {
  name: 'token-limits',
  text: "select set_config('lock_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $2, true)",
};

const LOCK = { name: 'token-lock', text: 'select pg_advisory_xact_lock(hashtextextended($1, 3))' };

const KEEP = {
  name: 'token-keep',
  text: `
insert into platform_state (channel, token_sealed, token_expires_at) values ($1, $2, $3)
on conflict (channel) do update set token_sealed = excluded.token_sealed, token_expires_at = excluded.token_expires_at`,
};
