/** People of the fake Slack against Slack's own library: what they do reaches a desk as the platform would tell it. */
import { App } from '@slack/bolt';
import { expect, onTestFinished, test } from 'vitest';
import { SILENT_LOGGER } from '../../src/channels/slack/api.ts';
import { actions, aDesk, aSlack, button, DESK, section } from './slack-library.ts';

test('messages, changes and removals, signed, as the library takes them', async () => {
  const { slack } = await aSlack();
  const app = await aDesk(slack);
  const told: unknown[] = [];
  app.event('message', async ({ event }) => {
    told.push(event);
  });
  const wang = slack.person({ name: 'Wang' });
  const said = await wang.say(DESK, 'a < b & c 😀');
  expect(said.status).toBe(200);
  await wang.edit(said, 'changed');
  await wang.remove(said);
  await wang.dm('hello');
  expect(told).toMatchObject([
    {
      text: 'a &lt; b &amp; c :grinning:',
      channel: DESK,
      channel_type: 'channel',
      user: wang.id,
      ts: said.ts,
      blocks: [
        {
          elements: [
            {
              elements: [
                { type: 'text', text: 'a < b & c ' },
                { type: 'emoji', name: 'grinning', unicode: '1f600' },
              ],
            },
          ],
        },
      ],
    },
    { subtype: 'message_changed', message: { ts: said.ts, text: 'changed', edited: { user: wang.id } }, hidden: true },
    { subtype: 'message_deleted', deleted_ts: said.ts },
    { text: 'hello', channel_type: 'im', channel: wang.directChannel },
  ]);
  expect(slack.posts(DESK)).toEqual([]);
});

test('bad, missing and old signatures are refused; repetitions and fresh ids come through', async () => {
  const { slack } = await aSlack({ redelivery: { times: 2, milliseconds: 1 } });
  const app = await aDesk(slack);
  const ids: string[] = [];
  let isFailing = false;
  app.event('message', async ({ body }) => {
    ids.push(body.event_id);
    if (isFailing) throw new Error('the desk fails');
  });
  const wang = slack.person({ name: 'Wang' });
  for (const odd of [{ signature: 'bad' }, { signature: 'missing' }, { offsetSeconds: -600 }] as const)
    expect((await wang.say(DESK, 'odd', odd)).replies.map((it) => it.status)).toEqual([401, 401, 401]);
  expect(ids).toEqual([]);
  await wang.say(DESK, 'twice', { copies: 2 });
  expect(new Set(ids.splice(0)).size).toBe(1);
  await wang.say(DESK, 'often', { freshIds: 11, atOnce: true });
  expect(new Set(ids.splice(0)).size).toBe(11);
  await wang.say(DESK, 'again', { retries: 3 });
  expect(ids.splice(0)).toHaveLength(4);
  isFailing = true;
  await wang.say(DESK, 'failing');
  expect(ids).toHaveLength(3);
});

test('a click on a card, what only one sees, and the home', async () => {
  const { slack, client } = await aSlack();
  const app = await aDesk(slack);
  const clicks: unknown[] = [];
  app.action(/./, async ({ ack, body, respond }) => {
    await ack();
    clicks.push(body);
    if (body.type === 'block_actions' && body.container['type'] === 'message') await respond({ replace_original: true, text: 'taken' });
  });
  const wang = slack.person({ name: 'Wang' });
  const li = slack.person({ name: 'Li' });
  await client.chat.postMessage({
    channel: DESK,
    text: 'card',
    blocks: [section('card'), actions(button('handoff.claim', 'Claim', 'h1'))],
  });
  await client.chat.postEphemeral({ channel: DESK, user: wang.id, text: 'psst', blocks: [actions(button('keep'))] });
  await client.views.publish({ user_id: wang.id, view: { type: 'home', blocks: [section('home'), actions(button('mine'))] } });
  const [card] = slack.posts(DESK);
  const [whisper] = slack.ephemerals(wang.id);
  if (card === undefined || whisper === undefined) throw new Error('invariant: both were posted');

  await expect(li.click(whisper, 'keep')).rejects.toThrow('sees no message');
  await expect(wang.click(card, 'release')).rejects.toThrow('sees no button release');
  await wang.click(card, 'claim');
  await wang.click(whisper, 'keep');
  await wang.click('home', 'mine');
  expect(clicks).toMatchObject([
    {
      container: { message_ts: card.ts, is_ephemeral: false },
      message: { ts: card.ts },
      actions: [{ action_id: 'handoff.claim', value: 'h1' }],
    },
    { container: { is_ephemeral: true }, channel: { id: DESK }, user: { id: wang.id } },
    { container: { type: 'view' }, view: { type: 'home' } },
  ]);
  await slack.settled();
  expect(slack.posts(DESK)[0]?.text).toBe('taken');
  expect(slack.ephemerals(wang.id)[0]?.text).toBe('taken');
  expect((await li.click(card, 'claim', { stale: true })).status).toBe(200);
});

