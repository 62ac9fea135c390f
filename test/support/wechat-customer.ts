/**
 * A customer on the fake WeChat platform: what they do becomes the platform's callback to the desk, and what the desk
 * sends is on their screen.
 *
 *   const customer = createWechatCustomer(platform, desk.url, { token, aesKey });  // follows the account already
 *   const said = await customer.say('...');      // said.status, said.body ('success'), said.milliseconds, said.xml
 *   await customer.next();                       // the next thing on the screen not yet taken; next(isMenu), next(fits, ms)
 *   await customer.ask('...');                   // say, then next
 *   await customer.tap('label');                 // on the newest menu that has it; `say('1')` is the number instead
 *   await customer.redeliver(said, 3);           // the same body again, signed anew, one after the other
 *   await Promise.all([1, 2, 3].map(() => customer.redeliver(said)));               // ... or at once
 *   customer.screen(); customer.heard();         // all there is, as data or as words
 *
 * Below that, for what no platform would send: `message` and `event` fields as XML, `seal`, `post`.
 *
 *   await customer.post('{}', customer.seal('').query);
 *   const { body, query } = customer.seal(customer.xml('text', { Content: '...', MsgId: 23_000_000_000_000_001n }), { at });
 *   await customer.post(body, { ...query, msg_signature: 'no' });
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  callbackXml,
  exchange,
  type Fields,
  type Letter,
  type Query,
  type Reply,
  type Sealing,
  sealed,
  signedQuery,
} from './wechat-callback.ts';
import { SAMPLES } from './wechat-media.ts';
import { type Deed, type Shown, wordsOf } from './wechat-people.ts';
import type { WechatPlatform } from './wechat-platform.ts';

/** `xml`: what was said, for saying it again. */
export type Posted = Reply & { readonly attempts: number; readonly xml: string };

export type Menu = Extract<Shown, { readonly kind: 'menu' }>;
export type Place = { readonly latitude: number; readonly longitude: number; readonly label: string };

export type CustomerOptions = {
  /** The desk's WECHAT_TOKEN. */
  readonly token: string;
  /** The desk's WECHAT_AES_KEY; without it the callbacks are plain. */
  readonly aesKey?: string | undefined;
  readonly openId?: string;
  /** Another app's than the platform's. */
  readonly appId?: string;
  /** The platform's own repetitions of what was not answered `success`; none unless told. Its own are 3, 5 s apart. */
  readonly retry?: { readonly times: number; readonly milliseconds: number };
  /** How long the platform waits for an answer. */
  readonly answerMilliseconds?: number;
};

export type WechatCustomer = {
  readonly openId: string;
  readonly say: (text: string) => Promise<Posted>;
  readonly tap: (label: string) => Promise<Posted>;
  readonly sendImage: (bytes?: Uint8Array, contentType?: string) => Promise<Posted>;
  /** `recognition`: what the platform understood; without it there is no such field. */
  readonly sendVoice: (recognition?: string, bytes?: Uint8Array) => Promise<Posted>;
  readonly sendVideo: (bytes?: Uint8Array) => Promise<Posted>;
  readonly sendLocation: (place: Place) => Promise<Posted>;
  readonly sendLink: (link: { readonly title: string; readonly url: string }) => Promise<Posted>;
  /** `scene`: by a code that was scanned. */
  readonly follow: (scene?: string) => Promise<Posted>;
  readonly unfollow: () => Promise<Posted>;
  readonly scan: (scene: string) => Promise<Posted>;
  readonly click: (key: string) => Promise<Posted>;
  /** One more notice of each template may be sent to them. */
  readonly agree: (...templates: readonly string[]) => Promise<Posted>;
  readonly refuse: (...templates: readonly string[]) => Promise<Posted>;
  /** Any event by the platform's name. */
  readonly event: (name: string, fields?: Fields) => Promise<Posted>;
  /** Any message by the platform's type; it counts as something said. */
  readonly message: (type: string, fields: Fields) => Promise<Posted>;

  readonly redeliver: (posted: Posted, times?: number) => Promise<readonly Posted[]>;
  /** Seals and posts what `xml` or a test wrote; it opens no window to answer in. */
  readonly deliver: (xml: string) => Promise<Posted>;
  /** A message's XML with sender, time and a fresh MsgId, each replaced by a field of that name. */
  readonly xml: (type: string, fields: Fields) => string;
  readonly seal: (xml: string, changes?: Partial<Sealing>) => Letter;
  /** Exactly this. */
  readonly post: (body: string | Uint8Array, query: Query) => Promise<Reply>;
  /** The platform asks whether the address is the desk's: answered with the echo, when signed well. */
  readonly verify: (changes?: Partial<Sealing>, echo?: string) => Promise<Reply>;

  readonly screen: () => readonly Shown[];
  /** The screen as words, a menu with its labels line by line. */
  readonly heard: () => readonly string[];
  readonly next: (fits?: (shown: Shown) => boolean, timeoutMilliseconds?: number) => Promise<Shown>;
  readonly ask: (text: string, timeoutMilliseconds?: number) => Promise<Shown>;
};

