/** The fake Slack's Web API against Slack's own client: what it takes, refuses and loses is what the platform would. */
import { describe, expect, test } from 'vitest';
import { actions, aSlack, button, clientOf, DESK, refusal, section } from './slack-library.ts';

const header = (text: string) => ({ type: 'header' as const, text: { type: 'plain_text' as const, text } });
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const menu = (count: number, text = 'x', value = '') => ({
  type: 'actions' as const,
  elements: [
    {
      type: 'static_select' as const,
      action_id: 'pick',
      options: Array.from({ length: count }, (_, n) => ({ text: plain(text), value: value || `v${n}` })),
    },
  ],
});
const form = (changes: object) => ({ type: 'modal' as const, title: plain('A form'), blocks: [section('x')], ...changes });
const phone = (label: string) => ({
  type: 'input' as const,
  block_id: 'phone',
  label: plain(label),
  element: { type: 'plain_text_input' as const, action_id: 'value' },
});

describe('messages', () => {
  test('a post stands in its channel and its thread, and is changed and taken away', async () => {
    const { slack, client } = await aSlack();
    const card = await client.chat.postMessage({
      channel: DESK,
      text: 'card',
      metadata: { event_type: 'card', event_payload: { id: '1' } },
    });
    const reply = await client.chat.postMessage({ channel: DESK, text: 'in the thread', thread_ts: String(card.ts) });
    await client.chat.update({ channel: DESK, ts: String(card.ts), text: 'card 2' });

    expect(slack.posts(DESK).map((it) => [it.text, it.isEdited])).toEqual([['card 2', true]]);
    expect(slack.posts(DESK, { threadTs: String(card.ts) }).map((it) => it.text)).toEqual(['in the thread']);
    expect(Number(reply.ts)).toBeGreaterThan(Number(card.ts));

    const bare = await client.conversations.replies({ channel: DESK, ts: String(card.ts) });
    const full = await client.conversations.replies({ channel: DESK, ts: String(card.ts), include_all_metadata: true });
    expect(bare.messages?.map((it) => [it.text, it.metadata])).toEqual([
      ['card 2', undefined],
      ['in the thread', undefined],
    ]);
    expect(full.messages?.[0]?.metadata).toEqual({ event_type: 'card', event_payload: { id: '1' } });

    await client.chat.delete({ channel: DESK, ts: String(reply.ts) });
    expect(slack.posts(DESK, { threadTs: String(card.ts) })).toEqual([]);
  });

  test('a thread is read page by page, after a moment', async () => {
    const { client } = await aSlack();
    const parent = String((await client.chat.postMessage({ channel: DESK, text: 'parent' })).ts);
    const ts: string[] = [];
    for (let n = 1; n <= 5; n++) ts.push(String((await client.chat.postMessage({ channel: DESK, text: `${n}`, thread_ts: parent })).ts));
    const first = await client.conversations.replies({ channel: DESK, ts: parent, oldest: String(ts[0]), limit: 2 });
    const cursor = String(first.response_metadata?.next_cursor);
    const second = await client.conversations.replies({ channel: DESK, ts: parent, oldest: String(ts[0]), limit: 2, cursor });
    expect(first.messages?.map((it) => it.text)).toEqual(['parent', '2', '3']);
    expect(second.messages?.map((it) => it.text)).toEqual(['parent', '4', '5']);
    expect(second.has_more).toBe(false);
  });

  test.each([
    ['51 blocks', { text: 't', blocks: Array.from({ length: 51 }, () => section('x')) }, 'invalid_blocks'],
    ['50 blocks', { text: 't', blocks: Array.from({ length: 50 }, () => section('x')) }, 'ok'],
    ['a long section', { text: 't', blocks: [section('x'.repeat(3_001))] }, 'invalid_blocks'],
    ['an empty section', { text: 't', blocks: [section('')] }, 'invalid_blocks'],
    ['a long header', { text: 't', blocks: [header('x'.repeat(151))] }, 'invalid_blocks'],
    ['a long button', { text: 't', blocks: [actions(button('a', 'x'.repeat(76)))] }, 'invalid_blocks'],
    ['a long value', { text: 't', blocks: [actions(button('a', 'x', 'x'.repeat(2_001)))] }, 'invalid_blocks'],
    ['a long action id', { text: 't', blocks: [actions(button('a'.repeat(256)))] }, 'invalid_blocks'],
    ['26 buttons', { text: 't', blocks: [actions(...Array.from({ length: 26 }, (_, n) => button(`a${n}`)))] }, 'invalid_blocks'],
    ['one action twice', { text: 't', blocks: [actions(button('a'), button('a'))] }, 'invalid_blocks'],
    [
      'one block twice',
      {
        text: 't',
        blocks: [
          { ...section('x'), block_id: 'b' },
          { ...section('x'), block_id: 'b' },
        ],
      },
      'invalid_blocks',
    ],
    [
      '11 in a context',
      { text: 't', blocks: [{ type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('x')) }] },
      'invalid_blocks',
    ],
    ['11 fields', { text: 't', blocks: [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) }] }, 'invalid_blocks'],
    ['a long field', { text: 't', blocks: [{ type: 'section', fields: [mrkdwn('x'.repeat(2_001))] }] }, 'invalid_blocks'],
    ['101 options', { text: 't', blocks: [menu(101)] }, 'invalid_blocks'],
    ['100 options', { text: 't', blocks: [menu(100)] }, 'ok'],
    ['a long option', { text: 't', blocks: [menu(1, 'x'.repeat(76))] }, 'invalid_blocks'],
    ['a long option value', { text: 't', blocks: [menu(1, 'x', 'x'.repeat(151))] }, 'invalid_blocks'],
    [
      'mrkdwn on a button',
      { text: 't', blocks: [{ type: 'actions', elements: [{ ...button('a'), text: mrkdwn('x') }] }] },
      'invalid_blocks',
    ],
    ['an unknown key', { text: 't', blocks: [{ ...section('x'), colour: 'red' }] }, 'invalid_blocks'],
    ['much text', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['nothing', { text: '' }, 'no_text'],
    ['a strange place', { channel: 'C0NOWHERE', text: 't' }, 'channel_not_found'],
    ['a parent that is gone', { text: 't', thread_ts: '1.000100' }, 'ok'],
  ])('%s', async (_title, args, answer) => {
    const { client } = await aSlack();
    expect(await refusal(client.apiCall('chat.postMessage', { channel: DESK, ...args }))).toBe(answer);
  });

  test('what may not be done is refused by its name', async () => {
    const { slack, client } = await aSlack();
    const wang = slack.person({ name: 'Wang Fang', email: 'wang@example.com' });
    const { ts } = await wang.say(DESK, 'mine');
    const li = slack.person({ name: 'Li Na' });
    expect(await refusal(client.chat.update({ channel: DESK, ts, text: 'x' }))).toBe('cant_update_message');
    expect(await refusal(client.reactions.add({ channel: DESK, timestamp: ts, name: 'eyes' }))).toBe('ok');
    expect(await refusal(client.reactions.add({ channel: DESK, timestamp: ts, name: 'eyes' }))).toBe('already_reacted');
    expect(slack.reactions(DESK, ts)).toEqual(['eyes']);
    expect(await refusal(client.reactions.remove({ channel: DESK, timestamp: ts, name: 'x' }))).toBe('no_reaction');
    expect(await refusal(client.reactions.add({ channel: DESK, timestamp: '1.1', name: 'eyes' }))).toBe('message_not_found');
    expect((await client.users.info({ user: wang.id })).user?.profile?.email).toBe('wang@example.com');
    expect((await client.users.info({ user: li.id })).user?.profile?.email).toBeUndefined();
    expect((await client.users.lookupByEmail({ email: 'wang@example.com' })).user?.id).toBe(wang.id);
    expect(await refusal(client.users.lookupByEmail({ email: 'no@example.com' }))).toBe('users_not_found');
    slack.kick(DESK);
    expect(await refusal(client.chat.postMessage({ channel: DESK, text: 'x' }))).toBe('not_in_channel');
    slack.invite(DESK);
    slack.archive(DESK);
    expect(await refusal(client.chat.postMessage({ channel: DESK, text: 'x' }))).toBe('is_archived');
    slack.revokeToken();
    expect(await refusal(client.auth.test())).toBe('token_revoked');
    expect(await refusal(clientOf(slack, 'xoxb-other').auth.test())).toBe('invalid_auth');
  });

  test('more than a burst in one channel is told to wait, other channels are not', async () => {
    const at = { milliseconds: 1_763_770_000_000 };
    const { slack, client } = await aSlack({ now: () => at.milliseconds, pace: { perSecond: 1, burst: 2 } });
    slack.channel('C0OTHER');
    const post = (channel: string) => refusal(client.chat.postMessage({ channel, text: 'x' }));
    expect([await post(DESK), await post(DESK), await post(DESK)]).toEqual(['ok', 'ok', 'slack_webapi_rate_limited_error']);
    expect(await post('C0OTHER')).toBe('ok');
    slack.advance(1_000);
    expect(await post(DESK)).toBe('ok');
    expect(slack.posts(DESK).map((it) => it.ts)).toEqual(['1763770000.000000', '1763770000.000100', '1763770001.000000']);
  });
});

