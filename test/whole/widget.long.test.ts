/** The launcher on a shop's page of another origin, in a real browser, with the whole desk behind it. `UPDATE_SCREENSHOTS=1` writes its picture. */
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { PIXEL } from '../support/files.ts';
import { PROJECT, startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { readBackOf } from './booking.ts';
import { DESKTOP, deviceOf, PHONE, type Screen } from './customer-page.ts';
import { type Shop, startShop, type Visitor, visitShop } from './shop-page.ts';
import { type List, staffApi, type TicketLine } from './staff-api.ts';

const TEST_MILLISECONDS_MAX = 150_000;
const SHOWN = { timeout: 10_000 };
const ADDRESS = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

let database: FreshDatabase;
let desk: WholeDesk;
let browser: Browser;
let shop: Shop;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  shop = await startShop(() => desk.url);
  database = await freshDatabase();
  [desk, browser] = await Promise.all([
    startDesk({ databaseUrl: database.url, environment: { ALLOWED_ORIGINS: shop.origin } }),
    launchBrowser(),
  ]);
});
afterEach(() => Promise.all(contexts.splice(0).map((it) => it.close())));
afterAll(async () => {
  await browser.close();
  await desk.close();
  await shop.close();
  await database.drop();
});

async function someone(screen: Screen): Promise<BrowserContext> {
  const context = await browser.newContext(deviceOf(screen));
  contexts.push(context);
  return context;
}

const overflow = (visitor: Visitor) => visitor.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
const overflowInside = (visitor: Visitor) => visitor.inside.locator('html').evaluate((it) => it.scrollWidth - it.clientWidth);

describe('a customer on a shop’s page', { timeout: TEST_MILLISECONDS_MAX }, () => {
  for (const [device, screen, phone] of [
    ['a desktop', DESKTOP, '13800138101'],
    ['a phone of 375 px', { ...PHONE, scale: 2 }, '13800138102'],
  ] as const) {
    it(`books to the end in the frame on ${device}, and both pages’ policies have nothing to say`, async () => {
      const customer = await visitShop(await someone(screen), shop.origin, desk.url);
      expect(await customer.launcher.innerText()).toBe('在线报修');
      expect(customer.askedOfDesk()).toEqual(['/widget.js']);
      expect(await overflow(customer)).toBeLessThanOrEqual(0);
      const calls = customer.page.waitForRequest(`${desk.url}/v3/directline/tokens/generate`);
      await customer.open();
      expect((await (await calls).allHeaders())['origin']).toBe(desk.url);
      const box = await customer.frame.boundingBox();
      if (screen.width === 375) expect(box).toEqual({ x: 0, y: 0, width: 375, height: 780 });
      else expect(box).toEqual({ x: 860, y: 36, width: 400, height: 680 });

      await customer.press('报修');
      await customer.hears('哪样家电');
      await customer.press('空调');
      await customer.hears('什么毛病');
      await customer.press('不制冷');
      await customer.hears('详细地址');
      await customer.type(ADDRESS);
      await customer.hears('手机号');
      await customer.type(phone);
      await customer.hears('怎么称呼您');
      await customer.type('王芳');
      await customer.hears('选哪个');
      const [window = ''] = await customer.choices();
      await customer.press(window);
      expect(readBackOf(await customer.hears('跟您核对一下'))).toMatchObject({ window, address: ADDRESS });
      expect([await overflow(customer), await overflowInside(customer)]).toEqual([0, 0]);
      if (screen.width === 375) expect(await customer.launcher.isVisible()).toBe(false);
      else await picture(customer);
      await customer.press('确认');
      const number = /BX-\d{8}-\d{4,}/.exec(await customer.hears('约好了'))?.[0];
      const { body } = await staffApi(desk).get<List<TicketLine>>(`/tickets?q=${phone}`);
      expect(body.items).toMatchObject([{ number, channel: 'web-chat', status: 'scheduled' }]);
      expect(customer.troubles()).toEqual([]);
    });
  }

  it('sends a photo from the sandboxed frame, and opens a link of the desk’s in a window of its own', async () => {
    const context = await someone(PHONE);
    const customer = await visitShop(context, shop.origin, desk.url);
    await customer.open();
    const opened = context.waitForEvent('page');
    await customer.press('隐私说明');
    expect((await opened).url()).toBe(`${desk.url}/privacy`);
    await customer.inside.locator('input[type="file"]').setInputFiles([{ name: '铭牌.png', mimeType: 'image/png', buffer: PIXEL }]);
    await customer.hears('存好了');
    expect(customer.troubles()).toEqual([]);
  });

  it('goes on in the same conversation after a reload, on another page of the shop and in another tab; another customer has their own', async () => {
    const context = await someone(DESKTOP);
    const customer = await visitShop(context, shop.origin, desk.url);
    await customer.open();
    await customer.type('洗衣机漏水');
    await customer.hears('详细地址');
    const [said, conversationId] = [await customer.transcript(), await customer.conversationId()];

    await customer.page.reload();
    await customer.open();
    await customer.hears('详细地址');
    expect(await customer.transcript()).toEqual(said);
    await customer.page.getByRole('link', { name: '售后服务' }).click();
    await customer.page.waitForURL('**/service');
    expect(await customer.launcher.count()).toBe(1);
    await customer.open();
    expect(await customer.transcript()).toEqual(said);
    const tab = await visitShop(context, `${shop.origin}/english`, desk.url);
    await tab.open();
    await tab.type('上海市浦东新区张杨路500号2号楼301');
    await tab.hears('手机号');
    await customer.hears('手机号');
    for (const it of [customer, tab]) expect(await it.conversationId()).toBe(conversationId);

    const other = await visitShop(await someone(DESKTOP), shop.origin, desk.url);
    await other.open();
    expect(await other.conversationId()).not.toBe(conversationId);
    expect(await other.transcript()).toHaveLength(1);
    for (const it of [customer, tab, other]) expect(it.troubles()).toEqual([]);
  });
});

