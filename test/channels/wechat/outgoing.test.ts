/** A turn's replies as few sends as the platform's limits allow. */
import { expect, test } from 'vitest';
import { plannedSends } from '../../../src/channels/wechat/outgoing.ts';
import { TEXT_BYTES_MAX } from '../../../src/channels/wechat/text-parts.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { OutgoingBody, PlacedMessage } from '../../../src/turn/message.ts';
import { newId } from '../../support/database.ts';

const NOTHING: OutgoingBody = { text: '', choices: [], links: [], dialog: { flow: null, asking: null, reply: [] }, ticket: null };
const message = (seq: number, body: Partial<OutgoingBody>): PlacedMessage => ({
  id: newId(),
  seq,
  sender: 'bot',
  at: instantOf(0),
  body: { ...NOTHING, ...body },
});
const choices = ['空调', '冰箱'].map((label) => ({ label, value: label }));
const said = (messages: readonly PlacedMessage[], menus: boolean) => plannedSends(messages, menus).map((it) => it.sendable);
const LONG = '一二三四五六七八九。';

test('several replies are one send that carries them all', () => {
  const messages = [message(3, { text: '好的。' }), message(4, { text: '哪天方便？' })];
  expect(plannedSends(messages, true)).toEqual([
    { sendable: { kind: 'text', text: '好的。\n\n哪天方便？' }, carries: 2, last: messages[1], part: 0, parts: 1 },
  ]);
});

test('buttons are a menu where the account may send one, and it knows the question they were under', () => {
  const messages = [message(3, { text: '好的。' }), message(7, { text: '哪样家电？', choices })];
  expect(said(messages, true)).toEqual([
    {
      kind: 'menu',
      head: '好的。\n\n哪样家电？',
      items: [
        { id: '7.1', label: '空调' },
        { id: '7.2', label: '冰箱' },
      ],
    },
  ]);
  expect(said(messages, false)).toEqual([{ kind: 'text', text: '好的。\n\n哪样家电？\n\n1. 空调\n2. 冰箱' }]);
});

test('only the last question has its buttons; what is said behind it takes none away', () => {
  const old = message(3, { text: '哪样家电？', choices });
  const asked = message(5, { text: '哪样坐不稳？', choices: [{ label: '洗衣机', value: '洗衣机' }] });
  const [only, ...others] = said([old, asked, message(6, { text: '不急。' })], true);
  expect(only).toMatchObject({ kind: 'menu', items: [{ id: '5.1', label: '洗衣机' }] });
  expect(others).toEqual([]);
});

test('replies too long for one send are cut between them, and each send says how many it carries', () => {
  const messages = [1, 2, 3].map((seq) => message(seq, { text: LONG.repeat(40) }));
  const planned = plannedSends(messages, true);
  expect(planned.map(({ carries, part, parts }) => ({ carries, part, parts }))).toEqual([
    { carries: 1, part: 0, parts: 1 },
    { carries: 1, part: 0, parts: 1 },
    { carries: 1, part: 0, parts: 1 },
  ]);
});

test('a long answer stands before its menu, and nothing is longer than the platform takes', () => {
  const made = plannedSends([message(2, { text: '先说一句。' }), message(3, { text: LONG.repeat(100), choices })], true);
  expect(made.at(-1)?.sendable).toMatchObject({ kind: 'menu' });
  for (const { sendable: it } of made)
    expect(Buffer.byteLength(it.kind === 'text' ? it.text : it.head)).toBeLessThanOrEqual(TEXT_BYTES_MAX);
  expect(made.length).toBeLessThanOrEqual(5);
});

test('3,000 characters are at most five sends, numbered in their order', () => {
  const made = plannedSends([message(3, { text: LONG.repeat(300) })], false);
  expect(made.length).toBeLessThanOrEqual(5);
  expect(made.map(({ part, parts }) => `${part}/${parts}`)).toEqual(made.map((_, part) => `${part}/${made.length}`));
  expect(made.map(({ sendable }) => (sendable.kind === 'text' ? sendable.text : '')).join('')).toBe(LONG.repeat(300));
});

test('links are addresses in the text; nothing said is nothing sent', () => {
  expect(said([message(1, { text: '约好了。', links: [{ label: '加到日历', url: 'https://x.example/c' }] })], true)).toEqual([
    { kind: 'text', text: '约好了。\n加到日历\nhttps://x.example/c' },
  ]);
  expect(said([], true)).toEqual([]);
});
