/** Attachments as staff list and open them. Listing opens no content. */
import type pg from 'pg';
import type { AttachmentFacts, ReadAttachment, ReadSharedAttachment, ReadThumbnail } from '../../desk/attachments.ts';
import type { Change } from '../../desk/change.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import { THUMBNAIL_TYPE } from '../../turn/clean-file.ts';
import { inTransaction, timestamp } from '../connection.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { bytes, type DeskConnection, identifierOf, writeAudit } from './desk-connection.ts';

/** What a line about an attachment needs. */
export const LISTED_ATTACHMENT = { id: true, nameSealed: true, contentType: true, thumbnailSize: true } satisfies Prisma.AttachmentSelect;

export function attachmentFacts(
  { id, nameSealed, contentType, thumbnailSize }: Prisma.AttachmentGetPayload<{ select: typeof LISTED_ATTACHMENT }>,
  seal: Seal,
): AttachmentFacts {
  const name = seal.open(SEALED.attachmentName, nameSealed);
  return { id: identifierOf(id), name, contentType, hasThumbnail: thumbnailSize !== null };
}

/** Those with these ids, by id. */
export async function attachmentsById(
  { prisma, seal }: DeskConnection,
  ids: readonly Identifier[],
): Promise<ReadonlyMap<Identifier, AttachmentFacts>> {
  if (ids.length === 0) return new Map();
  const rows = await prisma.attachment.findMany({ where: { id: { in: [...ids] } }, select: LISTED_ATTACHMENT });
  return new Map(rows.map((row) => attachmentFacts(row, seal)).map((it) => [it.id, it]));
}

/** Opening one, on record; of one without bytes there is nothing to see. */
export function readAttachmentOn(connection: DeskConnection): ReadAttachment {
  return (id, readBy, whose) => open(connection, CONTENT, id, whose, (client) => writeAudit(client, readBy));
}

export function readSharedAttachmentOn(connection: DeskConnection): ReadSharedAttachment {
  return (id, readBy, quietMilliseconds) =>
    open(connection, CONTENT, id, 'any', (client) => writeSeldom(client, readBy, quietMilliseconds));
}

export function readThumbnailOn(connection: DeskConnection): ReadThumbnail {
  return (id, readBy, whose, quietMilliseconds) =>
    open(connection, THUMBNAIL, id, whose, (client, conversationId) => writeSeldom(client, readBy(conversationId), quietMilliseconds));
}

/** Two who read at once are one line: the second waits until the first is written. */
async function writeSeldom(client: pg.PoolClient, readBy: Change, quietMilliseconds: number): Promise<void> {
  const { actor, action, subject, details, at } = readBy;
  await client.query(LOCK, [`${actor} ${subject}`]);
  const since = timestamp(instantOf(at - quietMilliseconds));
  const { rowCount } = await client.query(WRITTEN, [subject, actor, action, JSON.stringify(details), since]);
  if (rowCount === 0) await writeAudit(client, readBy);
}

type Opening = {
  readonly purpose: string;
  /** Null: what the row says the file is. */
  readonly contentType: string | null;
  readonly column: 'bytes_sealed' | 'thumbnail_sealed';
};

const CONTENT: Opening = { purpose: SEALED.attachmentBytes, contentType: null, column: 'bytes_sealed' };
const THUMBNAIL: Opening = { purpose: SEALED.attachmentThumbnail, contentType: THUMBNAIL_TYPE, column: 'thumbnail_sealed' };

type Row = {
  readonly content_type: string;
  readonly conversation_id: Identifier;
  readonly is_on_ticket: boolean;
  readonly sealed: Buffer | null;
};

function open(
  { pool, seal }: DeskConnection,
  { purpose, contentType, column }: Opening,
  id: Identifier,
  whose: Parameters<ReadAttachment>[2],
  record: (client: pg.PoolClient, conversationId: Identifier) => Promise<void>,
): ReturnType<ReadAttachment> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Row>(READ[column], [id]);
    const [row] = rows;
    if (row === undefined || (whose === 'on-a-ticket' && !row.is_on_ticket)) return { kind: 'no-such-attachment' };
    if (row.sealed === null) return { kind: 'not-here' };
    await record(client, row.conversation_id);
    return { kind: 'found', contentType: contentType ?? row.content_type, bytes: bytes(seal.openBytes(purpose, row.sealed)) };
  });
}

const read = (column: Opening['column']) => `
select content_type, conversation_id, ticket_id is not null as is_on_ticket, ${column} as sealed from attachment where id = $1`;

const READ = { bytes_sealed: read('bytes_sealed'), thumbnail_sealed: read('thumbnail_sealed') } as const;

const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 7))';

const WRITTEN = `
select from audit where subject = $1 and actor = $2 and action = $3 and details = $4::jsonb and at > $5::timestamptz limit 1`;