const ANSWER_MILLISECONDS = 5_000;
const WAIT_MILLISECONDS = 10_000;
const ACCOUNT_ID = 'gh_97417a04a28d';
const OPEN_ID_BYTES = 20;
/** Events after which the platform lets us speak a little. */
const ACTIONS: ReadonlySet<string> = new Set(['subscribe', 'SCAN', 'CLICK', 'scancode_push', 'scancode_waitmsg']);

/** `desk`: its base URL, as a function where it may move. */
export function createWechatCustomer(
  platform: WechatPlatform,
  desk: string | (() => string),
  { token, aesKey, appId = platform.appId, retry = { times: 0, milliseconds: 0 }, ...options }: CustomerOptions,
): WechatCustomer {
  const openId = options.openId ?? `o${randomBytes(OPEN_ID_BYTES).toString('base64url')}`;
  const { people } = platform;
  people.meet(openId);
  let taken = 0;

  const sealing = (changes: Partial<Sealing>): Sealing => ({
    token,
    appId,
    aesKey: aesKey ?? null,
    accountId: ACCOUNT_ID,
    openId,
    at: platform.now(),
    ...changes,
  });
  const seal = (xml: string, changes: Partial<Sealing> = {}) => sealed(xml, sealing(changes));
  const webhook = () => `${typeof desk === 'string' ? desk : desk()}/wechat/webhook`;
  const post = (body: string | Uint8Array | null, query: Query) =>
    exchange(webhook(), query, body, options.answerMilliseconds ?? ANSWER_MILLISECONDS);

  const deliver = async (xml: string): Promise<Posted> => {
    for (let attempts = 1; ; attempts++) {
      const { body, query } = seal(xml);
      const reply = await post(body, query);
      const isTaken = reply.status === 200 && ['success', ''].includes(reply.body);
      if (isTaken || attempts > retry.times) return { ...reply, attempts, xml };
      await pause(retry.milliseconds);
    }
  };

  const head = (type: string): Fields => ({
    ToUserName: ACCOUNT_ID,
    FromUserName: openId,
    CreateTime: Math.floor(platform.now() / 1_000),
    MsgType: type,
  });
  const xml = (type: string, fields: Fields) => callbackXml({ ...head(type), MsgId: platform.nextMessageId(), ...fields });
  const message = (type: string, fields: Fields, deed: Deed = 'message') => {
    people.did(openId, deed);
    return deliver(xml(type, fields));
  };
  const event = (name: string, fields: Fields = {}) => {
    if (ACTIONS.has(name)) people.did(openId, 'action');
    return deliver(callbackXml({ ...head('event'), Event: name, ...fields }));
  };
  const put = (type: 'image' | 'voice' | 'video', contentType: string, bytes: Uint8Array) =>
    platform.putMedia({ type, contentType, bytes });
  const ticket = (scene: string) => Buffer.from(scene).toString('base64url');
  const screen = () => people.screen(openId);

  const next: WechatCustomer['next'] = (fits = () => true, timeoutMilliseconds = WAIT_MILLISECONDS) => {
    const look = () => {
      for (const shown of screen().slice(taken)) {
        taken += 1;
        if (fits(shown)) return shown;
      }
      return null;
    };
    return platform.bell.until(
      look,
      timeoutMilliseconds,
      () => `a fitting answer; last seen:\n${screen().slice(-3).map(wordsOf).join('\n')}`,
    );
  };

  return {
    openId,
    say: (text) => message('text', { Content: text }),
    tap(label) {
      const item = screen()
        .filter((it): it is Menu => it.kind === 'menu')
        .findLast((it) => it.items.some((one) => one.label === label))
        ?.items.find((it) => it.label === label);
      if (item === undefined) throw new Error(`no "${label}" on the screen:\n${screen().slice(-3).map(wordsOf).join('\n')}`);
      return message('text', { Content: label, bizmsgmenuid: item.id }, 'action');
    },
    sendImage(bytes = SAMPLES.image, contentType = 'image/png') {
      const MediaId = put('image', contentType, bytes);
      return message('image', { PicUrl: `http://mmbiz.qpic.cn/${MediaId}`, MediaId });
    },
    sendVoice: (recognition, bytes = SAMPLES.voice) =>
      message('voice', {
        MediaId: put('voice', 'audio/amr', bytes),
        Format: 'amr',
        ...(recognition !== undefined && { Recognition: recognition }),
      }),
    sendVideo: (bytes = SAMPLES.video) =>
      message('video', { MediaId: put('video', 'video/mp4', bytes), ThumbMediaId: put('image', 'image/png', SAMPLES.image) }),
    sendLocation: ({ latitude, longitude, label }) =>
      message('location', { Location_X: latitude, Location_Y: longitude, Scale: 15, Label: label }),
    sendLink: ({ title, url }) => message('link', { Title: title, Description: '', Url: url }),
    follow(scene) {
      people.meet(openId);
      return event('subscribe', scene === undefined ? { EventKey: '' } : { EventKey: `qrscene_${scene}`, Ticket: ticket(scene) });
    },
    unfollow() {
      people.unfollow(openId);
      return event('unsubscribe', { EventKey: '' });
    },
    scan: (scene) => event('SCAN', { EventKey: scene, Ticket: ticket(scene) }),
    click: (key) => event('CLICK', { EventKey: key }),
    agree(...templates) {
      for (const template of templates) people.agree(openId, template);
      const List = templates.map((it) => ({ TemplateId: it, SubscribeStatusString: 'accept', PopupScene: 1 }));
      return event('subscribe_msg_popup_event', { SubscribeMsgPopupEvent: { List } });
    },
    refuse(...templates) {
      for (const template of templates) people.refuse(openId, template);
      const List = templates.map((it) => ({ TemplateId: it, SubscribeStatusString: 'reject' }));
      return event('subscribe_msg_change_event', { SubscribeMsgChangeEvent: { List } });
    },
    event,
    message: (type, fields) => message(type, fields),

    async redeliver(posted, times = 1) {
      const again: Posted[] = [];
      for (let time = 0; time < times; time++) again.push(await deliver(posted.xml));
      return again;
    },
    deliver,
    xml,
    seal,
    post,
    verify: (changes = {}, echo = '5838479218127813673') => post(null, { ...signedQuery(sealing(changes)), echostr: echo }),

    screen,
    heard: () => screen().map(wordsOf),
    next,
    async ask(text, timeoutMilliseconds) {
      await message('text', { Content: text });
      return next(undefined, timeoutMilliseconds);
    },
  };
}
