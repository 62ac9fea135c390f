/** The fake WeChat platform keeps the real one's limits, and goes wrong as told. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_PATHS } from './wechat-api.ts';
import { CALLER, createWechatCaller } from './wechat-caller.ts';
import { SAMPLES } from './wechat-media.ts';
import { openWechatPlatform, type PlatformOptions, type WechatPlatform } from './wechat-platform.ts';

const NOW = Date.UTC(2026, 10, 21, 8);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let platform: WechatPlatform;
const { call, ask, token, send } = createWechatCaller(() => platform);

async function open(options: Partial<PlatformOptions> = {}): Promise<void> {
  platform = await openWechatPlatform({ ...CALLER, now: () => NOW, ...options });
}
beforeEach(() => open());
afterEach(() => platform.close());

const text = (content: string) => ({ msgtype: 'text', text: { content } });
const menu = (items: number, head = 'head') => ({
  msgtype: 'msgmenu',
  msgmenu: {
    head_content: head,
    list: Array.from({ length: items }, (_, at) => ({ id: `${at}`, content: `label ${at}` })),
    tail_content: 'tail',
  },
});

describe('tokens', () => {
  test.each([
    [{ grant_type: 'password' }, 40002],
    [{ appid: 'wx2' }, 40013],
    [{ secret: 'no' }, 40125],
  ])('are not given for %j: %i', async (wrong, code) => {
    const answer = await ask(wrong);
    expect(answer).toMatchObject({ errcode: code, errmsg: expect.stringMatching(/ rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/) });
    expect(platform.calls(API_PATHS.token)).toMatchObject([{ code, body: wrong }]);
  });

  test('stay the same while they are good, their time running down', async () => {
    const first = await ask();
    platform.advance(HOUR);
    expect(first['expires_in']).toBe(7_200);
    expect(await ask()).toEqual({ access_token: first['access_token'], expires_in: 3_600 });
  });

  test('are replaced in their last five minutes, in which both work', async () => {
    const [old] = [await token()];
    platform.advance(2 * HOUR - 4 * MINUTE);
    const fresh = await token();
    expect(fresh).not.toBe(old);
    expect([await call(API_PATHS.menu, {}, old), await call(API_PATHS.menu, {}, fresh)]).toMatchObject([
      { errcode: 40016 },
      { errcode: 40016 },
    ]);
    platform.advance(4 * MINUTE);
    expect(await call(API_PATHS.menu, {}, old)).toMatchObject({ errcode: 42001 });
  });

  test('are replaced by force, which ends the old one, once in 30 s and 20 times a day', async () => {
    const old = await token();
    const forced = await ask({ force_refresh: true });
    expect(await call(API_PATHS.menu, {}, old)).toMatchObject({ errcode: 40001 });
    expect(await token()).toBe(forced['access_token']);
    expect(await ask({ force_refresh: true })).toMatchObject({ errcode: 45011 });
    for (let times = 1; times < 20; times++) {
      platform.advance(30 * SECOND);
      expect(await ask({ force_refresh: true })).toHaveProperty('access_token');
    }
    platform.advance(30 * SECOND);
    expect(await ask({ force_refresh: true })).toMatchObject({ errcode: 45009 });
  });

  test('are missing, unknown, expired or revoked: each by its code', async () => {
    expect(await call(API_PATHS.send, {})).toMatchObject({ errcode: 41001 });
    expect(await call(API_PATHS.send, {}, 'mine')).toMatchObject({ errcode: 40001 });
    const expired = await token();
    platform.expireToken();
    expect(await call(API_PATHS.send, {}, expired)).toMatchObject({ errcode: 42001 });
    const revoked = await token();
    platform.revokeToken();
    expect(await call(API_PATHS.send, {}, revoked)).toMatchObject({ errcode: 40001 });
    expect(await token()).not.toBe(revoked);
  });
});

describe('what is sent', () => {
  beforeEach(() => {
    platform.people.meet('oAnna');
    platform.people.did('oAnna', 'message');
  });

  test.each([
    ['a text of 2,048 bytes', text(`${'\u4f60'.repeat(682)}ab`), 0],
    ['one byte more', text(`${'\u4f60'.repeat(682)}abc`), 45002],
    ['no text', text(''), 44004],
    ['half a character', text('\ud83d'), 40033],
    ['a menu of ten', menu(10), 0],
    ['a menu of eleven', menu(11), 45098],
    ['a menu of none', menu(0), 45098],
    ['a menu with too much above', menu(2, 'x'.repeat(1_025)), 45002],
    ['a menu whose item has no id', { msgtype: 'msgmenu', msgmenu: { head_content: 'a', list: [{ content: 'b' }] } }, 40058],
    ['a picture nobody has', { msgtype: 'image', image: { media_id: 'none' } }, 40007],
    ['a file', { msgtype: 'file', file: { media_id: 'none' } }, 40008],
  ])('%s is answered as it deserves', async (_, message, code) => {
    expect(await send(message, 'oAnna')).toBe(code);
    expect(platform.delivered('oAnna')).toHaveLength(code === 0 ? 1 : 0);
    // What is refused for what it is takes nothing of what may be sent.
    expect(platform.sendsLeft('oAnna')).toBe(code === 0 ? 4 : 5);
  });

  test('broken UTF-8 and broken JSON are refused', async () => {
    const given = await token();
    expect(await call(API_PATHS.send, Buffer.from([0x22, 0xe4, 0xbd, 0x22]), given)).toMatchObject({ errcode: 40033 });
    expect(await call(API_PATHS.send, Buffer.from('{"touser":'), given)).toMatchObject({ errcode: 47001 });
    expect(await call('/cgi-bin/elsewhere', {}, given)).toMatchObject({ errcode: 40066 });
  });

  test('comes on the screen of whom it is for, in order', async () => {
    platform.people.meet('oBert');
    platform.people.did('oBert', 'action');
    await send(text('one'), 'oAnna');
    await send(menu(1), 'oBert');
    await send(text('two'), 'oAnna');
    expect(platform.delivered('oAnna')).toMatchObject([{ text: 'one' }, { text: 'two' }]);
    expect(platform.delivered('oBert')).toMatchObject([
      { kind: 'menu', head: 'head', items: [{ id: '0', label: 'label 0' }], tail: 'tail' },
    ]);
    expect(platform.allDelivered().map((it) => it.openId)).toEqual(['oAnna', 'oBert', 'oAnna']);
  });

  test('an account without menus is told so', async () => {
    await platform.close();
    await open({ menus: false });
    platform.people.meet('oAnna');
    expect(await send(menu(2), 'oAnna')).toBe(40200);
  });

  test('goes to nobody unknown, and to nobody who has left', async () => {
    expect(await send(text('hi'), 'oNobody')).toBe(40003);
    platform.people.unfollow('oAnna');
    expect(await send(text('hi'), 'oAnna')).toBe(43004);
    platform.people.meet('oAnna');
    expect(await send(text('hi'), 'oAnna')).toBe(45015);
  });

  const codes = async (times: number) => {
    const seen: unknown[] = [];
    for (let time = 0; time < times; time++) seen.push(await send(text('hi'), 'oAnna'));
    return seen;
  };

  test('five go after a message, within 48 hours', async () => {
    expect(await codes(6)).toEqual([0, 0, 0, 0, 0, 45047]);
    platform.people.did('oAnna', 'message');
    platform.advance(48 * HOUR - 1);
    expect(await codes(1)).toEqual([0]);
    platform.advance(1);
    expect(await codes(1)).toEqual([45015]);
    expect(platform.sendsLeft('oAnna')).toBe(0);
  });

  test('three go after a click, within a minute, and what a message allowed stays', async () => {
    expect(await codes(4)).toEqual([0, 0, 0, 0]);
    platform.people.did('oAnna', 'action');
    expect(platform.sendsLeft('oAnna')).toBe(4);
    expect(await codes(3)).toEqual([0, 0, 0]);
    platform.advance(MINUTE);
    expect(await codes(2)).toEqual([0, 45047]);
  });
});

describe('media', () => {
  const upload = async (type: string, bytes: Uint8Array, field = 'media') => {
    const form = new FormData();
    form.append(field, new Blob([Buffer.from(bytes)], { type: 'image/png' }), 'a.png');
    return call(`${API_PATHS.upload}?type=${type}`, form, await token());
  };
  const download = async (id: string) => fetch(`${platform.url}${API_PATHS.download}?media_id=${id}&access_token=${await token()}`);

  test.each([
    ['a picture', 'image', SAMPLES.image, 'media', { type: 'image', media_id: expect.any(String), created_at: expect.any(Number) }],
    ['a file', 'file', SAMPLES.image, 'media', { errcode: 40004 }],
    ['a page called a picture', 'image', Buffer.from('<html></html>'), 'media', { errcode: 40005 }],
    ['too large a picture', 'image', Buffer.concat([SAMPLES.image, Buffer.alloc(10_485_760)]), 'media', { errcode: 40009 }],
    ['a picture under another name', 'image', SAMPLES.image, 'file', { errcode: 41005 }],
  ])('%s is taken or not', async (_, type, bytes, field, answer) => {
    expect(await upload(type, bytes, field)).toMatchObject(answer);
  });

  test('a picture that was uploaded can be sent for three days', async () => {
    platform.people.meet('oAnna');
    const { media_id } = await upload('image', SAMPLES.image);
    platform.people.did('oAnna', 'message');
    expect(await send({ msgtype: 'image', image: { media_id } }, 'oAnna')).toBe(0);
    expect(platform.delivered('oAnna')).toMatchObject([{ kind: 'image', contentType: 'image/png', bytes: new Uint8Array(SAMPLES.image) }]);
    platform.advance(72 * HOUR);
    platform.people.did('oAnna', 'message');
    expect(await send({ msgtype: 'image', image: { media_id } }, 'oAnna')).toBe(40007);
  });

  test('what a customer sent is given as bytes, a film as an address, and nothing after three days', async () => {
    const image = platform.putMedia({ type: 'image', contentType: 'image/png', bytes: SAMPLES.image });
    const film = platform.putMedia({ type: 'video', contentType: 'video/mp4', bytes: SAMPLES.video });
    const got = await download(image);
    expect(got.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await got.arrayBuffer())).toEqual(SAMPLES.image);
    const { video_url } = (await (await download(film)).json()) as { readonly video_url: string };
    expect(Buffer.from(await (await fetch(video_url)).arrayBuffer())).toEqual(SAMPLES.video);
    platform.advance(72 * HOUR);
    expect(await (await fetch(video_url)).json()).toMatchObject({ errcode: 40007 });
    expect(await (await download(image)).json()).toMatchObject({ errcode: 40007 });
  });

  test('a film is given at once where it is so', async () => {
    await platform.close();
    await open({ films: 'bytes' });
    const got = await download(platform.putMedia({ type: 'video', contentType: 'video/mp4', bytes: SAMPLES.video }));
    expect(Buffer.from(await got.arrayBuffer())).toEqual(SAMPLES.video);
  });
});

test('codes, menus and addresses are answered', async () => {
  const given = await token();
  const code = (scene_str: string) => ({ action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str } } });
  expect(await call(API_PATHS.qrCode, code('p.1'), given)).toMatchObject({ ticket: expect.any(String), url: expect.any(String) });
  expect(await call(API_PATHS.qrCode, code('x'.repeat(65)), given)).toMatchObject({ errcode: 40053 });
  expect(await call(API_PATHS.menu, { button: [{ type: 'click', name: 'a', key: 'b' }] }, given)).toMatchObject({ errcode: 0 });
  expect(await call(API_PATHS.addresses, {}, given)).toEqual({ ip_list: ['127.0.0.1'] });
  expect(await (await fetch(`${platform.url}${API_PATHS.send}`)).json()).toMatchObject({ errcode: 43002 });
});
