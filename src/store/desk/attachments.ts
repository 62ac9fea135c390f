/** Attachments as staff list and open them. Listing opens no content. */
import type pg from 'pg';
import type { AttachmentFacts, ReadAttachment, ReadSharedAttachment } from '../../desk/attachments.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import { inTransaction, timestamp } from '../connection.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { bytes, type DeskConnection, identifierOf, writeAudit } from './desk-connection.ts';

/** What a line about an attachment needs. */
export const LISTED_ATTACHMENT = { id: true, nameSealed: true, contentType: true } satisfies Prisma.AttachmentSelect;

export function attachmentFacts(
  { id, nameSealed, contentType }: Prisma.AttachmentGetPayload<{ select: typeof LISTED_ATTACHMENT }>,
  seal: Seal,
): AttachmentFacts {
  return { id: identifierOf(id), name: seal.open(SEALED.attachmentName, nameSealed), contentType };
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
  return (id, readBy) => open(connection, id, (client) => writeAudit(client, readBy));
}

/** Two who open it at once are one line: the row is locked until it is written. */
export function readSharedAttachmentOn(connection: DeskConnection): ReadSharedAttachment {
  return (id, readBy, quietMilliseconds) =>
    open(connection, id, async (client) => {
      const { actor, action, subject, details, at } = readBy;
      await client.query(LOCK, [id]);
      const since = timestamp(instantOf(at - quietMilliseconds));
      const { rowCount } = await client.query(WRITTEN, [subject, actor, action, JSON.stringify(details), since]);
      if (rowCount === 0) await writeAudit(client, readBy);
    });
}

function open(
  { pool, seal }: DeskConnection,
  id: Identifier,
  record: (client: pg.PoolClient) => Promise<void>,
): ReturnType<ReadAttachment> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ content_type: string; bytes_sealed: Buffer | null }>(READ, [id]);
    const [row] = rows;
    if (row === undefined) return { kind: 'no-such-attachment' };
    if (row.bytes_sealed === null) return { kind: 'not-here' };
    await record(client);
    return { kind: 'found', contentType: row.content_type, bytes: bytes(seal.openBytes(SEALED.attachmentBytes, row.bytes_sealed)) };
  });
}

const READ = 'select content_type, bytes_sealed from attachment where id = $1';

const LOCK = 'select from attachment where id = $1 for no key update';

const WRITTEN = `
select from audit where subject = $1 and actor = $2 and action = $3 and details = $4::jsonb and at > $5::timestamptz limit 1`;
