import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/domain/instant.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { platformStore } from '../../../src/store/platform/platform-store.ts';
import { SEALED } from '../../../src/store/purposes.ts';
import type { Inbound } from '../../../src/turn/message.ts';
import type { RemoteMedia } from '../../../src/turn/platform-ports.ts';
import { newId, openTestStore } from '../../support/database.ts';
import { aFile } from '../../support/files.ts';
import { type Chat, NOON } from '../a-turn.ts';
import { aMsgId, aWechatChat, noonPlus, QUOTA, wechatMessage } from './a-platform.ts';

const MANY = 50;
const HOLD = MINUTE;
let store: Store;
let other: Store;
let mine: ReturnType<typeof platformStore>;
let theirs: ReturnType<typeof platformStore>;
beforeAll(async () => {
  store = await openTestStore();
  other = await openTestStore({ url: store.url });
  mine = platformStore(store, QUOTA);
  theirs = platformStore(other, QUOTA);
});
afterEach(async () => void (await store.pool.query('delete from awaited_media')));
afterAll(async () => {
  await other.close();
  await store.close();
});

const aPhoto = (): RemoteMedia => ({ id: newId(), name: '王芳.jpg', contentType: 'image/jpeg', mediaId: `media-${newId()}` });

const withPhotos = (chat: Chat, media: readonly RemoteMedia[], what: Partial<Inbound> = {}): Inbound =>
  wechatMessage(chat, NOON, { body: { kind: 'photos', attachmentIds: media.map((it) => it.id), text: null }, ...what });

/** A photo that was sent at an instant and is awaited. */
async function awaited(at = NOON, channel: 'wechat' | 'slack' = 'wechat'): Promise<{ readonly chat: Chat; readonly photo: RemoteMedia }> {
  const chat = await aWechatChat(store);
  const photo = aPhoto();
  await mine.acceptWithRemoteMedia(withPhotos(chat, [photo], { at, channel }), [photo], MANY);
  return { chat, photo };
}

type Row = {
  readonly id: string;
  readonly name_sealed: Buffer;
  readonly content_type: string;
  readonly size: number;
  readonly bytes_sealed: Buffer | null;
  readonly media_id: string | null;
};

const rowsOf = async ({ conversationId }: Chat): Promise<readonly Row[]> =>
  (
    await store.pool.query<Row>(
      'select a.*, w.media_id from attachment a left join awaited_media w on w.attachment_id = a.id where a.conversation_id = $1 order by a.id',
      [conversationId],
    )
  ).rows;

const claimed = async (now = NOON, max = 10, from = mine) =>
  (await from.media.claim({ channel: 'wechat', now, holdMilliseconds: HOLD, max })).map((it) => it.attachmentId);

describe('a message whose media are with the platform', () => {
  it('is kept with rows without bytes, and they are awaited; the message waits for its turn', async () => {
    const chat = await aWechatChat(store);
    const media = [aPhoto(), aPhoto()];
    const message = withPhotos(chat, media);
    expect(await mine.acceptWithRemoteMedia(message, media, MANY)).toEqual({ kind: 'accepted', id: message.id, seq: 1 });
    expect((await store.readConversation(chat.conversationId))?.unapplied).toMatchObject([{ id: message.id, body: message.body }]);
    const rows = await rowsOf(chat);
    expect(rows.map((it) => [it.id, it.size, it.bytes_sealed, it.media_id])).toEqual(
      media.map((it) => [it.id, 0, null, it.mediaId]).sort(),
    );
    for (const { name_sealed } of rows) expect(name_sealed.includes('王芳')).toBe(false);
  });

  it('that comes again, also at once in two processes, keeps nothing twice', async () => {
    for (let round = 0; round < 10; round++) {
      const chat = await aWechatChat(store);
      const channelMessageId = aMsgId();
      const outcomes = await Promise.all(
        [mine, theirs, mine].map((it) => {
          const media = [aPhoto()];
          return it.acceptWithRemoteMedia(withPhotos(chat, media, { channelMessageId }), media, 1);
        }),
      );
      expect(outcomes.map((it) => it.kind).sort()).toEqual(['accepted', 'redelivered', 'redelivered']);
      const rows = await rowsOf(chat);
      expect(rows).toHaveLength(1);
      expect(rows[0]?.media_id).not.toBeNull();
    }
  });

  it('is refused when the conversation would hold more than it may, however many come at once, and takes no place', async () => {
    const chat = await aWechatChat(store);
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) => {
        const media = [aPhoto(), aPhoto()];
        return (index % 2 ? mine : theirs).acceptWithRemoteMedia(withPhotos(chat, media), media, 5);
      }),
    );
    expect(outcomes.filter((it) => it.kind === 'accepted')).toHaveLength(2);
    expect(outcomes.filter((it) => it.kind === 'full')).toHaveLength(4);
    expect(await rowsOf(chat)).toHaveLength(4);
    expect(await store.lastSeq(chat.conversationId)).toBe(2);
  });

  it('counts together with attachments that have come with their bytes', async () => {
    const chat = await aWechatChat(store);
    const whole = { id: newId(), name: 'a.png', contentType: 'image/png', bytes: aFile('png'), thumbnail: null };
    await store.acceptWithAttachments(withPhotos(chat, []), [whole], 1);
    const media = [aPhoto()];
    expect(await mine.acceptWithRemoteMedia(withPhotos(chat, media), media, 1)).toEqual({ kind: 'full' });
  });

  it('takes its message with it when it can not be written', async () => {
    const chat = await aWechatChat(store);
    const twice = aPhoto();
    await expect(mine.acceptWithRemoteMedia(withPhotos(chat, [twice, twice]), [twice, twice], MANY)).rejects.toThrow();
    expect([await rowsOf(chat), await store.lastSeq(chat.conversationId)]).toEqual([[], 0]);
  });

  it('for a conversation nobody opened says so', async () => {
    const chat = { ...(await aWechatChat(store)), conversationId: newId() };
    const media = [aPhoto()];
    expect(await mine.acceptWithRemoteMedia(withPhotos(chat, media), media, MANY)).toEqual({ kind: 'no-such-conversation' });
  });
});

