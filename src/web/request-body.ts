/** What a request to the API may look like before anything reads it: size, time, kind, and empty where empty is fine. */
import type { MiddlewareHandler } from 'hono';
import { SECOND } from '../domain/instant.ts';
import { unreachable } from '../domain/unreachable.ts';
import { readTimely } from '../traffic/timely-body.ts';
import { problem } from './problem.ts';

const BODY_BYTES_MAX = 64 * 1024;
const BODY_MILLISECONDS = 10 * SECOND;

/** 413 beyond 64 KiB, 408 for a body that is not there in time; else it has been read when the next one asks for it. */
export function limitBody(milliseconds: number = BODY_MILLISECONDS): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const body = await readTimely(c.req.raw, { bytesMax: BODY_BYTES_MAX, milliseconds });
    switch (body.kind) {
      case 'too-large':
        // The rest of it stays unread, so nothing more can come over this connection.
        c.header('connection', 'close');
        return problem(c, 413, 'too-large', 'A request body has at most 64 KiB.');
      case 'too-slow':
        c.header('connection', 'close');
        return problem(c, 408, 'too-slow', `A request body is sent within ${Math.ceil(milliseconds / SECOND)} s.`);
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

const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** 415 for a body that is not JSON. A body announced as JSON but left empty counts as `{}`. */
export const onlyJson: MiddlewareHandler = async (c, next) => {
  if (!WITH_BODY.has(c.req.method)) return next();
  const type = c.req.header('content-type') ?? '';
  const isJson = /^application\/([\w.+-]+\+)?json\b/i.test(type);
  const isEmpty = (await c.req.text()).trim() === '';
  if (!isEmpty && !isJson) return problem(c, 415, 'unsupported-media-type', 'Send the body as application/json.');
  if (isEmpty && isJson) {
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers: c.req.raw.headers, body: '{}' });
    c.req.bodyCache = {};
  }
  return next();
};

/** `?status=&q=` asks for nothing in particular: parameters without a value are left out. */
export const dropEmptyParameters: MiddlewareHandler = async (c, next) => {
  const url = new URL(c.req.url);
  const empty = [...url.searchParams].filter(([, value]) => value === '').map(([name]) => name);
  if (c.req.method === 'GET' && empty.length > 0) {
    for (const name of empty) url.searchParams.delete(name);
    c.req.raw = new Request(url, { headers: c.req.raw.headers });
  }
  return next();
};
