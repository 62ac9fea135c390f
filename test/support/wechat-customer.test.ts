/** A customer on the fake platform is heard by a desk as the real platform would have it, and sees what the desk sends. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decrypt, getSignature } from '@wecom/crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_PATHS } from './wechat-api.ts';
import { callbackXml, signatureOf } from './wechat-callback.ts';
import { CALLER, createWechatCaller } from './wechat-caller.ts';
import { type CustomerOptions, createWechatCustomer } from './wechat-customer.ts';
import { SAMPLES } from './wechat-media.ts';
import { openWechatPlatform, type WechatPlatform } from './wechat-platform.ts';

const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const NOW = Date.UTC(2026, 10, 21, 8, 0, 0, 500);

type Heard = { readonly method: string; readonly path: string; readonly query: Readonly<Record<string, string>>; readonly body: string };

let platform: WechatPlatform;
const { send, token } = createWechatCaller(() => platform);
let desk: Server;
let heard: Heard[];
/** What the desk says, in order; then `success`. */
let answers: { readonly status: number; readonly body: string }[];

beforeEach(async () => {
  heard = [];
  answers = [];
  platform = await openWechatPlatform({ ...CALLER, now: () => NOW });
  desk = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://desk');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const query = Object.fromEntries(searchParams);
    heard.push({ method: request.method ?? '', path: pathname, query, body: Buffer.concat(chunks).toString() });
    const { status, body } = answers.shift() ?? { status: 200, body: query['echostr'] ?? 'success' };
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await platform.close();
  desk.closeAllConnections();
  desk.close();
});

const url = () => `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
const customer = (options: Partial<CustomerOptions> = {}) =>
  createWechatCustomer(platform, url, { token: 'AAAAA', openId: 'oAnna', ...options });
const field = (name: string, body = heard.at(-1)?.body ?? '') =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|(.*?))</${name}>`, 's').exec(body)?.slice(1).join('');

const MENU = {
  msgtype: 'msgmenu',
  msgmenu: {
    head_content: 'which',
    list: [
      { id: '7.1', content: 'repair' },
      { id: '7.2', content: 'other' },
    ],
  },
};

describe('signatures and sealing', () => {
  test('agree with the example of the platform, and with another library', () => {
    // developers.weixin.qq.com, the guide to encrypted messages.
    expect(signatureOf('AAAAA', '1714037059', '486452656')).toBe('899cf89e464efb63f54ddac96b0a0a235f53aa78');
    expect(signatureOf('AAAAA', '1', '2', 'sealed')).toBe(getSignature('AAAAA', '1', '2', 'sealed'));
  });

  test('a plain callback is signed over token, timestamp and nonce', async () => {
    const posted = await customer().say('hello');
    expect(posted).toMatchObject({ status: 200, body: 'success', attempts: 1, milliseconds: expect.any(Number) });
    const [{ path, query, body }] = heard as [Heard];
    expect(path).toBe('/wechat/webhook');
    expect(query['timestamp']).toBe(String(Math.floor(NOW / 1_000)));
    expect(query['signature']).toBe(signatureOf('AAAAA', query['timestamp'] ?? '', query['nonce'] ?? ''));
    expect(query).not.toHaveProperty('msg_signature');
    expect(body).toBe(posted.xml);
  });

  test('an encrypted callback is read by another library, and is sealed anew each time', async () => {
    const anna = customer({ aesKey: AES_KEY });
    const posted = await anna.say('hello');
    await anna.redeliver(posted);
    for (const { query, body } of heard) {
      const encrypted = field('Encrypt', body) ?? '';
      expect(decrypt(AES_KEY, encrypted)).toMatchObject({ message: posted.xml, id: 'wx1' });
      expect(query['encrypt_type']).toBe('aes');
      expect(query['msg_signature']).toBe(getSignature('AAAAA', query['timestamp'] ?? '', query['nonce'] ?? '', encrypted));
      expect(body).not.toContain('hello');
    }
    expect(heard[0]?.body).not.toBe(heard[1]?.body);
  });

  test('the address is verified by an echo', async () => {
    expect(await customer().verify()).toMatchObject({ status: 200, body: '5838479218127813673' });
    expect(heard).toMatchObject([{ method: 'GET', query: { echostr: '5838479218127813673' } }]);
  });

  test('text that ends the CDATA around it stays text', () => {
    expect(callbackXml({ Content: 'a]]>b', MsgId: 3n })).toBe(
      '<xml>\n<Content><![CDATA[a]]]]><![CDATA[>b]]></Content>\n<MsgId>3</MsgId>\n</xml>',
    );
  });
});

