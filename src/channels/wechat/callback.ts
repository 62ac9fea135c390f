/**
 * The platform's callback: who speaks is proved before a byte of the body is read, and a message is kept under its own
 * key before `success` is said. What happens because of it happens afterwards.
 */
import { Hono, type HonoRequest } from 'hono';
import type { Instant } from '../../domain/instant.ts';
import { type CallbackFields, readCallbackXml } from './callback-xml.ts';
import type { Cipher } from './cipher.ts';
import { type Received, readReceived } from './received.ts';
import { isSigned } from './signature.ts';

export type CallbackNeeds = {
  readonly token: string;
  /** Set: nothing but encrypted callbacks is taken. */
  readonly cipher: Cipher | null;
  /** Keeps it durably, once by its key; throws when it could not: then the platform is not told `success` and comes again. */
  readonly receive: (received: Received) => Promise<void>;
  readonly now: () => Instant;
  readonly failed: (event: string, error: unknown) => void;
};

const BODY_BYTES_MAX = 65_536;
/** Callbacks signed longer ago, or that much ahead, are somebody's recording. */
const REPLAY_MILLISECONDS = 5 * 60_000;
const SUCCESS = 'success';

type Signed = { readonly signature: string; readonly timestamp: string; readonly nonce: string };

export function wechatCallback(needs: CallbackNeeds): Hono {
  const app = new Hono();

  app.get('/wechat/webhook', (c) => {
    const signed = signedOf((name) => c.req.query(name), 'signature');
    const echo = c.req.query('echostr') ?? '';
    return signed !== null && isSigned(signed.signature, needs.token, signed.timestamp, signed.nonce)
      ? c.text(echo)
      : c.text('forbidden', 403);
  });

  app.post('/wechat/webhook', async (c) => {
    const query = (name: string) => c.req.query(name);
    const isEncrypted = query('encrypt_type') === 'aes';
    if (needs.cipher !== null && !isEncrypted) return c.text('forbidden', 403);
    const signed = signedOf(query, 'signature');
    if (signed === null || !isSigned(signed.signature, needs.token, signed.timestamp, signed.nonce)) return c.text('forbidden', 403);
    if (Math.abs(needs.now() - Number(signed.timestamp) * 1_000) > REPLAY_MILLISECONDS) return c.text('forbidden', 403);
    const body = await bodyOf(c.req);
    if (body === null) return c.text('too large', 413);
    const outer = readCallbackXml(body);
    if (outer === null) return c.text('bad request', 400);
    const fields = isEncrypted ? opened(outer, needs, query('msg_signature') ?? '', signed) : outer;
    if (fields === null) return c.text('forbidden', 403);
    const received = readReceived(fields);
    if (received === null) return c.text('bad request', 400);
    try {
      await needs.receive(received);
    } catch (error) {
      needs.failed('wechat.not-kept', error);
      return c.text('try again', 503);
    }
    return c.text(SUCCESS);
  });

  return app;
}

function signedOf(query: (name: string) => string | undefined, name: string): Signed | null {
  const [signature, timestamp, nonce] = [query(name), query('timestamp'), query('nonce')];
  return signature && timestamp && nonce && /^\d{1,12}$/.test(timestamp) ? { signature, timestamp, nonce } : null;
}

/** Null when the body is larger than any callback; the rest of it is not read. The server holds a sender to the length it named. */
async function bodyOf(request: HonoRequest): Promise<string | null> {
  const length = request.header('content-length');
  if (length !== undefined) return Number(length) > BODY_BYTES_MAX ? null : request.text();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.raw.body ?? []) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The fields inside; null when they are not for us, or somebody changed them. */
function opened({ Encrypt: encrypted = '' }: CallbackFields, needs: CallbackNeeds, given: string, signed: Signed): CallbackFields | null {
  if (needs.cipher === null || !isSigned(given, needs.token, signed.timestamp, signed.nonce, encrypted)) return null;
  const text = needs.cipher.decrypt(encrypted);
  return text === null ? null : readCallbackXml(text);
}
