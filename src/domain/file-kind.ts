/**
 * What a file is by its first bytes, whatever its name and its sender say. Pictures, PDF and short videos may be uploaded,
 * voice messages come from platforms that have them; everything else is no kind of ours.
 */
export type FileKind = {
  readonly contentType:
    | 'image/jpeg'
    | 'image/png'
    | 'image/gif'
    | 'image/webp'
    | 'image/heic'
    | 'application/pdf'
    | 'video/mp4'
    | 'audio/amr';
  /** Endings of such a file's name, the usual one first. */
  readonly endings: readonly [string, ...string[]];
};

const JPEG: FileKind = { contentType: 'image/jpeg', endings: ['jpg', 'jpeg'] };
const PNG: FileKind = { contentType: 'image/png', endings: ['png'] };
const GIF: FileKind = { contentType: 'image/gif', endings: ['gif'] };
const WEBP: FileKind = { contentType: 'image/webp', endings: ['webp'] };
const HEIC: FileKind = { contentType: 'image/heic', endings: ['heic', 'heif'] };
const PDF: FileKind = { contentType: 'application/pdf', endings: ['pdf'] };
const MP4: FileKind = { contentType: 'video/mp4', endings: ['mp4', 'm4v'] };
/** RFC 4867, one channel: what phones record voice messages in. */
const AMR: FileKind = { contentType: 'audio/amr', endings: ['amr'] };

/** Every kind that may be uploaded. */
export const FILE_KINDS: readonly FileKind[] = [JPEG, PNG, GIF, WEBP, HEIC, PDF, MP4];

/** Every kind an attachment may be. */
export const ATTACHMENT_KINDS: readonly FileKind[] = [...FILE_KINDS, AMR];

/** The ending under which a file of this type is saved, without the dot. */
export function endingOf(contentType: string): string {
  return ATTACHMENT_KINDS.find((it) => it.contentType === contentType)?.endings[0] ?? 'bin';
}

const AMR_MARK = '#!AMR\n';

/** Marks at the very start; `.` is any byte. */
const MARKS: readonly (readonly [mark: string, kind: FileKind])[] = [
  ['\xff\xd8\xff', JPEG],
  ['\x89PNG\r\n\x1a\n', PNG],
  ['GIF87a', GIF],
  ['GIF89a', GIF],
  ['RIFF....WEBP', WEBP],
  ['%PDF-', PDF],
];

/** Brands of the container that HEIC and MP4 share (ISO 14496-12). `mif1` and `msf1` say only that it holds pictures. */
const PICTURES = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx'];
const PICTURES_OF_SOME_KIND = ['mif1', 'msf1'];
const VIDEOS = ['isom', 'iso2', 'iso3', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'MSNV', 'M4V ', 'M4VH', 'dash'];
const BRANDS_MAX = 16;

/** The kind of a file with these bytes, or null when it is none we take. */
export function fileKindOf(bytes: Uint8Array): FileKind | null {
  const marked = MARKS.find(([mark]) => beginsWith(bytes, mark));
  return marked === undefined ? kindByBrand(bytes) : marked[1];
}

/** The same of what comes from a platform, voice messages too. */
export function mediaKindOf(bytes: Uint8Array): FileKind | null {
  return beginsWith(bytes, AMR_MARK) ? AMR : fileKindOf(bytes);
}

function beginsWith(bytes: Uint8Array, mark: string): boolean {
  return bytes.length >= mark.length && [...mark].every((it, index) => it === '.' || it.charCodeAt(0) === bytes[index]);
}

/** `size ftyp brand version brand brand …`, four bytes each. */
function kindByBrand(bytes: Uint8Array): FileKind | null {
  if (!beginsWith(bytes, '....ftyp....')) return null;
  const [brand = '', ...others] = brandsOf(bytes);
  if (VIDEOS.includes(brand)) return MP4;
  const holdsPictures = PICTURES.includes(brand) || (PICTURES_OF_SOME_KIND.includes(brand) && others.some((it) => PICTURES.includes(it)));
  return holdsPictures ? HEIC : null;
}

function brandsOf(bytes: Uint8Array): readonly string[] {
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const end = Math.min(bytes.length, size, 8 + 4 * BRANDS_MAX);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) brands.push(String.fromCharCode(...bytes.subarray(at, at + 4)));
  return brands;
}