describe('what a customer does', () => {
  const anna = () => customer();
  test.each<[string, (it: ReturnType<typeof anna>) => Promise<unknown>, Record<string, string>, number]>([
    ['say', (it) => it.say('hello'), { MsgType: 'text', Content: 'hello' }, 5],
    ['sendImage', (it) => it.sendImage(), { MsgType: 'image' }, 5],
    ['sendVoice', (it) => it.sendVoice('hello'), { MsgType: 'voice', Format: 'amr', Recognition: 'hello' }, 5],
    ['sendVideo', (it) => it.sendVideo(), { MsgType: 'video' }, 5],
    [
      'sendLocation',
      (it) => it.sendLocation({ latitude: 31.2, longitude: 121.4, label: 'here' }),
      { MsgType: 'location', Location_X: '31.2', Location_Y: '121.4', Label: 'here' },
      5,
    ],
    ['sendLink', (it) => it.sendLink({ title: 'a', url: 'https://b' }), { MsgType: 'link', Title: 'a', Url: 'https://b' }, 5],
    ['message', (it) => it.message('shortvideo', { MediaId: 'm' }), { MsgType: 'shortvideo', MediaId: 'm' }, 5],
    ['follow', (it) => it.follow(), { Event: 'subscribe', EventKey: '' }, 3],
    ['follow by a code', (it) => it.follow('p.1'), { Event: 'subscribe', EventKey: 'qrscene_p.1' }, 3],
    ['unfollow', (it) => it.unfollow(), { Event: 'unsubscribe' }, 0],
    ['scan', (it) => it.scan('p.1'), { Event: 'SCAN', EventKey: 'p.1' }, 3],
    ['click', (it) => it.click('repair'), { Event: 'CLICK', EventKey: 'repair' }, 3],
    ['event', (it) => it.event('VIEW', { EventKey: 'https://b' }), { Event: 'VIEW', EventKey: 'https://b' }, 0],
    ['agree', (it) => it.agree('T1'), { Event: 'subscribe_msg_popup_event', TemplateId: 'T1', SubscribeStatusString: 'accept' }, 0],
    ['refuse', (it) => it.refuse('T1'), { Event: 'subscribe_msg_change_event', TemplateId: 'T1', SubscribeStatusString: 'reject' }, 0],
  ])('%s', async (_, act, fields, sends) => {
    await act(anna());
    const wanted = { FromUserName: 'oAnna', CreateTime: String(Math.floor(NOW / 1_000)), ...fields };
    expect(Object.fromEntries(Object.keys(wanted).map((it) => [it, field(it)]))).toEqual(wanted);
    expect(field('MsgId') === undefined).toBe('Event' in fields);
    expect(platform.sendsLeft('oAnna')).toBe(sends);
  });

  test('MsgIds are neighbours that no double can tell apart', async () => {
    const ids: string[] = [];
    for (const words of ['a', 'b', 'c']) {
      await anna().say(words);
      ids.push(field('MsgId') ?? '');
    }
    expect(ids.map((it) => BigInt(it) - BigInt(ids[0] ?? 0))).toEqual([0n, 1n, 2n]);
    expect(new Set(ids.map(Number)).size).toBeLessThan(3);
  });

  test('several templates are several elements, each agreed to once', async () => {
    await anna().agree('T1', 'T2');
    expect(heard.at(-1)?.body.match(/<List>/g)).toHaveLength(2);
    expect([platform.people.takeAgreement('oAnna', 'T2'), platform.people.takeAgreement('oAnna', 'T2')]).toEqual([true, false]);
  });

  test('a picture can be downloaded by its MediaId; no recognised words, no such field', async () => {
    await anna().sendImage();
    const got = await fetch(`${platform.url}${API_PATHS.download}?media_id=${field('MediaId')}&access_token=${await token()}`);
    expect(Buffer.from(await got.arrayBuffer())).toEqual(SAMPLES.image);
    await anna().sendVoice();
    expect(field('Recognition')).toBeUndefined();
  });
});

