/** The panel on a shop's page in a real browser, with a clock and a bot that the test sets. */
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { DESKTOP, deviceOf, PHONE, type Screen } from '../../whole/customer-page.ts';
import { type Shop, startShop, type Visitor, visitShop } from '../../whole/shop-page.ts';
import { type MemoryDesk, startMemoryDesk } from './memory-desk.ts';

const TEST_MILLISECONDS_MAX = 60_000;
const SHOWN = { timeout: 10_000 };
const DAY = 86_400_000;

/** Storage as browsers forbid it: reading the property throws. */
const FORBIDS = `for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
  Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied for this document.', 'SecurityError'); } });`;
const FORBIDDEN_TO_FRAMES = `if (window !== top) { ${FORBIDS} }`;
const FORBIDDEN_TO_ALL = `{ ${FORBIDS} }`;

let desk: MemoryDesk;
let browser: Browser;
let shop: Shop;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  shop = await startShop(() => desk.url);
  [desk, browser] = await Promise.all([startMemoryDesk({ allowedOrigins: [shop.origin] }), launchBrowser()]);
});
afterEach(async () => {
  desk.setNow(Date.now());
  await Promise.all(contexts.splice(0).map((it) => it.close()));
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await shop.close();
});

async function someone(screen: Screen): Promise<BrowserContext> {
  const context = await browser.newContext(deviceOf(screen));
  contexts.push(context);
  return context;
}

const visit = async (options: { screen?: Screen; path?: string; before?: string } = {}) =>
  visitShop(await someone(options.screen ?? DESKTOP), `${shop.origin}${options.path ?? '/'}`, desk.url, options.before);

/** These run in the page. */
const inWidget = (tag: string) => `document.querySelector('baoxiu-widget').shadowRoot.querySelector('${tag}')`;
const looks = ({ page }: Visitor, tag: string) =>
  page.evaluate<string>(`(({ visibility, transform, fontSize, letterSpacing }) =>
    [visibility, transform, fontSize, letterSpacing].join(' '))(getComputedStyle(${inWidget(tag)}))`);

const isOpen = async ({ launcher, frame }: Visitor) => [await launcher.getAttribute('aria-expanded'), await frame.isVisible()];
const inFocus = ({ page }: Visitor) => page.evaluate<string>("document.querySelector('baoxiu-widget').shadowRoot.activeElement?.localName");

describe('the panel', { timeout: TEST_MILLISECONDS_MAX }, () => {
  for (const screen of [DESKTOP, PHONE]) {
    it(`opens and closes by keys alone at ${screen.width} px, and the focus goes in and back`, async () => {
      const customer = await visit({ screen });
      expect(await customer.launcher.getAttribute('aria-expanded')).toBe('false');
      await customer.launcher.focus();
      await customer.page.keyboard.press('Enter');
      await expect.poll(() => isOpen(customer), SHOWN).toEqual(['true', true]);
      expect(await inFocus(customer)).toBe('iframe');
      await customer.hears('报修助手');
      await customer.page.keyboard.press('Escape');
      await expect.poll(() => isOpen(customer), SHOWN).toEqual(['false', false]);
      expect(await inFocus(customer)).toBe('button');
      await customer.page.keyboard.press('Space');
      expect(await isOpen(customer)).toEqual(['true', true]);
      await customer.inside.getByRole('button', { name: '收起' }).click();
      await expect.poll(() => isOpen(customer), SHOWN).toEqual(['false', false]);
      expect(await inFocus(customer)).toBe('button');
      expect(customer.troubles()).toEqual([]);
    });
  }

  it('is closed by the launcher too on a desktop, and what was said and typed is still there', async () => {
    const customer = await visit();
    await customer.open();
    await customer.type('空调不制冷');
    await customer.hears('收到');
    await customer.inside.getByRole('textbox').first().fill('还没写完');
    await customer.launcher.click();
    expect(await isOpen(customer)).toEqual(['false', false]);
    await customer.launcher.click();
    expect(await customer.inside.getByRole('textbox').first().inputValue()).toBe('还没写完');
    expect(await customer.transcript()).toHaveLength(3);
    expect(customer.askedOfDesk().filter((it) => it === '/')).toHaveLength(1);
  });

  it('shows on the closed launcher that something was said, once, and not what is old', async () => {
    const customer = await visit();
    await customer.open();
    await customer.page.keyboard.press('Escape');
    await expect.poll(() => isOpen(customer), SHOWN).toEqual(['false', false]);
    expect(await customer.launcher.getAttribute('aria-label')).toBe('在线报修');
    await desk.tell(String(await customer.conversationId()), { text: '师傅出发了' });
    await expect.poll(() => customer.launcher.getAttribute('aria-label'), SHOWN).toBe('在线报修 有新消息');
    await customer.launcher.click();
    expect(await customer.launcher.getAttribute('aria-label')).toBe('在线报修');
    await customer.hears('师傅出发了');
  });

  it('speaks English and stands on the left where the tag says so', async () => {
    const customer = await visit({ path: '/english' });
    expect(await customer.launcher.innerText()).toBe('Book a repair');
    expect((await customer.launcher.boundingBox())?.x).toBe(20);
    await customer.open();
    expect((await customer.frame.boundingBox())?.x).toBe(20);
    expect(await customer.frame.getAttribute('title')).toBe('Book a repair');
  });

  it('is one launcher where the tag stands twice, before there is a body, and spoils and is spoilt by no style', async () => {
    const customer = await visit({ path: '/service' });
    expect(await customer.launcher.count()).toBe(1);
    expect(await looks(customer, 'button')).toBe('visible none 16px normal');
    await customer.open();
    expect(await looks(customer, 'iframe')).toContain('visible none');
    expect(customer.troubles()).toEqual([]);
  });
});

