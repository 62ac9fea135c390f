/** What only a phone sends: a voice message, a place on the map, a scanned label; and a person who takes the chat over. */
import { expect } from 'vitest';
import type { Serial } from '../../src/domain/contact.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { InboundBody } from '../../src/turn/message.ts';
import type { Chat, Shop } from '../support/chat.ts';

export const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
export const PHONE = '13800138000';
export const BOOKING = `洗衣机漏水,后天下午三点,${HOME},${PHONE}`;

export const books = async (chat: Chat) => {
  await chat.saysAll(BOOKING, '王芳', '确认');
  chat.hears('booked');
};

export async function speaks(shop: Shop, chat: Chat): Promise<void> {
  const attachmentId = shop.core.makeIdentifier();
  const kept = { id: attachmentId, name: 'voice.amr', contentType: 'audio/amr', bytes: new Uint8Array([35, 33]), thumbnail: null };
  await chat.sends({ kind: 'voice', attachmentId }, [kept]);
}

export const pins = (chat: Chat, label: string) => chat.sends({ kind: 'location', latitude: 39.99, longitude: 116.47, label });

export const scans = (chat: Chat, serial: string | null) =>
  chat.sends({ kind: 'event', event: 'product-scanned', serial: serial as Serial | null });

/** The customer asks for a person and one comes. */
export async function takenByAPerson(shop: Shop, chat: Chat): Promise<void> {
  await chat.says('转人工');
  const [handoff] = await shop.rows<{ id: Identifier }>('select id from handoff where conversation_id = $1 order by id desc limit 1', [
    chat.conversationId,
  ]);
  const agent = await shop.staff('agent');
  expect(handoff).toBeDefined();
  if (handoff !== undefined) expect(await shop.desk.handoffs.claim(agent, handoff.id)).toMatchObject({ kind: 'claimed' });
  await shop.settled();
}

export const handoffsOf = (shop: Shop, { conversationId }: Chat) =>
  shop.rows<{ reason: string; status: string }>('select reason, status from handoff where conversation_id = $1 order by id', [
    conversationId,
  ]);

/** What staff read of the customer's own messages. */
export async function transcriptOf(shop: Shop, { conversationId }: Chat) {
  const agent = await shop.staff('agent');
  const read = await shop.desk.transcript.read(agent, { conversationId, afterSeq: 0, limit: 100 });
  if (read.kind !== 'found') throw new Error(read.kind);
  return read.lines.filter((it) => it.from === 'customer').map((it) => ({ text: it.text, files: it.attachments.map((file) => file.name) }));
}

/** What is answered when this is the very first that is ever heard of a customer. */
export async function answeredAtFirst(shop: Shop, body: InboundBody): Promise<readonly string[]> {
  const { core } = shop;
  const [conversationId, id] = [core.makeIdentifier(), core.makeIdentifier()];
  await core.store.openConversation({ conversationId, channel: 'terminal', externalId: conversationId, at: core.now() });
  const sender = body.kind === 'event' ? 'system' : 'customer';
  await core.store.accept([{ id, conversationId, channel: 'terminal', channelMessageId: id, sender, body, at: core.now() }]);
  core.turns.turnSoon(conversationId);
  await shop.settled();
  const log = await core.store.readLog(conversationId, 0, 50);
  return log.flatMap((it) => (it.from === 'bot' ? it.body.dialog.reply : []));
}
