/** Menus, commands and modals of the fake Slack against Slack's own library: what is chosen and filled in reaches a desk. */
import { expect, test } from 'vitest';
import { aDesk, aSlack, DESK, refusal, section } from './slack-library.ts';

const modal = (blocks: object[] = [section('hello')], more: object = {}) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: 'A form' },
  blocks: blocks as never[],
  ...more,
});

test('a choice from a menu, and a menu of people', async () => {
  const { slack, client } = await aSlack();
  const app = await aDesk(slack);
  const chosen: unknown[] = [];
  app.action(/./, async ({ ack, body }) => {
    await ack();
    if (body.type === 'block_actions') chosen.push(body.actions[0]);
  });
  const wang = slack.person({ name: 'Wang' });
  const li = slack.person({ name: 'Li', id: 'U0LI' });
  const options = ['high', 'low'].map((value) => ({ text: { type: 'plain_text' as const, text: `is ${value}` }, value }));
  const elements = [
    { type: 'static_select' as const, action_id: 'ticket.priority', options },
    { type: 'users_select' as const, action_id: 'ticket.assign' },
  ];
  const { ts = '' } = await client.chat.postMessage({ channel: DESK, text: 'card', blocks: [{ type: 'actions', elements }] });
  const card = { channel: DESK, ts };
  await wang.choose(card, 'priority', 'is low');
  await wang.choose(card, 'assign', li.id);
  await expect(wang.choose(card, 'priority', 'middle')).rejects.toThrow('no option "middle"');
  await expect(wang.click(card, 'priority')).rejects.toThrow('sees no button priority');
  expect(chosen).toMatchObject([
    { type: 'static_select', action_id: 'ticket.priority', selected_option: { value: 'low' } },
    { type: 'users_select', selected_user: 'U0LI' },
  ]);
});

test('a command opens a form, which is filled in wrongly, then well', async () => {
  const { slack } = await aSlack();
  const app = await aDesk(slack);
  const submitted: unknown[] = [];
  const input = (block_id: string, element: object, optional = false) => ({
    type: 'input',
    block_id,
    optional,
    label: { type: 'plain_text', text: block_id },
    element,
  });
  const options = ['am', 'pm'].map((value) => ({ text: { type: 'plain_text', text: `the ${value}` }, value }));
  const form = modal(
    [
      input('phone', { type: 'plain_text_input', action_id: 'value' }),
      input('window', { type: 'static_select', action_id: 'pick', options }, true),
      input('day', { type: 'datepicker', action_id: 'day', initial_date: '2026-11-22' }),
    ],
    { submit: { type: 'plain_text', text: 'OK' }, notify_on_close: true },
  );
  app.command('/ticket', async ({ ack, command, client: web }) => {
    await ack({ text: `looking for ${command.text}` });
    await web.views.open({ trigger_id: command.trigger_id, view: form });
  });
  app.view('form', async ({ ack, view }) => {
    submitted.push(view.state.values);
    if (submitted.length === 1) await ack({ response_action: 'errors', errors: { phone: 'no number' } });
    else if (submitted.length === 2) await ack({ response_action: 'update', view: { ...modal(), callback_id: 'done' } });
    else await ack();
  });
  const closed: string[] = [];
  app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
    await ack();
    closed.push(view.id);
  });
  const wang = slack.person({ name: 'Wang' });
  expect((await wang.command('/ticket', 'new', { channel: DESK })).status).toBe(200);
  const first = await slack.waitFor(() => slack.views(wang.id)[0]);
  expect(slack.ephemerals(wang.id)[0]?.text).toBe('looking for new');
  await expect(wang.submit(first)).rejects.toThrow('Slack asks for "phone"');
  const wrong = await wang.submit(first, { phone: 'x', window: 'the pm' });
  expect([wrong.errors, wrong.view?.id]).toEqual([{ phone: 'no number' }, first.id]);
  const well = await wang.submit(first, { phone: '13800138000' });
  expect([well.errors, well.view?.callbackId]).toEqual([null, 'done']);
  expect(submitted).toMatchObject([
    {
      phone: { value: { value: 'x' } },
      window: { pick: { selected_option: { value: 'pm' } } },
      day: { day: { selected_date: '2026-11-22' } },
    },
    { phone: { value: { value: '13800138000' } }, window: { pick: { selected_option: null } } },
  ]);
  await wang.command('/ticket', 'again', { channel: DESK });
  const second = await slack.waitFor(() => slack.views(wang.id).find((it) => it.callbackId === 'form'));
  await wang.close(second);
  expect([closed, slack.views(wang.id)]).toEqual([[second.id], []]);
});

test('a trigger is good once and for three seconds', async () => {
  const at = { milliseconds: Date.now() };
  const { slack, client } = await aSlack({ now: () => at.milliseconds });
  const app = await aDesk(slack);
  const triggers: string[] = [];
  app.shortcut('make', async ({ ack, shortcut }) => {
    await ack();
    triggers.push(shortcut.trigger_id);
  });
  const wang = slack.person({ name: 'Wang' });
  const said = await wang.say(DESK, 'broken');
  await wang.shortcut('make', said);
  await wang.globalShortcut('make');
  const view = modal();
  expect(await refusal(client.views.open({ trigger_id: String(triggers[0]), view }))).toBe('ok');
  expect(await refusal(client.views.open({ trigger_id: String(triggers[0]), view }))).toBe('exchanged_trigger_id');
  slack.advance(3_001);
  expect(await refusal(client.views.open({ trigger_id: String(triggers[1]), view }))).toBe('expired_trigger_id');
  const long = modal([section('x')], { title: { type: 'plain_text', text: 'x'.repeat(25) } });
  expect(await refusal(client.views.open({ trigger_id: 'none', view: long }))).toBe('invalid_arguments');
});
