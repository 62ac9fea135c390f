/** Much at once, and what Slack will not take as it is: a burst, its own pace, long texts, blocks and lengths it refuses. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import type { Post } from '../support/slack-screen.ts';
import type { RecordedCall } from '../support/slack-server.ts';
import { type Chat, marked, marks, openSlackChats, PATIENCE_MILLISECONDS, type SlackChats, threadOf } from './slack-chats.ts';

vi.setConfig({ testTimeout: 120_000 });

const TEXT_CHARACTERS = 4_000;
const SECTION_CHARACTERS_MAX = 3_000;

let chats: SlackChats;
beforeAll(async () => {
  chats = await openSlackChats();
}, 120_000);
afterAll(() => chats.close(), 60_000);

const shownIn = (chat: Chat) => threadOf(chats, chat).map((post) => post.shown);
const says = (words: string) => (args: object) => JSON.stringify(args).includes(words);

function postWith(chat: Chat, words: string): Promise<Post> {
  const found = () => threadOf(chats, chat).find((post) => post.shown.includes(words));
  return chats.slack.waitFor(found, `a post with ${words}`, PATIENCE_MILLISECONDS);
}

/** Calls of a method after the one that was told to come again later. */
function sincePutOff(method: string, from: number): { readonly putOffAt: number; readonly later: readonly RecordedCall[] } {
  const calls = chats.slack.callsOf(method).filter((call) => call.at >= from);
  const at = calls.findIndex((call) => call.answer === 'ratelimited');
  return { putOffAt: calls[at]?.at ?? 0, later: calls.slice(at + 1) };
}

describe('a burst', () => {
  it('of fifty messages of one customer stands in the thread, whole and in order, at the pace Slack takes', async () => {
    const { slack } = chats;
    const chat = await chats.aClaimedHandoff();
    await chats.allPosted();
    const began = slack.now();
    for (const text of marks('甲', 1, 50)) await chat.customer.say(text);
    await slack.waitFor(() => marked('甲', shownIn(chat)).length >= 50, 'all fifty', PATIENCE_MILLISECONDS);
    await chats.allPosted();
    expect(marked('甲', shownIn(chat))).toEqual(marks('甲', 1, 50));
    const posted = slack.callsOf('chat.postMessage').filter((call) => call.at >= began);
    expect(posted.map((call) => call.answer)).not.toContain('ratelimited');
    for (const [index, call] of posted.slice(1).entries()) expect(call.at - (posted[index]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('that Slack has no time for waits as long as it says: a post, and the change of a card', async () => {
    const { slack, wang } = chats;
    const chat = await chats.aHandoff();
    await chats.allPosted();
    const from = slack.now();
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfterSeconds: 3 });
    await chat.customer.say('乙01');
    await postWith(chat, '乙01');
    const post = sincePutOff('chat.postMessage', from);
    expect((post.later[0]?.at ?? 0) - post.putOffAt).toBeGreaterThanOrEqual(3_000);

    slack.fault('chat.update', { kind: 'ratelimited', retryAfterSeconds: 3 });
    await wang.click(chat.card, 'claim');
    await slack.waitFor(
      () => slack.posts(DESK_CHANNEL).some((card) => card.ts === chat.card.ts && card.shown.includes('王芳')),
      'the claimed card',
      PATIENCE_MILLISECONDS,
    );
    const update = sincePutOff('chat.update', from);
    expect((update.later[0]?.at ?? 0) - update.putOffAt).toBeGreaterThanOrEqual(3_000);
    await chats.allPosted();
    expect(marked('乙', shownIn(chat))).toEqual(['乙01']);
  });
});

describe('a message', () => {
  it.each([
    ['full of & < >', 'a<b>&c & <d> '],
    ['of many lines', '一行 <1>\n\n再一行 '],
    ['full of emoji', '👨‍👩‍👧好😀😡'],
  ])('as long as may be, %s, arrives whole', async (_, pattern) => {
    const chat = await chats.aClaimedHandoff();
    // What comes alone stands in a post of its own.
    await postWith(chat, '来帮您了');
    const begin = '长文开始';
    const text = `${begin}${pattern
      .repeat(TEXT_CHARACTERS)
      .slice(0, TEXT_CHARACTERS - begin.length - 1)
      .replace(/(?:[\ud800-\udbff]|\u200d|\s)+$/u, '')}。`;
    await chat.customer.say(text);
    const post = await postWith(chat, begin);
    const sections = post.blocks.map((block) => (block['text'] as { readonly text: string }).text);
    expect(sections.every((it) => it.length <= SECTION_CHARACTERS_MAX && !/\p{Surrogate}/u.test(it))).toBe(true);
    expect(saidIn(sections)).toBe(text);
    expect(chats.slack.callsOf('chat.postMessage').map((call) => call.answer)).not.toContain('invalid_blocks');
  });

  it('whose blocks are refused stands there as plain text, all that went with it too', async () => {
    const { slack } = chats;
    const chat = await chats.aClaimedHandoff();
    await chats.allPosted();
    const isInBlocks = (args: object) => 'blocks' in args && says('丙02')(args);
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfterSeconds: 3, when: says('丙01') });
    slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks', when: isInBlocks });
    for (const text of marks('丙', 1, 4)) await chat.customer.say(text);
    const post = await postWith(chat, '丙04');
    await chats.allPosted();
    expect(post.blocks).toEqual([]);
    expect(marked('丙', shownIn(chat))).toEqual(marks('丙', 1, 4));
  });

  it('that Slack will have neither way does not hide those that went with it: a line stands in its place', async () => {
    const { slack, rows } = chats;
    const chat = await chats.aClaimedHandoff();
    await chats.allPosted();
    const isItself = (args: object) => says('丁02')(args);
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfterSeconds: 3, when: says('丁01') });
    slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks', times: 2, when: isItself });
    slack.fault('chat.postMessage', { kind: 'error', error: 'msg_too_long', times: 2, when: isItself });
    for (const text of marks('丁', 1, 4)) await chat.customer.say(text);
    await postWith(chat, '丁04');
    await chats.allPosted();
    await chat.customer.say('丁05');
    await postWith(chat, '丁05');
    const lines = shownIn(chat).flatMap((shown) => [...shown.matchAll(/丁\d{2}|⚠️/gu)].map(([found]) => found));
    expect(lines).toEqual(['丁01', '⚠️', '丁03', '丁04', '丁05']);
    expect(shownIn(chat).join()).toContain('Slack 不收：msg_too_long');
    expect(await rows(REFUSED)).toEqual([{ status: 'posted', refusal: 'msg_too_long' }]);
    const logged = chats.desk
      .printed()
      .split('\n')
      .filter((line) => line.includes('staff-post-refused'));
    expect(logged.length).toBeGreaterThanOrEqual(4);
    expect(logged.join()).not.toContain('丁');
  });

  it('in a thread that is gone is given up at once, all of it', async () => {
    const { slack, rows } = chats;
    const chat = await chats.aClaimedHandoff();
    await chats.allPosted();
    const from = slack.callsOf('chat.postMessage').length;
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfterSeconds: 3, when: says('戊01') });
    slack.fault('chat.postMessage', { kind: 'error', error: 'thread_not_found', when: says('戊01') });
    for (const text of marks('戊', 1, 3)) await chat.customer.say(text);
    // What the desk said when the chat was claimed may go with them.
    const given = async () => (await rows(REFUSED_OF_CUSTOMER)).filter((it) => it['refusal'] === 'thread_not_found').length === 3;
    await slack.waitFor(given, 'the refusal on record', PATIENCE_MILLISECONDS);
    await chats.allPosted();
    expect(slack.callsOf('chat.postMessage').length - from).toBe(2);
    expect(marked('戊', shownIn(chat))).toEqual([]);
  });
});

