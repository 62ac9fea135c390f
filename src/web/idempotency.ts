/**
 * `Idempotency-Key` on POST: the same key and request are done once and get the same answer, also while the first is
 * still being worked on. What was refused was not done, so its key may be used again. Who asks to see a customer is
 * never answered from here: it is done again, judged and on record again, and the key only binds the request (S2-024).
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Begun, OnceHold, OnceKeys, OnceRequest } from '../desk/once.ts';
import { type Identifier, identifierFrom, type MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { ApiEnv } from './api/api.ts';
import { problem } from './problem.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** True for a request that was done before under its key and is done once more. */
    doneBefore: true | undefined;
  }
}

const KEY_CHARACTERS_MAX = 200;
const WAITS_MAX = 20;
const WAIT_MILLISECONDS = 50;

/** Its answer is personal: no copy of it is kept, and nobody reads it without a row of the audit. */
const DONE_EACH_TIME = /^\/api\/v1\/customers\/[^/]+\/reveal$/;

/** Sets `operationId` for every POST, and does those with a key once. Stands behind authentication. */
export function doOnce(needs: {
  readonly once: OnceKeys;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
}): MiddlewareHandler<ApiEnv> {
  const { once, now } = needs;
  return async (c, next) => {
    const key = c.req.header('idempotency-key');
    if (c.req.method !== 'POST' || key === undefined) {
      c.set('operationId', needs.makeIdentifier());
      return next();
    }
    if (key.trim() === '' || key.length > KEY_CHARACTERS_MAX)
      return problem(c, 400, 'malformed', `An Idempotency-Key has 1 to ${KEY_CHARACTERS_MAX} characters.`);

    const request: OnceRequest = { staffId: c.get('member').id, key, requestHash: hashOf(c.req.path, await c.req.text()) };
    const isDoneEachTime = DONE_EACH_TIME.test(c.req.path);
    const begun = await begin(once, request, now);
    switch (begun.kind) {
      case 'other-request':
        return problem(c, 422, 'key-reused', 'This Idempotency-Key was used for a request with another path or body.');
      case 'in-progress':
        c.header('retry-after', '1');
        return problem(c, 409, 'in-progress', 'The same request is still being worked on; try again shortly.');
      case 'answered':
        if (isDoneEachTime) {
          c.set('operationId', needs.makeIdentifier());
          c.set('doneBefore', true);
          return next();
        }
        return c.body(begun.answer.body, begun.answer.status as ContentfulStatusCode, {
          'content-type': 'application/json',
          'idempotency-replayed': 'true',
        });
      case 'begun':
        break;
    }
    c.set('operationId', operationOf(request, begun.hold));
    await next();
    if (c.res.status < 300) {
      const body = isDoneEachTime ? '' : await c.res.clone().text();
      await once.answer(request, begun.hold, { status: c.res.status, body }, now());
    } else if (c.res.status < 500) await once.drop(request, begun.hold);
    else await once.letGo(request, begun.hold, now());
  };
}

/** Waits a moment for the first of two equal requests that came together. */
async function begin(once: OnceKeys, request: OnceRequest, now: () => Instant): Promise<Begun> {
  for (let waits = 0; ; waits++) {
    const begun = await once.begin(request, now());
    if (begun.kind !== 'in-progress' || waits === WAITS_MAX) return begun;
    await pause(WAIT_MILLISECONDS);
  }
}

function hashOf(path: string, body: string): Uint8Array {
  return createHash('sha256').update(path).update('\n').update(body).digest();
}

/** What this request makes gets this id: whoever takes over after a crash makes the very same thing, or finds it. */
function operationOf({ staffId, key }: OnceRequest, hold: OnceHold): Identifier {
  return identifierFrom(hold.begunAt, createHash('sha256').update(`${staffId}\n${key}`).digest().subarray(0, 10));
}
