/** How sends to a customer end on a platform that loses answers, wants less, refuses, and forgets who we are. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callsOf, createSlackClient } from '../../../src/channels/slack/api.ts';
import { createDirectChannels } from '../../../src/channels/slack/customer-channels.ts';
import { createCustomerSend } from '../../../src/channels/slack/customer-send.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { Lane, OutgoingBody, PlacedMessage } from '../../../src/turn/message.ts';
import { newId } from '../../support/database.ts';
import { type Slack, startSlack } from '../../support/slack-platform.ts';

const NOON = Date.parse('2026-11-20T12:00:00+08:00');
let clock = NOON;
let slack: Slack;
let wang: ReturnType<Slack['person']>;
let lane: Lane;
let troubles: (string | null)[];
let seq = 0;

beforeEach(async () => {
  clock = NOON;
  troubles = [];
  slack = await startSlack({ now: () => clock, pace: { perSecond: 1, burst: 1 } });
  wang = slack.person({ name: 'Wang Fang' });
  lane = { conversationId: newId(), channel: 'slack', externalId: wang.id };
});
afterEach(() => slack.close());

/** A process that serves the channel. */
function aSend() {
  const call = callsOf(createSlackClient({ botToken: slack.botToken, apiUrl: slack.apiUrl }));
  return createCustomerSend({
    call,
    channels: createDirectChannels(call),
    fileUrl: (id) => `https://desk.example/files/${id}`,
    wait: async (milliseconds) => {
      clock += milliseconds;
    },
    troubled: (code) => void troubles.push(code),
    now: () => instantOf(clock),
    log: () => undefined,
  });
}

function said(text: string, what: Partial<OutgoingBody> = {}): PlacedMessage {
  seq += 1;
  const body = {
    text,
    speaker: null,
    choices: [],
    links: [],
    files: [],
    dialog: { flow: null, asking: null, reply: [] },
    ticket: null,
    ...what,
  };
  return { id: newId(), seq, sender: 'bot', at: instantOf(clock), body };
}

const shown = () => slack.posts(wang.directChannel).map((it) => it.text);
const AGAIN = { kind: 'again', afterMilliseconds: 1_000 };
const DELIVERED = { kind: 'delivered' };

