/** Slack forgetful or closed to us while customers write: nothing is lost, nothing stands there twice, the operator knows. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DESK_CHANNEL, URGENT_CHANNEL } from '../support/slack-desk.ts';
import { type Chat, heardBy, marked, marks, openSlackChats, PATIENCE_MILLISECONDS, type SlackChats, threadOf } from './slack-chats.ts';

vi.setConfig({ testTimeout: 150_000 });

let chats: SlackChats;
let webhook: Server;
const calledByWebhook: string[] = [];
beforeAll(async () => {
  webhook = createServer((request, response) => {
    request.on('data', (chunk) => calledByWebhook.push(String(chunk))).on('end', () => response.end());
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  chats = await openSlackChats({ environment: { PAGE_WEBHOOK_URL: `http://127.0.0.1:${port}/page` } });
}, 120_000);
afterAll(async () => {
  await chats.close();
  webhook.close();
}, 60_000);

const shownIn = (chat: Chat) => threadOf(chats, chat).map((post) => post.shown);
const says = (words: string) => (args: object) => JSON.stringify(args).includes(words);
const isLookUp = (args: object) => 'include_all_metadata' in args;

function seen(chat: Chat, mark: string, last: number): Promise<unknown> {
  const all = marks(mark, 1, last);
  return chats.slack.waitFor(() => marked(mark, shownIn(chat)).length >= all.length, `${mark} up to ${last}`, PATIENCE_MILLISECONDS);
}

async function tells(what: string): Promise<void> {
  await chats.slack.waitFor(async () => (await chats.trouble()).includes(what), `word of ${what}`, PATIENCE_MILLISECONDS);
}

describe('an answer that was lost', () => {
  it('of a card, of a post in a thread and of several at once: each stands there once', async () => {
    const { slack } = chats;
    slack.fault('chat.postMessage', { kind: 'lost-response' });
    const before = slack.posts(DESK_CHANNEL).length;
    const chat = await chats.aHandoff();
    await chats.allPosted();
    expect(slack.posts(DESK_CHANNEL)).toHaveLength(before + 1);

    slack.fault('chat.postMessage', { kind: 'lost-response', when: says('甲01') });
    await chat.customer.say('甲01');
    await seen(chat, '甲', 1);
    await chats.allPosted();

    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfterSeconds: 3, when: says('甲02') });
    slack.fault('chat.postMessage', { kind: 'lost-response', when: says('甲03') });
    slack.fault('conversations.replies', { kind: 'http-500', when: isLookUp });
    for (const text of marks('甲', 2, 6)) await chat.customer.say(text);
    await seen(chat, '甲', 6);
    await chats.allPosted();
    expect(marked('甲', shownIn(chat))).toEqual(marks('甲', 1, 6));
    expect(slack.callsOf('conversations.replies').filter((call) => isLookUp(call.args)).length).toBeGreaterThanOrEqual(3);
  });

  it('and the desk killed before it looked, or before it heard at all: each stands there once', async () => {
    const { slack } = chats;
    const chat = await chats.aHandoff();
    slack.fault('chat.postMessage', { kind: 'lost-response', when: says('乙01') });
    slack.fault('conversations.replies', { kind: 'http-500', when: isLookUp, times: 2 });
    await chat.customer.say('乙01');
    await slack.waitFor(() => slack.calls.some((call) => call.answer === 'http_500' && isLookUp(call.args)), 'a look-up');
    await chats.killAndRestart();
    await seen(chat, '乙', 1);
    await chats.allPosted();

    slack.fault('chat.postMessage', { kind: 'slow', milliseconds: 4_000, when: says('乙02') });
    await chat.customer.say('乙02');
    await seen(chat, '乙', 2);
    await chats.killAndRestart();
    await chat.customer.say('乙03');
    await seen(chat, '乙', 3);
    await chats.allPosted();
    expect(marked('乙', shownIn(chat))).toEqual(marks('乙', 1, 3));
  });
});

describe('Slack', () => {
  it('with a token that was taken away keeps all of it, calls go the other way, and the token given back brings it', async () => {
    const { slack } = chats;
    const chat = await chats.aClaimedHandoff();
    slack.revokeToken();
    for (const text of marks('己', 1, 5)) await chat.customer.say(text);
    const inDanger = await chats.patientCustomer();
    await inDanger.ask('插座冒火花了');
    await chats.slack.waitFor(() => calledByWebhook.length > 0, 'the call by the webhook', PATIENCE_MILLISECONDS);
    await tells(`channel ${DESK_CHANNEL}: token_revoked`);
    expect(marked('己', shownIn(chat))).toEqual([]);

    slack.restoreToken();
    await seen(chat, '己', 5);
    await chats.allPosted();
    expect(marked('己', shownIn(chat))).toEqual(marks('己', 1, 5));
    const calls = slack.posts(URGENT_CHANNEL).map((post) => post.shown);
    expect(calls.length).toBeGreaterThan(0);
    expect(new Set(calls).size).toBe(calls.length);
  });

  it.each([
    ['put out of', 'kick', 'not_in_channel', '庚'],
    ['told is archived', 'archive', 'is_archived', '辛'],
  ] as const)('with a channel we are %s: that one rests, the other goes on, and what waited comes after', async (_, deed, code, mark) => {
    const { slack } = chats;
    const chat = await chats.aClaimedHandoff();
    const urgent = slack.posts(URGENT_CHANNEL).length;
    slack[deed](DESK_CHANNEL);
    for (const text of marks(mark, 1, 4)) await chat.customer.say(text);
    await tells(`channel ${DESK_CHANNEL}: ${code}`);
    const inDanger = await chats.patientCustomer();
    await inDanger.ask('插座冒火花了');
    await slack.waitFor(() => slack.posts(URGENT_CHANNEL).length > urgent, 'the call', PATIENCE_MILLISECONDS);
    expect(marked(mark, shownIn(chat))).toEqual([]);

    slack.invite(DESK_CHANNEL);
    await seen(chat, mark, 4);
    await chats.allPosted();
    expect(marked(mark, shownIn(chat))).toEqual(marks(mark, 1, 4));
    const said = await chats.wang.say(DESK_CHANNEL, `还在，请讲。${mark}`, { threadTs: chat.card.ts });
    await chat.customer.next((activity) => activity.text === `还在，请讲。${mark}`);
    await slack.waitFor(() => slack.reactions(DESK_CHANNEL, said.ts).includes('white_check_mark'), 'the mark', PATIENCE_MILLISECONDS);
    expect(heardBy(chat.customer).filter((text) => text.includes(mark))).toHaveLength(1);
  });
});
