/**
 * What a callback brought, made durable under the platform's own key: a message of the customer as it is, a happening as
 * an event of the conversation. The conversation of a follower is known by who they are, so no look-up stands before it.
 */
import { createHmac } from 'node:crypto';
import type { Serial } from '../../domain/contact.ts';
import { type Identifier, identifierFrom, type MakeIdentifier } from '../../domain/identifier.ts';
import { type Instant, MINUTE } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { Inbound, InboundBody } from '../../turn/message.ts';
import type { AcceptWithRemoteMedia, NoticeConsents, PlatformSends, PlatformStates, RemoteMedia } from '../../turn/platform-ports.ts';
import type { Accept, Accepted, OpenConversation } from '../../turn/ports.ts';
import type { Received } from './received.ts';

export type ReceiveNeeds = {
  /** 32 bytes that only this desk knows: nobody can tell a conversation's id from an openid. */
  readonly secret: Buffer;
  readonly openConversation: OpenConversation;
  readonly accept: Accept;
  readonly acceptWithRemoteMedia: AcceptWithRemoteMedia;
  readonly sends: Pick<PlatformSends, 'shut'>;
  readonly consents: Pick<NoticeConsents, 'agreed'>;
  readonly states: Pick<PlatformStates, 'heard'>;
  /** The label of a choice under one of our messages, null when there is none. */
  readonly choiceOf: (conversationId: Identifier, seq: number, number: number) => Promise<string | null>;
  /** The product a scanned code stands on (S4-013); null for one that is not ours. */
  readonly productOf: (scene: string) => Serial | null;
  readonly policy: Pick<Policy, 'limits' | 'wechat'>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number>>) => void;
};

/** `ignored`: nothing anybody answers. */
export type Receipt =
  /** `said`: the customer's words, null when there are none. */
  | { readonly kind: 'kept'; readonly conversationId: Identifier; readonly isNew: boolean; readonly said: string | null }
  | { readonly kind: 'ignored' };

/** Resolves when it is durable; throws when it could not be made so. */
export type Receive = (received: Received) => Promise<Receipt>;

const IGNORED = { kind: 'ignored' } as const;
const CODE_LENGTH_MAX = 40;
const MENU_ID = /^(\d{1,9})\.(\d{1,2})$/;
/** As our labels have them, genuine or not. Scenes of other codes bring a follower, and are nobody's product. */
const PRODUCT_SCENE = /^[A-Z0-9]{8,20}[.]/;
const KINDS = {
  image: { name: 'photo.jpg', contentType: 'image/jpeg' },
  video: { name: 'video.mp4', contentType: 'video/mp4' },
  voice: { name: 'voice.amr', contentType: 'audio/amr' },
} as const;

/** Keys of a menu by which a customer agrees to template messages, of which the platform itself tells no consent. */
const NOTICES: ReadonlyMap<string, boolean> = new Map([
  ['notices-on', true],
  ['notices-off', false],
]);
/** Until they say no: more than anybody is ever told. */
const TIMES_AGREED = 1_000;

type Consented = Extract<Received, { readonly kind: 'consented' }>;
type Put = { readonly body: InboundBody; readonly media: readonly RemoteMedia[]; readonly sender: Inbound['sender'] };

/** The conversation of a follower. */
export function conversationOf(secret: Buffer, openId: string): Identifier {
  return identifierFrom(0, createHmac('sha256', secret).update(openId).digest());
}

export function createReceive(needs: ReceiveNeeds): Receive {
  const { secret, now, policy } = needs;
  return async (received) => {
    const at = now();
    await needs.states.heard('wechat', at);
    if (received.kind === 'other') return IGNORED;
    if (received.kind === 'notices-failed') {
      for (const code of received.codes) needs.log('wechat.notice-failed', { code: code.slice(0, CODE_LENGTH_MAX) });
      return IGNORED;
    }
    if (received.kind === 'consented') {
      await keepConsents(received, needs);
      return IGNORED;
    }
    if (at - received.at > policy.wechat.overAgeMinutes * MINUTE) {
      needs.log('wechat.over-age', { minutes: Math.round((at - received.at) / MINUTE) });
      return IGNORED;
    }
    const conversationId = conversationOf(secret, received.openId);
    const agrees = received.kind === 'clicked' ? agreesTo(received.menuKey, policy) : null;
    const inbounds = (await putsOf(received, conversationId, needs)).map((put, place) => ({ ...put, ...inboundOf(put, place) }));
    const accepted = await acceptOpened(inbounds);
    if (received.kind === 'unsubscribed') await needs.sends.shut(conversationId, at);
    for (const template of agrees?.templates ?? []) await needs.consents.agreed(conversationId, template, agrees?.times ?? 0, received.at);
    const body = inbounds[0]?.body;
    const said = body?.kind === 'text' ? body.text : null;
    return { kind: 'kept', conversationId, isNew: accepted.some((it) => it.kind === 'accepted'), said };

    function inboundOf({ body, sender }: Put, place: number): Inbound {
      const channelMessageId = place === 0 ? keyOf(received) : `${received.key}#${place}`;
      return { id: needs.makeIdentifier(), conversationId, channel: 'wechat', channelMessageId, sender, body, at };
    }

    async function acceptOpened(puts: readonly (Put & Inbound)[]): Promise<readonly Accepted[]> {
      const first = await acceptAll(puts);
      if (!first.some((it) => it.kind === 'no-such-conversation')) return first;
      await needs.openConversation({ conversationId, channel: 'wechat', externalId: received.openId, at });
      return acceptAll(puts);
    }
  };

  async function acceptAll(puts: readonly (Put & Inbound)[]): Promise<readonly Accepted[]> {
    const [first] = puts;
    if (first === undefined || first.media.length === 0) return needs.accept(puts.map(plain));
    const accepted = await needs.acceptWithRemoteMedia(plain(first), first.media, policy.limits.filesPerConversation);
    // No more is kept in this chat; that something was sent must not get lost with it.
    return accepted.kind === 'full' ? needs.accept([{ ...plain(first), body: { kind: 'unreadable', why: 'full' } }]) : [accepted];
  }
}

