/**
 * A shop's page with the desk's one script tag, on a server and origin of its own, as careful and as careless as shops
 * are: a strict policy, and styles that would spoil anything they reach.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { ANSWER_MILLISECONDS_MAX, type Talk, TELLS_BREACHES, talkIn } from './customer-page.ts';

export type Shop = {
  /** Another site than the desk's, for a browser that parts storage. */
  readonly origin: string;
  /** The same pages under a name the desk is not told. */
  readonly strangeOrigin: string;
  readonly close: () => Promise<void>;
};

/** Pages `/`, `/service` (the tag twice, before there is a body) and `/english`. */
export async function startShop(deskUrl: () => string): Promise<Shop> {
  const server = createServer((request, response) => {
    const desk = deskUrl();
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', `${POLICY}; script-src ${desk}; frame-src ${desk}`);
    response.end(shopPage(desk, request.url ?? '/'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    strangeOrigin: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What docs/channels.md says a shop needs is added to it. */
const POLICY = "default-src 'none'; style-src 'nonce-shop'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";

const GOODS = ['挂机 1.5匹', '柜机 3匹', '中央空调', '移动空调'].map((it) => `<p>${it}</p>`).join('');

const STYLES = `
  body { margin: 0; font: 16px/1.6 sans-serif; color: #333; background: #faf7f2 }
  header { padding: 16px 24px; background: #b3472d; color: #fff; font-size: 20px; font-weight: 700 }
  main { max-width: 880px; margin: 24px auto; padding: 0 24px; min-height: 1600px }
  button, iframe { display: none !important; transform: rotate(3deg) !important; border: 9px dotted red !important }
  baoxiu-widget { display: none; opacity: 0.1; font-size: 50px; letter-spacing: 1em; visibility: hidden }
  .goods { display: grid; gap: 16px; margin: 24px 0; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)) }
  .goods p { margin: 0; padding: 48px 16px 16px; border-radius: 8px; background: #fff }`;

function shopPage(desk: string, path: string): string {
  const tag = `<script src="${desk}/widget.js" async></script>`;
  const early = `<script src="${desk}/widget.js"></script>`;
  const english = `<script src="${desk}/widget.js" async data-language="en" data-label="Book a repair" data-position="left"></script>`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>清风电器</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><style nonce="shop">${STYLES}</style>
${path === '/service' ? early + tag : ''}</head><body>
<header>清风电器</header><main><h1>家用空调</h1><p>一级能效，全国联保。</p><div class="goods">${GOODS}</div>
<a href="/service">售后服务</a></main>
${path === '/' ? tag : ''}${path === '/english' ? english : ''}</body></html>`;
}

export type Visitor = Talk & {
  readonly page: Page;
  readonly launcher: Locator;
  readonly frame: Locator;
  readonly inside: FrameLocator;
  /** Presses the launcher and waits for the chat. */
  readonly open: () => Promise<void>;
  /** Of the ticket that the shop's page keeps; null where it keeps none. */
  readonly conversationId: () => Promise<string | null>;
  /** Errors on the console, errors of the page, breaches of either policy, requests to anywhere else. */
  readonly troubles: () => readonly string[];
  /** Addresses below the desk that were asked for. */
  readonly askedOfDesk: () => readonly string[];
};

/** Somebody on a page of the shop. `before` runs in the page and in every frame before anything else does. */
export async function visitShop(context: BrowserContext, url: string, desk: string, before = ''): Promise<Visitor> {
  context.setDefaultTimeout(ANSWER_MILLISECONDS_MAX);
  const page = await context.newPage();
  const troubles: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const address = request.url();
    if (address.startsWith(`${desk}/`)) asked.push(address.slice(desk.length));
    else if (!/^(?:data|blob):/.test(address) && new URL(address).origin !== new URL(url).origin) troubles.push(`request: ${address}`);
  });
  await page.addInitScript({ content: `${TELLS_BREACHES};${before}` });
  await page.goto(url);
  const launcher = page.locator('baoxiu-widget button');
  await launcher.waitFor();
  const inside = page.frameLocator('baoxiu-widget iframe');
  return {
    ...talkIn(inside, troubles),
    page,
    launcher,
    frame: page.locator('baoxiu-widget iframe'),
    inside,
    async open() {
      await launcher.click();
      await inside.getByRole('feed').locator('.webchat__bubble').first().waitFor();
    },
    async conversationId() {
      const ticket = await page.evaluate<string | null>("localStorage.getItem('baoxiu.resume')");
      if (ticket === null) return null;
      return (JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString('utf8')) as { conv: string }).conv;
    },
    troubles: () => troubles,
    askedOfDesk: () => asked,
  };
}
