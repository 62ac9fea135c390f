/** Who asks: a bearer token is known by its SHA-256, compared in constant time, and can't be guessed by trying many. */
import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { hashToken, type StaffDesk } from '../desk/staff.ts';
import type { ApiContext, ApiEnv } from './api/api.ts';
import { problem } from './problem.ts';
import { type SignInGuard, tooMany } from './rate-limits.ts';

const TOKEN_CHARACTERS_MAX = 500;

/** Lets a request through with `member` set, or answers 401, or 429 to who has tried too many tokens. */
export function authenticate(staff: Pick<StaffDesk, 'byToken'>, guard: SignInGuard): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const token = /^bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined || token.length > TOKEN_CHARACTERS_MAX) return refused(c);
    const hash = hashToken(token);
    const waitSeconds = guard.admit(c, hash);
    if (waitSeconds > 0) return tooMany(c, waitSeconds);
    const found = await staff.byToken(hash);
    if (found === null || found.tokenHash.length !== hash.length || !timingSafeEqual(found.tokenHash, hash)) return refused(c);
    guard.wasGood(hash);
    c.set('member', found.member);
    return next();
  };
}

function refused(c: ApiContext): Response {
  c.header('www-authenticate', 'Bearer realm="baoxiu"');
  return problem(c, 401, 'unauthenticated', 'Send `Authorization: Bearer <token>` with a token of the staff.');
}