test('echoes of the bot and the home being opened', async () => {
  const { slack, client } = await aSlack({ echoes: true });
  const app = await aDesk(slack);
  const told: unknown[] = [];
  const hear = async ({ event }: { event: unknown }) => {
    told.push(event);
  };
  app.event('app_home_opened', hear);
  // The library itself drops what the bot said, but not its changes.
  app.event('message', hear);
  const post = await client.chat.postMessage({ channel: DESK, text: 'card' });
  await client.chat.update({ channel: DESK, ts: String(post.ts), text: 'card 2' });
  await slack.settled();
  await slack.person({ name: 'Wang' }).openHome();
  expect(told).toMatchObject([
    { subtype: 'message_changed', message: { bot_id: slack.botId, text: 'card 2' } },
    { type: 'app_home_opened', tab: 'home' },
  ]);
});

test('a file in a thread is told with it, and a failing desk is told again', async () => {
  const { slack, client } = await aSlack({ redelivery: { times: 3, milliseconds: 1 } });
  const app = await aDesk(slack);
  const told: unknown[] = [];
  app.event('message', async ({ event }) => {
    told.push(event);
    if (told.length < 3) throw new Error('not yet');
  });
  const wang = slack.person({ name: 'Wang' });
  const { ts = '' } = await client.chat.postMessage({ channel: DESK, text: 'card' });
  const picture = { name: 'a.png', contentType: 'image/png', bytes: new Uint8Array([1]) };
  const shared = await wang.shareFile(DESK, picture, { threadTs: ts, text: 'look' });
  expect(shared.replies.map((it) => it.status)).toEqual([500, 500, 200]);
  expect(told[0]).toMatchObject({ subtype: 'file_share', text: 'look', thread_ts: ts, files: [{ name: 'a.png', mimetype: 'image/png' }] });
  slack.kick(DESK);
  expect((await wang.say(DESK, 'the bot is out')).status).toBe(0);
  slack.connect(null);
  expect((await wang.dm('nobody is there')).status).toBe(0);
});

test('Socket Mode takes envelopes and acknowledges them', async () => {
  const { slack } = await aSlack();
  const app = new App({
    socketMode: true,
    appToken: slack.appToken,
    token: slack.botToken,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: SILENT_LOGGER,
  });
  const heard: string[] = [];
  app.event('message', async ({ event }) => {
    heard.push('text' in event ? String(event.text) : '');
  });
  app.command('/ticket', async ({ ack }) => ack('found'));
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  slack.connectSocket();
  const wang = slack.person({ name: 'Wang' });
  expect((await wang.say(DESK, 'by socket')).status).toBe(200);
  expect((await wang.command('/ticket', 'x', { channel: DESK })).body).toBe('{"text":"found"}');
  await slack.waitFor(() => heard.length > 0);
  expect([heard, slack.socket.acks(), slack.socket.count()]).toEqual([['by socket'], 2, 1]);
});
