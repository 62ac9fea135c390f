/**
 * The calls of the fake WeChat platform: what each takes, what it answers and what a customer sees because of it. Limits
 * and codes are the real ones; nothing of the desk's own code is asked.
 */
import { type Answer, agreed, fieldsOf, json, refused, textOf } from './wechat-answer.ts';
import type { MediaStore } from './wechat-media.ts';
import type { MenuItem, People, Shown } from './wechat-people.ts';
import { readTemplateData } from './wechat-template-data.ts';
import type { Tokens } from './wechat-tokens.ts';

export const API_PATHS = {
  token: '/cgi-bin/stable_token',
  send: '/cgi-bin/message/custom/send',
  upload: '/cgi-bin/media/upload',
  download: '/cgi-bin/media/get',
  template: '/cgi-bin/message/template/send',
  notice: '/cgi-bin/message/subscribe/bizsend',
  qrCode: '/cgi-bin/qrcode/create',
  menu: '/cgi-bin/menu/create',
  addresses: '/cgi-bin/get_api_domain_ip',
} as const;

export type ApiCall = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Uint8Array;
};

type Needs = {
  readonly tokens: Tokens;
  readonly people: People;
  readonly media: MediaStore;
  readonly now: () => number;
  /** Whether the account may send menus; a test account may not. */
  readonly menus: boolean;
  /** The templates the account has; null = any. */
  readonly templates: readonly string[] | null;
  readonly films: 'address' | 'bytes';
  readonly url: () => string;
};

const TEXT_BYTES_MAX = 2_048;
const MENU_TEXT_BYTES_MAX = 1_024;
const MENU_ITEMS_MAX = 10;
const MENU_ITEM_BYTES_MAX = 128;
const SCENE_LENGTH_MAX = 64;
const BUTTONS_MAX = 3;

export function createApi(needs: Needs): (call: ApiCall) => Promise<Answer> {
  const { tokens, people, media, now } = needs;
  let lastMessageId = 3_600_000_000_000_000;

  const posts: Readonly<Record<string, (body: unknown) => Answer>> = {
    [API_PATHS.send]: send,
    [API_PATHS.template]: (body) => sendTemplate(body, 'template'),
    [API_PATHS.notice]: (body) => sendTemplate(body, 'notice'),
    [API_PATHS.qrCode]: createQrCode,
    [API_PATHS.menu](body) {
      const buttons = fieldsOf(body)['button'];
      return Array.isArray(buttons) && buttons.length >= 1 && buttons.length <= BUTTONS_MAX ? agreed() : refused(40016);
    },
  };

  function send(body: unknown): Answer {
    const asked = fieldsOf(body);
    const openId = textOf(asked['touser']);
    if (people.fault(openId) === 40003) return refused(40003);
    const shown = read(textOf(asked['msgtype']), asked);
    if (typeof shown === 'number') return refused(shown);
    const code = people.fault(openId) || people.takeSend(openId);
    if (code !== 0) return refused(code);
    people.show(openId, shown);
    return agreed();
  }

  /** What would be seen, or the code it is refused with. */
  function read(type: string, asked: Readonly<Record<string, unknown>>): Shown | number {
    const content = fieldsOf(asked[type]);
    switch (type) {
      case 'text': {
        const text = textOf(content['content']);
        return textFault(text, TEXT_BYTES_MAX) || { kind: 'text', text, at: now() };
      }
      case 'msgmenu':
        return needs.menus ? readMenu(content, now()) : 40200;
      case 'image': {
        const image = media.get(textOf(content['media_id']));
        if (image?.type !== 'image') return 40007;
        return { kind: 'image', bytes: image.bytes, contentType: image.contentType, at: now() };
      }
      default:
        return 40008;
    }
  }

  function sendTemplate(body: unknown, kind: 'template' | 'notice'): Answer {
    const asked = fieldsOf(body);
    const openId = textOf(asked['touser']);
    const template = textOf(asked['template_id']);
    if (people.fault(openId) !== 0) return refused(people.fault(openId));
    if (template === '' || needs.templates?.includes(template) === false) return refused(40037);
    const read = readTemplateData(asked['data']);
    if (read.kind === 'fault') return refused(47003, read.words);
    if (kind === 'notice' && !people.takeAgreement(openId, template)) return refused(43101);
    const url = textOf(asked[kind === 'notice' ? 'page' : 'url']);
    people.show(openId, { kind, template, data: read.data, url, at: now() });
    lastMessageId += 1;
    return kind === 'notice' ? agreed() : agreed({ msgid: lastMessageId });
  }

  function download(mediaId: string): Answer {
    const found = media.get(mediaId);
    if (found === null) return refused(40007);
    if (found.type === 'video' && needs.films === 'address') return json({ video_url: `${needs.url()}/video/${mediaId}` });
    return { kind: 'file', bytes: found.bytes, contentType: found.contentType, name: mediaId };
  }

  return async ({ method, path, query, contentType, body }) => {
    if (path.startsWith('/video/')) {
      const film = media.get(path.slice('/video/'.length));
      return film === null ? refused(40007) : { kind: 'file', bytes: film.bytes, contentType: film.contentType, name: 'video' };
    }
    const isGet = path === API_PATHS.download || path === API_PATHS.addresses;
    if (!isGet && !(Object.values(API_PATHS) as readonly string[]).includes(path)) return refused(40066);
    if (!isGet && method !== 'POST') return refused(43002);
    if (path !== API_PATHS.token && tokens.fault(query.get('access_token')) !== 0) return refused(tokens.fault(query.get('access_token')));
    if (path === API_PATHS.download) return download(query.get('media_id') ?? '');
    if (path === API_PATHS.addresses) return json({ ip_list: ['127.0.0.1'] });
    if (path === API_PATHS.upload) return media.upload(query.get('type'), contentType, body);
    const read = readJson(body);
    if (read.kind === 'fault') return refused(read.code);
    return path === API_PATHS.token ? tokens.issue(read.value) : (posts[path]?.(read.value) ?? refused(40066));
  };
}

