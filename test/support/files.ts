/** Files for tests: some that are what they say, some that only begin like it; as large as a test wants. */
import { crc32, deflateSync } from 'node:zlib';
import { aHeic, anMp4, ftyp, u32 } from './boxed-files.ts';

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

export const HEADS = {
  jpeg: ascii('\xff\xd8\xff\xe0\0\x10JFIF'),
  png: ascii('\x89PNG\r\n\x1a\n'),
  gif: ascii('GIF89a'),
  webp: ascii('RIFF\x24\0\0\0WEBPVP8 '),
  heic: ftyp('heic', 'mif1', 'heic'),
  heicOfSomeKind: ftyp('mif1', 'mif1', 'heic'),
  pdf: ascii('%PDF-1.7\n'),
  mp4: ftyp('isom', 'isom', 'avc1'),
  amr: ascii('#!AMR\n\x3c'),
  avif: ftyp('avif', 'mif1', 'avif'),
  quickTime: ftyp('qt  ', 'qt  '),
  exe: ascii('MZ\x90\0'),
  html: ascii('<!doctype html><script>alert(1)</script>'),
  svg: ascii('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  zip: ascii('PK\x03\x04'),
} as const;

/**
 * A file of the kind, and a real one where we look inside. PNG, JPEG and what we don't look into are `size` bytes long, if
 * that is enough for one; PNG and the latter are full of `filling`, readable in the file. Kept byte for byte.
 */
export function aFile(kind: keyof typeof HEADS, size = 64, filling = 'x'): Buffer<ArrayBuffer> {
  switch (kind) {
    case 'png':
      return aPng(size, filling);
    case 'jpeg':
      return aJpeg(size);
    case 'gif':
      return Buffer.from('R0lGODlhAgACAIAAAExpccwzMyH5BAUAAAAALAAAAAACAAIAAAICjFMAOw==', 'base64');
    case 'webp':
      return Buffer.from('UklGRjQAAABXRUJQVlA4ICgAAACQAQCdASoCAAIAAsBMJaACdLoAA5gA/ujXHrz1McX/5mj9JvpN3MAA', 'base64');
    case 'heic':
      return aHeic();
    case 'mp4':
      return anMp4();
    default:
      return aHead(kind, size, filling);
  }
}

const JPEG = Buffer.from(
  '/9j/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAACAAIDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCeAGpH/9k=',
  'base64',
);

/** Any marker may have 0xff before it, as many as one likes. */
function aJpeg(size: number): Buffer<ArrayBuffer> {
  return Buffer.concat([JPEG.subarray(0, -2), Buffer.alloc(Math.max(0, size - JPEG.length), 0xff), JPEG.subarray(-2)]);
}

const PNG_FRAME_BYTES = 8 + 25 + 12;
const CHUNK_BYTES = 12;
const STORED_BYTES = 65_535;
const STORED_HEAD_BYTES = 5;
const WIDTH_MAX = 50_000;

/** Grey, a byte a pixel, stored and not compressed; what is left to the size are empty `IDAT` chunks. */
function aPng(size: number, filling: string): Buffer<ArrayBuffer> {
  const height = Math.max(1, Math.ceil(size / WIDTH_MAX));
  let width = Math.max(1, Math.floor((size - PNG_FRAME_BYTES) / height) - 1);
  const left = () => size - PNG_FRAME_BYTES - CHUNK_BYTES - storedBytes((width + 1) * height);
  while (width > 1 && (left() < 0 || left() % CHUNK_BYTES !== 0)) width -= 1;
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width, filling)]);
  const pixels = Buffer.concat(Array.from({ length: height }, () => row));
  const head = Buffer.concat([u32(width), u32(height), Buffer.from([8, 0, 0, 0, 0])]);
  const none = Buffer.alloc(0);
  const room = Array.from({ length: Math.max(0, Math.floor(left() / CHUNK_BYTES)) }, () => chunk('IDAT', none));
  const parts = [chunk('IHDR', head), chunk('IDAT', stored(pixels)), ...room, chunk('IEND', none)];
  return Buffer.concat([ascii('\x89PNG\r\n\x1a\n'), ...parts]);
}

/** A zlib stream (RFC 1950) of stored blocks, whose length can be told beforehand. */
function stored(content: Buffer): Buffer {
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length; at += STORED_BYTES) {
    const part = content.subarray(at, at + STORED_BYTES);
    const head = Buffer.from([at + STORED_BYTES >= content.length ? 1 : 0, 0, 0, 0, 0]);
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(part.length ^ 0xffff, 3);
    blocks.push(head, part);
  }
  return Buffer.concat([Buffer.from([0x78, 0x01]), ...blocks, deflateSync(content).subarray(-4)]);
}

function storedBytes(length: number): number {
  return 2 + STORED_HEAD_BYTES * Math.ceil(length / STORED_BYTES) + length + 4;
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([ascii(type), content]);
  return Buffer.concat([u32(content.length), named, u32(crc32(named))]);
}

/** A file that begins like one of the kind, `size` bytes long, the rest of it `filling`. */
export function aHead(kind: keyof typeof HEADS, size = 64, filling = 'x'): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(Math.max(size, HEADS[kind].length), filling);
  HEADS[kind].copy(file);
  return file;
}

/** One pixel, which browsers do show. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
