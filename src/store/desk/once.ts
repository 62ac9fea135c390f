/**
 * Idempotency keys. `created_at` is when the request was first taken on and survives a takeover; `expires_at` is until
 * when the row binds: a minute while the request is worked on, a day once it is answered.
 */
import { ANSWER_KEPT_MILLISECONDS, type Begun, HOLD_MILLISECONDS, type OnceKeys } from '../../desk/once.ts';
import { type Instant, instantOf } from '../../domain/instant.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { SEALED } from '../purposes.ts';
import { instantIn } from './desk-connection.ts';

/** Idempotency keys over the store. */
export function onceKeys({ pool, seal }: Pick<Store, 'pool' | 'seal'>): OnceKeys {
  return {
    begin: async ({ staffId, key, requestHash }, at): Promise<Begun> => {
      const until = instantOf(at + HOLD_MILLISECONDS);
      const [row] = await query<Row>(pool, BEGIN, [
        staffId,
        key,
        Buffer.from(requestHash),
        timestamp(at),
        timestamp(until),
        timestamp(longAgo(at)),
      ]);
      if (row?.begun_at) return { kind: 'begun', hold: { begunAt: instantIn(row.begun_at), until } };
      const [found] = await query<Found>(pool, FIND, [staffId, key]);
      // Gone between the two statements: what held it was just refused.
      if (!found) return { kind: 'in-progress' };
      if (!found.request_hash.equals(requestHash)) return { kind: 'other-request' };
      if (found.answer_sealed === null) return { kind: 'in-progress' };
      return {
        kind: 'answered',
        answer: JSON.parse(seal.open(SEALED.idempotentAnswer, found.answer_sealed)) as { status: number; body: string },
      };
    },

    answer: async ({ staffId, key }, hold, answer, at) => {
      const sealed = seal.seal(SEALED.idempotentAnswer, JSON.stringify(answer));
      await query(pool, ANSWER, [staffId, key, timestamp(hold.until), sealed, timestamp(instantOf(at + ANSWER_KEPT_MILLISECONDS))]);
    },

    drop: async ({ staffId, key }, hold) => {
      await query(pool, DROP, [staffId, key, timestamp(hold.until)]);
    },

    letGo: async ({ staffId, key }, hold, at) => {
      await query(pool, LET_GO, [staffId, key, timestamp(hold.until), timestamp(at)]);
    },
  };
}

type Row = { readonly begun_at: Date | null };
type Found = { readonly request_hash: Buffer; readonly answer_sealed: Buffer | null };

/** An abandoned request this old is nobody's any more. */
function longAgo(at: Instant): Instant {
  return instantOf(at - ANSWER_KEPT_MILLISECONDS);
}

/** Takes a new key, one whose answer ran out, or one whose holder is gone; a few forgotten rows are swept out on the way. */
const BEGIN = {
  name: 'once-begin',
  text: `
with forgotten as (
  delete from idempotency_key where (staff_id, key) in (
    select staff_id, key from idempotency_key where expires_at < $6::timestamptz and not (staff_id = $1::uuid and key = $2) order by expires_at limit 10 for update skip locked)
)
insert into idempotency_key (staff_id, key, request_hash, created_at, expires_at) values ($1::uuid, $2, $3, $4::timestamptz, $5::timestamptz)
on conflict (staff_id, key) do update
set request_hash = excluded.request_hash, answer_sealed = null, expires_at = excluded.expires_at,
    created_at = case when idempotency_key.answer_sealed is null and idempotency_key.expires_at > $6::timestamptz then idempotency_key.created_at else excluded.created_at end
where idempotency_key.expires_at <= $4::timestamptz
  and (idempotency_key.answer_sealed is not null or idempotency_key.request_hash = excluded.request_hash or idempotency_key.expires_at <= $6::timestamptz)
returning created_at as begun_at`,
};

const FIND = { name: 'once-find', text: 'select request_hash, answer_sealed from idempotency_key where staff_id = $1 and key = $2' };

const ANSWER = {
  name: 'once-answer',
  text: 'update idempotency_key set answer_sealed = $4, expires_at = $5 where staff_id = $1 and key = $2 and expires_at = $3 and answer_sealed is null',
};

const DROP = {
  name: 'once-drop',
  text: 'delete from idempotency_key where staff_id = $1 and key = $2 and expires_at = $3 and answer_sealed is null',
};

const LET_GO = {
  name: 'once-let-go',
  text: 'update idempotency_key set expires_at = $4 where staff_id = $1 and key = $2 and expires_at = $3 and answer_sealed is null',
};
