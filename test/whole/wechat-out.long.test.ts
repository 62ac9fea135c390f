/** What the desk says on WeChat, while the platform refuses, stalls, forgets and counts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { says } from '../support/says.ts';
import { API_PATHS } from '../support/wechat-api.ts';
import { createWechatCustomer, type WechatCustomer } from '../support/wechat-customer.ts';
import type { Fault } from '../support/wechat-fault.ts';
import { type Shown, wordsOf } from '../support/wechat-people.ts';
import { startDesk } from '../support/whole-desk.ts';
import type { Page } from './staff-api.ts';
import { heard, openChats, PATIENCE_MILLISECONDS, SOON, screenOf, times, type WechatChats } from './wechat-chats.ts';

const IN_TIME_MILLISECONDS = 1_000;
vi.setConfig({ testTimeout: 120_000 });
const TEXT_BYTES_MAX = 2_048;

/** Its account may send menus. */
let chats: WechatChats;
/** Its account may not, and its platform lets nobody in at first. */
let shut: WechatChats;
let locked: WechatCustomer;
beforeAll(async () => {
  [chats, shut] = await Promise.all([openChats(), openChats({ platform: { menus: false } })]);
  locked = shut.follower();
  shut.platform.script(API_PATHS.token, { kind: 'errcode', code: 40164 }, Number.POSITIVE_INFINITY);
  await locked.say('空调不制冷');
}, 120_000);
afterAll(async () => {
  await Promise.all([chats.close(), shut.close()]);
}, 60_000);

/** Says it, and takes the answer that says `key`. */
async function asked(customer: WechatCustomer, text: string, key: Parameters<typeof heard>[1]): Promise<Shown> {
  await customer.say(text);
  return await heard(customer, key);
}

const tokens = () => chats.platform.calls(API_PATHS.token).length;

describe('a turn', () => {
  it('is one send, however many replies it has', async () => {
    const customer = chats.follower();
    await asked(customer, '空调不制冷', 'ask.address');
    await expect.poll(() => chats.deliveries(customer), SOON).toEqual(['delivered', 'delivered']);
    expect(chats.sendsTo(customer)).toHaveLength(1);
    expect(says(screenOf(customer), 'consent')).toBe(true);
  });

  it.each(['1', '１', '1.', '第一个', '不制冷', 'a tap'])('with choices is a menu, and answered by %s', async (answer) => {
    const customer = chats.follower();
    await asked(customer, '我要报修', 'ask.appliance');
    const question = await asked(customer, '空调', 'ask.fault');
    expect(question).toMatchObject({ kind: 'menu', items: expect.arrayContaining([{ id: expect.any(String), label: '不制冷' }]) });
    await (answer === 'a tap' ? customer.tap('不制冷') : customer.say(answer));
    await heard(customer, 'ask.address');
  });
});

describe('a long answer of staff', () => {
  it('is cut on a character, and the customer gets every one of them', async () => {
    const customer = chats.follower();
    const { reply } = await chats.claim(customer);
    await customer.say('在吗');
    const before = customer.screen().length;
    const text = `价格表${'👨‍👩‍👧好'.repeat(150)}完`;
    await reply(text);
    await expect.poll(() => texts(customer, before).join(''), SOON).toBe(text);
    for (const part of texts(customer, before)) {
      expect(Buffer.byteLength(part)).toBeLessThanOrEqual(TEXT_BYTES_MAX);
      expect(part).not.toMatch(/^\u200d|\u200d$|\ufffd/);
    }
  });

  it.each([
    ['without a pause', '修'.repeat(3_000)],
    ['in long paragraphs', Array.from({ length: 8 }, (_, index) => `${index}${'修'.repeat(373)}`).join('\n')],
    ['in sentences', '压缩机换过以后请先静置两小时再通电。'.repeat(167).slice(0, 3_000)],
  ])('of 3,000 characters %s is five sends at most, in order, nothing lost', async (_, text) => {
    const customer = chats.follower();
    const { reply } = await chats.claim(customer);
    // What they say now is met by nobody but staff: all five sends are for the answer.
    await customer.say('师傅说要怎么修');
    const before = customer.screen().length;
    await reply(text);
    await expect.poll(() => texts(customer, before).join('').replaceAll('\n', ''), SOON).toBe(text.replaceAll('\n', ''));
    expect(texts(customer, before).length).toBeLessThanOrEqual(5);
    await expect.poll(async () => (await chats.deliveries(customer)).at(-1), SOON).toBe('delivered');
  });

  it('that the quota is too small for goes on where it stopped when the customer writes', async () => {
    const customer = chats.follower();
    const { reply } = await chats.claim(customer);
    const before = customer.screen().length;
    const text = '修'.repeat(3_000);
    await reply(text);
    await expect.poll(async () => (await chats.deliveries(customer)).at(-1), SOON).toBe('waiting');
    expect(chats.platform.sendsLeft(customer.openId)).toBe(0);
    await customer.say('还有吗');
    await expect.poll(() => texts(customer, before).join(''), SOON).toBe(text);
    await expect.poll(async () => (await chats.deliveries(customer)).at(-1), SOON).toBe('delivered');
  });
});

