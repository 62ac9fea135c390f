/** The customer page of the running desk in a real browser. `UPDATE_SCREENSHOTS=1` writes the pictures of the README. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { PROJECT, startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { readBackOf } from './booking.ts';
import { type CustomerPage, DESKTOP, openCustomerPage, PHONE, type Screen, visit } from './customer-page.ts';
import { type Handoff, type List, type Message, staffApi, type TicketLine } from './staff-api.ts';

const TEST_MILLISECONDS_MAX = 150_000;
/** The stock client waits 3 to 15 s before it reconnects, and longer after every failure. */
const RECONNECT_MILLISECONDS_MAX = 60_000;
const SHOWN = { timeout: 10_000 };
const ADDRESS = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';
/** What a browser says about a server that is away. */
const AWAY = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to .* failed/;

let database: FreshDatabase;
let desk: WholeDesk;
let browser: Browser;
const opened: CustomerPage[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  [desk, browser] = await Promise.all([startDesk({ databaseUrl: database.url }), launchBrowser()]);
});
afterEach(async () => {
  const troubles = opened.flatMap((it) => it.troubles());
  await Promise.all(opened.splice(0).map((it) => it.context.close()));
  expect(troubles).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await desk.close();
  await database.drop();
});

async function open(screen: Screen): Promise<CustomerPage> {
  const customer = await openCustomerPage(browser, desk, screen);
  opened.push(customer);
  return customer;
}

describe('a customer on the page', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('books by buttons on a phone, types only what no button can say, and staff have the ticket', async () => {
    const customer = await open({ ...PHONE, scale: 2 });
    await customer.press('报修');
    await customer.hears('哪样家电');
    await customer.press('空调');
    await customer.hears('什么毛病');
    await customer.press('不制冷');
    await customer.hears('详细地址');
    await customer.type(ADDRESS);
    await customer.hears('手机号');
    await customer.type('13800138000');
    await customer.hears('怎么称呼您');
    await customer.type('王芳');
    await customer.hears('选哪个');
    const [window = ''] = await customer.choices();
    await customer.press(window);
    const readBack = readBackOf(await customer.hears('跟您核对一下'));
    expect(readBack).toMatchObject({ window, address: ADDRESS, person: '王芳 138****8000' });
    await customer.press('确认');
    const booked = await customer.hears('约好了');
    expect(booked).toContain(window);

    const number = /BX-\d{8}-\d{4,}/.exec(booked)?.[0];
    const { body } = await staffApi(desk).get<List<TicketLine>>('/tickets?q=13800138000');
    expect(body.items).toMatchObject([{ number, channel: 'web-chat', appliance: 'air_conditioner', status: 'scheduled' }]);
    const overflow = await customer.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    await picture(customer, 'booking-phone.png');
  });

  it('books with one sentence and at most two more messages on a desktop', async () => {
    const customer = await open(DESKTOP);
    await customer.type(`我家空调不制冷,明天下午三点能来吗,${ADDRESS},13900139000`);
    await customer.hears('怎么称呼您');
    await customer.type('李雷');
    expect(readBackOf(await customer.hears('跟您核对一下')).window).toContain('14:00–16:00');
    await customer.press('确认');
    expect(await customer.hears('约好了')).toContain('14:00–16:00');
    expect((await customer.transcript()).filter((it) => it.from === 'customer')).toHaveLength(3);
    await picture(customer, 'booking-desktop.png');
  });

  it('corrects the appliance and the address, and the read-back has the corrected ones', async () => {
    const customer = await open(PHONE);
    await customer.type('空调不制冷,后天上午来,13700137000');
    await customer.hears('详细地址');
    const before = (await customer.transcript()).length;
    await customer.type('不对,是冰箱');
    await expect.poll(async () => (await customer.transcript()).length, SHOWN).toBe(before + 3);
    await customer.type(ADDRESS);
    await customer.hears('怎么称呼您');
    await customer.type('韩梅');
    await customer.hears('选哪个');
    const [window = ''] = await customer.choices();
    await customer.press(window);
    expect(readBackOf(await customer.hears('跟您核对一下'))).toMatchObject({ address: ADDRESS, fault: expect.stringContaining('冰箱') });
    const elsewhere = '北京市海淀区中关村南大街5号院2号楼301';
    await customer.type(`地址改成${elsewhere}`);
    expect(readBackOf(await customer.hears(elsewhere))).toMatchObject({ fault: expect.not.stringContaining('空调') });
    await customer.press('确认');
    await customer.hears('约好了');
  });

  it('reloads in the middle: what was said is shown once, and the next answer is understood against the open question', async () => {
    const customer = await open(PHONE);
    await customer.type('洗衣机漏水');
    await customer.hears('详细地址');
    const before = await customer.transcript();
    await customer.page.reload();
    await customer.hears('详细地址');
    expect(await customer.transcript()).toEqual(before);
    await customer.type('上海市浦东新区张杨路500号2号楼301');
    await customer.hears('手机号');
    expect(await customer.transcript()).toHaveLength(before.length + 2);
  });

  it('types markup and it stays letters: nothing is fetched, nothing is drawn', async () => {
    const customer = await open(PHONE);
    const markup = '冰箱不制冷 <img src="https://evil.example/x.png" onerror="alert(1)"> **粗** ![a](https://evil.example/y.png) <b>b</b>';
    await customer.type(markup);
    await customer.hears('');
    await expect.poll(() => customer.transcript(), SHOWN).toContainEqual({ from: 'customer', text: markup });
    expect(await customer.page.getByRole('feed').locator('b, strong, img[src*="evil"]').count()).toBe(0);
    await customer.page.reload();
    await expect.poll(() => customer.transcript(), SHOWN).toContainEqual({ from: 'customer', text: markup });
  });
});

