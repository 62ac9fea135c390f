/** Pictures and files that staff send to a customer on WeChat, by the running desk. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { aFile, PIXEL } from '../support/files.ts';
import { API_PATHS } from '../support/wechat-api.ts';
import type { WechatCustomer } from '../support/wechat-customer.ts';
import type { Fault } from '../support/wechat-fault.ts';
import type { Shown } from '../support/wechat-people.ts';
import { openChats, PATIENCE_MILLISECONDS, SOON, screenOf, type WechatChats } from './wechat-chats.ts';

vi.setConfig({ testTimeout: 120_000 });

let chats: WechatChats;
beforeAll(async () => {
  chats = await openChats();
}, 120_000);
afterAll(() => chats.close(), 60_000);

type File = { readonly name: string; readonly bytes: Uint8Array };
const PICTURE: File = { name: '王师傅画的滤网.png', bytes: PIXEL };
const MANUAL: File = { name: '说明书.pdf', bytes: aFile('pdf', 40_000) };

/** Somebody whose chat staff have taken. */
async function inChat() {
  const customer = chats.follower();
  const { id } = await chats.claim(customer);
  await customer.say('怎么装');
  const before = customer.screen().length;
  const send = async (text: string, ...files: readonly File[]) => {
    const body = { text, files: files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') })) };
    expect((await chats.api.post(`/handoffs/${id}/reply`, body)).status).toBe(201);
  };
  return { customer, send, news: () => customer.screen().slice(before) };
}

const shown = (customer: WechatCustomer, kind: Shown['kind']) => customer.next((it) => it.kind === kind, PATIENCE_MILLISECONDS);
const bytesOf = (it: Shown) => (it.kind === 'image' ? Buffer.from(it.bytes) : Buffer.of());
const linkIn = (text: string) => /http:\/\/\S+\/files\/\S+/.exec(text)?.[0] ?? '';

it('a picture is on their screen as it was sent, behind the words, and the platform is not told its name', async () => {
  const { customer, send, news } = await inChat();
  await send('照这张图装', PICTURE);
  const picture = await shown(customer, 'image');
  expect(Buffer.compare(bytesOf(picture), PIXEL)).toBe(0);
  expect(news().map((it) => (it.kind === 'text' ? it.text : it.kind))).toEqual(['照这张图装', 'image']);
  await expect.poll(() => chats.deliveries(customer).then((it) => it.at(-1)), SOON).toBe('delivered');
  expect(chats.platform.calls(API_PATHS.upload)).toHaveLength(1);
  expect(JSON.stringify(chats.platform.calls())).not.toContain('王师傅');
});

it('a PDF is a link under its name that opens, and no longer when a character of it is changed', async () => {
  const { customer, send, news } = await inChat();
  await send('', MANUAL);
  await shown(customer, 'text');
  const link = linkIn(screenOf(customer));
  expect(news().map((it) => (it.kind === 'text' ? it.text : it.kind))).toEqual([`说明书.pdf\n${link}`]);
  const opened = await fetch(link);
  expect([opened.status, opened.headers.get('content-type'), opened.headers.get('x-content-type-options')]).toEqual([
    200,
    'application/pdf',
    'nosniff',
  ]);
  expect(Buffer.compare(Buffer.from(await opened.arrayBuffer()), MANUAL.bytes)).toBe(0);
  expect((await fetch(link.replace(/.$/, (it) => (it === 'A' ? 'B' : 'A')))).status).toBe(404);
  expect(chats.desk.printed()).not.toContain('/files/');
});

it.each<[string, Fault]>([
  ['is refused', { kind: 'errcode', code: 40009 }],
  ['is not allowed', { kind: 'errcode', code: 48001 }],
  ['fails', { kind: 'status', status: 502 }],
])('a picture whose upload %s is a link, in one send', async (_, fault) => {
  const { customer, send, news } = await inChat();
  chats.platform.script(API_PATHS.upload, fault);
  await send('', PICTURE);
  await shown(customer, 'text');
  const opened = await fetch(linkIn(screenOf(customer)));
  expect(Buffer.compare(Buffer.from(await opened.arrayBuffer()), PIXEL)).toBe(0);
  expect(news()).toHaveLength(1);
});

it('a picture whose send is put off is uploaded again and shown once, and what follows comes behind it', async () => {
  const { customer, send, news } = await inChat();
  await send('先看图', PICTURE);
  await shown(customer, 'image');
  chats.platform.script(API_PATHS.send, { kind: 'errcode', code: -1 });
  await send('', PICTURE);
  await send('装好了吗');
  await expect
    .poll(() => news().map((it) => (it.kind === 'text' ? it.text : it.kind)), SOON)
    .toEqual(['先看图', 'image', 'image', '装好了吗']);
  await expect.poll(() => chats.deliveries(customer).then((it) => it.slice(-3)), SOON).toEqual(['delivered', 'delivered', 'delivered']);
});