describe('views', () => {
  test.each([
    ['a long title', { title: plain('x'.repeat(25)) }, 'invalid_arguments'],
    ['a long submit', { submit: plain('x'.repeat(25)) }, 'invalid_arguments'],
    ['a long close', { close: plain('x'.repeat(25)) }, 'invalid_arguments'],
    ['much private metadata', { private_metadata: 'x'.repeat(3_001) }, 'invalid_arguments'],
    ['101 blocks', { blocks: Array.from({ length: 101 }, () => section('x')) }, 'invalid_arguments'],
    ['a long label', { submit: plain('OK'), blocks: [phone('x'.repeat(2_001))] }, 'invalid_arguments'],
    ['an input and no submit', { blocks: [phone('x')] }, 'invalid_arguments'],
    ['a trigger nobody gave', { submit: plain('OK'), blocks: [phone('x')] }, 'invalid_trigger_id'],
  ])('%s', async (_title, changes, answer) => {
    const { client } = await aSlack();
    expect(await refusal(client.views.open({ trigger_id: 'none', view: form(changes) }))).toBe(answer);
  });
});

describe('faults', () => {
  test('a lost response was done; everything else was not', async () => {
    const { slack, client } = await aSlack();
    const post = (text: string) => refusal(client.chat.postMessage({ channel: DESK, text }));
    slack.fault('chat.postMessage', { kind: 'lost-response' });
    slack.fault('chat.postMessage', { kind: 'http-500', times: 2 });
    slack.fault('*', { kind: 'error', error: 'fatal_error' });
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfterSeconds: 7 });
    const answers = [await post('lost'), await post('a'), await post('b'), await post('c'), await post('d'), await post('there')];
    expect(answers).toEqual([
      'slack_webapi_request_error',
      'slack_webapi_http_error',
      'slack_webapi_http_error',
      'fatal_error',
      'slack_webapi_rate_limited_error',
      'ok',
    ]);
    expect(slack.posts(DESK).map((it) => it.text)).toEqual(['lost', 'there']);
    expect(slack.calls.map((it) => it.answer)).toEqual([null, 'http_500', 'http_500', 'fatal_error', 'ratelimited', 'ok']);
    slack.down(true);
    expect(await post('down')).toBe('slack_webapi_request_error');
    slack.down(false);
    expect(await post('up')).toBe('ok');
    expect(slack.allText()).toContain('"text":"lost"');
  });
});

