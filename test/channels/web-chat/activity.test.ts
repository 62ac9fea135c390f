import { describe, expect, it } from 'vitest';
import {
  activityOf,
  channelMessageIdOf,
  inboundBodyOf,
  outgoingActivity,
  readActivity,
  readWatermark,
} from '../../../src/channels/web-chat/activity.ts';
import { identifierFrom } from '../../../src/domain/identifier.ts';
import { instantOf } from '../../../src/domain/instant.ts';
import type { PlacedMessage } from '../../../src/turn/message.ts';

const conversationId = identifierFrom(1, new Uint8Array(10));
const id = identifierFrom(2, new Uint8Array(10));

const fileUrl = (fileId: string) => `https://desk.example/files/${fileId}`;

const attachments = [{ id, name: '铭牌.png', contentType: 'image/png', bytes: new Uint8Array(7), thumbnail: new Uint8Array(3) }];

const bodyOf = (activity: object, charactersMax = 4_000, kept: Parameters<typeof inboundBodyOf>[1] = []) => {
  const read = readActivity({ type: 'message', ...activity });
  if (read.kind !== 'message') throw new Error(`not taken: ${read.kind}`);
  return inboundBodyOf(read.activity, kept, charactersMax);
};

describe('what a customer says', () => {
  it.each([
    ['text', { text: '空调不制冷' }, '空调不制冷'],
    ['an imBack', { text: '不制冷', channelData: { clientActivityID: 'a' } }, '不制冷'],
    ['a postBack, whose value is what counts', { value: 'confirm', channelData: { postBack: true } }, 'confirm'],
    ['a number as value', { value: 5 }, '5'],
    ['only emoji', { text: '😡👨‍👩‍👧' }, '😡👨‍👩‍👧'],
    ['markup, as letters', { text: '<img src=x onerror=alert(1)> **a**' }, '<img src=x onerror=alert(1)> **a**'],
    ['words beside a photo that was not sent along', { text: '漏水了', attachments: [{ contentType: 'image/png' }] }, '漏水了'],
    ['lines', { text: '一\r\n二\r三\u2028四' }, '一\n二\n三\n四'],
    ['NUL and control characters', { text: '\u0000你\u0007好\u001b[31m\u0085' }, '你好[31m'],
    ['half a character', { text: '好\ud83d' }, '好\uFFFD'],
    ['air around it', { text: ' \t好 \n' }, '好'],
  ])('is read from %s', (_, activity, text) => {
    expect(bodyOf(activity)).toMatchObject({ kind: 'text', text });
  });

  it.each([
    ['nothing', {}, 'empty'],
    ['null', { text: null }, 'empty'],
    ['blanks', { text: ' \n\u0000 ' }, 'empty'],
    ['the address of a photo alone', { attachments: [{ contentType: 'image/png' }] }, 'unsupported'],
    ['an object as value', { value: { a: 1 }, channelData: { postBack: true } }, 'unsupported'],
    ['one character too many', { text: '修'.repeat(4_001) }, 'too-long'],
  ])('is unreadable in %s', (_, activity, why) => {
    expect(bodyOf(activity)).toMatchObject({ kind: 'unreadable', why });
  });

  it('is photos with or without words when something of it is kept, and the client is shown their names and types', () => {
    const channelData = { clientActivityID: 'a1', attachmentSizes: [99] };
    expect(bodyOf({ channelData }, 4_000, attachments)).toMatchObject({ kind: 'photos', attachmentIds: [id], text: null });
    const body = bodyOf({ text: ' 铭牌 ', channelData }, 4_000, attachments);
    expect(body).toMatchObject({ kind: 'photos', text: '铭牌' });
    const row = { id, seq: 3, at: instantOf(0), channelMessageId: null, delivery: null, from: 'customer', body } as const;
    expect(activityOf(conversationId, row, 'dl_a', fileUrl)).toMatchObject({
      text: '铭牌',
      attachments: [{ name: '铭牌.png', contentType: 'image/png' }],
      channelData: { clientActivityID: 'a1', attachmentSizes: [7], messageId: id, 'webchat:sequence-id': 3 },
    });
    // Photos of another channel name nothing for the client, and are shown all the same.
    expect(
      activityOf(conversationId, { ...row, body: { kind: 'photos', attachmentIds: [id], text: null } }, 'dl_a', fileUrl),
    ).toMatchObject({
      text: '',
      channelData: { messageId: id },
    });
  });

  it('may be exactly as long as the limit, counted in characters and not in halves', () => {
    expect(bodyOf({ text: '😀'.repeat(4_000) })).toMatchObject({ kind: 'text' });
  });

  it('keeps of a text too long what its bubble shows', () => {
    const body = bodyOf({ text: '😀'.repeat(5_000), channelData: { clientActivityID: 'a1' } });
    expect(body).toMatchObject({ echo: { clientActivityID: 'a1', excerpt: `${'😀'.repeat(200)}…` } });
    const shown = activityOf(
      conversationId,
      { id, seq: 3, at: instantOf(0), channelMessageId: null, delivery: null, from: 'customer', body },
      'dl_a',
      fileUrl,
    );
    expect(shown).toMatchObject({ text: `${'😀'.repeat(200)}…`, channelData: { clientActivityID: 'a1' } });
    expect(shown?.channelData).not.toHaveProperty('excerpt');
  });

  it('has the same channel message id when the client sends it again, and another for another message', () => {
    const read = (channelData?: object) => {
      const activity = readActivity({ type: 'message', text: 'a', channelData });
      if (activity.kind !== 'message') throw new Error('not taken');
      return channelMessageIdOf(conversationId, activity.activity, id);
    };
    expect(read({ clientActivityID: 'x' })).toBe(`${conversationId}:x`);
    expect(read()).toBe(`${conversationId}:${id}`);
  });

  it('keeps nothing of channelData that the client does not need back', () => {
    expect(bodyOf({ text: 'a', channelData: { clientActivityID: 'x', secret: 'y', clientTimestamp: 'z' } })).toMatchObject({
      echo: { clientActivityID: 'x', clientTimestamp: 'z' },
    });
    expect(JSON.stringify(bodyOf({ text: 'a', channelData: { secret: 'y' } }))).not.toContain('secret');
  });
});

