/** What Slack brings to the running desk, right and wrong, once and many times: what the customer hears of it, and what staff see. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DirectLineClient } from '../support/direct-line-client.ts';
import { DESK_CHANNEL, type SlackDesk, startSlackDesk } from '../support/slack-desk.ts';
import type { Post } from '../support/slack-screen.ts';

vi.setConfig({ testTimeout: 60_000 });

let house: SlackDesk;
beforeAll(async () => {
  house = await startSlackDesk({ slack: { echoes: true }, policy: { slack: { digestAt: null, holdSeconds: 1.5 } } });
}, 120_000);
afterAll(() => house.close(), 60_000);

type Chat = { readonly customer: DirectLineClient; readonly card: Post };

/** Somebody waits for a person, and their card stands in the desk's channel. */
async function aHandoff(): Promise<Chat> {
  const { slack } = house;
  const before = new Set(slack.posts(DESK_CHANNEL).map((post) => post.ts));
  const customer = await house.customer();
  await customer.ask('转人工');
  const card = await slack.waitFor(() => slack.posts(DESK_CHANNEL).find((post) => !before.has(post.ts)), 'the card');
  return { customer, card };
}

async function aClaimedHandoff(): Promise<Chat> {
  const chat = await aHandoff();
  await house.wang.click(chat.card, 'claim');
  await chat.customer.next((activity) => activity.text.includes('王芳'));
  return { ...chat, card: await cardNow(chat.card, '王芳') };
}

function cardNow({ ts }: Post, words: string): Promise<Post> {
  const { slack } = house;
  return slack.waitFor(
    () => slack.posts(DESK_CHANNEL).find((post) => post.ts === ts && post.shown.includes(words)),
    `a card with ${words}`,
  );
}

const heardBy = (customer: DirectLineClient) =>
  customer.messages.filter((activity) => activity.from.role !== 'user').map((activity) => activity.text);
const toldTo = (userId: string) => house.slack.ephemerals(userId).map((post) => post.text);
const marks = (ts: string) => house.slack.reactions(DESK_CHANNEL, ts);
const hears = (customer: DirectLineClient, text: string) => customer.next((activity) => activity.text === text);

describe('a request', () => {
  it.each([
    ['with a signature that is wrong', { signature: 'bad' }],
    ['without a signature', { signature: 'missing' }],
    ['signed ten minutes ago', { offsetSeconds: -600 }],
    ['signed ten minutes ahead', { offsetSeconds: 600 }],
  ] as const)('%s is refused, and nothing comes of it', async (_, options) => {
    const { customer, card } = await aClaimedHandoff();
    const said = await house.wang.say(DESK_CHANNEL, '这句不该出现', { threadTs: card.ts, ...options });
    expect(said.status).toBe(401);
    await house.wang.say(DESK_CHANNEL, '这句该出现', { threadTs: card.ts });
    await hears(customer, '这句该出现');
    expect(heardBy(customer)).not.toContain('这句不该出现');
  });

  it('that is no POST, no JSON, or larger than Slack ever sends is refused, and the desk goes on', async () => {
    const address = `${house.desk.url}/slack/events`;
    expect((await fetch(address)).status).toBe(404);
    const large = await fetch(address, { method: 'POST', body: 'x'.repeat(2_000_000) }).then(
      (answer) => answer.status,
      () => 413,
    );
    expect(large).toBe(413);
    expect((await fetch(address, { method: 'POST', body: '{' })).status).toBe(401);
    expect((await fetch(`${house.desk.url}/healthz`)).status).toBe(200);
  });

  it('that asks for the challenge is answered with it', async () => {
    expect((await house.slack.event({ type: 'url_verification', challenge: 'abc' })).status).toBe(200);
  });
});

