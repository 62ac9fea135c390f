/**
 * An upload as the protocol has it: a form with files and perhaps an activity, or one file that is the whole body. What
 * is in it is judged elsewhere.
 */
import { unreachable } from '../../domain/unreachable.ts';
import { type BodyLimits, readTimely } from '../../traffic/timely-body.ts';
import type { SentFile } from '../../turn/sent-files.ts';
import { FAULTS, type Fault } from './fault.ts';

/** `activity` is a message without words when the upload has none. */
export type ReadUpload =
  | { readonly kind: 'read'; readonly activity: unknown; readonly files: readonly SentFile[] }
  | { readonly kind: 'refused'; readonly fault: Fault };

const ACTIVITY = 'activity';
const NO_WORDS = { type: 'message' };

/** Reads the body of a request nobody has read from yet. */
export async function readUpload(request: Request, limits: BodyLimits & { readonly filesMax: number }): Promise<ReadUpload> {
  const body = await readTimely(request, limits);
  switch (body.kind) {
    case 'too-large':
      return refused(FAULTS.tooLarge);
    case 'too-slow':
      return refused(FAULTS.tooSlow);
    case 'none':
      return refused(FAULTS.badUpload);
    case 'read': {
      const type = request.headers.get('content-type') ?? '';
      if (/^multipart\/form-data\b/i.test(type)) return readForm(new Response(body.bytes, { headers: { 'content-type': type } }), limits);
      const name = nameIn(request.headers.get('content-disposition') ?? '');
      return { kind: 'read', activity: NO_WORDS, files: [{ name, bytes: new Uint8Array(body.bytes) }] };
    }
    default:
      return unreachable(body);
  }
}

async function readForm(form: Response, { filesMax }: { readonly filesMax: number }): Promise<ReadUpload> {
  const parts = await form.formData().catch(() => null);
  if (parts === null) return refused(FAULTS.badUpload);
  let activity: unknown = NO_WORDS;
  const files: File[] = [];
  for (const [name, part] of parts) {
    if (name !== ACTIVITY) {
      if (typeof part !== 'string') files.push(part);
      continue;
    }
    const text = typeof part === 'string' ? part : await part.text();
    try {
      activity = JSON.parse(text);
    } catch {
      return refused(FAULTS.badJson);
    }
  }
  if (files.length > filesMax) return refused(FAULTS.tooManyFiles);
  const read = await Promise.all(files.map(async (it) => ({ name: it.name, bytes: new Uint8Array(await it.arrayBuffer()) })));
  return { kind: 'read', activity, files: read };
}

/** A header's characters are bytes: what was sent as UTF-8 arrives as Latin-1. */
function nameIn(disposition: string): string {
  const name = /\bfilename="([^"]*)"/i.exec(disposition)?.[1] ?? '';
  return Buffer.from(name, 'latin1').toString('utf8');
}

function refused(fault: Fault): ReadUpload {
  return { kind: 'refused', fault };
}