describe('the session on a shop’s page', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('is held there where the frame may store nothing: a reload and another page go on', async () => {
    const context = await someone(DESKTOP);
    const customer = await visitShop(context, shop.origin, desk.url, FORBIDDEN_TO_FRAMES);
    await customer.open();
    await customer.type('冰箱不制冷');
    await customer.hears('收到:冰箱不制冷');
    await customer.page.reload();
    await customer.open();
    await customer.hears('收到:冰箱不制冷');
    const tab = await visitShop(context, `${shop.origin}/service`, desk.url, FORBIDDEN_TO_FRAMES);
    await tab.open();
    await tab.hears('收到:冰箱不制冷');
    expect([...customer.troubles(), ...tab.troubles()]).toEqual([]);
  });

  it('lives as long as the page where that may store nothing either', async () => {
    const customer = await visit({ before: FORBIDDEN_TO_ALL });
    await customer.open();
    await customer.type('冰箱不制冷');
    await customer.hears('收到:冰箱不制冷');
    // The frame alone is loaded anew.
    await customer.page.evaluate(`{ const frame = ${inWidget('iframe')}; frame.src = frame.src.replace('/#', '/?again#'); }`);
    await expect.poll(() => customer.askedOfDesk(), SHOWN).toContain('/?again');
    await customer.hears('收到:冰箱不制冷');
    await customer.page.reload();
    await customer.open();
    expect(await customer.transcript()).toHaveLength(1);
    expect(customer.troubles()).toEqual([]);
  });

  it('is not in the frame’s own storage, and nobody but the frame can change it', async () => {
    const customer = await visit();
    await customer.open();
    expect(await customer.inside.locator('html').evaluate('localStorage.length')).toBe(0);
    const before = await customer.conversationId();
    // Said on the shop's page, but not by the frame.
    for (const kind of ['keep', 'close', 'news']) await customer.page.evaluate(`postMessage({ kind: '${kind}', ticket: 'forged' }, '*')`);
    await customer.page.evaluate('new Promise((resolve) => setTimeout(resolve, 0))');
    expect(await isOpen(customer)).toEqual(['true', true]);
    expect(await customer.conversationId()).toBe(before);
  });

  it('goes on when the token has expired meanwhile, with what was typed back in the input', async () => {
    const customer = await visit();
    await customer.open();
    await customer.type('热水器不热');
    await customer.hears('收到:热水器不热');
    const conversationId = await customer.conversationId();
    desk.setNow(Date.now() + 3 * DAY);
    await customer.type('还在吗');
    const box = customer.inside.getByRole('textbox').first();
    await expect.poll(() => box.inputValue(), SHOWN).toBe('还在吗');
    await expect
      .poll(async () => {
        await box.press('Enter');
        return box.inputValue();
      }, SHOWN)
      .toBe('');
    await customer.hears('收到:还在吗');
    expect(await customer.conversationId()).toBe(conversationId);
  });

  it('goes on 179 days later, and begins anew when the ticket has run out', async () => {
    const customer = await visit();
    await customer.open();
    await customer.type('洗衣机漏水');
    await customer.hears('收到:洗衣机漏水');
    const conversationId = await customer.conversationId();
    desk.setNow(Date.now() + 179 * DAY);
    await customer.page.reload();
    await customer.open();
    await customer.hears('收到:洗衣机漏水');
    expect(await customer.conversationId()).toBe(conversationId);
    desk.setNow(Date.now() + 400 * DAY);
    await customer.page.reload();
    await customer.open();
    expect(await customer.transcript()).toHaveLength(1);
    expect(await customer.conversationId()).not.toBe(conversationId);
  });

  it('is forgotten where the shop forgets it, as when its own customer signs out', async () => {
    const customer = await visit();
    await customer.open();
    const conversationId = await customer.conversationId();
    await customer.page.evaluate("localStorage.removeItem('baoxiu.resume')");
    await customer.page.reload();
    await customer.open();
    expect(await customer.conversationId()).not.toBe(conversationId);
  });
});

describe('a frame that does not come', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('is never seen, and the launcher opens the chat in a window of its own', async () => {
    const customer = await visit();
    await customer.page.route(`${desk.url}/`, (route) => route.abort());
    await customer.launcher.click();
    expect(await customer.launcher.innerText()).toBe('正在打开…');
    await expect.poll(() => customer.launcher.innerText(), SHOWN).toBe('在新窗口打开');
    expect(await customer.frame.count()).toBe(0);
  });
});
