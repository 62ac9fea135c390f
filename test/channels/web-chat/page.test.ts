import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemoryDesk, startMemoryDesk } from './memory-desk.ts';

let desk: MemoryDesk;
beforeAll(async () => {
  desk = await startMemoryDesk({ allowedOrigins: ['https://shop.example'] });
});
afterAll(() => desk.stop());

const page = async () => {
  const response = await fetch(desk.url);
  return { response, html: await response.text(), policy: response.headers.get('content-security-policy') ?? '' };
};

/** Without the decoding that fetch does by itself. */
const raw = (path: string, encodings: string) =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    request(`${desk.url}${path}`, { headers: { 'Accept-Encoding': encodings } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });

const filesOf = (html: string) => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');

describe('the customer page', () => {
  it('is Chinese, whole and without a script of its own inside', async () => {
    const { response, html } = await page();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('<noscript>');
    expect(html).not.toContain('{{');
    expect(html.replace(/<script defer src="[^"]+"><\/script>/g, '')).not.toMatch(/<script|<style|\son\w+=|style=/);
  });

  it('asks for nothing from anywhere else', async () => {
    const { html } = await page();
    const files = filesOf(html);
    expect(files.length).toBeGreaterThanOrEqual(5);
    for (const file of files) expect(file).toMatch(/^\/web-chat\/[0-9a-f]{12}\/[\w.-]+$/);
  });

  it('forbids everything it does not need, and being framed by strangers', async () => {
    const { response, policy } = await page();
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'self' https://shop.example");
    expect(policy).toContain(`ws://${new URL(desk.url).host}`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('has a new nonce every time, the one its policy names', async () => {
    const [one, two] = [await page(), await page()];
    const nonceOf = (html: string) => /data-nonce="([^"]+)"/.exec(html)?.[1];
    expect(one.policy).toContain(`'nonce-${nonceOf(one.html)}'`);
    expect(nonceOf(one.html)).not.toBe(nonceOf(two.html));
  });

  it('does not let a strange Host write into its policy', async () => {
    const answer = await new Promise<string>((resolve) => {
      const { hostname, port } = new URL(desk.url);
      request({ hostname, port, path: '/', headers: { Host: 'evil.example;script-src' } }, (response) =>
        resolve(String(response.headers['content-security-policy'])),
      ).end();
    });
    expect(answer).not.toContain('evil');
  });
});

describe('its files', () => {
  it('come compressed as the browser asks, and are kept for good', async () => {
    const { html } = await page();
    for (const file of filesOf(html)) {
      const plain = await raw(file, 'identity');
      expect(plain.status).toBe(200);
      expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(plain.headers['content-encoding']).toBeUndefined();
      const gzip = await raw(file, 'gzip, deflate');
      expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
      const brotli = await raw(file, 'gzip, deflate, br, zstd');
      expect(brotli.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
      expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    }
  });

  it('get smaller once there was time: Web Chat in under 400 kB', async () => {
    const bundle = filesOf((await page()).html).find((file) => file.endsWith('/web-chat.js')) ?? '';
    await expect.poll(async () => (await raw(bundle, 'br')).body.length, { timeout: 20_000, interval: 200 }).toBeLessThan(400_000);
  });

  it('of another release are served but not kept; unknown ones are not there', async () => {
    const other = await raw('/web-chat/000000000000/page.js', 'identity');
    expect([other.status, other.headers['cache-control']]).toEqual([200, 'no-store']);
    for (const path of ['/web-chat/000000000000/nothing.js', '/web-chat/x/..%2Fpage.ts', '/web-chat/page.js'])
      expect((await raw(path, 'identity')).status).toBe(404);
  });
});
