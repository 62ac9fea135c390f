/** Customers who write to the bot on Slack: the same dialogs, and each of their messages once. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CustomerDesk, openCustomerDesk, type Someone, someone, tap } from './customer-desk.ts';

const HOME = '北京市朝阳区建国路88号1号楼1501';

let desk: CustomerDesk;
beforeAll(async () => {
  desk = await openCustomerDesk();
});
afterAll(() => desk.close());

describe('the first contact', () => {
  test('opening the chat is a hello, once', async () => {
    const li = someone(desk);
    await li.opens();
    expect(li.hears()).toContain('智能客服');
    expect(li.last().buttons.map((it) => it.label)).toContain('报修');
    await li.opens();
    expect(li.hears()).toBe('');
  });

  test('who writes first is told what their data is for, and is not greeted later', async () => {
    const li = someone(desk);
    await li.says('空调不制冷');
    expect(li.hears()).toContain('只用于这次服务');
    expect(li.hears()).toContain('/privacy|');
    await li.opens();
    expect(li.hears()).toBe('');
  });
});

test('a repair is booked with words and buttons, as in every chat', async () => {
  const li = someone(desk);
  await li.says('空调不制冷');
  await li.says(HOME);
  await li.says('13800138000');
  await li.says('李雷，型号没有');
  await tap(li, '14');
  await tap(li, '确认');
  expect(li.hears()).toMatch(/约好了.*BX-/u);
  expect(await desk.shop.rows("select channel, status from ticket where channel = 'slack'")).toEqual([
    { channel: 'slack', status: 'scheduled' },
  ]);
});

describe('once', () => {
  test('one message as eleven events at once is one', async () => {
    const li = someone(desk);
    await li.done(li.dm('空调不制冷', { freshIds: 11, atOnce: true }));
    await li.done(li.dm('你好', { copies: 2, retries: 2 }));
    expect(await li.rows()).toHaveLength(2);
  });

  test('a tap told three times counts once; then what was tapped stands there and nothing to tap', async () => {
    const li = someone(desk);
    await li.opens();
    const greeting = li.last();
    await tap(li, '报修', 3);
    expect((await li.rows()).map((it) => it.key.split(':')[0])).toEqual(['start', 'tap']);
    const now = desk.slack.posts(li.channel).find((it) => it.ts === greeting.ts);
    expect(now?.buttons).toEqual([]);
    expect(now?.shown).toContain('✓ 报修');
    expect(now?.shown).toContain('智能客服');
  });

  test('a tap on what was never offered, or to somebody else, is nothing', async () => {
    const [li, wang] = [someone(desk), someone(desk)];
    await li.opens();
    await wang.says('空调不制冷');
    const [row] = await desk.shop.rows<{ n: number }>("select count(*)::int as n from message where direction = 'in'");
    const post = { ...li.last(), blocks: li.last().blocks.map((it) => JSON.parse(JSON.stringify(it).replaceAll('报修', '删除'))) };
    await li.done(li.click(post, li.last().buttons[0]?.actionId ?? '', { stale: true }));
    const [after] = await desk.shop.rows<{ n: number }>("select count(*)::int as n from message where direction = 'in'");
    expect(after).toEqual(row);
  });
});

describe('whose words count', () => {
  const ignored = async (li: Someone, what: object) => {
    await li.event({ type: 'message', ts: '5.5', channel_type: 'im', text: '漏水', ...what });
    expect(await li.rows()).toEqual([]);
  };

  test.each([
    ['a bot', { bot_id: 'B1' }],
    ['a bot by its kind', { subtype: 'bot_message' }],
    ['somebody who came', { subtype: 'channel_join' }],
    ['a topic', { subtype: 'channel_topic' }],
    ['a message taken away', { subtype: 'message_deleted' }],
    ['a kind nobody knows yet', { subtype: 'ai_summary' }],
    ['Slackbot', { user: 'USLACKBOT' }],
    ['nobody', { user: undefined }],
    ['a channel', { channel_type: 'channel' }],
    ['a group', { channel_type: 'mpim' }],
  ])('%s is not a customer', (_, what) => ignored(someone(desk), what));

  test.each([
    ['an answer in a thread', { thread_ts: '1.0' }],
    ['an answer in a thread that is shown in the chat too', { subtype: 'thread_broadcast', thread_ts: '1.0' }],
    ['/me', { subtype: 'me_message' }],
    ['what is written in the tab of the app', { channel_type: 'app_home' }],
    ['a message passed on', { text: '', attachments: [{ is_share: true, text: '漏水 &amp; 异响' }] }],
  ])('%s is', async (_, what) => {
    const li = someone(desk);
    await li.event({ type: 'message', ts: '5.5', channel_type: 'im', text: '漏水', ...what });
    expect(await li.rows()).toEqual([{ key: `${li.channel}:5.5`, sender: 'customer' }]);
  });
});
