/**
 * Signed passes: what lets a browser into one conversation and no other. Three kinds, each good for one thing only:
 * `token` calls Direct Line, `stream` opens one WebSocket (it stands in a URL, so it is short), `resume` is the ticket
 * kept by the page that fetches a new token for the same account days later.
 *
 * A pass is a JSON Web Token (HS256): the stock clients read `user` from it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import { DAY, MINUTE } from '../../domain/instant.ts';

export type PassKind = 'token' | 'stream' | 'resume';

export type Pass = {
  readonly kind: PassKind;
  readonly conversationId: Identifier;
  /** The account's external id: made by us, never guessable. */
  readonly account: string;
  /** `dl_…`: how the customer's own messages are signed. A name inside the account, nothing more. */
  readonly user: string;
};

export type PassCheck = { readonly kind: 'good'; readonly pass: Pass } | { readonly kind: 'expired' } | { readonly kind: 'forged' };

/** How long each kind is good. The stock client refreshes its token every 15 minutes. */
export const PASS_LIFETIME_MILLISECONDS: Readonly<Record<PassKind, number>> = { token: 60 * MINUTE, stream: 2 * MINUTE, resume: 180 * DAY };

const PASS_CHARACTERS_MAX = 1_500;
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

const claims = z.strictObject({
  kind: z.enum(['token', 'stream', 'resume']),
  conv: z.string(),
  acct: z.string().min(1),
  user: z.string().min(1),
  /** Epoch seconds, as JSON Web Tokens have it. */
  exp: z.number().int(),
});

/** Signs a pass that is good from `nowMilliseconds` for the lifetime of its kind. */
export function signPass(key: Buffer, pass: Pass, nowMilliseconds: number): string {
  const exp = Math.floor((nowMilliseconds + PASS_LIFETIME_MILLISECONDS[pass.kind]) / 1_000);
  const body = { kind: pass.kind, conv: pass.conversationId, acct: pass.account, user: pass.user, exp } satisfies z.infer<typeof claims>;
  const signed = `${HEADER}.${Buffer.from(JSON.stringify(body)).toString('base64url')}`;
  return `${signed}.${signature(key, signed).toString('base64url')}`;
}

/** Reads a pass that must be of `kind`; one of another kind is as good as forged. */
export function checkPass(key: Buffer, text: string, kind: PassKind, nowMilliseconds: number): PassCheck {
  if (text.length > PASS_CHARACTERS_MAX) return { kind: 'forged' };
  const [header, payload, mac, ...rest] = text.split('.');
  if (header !== HEADER || payload === undefined || mac === undefined || rest.length > 0) return { kind: 'forged' };
  const given = Buffer.from(mac, 'base64url');
  const wanted = signature(key, `${header}.${payload}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { kind: 'forged' };

  const read = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  const conversationId = read.success ? parseIdentifier(read.data.conv) : null;
  if (!read.success || conversationId === null || read.data.kind !== kind) return { kind: 'forged' };
  if (read.data.exp * 1_000 <= nowMilliseconds) return { kind: 'expired' };
  return { kind: 'good', pass: { kind, conversationId, account: read.data.acct, user: read.data.user } };
}

function signature(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
