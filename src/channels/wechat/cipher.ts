/**
 * The platform's encrypted mode: AES-256-CBC under the `EncodingAESKey`, around 16 random bytes, the length of the text,
 * the text and the app's id. Padded to 32 bytes as in PKCS#7; the first 16 bytes of the key are the initial vector.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type Cipher = {
  readonly encrypt: (text: string) => string;
  /** Null for whatever was not made for this app with this key. */
  readonly decrypt: (encrypted: string) => string | null;
};

const BLOCK_BYTES = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;
const ALGORITHM = 'aes-256-cbc';

/** `encodingAesKey`: the 43 characters of the platform's console. */
export function createCipher(appId: string, encodingAesKey: string): Cipher {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const vector = key.subarray(0, 16);
  return {
    encrypt: (text) => {
      const body = Buffer.from(text);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(body.length);
      const plain = padded(Buffer.concat([randomBytes(RANDOM_BYTES), length, body, Buffer.from(appId)]));
      const cipher = createCipheriv(ALGORITHM, key, vector).setAutoPadding(false);
      return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
    },
    decrypt: (encrypted) => {
      const plain = decrypted(Buffer.from(encrypted, 'base64'), key, vector);
      if (plain === null || plain.length < RANDOM_BYTES + LENGTH_BYTES) return null;
      const length = plain.readUInt32BE(RANDOM_BYTES);
      const body = plain.subarray(RANDOM_BYTES + LENGTH_BYTES);
      return length <= body.length && body.subarray(length).toString() === appId ? body.subarray(0, length).toString() : null;
    },
  };
}

function decrypted(bytes: Buffer, key: Buffer, vector: Buffer): Buffer | null {
  if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0) return null;
  const decipher = createDecipheriv(ALGORITHM, key, vector).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = plain.at(-1) ?? 0;
  return padding >= 1 && padding <= BLOCK_BYTES ? plain.subarray(0, plain.length - padding) : null;
}

function padded(plain: Buffer): Buffer {
  const padding = BLOCK_BYTES - (plain.length % BLOCK_BYTES);
  return Buffer.concat([plain, Buffer.alloc(padding, padding)]);
}
