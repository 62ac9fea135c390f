/** What a request to the API may look like before anything reads it: size, kind, and empty where empty is fine. */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem } from './problem.ts';

const BODY_BYTES_MAX = 64 * 1024;

/** 413 beyond 64 KiB. */
export const limitBody: MiddlewareHandler = bodyLimit({
  maxSize: BODY_BYTES_MAX,
  onError: (c) => problem(c, 413, 'too-large', 'A request body has at most 64 KiB.'),
});

/** 415 for a body that is not JSON. A body announced as JSON but left empty counts as `{}`. */
export const onlyJson: MiddlewareHandler = async (c, next) => {
  if (c.req.method !== 'POST') return next();
  const type = c.req.header('content-type') ?? '';
  const isJson = /^application\/([\w.+-]+\+)?json\b/i.test(type);
  const isEmpty = (await c.req.text()).trim() === '';
  if (!isEmpty && !isJson) return problem(c, 415, 'unsupported-media-type', 'Send the body as application/json.');
  if (isEmpty && isJson) {
    c.req.raw = new Request(c.req.url, { method: 'POST', headers: c.req.raw.headers, body: '{}' });
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