describe('a posted body', () => {
  it.each(['typing', 'conversationUpdate', 'event'])('of type %s is ignored', (type) => {
    expect(readActivity({ type })).toEqual({ kind: 'ignored' });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{}],
    [{ type: 'invoke' }],
    [{ type: 'message', text: 7 }],
    [{ type: 'message', text: 'a', channelData: { clientActivityID: 'x'.repeat(129) } }],
  ])('%j is refused with a reason', (body) => {
    expect(readActivity(body)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/\w+/) });
  });
});

describe('what the customer is shown', () => {
  const message: PlacedMessage = {
    id,
    seq: 12,
    sender: 'bot',
    at: instantOf(Date.parse('2026-11-20T08:00:00Z')),
    body: {
      text: '请选择',
      speaker: null,
      choices: [{ label: '好', value: 'yes' }],
      links: [],
      files: [],
      dialog: { flow: 'repair-booking', asking: 'confirm', reply: ['confirm.ask'] },
      ticket: { number: 'BX-20261120-0001', kind: 'repair', status: 'open' },
    },
  };

  it('is plain text with buttons, the dialog and the ticket', () => {
    expect(outgoingActivity(conversationId, message, fileUrl)).toEqual({
      type: 'message',
      id: `${conversationId}|0000012`,
      timestamp: '2026-11-20T08:00:00.000Z',
      channelId: 'directline',
      conversation: { id: conversationId },
      from: { id: 'bot', name: '报修助手', role: 'bot' },
      text: '请选择',
      textFormat: 'plain',
      locale: 'zh-CN',
      suggestedActions: { to: [], actions: [{ type: 'imBack', title: '好', value: 'yes' }] },
      channelData: { messageId: id, 'webchat:sequence-id': 12, dialog: message.body.dialog, ticket: message.body.ticket },
    });
  });

  it('is handed files by a link; what few browsers draw is offered to be saved', () => {
    const named = (name: string, contentType: string) => ({ id, name, contentType, size: 7, hasThumbnail: true });
    const files = [named('滤网.png', 'image/png'), named('说明书.pdf', 'application/pdf'), named('铭牌.heic', 'image/heic')];
    const said = outgoingActivity(conversationId, { ...message, sender: 'staff', body: { ...message.body, text: '', files } }, fileUrl);
    const contentUrl = `https://desk.example/files/${id}`;
    expect(said).toMatchObject({
      text: '',
      attachments: [
        { name: '滤网.png', contentType: 'image/png', contentUrl },
        { name: '说明书.pdf', contentType: 'application/pdf', contentUrl },
        { name: '铭牌.heic', contentType: 'application/octet-stream', contentUrl },
      ],
      channelData: { attachmentSizes: [7, 7, 7] },
    });
    expect(outgoingActivity(conversationId, message, fileUrl)).not.toHaveProperty('attachments');
  });

  it('names the staff when a person speaks, and has no empty list of buttons', () => {
    const said = outgoingActivity(
      conversationId,
      { ...message, sender: 'staff', body: { ...message.body, choices: [], ticket: null } },
      fileUrl,
    );
    expect(said.from).toEqual({ id: 'staff', name: '客服', role: 'bot' });
    const named = outgoingActivity(conversationId, { ...message, sender: 'staff', body: { ...message.body, speaker: '王小芳' } }, fileUrl);
    expect(named.from).toEqual({ id: 'staff', name: '王小芳', role: 'bot' });
    expect(said).not.toHaveProperty('suggestedActions');
    expect(said.channelData).not.toHaveProperty('ticket');
  });

  it('leaves out what only the log knows', () => {
    const started = {
      id,
      seq: 1,
      at: message.at,
      channelMessageId: null,
      delivery: null,
      from: 'system',
      body: { kind: 'event', event: 'conversation-started' },
    } as const;
    expect(activityOf(conversationId, started, 'dl_a', fileUrl)).toBeNull();
  });
});

describe('a watermark', () => {
  it.each([
    [undefined, 0],
    ['', 0],
    ['-', 0],
    ['0', 0],
    ['17', 17],
    ['abc', null],
    ['-1', null],
    ['1.5', null],
    ['9'.repeat(20), null],
  ])('%j is position %j', (text, position) => {
    expect(readWatermark(text)).toBe(position);
  });
});
