/** A customer sends a picture, perhaps with words beside it; what tickets it then hangs on. */
import type { Chat, Shop } from '../support/chat.ts';

export async function sendsPhoto(shop: Shop, { conversationId }: Chat, text: string | null = null): Promise<void> {
  const [photo, id] = [shop.core.makeIdentifier(), shop.core.makeIdentifier()];
  await shop.core.store.acceptWithAttachments(
    {
      id,
      conversationId,
      channel: 'terminal',
      channelMessageId: id,
      sender: 'customer',
      body: { kind: 'photos', attachmentIds: [photo], text },
      at: shop.clock.now,
    },
    [{ id: photo, name: 'floor.jpg', contentType: 'image/jpeg', bytes: new Uint8Array([255, 216, 255]), thumbnail: null }],
    50,
  );
  shop.core.turns.turnSoon(conversationId);
  await shop.settled();
}

/** Numbers of the tickets the chat's pictures hang on, in the order they were sent; null for one that hangs on none. */
export async function ticketsOfPhotos(shop: Shop, { conversationId }: Chat): Promise<readonly (string | null)[]> {
  const rows = await shop.rows<{ number: string | null }>(
    'select t.number from attachment a left join ticket t on t.id = a.ticket_id where a.conversation_id = $1 order by a.at, a.id',
    [conversationId],
  );
  return rows.map((it) => it.number);
}
