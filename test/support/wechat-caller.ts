/** Calls the fake WeChat platform as any desk could, for the tests of the fake itself: answers come as they are. */
import { API_PATHS } from './wechat-api.ts';
import type { WechatPlatform } from './wechat-platform.ts';

export type Answered = Readonly<Record<string, unknown>>;

export type WechatCaller = {
  /** A POST, without a token where there is none. */
  readonly call: (path: string, body: Answered | Uint8Array | FormData, token?: string) => Promise<Answered>;
  /** Asks for a token, with fields of the asking replaced. */
  readonly ask: (more?: Answered) => Promise<Answered>;
  readonly token: () => Promise<string>;
  /** The `errcode` of a message that was sent to somebody. */
  readonly send: (message: Answered, openId: string) => Promise<number>;
};

export const CALLER = { appId: 'wx1', appSecret: 'secret' } as const;

export function createWechatCaller(platform: () => WechatPlatform): WechatCaller {
  const call: WechatCaller['call'] = async (path, body, token) => {
    const query = token === undefined ? '' : `${path.includes('?') ? '&' : '?'}access_token=${token}`;
    const sent = body instanceof FormData ? body : body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body);
    const response = await fetch(`${platform().url}${path}${query}`, { method: 'POST', body: sent });
    return (await response.json()) as Answered;
  };
  const ask = (more: Answered = {}) =>
    call(API_PATHS.token, { grant_type: 'client_credential', appid: CALLER.appId, secret: CALLER.appSecret, ...more });
  const token = async () => String((await ask())['access_token']);
  return {
    call,
    ask,
    token,
    send: async (message, openId) => Number((await call(API_PATHS.send, { touser: openId, ...message }, await token()))['errcode']),
  };
}
