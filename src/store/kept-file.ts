/** A kept file or its thumbnail, opened for whoever holds a link to it; what staff open goes on record (`desk/attachments.ts`). */
import type { ReadKeptFile, ReadKeptThumbnail } from '../turn/kept-file.ts';
import { type Connection, query } from './connection.ts';
import { SEALED } from './purposes.ts';

export function readKeptFileOn({ pool, seal }: Pick<Connection, 'pool' | 'seal'>): ReadKeptFile {
  return async (id) => {
    const [row] = await query<{ name_sealed: Buffer; content_type: string; bytes_sealed: Buffer }>(pool, READ, [id]);
    if (row === undefined) return null;
    const bytes = new Uint8Array(seal.openBytes(SEALED.attachmentBytes, row.bytes_sealed));
    return { name: seal.open(SEALED.attachmentName, row.name_sealed), contentType: row.content_type, bytes };
  };
}

export function readKeptThumbnailOn({ pool, seal }: Pick<Connection, 'pool' | 'seal'>): ReadKeptThumbnail {
  return async (id) => {
    const [row] = await query<{ thumbnail_sealed: Buffer }>(pool, READ_THUMBNAIL, [id]);
    return row === undefined ? null : new Uint8Array(seal.openBytes(SEALED.attachmentThumbnail, row.thumbnail_sealed));
  };
}

const READ_THUMBNAIL = {
  name: 'kept-thumbnail',
  text: 'select thumbnail_sealed from attachment where id = $1 and (thumbnail_sealed is not null) is true',
};

const READ = {
  name: 'kept-file',
  text: 'select name_sealed, content_type, bytes_sealed from attachment where id = $1 and (bytes_sealed is not null) is true',
};