describe('claiming', () => {
  it('tells all that is needed to fetch it, and counts the try', async () => {
    const { chat, photo } = await awaited();
    const wanted = { channel: 'wechat', now: noonPlus(3 * SECOND), holdMilliseconds: HOLD, max: 10 } as const;
    expect(await mine.media.claim(wanted)).toEqual([
      {
        attachmentId: photo.id,
        conversationId: chat.conversationId,
        mediaId: photo.mediaId,
        sentAt: NOON,
        tries: 1,
      },
    ]);
    expect(await mine.media.claim({ ...wanted, now: noonPlus(3 * SECOND + HOLD) })).toMatchObject([{ attachmentId: photo.id, tries: 2 }]);
  });

  it('keeps it from everybody else until the hold is over, as when the process died', async () => {
    const { photo } = await awaited();
    expect(await claimed()).toEqual([photo.id]);
    expect(await claimed(noonPlus(HOLD - 1), 10, theirs)).toEqual([]);
    expect(await claimed(noonPlus(HOLD), 10, theirs)).toEqual([photo.id]);
  });

  it('takes the longest due first, not more than asked for, none of another channel, none that is not due', async () => {
    const second = await awaited(noonPlus(-SECOND));
    const first = await awaited(noonPlus(-2 * SECOND));
    await awaited(noonPlus(-3 * SECOND), 'slack');
    const third = await awaited(NOON);
    await awaited(noonPlus(SECOND));
    expect(await claimed(NOON, 2)).toEqual([first.photo.id, second.photo.id]);
    expect(await claimed(NOON, 9)).toEqual([third.photo.id]);
  });

  it('by two processes at once never gives one to both, and together all', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => awaited()));
    const claims = await Promise.all([mine, theirs, mine, theirs].map((it) => claimed(NOON, 5, it)));
    const rest = await claimed(NOON, 99);
    expect([...claims.flat(), ...rest].sort()).toEqual(all.map((it) => it.photo.id).sort());
  });

  it('comes again when it was put off, not before', async () => {
    const { photo } = await awaited();
    await claimed();
    await mine.media.tryAgain(photo.id, noonPlus(10 * SECOND));
    expect(await claimed(noonPlus(10 * SECOND - 1))).toEqual([]);
    expect(await claimed(noonPlus(10 * SECOND))).toEqual([photo.id]);
  });
});

describe('bytes that have arrived', () => {
  const arrival = (photo: RemoteMedia, filling: string) => ({
    id: photo.id,
    name: '王芳.png',
    contentType: 'image/png',
    bytes: aFile('png', 5_000, filling),
    thumbnail: Buffer.from(filling),
  });

  it('are kept sealed with what they are, and are awaited no more', async () => {
    const { chat, photo } = await awaited();
    await mine.media.arrived(arrival(photo, '门牌1907'));
    const [row] = await rowsOf(chat);
    expect(row).toMatchObject({ content_type: 'image/png', size: 5_000, media_id: null });
    expect(row?.bytes_sealed?.includes('1907')).toBe(false);
    expect(store.seal.openBytes(SEALED.attachmentBytes, row?.bytes_sealed ?? Buffer.of())).toEqual(arrival(photo, '门牌1907').bytes);
    expect(store.seal.open(SEALED.attachmentName, row?.name_sealed ?? Buffer.of())).toBe('王芳.png');
    expect(await claimed(noonPlus(HOLD * 10))).toEqual([]);
  });

  it('a second time, also at once in two processes, change nothing', async () => {
    const { chat, photo } = await awaited();
    await Promise.all([mine.media.arrived(arrival(photo, 'a')), theirs.media.arrived(arrival(photo, 'b'))]);
    const [first] = await rowsOf(chat);
    await mine.media.arrived(arrival(photo, 'c'));
    await mine.media.lost(photo.id);
    expect(await rowsOf(chat)).toEqual([first]);
  });

  it('after they were given up change nothing: the attachment stays without them', async () => {
    const { chat, photo } = await awaited();
    await mine.media.lost(photo.id);
    await theirs.media.arrived(arrival(photo, 'late'));
    expect(await rowsOf(chat)).toMatchObject([{ id: photo.id, bytes_sealed: null, media_id: null, content_type: 'image/jpeg' }]);
    expect(await claimed(noonPlus(HOLD * 10))).toEqual([]);
  });
});
