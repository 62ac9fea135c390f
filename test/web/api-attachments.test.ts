import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, instantOf } from '../../src/domain/instant.ts';
import { platformStore } from '../../src/store/platform/platform-store.ts';
import type { Inbound } from '../../src/turn/message.ts';
import { aChat, aMessage, aTicket, aTurn, type Chat } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aFile } from '../support/files.ts';
import { openWeb, type TestWeb } from './a-web.ts';

const BYTES = aFile('jpeg', 200_000);
const SMALL = aFile('webp');

let at: TestWeb;
let chat: Chat;
let photo: Identifier;
let agent: StaffMember & { readonly token: string };

beforeAll(async () => {
  at = await openWeb();
  agent = await at.staff('agent');
  chat = await aChat(at.store);
  photo = newId();
  const attachments = [{ id: photo, name: '王芳 13800138000.jpg', contentType: 'image/jpeg', bytes: BYTES, thumbnail: SMALL }];
  const body = { kind: 'photos', attachmentIds: [photo], text: '铭牌,电话13800138000' } as const;
  await at.store.acceptWithAttachments({ ...aMessage(chat, ''), body }, attachments, 50);
  await at.store.accept([aMessage(chat, '看到了吗')]);
});
afterAll(() => at.close());

const urls = (id: string) => ({ url: `/api/v1/attachments/${id}`, thumbnailUrl: `/api/v1/attachments/${id}/thumbnail` });
const opened = (id: string, token = agent.token) =>
  at.app.request(`/api/v1/attachments/${id}`, { headers: { authorization: `Bearer ${token}` } });
const reads = async () => (await at.audit()).filter((it) => it.action === 'attachment.read');

it('a message lists what was sent with it, its name masked like its words', async () => {
  const { body } = await at.ask('GET', `/api/v1/conversations/${chat.conversationId}/messages`, { token: agent.token });
  expect(body.items).toMatchObject([
    {
      text: '铭牌,电话138****8000',
      attachments: [{ name: '王芳 138****8000.jpg', contentType: 'image/jpeg', ...urls(photo) }],
    },
    { text: '看到了吗', attachments: [] },
  ]);
});

it('is opened as it came, to be saved and not drawn, and that it was read is on record', async () => {
  const before = (await reads()).length;
  const response = await opened(photo);
  expect(response.status).toBe(200);
  expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), BYTES)).toBe(0);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': `attachment; filename="${photo}.jpg"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  const record = await reads();
  expect(record).toHaveLength(before + 1);
  expect(record.at(-1)).toMatchObject({ actor: `staff:${agent.id}`, subject: `attachment:${photo}`, details: {} });
});

it('is for those who may read conversations, and only with a token', async () => {
  const before = (await reads()).length;
  for (const role of ['dispatcher', 'quality', 'admin'] as const)
    expect((await opened(photo, (await at.staff(role)).token)).status).toBe(200);
  expect((await opened(photo, (await at.staff('engineer')).token)).status).toBe(403);
  expect((await opened(photo, 'nonsense')).status).toBe(401);
  expect((await at.app.request(`/api/v1/attachments/${photo}`)).status).toBe(401);
  expect(await reads()).toHaveLength(before + 3);
});

it('that is not there is 404, whatever was asked for', async () => {
  for (const id of [newId(), 'x', '..%2f', chat.conversationId]) {
    const response = await opened(id);
    expect([id, response.status, response.headers.get('content-type')]).toEqual([id, 404, 'application/problem+json']);
  }
});

