/**
 * Makes a message durable whose pictures or voice are still with their platform. Their rows are there at once, without
 * bytes, and are fetched from the moment the message came.
 */
import type { AcceptWithRemoteMedia } from '../../turn/platform-ports.ts';
import { storable } from '../accept.ts';
import { acceptKeeping, NO_THUMBNAIL } from '../accept-with-attachments.ts';
import { once, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

export function acceptWithRemoteMediaOn(store: Pick<Store, 'pool' | 'seal'>): AcceptWithRemoteMedia {
  return (inbound, media, perConversationMax) => {
    const rows = media.map(({ id, name, contentType }) => ({ id, name, contentType, size: 0, bytesSealed: null, ...NO_THUMBNAIL }));
    return acceptKeeping(store, inbound, rows, perConversationMax, async (client) => {
      for (const { id, mediaId } of media) await once(client, AWAIT, [id, inbound.channel, storable(mediaId), timestamp(inbound.at)]);
    });
  };
}

const AWAIT = {
  name: 'media-await',
  text: 'insert into awaited_media (attachment_id, channel, media_id, next_try_at) values ($1, $2, $3, $4)',
};
