/** What the platform sends and what it is answered: against the running desk, row by row. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsAt } from '../support/store-rows.ts';
import { API_PATHS } from '../support/wechat-api.ts';
import type { Reply } from '../support/wechat-callback.ts';
import type { WechatCustomer } from '../support/wechat-customer.ts';
import { AES_KEY, startWechatDesk, type WechatDesk } from '../support/wechat-desk.ts';

const IN_TIME_MILLISECONDS = 1_000;
const MAKE_UP = '空调不制冷，想报修';

let wechat: WechatDesk;
let rows: ReturnType<typeof rowsAt>;
beforeAll(async () => {
  wechat = await startWechatDesk();
  rows = rowsAt((await readFile(join(wechat.desk.dataDir, 'database-url'), 'utf8')).trim());
}, 120_000);
afterAll(async () => {
  await wechat.close();
}, 60_000);

type Row = readonly [what: string, send: (customer: WechatCustomer) => Promise<Reply>, status: number];

const text = (customer: WechatCustomer) => customer.xml('text', { Content: '你好' });

const REFUSED: readonly Row[] = [
  ['a GET with a bad signature', (it) => it.verify({ token: 'not-the-token' }), 403],
  ['a POST with a bad signature', (it) => sealedWith(it, { token: 'not-the-token' }), 403],
  ['a POST without a signature', (it) => it.post(text(it), {}), 403],
  ['a POST signed too long ago', (it) => sealedWith(it, { at: Date.now() - 10 * 60_000 }), 403],
  ['a POST signed in the future', (it) => sealedWith(it, { at: Date.now() + 10 * 60_000 }), 403],
  ['an empty body', (it) => it.post('', it.seal('').query), 400],
  ['JSON', (it) => it.post('{"MsgType":"text"}', it.seal('').query), 400],
  ['broken XML', (it) => it.post('<xml><MsgType>text</xml', it.seal('').query), 400],
  ['XML with a document type', (it) => it.post(`<!DOCTYPE xml [<!ENTITY a "b">]>${text(it)}`, it.seal('').query), 400],
  [
    'an entity of its own',
    (it) => it.post(`<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>`, it.seal('').query),
    400,
  ],
  ['200 KB', (it) => it.post(`<xml><Content>${'x'.repeat(200_000)}</Content></xml>`, it.seal('').query), 413],
  ['a message of nobody', (it) => it.post('<xml><MsgType>text</MsgType></xml>', it.seal('').query), 400],
];

function sealedWith(customer: WechatCustomer, changes: Parameters<WechatCustomer['seal']>[1]): Promise<Reply> {
  const { body, query } = customer.seal(text(customer), changes);
  return customer.post(body, query);
}

describe('plain mode', () => {
  it('a GET with a good signature is answered with its echo', async () => {
    expect(await wechat.follower().verify({}, '42')).toMatchObject({ status: 200, body: '42' });
  });

  it.each(REFUSED)('%s is refused in time and keeps nothing', async (_, send, status) => {
    const customer = wechat.follower();
    const reply = await send(customer);
    expect(reply.status).toBe(status);
    expect(reply.milliseconds).toBeLessThan(IN_TIME_MILLISECONDS);
    expect(await rows('select 1 from channel_account where external_id = $1', [customer.openId])).toEqual([]);
  });

  it('200 KB in pieces, with no length named, are refused as well', async () => {
    const { query } = wechat.follower().seal('');
    const response = await fetch(`${wechat.desk.url}/wechat/webhook?${new URLSearchParams(query)}`, {
      method: 'POST',
      body: new ReadableStream({
        start: (pieces) => {
          for (let piece = 0; piece < 20; piece++) pieces.enqueue(new TextEncoder().encode('x'.repeat(10_000)));
          pieces.close();
        },
      }),
      // Node sends a stream only so.
      ...{ duplex: 'half' },
    });
    expect(response.status).toBe(413);
  });

  it('the same body four times, one after the other and at once, is one message with one answer', async () => {
    const customer = wechat.follower();
    const said = await customer.say(MAKE_UP);
    await customer.redeliver(said, 3);
    await customer.next();
    await Promise.all([1, 2, 3, 4].map(() => customer.redeliver(said)));
    const other = await Promise.all([wechat.follower()].map(async (it) => ({ it, xml: it.xml('text', { Content: MAKE_UP }) })));
    for (const { it: late, xml } of other) {
      await Promise.all([1, 2, 3, 4].map(() => late.deliver(xml)));
      expect(await inbound(late)).toHaveLength(1);
    }
    expect(await inbound(customer)).toHaveLength(1);
    expect(customer.heard()).toHaveLength(1);
  });

  it('neighbouring MsgIds beyond what a double holds are two messages, in order', async () => {
    const customer = wechat.follower();
    const first = wechat.platform.nextMessageId();
    const [one, other] = ['空调', '不制冷'].map((Content, place) => customer.xml('text', { Content, MsgId: first + BigInt(place) }));
    await customer.deliver(one ?? '');
    await customer.deliver(other ?? '');
    expect((await inbound(customer)).map((it) => it.key)).toEqual([String(first), String(first + 1n)]);
  });

  it('an API that never answers keeps nobody waiting for success', async () => {
    const customer = wechat.follower();
    wechat.platform.script('*', { kind: 'silent' }, 2);
    const said = await customer.say(MAKE_UP);
    expect(said).toMatchObject({ status: 200, body: 'success' });
    expect(said.milliseconds).toBeLessThan(IN_TIME_MILLISECONDS);
    wechat.platform.heal();
    await customer.next(undefined, 30_000);
  }, 60_000);

  it('an event nobody knows is acknowledged and met with silence', async () => {
    const customer = wechat.follower();
    expect(await customer.event('VIEW', { EventKey: 'https://shop.example' })).toMatchObject({ status: 200, body: 'success' });
    expect(await customer.event('LOCATION', { Latitude: 39.9, Longitude: 116.4 })).toMatchObject({ status: 200, body: 'success' });
    expect(await rows('select 1 from channel_account where external_id = $1', [customer.openId])).toEqual([]);
  });

  it('what is over age is acknowledged and no part of the chat', async () => {
    const customer = wechat.follower();
    const xml = customer.xml('text', { Content: MAKE_UP, CreateTime: Math.floor(Date.now() / 1_000) - 3_600 });
    expect(await customer.deliver(xml)).toMatchObject({ status: 200, body: 'success' });
    expect(await rows('select 1 from channel_account where external_id = $1', [customer.openId])).toEqual([]);
  });
});

describe('encrypted mode', () => {
  let sealedDesk: WechatDesk;
  beforeAll(async () => {
    sealedDesk = await startWechatDesk({ aesKey: AES_KEY });
  }, 120_000);
  afterAll(async () => {
    await sealedDesk.close();
  }, 60_000);

  it('what the platform sealed is read and answered', async () => {
    const customer = sealedDesk.follower();
    expect(await customer.say(MAKE_UP)).toMatchObject({ status: 200, body: 'success' });
    await customer.next();
  });

  const WRONG: readonly Row[] = [
    [
      'a wrong msg_signature',
      async (it) => {
        const { body, query } = it.seal(text(it));
        return it.post(body, { ...query, msg_signature: 'f'.repeat(40) });
      },
      403,
    ],
    ['another app', (it) => sealedWith(it, { appId: 'wxffffffffffffffff' }), 403],
    ['another key', (it) => sealedWith(it, { aesKey: AES_KEY.replaceAll('a', 'b') }), 403],
    ['a plain callback', (it) => sealedWith(it, { aesKey: null }), 403],
  ];
  it.each(WRONG)('%s is refused', async (_, send, status) => {
    const customer = sealedDesk.follower();
    expect((await send(customer)).status).toBe(status);
  });

  it('no secret is in the log', () => {
    for (const secret of [...sealedDesk.secrets, ...wechat.secrets]) {
      expect(sealedDesk.desk.printed()).not.toContain(secret);
      expect(wechat.desk.printed()).not.toContain(secret);
    }
    for (const { query } of wechat.platform.calls(API_PATHS.send))
      expect(wechat.desk.printed()).not.toContain(query['access_token'] ?? 'no token');
  });
});

const INBOUND = `
select m.seq, m.channel_message_id as key from message m join conversation c on c.id = m.conversation_id join channel_account a on a.id = c.account_id
where a.external_id = $1 and m.direction = 'in' order by m.seq`;

function inbound(customer: WechatCustomer) {
  return rows<{ seq: number; key: string }>(INBOUND, [customer.openId]);
}
