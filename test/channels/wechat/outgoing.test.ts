/** A turn's replies as few sends as the platform's limits allow. */
import { describe, expect, test } from 'vitest';
import { plannedSends, type Sendable } from '../../../src/channels/wechat/outgoing.ts';
import { TEXT_BYTES_MAX } from '../../../src/channels/wechat/text-parts.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { OutgoingBody, PlacedMessage } from '../../../src/turn/message.ts';
import { newId } from '../../support/database.ts';

const NOTHING: OutgoingBody = {
  text: '',
  speaker: null,
  choices: [],
  links: [],
  files: [],
  dialog: { flow: null, asking: null, reply: [] },
  ticket: null,
};
const message = (seq: number, body: Partial<OutgoingBody>): PlacedMessage => ({
  id: newId(),
  seq,
  sender: 'bot',
  at: instantOf(0),
  body: { ...NOTHING, ...body },
});
const choices = ['空调', '冰箱'].map((label) => ({ label, value: label }));
const fileUrl = (id: string) => `https://desk.example/files/${id}`;
const planned = (messages: readonly PlacedMessage[], menus: boolean) => plannedSends(messages, { menus, fileUrl });
const said = (messages: readonly PlacedMessage[], menus: boolean) => planned(messages, menus).map((it) => it.sendable);
const LONG = '一二三四五六七八九。';

const wordsOf = (it: Sendable) => (it.kind === 'picture' ? '' : it.kind === 'text' ? it.text : it.head);

test('several replies are one send that carries them all', () => {
  const messages = [message(3, { text: '好的。' }), message(4, { text: '哪天方便？' })];
  expect(planned(messages, true)).toEqual([
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
  expect(planned(messages, true).map(({ carries, part, parts }) => ({ carries, part, parts }))).toEqual([
    { carries: 1, part: 0, parts: 1 },
    { carries: 1, part: 0, parts: 1 },
    { carries: 1, part: 0, parts: 1 },
  ]);
});

test('a long answer stands before its menu, and nothing is longer than the platform takes', () => {
  const made = planned([message(2, { text: '先说一句。' }), message(3, { text: LONG.repeat(100), choices })], true);
  expect(made.at(-1)?.sendable).toMatchObject({ kind: 'menu' });
  for (const { sendable: it } of made) expect(Buffer.byteLength(wordsOf(it))).toBeLessThanOrEqual(TEXT_BYTES_MAX);
  expect(made.length).toBeLessThanOrEqual(5);
});

test('3,000 characters are at most five sends, numbered in their order', () => {
  const made = planned([message(3, { text: LONG.repeat(300) })], false);
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

describe('files', () => {
  const file = (name: string, contentType: string, size = 1_000) => ({ id: newId(), name, contentType, size, hasThumbnail: false });
  const [one, two] = [file('一.png', 'image/png'), file('二.jpg', 'image/jpeg')];

  test('pictures are sends of their own behind the words they came with, and complete what is said before them', () => {
    const messages = [message(3, { text: '您好。' }), message(4, { text: '看图。', files: [one, two] }), message(5, { text: '明白吗？' })];
    expect(planned(messages, true)).toEqual([
      { sendable: { kind: 'text', text: '您好。\n\n看图。' }, carries: 2, last: messages[1], part: 0, parts: 3 },
      { sendable: { kind: 'picture', file: one }, carries: 2, last: messages[1], part: 1, parts: 3 },
      { sendable: { kind: 'picture', file: two }, carries: 2, last: messages[1], part: 2, parts: 3 },
      { sendable: { kind: 'text', text: '明白吗？' }, carries: 1, last: messages[2], part: 0, parts: 1 },
    ]);
  });

  test('a picture alone is one send, with no empty words before it', () => {
    expect(said([message(3, { files: [one] })], true)).toEqual([{ kind: 'picture', file: one }]);
  });

  test('what the platform takes as no picture is a name and a link in the words', () => {
    const others = [
      file('说明书.pdf', 'application/pdf'),
      file('演示.mp4', 'video/mp4'),
      file('图.webp', 'image/webp'),
      file('图.heic', 'image/heic'),
      file('大图.png', 'image/png', 10 * 1_048_576 + 1),
    ];
    const links = others.map((it) => `${it.name}\nhttps://desk.example/files/${it.id}`).join('\n');
    expect(said([message(3, { text: '给您。', files: others })], true)).toEqual([{ kind: 'text', text: `给您。\n${links}` }]);
  });

  test('both at once: words with the links, then the pictures', () => {
    const pdf = file('说明书.pdf', 'application/pdf');
    const all = [message(3, { text: '给您。', files: [one, pdf, file('动.gif', 'image/gif', 10 * 1_048_576)] })];
    expect(said(all, true)).toMatchObject([
      { kind: 'text', text: `给您。\n说明书.pdf\nhttps://desk.example/files/${pdf.id}` },
      { kind: 'picture', file: one },
      { kind: 'picture', file: { name: '动.gif' } },
    ]);
  });
});
