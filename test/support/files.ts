/** Files by their first bytes, as large as a test wants; no viewer would open most of them. */
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const box = (...brands: readonly string[]): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + 4 * (brands.length + 1));
  const [major = '', ...others] = brands;
  return Buffer.concat([size, ascii(`ftyp${major}\0\0\0\0${others.join('')}`)]);
};

export const HEADS = {
  jpeg: ascii('\xff\xd8\xff\xe0\0\x10JFIF'),
  png: ascii('\x89PNG\r\n\x1a\n'),
  gif: ascii('GIF89a'),
  webp: ascii('RIFF\x24\0\0\0WEBPVP8 '),
  heic: box('heic', 'mif1', 'heic'),
  heicOfSomeKind: box('mif1', 'mif1', 'heic'),
  pdf: ascii('%PDF-1.7\n'),
  mp4: box('isom', 'isom', 'avc1'),
  amr: ascii('#!AMR\n\x3c'),
  avif: box('avif', 'mif1', 'avif'),
  quickTime: box('qt  ', 'qt  '),
  exe: ascii('MZ\x90\0'),
  html: ascii('<!doctype html><script>alert(1)</script>'),
  svg: ascii('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  zip: ascii('PK\x03\x04'),
} as const;

/** A file that begins like one of the kind, `size` bytes long, the rest of it `filling`. */
export function aFile(kind: keyof typeof HEADS, size = 64, filling = 'x'): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(Math.max(size, HEADS[kind].length), filling);
  HEADS[kind].copy(file);
  return file;
}

/** One pixel, which browsers do show. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
