/**
 * Where a request comes from: which pages may use the chat, under which address the customer sees us, and which
 * network address counts for rate limits.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { callerAddress, type TrustedProxies } from '../../traffic/caller-address.ts';

export type Origins = {
  /** True without an Origin header (no browser), for our own pages and for `ALLOWED_ORIGINS`. */
  readonly allows: (c: Context) => boolean;
  /** `http(s)://host` as the customer's browser knows it. */
  readonly seenBy: (c: Context) => string;
};

/** The origin rules of this server. */
export function createOrigins(allowedOrigins: readonly string[], publicUrl: string): Origins {
  const own = new URL(publicUrl);
  const allowed = new Set([own.origin, ...originsIn(allowedOrigins)]);
  return {
    allows(c) {
      const origin = c.req.header('origin');
      if (origin === undefined || allowed.has(origin)) return true;
      return URL.canParse(origin) && new URL(origin).host === hostOf(c);
    },
    seenBy(c) {
      const host = hostOf(c);
      // A proxy that rewrites Host leaves the browser's Origin as the only trace of our public name.
      if (host === undefined || host === own.host || c.req.header('origin') === own.origin) return own.origin;
      return `${c.req.header('x-forwarded-proto')?.startsWith('https') ? 'https' : 'http'}://${host}`;
    },
  };
}

/** The origins among configured addresses, as browsers spell them. */
export function originsIn(addresses: readonly string[]): readonly string[] {
  return addresses.filter((it) => URL.canParse(it)).map((it) => new URL(it).origin);
}

function hostOf(c: Context): string | undefined {
  return c.req.header('host')?.toLowerCase();
}

/** The caller's network address as the limits count it; `X-Forwarded-For` counts when the policy trusts who wrote it. */
export function addressReader(trusted: TrustedProxies): (c: Context) => string {
  const read = callerAddress(trusted);
  return (c) => read(peerOf(c), c.req.header('x-forwarded-for'));
}

function peerOf(c: Context): string {
  // Without a socket (`app.request` in tests) everybody is one caller.
  const bindings: unknown = c.env;
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return 'nowhere';
  return getConnInfo(c).remote.address ?? 'nowhere';
}
