import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFilm } from '../../src/files/film.ts';
import { cleanHeic } from '../../src/files/heic.ts';
import { aHeic, anMp4, box, PICTURE_BYTES, SOUND_BYTES, u32 } from '../support/boxed-files.ts';

const SECRETS = [
  'Exif-GPS-39.9',
  'creator-WANGFANG',
  'named-WANGFANG',
  'described-WANGFANG',
  'behind-WANGFANG',
  '+39.9+116.4/',
  'gpmd-39.9',
];
const toldBy = (bytes: Uint8Array | null) => SECRETS.filter((it) => Buffer.from(bytes ?? []).includes(it));
const holds = (bytes: Uint8Array | null, text: string) => Buffer.from(bytes ?? []).includes(text);

const TELLING_HEIC = aHeic({
  exif: 'Exif-GPS-39.9',
  xmp: 'creator-WANGFANG',
  itemName: 'named-WANGFANG',
  description: 'described-WANGFANG',
  behind: 'behind-WANGFANG',
});
const TELLING_FILM = anMp4({
  place: '+39.9+116.4/',
  track: 'gpmd-39.9',
  behind: 'behind-WANGFANG',
  handlerName: 'named-WANGFANG',
  madeAt: 0xe0e0e0e0,
});

describe('a HEIC', () => {
  it('without anything beside its picture is kept byte for byte', () => {
    const plain = aHeic();
    expect(Buffer.compare(cleanHeic(plain) ?? Buffer.of(), plain)).toBe(0);
  });

  it('keeps its picture, its length and every place in it, and loses what it tells', () => {
    expect(toldBy(TELLING_HEIC)).toHaveLength(5);
    const clean = cleanHeic(TELLING_HEIC);
    expect(toldBy(clean)).toEqual([]);
    expect(clean?.length).toBe(TELLING_HEIC.length);
    expect(Buffer.from(clean ?? []).indexOf(PICTURE_BYTES)).toBe(TELLING_HEIC.indexOf(PICTURE_BYTES));
  });

  it('that was cut short keeps what is there; one whose items can not be told is refused', () => {
    const cut = TELLING_HEIC.subarray(0, TELLING_HEIC.indexOf(PICTURE_BYTES) + 5);
    expect(cleanHeic(cut)?.length).toBe(cut.length);
    expect(cleanHeic(TELLING_HEIC.subarray(0, 100))).toBeNull();
    expect(cleanHeic(aHeic({ primaryType: 'Exif' }))).toBeNull();
    const elsewhere = Buffer.from(TELLING_HEIC);
    elsewhere.write('meto', elsewhere.indexOf('meta'), 'latin1');
    expect(cleanHeic(elsewhere)).toBeNull();
  });
});

describe('a film', () => {
  it('without anything beside picture and sound is kept byte for byte', () => {
    const plain = anMp4();
    expect(Buffer.compare(cleanFilm(plain) ?? Buffer.of(), plain)).toBe(0);
  });

  it('keeps picture and sound where they are, and loses place, times, maker and the tracks that are neither', () => {
    expect(toldBy(TELLING_FILM)).toHaveLength(4);
    const clean = cleanFilm(TELLING_FILM);
    expect(toldBy(clean)).toEqual([]);
    expect(clean?.length).toBe(TELLING_FILM.length);
    expect([holds(clean, PICTURE_BYTES), holds(clean, SOUND_BYTES), holds(clean, '\xe0\xe0\xe0\xe0')]).toEqual([true, true, false]);
    expect(Buffer.from(clean ?? []).indexOf(SOUND_BYTES)).toBe(TELLING_FILM.indexOf(SOUND_BYTES));
  });

  it('in pieces is kept when it is all picture and sound, else nobody can tell whose bytes are whose', () => {
    expect(holds(cleanFilm(anMp4({ pieces: true })), SOUND_BYTES)).toBe(true);
    expect(cleanFilm(anMp4({ pieces: true, track: 'gpmd-39.9' }))).toBeNull();
  });

  it('without a table of contents, or with two, plays nowhere and is refused', () => {
    const film = anMp4();
    expect(cleanFilm(film.subarray(0, 40))).toBeNull();
    const from = film.indexOf('moov') - 4;
    const moov = film.subarray(from, from + film.readUInt32BE(from));
    expect(cleanFilm(Buffer.concat([film, moov]))).toBeNull();
  });
});

describe('boxes that lie', () => {
  const DEEP = Array.from({ length: 2_000 }).reduce<Buffer>((inner) => box('moov', inner), box('free'));
  it.each([
    ['a box that ends before it begins', Buffer.concat([u32(20), Buffer.from('ftypisom\0\0\0\0isom'), u32(4), Buffer.from('moov')])],
    ['one of no size within another', Buffer.concat([anMp4().subarray(0, 24), box('moov', u32(0), 'trak')])],
    ['a size of eight bytes that is none', Buffer.concat([anMp4().subarray(0, 24), u32(1), Buffer.from('moov'), Buffer.alloc(8, 255)])],
    ['boxes in boxes', Buffer.concat([anMp4().subarray(0, 24), DEEP])],
    ['a hundred thousand boxes', Buffer.concat([anMp4().subarray(0, 24), ...Array.from({ length: 100_000 }, () => box('free'))])],
  ])('%s', (_, bytes) => {
    expect([cleanFilm(bytes), cleanHeic(bytes)]).toEqual([null, null]);
  });

  it('cut anywhere, with any bytes anywhere: cleaned, or refused, soon, and nothing is thrown', () => {
    const damaged = fc.record({
      file: fc.constantFrom(TELLING_HEIC, TELLING_FILM),
      at: fc.nat(TELLING_FILM.length),
      junk: fc.uint8Array({ maxLength: 12 }),
      length: fc.nat(TELLING_FILM.length),
    });
    fc.assert(
      fc.property(damaged, ({ file, at, junk, length }) => {
        const bytes = Buffer.from(file);
        bytes.set(junk.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
        const sent = bytes.subarray(0, length === 0 ? bytes.length : length);
        for (const clean of [cleanFilm(sent), cleanHeic(sent)]) if (clean !== null) expect(clean.length).toBe(sent.length);
      }),
      { numRuns: 3_000 },
    );
  });

  it('of a hundred thousand claims on the same bytes, none takes long', () => {
    const film = anMp4({ track: 'x' });
    film.writeUInt32BE(0xffffffff, film.lastIndexOf('stsz') + 8);
    const begun = performance.now();
    cleanFilm(film);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
