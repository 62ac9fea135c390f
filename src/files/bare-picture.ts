/**
 * Whether a picture file holds its picture and nothing else: every part of it is one of those a decoder needs, up to the
 * last byte. A part that is not known here is taken for something that tells of a person.
 */

/** Kinds that decoders here draw. */
export type DrawnType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp';

export function isBare(type: DrawnType, bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return READERS[type](buffer);
  } catch (error) {
    // It ends in the middle of a part.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether a WebP says that it lost nothing of its picture. */
export function isLossless(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, LOSSLESS_SAID_WITHIN)).includes('VP8L');
}

const LOSSLESS_SAID_WITHIN = 64;

const READERS: Readonly<Record<DrawnType, (bytes: Buffer) => boolean>> = {
  'image/jpeg': isBareJpeg,
  'image/png': isBarePng,
  'image/webp': isBareWebp,
  'image/gif': isBareGif,
};

// ---- JPEG (ITU-T T.81 annex B) ------------------------------------------------------------------------------------

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const JFIF = 0xe0;
const ADOBE = 0xee;
/** Without the thumbnail that may follow. */
const JFIF_BYTES = 16;
/** Frames, tables and the restart interval; 0xc8 is reserved. */
const JPEG_PARTS = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd]);

function isBareJpeg(bytes: Buffer): boolean {
  let at = 2;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) return false;
    while (bytes.readUInt8(at + 1) === 0xff) at += 1;
    const marker = bytes.readUInt8(at + 1);
    at += 2;
    if (marker === END_OF_IMAGE) return at === bytes.length;
    const size = bytes.readUInt16BE(at);
    if (size < 2) return false;
    const isKnown =
      JPEG_PARTS.has(marker) ||
      marker === START_OF_SCAN ||
      (marker === JFIF && size === JFIF_BYTES && says(bytes, at + 2, 'JFIF\0')) ||
      (marker === ADOBE && size === 14 && says(bytes, at + 2, 'Adobe'));
    if (!isKnown) return false;
    at += size;
    if (marker === START_OF_SCAN) at = endOfScan(bytes, at);
  }
}

/** Where the next marker stands: in a scan 0xff is followed by 0, or is a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

// ---- PNG (ISO/IEC 15948) ------------------------------------------------------------------------------------------

const PNG_CHUNKS = new Set([
  ...['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'sBIT', 'bKGD', 'pHYs', 'acTL', 'fcTL', 'fdAT'],
]);

function isBarePng(bytes: Buffer): boolean {
  for (let at = 8; ; ) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (!PNG_CHUNKS.has(type)) return false;
    at += 12 + size;
    if (type === 'IEND') return at === bytes.length && size === 0;
  }
}

// ---- WebP (RFC 9649) ----------------------------------------------------------------------------------------------

const WEBP_CHUNKS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF']);
/** A frame's place and time, before its own chunks. */
const FRAME_HEAD_BYTES = 16;

function isBareWebp(bytes: Buffer): boolean {
  return bytes.readUInt32LE(4) + 8 === bytes.length && areBareChunks(bytes, 12, bytes.length);
}

function areBareChunks(bytes: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const type = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    if (!WEBP_CHUNKS.has(type) || end > to) return false;
    if (type === 'ANMF' && !areBareChunks(bytes, at + 8 + FRAME_HEAD_BYTES, at + 8 + size)) return false;
    at = end;
  }
  return at === to;
}

// ---- GIF89a -------------------------------------------------------------------------------------------------------

const TRAILER = 0x3b;
const IMAGE = 0x2c;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;

function isBareGif(bytes: Buffer): boolean {
  let at = 13 + coloursIn(bytes.readUInt8(10));
  for (;;) {
    const block = bytes.readUInt8(at);
    if (block === TRAILER) return at + 1 === bytes.length;
    if (block === IMAGE) at = endOfSubBlocks(bytes, at + 11 + coloursIn(bytes.readUInt8(at + 9)));
    else if (block === EXTENSION && isBareExtension(bytes, at + 1)) at = endOfSubBlocks(bytes, at + 2);
    else return false;
  }
}

/** How a frame is shown, and how often all are: `NETSCAPE2.0`, five bytes in all. */
function isBareExtension(bytes: Buffer, at: number): boolean {
  const label = bytes.readUInt8(at);
  if (label === GRAPHIC_CONTROL) return bytes.readUInt8(at + 1) === 4 && bytes.readUInt8(at + 6) === 0;
  return label === APPLICATION && says(bytes, at + 1, '\x0bNETSCAPE2.0\x03') && bytes.readUInt8(at + 17) === 0;
}

/** Bytes of a table of colours. */
function coloursIn(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function endOfSubBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let size = bytes.readUInt8(at); size > 0; size = bytes.readUInt8(at)) at += 1 + size;
  return at + 1;
}

function says(bytes: Buffer, at: number, text: string): boolean {
  return bytes.toString('latin1', at, at + text.length) === text;
}
