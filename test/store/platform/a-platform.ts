/** Conversations on WeChat for tests, and what their customers and we do in them, at the instants a test says. */
import { type Instant, instantOf } from '../../../src/domain/instant.ts';
import type { Store } from '../../../src/store/open-store.ts';
import type { Inbound, PlacedMessage } from '../../../src/turn/message.ts';
import type { SendQuota } from '../../../src/turn/platform-ports.ts';
import { newId } from '../../support/database.ts';
import { aMessage, aReply, aTurn, type Chat, NOON } from '../a-turn.ts';

export const QUOTA: SendQuota = { perMessage: 5, messageHours: 48, perEvent: 3, eventMinutes: 1 };

export function noonPlus(milliseconds: number): Instant {
  return instantOf(NOON + milliseconds);
}

/** A new follower's conversation. */
export async function aWechatChat(store: Store): Promise<Chat> {
  const conversationId = newId();
  await store.openConversation({ conversationId, channel: 'wechat', externalId: `o${conversationId}`, at: NOON });
  const read = await store.readConversation(conversationId);
  if (!read) throw new Error('the conversation just opened is there');
  return { conversationId, customerId: read.customerId };
}

let lastNumber = 0n;

/** As the platform numbers its messages: above what a double holds. */
export function aMsgId(): string {
  lastNumber += 1n;
  return String(24_000_000_000_000_000n + lastNumber);
}

export function wechatMessage(chat: Chat, at: Instant, what: Partial<Inbound> = {}): Inbound {
  return { ...aMessage(chat, '漏水', aMsgId()), channel: 'wechat', at, ...what };
}

/** The customer writes. */
export async function writes(store: Store, chat: Chat, at: Instant): Promise<void> {
  await store.accept([wechatMessage(chat, at)]);
}

/** A row under another key than a message's. */
export async function happens(store: Store, chat: Chat, at: Instant, channelMessageId: string, sender: Inbound['sender']): Promise<void> {
  const body = { kind: 'event', event: 'conversation-started' } as const;
  await store.accept([wechatMessage(chat, at, { channelMessageId, sender, body })]);
}

/** The customer taps a menu of ours. */
export function clicks(store: Store, chat: Chat, at: Instant): Promise<void> {
  return happens(store, chat, at, `o${chat.conversationId}:${Math.trunc(at / 1_000)}:CLICK:${newId()}`, 'customer');
}

/** Replies that wait for the customer. */
export async function waitingReplies(store: Store, chat: Chat, count: number): Promise<readonly PlacedMessage[]> {
  const read = await store.readConversation(chat.conversationId);
  const texts = Array.from({ length: count }, (_, index) => `${index}`);
  const [outcome] = await store.transact([aTurn(chat, { revision: read?.revision ?? 0, outgoing: texts.map(aReply) })]);
  if (outcome?.kind !== 'written') throw new Error('the turn is written');
  await store.outbox.settle(outcome.outgoing.map(({ id }) => ({ id, delivery: 'waiting' })));
  return outcome.outgoing;
}
