/**
 * A request's body, read within a size and a time or not at all. Whoever drips bytes holds a request no longer than
 * that, whether the length was announced or not.
 */
export type TimelyBody =
  | { readonly kind: 'read'; readonly bytes: ArrayBuffer }
  | { readonly kind: 'none' }
  | { readonly kind: 'too-large' }
  /** Not there in time, or the other side went away. */
  | { readonly kind: 'too-slow' };

export type BodyLimits = { readonly bytesMax: number; readonly milliseconds: number };

/** Reads the body of a request nobody has read from yet. */
export async function readTimely(request: Request, { bytesMax, milliseconds }: BodyLimits): Promise<TimelyBody> {
  const length = announcedLength(request.headers);
  if (length !== null && length > bytesMax) return { kind: 'too-large' };
  if (length === null && request.body === null) return { kind: 'none' };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<TimelyBody>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'too-slow' }), milliseconds);
  });
  // The server holds a sender to the length it announced, so only an open end has to be counted.
  const reading: Promise<TimelyBody> =
    length === null ? readCounted(request, bytesMax) : request.arrayBuffer().then((bytes) => ({ kind: 'read', bytes }));
  try {
    return await Promise.race([reading.catch((): TimelyBody => ({ kind: 'too-slow' })), late]);
  } finally {
    clearTimeout(timer);
  }
}

function announcedLength(headers: Headers): number | null {
  const text = headers.get('content-length');
  return text === null || headers.has('transfer-encoding') ? null : Number(text);
}

async function readCounted({ body }: Request, bytesMax: number): Promise<TimelyBody> {
  if (body === null) return { kind: 'none' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > bytesMax) return { kind: 'too-large' };
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return { kind: 'read', bytes: bytes.buffer };
}
