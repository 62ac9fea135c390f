/**
 * Makes a message and what was sent with it durable together. The conversation is locked first, so that its attachments
 * are counted right however many come at once; a message known already keeps nothing a second time.
 */
import type pg from 'pg';
import type { Identifier } from '../domain/identifier.ts';
import type { Inbound } from '../turn/message.ts';
import type { Accepted, AcceptWithAttachments, NewAttachment } from '../turn/ports.ts';
import { acceptThrough, storable } from './accept.ts';
import { type Connection, inTransaction, once, PASSING, timestamp, UNIQUE_VIOLATION } from './connection.ts';
import { SEALED } from './purposes.ts';
import type { Seal } from './seal.ts';

export function acceptWithAttachmentsOn(connection: Connection): AcceptWithAttachments {
  return (inbound, attachments, perConversationMax) => {
    const rows = attachmentRows(attachments, connection.seal);
    return acceptKeeping(connection, inbound, rows, perConversationMax, async () => undefined);
  };
}

/** Attachments whose bytes are here, as they are written. */
export function attachmentRows(attachments: readonly NewAttachment[], seal: Seal): readonly AttachmentRow[] {
  return attachments.map(({ bytes, thumbnail, ...it }) => ({
    ...it,
    size: bytes.length,
    bytesSealed: seal.seal(SEALED.attachmentBytes, bytes),
    ...thumbnailRow(thumbnail, seal),
  }));
}

/** A thumbnail as it is written, or that there is none. */
export function thumbnailRow(thumbnail: Uint8Array | null, seal: Seal): ThumbnailRow {
  if (thumbnail === null) return NO_THUMBNAIL;
  return { thumbnailSize: thumbnail.length, thumbnailSealed: seal.seal(SEALED.attachmentThumbnail, thumbnail) };
}

export const NO_THUMBNAIL = { thumbnailSize: null, thumbnailSealed: null } as const;

type ThumbnailRow = typeof NO_THUMBNAIL | { readonly thumbnailSize: number; readonly thumbnailSealed: Buffer };

/** An attachment as it is written; `bytesSealed` null while its bytes are elsewhere. */
export type AttachmentRow = ThumbnailRow & {
  readonly id: Identifier;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly bytesSealed: Buffer | null;
};

/** `keepMore` runs in the same transaction, after the rows are written, and only for a message that is new. */
export function acceptKeeping(
  { pool, seal }: Pick<Connection, 'pool' | 'seal'>,
  inbound: Inbound,
  attachments: readonly AttachmentRow[],
  perConversationMax: number,
  keepMore: (client: pg.PoolClient) => Promise<void>,
): Promise<Accepted | typeof FULL> {
  const work = async (client: pg.PoolClient): Promise<Accepted | typeof FULL> => {
    await once(client, LOCK, [inbound.conversationId]);
    const [held] = await once<Held>(client, HELD, [inbound.conversationId, inbound.channel, storable(inbound.channelMessageId)]);
    if (held !== undefined && !held.known && held.attachments + attachments.length > perConversationMax) return FULL;
    const [accepted] = await acceptThrough(client, seal, [inbound]);
    if (accepted === undefined) throw new Error('invariant: every inbound message is answered');
    if (accepted.kind !== 'accepted') return accepted;
    await keepAttachments(client, inbound, attachments, seal);
    await keepMore(client);
    return accepted;
  };
  return inTransaction(pool, work, [...PASSING, UNIQUE_VIOLATION]);
}

const FULL = { kind: 'full' } as const;

type Held = { readonly attachments: number; readonly known: boolean };

/** How many attachments a conversation has that is locked. */
export async function attachmentsOf(client: pg.PoolClient, conversationId: Identifier): Promise<number> {
  const [row] = await once<{ attachments: number }>(client, COUNT, [conversationId]);
  return row?.attachments ?? 0;
}

/** Writes them into a conversation that is locked. */
export async function keepAttachments(
  client: pg.PoolClient,
  { conversationId, at }: Pick<Inbound, 'conversationId' | 'at'>,
  attachments: readonly AttachmentRow[],
  seal: Seal,
): Promise<void> {
  for (const it of attachments) {
    const name = seal.seal(SEALED.attachmentName, it.name);
    const thumbnail = [it.thumbnailSize, it.thumbnailSealed];
    await once(client, KEEP, [it.id, conversationId, name, it.contentType, it.size, it.bytesSealed, timestamp(at), ...thumbnail]);
  }
}

const LOCK = { name: 'attachments-lock', text: 'select id from conversation where id = $1 for no key update' };

const COUNT = { name: 'attachments-count', text: 'select count(*)::int as attachments from attachment where conversation_id = $1' };

const HELD = {
  name: 'attachments-held',
  text: `
select (select count(*) from attachment where conversation_id = $1)::int as attachments,
  exists (select from message where channel = $2 and channel_message_id = $3) as known`,
};

const KEEP = {
  name: 'attachment-keep',
  text: `
insert into attachment (id, conversation_id, name_sealed, content_type, size, bytes_sealed, at, thumbnail_size, thumbnail_sealed)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};
