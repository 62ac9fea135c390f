/**
 * Messages as any other puppet of wechaty brings them, made durable as they come: such a puppet has no callback that waits
 * for it. Our own words, rooms and what is long past are left alone.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Contact, Message } from 'wechaty';
import { types } from 'wechaty-puppet';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, MINUTE, SECOND } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CleanFile } from '../../turn/clean-file.ts';
import type { Inbound, InboundBody } from '../../turn/message.ts';
import type { Accept, AcceptWithAttachments, NewAttachment, OpenConversation } from '../../turn/ports.ts';
import { type SentFile, sortFiles } from '../../turn/sent-files.ts';
import { conversationOf } from './receive.ts';

export type OtherPuppetNeeds = {
  readonly secret: Buffer;
  readonly openConversation: OpenConversation;
  readonly accept: Accept;
  readonly acceptWithAttachments: AcceptWithAttachments;
  readonly cleanFile: CleanFile;
  readonly turnSoon: (conversationId: Identifier, hurry?: 'at-once') => void;
  readonly tellsOfDanger: (text: string) => boolean;
  readonly policy: Pick<Policy, 'limits' | 'wechat'>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
};

/** While many pictures are being cleaned: such a puppet does not bring one again, so it waits here, for a minute at most. */
const BUSY_MILLISECONDS = 3 * SECOND;
const BUSY_TRIES_MAX = 20;

type Read = { readonly body: InboundBody; readonly attachments: readonly NewAttachment[] };

export function otherPuppetHeard(needs: OtherPuppetNeeds): (message: Message) => Promise<void> {
  return async (message) => {
    const isOld = message.age() > (needs.policy.wechat.overAgeMinutes * MINUTE) / SECOND;
    if (message.self() || message.room() !== undefined || isOld) return;
    const contact = message.talker();
    const conversationId = conversationOf(needs.secret, contact.id);
    const { body, attachments } = await read(message, needs);
    const inbound: Inbound = {
      id: needs.makeIdentifier(),
      conversationId,
      channel: 'wechat',
      channelMessageId: `${contact.id}:${message.id}`,
      sender: 'customer',
      body,
      at: needs.now(),
    };
    await keep(inbound, attachments, contact, needs);
    needs.turnSoon(conversationId, body.kind === 'text' && needs.tellsOfDanger(body.text) ? 'at-once' : undefined);
  };
}

async function keep(inbound: Inbound, attachments: readonly NewAttachment[], contact: Contact, needs: OtherPuppetNeeds): Promise<void> {
  const accept = async () =>
    attachments.length === 0
      ? (await needs.accept([inbound]))[0]
      : needs.acceptWithAttachments(inbound, attachments, needs.policy.limits.filesPerConversation);
  const first = await accept();
  if (first?.kind !== 'no-such-conversation') return;
  const { conversationId, at } = inbound;
  await needs.openConversation({ conversationId, channel: 'wechat', externalId: contact.id, at });
  await accept();
}

async function read(message: Message, needs: OtherPuppetNeeds): Promise<Read> {
  switch (message.type()) {
    case types.Message.Text:
    case types.Message.Url: {
      const text = message.text();
      if (text.trim() === '') return only({ kind: 'unreadable', why: 'empty' });
      return only(text.length > needs.policy.limits.messageCharacters ? { kind: 'unreadable', why: 'too-long' } : { kind: 'text', text });
    }
    case types.Message.Image:
    case types.Message.Video:
    case types.Message.Attachment: {
      const file = await message.toFileBox();
      const sent = { name: file.name, bytes: await file.toBuffer() };
      const sorted = await sortedInTime(sent, needs);
      if (sorted.kind !== 'good') return only({ kind: 'unreadable', why: 'unsupported' });
      const attachmentIds = sorted.attachments.map((it) => it.id);
      return { body: { kind: 'photos', attachmentIds, text: null }, attachments: sorted.attachments };
    }
    default:
      return only({ kind: 'unreadable', why: 'unsupported' });
  }
}

async function sortedInTime(sent: SentFile, { policy, makeIdentifier, cleanFile }: OtherPuppetNeeds): ReturnType<typeof sortFiles> {
  for (let tries = 1; ; tries++) {
    const sorted = await sortFiles([sent], { limits: policy.limits, makeIdentifier, cleanFile });
    if (sorted.kind !== 'busy' || tries === BUSY_TRIES_MAX) return sorted;
    await pause(BUSY_MILLISECONDS);
  }
}

function only(body: InboundBody): Read {
  return { body, attachments: [] };
}
