/**
 * The container that HEIC and MP4 share (ISO/IEC 14496-12): boxes in boxes, each a size, four letters and its body. Read
 * within limits, changed in place: nothing ever moves, as tables hold places in the file.
 */

/** Places in the file: the body ends where the next box starts. */
export type Box = { readonly type: string; readonly start: number; readonly body: number; readonly end: number };

/** From, and up to but not with. */
export type Range = readonly [from: number, to: number];

/** What a file says that can't be read, wherever in it: caught by who cleans it. */
export class Unreadable extends Error {}

const BOXES_MAX = 10_000;
const HEAD_BYTES = 8;
const LARGE_HEAD_BYTES = 16;
const LARGE = 1;
const TO_THE_END = 0;

/** Every box between two places. `cut`: the last may say that it goes on behind the end, as where a file was cut short. */
export function boxesIn(bytes: Buffer, from: number, to: number, ending: 'whole' | 'cut' = 'whole'): readonly Box[] {
  const boxes: Box[] = [];
  for (let start = from; start < to; ) {
    if (to - start < HEAD_BYTES || boxes.length >= BOXES_MAX) throw new Unreadable();
    const said = bytes.readUInt32BE(start);
    const type = bytes.toString('latin1', start + 4, start + 8);
    const body = start + (said === LARGE ? LARGE_HEAD_BYTES : HEAD_BYTES);
    if (body > to) throw new Unreadable();
    const size = said === LARGE ? Number(bytes.readBigUInt64BE(start + HEAD_BYTES)) : said === TO_THE_END ? to - start : said;
    const end = start + size;
    if (end < body || (end > to && ending === 'whole')) throw new Unreadable();
    boxes.push({ type, start, body, end: Math.min(end, to) });
    start = end;
  }
  return boxes;
}

/** The one box of a type. */
export function onlyBox(boxes: readonly Box[], type: string): Box {
  const [found, second] = boxes.filter((it) => it.type === type);
  if (found === undefined || second !== undefined) throw new Unreadable();
  return found;
}

/** It is empty room from now on. */
export function empty(bytes: Buffer, { start, body, end }: Box): void {
  bytes.write('free', start + 4, 'latin1');
  bytes.fill(0, body, end);
}

/** Everything between two places but what is kept. */
export function blankAround(bytes: Buffer, [from, to]: Range, kept: readonly Range[]): void {
  let at = from;
  for (const [start, end] of [...kept].sort((a, b) => a[0] - b[0])) {
    if (start > at) bytes.fill(0, at, Math.min(start, to));
    at = Math.max(at, Math.min(end, to));
  }
  if (at < to) bytes.fill(0, at, to);
}

/** Does what `clean` does to a copy; null when the file can't be read. */
export function cleanCopy(bytes: Uint8Array, clean: (copy: Buffer) => void): Uint8Array | null {
  const copy = Buffer.from(bytes);
  try {
    clean(copy);
    return copy;
  } catch (error) {
    // A RangeError is a place that is not in the file.
    if (error instanceof Unreadable || error instanceof RangeError) return null;
    throw error;
  }
}
