/**
 * Pictures, voices and films on the fake platform: what comes in is judged by its first bytes and its size, as the real
 * one does, and nothing is kept for longer than three days.
 */
import { randomBytes } from 'node:crypto';
import { anMp4 } from './boxed-files.ts';
import { type Answer, json, refused } from './wechat-answer.ts';

export type Media = { readonly type: MediaType; readonly bytes: Uint8Array; readonly contentType: string };
export type MediaType = 'image' | 'voice' | 'video' | 'thumb';

export type MediaStore = {
  readonly put: (media: Media) => string;
  /** Null when there is none, or it is too old. */
  readonly get: (mediaId: string) => Media | null;
  /** Takes a form with the field `media`. */
  readonly upload: (type: string | null, contentType: string, body: Uint8Array) => Promise<Answer>;
};

const KEPT_MILLISECONDS = 3 * 24 * 3_600_000;
const MEGABYTE = 1_048_576;
const BYTES_MAX: Readonly<Record<MediaType, number>> = { image: 10 * MEGABYTE, voice: 2 * MEGABYTE, video: 10 * MEGABYTE, thumb: 65_536 };
/** How a file of the type begins, in hex. */
const BEGINNINGS: Readonly<Record<MediaType, RegExp>> = {
  image: /^(?:89504e470d0a1a0a|ffd8ff|474946383[79]61)/,
  voice: /^(?:2321414d52|494433|ff[ef][23b])/,
  video: /^.{8}66747970/,
  thumb: /^ffd8ff/,
};

/** A picture of one pixel, a moment of silence and a film of nothing much, as the platform takes them. */
export const SAMPLES = {
  image: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  voice: Buffer.from('#!AMR\n\x3c\x91\x17\x16\xbe\x66', 'latin1'),
  video: anMp4(),
} as const;

export function createMediaStore(now: () => number): MediaStore {
  const kept = new Map<string, Media & { readonly at: number }>();
  const put = (media: Media): string => {
    const mediaId = randomBytes(48).toString('base64url');
    kept.set(mediaId, { ...media, at: now() });
    return mediaId;
  };

  return {
    put,
    get(mediaId) {
      const media = kept.get(mediaId);
      return media !== undefined && now() - media.at < KEPT_MILLISECONDS ? media : null;
    },
    async upload(type, contentType, body) {
      if (!isMediaType(type)) return refused(40004);
      const file = await fileOf(contentType, body);
      if (file === null) return refused(41005);
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (bytes.length > BYTES_MAX[type]) return refused(type === 'image' ? 40009 : 45002);
      if (!BEGINNINGS[type].test(Buffer.from(bytes.subarray(0, 16)).toString('hex'))) return refused(40005);
      return json({ type, media_id: put({ type, bytes, contentType: file.type }), created_at: Math.floor(now() / 1_000), item: [] });
    },
  };
}

function isMediaType(type: string | null): type is MediaType {
  return type !== null && Object.hasOwn(BYTES_MAX, type);
}

/** The form's file, which has to have a name. */
async function fileOf(contentType: string, body: Uint8Array): Promise<File | null> {
  try {
    const form = await new Response(Buffer.from(body), { headers: { 'Content-Type': contentType } }).formData();
    const file = form.get('media');
    return file instanceof File && file.name !== '' && file.size > 0 ? file : null;
  } catch {
    return null;
  }
}
