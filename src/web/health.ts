/** `/healthz`: the process lives. `/readyz`: every part of it can work, or is named as off. */
import type { Hono } from 'hono';

/** `disabled` is a part nobody switched on; it does not keep the process from being ready. */
export type PartState = 'ready' | 'disabled' | 'starting' | 'failed';

/** Parts by name, such as `store`, `sweep`, `wechat`. */
export type Readiness = Readonly<Record<string, PartState>>;

/** Adds both routes. */
export function healthRoutes(app: Pick<Hono, 'get'>, ready: () => Readiness | Promise<Readiness>): void {
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const parts = await ready();
    const isReady = Object.values(parts).every((it) => it === 'ready' || it === 'disabled');
    return c.json({ status: isReady ? 'ready' : 'not-ready', parts }, isReady ? 200 : 503);
  });
}