function createQrCode(body: unknown): Answer {
  const scene = textOf(fieldsOf(fieldsOf(fieldsOf(body)['action_info'])['scene'])['scene_str']);
  const isKnown = ['QR_STR_SCENE', 'QR_LIMIT_STR_SCENE'].includes(textOf(fieldsOf(body)['action_name']));
  if (!isKnown || scene.length < 1 || scene.length > SCENE_LENGTH_MAX) return refused(40053);
  const ticket = Buffer.from(scene).toString('base64url');
  return json({ ticket, expire_seconds: 60, url: `http://weixin.qq.com/q/${ticket}` });
}

function readMenu(content: Readonly<Record<string, unknown>>, at: number): Shown | number {
  const [head, tail] = [textOf(content['head_content']), textOf(content['tail_content'])];
  const list: readonly unknown[] = Array.isArray(content['list']) ? content['list'] : [];
  if (list.length === 0 || list.length > MENU_ITEMS_MAX) return 45098;
  const items: MenuItem[] = list.map((it) => ({ id: textOf(fieldsOf(it)['id']), label: textOf(fieldsOf(it)['content']) }));
  if (items.some((it) => it.id === '')) return 40058;
  const faults = [
    textFault(head, MENU_TEXT_BYTES_MAX),
    tail === '' ? 0 : textFault(tail, MENU_TEXT_BYTES_MAX),
    ...items.flatMap((it) => [textFault(it.id, MENU_ITEM_BYTES_MAX), textFault(it.label, MENU_ITEM_BYTES_MAX)]),
  ];
  return faults.find((it) => it !== 0) ?? { kind: 'menu', head, items, tail, at };
}

/** 0, or the code a text is refused with. */
function textFault(text: string, bytesMax: number): number {
  if (text === '') return 44004;
  if (!text.isWellFormed()) return 40033;
  return Buffer.byteLength(text) > bytesMax ? 45002 : 0;
}

function readJson(
  body: Uint8Array,
): { readonly kind: 'read'; readonly value: unknown } | { readonly kind: 'fault'; readonly code: number } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { kind: 'fault', code: 40033 };
  }
  try {
    return { kind: 'read', value: JSON.parse(text) };
  } catch {
    return { kind: 'fault', code: 47001 };
  }
}
