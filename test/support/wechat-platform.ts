/**
 * The WeChat Official Account platform, for tests: its API on loopback with the real limits and refusals, faults on
 * demand, and its customers' screens. `wechat-customer.ts` is who sits in front of one.
 *
 *   const platform = await openWechatPlatform({ appId: 'wx1', appSecret: 'secret' });
 *   // the desk: WECHAT_API_BASE=platform.url, WECHAT_APP_ID, WECHAT_APP_SECRET, WECHAT_TOKEN, WECHAT_AES_KEY
 *   const customer = createWechatCustomer(platform, desk.url, { token: 'token' });
 *   await customer.say('...');                                    // { status: 200, body: 'success', ... }
 *   await customer.next();                                        // what comes on the screen, in order, each once
 *   platform.script(API_PATHS.send, { kind: 'errcode', code: -1 }, 2);      // the next two sends are refused
 *   platform.script(API_PATHS.send, { kind: 'answer-lost' });     // the next one is shown, but the desk never hears so
 *   platform.script('*', { kind: 'silent' }, Infinity);           // nobody answers any more; until platform.heal()
 *   platform.expireToken(); platform.advance(48 * 3_600_000);     // time is the platform's own, ahead of `now`
 *   await platform.called(API_PATHS.token, 2);                    // waits for calls, without sleeping
 *   platform.delivered(customer.openId); platform.sendsLeft(customer.openId); platform.calls(API_PATHS.send);
 *   await platform.close();
 *
 * What the real one does that surprises: a tap on a menu we sent allows three sends within a minute, not five in 48 hours;
 * a token's `expires_in` counts down; forced refreshes have to be 30 s apart (45011); of a film only the address can be
 * downloaded (`video_url`; callers have met both, so there is an option); what is no picture, voice or film can neither be
 * uploaded nor sent.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Bell, createBell } from './bell.ts';
import type { Answer } from './wechat-answer.ts';
import { type API_PATHS, createApi } from './wechat-api.ts';
import { answerUnder, type Fault } from './wechat-fault.ts';
import { createMediaStore, type Media } from './wechat-media.ts';
import { createPeople, type People, type Shown } from './wechat-people.ts';
import { createTokens } from './wechat-tokens.ts';

export type ApiPath = (typeof API_PATHS)[keyof typeof API_PATHS];

export type RecordedCall = {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Null when it was no JSON. */
  readonly body: unknown;
  readonly at: number;
  /** The `errcode` as answered, 0 for all that went well; null when there was no answer. */
  readonly code: number | null;
};

export type PlatformOptions = {
  readonly appId: string;
  readonly appSecret: string;
  /** The platform's clock in milliseconds; it also stamps the callbacks. */
  readonly now?: () => number;
  /** False: an account that may not send menus (40200). */
  readonly menus?: boolean;
  /** The templates there are; any others are 40037. */
  readonly templates?: readonly string[];
  /** How a film is downloaded: by an address, as is documented, or at once, as callers have met it too. */
  readonly films?: 'address' | 'bytes';
  /** Between two forced refreshes of the token; 30 as on the real one. */
  readonly forcedPauseSeconds?: number;
};