/** A tap on a menu lets us say less than a message does, so it must not look like one. */
function keyOf(received: Received): string {
  return received.kind === 'text' && received.menuId !== null ? `tap:${received.key}` : received.key;
}

/**
 * However late it comes: a no holds from then on. Said when the customer did it, not when we heard: what comes again is
 * known by that, and counts once.
 */
async function keepConsents(
  { openId, at, agreed, refused }: Consented,
  { secret, openConversation, consents }: ReceiveNeeds,
): Promise<void> {
  if (agreed.length + refused.length === 0) return;
  const conversationId = conversationOf(secret, openId);
  await openConversation({ conversationId, channel: 'wechat', externalId: openId, at });
  for (const template of agreed) await consents.agreed(conversationId, template, 1, at);
  for (const template of refused) await consents.agreed(conversationId, template, 0, at);
}

/** Null for every other key, and where no template message is configured. */
function agreesTo(
  menuKey: string,
  { wechat }: ReceiveNeeds['policy'],
): { readonly templates: readonly string[]; readonly times: number } | null {
  const wanted = NOTICES.get(menuKey);
  const templates = Object.values(wechat.templates).flatMap((it) => (it.by === 'template' ? [it.id] : []));
  return wanted === undefined || templates.length === 0 ? null : { templates: [...new Set(templates)], times: wanted ? TIMES_AGREED : 0 };
}

function plain({ media: _, ...inbound }: Put & Inbound): Inbound {
  return inbound;
}

async function putsOf(received: Received, conversationId: Identifier, needs: ReceiveNeeds): Promise<readonly Put[]> {
  switch (received.kind) {
    case 'text': {
      const label = await labelOf(received.menuId, conversationId, needs);
      return [said(textBody(label ?? received.text, needs))];
    }
    case 'clicked': {
      const agrees = agreesTo(received.menuKey, needs.policy);
      if (agrees !== null) return [happened({ kind: 'event', event: 'notices-wanted', wanted: agrees.times > 0 })];
      return [said(textBody(received.menuKey, needs))];
    }
    case 'link':
      return [said(textBody([received.title, received.url].filter(Boolean).join('\n'), needs))];
    case 'media': {
      const media = remote(received.media, received.mediaId, needs);
      return [{ sender: 'customer', media: [media], body: { kind: 'photos', attachmentIds: [media.id], text: null } }];
    }
    case 'voice': {
      if (received.heard !== null) return [said(textBody(received.heard, needs))];
      const media = remote('voice', received.mediaId, needs);
      return [{ sender: 'customer', media: [media], body: { kind: 'voice', attachmentId: media.id } }];
    }
    case 'location':
      return [said({ kind: 'location', latitude: received.latitude, longitude: received.longitude, label: received.label })];
    case 'unsupported':
      return [said({ kind: 'unreadable', why: 'unsupported' })];
    case 'subscribed': {
      const scanned = received.scene === null || !PRODUCT_SCENE.test(received.scene) ? [] : [scannedOf(received.scene, needs)];
      return [happened({ kind: 'event', event: 'conversation-started' }), ...scanned];
    }
    case 'scanned':
      return [scannedOf(received.scene, needs)];
    case 'unsubscribed':
      return [happened({ kind: 'event', event: 'unfollowed' })];
    case 'consented':
    case 'notices-failed':
    case 'other':
      return [];
    default:
      return unreachable(received);
  }
}

function said(body: InboundBody): Put {
  return { sender: 'customer', media: [], body };
}

function happened(body: InboundBody): Put {
  return { sender: 'system', media: [], body };
}

function scannedOf(scene: string, { productOf }: ReceiveNeeds): Put {
  return happened({ kind: 'event', event: 'product-scanned', serial: productOf(scene) });
}

function textBody(text: string, { policy }: ReceiveNeeds): InboundBody {
  if (text.trim() === '') return { kind: 'unreadable', why: 'empty' };
  return text.length > policy.limits.messageCharacters ? { kind: 'unreadable', why: 'too-long' } : { kind: 'text', text };
}

/** A tapped choice is its label, whatever the client has put beside its id. */
async function labelOf(menuId: string | null, conversationId: Identifier, { choiceOf }: ReceiveNeeds): Promise<string | null> {
  const [, seq, number] = MENU_ID.exec(menuId ?? '') ?? [];
  return seq === undefined || number === undefined ? null : choiceOf(conversationId, Number(seq), Number(number));
}

function remote(kind: keyof typeof KINDS, mediaId: string, { makeIdentifier }: ReceiveNeeds): RemoteMedia {
  return { id: makeIdentifier(), mediaId, ...KINDS[kind] };
}
