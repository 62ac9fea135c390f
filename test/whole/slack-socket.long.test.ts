/**
 * Slack over a connection of our own (Socket Mode): the same chats, nothing acknowledged that is not kept, and a connection
 * that is cut, recycled, refused or mute is opened anew.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import { type Chat, heardBy, marked, marks, openSlackChats, PATIENCE_MILLISECONDS, type SlackChats } from './slack-chats.ts';

vi.setConfig({ testTimeout: 150_000 });

const NOT_CONNECTED = 'Socket Mode is not connected';
/** What the desk is doing is held up for so long, as by a slow platform. */
const SLOW_MILLISECONDS = 4_000;

let chats: SlackChats;
beforeAll(async () => {
  chats = await openSlackChats({ socketMode: true, slack: { redelivery: { times: 60, milliseconds: 500 } } });
  await connected();
}, 120_000);
afterAll(() => chats.close(), 60_000);

function connected(): Promise<unknown> {
  const isFine = async () => chats.slack.socket.count() === 1 && (await chats.trouble()) === '';
  return chats.slack.waitFor(isFine, 'a connection', PATIENCE_MILLISECONDS);
}

function unheard(): Promise<unknown> {
  return chats.slack.waitFor(async () => (await chats.trouble()).includes(NOT_CONNECTED), 'word of it', PATIENCE_MILLISECONDS);
}

const opened = () => chats.slack.callsOf('apps.connections.open').length;
const hears = ({ customer }: Chat, text: string) => customer.next((activity) => activity.text === text);

async function expectTalk(chat: Chat, text: string): Promise<void> {
  const said = await chats.wang.say(DESK_CHANNEL, text, { threadTs: chat.card.ts });
  expect(said.status).toBe(200);
  await hears(chat, text);
  await chats.slack.waitFor(
    () => chats.slack.reactions(DESK_CHANNEL, said.ts).includes('white_check_mark'),
    'the mark',
    PATIENCE_MILLISECONDS,
  );
}

describe('over a connection of our own', () => {
  it('a handoff is claimed, answered and resolved', async () => {
    const { slack, wang } = chats;
    const acks = slack.socket.acks();
    const chat = await chats.aClaimedHandoff();
    await expectTalk(chat, '您好，我来帮您看看。');
    expect(slack.socket.acks()).toBe(acks + 2);
    const claimed = slack.posts(DESK_CHANNEL).find((post) => post.ts === chat.card.ts && post.shown.includes('正在接待'));
    if (claimed === undefined) throw new Error('the card does not say who has it');
    await wang.click(claimed, 'resolve');
    const isOver = () => slack.posts(DESK_CHANNEL).some((post) => post.ts === chat.card.ts && post.shown.includes('已结束'));
    await slack.waitFor(isOver, 'the end', PATIENCE_MILLISECONDS);
  });

  it('what the desk had no time to keep is not acknowledged, and comes again after a kill: it is said once', async () => {
    const { slack, li, desk } = chats;
    const chat = await chats.aHandoff();
    const acks = slack.socket.acks();
    const isAskedFor = () => slack.callsOf('users.info').some((call) => call.args['user'] === li.id);
    // Who somebody is has to be asked: the desk cannot keep what they write before it knows.
    slack.fault('users.info', { kind: 'slow', milliseconds: SLOW_MILLISECONDS });
    const saying = li.say(DESK_CHANNEL, '我来接。', { threadTs: chat.card.ts });
    await slack.waitFor(isAskedFor, 'the question who it is', PATIENCE_MILLISECONDS);
    expect(slack.socket.acks()).toBe(acks);
    await desk.kill9();
    await desk.restart();
    expect((await saying).status).toBe(200);
    const asked = await slack.waitFor(
      () => slack.ephemerals(li.id).find((post) => post.threadTs === chat.card.ts),
      'the question to Li',
      PATIENCE_MILLISECONDS,
    );
    await li.click(asked, 'claim-and-send');
    await hears(chat, '我来接。');
    await connected();
    expect(heardBy(chat.customer).filter((text) => text === '我来接。')).toHaveLength(1);
  });
});

describe('an answer under a card', () => {
  it('that stands there before the desk has heard so is not acknowledged until it has, and is said', async () => {
    const { slack, wang } = chats;
    await chats.allPosted();
    const before = slack.posts(DESK_CHANNEL).length;
    slack.fault('chat.postMessage', { kind: 'lost-response', when: (args) => JSON.stringify(args).includes('在等人工') });
    slack.fault('conversations.history', { kind: 'http-500', times: 2 });
    const chat = await chats.aHandoff();
    await wang.click(chat.card, 'claim');
    const said = await wang.say(DESK_CHANNEL, '我来得很快。', { threadTs: chat.card.ts });
    expect(said.replies.length).toBeGreaterThan(1);
    await hears(chat, '我来得很快。');
    await chats.allPosted();
    expect(slack.posts(DESK_CHANNEL)).toHaveLength(before + 1);
  });
});

describe('a connection', () => {
  it.each([
    ['that is cut', () => chats.slack.socket.drop()],
    ['that Slack wants anew', () => chats.slack.socket.disconnect('refresh_requested')],
  ])('%s is opened again, and what was said meanwhile arrives', async (name, cut) => {
    const chat = await chats.aClaimedHandoff();
    const before = opened();
    cut();
    await expectTalk(chat, `连接断了也能说：${name}`);
    await connected();
    expect(opened()).toBeGreaterThan(before);
  });

  it('that is refused is named, the desk lives, and it is opened when Slack lets us', async () => {
    const { slack, desk } = chats;
    const chat = await chats.aClaimedHandoff();
    slack.fault('apps.connections.open', { kind: 'error', error: 'invalid_auth', times: 2 });
    slack.socket.drop();
    await unheard();
    expect(desk.isAlive()).toBe(true);
    await connected();
    await expectTalk(chat, '又通了。');
  });

  it('to a Slack that is away and comes back is opened then; staff and customer lose nothing', async () => {
    const { slack, wang } = chats;
    const chat = await chats.aClaimedHandoff();
    slack.down(true);
    await unheard();
    for (const text of marks('客', 1, 5)) await chat.customer.say(text);
    const saying = wang.say(DESK_CHANNEL, '我还在。', { threadTs: chat.card.ts });
    slack.down(false);
    await saying;
    await hears(chat, '我还在。');
    await connected();
    const thread = () => slack.posts(DESK_CHANNEL, { threadTs: chat.card.ts }).map((post) => post.shown);
    await slack.waitFor(() => marked('客', thread()).length >= 5, 'all of the customer', PATIENCE_MILLISECONDS);
    await chats.allPosted();
    expect(marked('客', thread())).toEqual(marks('客', 1, 5));
  });
});
