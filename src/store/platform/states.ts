/**
 * What all processes know of a platform. A callback and a good call come many times a second and say the same: what this
 * process wrote within the last minute it does not write again.
 */
import { type Instant, instantOf, MINUTE } from '../../domain/instant.ts';
import type { ChatChannel } from '../../domain/ticket.ts';
import type { PlatformStates } from '../../turn/platform-ports.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { tokenOn } from './token.ts';

export function statesOn(store: Pick<Store, 'pool' | 'seal'>): PlatformStates {
  const { pool } = store;
  const heard = oncePerMinute<true>((channel, _, at) => query(pool, HEARD, [channel, timestamp(at)]));
  const fault = oncePerMinute<number | null>((channel, code, at) =>
    code === null ? query(pool, MENDED, [channel]) : query(pool, FAULT, [channel, code, timestamp(at)]),
  );
  return {
    ...tokenOn(store),
    heard: (channel, at) => heard(channel, true, at),
    fault,
    state: async (channel) => {
      const [row] = await query<Row>(pool, STATE, [channel]);
      return {
        heardAt: row?.heard_at ? instantOf(row.heard_at.getTime()) : null,
        fault: row?.fault_since && row.fault_code !== null ? { code: row.fault_code, since: instantOf(row.fault_since.getTime()) } : null,
      };
    },
  };
}

type Row = { readonly heard_at: Date | null; readonly fault_since: Date | null; readonly fault_code: number | null };

/** Not for longer than a minute: another process may have written something else since. */
function oncePerMinute<Value>(
  write: (channel: ChatChannel, value: Value, at: Instant) => Promise<unknown>,
): (channel: ChatChannel, value: Value, at: Instant) => Promise<void> {
  const written = new Map<ChatChannel, { readonly value: Value; readonly at: Instant }>();
  return async (channel, value, at) => {
    const last = written.get(channel);
    if (last !== undefined && last.value === value && at - last.at < MINUTE) return;
    written.set(channel, { value, at });
    try {
      await write(channel, value, at);
    } catch (error) {
      written.delete(channel);
      throw error;
    }
  };
}

const HEARD = {
  name: 'platform-heard',
  text: `
insert into platform_state (channel, heard_at) values ($1, $2)
on conflict (channel) do update set heard_at = excluded.heard_at
where platform_state.heard_at is null or platform_state.heard_at <= excluded.heard_at - interval '1 minute'`,
};

const FAULT = {
  name: 'platform-fault',
  text: `
insert into platform_state (channel, fault_code, fault_since) values ($1, $2, $3)
on conflict (channel) do update set fault_code = excluded.fault_code, fault_since = excluded.fault_since
where platform_state.fault_code is distinct from excluded.fault_code`,
};

const MENDED = {
  name: 'platform-mended',
  text: 'update platform_state set fault_code = null, fault_since = null where channel = $1 and (fault_code is not null) is true',
};

const STATE = { name: 'platform-state', text: 'select heard_at, fault_since, fault_code from platform_state where channel = $1' };
