/** Pictures from the customer page of the running desk: the paper-clip button, what comes of it, and what is said when it is refused. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aFile, PIXEL } from '../support/files.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { type CustomerPage, openCustomerPage, PHONE } from './customer-page.ts';
import { type Handoff, type Message, staffApi } from './staff-api.ts';

const TEST_MILLISECONDS_MAX = 150_000;
const SHOWN = { timeout: 10_000 };

let database: FreshDatabase;
let desk: WholeDesk;
let browser: Browser;
beforeAll(async () => {
  database = await freshDatabase();
  [desk, browser] = await Promise.all([startDesk({ databaseUrl: database.url }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await desk.close();
  await database.drop();
});

type File = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
const png = (name: string, size = 100): File => ({ name, mimeType: 'image/png', buffer: aFile('png', size) });

const choose = ({ page }: CustomerPage, ...files: readonly File[]) => page.locator('input[type="file"]').setInputFiles([...files]);
/** Of what was sent: pictures are drawn, anything else is named. What runs in the page is its own program. */
const names = ({ page }: CustomerPage) =>
  page.evaluate<readonly string[]>(
    "[...document.querySelectorAll('[role=feed] .webchat__fileContent__fileName, [role=feed] img[src*=\"/thumbnail\"]')].filter((it) => it.tagName !== 'IMG' || it.naturalWidth > 0).map((it) => it.alt ?? it.innerText)",
  );
const notice = ({ page }: CustomerPage) => page.getByRole('alert').filter({ visible: true }).locator('span:not([hidden])').innerText();
const isTold = ({ page }: CustomerPage) => page.locator('.desk-refused').isVisible();

async function sent(customer: CustomerPage): Promise<readonly (readonly string[])[]> {
  const path = `/conversations/${await customer.conversationId()}/messages`;
  const { body } = await staffApi(desk).get<{ readonly items: readonly Message[] }>(path);
  const fromCustomer = body.items.filter((it) => it.from === 'customer');
  return fromCustomer.map((it) => (it.attachments as readonly { readonly name: string }[]).map(({ name }) => name));
}

it('a picture chosen on a phone goes at once, is answered, stays after a reload, and staff can open it', {
  timeout: TEST_MILLISECONDS_MAX,
}, async () => {
  const customer = await openCustomerPage(browser, desk, PHONE);
  const photo = png('铭牌.png', 3_000_000);
  await choose(customer, photo);
  await expect.poll(() => names(customer), SHOWN).toEqual(['铭牌.png']);
  await customer.hears('存好了');
  await choose(customer, png('一.png'), png('二.png'));
  await expect.poll(() => names(customer), SHOWN).toEqual(['铭牌.png', '一.png', '二.png']);
  await expect.poll(() => sent(customer), SHOWN).toEqual([['铭牌.png'], ['一.png', '二.png']]);
  await customer.page.reload();
  await expect.poll(() => names(customer), SHOWN).toEqual(['铭牌.png', '一.png', '二.png']);
  expect(await isTold(customer)).toBe(false);

  const { body } = await staffApi(desk).get<{ readonly items: readonly Message[] }>(
    `/conversations/${await customer.conversationId()}/messages`,
  );
  const [first] = body.items.flatMap((it) => it.attachments as readonly { readonly url: string; readonly contentType: string }[]);
  const opened = await fetch(`${desk.url}${first?.url}`, { headers: { Authorization: `Bearer ${desk.staffToken}` } });
  expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.compare(Buffer.from(await opened.arrayBuffer()), photo.buffer)).toBe(0);
  expect(customer.troubles()).toEqual([]);
  await customer.context.close();
});

it('a file that is too large or one too many is not even sent; one of another kind is refused; each in words', {
  timeout: TEST_MILLISECONDS_MAX,
}, async () => {
  const customer = await openCustomerPage(browser, desk, PHONE);
  const box = customer.page.getByRole('textbox').first();
  await box.fill('铭牌在这');
  await choose(customer, png('大.png', 8_388_609));
  await expect.poll(() => isTold(customer), SHOWN).toBe(true);
  expect(await notice(customer)).toContain('不超过8MB');
  await expect.poll(() => box.inputValue(), SHOWN).toBe('铭牌在这');
  await box.fill('');
  await choose(customer, ...['1', '2', '3', '4', '5', '6'].map((it) => png(`${it}.png`)));
  await expect.poll(() => notice(customer), SHOWN).toContain('一次最多发5个');
  expect(await names(customer)).toEqual([]);
  expect(customer.troubles()).toEqual([]);

  await choose(customer, { name: '说明.png', mimeType: 'image/png', buffer: aFile('zip', 500) });
  await expect.poll(() => notice(customer), SHOWN).toContain('只收图片、PDF和短视频');
  expect(customer.troubles().filter((it) => !/415|Failed to post activity/.test(it))).toEqual([]);
  await customer.page.getByText('重试').last().click();
  await expect.poll(() => names(customer), SHOWN).toEqual([]);
  expect(await notice(customer)).toContain('再选一次');
  await customer.page.getByRole('button', { name: '知道了' }).click();
  expect(await isTold(customer)).toBe(false);
  expect(await sent(customer)).toEqual([]);

  await box.fill('冰箱不制冷');
  await choose(customer, png('小.png'));
  await customer.hears('详细地址');
  expect(await sent(customer)).toEqual([['小.png']]);
  expect(await customer.transcript()).toContainEqual({ from: 'customer', text: '冰箱不制冷' });
  await customer.context.close();
});

it('a picture that staff send is drawn on the page, a PDF is offered under its name, both are there after a reload', {
  timeout: TEST_MILLISECONDS_MAX,
}, async () => {
  const customer = await openCustomerPage(browser, desk, PHONE);
  await customer.post('人工');
  const conversationId = await customer.conversationId();
  const api = staffApi(desk);
  const waiting = async () => (await api.all<Handoff>('/handoffs?status=queued')).find((it) => it.conversationId === conversationId)?.id;
  await expect.poll(waiting, SHOWN).toBeTruthy();
  const path = `/handoffs/${await waiting()}`;
  expect((await api.post(`${path}/claim`)).status).toBe(200);
  const files = [
    { name: '滤网.png', base64: PIXEL.toString('base64') },
    { name: '说明书.pdf', base64: aFile('pdf', 3_000).toString('base64') },
  ];
  expect((await api.post(`${path}/reply`, { text: '照这样装', files })).status).toBe(201);

  // What runs in the page is its own program.
  const drawn = () =>
    customer.page.evaluate<number>(
      "[...document.querySelectorAll('[role=feed] img')].filter((it) => it.src.includes('/files/') && it.naturalWidth > 0).length",
    );
  const offered = customer.page.getByRole('feed').locator('a[href*="/files/"]').filter({ hasText: '说明书.pdf' });
  for (const visit of ['as it comes', 'after a reload']) {
    await expect.poll(drawn, { ...SHOWN, message: visit }).toBe(1);
    const opened = await fetch((await offered.getAttribute('href')) ?? '');
    expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    await customer.page.reload();
  }
  expect(customer.troubles()).toEqual([]);
  await customer.context.close();
});
