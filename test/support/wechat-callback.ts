/**
 * Callbacks as the WeChat platform writes, signs, seals and posts them. The signature is our own, after the platform's
 * description; the encrypted mode is by the package `wechat-crypto`, so that the desk's cipher is never its own judge.
 */
import { createHash, randomInt } from 'node:crypto';
import WXBizMsgCrypt from 'wechat-crypto';

/** Texts are CDATA, numbers are bare, a list is its element again and again. */
export type Fields = { readonly [name: string]: string | number | bigint | Fields | readonly Fields[] };

export type Query = Readonly<Record<string, string>>;
export type Letter = { readonly body: string; readonly query: Query };

export type Sealing = {
  readonly token: string;
  readonly appId: string;
  /** Null: plain mode. */
  readonly aesKey: string | null;
  /** Whose callbacks these are, `gh_...`. */
  readonly accountId: string;
  readonly openId: string;
  /** In milliseconds. */
  readonly at: number;
};

export type Reply = {
  /** `away`: there was no answer in time. */
  readonly status: number | 'away';
  readonly body: string;
  readonly milliseconds: number;
};

export function callbackXml(fields: Fields): string {
  return `<xml>${elements(fields)}\n</xml>`;
}

/** SHA-1 of the parts in order of the dictionary, in hex. */
export function signatureOf(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** What the query of a callback says, with the mode's additions when there is something encrypted. */
export function signedQuery({ token, openId, at }: Sealing, encrypted: string | null = null): Query {
  const timestamp = String(Math.floor(at / 1_000));
  const nonce = String(randomInt(100_000_000, 2_000_000_000));
  const plain = { signature: signatureOf(token, timestamp, nonce), timestamp, nonce, openid: openId };
  if (encrypted === null) return plain;
  return { ...plain, encrypt_type: 'aes', msg_signature: signatureOf(token, timestamp, nonce, encrypted) };
}

export function sealed(xml: string, sealing: Sealing): Letter {
  const { token, appId, aesKey, accountId } = sealing;
  if (aesKey === null) return { body: xml, query: signedQuery(sealing) };
  const encrypted = new WXBizMsgCrypt(token, aesKey, appId).encrypt(xml);
  return { body: callbackXml({ ToUserName: accountId, Encrypt: encrypted }), query: signedQuery(sealing, encrypted) };
}

/** One request; a `body` of null is a GET. Never throws. */
export async function exchange(url: string, query: Query, body: string | Uint8Array | null, timeoutMilliseconds: number): Promise<Reply> {
  const began = performance.now();
  const since = () => Math.round(performance.now() - began);
  const request = body === null ? {} : { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body: Buffer.from(body) };
  try {
    const response = await fetch(`${url}?${new URLSearchParams(query)}`, { ...request, signal: AbortSignal.timeout(timeoutMilliseconds) });
    const text = await response.text();
    return { status: response.status, body: text, milliseconds: since() };
  } catch {
    return { status: 'away', body: '', milliseconds: since() };
  }
}

function elements(fields: Fields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => (isList(value) ? value : [value]).map((it) => `\n<${name}>${content(it)}</${name}>`))
    .join('');
}

function content(value: string | number | bigint | Fields): string {
  if (typeof value === 'object') return elements(value);
  return typeof value === 'string' ? `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : String(value);
}

function isList(value: Fields[string]): value is readonly Fields[] {
  return Array.isArray(value);
}