describe('a card', () => {
  it('whose blocks are refused shows the same as plain text, and stands with its buttons again at its next change', async () => {
    const { slack, wang, li } = chats;
    const chat = await chats.aHandoff();
    const cardWith = (words: string) =>
      slack.waitFor(
        () => slack.posts(DESK_CHANNEL).find((post) => post.ts === chat.card.ts && post.shown.includes(words)),
        `the card with ${words}`,
        PATIENCE_MILLISECONDS,
      );
    await wang.click(chat.card, 'claim');
    const claimed = await cardWith('正在接待');
    const isWhole = (args: object) => 'blocks' in args && Array.isArray(args.blocks) && args.blocks.length > 0;
    slack.fault('chat.update', { kind: 'error', error: 'invalid_blocks', when: (args) => isWhole(args) && says('在等人工')(args) });
    await wang.click(claimed, 'queue');
    expect((await cardWith('在等人工')).blocks).toEqual([]);
    await chats.allPosted();

    await li.click(chat.card, 'claim', { stale: true });
    expect((await cardWith('正在接待')).buttons.length).toBeGreaterThan(0);
    expect(chats.desk.printed()).toContain('staff-card-refused');
  });
});

const REFUSED = `select status, refusal from staff_post where refusal is not null`;
const REFUSED_OF_CUSTOMER = `select p.refusal from staff_post p join message m on m.id = p.message_id where p.refusal is not null and m.sender = 'customer'`;

/** What was written, from the sections it was shown in. */
function saidIn([first = '', ...others]: readonly string[]): string {
  const [, ...lines] = first.split('\n');
  const pieces = [lines.join('\n'), ...others].map((piece) =>
    piece
      .split('\n')
      .map((line) => line.replace(/^> /u, ''))
      .join('\n'),
  );
  return pieces.join('').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
