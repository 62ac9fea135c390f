import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onceKeys } from '../../src/store/desk/once.ts';
import { createWeb, type LogFailure } from '../../src/web/create-web.ts';
import { serverOptions } from '../../src/web/server-options.ts';
import { dripping, head, sendRaw } from '../channels/web-chat/raw-request.ts';
import { openDesk, type TestDesk, ZONE } from '../desk/a-desk.ts';
import { newId } from '../support/database.ts';

let at: TestDesk;
let authorization: string;
let url: string;
let stop: () => Promise<void>;
const failures: Parameters<LogFailure>[0][] = [];
beforeAll(async () => {
  at = await openDesk();
  authorization = `Bearer ${(await at.staff('admin')).token}`;
  const app = createWeb({
    desk: at.desk,
    once: onceKeys(at.store),
    ready: () => ({}),
    mount: (it) => it.post('/unread', (c) => c.text('not looked at')),
    timeZone: ZONE,
    now: () => at.clock.now,
    makeIdentifier: newId,
    logFailure: (it) => failures.push(it),
    bodyMilliseconds: 60,
  });
  const options = serverOptions({ headersMilliseconds: 150, requestMilliseconds: 5_000, checkMilliseconds: 25 });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', serverOptions: options });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
});
afterAll(async () => {
  await stop();
  await at.close();
});

const post = (headers: Record<string, string>) =>
  head('POST', '/api/v1/tickets', { Authorization: authorization, 'Content-Type': 'application/json', ...headers });
const answers = async () => (await fetch(`${url}/api/v1/tickets`, { headers: { authorization } })).status;

describe('a slow sender', () => {
  it.each([
    ['with its length announced', { 'Content-Length': '50000' }, 'x'],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }, '1\r\nx\r\n'],
  ])('of a body %s is answered 408 and cut, and nothing is logged as a failure', async (_, headers, piece) => {
    const answer = await sendRaw(url, dripping(post(headers), piece), 10);
    expect(answer.status).toBe(408);
    expect(answer.text).toMatch(/urn:baoxiu:problem:too-slow/);
    expect(answer.text).toMatch(/^connection: close/im);
    expect(await answers()).toBe(200);
    expect(failures).toEqual([]);
  });

  it('of headers is cut', async () => {
    const answer = await sendRaw(url, dripping('GET /healthz HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n'), 10);
    expect([408, 'cut']).toContain(answer.status);
    expect(await answers()).toBe(200);
  });

  it('of nothing at all is cut', async () => {
    expect([408, 'cut']).toContain((await sendRaw(url, [])).status);
  });

  it('of a body that no route reads is cut with its request', async () => {
    const dripped = dripping(head('POST', '/unread', { 'Content-Length': '50000' }), 'x');
    expect([200, 408, 'cut']).toContain((await sendRaw(url, dripped, 10)).status);
    expect(await answers()).toBe(200);
  });
});

describe('too much', () => {
  it('of a body is 413, with its length announced and without', async () => {
    const announced = await sendRaw(url, [post({ 'Content-Length': '70000', Connection: 'close' }), 'x'.repeat(1_000)]);
    expect([announced.status, announced.text.includes('urn:baoxiu:problem:too-large')]).toEqual([413, true]);
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const chunked = await sendRaw(url, [
      post({ 'Transfer-Encoding': 'chunked', Connection: 'close' }),
      ...Array(5).fill(chunk),
      '0\r\n\r\n',
    ]);
    expect([chunked.status, chunked.text.includes('urn:baoxiu:problem:too-large')]).toEqual([413, true]);
    expect(await answers()).toBe(200);
  });

  it('of headers is 431', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`X-Header-${index}`, 'x'.repeat(20)]));
    expect((await sendRaw(url, [head('GET', '/healthz', many)])).status).toBe(431);
    expect((await sendRaw(url, [head('GET', `/healthz?${'x'.repeat(20_000)}`)])).status).toBe(431);
  });
});

it('a body in chunks that is small enough is read like any other', async () => {
  const body = JSON.stringify({ kind: 'repair' });
  const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const answer = await sendRaw(url, [post({ 'Transfer-Encoding': 'chunked', Connection: 'close' }), chunked]);
  expect([answer.status, answer.text.includes('urn:baoxiu:problem:invalid')]).toEqual([422, true]);
});
