/**
 * How much the web lets in: by address before anything is looked at, by staff token once it is known, and wrong tokens
 * by address, so that nobody can guess one.
 */
import type { MiddlewareHandler } from 'hono';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { createRateLimit } from '../traffic/rate-limit.ts';
import type { ApiContext, ApiEnv } from './api/api.ts';
import type { AddressOf } from './caller.ts';
import { problem } from './problem.ts';

type Needs = { readonly limits: Policy['limits']; readonly addressOf: AddressOf; readonly now: () => Instant };

/** Their senders are platforms: all customers of one come from a few addresses. They are counted by customer, in the channel. */
const SIGNED_CALLBACKS = ['/wechat/', '/slack/'];
/** Who watches the desk must see it in its worst minute. */
const WATCHED = ['/healthz', '/readyz', '/metrics'];

/** 429 for an address that asks more than 300 customers would. */
export function limitAddresses({ limits, addressOf, now }: Needs): MiddlewareHandler {
  const requests = createRateLimit(limits.requestsPerAddressPerMinute);
  return async (c, next) => {
    if (WATCHED.includes(c.req.path) || SIGNED_CALLBACKS.some((it) => c.req.path.startsWith(it))) return next();
    const waitSeconds = requests.take(addressOf(c), now());
    if (waitSeconds === 0) return next();
    return c.req.path.startsWith('/api/') ? tooMany(c, waitSeconds) : plainlyTooMany(c, waitSeconds);
  };
}

/** 429 for a member of staff whose program asks or writes too fast. Stands behind authentication. */
export function limitStaff({ limits, now }: Needs): MiddlewareHandler<ApiEnv> {
  const reads = createRateLimit(limits.readsPerStaffTokenPerMinute);
  const writes = createRateLimit(limits.writesPerStaffTokenPerMinute);
  return async (c, next) => {
    const member: ApiEnv['Variables']['member'] | undefined = c.get('member');
    // Without one it is what anybody may read: the description of the API.
    if (member === undefined) return next();
    const waitSeconds = (c.req.method === 'GET' || c.req.method === 'HEAD' ? reads : writes).take(member.id, now());
    return waitSeconds === 0 ? next() : tooMany(c, waitSeconds);
  };
}

export type SignInGuard = {
  /** Seconds until a token of this hash is looked at; 0 = now. */
  readonly admit: (c: ApiContext, tokenHash: Uint8Array) => number;
  readonly wasGood: (tokenHash: Uint8Array) => void;
};

const KNOWN_TOKENS_MAX = 1_000;

/**
 * Whoever tries too many tokens from an address waits, before the next is looked at; colleagues behind it whose token
 * was good before go on working.
 */
export function signInGuard({ limits, addressOf, now }: Needs): SignInGuard {
  const tries = createRateLimit(limits.failedSignInsPerAddressPerMinute);
  const known = new Set<string>();
  const keyOf = (tokenHash: Uint8Array) => Buffer.from(tokenHash).toString('base64');
  return {
    admit: (c, tokenHash) => (known.has(keyOf(tokenHash)) ? 0 : tries.take(addressOf(c), now())),
    wasGood(tokenHash) {
      const key = keyOf(tokenHash);
      known.delete(key);
      known.add(key);
      const [oldest] = known;
      if (known.size > KNOWN_TOKENS_MAX && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** The 429 of the API. */
export function tooMany(c: ApiContext, waitSeconds: number): Response {
  c.header('retry-after', String(waitSeconds));
  return problem(c, 429, 'too-many-requests', `Too many requests; try again in ${waitSeconds} s.`);
}

/** For Direct Line in its own shape, which people can read as well. */
function plainlyTooMany(c: Parameters<MiddlewareHandler>[0], waitSeconds: number): Response {
  c.header('retry-after', String(waitSeconds));
  return c.json({ error: { code: 'TooManyRequests', message: `Too many requests; try again in ${waitSeconds} s.` } }, 429);
}