describe('two browsers', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('are two customers who hear nothing of each other; two tabs of one browser are one', async () => {
    const [one, other] = await Promise.all([open(PHONE), open(PHONE)]);
    await Promise.all([one.type('空调漏水'), other.type('电视没图像')]);
    await Promise.all([one.hears('详细地址'), other.hears('详细地址')]);
    expect(await one.conversationId()).not.toBe(await other.conversationId());
    expect(JSON.stringify(await one.transcript())).not.toContain('电视没图像');
    expect(JSON.stringify(await other.transcript())).not.toContain('空调漏水');

    const tab = await visit(one.context, desk);
    opened.push(tab);
    await expect.poll(() => tab.transcript(), SHOWN).toEqual(await one.transcript());
    await tab.type(ADDRESS);
    await one.hears('手机号');
    await expect.poll(() => one.transcript(), SHOWN).toEqual(await tab.transcript());
  });
});

describe('staff', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('claim a conversation and the bot is silent; what they write is on the page; released, the bot is back', async () => {
    const customer = await open(PHONE);
    const api = staffApi(desk);
    await customer.type('人工');
    await expect.poll(async () => (await customer.transcript()).length, SHOWN).toBe(3);
    const conversationId = await customer.conversationId();
    const handoff = (await api.all<Handoff>('/handoffs?status=queued')).find((it) => it.conversationId === conversationId);
    expect((await api.post<Handoff>(`/handoffs/${handoff?.id}/claim`)).status).toBe(200);

    await customer.post('你好,在吗');
    await api.post(`/handoffs/${handoff?.id}/reply`, { text: '您好,我是客服小李。' });
    await customer.hears('我是客服小李');
    // Had the bot answered, it would stand before the staff's reply.
    expect((await customer.transcript()).slice(3)).toEqual([
      { from: 'desk', text: '客服同事来帮您了，前面说的都能看到，不用再说一遍。' },
      { from: 'customer', text: '你好,在吗' },
      { from: 'desk', text: '您好,我是客服小李。' },
    ]);

    expect((await api.post<Handoff>(`/handoffs/${handoff?.id}/release`)).status).toBe(200);
    await customer.hears('我接着为您服务');
    await customer.type('冰箱不制冷');
    await customer.hears('详细地址');
  });
});

describe('a person', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('who speaks has their own avatar and their name above it, the next one theirs, and the bot is the bot again', async () => {
    const customer = await open({ ...PHONE, scale: 2 });
    const api = staffApi(desk);
    const hired = async (name: string, email: string) =>
      (await api.post<{ readonly id: string; readonly token: string }>('/staff', { name, email, role: 'agent' })).body;
    const [one, other] = [await hired('王小芳', 'xiaofang@example.com'), await hired('Anna Li', 'anna@example.com')];
    await customer.type('人工');
    await expect.poll(async () => (await customer.transcript()).length, SHOWN).toBe(3);
    const conversationId = await customer.conversationId();
    const id = (await api.all<Handoff>('/handoffs?status=queued')).find((it) => it.conversationId === conversationId)?.id;
    const [first, second] = [staffApi(desk, one.token), staffApi(desk, other.token)];
    await first.post(`/handoffs/${id}/claim`);
    await first.post(`/handoffs/${id}/reply`, { text: '您好,我在。' });
    await first.post(`/handoffs/${id}/reply`, { text: '您的单子我看到了。' });
    await first.post(`/handoffs/${id}/transfer`, { to: other.id });
    await second.post(`/handoffs/${id}/reply`, { text: '我接着办。' });
    await customer.hears('我接着办');
    await api.post(`/handoffs/${id}/reply`, { text: '我是值班的。' });
    await second.post(`/handoffs/${id}/release`);
    await customer.hears('我接着为您服务');
    const shown = [
      [null, null, '王小芳来帮您了'],
      ['小芳', '王小芳 · 人工客服', '您好,我在'],
      [null, null, '您的单子'],
      ['修', null, '换Anna Li接着帮您'],
      ['AL', 'Anna Li · 人工客服', '我接着办'],
      ['客服', '人工客服', '我是值班的'],
      ['修', null, '我接着为您服务'],
    ];
    const expected = shown.map(([avatar, name, text]) => ({ avatar, name, text: expect.stringContaining(text ?? '') }));
    expect((await customer.faces()).slice(3)).toEqual(expected);
    // Read back from the log it looks the same.
    await customer.page.reload();
    await customer.hears('我接着为您服务');
    expect((await customer.faces()).slice(3)).toEqual(expected);
  });
});

