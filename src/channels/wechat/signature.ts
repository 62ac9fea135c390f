/** Signatures of the platform's callbacks: SHA-1 over the parts in order of their code points, in hex. */
import { createHash, timingSafeEqual } from 'node:crypto';

export function signatureOf(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort(byCodePoint).join(''))
    .digest('hex');
}

/** Whether `given` is the signature of the parts, without telling by its time how much of it is right. */
export function isSigned(given: string, ...parts: readonly string[]): boolean {
  const [wanted, told] = [Buffer.from(signatureOf(...parts)), Buffer.from(given.toLowerCase())];
  return wanted.length === told.length && timingSafeEqual(wanted, told);
}

function byCodePoint(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
