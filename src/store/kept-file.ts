/** A kept file, opened for whoever holds a link to it; what staff open goes on record (`desk/attachments.ts`). */
import type { ReadKeptFile } from '../turn/kept-file.ts';
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

const READ = {
  name: 'kept-file',
  text: 'select name_sealed, content_type, bytes_sealed from attachment where id = $1 and (bytes_sealed is not null) is true',
};