describe('what a colleague wrote', () => {
  let chat: Chat;
  beforeEach(async () => {
    chat = await aClaimedHandoff();
  });

  it('is said once, however often Slack tells of it under the same id or others', async () => {
    const { customer, card } = chat;
    const { wang } = house;
    const said = await wang.say(DESK_CHANNEL, '您好，请问有什么事？', { threadTs: card.ts, copies: 3, freshIds: 11, atOnce: true });
    expect(new Set(said.replies.map((reply) => reply.status))).toEqual(new Set([200]));
    await wang.say(DESK_CHANNEL, '还在吗？', { threadTs: card.ts, retries: 3 });
    await hears(customer, '还在吗？');
    expect(heardBy(customer).filter((text) => text === '您好，请问有什么事？')).toHaveLength(1);
    expect(heardBy(customer).filter((text) => text === '还在吗？')).toHaveLength(1);
    await house.slack.waitFor(() => marks(said.ts).includes('white_check_mark'), 'the mark');
  });

  it('with a prefix stays internal, and is a note on the handoff', async () => {
    const { customer, card } = chat;
    const { wang } = house;
    const notes = ['note: 客户很急', '备注:先约周六', '备注：别再打电话', 'Note：vip'];
    for (const text of notes) await wang.say(DESK_CHANNEL, text, { threadTs: card.ts });
    await wang.say(DESK_CHANNEL, '好的，记下了。', { threadTs: card.ts });
    await hears(customer, '好的，记下了。');
    expect(heardBy(customer).join()).not.toMatch(/很急|周六|别再|vip/);
    const { body } = await house.api<{ items: { notes: { text: string }[] }[] }>('GET', '/handoffs?status=claimed');
    const kept = body.items.flatMap((handoff) => handoff.notes.map((note) => note.text));
    expect(kept).toEqual(expect.arrayContaining(['客户很急', '先约周六', '别再打电话', 'vip']));
  });

  it('and changed within the hold is said as it was changed; removed within it, it is not said', async () => {
    const { customer, card } = chat;
    const { wang } = house;
    const first = await wang.say(DESK_CHANNEL, '师傅三点倒', { threadTs: card.ts });
    const second = await wang.say(DESK_CHANNEL, '这句说错人了', { threadTs: card.ts });
    await wang.edit(first, '师傅三点到');
    await wang.remove(second);
    await hears(customer, '师傅三点到');
    await wang.say(DESK_CHANNEL, '还有别的事吗？', { threadTs: card.ts });
    await hears(customer, '还有别的事吗？');
    expect(heardBy(customer).join()).not.toMatch(/三点倒|说错人/);
  });

  it('and changed after it was said is offered as a correction, once', async () => {
    const { customer, card } = chat;
    const { wang, slack } = house;
    const said = await wang.say(DESK_CHANNEL, '检测费30元', { threadTs: card.ts });
    await hears(customer, '检测费30元');
    await slack.waitFor(() => marks(said.ts).includes('white_check_mark'), 'the mark');
    await wang.edit(said, '检测费20元');
    const offer = await slack.waitFor(() => slack.ephemerals(wang.id).find((post) => post.text.includes('更正')), 'the offer');
    expect(heardBy(customer)).not.toContain('检测费20元');
    await wang.click(offer, 'reply:correct');
    await hears(customer, '更正一下：检测费20元');
    await wang.remove(said);
    await slack.waitFor(() => toldTo(wang.id).some((text) => text.includes('撤不回来')), 'word that it is said');
  });

  it('while a colleague has the chat stays internal, and only they are told', async () => {
    const { customer, card } = chat;
    const { wang, li, slack } = house;
    await li.say(DESK_CHANNEL, '这个客户上次也投诉过', { threadTs: card.ts });
    await slack.waitFor(() => toldTo(li.id).some((text) => text.includes('王芳正在接待')), 'word to Li');
    await wang.say(DESK_CHANNEL, '请稍等，我在查。', { threadTs: card.ts });
    await hears(customer, '请稍等，我在查。');
    expect(heardBy(customer).join()).not.toContain('投诉过');
    expect(toldTo(wang.id).join()).not.toContain('没有发给客户');
  });

  it('by somebody who is not of the staff stays internal, and they are told how that is mended', async () => {
    const { customer, card } = chat;
    const { stranger, wang, slack } = house;
    await stranger.say(DESK_CHANNEL, '我是路过的', { threadTs: card.ts });
    await slack.waitFor(() => toldTo(stranger.id).some((text) => text.includes('员工账号')), 'word to the stranger');
    await wang.say(DESK_CHANNEL, '好的。', { threadTs: card.ts });
    await hears(customer, '好的。');
    expect(heardBy(customer).join()).not.toContain('路过');
  });

  it('with marks of Slack reaches the customer as plain words', async () => {
    const { customer, card } = chat;
    await house.wang.say(DESK_CHANNEL, '1 < 2 & 3 > 2 👍 看 https://example.com/a?b=1&c=2', { threadTs: card.ts });
    const heard = await customer.next((activity) => activity.text.startsWith('1 < 2'));
    expect(heard.text).toMatch(/^1 < 2 & 3 > 2 \p{Extended_Pictographic} 看 https:\/\/example\.com\/a\?b=1&c=2$/u);
  });
});

