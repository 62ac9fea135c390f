/**
 * Pictures that can be drawn here. One that carries nothing but its pixels is kept byte for byte, as it is evidence; any
 * other is turned the right way up, its colours made sRGB, and written again without anything beside the picture.
 */
import sharp, { type Sharp } from 'sharp';
import { unreachable } from '../domain/unreachable.ts';
import type { CleanedFile } from '../turn/clean-file.ts';
import { type DrawnType, isBare, isLossless } from './bare-picture.ts';

/** What cameras of fifty megapixels make; a picture of a few kilobytes can claim to be far larger. */
const PIXELS_MAX = 8_192 * 6_144;
const SECONDS_MAX = 15;
const QUALITY = 90;
const THUMBNAIL_SIDE = 320;
const THUMBNAIL_BYTES_MAX = 30_720;
/** The first that is small enough; noise takes the last. */
const THUMBNAIL_QUALITIES = [75, 50, 25, 5];

// One core a picture, nothing kept between two, and no decoder but those of the kinds we take.
sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer', 'VipsForeignLoadNsgifBuffer'],
});

/** `failOn: none`: what was cut short is drawn as far as it goes. */
const READING = { failOn: 'none', limitInputPixels: PIXELS_MAX } as const;

/** Whatever a decoder says against the picture makes it unsuitable. */
export async function cleanPicture(type: DrawnType, bytes: Uint8Array): Promise<CleanedFile> {
  try {
    const thumbnail = await thumbnailOf(bytes);
    return { kind: 'clean', bytes: isBare(type, bytes) ? bytes : await rewritten(type, bytes), thumbnail };
  } catch {
    return { kind: 'unsuitable' };
  }
}

async function rewritten(type: DrawnType, bytes: Uint8Array): Promise<Uint8Array> {
  const { pages = 1 } = await sharp(bytes, READING).metadata();
  // What moves is never shown turned, and can't be.
  const upright = pages > 1 ? sharp(bytes, { ...READING, animated: true }) : sharp(bytes, READING).autoOrient();
  return new Uint8Array(await written(type, upright.timeout({ seconds: SECONDS_MAX }), isLossless(bytes)).toBuffer());
}

/** Without being told to, nothing but pixels is written. */
function written(type: DrawnType, picture: Sharp, lossless: boolean): Sharp {
  switch (type) {
    case 'image/jpeg':
      return picture.jpeg({ quality: QUALITY });
    case 'image/png':
      return picture.png();
    case 'image/webp':
      return picture.webp({ quality: QUALITY, lossless });
    case 'image/gif':
      return picture.gif();
    default:
      return unreachable(type);
  }
}

/** Of what moves, the beginning. */
async function thumbnailOf(bytes: Uint8Array): Promise<Uint8Array | null> {
  const { data, info } = await sharp(bytes, READING)
    .autoOrient()
    .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .timeout({ seconds: SECONDS_MAX })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  for (const quality of THUMBNAIL_QUALITIES) {
    const small = await sharp(data, { raw }).webp({ quality }).toBuffer();
    if (small.length <= THUMBNAIL_BYTES_MAX) return new Uint8Array(small);
  }
  return null;
}