export type WechatPlatform = {
  readonly url: string;
  readonly appId: string;
  readonly now: () => number;
  /** Moves the platform's clock ahead. */
  readonly advance: (milliseconds: number) => void;
  /** The next `times` calls meet this fault; several are met in the order they were scripted. */
  readonly script: (path: ApiPath | '*', fault: Fault, times?: number) => void;
  /** Nothing scripted any more. */
  readonly heal: () => void;
  readonly expireToken: () => void;
  readonly revokeToken: () => void;
  readonly calls: (path?: ApiPath) => readonly RecordedCall[];
  /** Resolves once so many calls have come in, answered or not yet; fails after `timeoutMilliseconds`. */
  readonly called: (path: ApiPath, times?: number, timeoutMilliseconds?: number) => Promise<readonly RecordedCall[]>;
  /** What a customer has on the screen, in order. */
  readonly delivered: (openId: string) => readonly Shown[];
  readonly allDelivered: () => readonly { readonly openId: string; readonly shown: Shown }[];
  readonly sendsLeft: (openId: string) => number;
  /** What a customer sends lies here; the id they name it by. */
  readonly putMedia: (media: Media) => string;
  /** A 64-bit number, one more than the one before. */
  readonly nextMessageId: () => bigint;
  /** Who is there and what they did, for the customer beside this. */
  readonly people: People;
  /** Rings when a call comes in or ends, or something comes on a screen. */
  readonly bell: Bell;
  readonly close: () => Promise<void>;
};

const WAIT_MILLISECONDS = 10_000;
/** Beyond what a double holds: neighbours differ only for those who read digits. */
const MESSAGE_ID_FIRST = 23_000_000_000_000_000n;

export async function openWechatPlatform(options: PlatformOptions): Promise<WechatPlatform> {
  let aheadMilliseconds = 0;
  const now = () => (options.now ?? Date.now)() + aheadMilliseconds;
  const { appId, appSecret, menus = true, templates = null, films = 'address', forcedPauseSeconds = 30 } = options;
  const bell = createBell();
  const people = createPeople(now, bell.ring);
  const media = createMediaStore(now);
  const tokens = createTokens({ appId, appSecret, forcedPauseSeconds, now });
  const calls: { -readonly [Key in keyof RecordedCall]: RecordedCall[Key] }[] = [];
  let scripted: { readonly path: ApiPath | '*'; readonly fault: Fault; left: number }[] = [];
  // Apart for platforms that share a database, one after the other.
  let messageId = MESSAGE_ID_FIRST + BigInt(Date.now()) * 1_000n + BigInt(Math.floor(Math.random() * 1_000));

  const takeFault = (path: string): Fault | null => {
    const next = scripted.find((it) => it.path === '*' || it.path === path);
    if (next === undefined) return null;
    next.left -= 1;
    scripted = scripted.filter((it) => it.left > 0);
    return next.fault;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://platform');
    const body = await bytesOf(request);
    const call = { path, query: Object.fromEntries(query), body: jsonOf(body), at: now(), code: null as number | null };
    calls.push(call);
    bell.ring();
    const fault = takeFault(path);
    const contentType = request.headers['content-type'] ?? '';
    const answered = async (): Promise<Answer> => api({ method: request.method ?? 'GET', path, query, contentType, body });
    await answerUnder(fault, answered, response, (code) => {
      call.code = code;
    });
    bell.ring();
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('invariant: a TCP server has a port');
  const url = `http://127.0.0.1:${address.port}`;
  const api = createApi({ tokens, people, media, now, menus, templates, films, url: () => url });
  const callsOf = (path?: ApiPath) => calls.filter((it) => path === undefined || it.path === path);

  return {
    url,
    appId,
    now,
    advance(milliseconds) {
      aheadMilliseconds += milliseconds;
    },
    script(path, fault, times = 1) {
      scripted.push({ path, fault, left: times });
    },
    heal() {
      scripted = [];
    },
    expireToken: tokens.expire,
    revokeToken: tokens.revoke,
    calls: callsOf,
    called: (path, times = 1, timeoutMilliseconds = WAIT_MILLISECONDS) =>
      bell.until(
        () => (callsOf(path).length >= times ? callsOf(path) : null),
        timeoutMilliseconds,
        () => `${times} × ${path}, there were ${callsOf(path).length}`,
      ),
    delivered: people.screen,
    allDelivered: people.all,
    sendsLeft: people.sendsLeft,
    putMedia: media.put,
    nextMessageId() {
      messageId += 1n;
      return messageId;
    },
    people,
    bell,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bytesOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return null;
  }
}
