/**
 * Answers of the fake WeChat platform, worded as the real one words them: a refusal is HTTP 200 with an `errcode` and a
 * trailing `rid`, which differs every time.
 */
import { randomBytes } from 'node:crypto';

export type Answer =
  | { readonly kind: 'json'; readonly json: Readonly<Record<string, unknown>> }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly contentType: string; readonly name: string };

/** The platform's wording of its codes (developers.weixin.qq.com, error codes of the Official Account). */
const WORDING: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  40001: 'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40004: 'invalid media type',
  40005: 'invalid file type',
  40007: 'invalid media_id',
  40008: 'invalid message type',
  40009: 'invalid image size',
  40013: 'invalid appid',
  40016: 'invalid button size',
  40033: 'invalid charset. please check your request',
  40037: 'invalid template_id',
  40053: 'invalid action info',
  40058: 'invalid argument',
  40066: 'invalid url',
  40125: 'invalid appsecret',
  40164: 'invalid ip 127.0.0.1, not in whitelist',
  40200: 'invalid account type',
  41001: 'access_token missing',
  41005: 'media data missing',
  42001: 'access_token expired',
  43002: 'require POST method',
  43004: 'require subscribe',
  43101: 'user refuse to accept the msg',
  44004: 'empty content',
  45002: 'content size out of limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit, must slower, retry next minute',
  45015: 'response out of time limit or subscription is canceled',
  45047: 'out of response count limit',
  45098: 'msgmenu list size is out of limit',
  47001: 'data format error',
  47003: 'argument invalid!',
};

export function json(value: Readonly<Record<string, unknown>>): Answer {
  return { kind: 'json', json: value };
}

export function agreed(more: Readonly<Record<string, unknown>> = {}): Answer {
  return json({ errcode: 0, errmsg: 'ok', ...more });
}

export function refused(code: number, detail = ''): Answer {
  const rid = [4, 4, 4].map((bytes) => randomBytes(bytes).toString('hex')).join('-');
  const words = [WORDING[code] ?? 'unknown error', detail].filter((it) => it !== '').join(' ');
  return json({ errcode: code, errmsg: `${words} rid: ${rid}` });
}

/** What a caller sent, field by field, without believing it. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Empty for whatever is no text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