test('in order, one a second, unfurling nothing, with our id unseen beside it', async () => {
  const messages = [said('一'), said('二'), said('三')];
  expect(await aSend()(lane, messages)).toEqual([DELIVERED, DELIVERED, DELIVERED]);
  expect(shown()).toEqual(['一', '二', '三']);
  expect(clock - NOON).toBeGreaterThanOrEqual(2_000);
  expect(slack.callsOf('conversations.open')).toHaveLength(1);
  expect(slack.callsOf('conversations.history')).toHaveLength(0);
  expect(slack.callsOf('chat.postMessage')[0]?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
  expect(slack.posts(wang.directChannel)[0]?.metadata).toEqual({
    event_type: 'baoxiu_message',
    event_payload: { id: messages[0]?.id, part: 0 },
  });
});

test('who waits for all of them is not kept waiting: what is left is tried again', async () => {
  const messages = Array.from({ length: 6 }, (_, index) => said(`${index}`));
  const send = aSend();
  const first = await send(lane, messages);
  expect(first.at(-1)).toMatchObject({ kind: 'again' });
  clock += 1_000;
  const rest = await send(lane, messages.slice(first.length - 1));
  expect([...first.slice(0, -1), ...rest]).toEqual(messages.map(() => DELIVERED));
  expect(shown()).toEqual(messages.map((it) => it.body.text));
});

test('nothing to say needs no sending', async () => {
  expect(await aSend()(lane, [said(' ')])).toEqual([DELIVERED]);
  expect(shown()).toEqual([]);
});

describe('an answer that was lost', () => {
  test.each(['lost-response', 'cut', 'http-500'] as const)('%s: one copy in the end', async (kind) => {
    const send = aSend();
    const message = said('约好了');
    slack.fault('chat.postMessage', { kind });
    expect(await send(lane, [message])).toEqual([AGAIN]);
    clock += 1_500;
    expect(await send(lane, [message])).toEqual([DELIVERED]);
    expect(shown()).toEqual(['约好了']);
  });

  test('the process that tried is gone: another one looks first', async () => {
    const message = said('约好了');
    slack.fault('chat.postMessage', { kind: 'lost-response' });
    await aSend()(lane, [message]);
    clock += 60 * 60_000;
    expect(await aSend()(lane, [message, said('还有')])).toEqual([DELIVERED, DELIVERED]);
    expect(shown()).toEqual(['约好了', '还有']);
  });

  test('of a part of a long message: only what is missing is said', async () => {
    const send = aSend();
    const message = said(`${'修'.repeat(2_500)}。${'好'.repeat(2_500)}。${'了'.repeat(2_500)}`);
    slack.fault('chat.postMessage', { kind: 'lost-response', when: (args) => JSON.stringify(args).includes('好') });
    expect(await send(lane, [message])).toEqual([AGAIN]);
    clock += 1_500;
    expect(await send(lane, [message])).toEqual([DELIVERED]);
    expect(shown().map((it) => it[0])).toEqual(['修', '好', '了']);
  });

  test('and nobody can look: nothing is said until somebody can', async () => {
    const send = aSend();
    const message = said('约好了');
    slack.fault('chat.postMessage', { kind: 'lost-response' });
    slack.fault('conversations.history', { kind: 'http-500' });
    await send(lane, [message]);
    expect(await send(lane, [message])).toEqual([AGAIN]);
    clock += 1_500;
    expect(await send(lane, [message])).toEqual([DELIVERED]);
    expect(shown()).toEqual(['约好了']);
  });

  test('far back among what the customer wrote since', async () => {
    const message = said('约好了');
    slack.fault('chat.postMessage', { kind: 'lost-response' });
    await aSend()(lane, [message]);
    for (let index = 0; index < 250; index++) await wang.dm(`${index}`);
    clock += 5_000;
    expect(await aSend()(lane, [message])).toEqual([DELIVERED]);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(1);
  });
});

describe('refused', () => {
  test('too much: again when the platform says so', async () => {
    const send = aSend();
    slack.fault('chat.postMessage', { kind: 'ratelimited', retryAfterSeconds: 7 });
    const message = said('一');
    expect(await send(lane, [message, said('二')])).toEqual([{ kind: 'again', afterMilliseconds: 7_000 }]);
    expect(await send(lane, [message])).toEqual([{ kind: 'again', afterMilliseconds: 7_000 }]);
    clock += 7_000;
    expect(await send(lane, [message])).toEqual([DELIVERED]);
    expect(shown()).toEqual(['一']);
  });

  test('our token is good no longer: it waits, somebody is told, and told when it goes again', async () => {
    const send = aSend();
    const message = said('一');
    slack.revokeToken();
    expect(await send(lane, [message])).toEqual([{ kind: 'later', afterMilliseconds: 60_000 }]);
    expect(troubles).toEqual(['token_revoked']);
    slack.restoreToken();
    clock += 60_000;
    expect(await send(lane, [message, said('二')])).toEqual([DELIVERED, DELIVERED]);
    expect(troubles).toEqual(['token_revoked', null]);
  });

  test.each(['missing_scope', 'invalid_auth', 'account_inactive', 'messages_tab_disabled'])('%s is ours to mend', async (error) => {
    slack.fault('chat.postMessage', { kind: 'error', error });
    expect(await aSend()(lane, [said('一')])).toEqual([{ kind: 'later', afterMilliseconds: 60_000 }]);
    expect(troubles).toEqual([error]);
  });

  test.each(['channel_not_found', 'user_disabled', 'cannot_dm_bot'])('%s: this one never gets there, the next is tried', async (error) => {
    slack.fault('conversations.open', { kind: 'error', error });
    const send = aSend();
    const messages = [said('一'), said('二')];
    expect(await send(lane, messages)).toEqual([{ kind: 'failed', reason: `the platform refused it (${error})` }]);
    expect(await send(lane, messages.slice(1))).toEqual([DELIVERED]);
    expect(troubles).toEqual([]);
  });

  test('a failure the platform owns to is tried again', async () => {
    slack.fault('chat.postMessage', { kind: 'error', error: 'internal_error' });
    expect(await aSend()(lane, [said('一')])).toEqual([AGAIN]);
  });

  test('the blocks: the same in words, choices by number; refused even so it has failed', async () => {
    const send = aSend();
    const choices = [
      { label: '上午', value: '上午' },
      { label: '下午', value: '下午' },
    ];
    slack.fault('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    expect(await send(lane, [said('哪个时间', { choices })])).toEqual([DELIVERED]);
    expect(shown()).toEqual(['哪个时间\n\n1. 上午\n2. 下午']);
    clock += 1_100;
    slack.fault('chat.postMessage', { kind: 'error', error: 'msg_too_long', times: 2 });
    expect(await send(lane, [said('一')])).toEqual([{ kind: 'failed', reason: 'the platform refused it (msg_too_long)' }]);
  });
});