describe('a card', () => {
  it('is claimed by one of two who press at once; the other is told who has it, alone', async () => {
    const { wang, li, slack } = house;
    const { customer, card } = await aHandoff();
    const answers = await Promise.all([wang.click(card, 'claim'), li.click(card, 'claim')]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    const { body } = await house.api<{ items: { owner: { name: string } }[] }>('GET', '/handoffs?status=claimed');
    const owner = body.items.at(-1)?.owner.name ?? '';
    const [winner, loser] = owner === '王芳' ? [wang, li] : [li, wang];
    await slack.waitFor(() => toldTo(loser.id).some((text) => text.includes(`${owner}已经接手了`)), 'word to the other');
    expect(toldTo(winner.id).at(-1)).toContain('您已接手');
    await customer.next((activity) => activity.text.includes(`${owner}来帮您了`));
    expect(heardBy(customer).filter((text) => text.includes('来帮您了'))).toHaveLength(1);
  });

  it('answered before it is claimed asks in private: claim and send, or keep', async () => {
    const { wang, slack } = house;
    const { customer, card } = await aHandoff();
    await wang.say(DESK_CHANNEL, '您好，我来帮您看看。', { threadTs: card.ts });
    const asked = await slack.waitFor(() => slack.ephemerals(wang.id).find((post) => post.threadTs === card.ts), 'the question');
    expect(asked.text).toContain('还没有人接手');
    await wang.click(asked, 'claim-and-send', { copies: 2 });
    await hears(customer, '您好，我来帮您看看。');
    await cardNow(card, '王芳');
    expect(heardBy(customer).filter((text) => text.includes('我来帮您看看'))).toHaveLength(1);
  });

  it('is one message all its life, and says at its end that it is over', async () => {
    const { wang, slack } = house;
    const { customer, card } = await aClaimedHandoff();
    await wang.click(card, 'queue');
    await cardNow(card, '在等人工');
    await wang.click(await cardNow(card, '在等人工'), 'claim');
    await wang.click(await cardNow(card, '正在接待'), 'release');
    await customer.next((activity) => activity.channelData.dialog?.reply.includes('handoff.back') === true);
    const over = await cardNow(card, '已结束');
    expect(over.buttons).toEqual([]);
    expect(slack.posts(DESK_CHANNEL).filter((post) => post.ts === card.ts)).toHaveLength(1);
  });

  it('is given to a colleague in a window, and the customer hears who goes on', async () => {
    const { wang, li, slack } = house;
    const { customer, card } = await aClaimedHandoff();
    await wang.click(card, 'transfer');
    const [window] = slack.views(wang.id);
    if (window === undefined) throw new Error('no window opened');
    const sent = await wang.submit(window, { to: '李强' });
    expect([sent.status, sent.errors]).toEqual([200, null]);
    await slack.waitFor(() => toldTo(wang.id).some((text) => text.startsWith('已转给李强')), 'the word that it was done');
    await customer.next((activity) => activity.text.includes('李强'));
    await cardNow(card, '李强');
    await li.say(DESK_CHANNEL, '我接着帮您。', { threadTs: card.ts });
    await hears(customer, '我接着帮您。');
  });
});

describe('a file', () => {
  const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

  it('of a colleague reaches the customer with its words, and one we do not take is refused with the reason', async () => {
    const { wang, slack } = house;
    const { customer, card } = await aClaimedHandoff();
    const picture = { name: '说明.png', contentType: 'image/png', bytes: PNG };
    const said = await wang.shareFile(DESK_CHANNEL, picture, { text: '照这张图按一下', threadTs: card.ts });
    await hears(customer, '照这张图按一下');
    await slack.waitFor(() => marks(said.ts).includes('white_check_mark'), 'the mark');
    await wang.shareFile(
      DESK_CHANNEL,
      { name: 'a.exe', contentType: 'application/octet-stream', bytes: Buffer.from('MZ..') },
      { threadTs: card.ts },
    );
    await slack.waitFor(() => toldTo(wang.id).some((text) => text.includes('只能发图片')), 'the refusal');
  });
});
