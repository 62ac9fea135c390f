/** `GET /metrics` for Prometheus, and what every answer adds to it. Anybody on the port may read it: it names nobody. */
import type { Hono, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Metrics, Rejection } from '../traffic/metrics.ts';
import { TEXT_TYPE } from '../traffic/registry.ts';

export function metricsRoute(app: Pick<Hono, 'get'>, metrics: Metrics): void {
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': TEXT_TYPE, 'cache-control': 'no-store' }));
}

const REJECTIONS: Readonly<Record<number, Rejection>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  408: 'too-slow',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many',
  503: 'unavailable',
};

/** Counts and times every answer under the pattern of its route. Stands before everything else. */
export function observeRequests(metrics: Metrics, elapsed: () => number = () => performance.now()): MiddlewareHandler {
  return async (c, next) => {
    const began = elapsed();
    await next();
    metrics.observeRequest(routePath(c), c.res.status, (elapsed() - began) / 1_000);
    const rejection = REJECTIONS[c.res.status];
    if (rejection !== undefined) metrics.rejected(rejection);
  };
}
