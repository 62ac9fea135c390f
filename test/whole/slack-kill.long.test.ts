/**
 * The desk is killed, or stopped, while a colleague in Slack and a customer write to each other: what either said is there
 * once and in its order, and what was changed or taken back meanwhile counts. `KILL_SEED` runs the same chance again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chance } from '../support/core.ts';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import { type Chat, heardBy, marked, marks, openSlackChats, PATIENCE_MILLISECONDS, type SlackChats, threadOf } from './slack-chats.ts';

vi.setConfig({ testTimeout: 300_000 });

const HOLD_SECONDS = 3;
const KILLS = 10;
const LINES = 20;
const PAUSE_MILLISECONDS_MAX = 3_000;
/** From the start of a desk to the words of a reply that was held when it was killed. */
const SAID_MILLISECONDS_MAX = 20_000;
const dice = chance(process.env['KILL_SEED'] === undefined ? undefined : Number(process.env['KILL_SEED']));

let chats: SlackChats;
let chat: Chat;
beforeAll(async () => {
  const policy = { slack: { digestAt: null, holdSeconds: HOLD_SECONDS } };
  chats = await openSlackChats({ policy, slack: { redelivery: { times: 3, milliseconds: 500 } } });
}, 120_000);
afterAll(() => chats.close(), 60_000);
beforeEach(async () => {
  chat = await chats.aClaimedHandoff();
}, PATIENCE_MILLISECONDS);

const inThread = () => ({ threadTs: chat.card.ts });
const hears = (text: string) => chat.customer.next((activity) => activity.text === text);
const heardTimes = (text: string) => heardBy(chat.customer).filter((each) => each === text).length;

function hasMark(ts: string, name: string): Promise<unknown> {
  return chats.slack.waitFor(() => chats.slack.reactions(DESK_CHANNEL, ts).includes(name), `${name} on it`, PATIENCE_MILLISECONDS);
}

describe('a reply', () => {
  it.each([
    ['at once after Slack was answered', 0],
    ['while it is held', 1_500],
  ])('with the desk killed %s is said once, soon after it is back', async (_, afterMilliseconds) => {
    const { wang, desk } = chats;
    const text = `师傅${afterMilliseconds}点到。`;
    const said = await wang.say(DESK_CHANNEL, text, inThread());
    expect(said.status).toBe(200);
    await pause(afterMilliseconds);
    await desk.kill9();
    const began = Date.now();
    await desk.restart();
    await hears(text);
    expect(Date.now() - began).toBeLessThan(desk.readyMilliseconds() + SAID_MILLISECONDS_MAX);
    await hasMark(said.ts, 'white_check_mark');
    await wang.say(DESK_CHANNEL, '还有别的事吗？', inThread());
    await hears('还有别的事吗？');
    expect(heardTimes(text)).toBe(1);
  });

  it('that Slack told nobody of is relayed after the start, in order, as it reads by then', async () => {
    const { wang, li, stranger, desk, slack } = chats;
    await wang.say(DESK_CHANNEL, '乙01', inThread());
    await hears('乙01');
    await desk.stop();
    slack.connect(null);
    const second = await wang.say(DESK_CHANNEL, '乙02 三点倒', inThread());
    const note = await wang.say(DESK_CHANNEL, '备注: 客户很急', inThread());
    const gone = await wang.say(DESK_CHANNEL, '说错人了', inThread());
    const other = await li.say(DESK_CHANNEL, '上次也投诉过', inThread());
    await stranger.say(DESK_CHANNEL, '路过', inThread());
    await wang.say(DESK_CHANNEL, '乙03', inThread());
    await wang.edit(second, '乙02 三点到');
    await wang.remove(gone);
    await desk.restart();
    slack.connect(desk.url);
    await hears('乙02 三点到');
    await hears('乙03');
    await hasMark(note.ts, 'lock');
    await hasMark(other.ts, 'grey_question');
    expect(heardBy(chat.customer).join()).not.toMatch(/三点倒|很急|说错人|投诉过|路过/);
    expect(marked('乙', heardBy(chat.customer))).toEqual(marks('乙', 1, 3));
  });

  it('that was held when the desk was killed and is changed or taken back while it is away: what it reads by then counts', async () => {
    const { wang, desk, slack } = chats;
    const first = await wang.say(DESK_CHANNEL, '检测费30元', inThread());
    const second = await wang.say(DESK_CHANNEL, '发错群了', inThread());
    await wang.say(DESK_CHANNEL, '请稍等', inThread());
    await desk.kill9();
    slack.connect(null);
    await wang.edit(first, '检测费20元');
    await wang.remove(second);
    await desk.restart();
    slack.connect(desk.url);
    await hears('检测费20元');
    await hears('请稍等');
    expect(heardBy(chat.customer).join()).not.toMatch(/30元|发错群/);
  });
});

describe('a question about what was not theirs to send', () => {
  it('that the desk was killed before it could put is put after the start, once, and its answer counts', async () => {
    const { li, slack } = chats;
    const isTheirs = () => slack.ephemerals(li.id).filter((post) => post.threadTs === chat.card.ts);
    slack.fault('chat.postEphemeral', { kind: 'http-500' });
    const said = await li.say(DESK_CHANNEL, '上次是我接的，我来说', inThread());
    await hasMark(said.ts, 'grey_question');
    await slack.waitFor(() => slack.callsOf('chat.postEphemeral').some((it) => it.answer === 'http_500'), 'the try', PATIENCE_MILLISECONDS);
    expect(isTheirs()).toEqual([]);
    await chats.killAndRestart();
    const question = await slack.waitFor(() => isTheirs()[0], 'the question', PATIENCE_MILLISECONDS);
    await li.click(question, 'keep');
    await hasMark(said.ts, 'lock');
    const isQuestion = (args: object) =>
      'thread_ts' in args && args.thread_ts === chat.card.ts && JSON.stringify(args).includes('reply:keep');
    const put = slack.callsOf('chat.postEphemeral').filter((it) => it.answer === 'ok' && isQuestion(it.args));
    expect(put).toHaveLength(1);
    expect(heardBy(chat.customer).join()).not.toContain('上次是我接的');
  });
});

it(`${KILLS} kills while both write ${LINES} lines: nothing is lost, nothing is said twice, each side keeps its order`, async () => {
  const { wang, slack } = chats;
  const lines = async (mark: string, say: (text: string) => Promise<unknown>) => {
    for (const text of marks(mark, 1, LINES)) {
      await pause(dice.below(PAUSE_MILLISECONDS_MAX));
      await say(text);
    }
  };
  const writing = Promise.all([
    lines('客', (text) => chat.customer.say(text)),
    lines('员', (text) => wang.say(DESK_CHANNEL, text, inThread())),
  ]);
  writing.catch(() => undefined);
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(dice.below(PAUSE_MILLISECONDS_MAX));
    await chats.killAndRestart();
  }
  await writing;
  const thread = () =>
    marked(
      '客',
      threadOf(chats, chat).map((post) => post.shown),
    );
  const heard = () => marked('员', heardBy(chat.customer));
  await slack.waitFor(() => thread().length >= LINES, 'all of the customer', PATIENCE_MILLISECONDS);
  await slack.waitFor(() => heard().length >= LINES, 'all of the colleague', PATIENCE_MILLISECONDS);
  await chats.allPosted();
  expect(thread()).toEqual(marks('客', 1, LINES));
  expect(heard()).toEqual(marks('员', 1, LINES));
  expect(chat.customer.doubled()).toBe(0);
});
