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

  it('that is too long for Slack either way is given up and on record, and the next one comes', async () => {
    const { slack, rows } = chats;
    const chat = await chats.aClaimedHandoff();
    await postWith(chat, '来帮您了');
    slack.fault('chat.postMessage', { kind: 'error', error: 'msg_too_long', times: 2, when: says('丁01') });
    await chat.customer.say('丁01');
    await slack.waitFor(async () => (await rows(REFUSED)).length > 0, 'the refusal on record', PATIENCE_MILLISECONDS);
    await chat.customer.say('丁02');
    await postWith(chat, '丁02');
    await chats.allPosted();
    expect(marked('丁', shownIn(chat))).toEqual(['丁02']);
    expect(await rows(REFUSED)).toEqual([{ refusal: 'msg_too_long' }]);
  });
});

const REFUSED = `select refusal from staff_post where status = 'refused'`;

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
