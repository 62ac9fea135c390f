/** What a request to the API may look like before anything reads it: size, time, kind, and empty where empty is fine. */
import type { Context, MiddlewareHandler } from 'hono';
import { SECOND } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { unreachable } from '../domain/unreachable.ts';
import { createByteRoom } from '../traffic/byte-room.ts';
import { type BodyLimits, readTimely } from '../traffic/timely-body.ts';
import type { ApiEnv } from './api/api.ts';
import { problem } from './problem.ts';

const KIBIBYTE = 1_024;
const BODY_BYTES_MAX = 64 * KIBIBYTE;
const BODY_MILLISECONDS = 10 * SECOND;

/** The one call that carries files, in base64: four characters for three bytes. */
const WITH_FILES = /^\/api\/v1\/handoffs\/[^/]+\/reply$/;
/** More is no text any more that can be read as JSON. */
const FILES_BODY_BYTES_MAX = 256 * KIBIBYTE * KIBIBYTE;
/** Files are larger than words. */
const FILES_TIMES_AS_LONG = 5;
/** Of bodies with files in hand on this process: one member of staff has half of it. */
const FILES_IN_HAND_BYTES = 128 * KIBIBYTE * KIBIBYTE;
const NO_ROOM_SECONDS = 5;

/**
 * 413 beyond 64 KiB, or beyond as many files as a message may have, 408 for a body that is not there in time; else it has
 * been read when the next one asks for it. Stands behind authentication.
 */
export function limitBody(
  sizes: Pick<Policy['limits'], 'uploadBytes' | 'filesPerMessage'>,
  milliseconds: number = BODY_MILLISECONDS,
): MiddlewareHandler<ApiEnv> {
  const words = { bytesMax: BODY_BYTES_MAX, milliseconds };
  const filesBytes = 4 * Math.ceil(sizes.uploadBytes / 3) * sizes.filesPerMessage;
  const files = { bytesMax: Math.min(BODY_BYTES_MAX + filesBytes, FILES_BODY_BYTES_MAX), milliseconds: FILES_TIMES_AS_LONG * milliseconds };
  const bytesPerAddress = Math.max(FILES_IN_HAND_BYTES / 2, files.bytesMax);
  const room = createByteRoom({ bytes: 2 * bytesPerAddress, bytesPerAddress });
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const announced = Number(c.req.header('content-length') ?? 0);
    // Room is found for what is announced; what is not has none but that of words.
    if (!WITH_FILES.test(c.req.path) || !(announced > words.bytesMax)) return (await readBody(c, words)) ?? next();
    const giveBack = room.take(c.get('member').id, Math.min(announced, files.bytesMax));
    if (giveBack === null) {
      c.header('retry-after', String(NO_ROOM_SECONDS));
      c.header('connection', 'close');
      return problem(c, 503, 'unavailable', 'Too many files are being sent just now; send it again shortly.');
    }
    try {
      return (await readBody(c, files)) ?? (await next());
    } finally {
      giveBack();
    }
  };
}

/** Null when it has been read. */
async function readBody(c: Context, limits: BodyLimits): Promise<Response | null> {
  const { bytesMax, milliseconds } = limits;
  const body = await readTimely(c.req.raw, limits);
  switch (body.kind) {
    case 'too-large':
      // The rest of it stays unread, so nothing more can come over this connection.
      c.header('connection', 'close');
      return problem(
        c,
        413,
        'too-large',
        `A request body has at most ${Math.floor(bytesMax / KIBIBYTE)} KiB, and more than 64 only with files and its length announced.`,
      );
    case 'too-slow':
      c.header('connection', 'close');
      return problem(c, 408, 'too-slow', `A request body is sent within ${Math.ceil(milliseconds / SECOND)} s.`);
    case 'read':
      c.req.raw = new Request(c.req.raw, { body: body.bytes });
      return null;
    case 'none':
      return null;
    default:
      return unreachable(body);
  }
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
