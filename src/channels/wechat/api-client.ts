/**
 * Calls of the platform's API. Every answer is sorted into what can be done about it; the access token is taken from
 * whoever keeps it and replaced once when the platform says that it is no longer good.
 */
import { z } from 'zod';

export type ApiResult<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  /** Not now: the platform is busy, did not answer, or answered nonsense. */
  | { readonly kind: 'again'; readonly code: number | null }
  /** The customer has not spoken for too long (45015), we have said too much (45047), or they follow us no more (43004): only they can open it again. */
  | { readonly kind: 'window-shut'; readonly code: number }
  /** Nobody here may call: wrong or frozen secret, no right to it, or our address is not on the account's list (40164). */
  | { readonly kind: 'locked-out'; readonly code: number }
  | { readonly kind: 'refused'; readonly code: number };

export type Tokens = {
  /** A token to use; `stale` is one the platform has just refused. */
  readonly token: (stale: string | null) => Promise<ApiResult<string>>;
};

export type ApiClient = {
  readonly post: (path: string, body: unknown) => Promise<ApiResult<Readonly<Record<string, unknown>>>>;
  /** A picture or file for a message; the id the platform keeps it under for three days. */
  readonly upload: (media: Upload) => Promise<ApiResult<string>>;
  /** What a customer sent; at most `bytesMax` bytes, more is refused. */
  readonly download: (mediaId: string, bytesMax: number) => Promise<ApiResult<Uint8Array>>;
};

export type Upload = {
  readonly type: 'image';
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

/** Long: what the platform does after we have given up is done, and said a second time. */
const TIMEOUT_MILLISECONDS = 8_000;
/** Short: nobody is sent anything by it, and there is another way. */
const UPLOAD_MILLISECONDS = 5_000;
const STALE_TOKEN: ReadonlySet<number> = new Set([40001, 40014, 42001]);
const WINDOW_SHUT: ReadonlySet<number> = new Set([43004, 45015, 45047, 48002]);
const LOCKED_OUT: ReadonlySet<number> = new Set([40013, 40125, 40164, 40243, 41004, 48001, 50002, 61024]);
const BUSY: ReadonlySet<number> = new Set([-1, 45009, 45011]);
const ANSWER = z.looseObject({ errcode: z.number().int().default(0) });
const MEDIA_ANSWER = ANSWER.extend({ video_url: z.url({ protocol: /^https?$/ }).optional() });
const UPLOADED = z.looseObject({ media_id: z.string().min(1) });

/** `base` without a slash at the end. `timeoutMilliseconds` is for tests. */
export function createApiClient(base: string, tokens: Tokens, timeoutMilliseconds = TIMEOUT_MILLISECONDS): ApiClient {
  /** Once more with a fresh token when the first is refused for its age. */
  async function withToken<Value>(call: (token: string) => Promise<ApiResult<Value>>): Promise<ApiResult<Value>> {
    const first = await tokens.token(null);
    if (first.kind !== 'done') return first;
    const result = await call(first.value);
    if (result.kind !== 'refused' || !STALE_TOKEN.has(result.code)) return result;
    const fresh = await tokens.token(first.value);
    return fresh.kind === 'done' ? call(fresh.value) : fresh;
  }

  const url = (path: string, token: string) => `${base}${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;

  return {
    post: (path, body) =>
      withToken((token) =>
        asked(url(path, token), { method: 'POST', headers: JSON_HEADERS, body: JSON.stringify(body) }, timeoutMilliseconds),
      ),
    upload: (media) =>
      withToken(async (token) => {
        const form = new FormData();
        form.append('media', new Blob([Buffer.from(media.bytes)], { type: media.contentType }), media.name);
        const result = await asked(
          url(`/cgi-bin/media/upload?type=${media.type}`, token),
          { method: 'POST', body: form },
          Math.min(UPLOAD_MILLISECONDS, timeoutMilliseconds),
        );
        if (result.kind !== 'done') return result;
        const uploaded = UPLOADED.safeParse(result.value);
        return uploaded.success ? { kind: 'done', value: uploaded.data.media_id } : { kind: 'again', code: null };
      }),
    download: (mediaId, bytesMax) =>
      withToken((token) =>
        downloaded(url(`/cgi-bin/media/get?media_id=${encodeURIComponent(mediaId)}`, token), bytesMax, timeoutMilliseconds),
      ),
  };
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };

/** One call; never throws. */
export async function asked(
  url: string,
  request: RequestInit,
  timeoutMilliseconds: number,
): Promise<ApiResult<Readonly<Record<string, unknown>>>> {
  try {
    const response = await fetch(url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(timeoutMilliseconds) });
    const answer = ANSWER.safeParse(await response.json());
    return response.ok && answer.success ? sorted(answer.data.errcode, answer.data) : { kind: 'again', code: null };
  } catch {
    return { kind: 'again', code: null };
  }
}

/** A fault comes as JSON where a file was asked for, and so does the address a film lies at: no token goes there. */
async function downloaded(url: string, bytesMax: number, timeoutMilliseconds: number, isFilm = false): Promise<ApiResult<Uint8Array>> {
  try {
    const response = await fetch(url, { redirect: isFilm ? 'follow' : 'manual', signal: AbortSignal.timeout(timeoutMilliseconds) });
    if (!response.ok) return { kind: 'again', code: null };
    if (!isFilm && /json|text\/plain/.test(response.headers.get('content-type') ?? '')) {
      const answer = MEDIA_ANSWER.safeParse(await response.json());
      if (!answer.success) return { kind: 'again', code: null };
      if (answer.data.video_url !== undefined) return await downloaded(answer.data.video_url, bytesMax, timeoutMilliseconds, true);
      const result = sorted(answer.data.errcode, null);
      return result.kind === 'done' ? { kind: 'again', code: null } : result;
    }
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > bytesMax) return { kind: 'refused', code: 413 };
      chunks.push(chunk);
    }
    return { kind: 'done', value: Buffer.concat(chunks) };
  } catch {
    return { kind: 'again', code: null };
  }
}

function sorted<Value>(code: number, value: Value): ApiResult<Value> {
  if (code === 0) return { kind: 'done', value };
  if (BUSY.has(code)) return { kind: 'again', code };
  if (WINDOW_SHUT.has(code)) return { kind: 'window-shut', code };
  if (LOCKED_OUT.has(code)) return { kind: 'locked-out', code };
  return { kind: 'refused', code };
}