describe('a page of an origin that is not in ALLOWED_ORIGINS', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('has a launcher that opens the chat in a window of its own, and its console says why', async () => {
    const context = await someone(DESKTOP);
    const customer = await visitShop(context, shop.strangeOrigin, desk.url);
    await customer.launcher.click();
    await expect.poll(() => customer.launcher.innerText(), SHOWN).toBe('在新窗口打开');
    expect(await customer.frame.count()).toBe(0);
    expect(customer.troubles().join('\n')).toContain(`is ${shop.strangeOrigin} in its ALLOWED_ORIGINS?`);
    expect(customer.askedOfDesk()).toEqual(['/widget.js', '/widget/panel.js']);
    const opened = context.waitForEvent('page');
    await customer.launcher.click();
    const chat = await opened;
    await chat.getByRole('feed').locator('.webchat__bubble').first().waitFor();
    expect(await chat.evaluate('window.opener')).toBeNull();
  });

  it('that frames the page by hand is refused by the browser, whichever shop it says it is', async () => {
    const stranger = await visitShop(await someone(DESKTOP), shop.strangeOrigin, desk.url);
    for (const claimed of [shop.origin, shop.strangeOrigin]) {
      const address = JSON.stringify(`${desk.url}/#${claimed}`);
      await stranger.page.evaluate(`document.body.append(Object.assign(document.createElement('iframe'), { src: ${address} }))`);
    }
    await expect.poll(() => stranger.troubles().filter((it) => it.includes('frame-ancestors')).length, SHOWN).toBe(2);
    expect(
      stranger.page
        .frames()
        .slice(1)
        .map((it) => it.url()),
    ).toEqual(['chrome-error://chromewebdata/', 'chrome-error://chromewebdata/']);
    expect(stranger.askedOfDesk()).not.toContain('/v3/directline/tokens/generate');
  });
});

async function picture({ page }: Visitor): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  await page.evaluate('document.fonts.ready.then(() => null)');
  await page.screenshot({ path: join(PROJECT, 'docs/images/widget.png'), animations: 'disabled' });
}
