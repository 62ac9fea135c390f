/** Chance from the system, drawn for many at once: a system call each would be most of what an identifier costs. */
import { randomFillSync } from 'node:crypto';

const DRAWN_AT_ONCE = 8_192;

const drawn = Buffer.alloc(DRAWN_AT_ONCE);
let used = DRAWN_AT_ONCE;

/** As many random bytes, at most 1,024; each is given once. */
export function drawBytes(count: number): Uint8Array {
  if (used + count > DRAWN_AT_ONCE) {
    randomFillSync(drawn);
    used = 0;
  }
  const bytes = Uint8Array.prototype.slice.call(drawn, used, used + count);
  used += count;
  return bytes;
}