describe('the access token', () => {
  it.each(['expireToken', 'revokeToken'] as const)('is replaced once after %s, and the customer sees the answer once', async (end) => {
    const customer = chats.follower();
    await asked(customer, '我要报修', 'ask.appliance');
    const before = tokens();
    chats.platform[end]();
    await asked(customer, '空调', 'ask.fault');
    await asked(customer, '不制冷', 'ask.address');
    expect(tokens() - before).toBe(1);
    expect(customer.heard()).toHaveLength(3);
  });
});

describe('the platform says no', () => {
  it('45015: the answer waits for the customer, and comes before the next', async () => {
    const customer = chats.follower();
    chats.platform.script(API_PATHS.send, { kind: 'errcode', code: 45015 });
    await customer.say('我要报修');
    await expect.poll(() => chats.deliveries(customer), SOON).toEqual(['waiting', 'waiting']);
    await asked(customer, '空调', 'ask.fault');
    const words = screenOf(customer);
    expect(times(customer, '是哪样家电出了问题')).toBe(1);
    expect(words.indexOf('是哪样家电出了问题')).toBeLessThan(words.indexOf('空调是什么毛病'));
    await expect.poll(() => chats.deliveries(customer), SOON).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('45047: nothing more is sent until they speak', async () => {
    const customer = chats.follower();
    const { reply } = await chats.claim(customer);
    chats.platform.script(API_PATHS.send, { kind: 'errcode', code: 45047 });
    await reply('第一句');
    await expect.poll(async () => (await chats.deliveries(customer)).at(-1), SOON).toBe('waiting');
    const sends = chats.sendsTo(customer).length;
    await reply('第二句');
    await expect.poll(async () => (await chats.deliveries(customer)).slice(-2), SOON).toEqual(['waiting', 'waiting']);
    expect(chats.sendsTo(customer)).toHaveLength(sends);
    await customer.say('在吗');
    await expect.poll(() => screenOf(customer), SOON).toMatch(/第一句[\s\S]*第二句/);
    expect([times(customer, '第一句'), times(customer, '第二句')]).toEqual([1, 1]);
  });

  it('40003: that message has failed, the lane goes on, and staff are called', async () => {
    const customer = chats.follower();
    chats.platform.script(API_PATHS.send, { kind: 'errcode', code: 40003 });
    await customer.say('我要报修');
    await expect.poll(() => chats.deliveries(customer), SOON).toEqual(['failed', 'failed']);
    await asked(customer, '空调', 'ask.fault');
    const conversationId = await chats.conversationOf(customer);
    const pages = async () =>
      (await chats.api.all<Page>('/pages?status=open')).filter((it) => it.reason === 'undelivered' && it.conversationId === conversationId);
    await expect.poll(pages, SOON).not.toEqual([]);
  });
});

describe('the quota', () => {
  it('used up, the sixth waits without a call, and comes with their next message', async () => {
    const customer = chats.follower();
    const { reply } = await chats.claim(customer);
    await customer.say('在吗');
    for (const text of ['一', '二', '三', '四', '五']) {
      await reply(`第${text}句`);
      await customer.next((it) => wordsOf(it) === `第${text}句`, PATIENCE_MILLISECONDS);
    }
    const sends = chats.sendsTo(customer).length;
    await reply('第六句');
    await expect.poll(async () => (await chats.deliveries(customer)).at(-1), SOON).toBe('waiting');
    expect(chats.sendsTo(customer)).toHaveLength(sends);
    await customer.say('还在吗');
    await customer.next((it) => wordsOf(it) === '第六句', PATIENCE_MILLISECONDS);
  });

  it('of a follower who only clicked is three sends', async () => {
    const customer = chats.follower();
    await customer.follow();
    await heard(customer, 'greeting');
    await customer.click('转人工');
    await heard(customer, 'handoff.next', 'handoff.waiting');
    const conversationId = await chats.conversationOf(customer);
    const [handoff] = (await chats.api.all<{ id: string; conversationId: string }>('/handoffs?status=queued')).filter(
      (it) => it.conversationId === conversationId,
    );
    await chats.api.post(`/handoffs/${handoff?.id}/claim`);
    // The word on who helps is one of the three.
    await heard(customer, 'handoff.claimed');
    await chats.api.post(`/handoffs/${handoff?.id}/reply`, { text: '甲' });
    await customer.next((it) => wordsOf(it) === '甲', PATIENCE_MILLISECONDS);
    await chats.api.post(`/handoffs/${handoff?.id}/reply`, { text: '乙' });
    await expect.poll(async () => (await chats.deliveries(customer)).at(-1), SOON).toBe('waiting');
    expect(chats.sendsTo(customer).map((it) => it.code)).toEqual([0, 0, 0, 0]);
    await customer.say('在吗');
    await customer.next((it) => wordsOf(it) === '乙', PATIENCE_MILLISECONDS);
  });

  it('is not used up by sends the platform never got', async () => {
    const customer = chats.follower();
    const { reply } = await chats.claim(customer);
    await customer.say('在吗');
    for (const text of ['一', '二', '三', '四']) {
      await reply(`第${text}句`);
      await customer.next((it) => wordsOf(it) === `第${text}句`, PATIENCE_MILLISECONDS);
    }
    chats.platform.script(API_PATHS.send, { kind: 'cut' });
    await reply('第五句');
    await customer.next((it) => wordsOf(it) === '第五句', PATIENCE_MILLISECONDS);
  });
});

describe('an account nobody may call from here', () => {
  it('is named by /readyz, which stays 200, and staff are called once', async () => {
    const ready = async () => {
      const response = await fetch(`${shut.desk.url}/readyz`);
      const { parts, notes } = (await response.json()) as { parts: Record<string, string>; notes: Record<string, string> };
      return { status: response.status, part: parts['wechat'], note: notes['wechat'] };
    };
    const note = expect.stringMatching(/IP list.*40164/);
    await expect.poll(ready, SOON).toEqual({ status: 200, part: 'incomplete', note });
    const pages = async () => (await shut.api.all<Page>('/pages')).filter((it) => it.reason === 'wechat-locked-out');
    await expect.poll(pages, SOON).toHaveLength(1);
    expect(locked.screen()).toEqual([]);
    expect(await shut.deliveries(locked)).toEqual(['pending', 'pending']);
    shut.platform.heal();
  });
});

const FAULTS: readonly (readonly [string, Fault, number])[] = [
  ['errcode -1 twice', { kind: 'errcode', code: -1 }, 2],
  ['HTTP 500', { kind: 'status', status: 500 }, 1],
  ['nonsense', { kind: 'nonsense' }, 1],
  ['a cut connection', { kind: 'cut' }, 1],
  ['a busy minute (45011)', { kind: 'errcode', code: 45011 }, 1],
];

describe('a platform in trouble', () => {
  it.each(FAULTS)('%s is tried again, in order, and seen once', async (_, fault, count) => {
    const customer = chats.follower();
    chats.platform.script(API_PATHS.send, fault, count);
    const met = chats.platform.calls(API_PATHS.send).length + 1;
    await customer.say('我要报修');
    await chats.platform.called(API_PATHS.send, met, PATIENCE_MILLISECONDS);
    await asked(customer, '空调', 'ask.fault');
    const words = screenOf(customer);
    expect(words.indexOf('是哪样家电出了问题')).toBeGreaterThanOrEqual(0);
    expect(words.indexOf('是哪样家电出了问题')).toBeLessThan(words.indexOf('空调是什么毛病'));
    expect([times(customer, '是哪样家电出了问题'), times(customer, '空调是什么毛病')]).toEqual([1, 1]);
  });

  it('that is slow to answer is heard out: it had shown the message long before', async () => {
    const customer = chats.follower();
    chats.platform.script(API_PATHS.send, { kind: 'slow', milliseconds: 6_000 });
    await asked(customer, '我要报修', 'ask.appliance');
    await expect.poll(() => chats.deliveries(customer), SOON).toEqual(['delivered', 'delivered']);
    expect(customer.screen()).toHaveLength(1);
  });

  it('that is silent to one customer holds back nobody else', async () => {
    const [slow, other] = [chats.follower(), chats.follower()];
    const met = chats.platform.calls(API_PATHS.send).length + 1;
    chats.platform.script(API_PATHS.send, { kind: 'silent' });
    await slow.say('我要报修');
    await chats.platform.called(API_PATHS.send, met, PATIENCE_MILLISECONDS);
    await asked(other, '冰箱漏水', 'ask.address');
    expect(slow.screen()).toEqual([]);
    await heard(slow, 'ask.appliance');
    expect(slow.screen()).toHaveLength(1);
  });

  it('that is silent to all: what customers say is taken in time, and answered in order afterwards', async () => {
    const customers = [chats.follower(), chats.follower(), chats.follower()];
    const met = chats.platform.calls(API_PATHS.send).length + customers.length;
    chats.platform.script('*', { kind: 'silent' }, Number.POSITIVE_INFINITY);
    for (const customer of customers) expect((await customer.say('我要报修')).milliseconds).toBeLessThan(IN_TIME_MILLISECONDS);
    await chats.platform.called(API_PATHS.send, met, PATIENCE_MILLISECONDS);
    for (const customer of customers) {
      const said = await customer.say('空调');
      expect(said).toMatchObject({ status: 200, body: 'success' });
      expect(said.milliseconds).toBeLessThan(IN_TIME_MILLISECONDS);
    }
    chats.platform.heal();
    for (const customer of customers) {
      await heard(customer, 'ask.fault');
      const words = screenOf(customer);
      expect(words.indexOf('是哪样家电出了问题')).toBeLessThan(words.indexOf('空调是什么毛病'));
      expect([times(customer, '是哪样家电出了问题'), times(customer, '空调是什么毛病')]).toEqual([1, 1]);
    }
  });

  it('that shows an answer and never says so makes us say it again: twice on the screen, and the chat goes on', async () => {
    const customer = chats.follower();
    chats.platform.script(API_PATHS.send, { kind: 'answer-lost' });
    await customer.say('我要报修');
    await expect.poll(() => chats.deliveries(customer), SOON).toEqual(['delivered', 'delivered']);
    expect(times(customer, '是哪样家电出了问题')).toBe(2);
    await asked(customer, '空调', 'ask.fault');
    expect(times(customer, '空调是什么毛病')).toBe(1);
  });
});

it('two desks on one store use one token, and replace it once', async () => {
  const piiKey = (await readFile(join(chats.desk.dataDir, 'pii-key'), 'utf8')).trim();
  const [appSecret, token] = chats.secrets;
  const other = await startDesk({
    databaseUrl: chats.database.url,
    environment: {
      PII_KEY: piiKey,
      WECHAT_APP_ID: chats.platform.appId,
      WECHAT_APP_SECRET: appSecret,
      WECHAT_TOKEN: token,
      WECHAT_API_BASE: chats.platform.url,
    },
  });
  try {
    const here = chats.follower();
    const there = createWechatCustomer(chats.platform, other.url, { token: token ?? '' });
    const before = { tokens: tokens(), sends: chats.platform.calls(API_PATHS.send).length };
    await Promise.all([asked(here, '我要报修', 'ask.appliance'), asked(there, '我要报修', 'ask.appliance')]);
    expect(tokens()).toBe(before.tokens);
    chats.platform.expireToken();
    await Promise.all([asked(here, '空调', 'ask.fault'), asked(there, '冰箱', 'ask.fault')]);
    await Promise.all([asked(here, '不制冷', 'ask.address'), asked(there, '漏水', 'ask.address')]);
    expect(tokens()).toBe(before.tokens + 1);
    const used = chats.platform.calls(API_PATHS.send).slice(before.sends);
    expect(new Set(used.filter((it) => it.code === 0).map((it) => it.query['access_token'])).size).toBe(2);
    for (const customer of [here, there]) expect(customer.screen()).toHaveLength(3);
  } finally {
    await other.close();
  }
});

describe('an account without menus', () => {
  it('was locked out, and sends what was kept once that is mended', async () => {
    await locked.next((it) => says(it, 'ask.address'), 2 * PATIENCE_MILLISECONDS);
    expect(locked.screen()).toHaveLength(1);
    const part = async () => ((await (await fetch(`${shut.desk.url}/readyz`)).json()) as { parts: Record<string, string> }).parts['wechat'];
    await expect.poll(part, SOON).toBe('ready');
    expect((await shut.api.all<Page>('/pages')).filter((it) => it.reason === 'wechat-locked-out')).toHaveLength(1);
  });

  it('gets choices with numbers, asked for a menu only once, and the number answers', async () => {
    const customer = shut.follower();
    const first = await asked(customer, '我要报修', 'ask.appliance');
    expect(first.kind).toBe('text');
    expect(wordsOf(first)).toContain('\n1. 空调\n2. 冰箱');
    const second = await asked(customer, '2', 'ask.fault');
    expect(wordsOf(second)).toMatch(/冰箱是什么毛病[\s\S]*\n1\. 不制冷/);
    await asked(customer, '第一个', 'ask.address');
    const other = shut.follower();
    await asked(other, '我要报修', 'ask.appliance');
    expect(shut.platform.calls(API_PATHS.send).filter((it) => it.code === 40200)).toHaveLength(1);
  });
});

/** Texts on the screen after so many. */
function texts(customer: WechatCustomer, after: number): readonly string[] {
  return customer.screen().slice(after).map(wordsOf);
}