describe('a desk that is killed', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('in the middle of a dialog and started again: the page comes back by itself, nothing is lost or doubled', async () => {
    const customer = await openCustomerPage(browser, desk, PHONE);
    await customer.type('热水器不加热');
    await customer.hears('详细地址');
    await customer.post(ADDRESS);
    await desk.kill9();
    await customer.page.locator('.desk-lost').waitFor({ state: 'visible' });
    await desk.restart();

    await customer.hears('手机号', RECONNECT_MILLISECONDS_MAX);
    await customer.page.locator('.desk-lost').waitFor({ state: 'hidden', timeout: RECONNECT_MILLISECONDS_MAX });
    await customer.type('13600136000');
    await customer.hears('怎么称呼您');
    await customer.type('赵敏');
    await customer.hears('选哪个');
    const shown = await customer.transcript();
    expect(shown.map((it) => it.from).join(' ')).toBe('desk customer desk customer desk customer desk customer desk');
    expect(shown.map(asStaffSee)).toEqual(await recorded(await customer.conversationId()));
    expect(customer.troubles().filter((it) => !AWAY.test(it))).toEqual([]);
    await customer.context.close();
  });
});

describe('a message that is typed while the desk is away', { timeout: TEST_MILLISECONDS_MAX }, () => {
  it('is marked as not sent; 重试 puts it back into the input, and it is said once', async () => {
    const customer = await openCustomerPage(browser, desk, PHONE);
    await customer.type('空调不制冷');
    await customer.hears('详细地址');
    await desk.kill9();
    await customer.type(ADDRESS);
    await desk.restart();
    await customer.page.getByText('重试').last().click({ timeout: RECONNECT_MILLISECONDS_MAX });
    const box = customer.page.getByRole('textbox').first();
    await expect.poll(() => box.inputValue(), SHOWN).toBe(ADDRESS);
    // Until the line stands Enter does nothing and the text stays where it is.
    const enter = async () => {
      await box.press('Enter');
      return box.inputValue();
    };
    await expect.poll(enter, SHOWN).toBe('');
    await customer.hears('手机号');
    const shown = await customer.transcript();
    expect(shown.filter((it) => it.text === ADDRESS)).toHaveLength(1);
    expect(shown.map(asStaffSee)).toEqual(await recorded(await customer.conversationId()));
    expect(customer.troubles().filter((it) => !AWAY.test(it))).toEqual([]);
    await customer.context.close();
  });
});

/** What the API has of a conversation, in the page's terms. */
async function recorded(conversationId: string): Promise<readonly { readonly from: string; readonly text: string }[]> {
  const { body } = await staffApi(desk).get<{ readonly items: readonly Message[] }>(`/conversations/${conversationId}/messages`);
  return body.items.map(({ from, text }) => asStaffSee({ from: from === 'customer' ? from : 'desk', text }));
}

function asStaffSee({ from, text: said }: { readonly from: string; readonly text: string }) {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const text = lines.join('\n').replace(/\b(1\d{2})\d{4}(\d{4})\b/g, '$1****$2');
  return { from, text: from === 'customer' ? text.replace(/望京街道阜通.*/u, '***').replace(/^赵敏$/u, '赵*') : text };
}

const SCROLLED_TO_THE_END = `(() => {
  const list = document.querySelector('.webchat__basic-transcript__scrollable');
  return list !== null && list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
})()`;

async function picture({ page }: CustomerPage, name: string): Promise<void> {
  if (process.env['UPDATE_SCREENSHOTS'] !== '1') return;
  const folder = join(PROJECT, 'docs/images');
  await mkdir(folder, { recursive: true });
  await page.evaluate('document.fonts.ready.then(() => null)');
  await expect.poll(() => page.evaluate<boolean>(SCROLLED_TO_THE_END), SHOWN).toBe(true);
  await page.screenshot({ path: join(folder, name), animations: 'disabled' });
}
