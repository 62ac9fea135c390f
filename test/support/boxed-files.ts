/** HEIC and MP4 files made box by box (ISO/IEC 14496-12): whole as a reader sees them, their picture and sound a few letters. */

export const PICTURE_BYTES = 'coded-picture-bytes';
export const SOUND_BYTES = 'coded-sound-bytes';

const text = (it: string): Buffer => Buffer.from(it, 'latin1');
const u16 = (it: number): Buffer => Buffer.from([it >> 8, it & 255]);
export const u32 = (it: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(it);
  return bytes;
};

export function box(type: string, ...body: readonly (Buffer | string)[]): Buffer {
  const bytes = Buffer.concat(body.map((it) => (typeof it === 'string' ? text(it) : it)));
  return Buffer.concat([u32(8 + bytes.length), text(type), bytes]);
}

/** A box with version and flags. */
const full = (type: string, version: number, ...body: readonly (Buffer | string)[]): Buffer =>
  box(type, Buffer.from([version, 0, 0, 0]), ...body);

export function ftyp(...brands: readonly string[]): Buffer {
  const [major = '', ...others] = brands;
  return box('ftyp', major, '\0\0\0\0', ...others);
}

export type ToldByHeic = {
  /** Of the item `Exif`, and of the XMP beside it. */
  readonly exif?: string;
  readonly xmp?: string;
  /** The names of items, a description among the properties, a box of some maker's behind everything. */
  readonly itemName?: string;
  readonly description?: string;
  readonly behind?: string;
  readonly primaryType?: string;
};

/** A picture of one coded item. */
export function aHeic({
  exif = '',
  xmp = '',
  itemName = '',
  description = '',
  behind = '',
  primaryType = 'hvc1',
}: ToldByHeic = {}): Buffer<ArrayBuffer> {
  const items: readonly (readonly [type: string, content: string, more: string])[] = [
    [primaryType, PICTURE_BYTES, ''],
    ...(exif === '' ? [] : ([['Exif', exif, '']] as const)),
    ...(xmp === '' ? [] : ([['mime', xmp, 'application/rdf+xml\0']] as const)),
  ];
  const infe = items.map(([type, , more], n) => full('infe', 2, u16(n + 1), u16(0), type, `${itemName}\0`, more));
  const head = ftyp('heic', 'mif1', 'heic');
  const meta = (from: number): Buffer => {
    let at = from;
    const places = items.map(([, content], n) => {
      const place = Buffer.concat([u16(n + 1), u16(0), u16(1), u32(at), u32(content.length)]);
      at += content.length;
      return place;
    });
    return full(
      'meta',
      0,
      full('hdlr', 0, '\0\0\0\0pict', Buffer.alloc(13)),
      full('pitm', 0, u16(1)),
      full('iinf', 0, u16(items.length), ...infe),
      full('iloc', 0, Buffer.from([0x44, 0]), u16(items.length), ...places),
      box('iprp', box('ipco', full('ispe', 0, u32(2), u32(2)), ...(description === '' ? [] : [full('udes', 0, description)]))),
    );
  };
  const from = head.length + meta(0).length + 8;
  const content = box('mdat', ...items.map(([, it]) => it));
  return Buffer.concat([head, meta(from), content, ...(behind === '' ? [] : [box('uuid', behind)])]);
}

export type ToldByFilm = {
  /** `udta` of the film, where cameras write `©xyz`. */
  readonly place?: string;
  /** A track beside picture and sound, as action cameras make. */
  readonly track?: string;
  readonly behind?: string;
  /** Seconds since 1904. */
  readonly madeAt?: number;
  readonly handlerName?: string;
  readonly pieces?: boolean;
};

/** A film of one picture and one sound. */
export function anMp4({
  place = '',
  track = '',
  behind = '',
  madeAt = 0,
  handlerName = '',
  pieces = false,
}: ToldByFilm = {}): Buffer<ArrayBuffer> {
  const tracks: readonly (readonly [handler: string, content: string])[] = [
    ['vide', PICTURE_BYTES],
    ['soun', SOUND_BYTES],
    ...(track === '' ? [] : ([['meta', track]] as const)),
  ];
  const times = Buffer.concat([u32(madeAt), u32(madeAt)]);
  const head = ftyp('isom', 'isom', 'avc1');
  const moov = (from: number): Buffer => {
    let at = from;
    const traks = tracks.map(([handler, content]) => {
      const tables = [
        full('stsd', 0, u32(1), box('avc1', Buffer.alloc(78))),
        full('stts', 0, u32(1), u32(1), u32(1)),
        full('stsc', 0, u32(1), u32(1), u32(1), u32(1)),
        full('stsz', 0, u32(0), u32(1), u32(content.length)),
        full('stco', 0, u32(1), u32(at)),
      ];
      at += content.length;
      const information = box(
        'minf',
        full('vmhd', 0, Buffer.alloc(8)),
        box('dinf', full('dref', 0, u32(1), full('url ', 0))),
        box('stbl', ...tables),
      );
      const hdlr = full('hdlr', 0, '\0\0\0\0', handler, Buffer.alloc(12), `${handlerName}\0`);
      return box(
        'trak',
        full('tkhd', 0, times, Buffer.alloc(72)),
        box('mdia', full('mdhd', 0, times, Buffer.alloc(12)), hdlr, information),
      );
    });
    const extended = pieces ? [box('mvex', full('trex', 0, Buffer.alloc(20)))] : [];
    return box(
      'moov',
      full('mvhd', 0, times, Buffer.alloc(88)),
      ...traks,
      ...extended,
      ...(place === '' ? [] : [box('udta', box('\xa9xyz', place))]),
    );
  };
  const from = head.length + moov(0).length + 8;
  const content = box('mdat', ...tracks.map(([, it]) => it));
  return Buffer.concat([head, moov(from), content, ...(behind === '' ? [] : [box('uuid', behind)])]);
}
