/**
 * Files as they are kept: pictures upright and without what they tell of place, time and camera, films likewise, documents
 * and voices as they came. One at a time, as a large photo takes a core and two hundred megabytes while it is worked on.
 */
import type { FileKind } from '../domain/file-kind.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { CleanedFile, CleanFile } from '../turn/clean-file.ts';
import { createFewAtOnce } from './few-at-once.ts';
import { cleanFilm } from './film.ts';
import { cleanHeic } from './heic.ts';
import { cleanPicture } from './picture.ts';

const RUNNING_MAX = 1;
/** A dozen people with five photos each wait less than a minute; nobody waits longer. */
const WAITING_MAX = 64;

export function createCleanFile(): CleanFile {
  const picturesInTurn = createFewAtOnce(RUNNING_MAX, WAITING_MAX);
  return async ({ contentType }: FileKind, bytes) => {
    switch (contentType) {
      case 'image/jpeg':
      case 'image/png':
      case 'image/gif':
      case 'image/webp':
        return (await picturesInTurn(() => cleanPicture(contentType, bytes))) ?? { kind: 'busy' };
      case 'image/heic':
        return withoutThumbnail(cleanHeic(bytes));
      case 'video/mp4':
        return withoutThumbnail(cleanFilm(bytes));
      case 'application/pdf':
      case 'audio/amr':
        return withoutThumbnail(bytes);
      default:
        return unreachable(contentType);
    }
  };
}

function withoutThumbnail(bytes: Uint8Array | null): CleanedFile {
  return bytes === null ? { kind: 'unsuitable' } : { kind: 'clean', bytes, thumbnail: null };
}
