/** The body of a Direct Line call: read before anything else, 413 when it is too large, 408 when it comes too slowly. */
import type { MiddlewareHandler } from 'hono';
import { unreachable } from '../../domain/unreachable.ts';
import { type BodyLimits, readTimely } from '../../traffic/timely-body.ts';
import { FAULTS, refuse } from './fault.ts';

export function limitBody(limits: BodyLimits): MiddlewareHandler {
  return async (c, next) => {
    const body = await readTimely(c.req.raw, limits);
    switch (body.kind) {
      case 'too-large':
        return refuse(c, FAULTS.tooLarge);
      case 'too-slow':
        return refuse(c, FAULTS.tooSlow);
      case 'read':
        c.req.raw = new Request(c.req.raw, { body: body.bytes });
        return next();
      case 'none':
        return next();
      default:
        return unreachable(body);
    }
  };
}
