/**
 * Seals what identifies a customer, text or file (AES-256-GCM), and makes keyed blind indexes, so that a phone number or
 * a serial can be looked up without being readable. Sealed bytes: key id (4) ‖ iv (12) ‖ tag (16) ‖ ciphertext.
 *
 * The *purpose* (such as `message.body`) is authenticated with the content: bytes moved to another column don't open.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { drawBytes } from '../drawn-bytes.ts';

export type Seal = {
  readonly seal: (purpose: string, content: string | Uint8Array) => Buffer;
  /** Throws `invariant: …` when the key is unknown or the bytes are not what was sealed for this purpose. */
  readonly open: (purpose: string, sealed: Uint8Array) => string;
  /** The same of what was not text. */
  readonly openBytes: (purpose: string, sealed: Uint8Array) => Buffer;
  /** The same for the same text and purpose, 32 bytes; nothing can be read from it without the key. */
  readonly blindIndex: (purpose: string, text: string) => Buffer;
};

const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = KEY_ID_BYTES + IV_BYTES + TAG_BYTES;

/**
 * The first key seals, every key opens. Blind indexes come from the last one, the oldest: they are compared, not opened,
 * and must survive a rotation.
 */
export function sealWith(keys: readonly Buffer[]): Seal {
  const ring = keys.map(openKey);
  const [first] = ring;
  const oldest = keys.at(-1);
  if (!first || !oldest) throw new Error('invariant: sealing needs a key');
  const indexKeys = new Map<string, Buffer>();
  const indexKey = (purpose: string) =>
    remember(indexKeys, purpose, () => Buffer.from(hkdfSync('sha256', oldest, '', `baoxiu blind index ${purpose}`, KEY_BYTES)));
  const openBytes = (purpose: string, sealed: Uint8Array): Buffer => {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes.length < HEAD_BYTES) throw new Error(`invariant: sealed ${purpose} is too short`);
    const key = ring.find((it) => it.id.equals(bytes.subarray(0, KEY_ID_BYTES)))?.key;
    if (!key) throw new Error(`invariant: ${purpose} was sealed with a key that is not open here`);
    return decipher(key, purpose, bytes);
  };
  return {
    seal: (purpose, content) => {
      const iv = drawBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first.key, iv);
      cipher.setAAD(Buffer.from(purpose));
      const body = typeof content === 'string' ? cipher.update(content, 'utf8') : cipher.update(content);
      const rest = cipher.final();
      return Buffer.concat([first.id, iv, cipher.getAuthTag(), body, rest]);
    },
    open: (purpose, sealed) => openBytes(purpose, sealed).toString('utf8'),
    openBytes,
    blindIndex: (purpose, text) => createHmac('sha256', indexKey(purpose)).update(text).digest(),
  };
}

/** `text` without NUL, which PostgreSQL's text can't hold. */
export function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

function openKey(bytes: Buffer): { readonly id: Buffer; readonly key: KeyObject } {
  if (bytes.length !== KEY_BYTES) throw new Error(`invariant: a sealing key has ${KEY_BYTES} bytes`);
  return { id: createHash('sha256').update(bytes).digest().subarray(0, KEY_ID_BYTES), key: createSecretKey(bytes) };
}

function decipher(key: KeyObject, purpose: string, bytes: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(bytes.subarray(KEY_ID_BYTES + IV_BYTES, HEAD_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]);
  } catch {
    throw new Error(`invariant: sealed ${purpose} was changed, or sealed for another purpose`);
  }
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