describe('a tap', () => {
  test('sends the id and the label of the newest menu that has it, and allows what a click allows', async () => {
    const anna = customer();
    await anna.say('hello');
    expect(await send(MENU, 'oAnna')).toBe(0);
    platform.advance(48 * 3_600_000);
    expect(await send(MENU, 'oAnna')).toBe(45015);
    await anna.tap('repair');
    expect([field('MsgType'), field('Content'), field('bizmsgmenuid')]).toEqual(['text', 'repair', '7.1']);
    expect(platform.sendsLeft('oAnna')).toBe(3);
  });

  test('on what is not there fails, with the screen', async () => {
    const anna = customer();
    await anna.say('hello');
    await send(MENU, 'oAnna');
    expect(() => anna.tap('refund')).toThrow('no "refund" on the screen:\nwhich\nrepair\nother');
  });
});

describe('repetition', () => {
  test('is the same body, signed anew', async () => {
    const anna = customer();
    const said = await anna.say('hello');
    expect(await anna.redeliver(said, 2)).toHaveLength(2);
    expect(new Set(heard.map((it) => it.body)).size).toBe(1);
    expect(new Set(heard.map((it) => it.query['signature'])).size).toBe(3);
  });

  test.each([
    [[{ status: 503, body: 'no' }], 2, 'success'],
    [[{ status: 200, body: 'hm' }], 2, 'success'],
    [[{ status: 200, body: '' }], 1, ''],
    [Array.from({ length: 9 }, () => ({ status: 500, body: 'no' })), 4, 'no'],
  ])('is the platform’s own where it is asked for: %j', async (said, attempts, body) => {
    answers = [...said];
    expect(await customer({ retry: { times: 3, milliseconds: 1 } }).say('hello')).toMatchObject({ attempts, body });
    expect(heard).toHaveLength(attempts);
  });

  test('a desk that is not there is away', async () => {
    const nobody = createWechatCustomer(platform, 'http://127.0.0.1:1', { token: 'AAAAA' });
    expect(await nobody.say('hello')).toMatchObject({ status: 'away', attempts: 1 });
  });
});

describe('what no platform would send', () => {
  test('is posted exactly so', async () => {
    const anna = customer();
    const { query } = anna.seal('');
    await anna.post('{}', { ...query, signature: 'no' });
    expect(heard).toMatchObject([{ method: 'POST', body: '{}', query: { signature: 'no' } }]);
  });

  test('is sealed for another app, at another time, over fields of the test’s own', async () => {
    const anna = customer({ aesKey: AES_KEY });
    const xml = anna.xml('text', { Content: 'hello', MsgId: 23_000_000_000_000_001n });
    const { body, query } = anna.seal(xml, { appId: 'wx2', at: 1_000_000 });
    expect(decrypt(AES_KEY, field('Encrypt', body) ?? '')).toMatchObject({ message: xml, id: 'wx2' });
    expect(query['timestamp']).toBe('1000');
    expect(field('MsgId', xml)).toBe('23000000000000001');
  });
});

describe('the screen', () => {
  test('is taken thing by thing, or by what fits', async () => {
    const anna = customer();
    await anna.say('hello');
    const first = anna.next();
    for (const content of ['one', 'two', 'three']) await send({ msgtype: 'text', text: { content } }, 'oAnna');
    expect(await first).toMatchObject({ text: 'one' });
    expect(await anna.next((it) => it.kind === 'text' && it.text === 'three')).toMatchObject({ text: 'three' });
    await expect(anna.next(undefined, 10)).rejects.toThrow('last seen:\none\ntwo\nthree');
    expect(anna.heard()).toEqual(['one', 'two', 'three']);
  });
});
