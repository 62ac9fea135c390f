/**
 * Where a request comes from: which pages may use the chat, under which address the customer sees us, and which
 * network address counts for rate limits.
 */
import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

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

const proxies = new BlockList();
proxies.addSubnet('127.0.0.0', 8);
proxies.addSubnet('10.0.0.0', 8);
proxies.addSubnet('172.16.0.0', 12);
proxies.addSubnet('192.168.0.0', 16);
proxies.addAddress('::1', 'ipv6');
proxies.addSubnet('fc00::', 7, 'ipv6');

/** The caller's network address; behind a proxy on this machine or a private network, the one the proxy saw. */
export function addressOf(c: Context): string {
  const peer = peerOf(c);
  const family = isIP(peer);
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const behindProxy = family !== 0 && proxies.check(peer, family === 6 ? 'ipv6' : 'ipv4');
  return behindProxy && isIP(forwarded) !== 0 ? forwarded : peer;
}

function peerOf(c: Context): string {
  // Without a socket (`app.request` in tests) everybody is one caller.
  const bindings: unknown = c.env;
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return 'nowhere';
  return (getConnInfo(c).remote.address ?? 'nowhere').replace(/^::ffff:/, '');
}