describe('files', () => {
  const picture = { name: 'a.png', contentType: 'image/png', bytes: new Uint8Array([1, 2, 3]) };

  test('what people share is fetched with the token, and is a login page without', async () => {
    const { slack, client } = await aSlack();
    const { ts } = await slack.person({ name: 'Wang' }).shareFile(DESK, picture);
    const file = slack.posts(DESK).find((it) => it.ts === ts)?.files[0];
    const url = String(file?.['url_private_download']);
    const authorized = await fetch(url, { headers: { Authorization: `Bearer ${slack.botToken}` } });
    expect(new Uint8Array(await authorized.arrayBuffer())).toEqual(picture.bytes);
    const bare = await fetch(url);
    expect([bare.status, bare.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await client.files.info({ file: String(file?.['id']) })).file?.mimetype).toBe('image/png');
  });

  test('what the bot uploads stands in the thread', async () => {
    const { slack, client } = await aSlack();
    const parent = String((await client.chat.postMessage({ channel: DESK, text: 'parent' })).ts);
    await client.files.uploadV2({ channel_id: DESK, thread_ts: parent, filename: 'b.png', file: Buffer.from(picture.bytes), title: 'B' });
    const [reply] = slack.posts(DESK, { threadTs: parent });
    expect(reply?.files[0]).toMatchObject({ name: 'b.png', title: 'B', size: 3 });
    expect(slack.files().map((it) => it.bytes)).toEqual([picture.bytes]);
  });
});
