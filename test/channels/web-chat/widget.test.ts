import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MemoryDesk, startMemoryDesk } from './memory-desk.ts';

const LAUNCHER_BYTES_MAX = 2_048;
const SHOP = 'https://shop.example';
const STRANGER = 'https://stranger.example';

let desk: MemoryDesk;
beforeAll(async () => {
  desk = await startMemoryDesk({ allowedOrigins: [SHOP, 'https://www.shop.example/'] });
});
afterAll(() => desk.stop());

const load = async (path: string, origin?: string) => {
  const response = await fetch(`${desk.url}${path}`, { headers: { ...(origin !== undefined && { Origin: origin }) } });
  return { response, text: await response.text() };
};

describe('the launcher', () => {
  it('is a whole program of at most 2 KB as it is sent, without its comments', async () => {
    const { response, text } = await load('/widget.js');
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(LAUNCHER_BYTES_MAX);
    expect(() => new Script(text)).not.toThrow();
    expect(text).not.toMatch(/\/\*|^\s*\/\/|^\s|@ts-check/m);
  });

  it('is anybody’s, is asked for again after five minutes, and names no origin', async () => {
    for (const origin of [undefined, SHOP, STRANGER]) {
      const { response, text } = await load('/widget.js', origin);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/javascript; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=300',
      });
      expect(text).not.toContain('shop.example');
    }
  });

  it('loads one thing, when it is pressed', async () => {
    const { text } = await load('/widget.js');
    expect(text.match(/import\([^)]*\)/g)).toEqual(['import(`' + '$' + '{desk}/widget/panel.js`)']);
    expect(text).not.toMatch(/fetch|XMLHttpRequest|iframe/);
    expect(text.indexOf('import(')).toBeGreaterThan(text.indexOf('onclick'));
  });

  it('and the panel use nothing that a strict policy of the shop forbids', async () => {
    for (const path of ['/widget.js', '/widget/panel.js']) {
      const { text } = await load(path);
      expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setAttribute\('style'|srcdoc/);
    }
  });
});

describe('the panel', () => {
  it('is given to pages that may use the chat, to each for itself', async () => {
    for (const origin of [SHOP, 'https://www.shop.example', desk.url]) {
      const { response } = await load('/widget/panel.js', origin);
      const { headers, status } = response;
      expect([origin, status, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([origin, 200, origin, 'Origin']);
    }
    expect((await load('/widget/panel.js')).response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is refused to any other, in words that name the setting', async () => {
    for (const origin of [STRANGER, 'null', 'http://shop.example', 'https://shop.example.stranger.example']) {
      const { response, text } = await load('/widget/panel.js', origin);
      expect([origin, response.status, response.headers.get('access-control-allow-origin')]).toEqual([origin, 403, null]);
      expect(text).toContain('ALLOWED_ORIGINS');
    }
  });
});

describe('the page in the frame', () => {
  it('tells its program which shops may hold the session, the same that may frame it', async () => {
    const { response, text } = await load('/');
    expect(text).toContain('data-shops="https://shop.example https://www.shop.example"');
    expect(response.headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' https://shop.example https://www.shop.example",
    );
  });

  it('is framed by nobody else where no shop is named', async () => {
    const alone = await startMemoryDesk();
    const response = await fetch(alone.url);
    expect(response.headers.get('content-security-policy')).toMatch(/frame-ancestors 'self'$/);
    expect(await response.text()).toContain('data-shops=""');
    await alone.stop();
  });

  it('hears of its shop before it loads anything large', async () => {
    const { text } = await load('/');
    const scripts = [...text.matchAll(/<script defer src="[^"]*\/([\w.-]+)"/g)].map((it) => it[1]);
    expect(scripts).toEqual(['shop.js', 'web-chat.js', 'people.js', 'page.js']);
  });
});

describe('a page of another origin that stole a good token', () => {
  it('is refused by every call, with nothing that would let its browser read the answer', async () => {
    const post = async (path: string, headers: Record<string, string>, body?: string) =>
      fetch(`${desk.url}/v3/directline${path}`, { method: 'POST', headers, ...(body !== undefined && { body }) });
    const { token, resume, conversationId } = (await (await post('/tokens/generate', {})).json()) as Record<string, string>;
    const bearer = { Authorization: `Bearer ${token}` };
    await post('/conversations', bearer);
    const conversation = `/conversations/${conversationId}`;
    const stolen = { ...bearer, Origin: STRANGER };
    // A body of this type is sent without asking first.
    const simple = { Origin: STRANGER, 'Content-Type': 'text/plain' };
    const answers = [
      await post('/tokens/generate', simple),
      await post('/tokens/generate', simple, JSON.stringify({ resume })),
      await post('/tokens/refresh', stolen),
      await post('/conversations', stolen),
      await post(`${conversation}/activities`, { ...stolen, ...simple }, JSON.stringify({ type: 'message', text: '偷看' })),
      await post(`${conversation}/upload`, { ...stolen, 'Content-Type': 'text/plain' }, 'x'),
      await fetch(`${desk.url}/v3/directline${conversation}/activities`, { headers: stolen }),
      await fetch(`${desk.url}/v3/directline${conversation}`, { headers: stolen }),
    ];
    for (const answer of answers) expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect(desk.log(String(conversationId)).filter((it) => it.from === 'customer')).toEqual([]);
  });
});
