/** Pictures that tell what they should not: where they were taken, when, with what, by whom; lying on their side. */
import sharp from 'sharp';

/** Every one of them stands in the file, and in nothing that was kept. */
export const TOLD = ['Exif', 'Xiaomi 14', '2026:11:20 10:11:12', 'WANGFANG', 'http://ns.adobe.com', 'WGS-84'] as const;

/** As it is seen: red at the left, blue at the right. In the file it lies on its side. */
export const SEEN = { width: 60, height: 40 } as const;

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://ns.adobe.com/x/" dc:creator="WANGFANG"/></rdf:RDF></x:xmpmeta>`;
const ON_ITS_SIDE = 6;

/** Of a camera, with orientation 6. */
export async function aTellingPhoto(type: 'jpeg' | 'png' | 'webp' = 'jpeg'): Promise<Buffer<ArrayBuffer>> {
  const half = { width: SEEN.width / 2, height: SEEN.height, channels: 3 as const };
  const right = await sharp({ create: { ...half, background: '#0000ff' } })
    .png()
    .toBuffer();
  const seen = await sharp({ create: { ...half, width: SEEN.width, background: '#ff0000' } })
    .composite([{ input: right, left: half.width, top: 0 }])
    .png()
    .toBuffer();
  const photo = await sharp(seen)
    .rotate(270)
    .withExif({
      IFD0: { Make: 'Xiaomi 14', DateTime: '2026:11:20 10:11:12', Artist: 'WANGFANG' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 0/1', GPSLongitude: '116/1 28/1 0/1', GPSMapDatum: 'WGS-84' },
    })
    .withXmp(XMP)
    .withMetadata({ orientation: ON_ITS_SIDE })
    [type]()
    .toBuffer();
  return Buffer.concat([photo]);
}

/** What of it a file still tells. */
export function toldBy(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes).toString('latin1').toLowerCase();
  return TOLD.filter((it) => text.includes(it.toLowerCase()));
}

/** How it is seen by who knows nothing of orientations: its size, and the colours at its left and right. */
export async function seenIn(bytes: Uint8Array): Promise<{ width: number; height: number; left: string; right: string }> {
  const { data, info } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colour = (x: number): string => {
    const at = (Math.floor(info.height / 2) * info.width + x) * info.channels;
    const [red = 0, , blue = 0] = data.subarray(at, at + 3);
    return red > blue ? 'red' : 'blue';
  };
  return { width: info.width, height: info.height, left: colour(3), right: colour(info.width - 4) };
}

export const UPRIGHT = { ...SEEN, left: 'red', right: 'blue' } as const;
