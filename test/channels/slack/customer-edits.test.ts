/** What Slack lets a customer do to a message after it was sent, and messages nobody can read. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/domain/policy.ts';
import { takenByAPerson } from '../../turn/from-a-phone.ts';
import { type CustomerDesk, openCustomerDesk, someone } from './customer-desk.ts';

const POLICY = { ...DEFAULT_POLICY, limits: { ...DEFAULT_POLICY.limits, messageCharacters: 200 } };

let desk: CustomerDesk;
beforeAll(async () => {
  desk = await openCustomerDesk(POLICY);
});
afterAll(() => desk.close());

describe('a message that is changed', () => {
  test('the customer is told once that the change has to be a message of its own', async () => {
    const li = someone(desk);
    const said = await li.says('空调不制冷');
    await li.done(li.edit(said, '冰箱不制冷', { copies: 2 }));
    expect(li.hears()).toContain('改过的那条消息');
    await li.done(li.edit(said, '洗衣机不转'));
    expect(li.hears()).toBe('');
    expect((await li.rows()).map((it) => it.sender)).toEqual(['customer', 'system']);
  });

  test('is told whoever has the chat, for nobody else sees it', async () => {
    const chat = await desk.shop.customer();
    await takenByAPerson(desk.shop, chat);
    await chat.sends({ kind: 'event', event: 'message-edited' });
    chat.hears('message-edited');
  });

  test('to show what a link leads to is no change', async () => {
    const li = someone(desk);
    const { ts } = await li.says('看 https://a.example');
    const message = { type: 'message', user: li.id, ts, text: '看 <https://a.example>' };
    const unfurled = { ...message, attachments: [{ from_url: 'https://a.example', text: 'a page' }] };
    await li.event({
      type: 'message',
      subtype: 'message_changed',
      channel_type: 'im',
      ts: '9.9',
      message: unfurled,
      previous_message: message,
    });
    expect(li.hears()).toBe('');
    expect(await li.rows()).toHaveLength(1);
  });

  test('that never came is the message', async () => {
    const li = someone(desk);
    desk.slack.connect(null);
    const said = await li.says('空调不制冷');
    desk.slack.connect(desk.url);
    await li.done(li.edit(said, '冰箱不制冷'));
    expect(await li.rows()).toEqual([{ key: `${li.channel}:${said.ts}`, sender: 'customer' }]);
    expect(li.hears()).toContain('师傅上门到哪里');
  });

  test('into danger is heard at once', async () => {
    const li = someone(desk);
    const said = await li.says('燃气灶打不着火');
    await li.done(li.edit(said, '燃气灶打不着火，家里有燃气味'));
    expect(li.hears()).toContain('燃气阀');
  });

  test('taken away is nothing', async () => {
    const li = someone(desk);
    const said = await li.says('空调不制冷');
    await li.done(li.remove(said));
    expect(li.hears()).toBe('');
  });
});

test('too long, and without a word, is said', async () => {
  const li = someone(desk);
  await li.says('修'.repeat(201));
  expect(li.hears()).toContain('太长');
  await li.event({ type: 'message', ts: '7.7', channel_type: 'im', text: '' });
  expect(li.hears()).toContain('没看到文字');
});
