import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { DAY, instantOf } from '../../src/domain/instant.ts';
import { createFileLinks } from '../../src/file-link.ts';
import { customerFileRoute } from '../../src/web/customer-files.ts';
import { newId } from '../support/database.ts';
import { aFile } from '../support/files.ts';

const NOON = instantOf(Date.parse('2026-11-20T12:00:00+08:00'));
const BYTES = aFile('pdf', 5_000);
const SMALL = new Uint8Array(aFile('webp'));
const FILE = { name: "\u8BF4\u660E\u4E66 (1)'s\u201C.pdf", contentType: 'application/pdf', bytes: BYTES };

function aDesk() {
  const clock = { now: NOON };
  const kept = new Map([[newId(), FILE]]);
  const links = createFileLinks(Buffer.alloc(32, 7), DAY, () => clock.now);
  const app = new Hono();
  const readShared = async () => ({ kind: 'no-such-attachment' }) as const;
  const readKeptFile = async (id: Identifier) => kept.get(id) ?? null;
  const readKeptThumbnail = async (id: Identifier) => (kept.has(id) ? SMALL : null);
  customerFileRoute(app, { readFileLink: links.read, readKeptFile, readKeptThumbnail, readShared, now: () => clock.now });
  const [id = newId()] = kept.keys();
  return { app, clock, path: links.pathOf(id), without: links.pathOf(newId()) };
}

it('is opened as it is, under its name, by its customer alone, and runs nothing', async () => {
  const { app, path } = aDesk();
  const response = await app.request(path);
  expect(response.status).toBe(200);
  expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), BYTES)).toBe(0);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': '5000',
    'content-disposition': "inline; filename*=UTF-8''%E8%AF%B4%E6%98%8E%E4%B9%A6%20%281%29%27s%E2%80%9C.pdf",
    'content-security-policy': expect.stringMatching(/^default-src 'none';/),
    'cache-control': `private, max-age=${7 * 86_400}`,
    'referrer-policy': 'no-referrer',
  });
  expect((await app.request(path, { method: 'HEAD' })).headers.get('content-length')).toBe('5000');
});

it('whose link is too old is gone, and says what to do', async () => {
  const { app, clock, path } = aDesk();
  clock.now = instantOf(NOON + 7 * DAY);
  const response = await app.request(path);
  expect([response.status, response.headers.get('cache-control')]).toEqual([410, 'no-store']);
  expect(await response.text()).toContain('\u91CD\u65B0\u53D1');
});

it('that nobody signed, or whose bytes are not here, is not found', async () => {
  const { app, path, without } = aDesk();
  for (const odd of [without, `${path}x`, '/files/x', '/files/..%2f..%2fetc%2fpasswd', `/files/${newId()}`]) {
    const response = await app.request(odd);
    expect([odd, response.status, response.headers.get('cache-control')]).toEqual([odd, 404, 'no-store']);
  }
});

it('its thumbnail is opened by the same link and no other', async () => {
  const { app, clock, path, without } = aDesk();
  const response = await app.request(`${path}/thumbnail`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), SMALL)).toBe(0);
  expect(response.headers.get('cache-control')).toBe(`private, max-age=${7 * 86_400}`);
  const forged = path.replace(/.$/, (it) => (it === 'A' ? 'B' : 'A'));
  for (const other of [without, forged]) expect((await app.request(`${other}/thumbnail`)).status).toBe(404);
  clock.now = instantOf(clock.now + 8 * DAY);
  expect((await app.request(`${path}/thumbnail`)).status).toBe(410);
});
