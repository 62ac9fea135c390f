import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fileKindOf } from '../../src/domain/file-kind.ts';
import { createCleanFile } from '../../src/files/clean-file.ts';
import { aFile, PIXEL } from '../support/files.ts';
import { aTellingPhoto, SEEN, seenIn, TOLD, toldBy, UPRIGHT } from '../support/telling-photo.ts';

const cleanFile = createCleanFile();

async function clean(bytes: Uint8Array) {
  const kind = fileKindOf(bytes);
  if (kind === null) throw new Error('the test has a file of no kind');
  return cleanFile(kind, bytes);
}

async function kept(bytes: Uint8Array): Promise<{ readonly bytes: Uint8Array; readonly thumbnail: Uint8Array | null }> {
  const cleaned = await clean(bytes);
  if (cleaned.kind !== 'clean') throw new Error(`not kept: ${cleaned.kind}`);
  return cleaned;
}

const noise = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 60 } } });

describe.each(['jpeg', 'png', 'webp'] as const)('a photo in %s', (type) => {
  it('loses where, when, with what and by whom it was taken, and stands upright', async () => {
    const photo = await aTellingPhoto(type);
    expect(toldBy(photo)).toEqual(type === 'jpeg' ? TOLD : expect.arrayContaining(['Xiaomi 14', 'WANGFANG']));
    expect(await sharp(photo).metadata()).toMatchObject({ width: SEEN.height, height: SEEN.width, orientation: 6 });
    const { bytes, thumbnail } = await kept(photo);
    for (const file of [bytes, thumbnail ?? Buffer.of()]) {
      expect(toldBy(file)).toEqual([]);
      expect(await seenIn(file)).toEqual(UPRIGHT);
      const { exif, xmp, iptc, icc, orientation } = await sharp(file).metadata();
      expect([exif, xmp, iptc, icc, orientation]).toEqual(Array(5).fill(undefined));
    }
    expect(fileKindOf(bytes)).toEqual(fileKindOf(photo));
    expect((await kept(bytes)).bytes).toBe(bytes);
  });

  it('that carries nothing but itself is kept byte for byte; one letter behind its end is not', async () => {
    const plain = await noise(50, 30)[type]().toBuffer();
    expect((await kept(plain)).bytes).toBe(plain);
    const { bytes } = await kept(Buffer.concat([plain, Buffer.from('WANGFANG')]));
    expect(toldBy(bytes)).toEqual([]);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 50, height: 30, format: type });
  });
});

describe('what is told in other places', () => {
  it('a comment of a JPEG, a text of a PNG, a comment of a GIF', async () => {
    const jpeg = aFile('jpeg');
    const comment = Buffer.from('\xff\xfe\0\x0aWANGFANG', 'latin1');
    expect(toldBy((await kept(Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]))).bytes)).toEqual([]);
    const texted = Buffer.concat([
      PIXEL.subarray(0, 33),
      Buffer.from('\0\0\0\x0ctEXtBy\0\0WANGFANG\0\0\0\0', 'latin1'),
      PIXEL.subarray(33),
    ]);
    expect(toldBy((await kept(texted)).bytes)).toEqual([]);
    const gif = aFile('gif');
    const { bytes } = await kept(Buffer.concat([gif.subarray(0, -1), Buffer.from('\x21\xfe\x08WANGFANG\0;', 'latin1')]));
    expect(toldBy(bytes)).toEqual([]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'gif', width: 2, height: 2 });
  });

  it('colours of a wide space are brought to sRGB, and the profile is gone', async () => {
    const wide = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } })
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const { bytes } = await kept(wide);
    expect((await sharp(bytes).metadata()).icc).toBeUndefined();
    const [red = 0, green = 255] = await sharp(bytes).raw().toBuffer();
    expect([red > 240, green < 40]).toEqual([true, true]);
  });

  it('what moves goes on moving', async () => {
    const frames = await Promise.all(
      ['#f00', '#0f0', '#00f'].map((background) =>
        sharp({ create: { width: 9, height: 9, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100, 100], loop: 0 })
      .toBuffer();
    expect((await kept(gif)).bytes).toBe(gif);
    const { bytes, thumbnail } = await kept(Buffer.concat([gif.subarray(0, -1), Buffer.from('\x21\xfe\x08WANGFANG\0;', 'latin1')]));
    expect(await sharp(bytes).metadata()).toMatchObject({ pages: 3, delay: [100, 100, 100] });
    expect((await sharp(thumbnail ?? Buffer.of()).metadata()).pages).toBeUndefined();
  });
});

describe('thumbnails', () => {
  it.each([
    [1_600, 1_200, 320, 240],
    [300, 3_000, 32, 320],
    [12, 9, 12, 9],
  ])('of %i × %i is %i × %i, and never large', async (width, height, small, low) => {
    const { thumbnail } = await kept(await noise(width, height).jpeg().toBuffer());
    expect(await sharp(thumbnail ?? Buffer.of()).metadata()).toMatchObject({ format: 'webp', width: small, height: low });
    expect(thumbnail?.length).toBeLessThanOrEqual(30_720);
  });
});

describe('what can not be drawn', () => {
  it.each(['jpeg', 'png', 'gif'] as const)('a %s cut short is kept as far as it goes', async (type) => {
    const whole = await noise(200, 200)[type]().toBuffer();
    const { bytes, thumbnail } = await kept(whole.subarray(0, Math.floor(whole.length * 0.6)));
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 200, height: 200 });
    expect(thumbnail).not.toBeNull();
  });

  it('a bomb is refused before it is unfolded', async () => {
    const header = Buffer.from(PIXEL);
    header.writeUInt32BE(60_000, 16);
    header.writeUInt32BE(60_000, 20);
    const begun = performance.now();
    expect(await clean(header)).toEqual({ kind: 'unsuitable' });
    const flat = await sharp({ create: { width: 9_000, height: 6_000, channels: 3, background: '#fff' }, limitInputPixels: false })
      .png()
      .toBuffer();
    expect(flat.length).toBeLessThan(300_000);
    expect(await clean(flat)).toEqual({ kind: 'unsuitable' });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('whatever bytes come behind the first, it is kept without anything beside the picture, or refused; nothing is thrown', async () => {
    const photos = await Promise.all([aTellingPhoto('jpeg'), aTellingPhoto('png'), aTellingPhoto('webp')]);
    const damaged = fc.record({
      photo: fc.constantFrom(...photos),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      junk: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      length: fc.double({ min: 0.02, max: 1, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(damaged, async ({ photo, at, junk, length }) => {
        const bytes = Buffer.from(photo);
        bytes.set(junk.subarray(0, bytes.length - 16), Math.max(16, Math.floor(at * (bytes.length - junk.length))));
        const cleaned = await clean(bytes.subarray(0, Math.max(16, Math.floor(bytes.length * length))));
        if (cleaned.kind === 'clean') expect(toldBy(cleaned.bytes)).toEqual([]);
        else expect(cleaned).toEqual({ kind: 'unsuitable' });
      }),
      { numRuns: 150 },
    );
  });
});
