/**
 * Slack away while customers write: they are answered, nothing is lost, each thread keeps its order, and the operator knows.
 * `SLACK_GONE_SECONDS=600` is the proof asked for.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DESK_CHANNEL } from '../support/slack-desk.ts';
import { type Chat, marked, marks, openSlackChats, PATIENCE_MILLISECONDS, type SlackChats, threadOf } from './slack-chats.ts';

const GONE_SECONDS = Number(process.env['SLACK_GONE_SECONDS'] ?? 15);
const GONE_MILLISECONDS = GONE_SECONDS * 1_000;
/** A mark has two digits. */
const MESSAGES_EACH_MAX = 95;
const TYPING_MILLISECONDS = Math.max(600, GONE_MILLISECONDS / MESSAGES_EACH_MAX);
/** From the moment Slack is back until all that waited stands there, on a busy machine. */
const RECOVERED_MILLISECONDS_MAX = 30_000;
const MARKS = ['丙', '丁', '戊'];

let chats: SlackChats;
beforeAll(async () => {
  chats = await openSlackChats();
}, 120_000);
afterAll(() => chats.close(), 60_000);

const shownIn = (chat: Chat) => threadOf(chats, chat).map((post) => post.shown);

/** A message now and then until Slack is back; how many. */
async function writes({ customer }: Chat, mark: string, until: number): Promise<number> {
  let count = 0;
  while (Date.now() < until) {
    count += 1;
    await customer.say(`${mark}${String(count).padStart(2, '0')}`);
    await pause(TYPING_MILLISECONDS);
  }
  return count;
}

it(`Slack away for ${GONE_SECONDS} s while customers write: they are answered, nothing is lost, each thread keeps its order`, {
  timeout: 150_000 + GONE_MILLISECONDS,
}, async () => {
  const { slack } = chats;
  const threads: { readonly chat: Chat; readonly mark: string }[] = [];
  for (const mark of MARKS) threads.push({ chat: await chats.aClaimedHandoff(), mark });
  const another = await chats.patientCustomer();
  slack.down(true);
  const until = Date.now() + GONE_MILLISECONDS;
  const sent = await Promise.all(threads.map(async ({ chat, mark }) => ({ chat, mark, count: await writes(chat, mark, until) })));
  expect((await another.ask('你好')).text).not.toBe('');
  await another.ask('转人工');
  const tells = async () => (await chats.trouble()).includes(`channel ${DESK_CHANNEL}: no_answer`);
  await slack.waitFor(tells, 'word that nobody answers', PATIENCE_MILLISECONDS);

  slack.down(false);
  const back = Date.now();
  for (const { chat, mark, count } of sent) {
    const all = () => marked(mark, shownIn(chat)).length >= count;
    await slack.waitFor(all, `${mark} up to ${count}`, PATIENCE_MILLISECONDS);
  }
  const recovered = Date.now() - back;
  const total = sent.reduce((sum, it) => sum + it.count, 0);
  console.log(`${total} messages of ${sent.length} customers in ${GONE_SECONDS} s without Slack; all stood there ${recovered} ms after it`);
  expect(recovered).toBeLessThan(RECOVERED_MILLISECONDS_MAX);
  await chats.allPosted();
  for (const { chat, mark, count } of sent) expect(marked(mark, shownIn(chat))).toEqual(marks(mark, 1, count));
  expect(slack.posts(DESK_CHANNEL).filter((post) => post.threadTs === null && post.shown.includes('在等人工'))).not.toEqual([]);
});
