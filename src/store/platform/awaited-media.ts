/**
 * Media on their way from a platform. A try is counted when it is claimed, so that a process that dies over one does not
 * try for ever; who comes second with the bytes, or with the news that they are lost, changes nothing.
 */
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { AwaitedMediaStore } from '../../turn/platform-ports.ts';
import { thumbnailRow } from '../accept-with-attachments.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';
import { SEALED } from '../purposes.ts';

export function awaitedMediaOn({ pool, seal }: Pick<Store, 'pool' | 'seal'>): AwaitedMediaStore {
  return {
    claim: async ({ channel, now, holdMilliseconds, max }) => {
      const rows = await query<Row>(pool, CLAIM, [channel, timestamp(now), timestamp(instantOf(now + holdMilliseconds)), max]);
      return rows.map((it) => ({
        attachmentId: it.attachment_id,
        conversationId: it.conversation_id,
        mediaId: it.media_id,
        sentAt: instantOf(it.at.getTime()),
        tries: it.tries,
      }));
    },

    arrived: async ({ id, name, contentType, bytes, thumbnail }) => {
      const sealed = [seal.seal(SEALED.attachmentName, name), seal.seal(SEALED.attachmentBytes, bytes)];
      const { thumbnailSize, thumbnailSealed } = thumbnailRow(thumbnail, seal);
      await query(pool, ARRIVED, [id, contentType, bytes.length, ...sealed, thumbnailSize, thumbnailSealed]);
    },

    tryAgain: async (attachmentId, at) => void (await query(pool, TRY_AGAIN, [attachmentId, timestamp(at)])),
    lost: async (attachmentId) => void (await query(pool, LOST, [attachmentId])),
  };
}

type Row = {
  readonly attachment_id: Identifier;
  readonly conversation_id: Identifier;
  readonly media_id: string;
  readonly at: Date;
  readonly tries: number;
};

const CLAIM = {
  name: 'media-claim',
  text: `
with due as materialized (
  select attachment_id from awaited_media where channel = $1 and next_try_at <= $2::timestamptz
  order by next_try_at limit $4 for update skip locked
), taken as (
  update awaited_media w set tries = w.tries + 1, next_try_at = $3::timestamptz from due where w.attachment_id = due.attachment_id
  returning w.attachment_id, w.media_id, w.tries
)
select t.attachment_id, a.conversation_id, t.media_id, a.at, t.tries
from taken t join attachment a on a.id = t.attachment_id order by a.at, a.id`,
};

/** Only what is awaited still can arrive. */
const ARRIVED = {
  name: 'media-arrived',
  text: `
with awaited as (
  delete from awaited_media where attachment_id = $1 returning attachment_id
)
update attachment a
set content_type = $2, size = $3, name_sealed = $4, bytes_sealed = $5, thumbnail_size = $6, thumbnail_sealed = $7
from awaited w where a.id = w.attachment_id`,
};

const TRY_AGAIN = { name: 'media-again', text: 'update awaited_media set next_try_at = $2::timestamptz where attachment_id = $1' };
const LOST = { name: 'media-lost', text: 'delete from awaited_media where attachment_id = $1' };
