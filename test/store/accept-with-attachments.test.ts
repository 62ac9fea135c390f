import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import type { Inbound } from '../../src/turn/message.ts';
import type { NewAttachment } from '../../src/turn/ports.ts';
import { newId, openTestStore } from '../support/database.ts';
import { aFile } from '../support/files.ts';
import { aChat, aMessage, type Chat } from './a-turn.ts';

let store: Store;
let other: Store;
beforeAll(async () => {
  store = await openTestStore();
  other = await openTestStore({ url: store.url });
});
afterAll(async () => {
  await other.close();
  await store.close();
});

const MANY = 50;

const aPhoto = (name = '铭牌.png'): NewAttachment => ({
  id: newId(),
  name,
  contentType: 'image/png',
  bytes: aFile('png', 5_000, '门牌1907'),
  thumbnail: Buffer.from('small 门牌1907'),
});

const withPhotos = (chat: Chat, attachments: readonly NewAttachment[], channelMessageId?: string): Inbound => ({
  ...aMessage(chat, '', channelMessageId),
  body: { kind: 'photos', attachmentIds: attachments.map((it) => it.id), text: null },
});

type Row = {
  readonly id: string;
  readonly name_sealed: Buffer;
  readonly size: number;
  readonly ticket_id: string | null;
  readonly bytes_sealed: Buffer;
};

const rowsOf = async ({ conversationId }: Chat): Promise<readonly Row[]> =>
  (await store.pool.query<Row>('select * from attachment where conversation_id = $1 order by id', [conversationId])).rows;

it('a message and its attachments are kept together, and the message waits for its turn', async () => {
  const chat = await aChat(store);
  const photos = [aPhoto(), aPhoto('发票 王芳.pdf')];
  const message = withPhotos(chat, photos);
  expect(await store.acceptWithAttachments(message, photos, MANY)).toEqual({ kind: 'accepted', id: message.id, seq: 1 });
  expect((await store.readConversation(chat.conversationId))?.unapplied).toMatchObject([{ id: message.id, body: message.body }]);
  expect((await rowsOf(chat)).map(({ id, size, ticket_id }) => [id, size, ticket_id])).toEqual(
    photos.map((it) => [it.id, 5_000, null]).sort(),
  );
});

it('S2-024 neither the name nor the content of an attachment can be read in the store', async () => {
  const chat = await aChat(store);
  const photos = [aPhoto('发票 王芳.png')];
  await store.acceptWithAttachments(withPhotos(chat, photos), photos, MANY);
  const [row] = await rowsOf(chat);
  const stored = Buffer.concat([row?.name_sealed ?? Buffer.of(), row?.bytes_sealed ?? Buffer.of()]);
  for (const told of ['王芳', '发票', '1907', 'PNG']) expect(stored.includes(told)).toBe(false);
  expect(stored.length).toBeGreaterThan(5_000);
});

it('a redelivery is told the first place and keeps nothing twice, however full the conversation is by now', async () => {
  const chat = await aChat(store);
  const photos = [aPhoto()];
  const first = withPhotos(chat, photos, 'photo-1');
  await store.acceptWithAttachments(first, photos, 1);
  const again = [aPhoto()];
  expect(await store.acceptWithAttachments(withPhotos(chat, again, 'photo-1'), again, 1)).toEqual({
    kind: 'redelivered',
    id: first.id,
    seq: 1,
  });
  expect((await rowsOf(chat)).map((it) => it.id)).toEqual(photos.map((it) => it.id));
});

it('the same message in two processes at once is kept once', async () => {
  for (let round = 0; round < 10; round++) {
    const chat = await aChat(store);
    const [mine, theirs] = [[aPhoto()], [aPhoto()]];
    const outcomes = await Promise.all([
      store.acceptWithAttachments(withPhotos(chat, mine, `race-${round}`), mine, MANY),
      other.acceptWithAttachments(withPhotos(chat, theirs, `race-${round}`), theirs, MANY),
    ]);
    expect(outcomes.map((it) => it.kind).sort()).toEqual(['accepted', 'redelivered']);
    expect(await rowsOf(chat)).toHaveLength(1);
  }
});

it('a conversation never holds more than it may, however many come at once; what is refused takes no place', async () => {
  const chat = await aChat(store);
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, (_, index) => {
      const photos = [aPhoto(), aPhoto()];
      return (index % 2 ? store : other).acceptWithAttachments(withPhotos(chat, photos), photos, 5);
    }),
  );
  expect(outcomes.filter((it) => it.kind === 'accepted')).toHaveLength(2);
  expect(outcomes.filter((it) => it.kind === 'full')).toHaveLength(6);
  expect(await rowsOf(chat)).toHaveLength(4);
  expect(await store.lastSeq(chat.conversationId)).toBe(2);
  const message = aMessage(chat, '还能打字');
  expect(await store.accept([message])).toEqual([{ kind: 'accepted', id: message.id, seq: 3 }]);
});

it('an attachment that can not be written takes its message with it', async () => {
  const chat = await aChat(store);
  const twice = aPhoto();
  await expect(store.acceptWithAttachments(withPhotos(chat, [twice, twice]), [twice, twice], MANY)).rejects.toThrow();
  expect(await rowsOf(chat)).toEqual([]);
  expect(await store.lastSeq(chat.conversationId)).toBe(0);
});

it('for a conversation nobody opened says so', async () => {
  const chat = { ...(await aChat(store)), conversationId: newId() };
  const photos = [aPhoto()];
  expect(await store.acceptWithAttachments(withPhotos(chat, photos), photos, MANY)).toEqual({ kind: 'no-such-conversation' });
});