it('one whose bytes are still with a platform, or were lost there, is listed; opened it says so, and nothing goes on record', async () => {
  const voice = newId();
  const body = { kind: 'photos', attachmentIds: [voice], text: null } as const;
  const message: Inbound = { ...aMessage(chat, ''), channel: 'wechat', body };
  const remote = [{ id: voice, name: 'voice.amr', contentType: 'audio/amr', mediaId: 'media-1' }];
  const quota = { perMessage: 5, messageHours: 48, perEvent: 3, eventMinutes: 1 };
  await platformStore(at.store, quota).acceptWithRemoteMedia(message, remote, 50);
  const before = (await reads()).length;
  const { body: answer } = await at.ask('GET', `/api/v1/conversations/${chat.conversationId}/messages`, { token: agent.token });
  expect((answer as { items: readonly unknown[] }).items.at(-1)).toMatchObject({
    attachments: [{ name: 'voice.amr', contentType: 'audio/amr', url: `/api/v1/attachments/${voice}`, thumbnailUrl: null }],
  });
  const response = await opened(voice);
  expect([response.status, await response.json()]).toEqual([
    404,
    expect.objectContaining({
      type: 'urn:baoxiu:problem:not-found',
      detail: 'The attachment is not here yet, or was lost where it was sent.',
    }),
  ]);
  expect(await reads()).toHaveLength(before);
});

it('a ticket lists its own, oldest first, and no other ticket does', async () => {
  const tickets = ['BX-20261120-0001', 'BX-20261120-0002'].map((number) => aTicket({ number }));
  await at.store.transact([aTurn(chat, { tickets })]);
  await at.store.pool.query('update attachment set ticket_id = $2 where id = $1', [photo, tickets[0]?.id]);
  const listed = await Promise.all(
    tickets.map(
      async ({ number }) =>
        (await at.ask('GET', `/api/v1/tickets/${number}`, { token: agent.token })).body as { readonly attachments?: unknown },
    ),
  );
  expect(listed.map((it) => it.attachments)).toEqual([
    [{ name: expect.stringMatching(/\.jpg$/), contentType: 'image/jpeg', ...urls(photo) }],
    [],
  ]);
});

describe('a thumbnail', () => {
  const small = (id: string, token = agent.token) =>
    at.app.request(`/api/v1/attachments/${id}/thumbnail`, { headers: { authorization: `Bearer ${token}` } });
  const seen = async () => (await at.audit()).filter((it) => it.action === 'thumbnails.read');

  it('is answered as it is kept; twenty at once, and again within the hour, are one line of the record', async () => {
    const responses = await Promise.all(Array.from({ length: 19 }, () => small(photo)));
    const first = await small(photo);
    expect(responses.map((it) => it.status)).toEqual(Array(19).fill(200));
    expect(Buffer.compare(Buffer.from(await first.arrayBuffer()), SMALL)).toBe(0);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(await seen()).toMatchObject([{ actor: `staff:${agent.id}`, subject: `conversation:${chat.conversationId}`, details: {} }]);
    at.clock.now = instantOf(at.clock.now + 2 * HOUR);
    await small(photo);
    expect(await seen()).toHaveLength(2);
  });

  it('there is none of what is no picture, of what is not there, and for nobody without a token', async () => {
    const pdf = newId();
    const body = { kind: 'photos', attachmentIds: [pdf], text: null } as const;
    const kept = { id: pdf, name: 'a.pdf', contentType: 'application/pdf', bytes: aFile('pdf'), thumbnail: null };
    await at.store.acceptWithAttachments({ ...aMessage(chat, ''), body }, [kept], 50);
    const before = (await seen()).length;
    for (const id of [pdf, newId(), 'x']) expect((await small(id)).status).toBe(404);
    expect((await small(photo, 'nonsense')).status).toBe(401);
    expect(await seen()).toHaveLength(before);
  });
});

it('an engineer opens what hangs on a ticket, small or whole, on record like anybody, and nothing else', async () => {
  const { token, id: engineer } = await at.staff('engineer');
  const loose = newId();
  const body = { kind: 'photos', attachmentIds: [loose], text: null } as const;
  const kept = { id: loose, name: 'a.jpg', contentType: 'image/jpeg', bytes: BYTES, thumbnail: SMALL };
  await at.store.acceptWithAttachments({ ...aMessage(chat, ''), body }, [kept], 50);
  const before = (await reads()).length;
  expect((await opened(photo, token)).status).toBe(200);
  expect((await opened(`${photo}/thumbnail`, token)).status).toBe(200);
  for (const other of [loose, `${loose}/thumbnail`, newId()]) expect((await opened(other, token)).status).toBe(403);
  expect((await reads()).slice(before)).toMatchObject([{ actor: `staff:${engineer}`, subject: `attachment:${photo}` }]);
});
