/** What the HTTP server itself does not wait for or take: `serve({ serverOptions: serverOptions() })`. */
import type { ServerOptions } from 'node:http';
import { SECOND } from '../domain/instant.ts';

type ServerLimits = {
  readonly headersMilliseconds: number;
  /** All of a request, the largest body too: nothing shorter that a route may set lasts longer than this. */
  readonly requestMilliseconds: number;
  readonly checkMilliseconds: number;
};

const LIMITS: ServerLimits = { headersMilliseconds: 10 * SECOND, requestMilliseconds: 60 * SECOND, checkMilliseconds: 2 * SECOND };
/** Longer than the proxies in front keep theirs is of no use, and a little is enough for a page and its files. */
const IDLE_MILLISECONDS = 10 * SECOND;
const HEADER_BYTES_MAX = 16_384;

/** Late senders get 408 and lose their connection, too many headers are 431. */
export function serverOptions(limits: Partial<ServerLimits> = {}): ServerOptions {
  const { headersMilliseconds, requestMilliseconds, checkMilliseconds } = { ...LIMITS, ...limits };
  return {
    headersTimeout: headersMilliseconds,
    requestTimeout: requestMilliseconds,
    connectionsCheckingInterval: checkMilliseconds,
    keepAliveTimeout: IDLE_MILLISECONDS,
    maxHeaderSize: HEADER_BYTES_MAX,
  };
}
