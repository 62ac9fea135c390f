/**
 * What the platform says a customer did, read from the fields of a callback. `key` is the platform's own name of it: the
 * MsgId, which comes again when we answer late; events have none and are known by who, when and what.
 */
import { type Instant, instantOf } from '../../domain/instant.ts';
import type { CallbackFields } from './callback-xml.ts';

export type Received = {
  readonly key: string;
  readonly openId: string;
  readonly at: Instant;
} & Deed;

type Deed =
  /** `menuId`: a choice under one of our questions was tapped. */
  | { readonly kind: 'text'; readonly text: string; readonly menuId: string | null }
  | { readonly kind: 'media'; readonly media: Media; readonly mediaId: string }
  /** `heard`: what the platform understood, where it was asked to listen. */
  | { readonly kind: 'voice'; readonly mediaId: string; readonly heard: string | null }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number; readonly label: string }
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  /** `scene`: the code that was scanned to come here. */
  | { readonly kind: 'subscribed'; readonly scene: string | null }
  | { readonly kind: 'unsubscribed' }
  | { readonly kind: 'scanned'; readonly scene: string }
  | { readonly kind: 'clicked'; readonly menuKey: string }
  /** Templates by which they agree to hear from us once more each, and those they want nothing by any more. */
  | { readonly kind: 'consented'; readonly agreed: readonly string[]; readonly refused: readonly string[] }
  /** What became of notices we sent: the platform's codes of those that never came. */
  | { readonly kind: 'notices-failed'; readonly codes: readonly string[] }
  /** A kind of message nobody here can read. */
  | { readonly kind: 'unsupported'; readonly type: string }
  /** Nothing anybody answers: a page that was opened, a place that is reported, what the platform thinks of next. */
  | { readonly kind: 'other'; readonly name: string };

export type Media = 'image' | 'video';

const SECOND_MILLISECONDS = 1_000;
const SCENE_PREFIX = 'qrscene_';
const TEMPLATE_ID = /^[\w-]{1,64}$/;
const LIST_ITEM = /^\w+\.List\.(\d+)\./;

/** Null when the fields are no message or event of anybody. */
export function readReceived(fields: CallbackFields): Received | null {
  const { FromUserName: openId, CreateTime: seconds, MsgType: type } = fields;
  if (!openId || !type || seconds === undefined || !/^\d{1,12}$/.test(seconds)) return null;
  const at = instantOf(Number(seconds) * SECOND_MILLISECONDS);
  if (type === 'event') {
    const name = fields['Event'] ?? '';
    return { key: [openId, seconds, name, fields['EventKey'] ?? ''].join(':'), openId, at, ...eventOf(name, fields) };
  }
  const key = fields['MsgId'];
  if (key === undefined || !/^\d{1,20}$/.test(key)) return null;
  return { key, openId, at, ...deedOf(type, fields) };
}

function deedOf(type: string, fields: CallbackFields): Deed {
  const mediaId = fields['MediaId'] ?? '';
  switch (type) {
    case 'text':
      return { kind: 'text', text: fields['Content'] ?? '', menuId: fields['bizmsgmenuid'] ?? null };
    case 'image':
      return { kind: 'media', media: 'image', mediaId };
    case 'video':
    case 'shortvideo':
      return { kind: 'media', media: 'video', mediaId };
    case 'voice': {
      const heard = fields['Recognition']?.trim() ?? '';
      return { kind: 'voice', mediaId, heard: heard === '' ? null : heard };
    }
    case 'location':
      return {
        kind: 'location',
        latitude: Number(fields['Location_X']),
        longitude: Number(fields['Location_Y']),
        label: fields['Label']?.trim() ?? '',
      };
    case 'link':
      return { kind: 'link', title: fields['Title'] ?? '', url: fields['Url'] ?? '' };
    default:
      return { kind: 'unsupported', type };
  }
}

function eventOf(name: string, fields: CallbackFields): Deed {
  const key = fields['EventKey'] ?? '';
  switch (name) {
    case 'subscribe':
      return { kind: 'subscribed', scene: key.startsWith(SCENE_PREFIX) ? key.slice(SCENE_PREFIX.length) : null };
    case 'unsubscribe':
      return { kind: 'unsubscribed' };
    case 'SCAN':
      return { kind: 'scanned', scene: key };
    case 'CLICK':
      return { kind: 'clicked', menuKey: key };
    // Who closes the question takes nothing back.
    case 'subscribe_msg_popup_event':
      return { kind: 'consented', agreed: templatesOf('SubscribeMsgPopupEvent', 'accept', fields), refused: [] };
    case 'subscribe_msg_change_event':
      return { kind: 'consented', agreed: [], refused: templatesOf('SubscribeMsgChangeEvent', 'reject', fields) };
    case 'subscribe_msg_sent_event': {
      const codes = listOf('SubscribeMsgSentEvent', fields).map((it) => it('ErrorCode'));
      return { kind: 'notices-failed', codes: codes.filter((it) => it !== '0') };
    }
    case 'TEMPLATESENDJOBFINISH': {
      const status = fields['Status'] ?? '';
      return { kind: 'notices-failed', codes: status === 'success' ? [] : [status] };
    }
    default:
      return { kind: 'other', name };
  }
}

function templatesOf(event: string, status: 'accept' | 'reject', fields: CallbackFields): readonly string[] {
  const chosen = listOf(event, fields).filter((it) => it('SubscribeStatusString') === status);
  return chosen.map((it) => it('TemplateId')).filter((it) => TEMPLATE_ID.test(it));
}

/** The items of an event's list, each as what it says under a name; empty where it says nothing. */
function listOf(event: string, fields: CallbackFields): readonly ((name: string) => string)[] {
  const places = Object.keys(fields).flatMap((it) => LIST_ITEM.exec(it)?.[1] ?? []);
  return [...new Set(places)].map((place) => (name: string) => fields[`${event}.List.${place}.${name}`] ?? '');
}
