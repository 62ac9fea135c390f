/** A customer's photo, opened by its link in a thread of the staff's chat: on record, for as long as the policy says. */
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SharedIn } from '../../src/desk/attachments.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { createFileLinks, type FileLinks } from '../../src/file-link.ts';
import { customerFileRoute } from '../../src/web/customer-files.ts';
import { openDesk, type TestDesk } from '../desk/a-desk.ts';
import { aChat, aMessage } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aFile } from '../support/files.ts';

const BYTES = aFile('jpeg', 20_000);
const THREAD: SharedIn = { channel: 'C0DESK', thread: '1763600000.000100' };
const OTHER: SharedIn = { channel: 'C0DESK', thread: '1763600000.000200' };

let at: TestDesk;
let app: Hono;
let links: FileLinks;
let photo: Identifier;
beforeAll(async () => {
  at = await openDesk();
  links = createFileLinks(Buffer.alloc(32, 7), 24 * HOUR, () => at.clock.now);
  app = new Hono();
  const { readShared } = at.desk.attachments;
  const { readKeptFile, readKeptThumbnail } = at.store;
  customerFileRoute(app, { readFileLink: links.read, readKeptFile, readKeptThumbnail, readShared, now: () => at.clock.now });
  photo = newId();
  const attachments = [{ id: photo, name: '王芳家的铭牌.jpg', contentType: 'image/jpeg', bytes: BYTES, thumbnail: Buffer.from('small') }];
  const body = { kind: 'photos', attachmentIds: [photo], text: '' } as const;
  await at.store.acceptWithAttachments({ ...aMessage(await aChat(at.store), ''), body }, attachments, 50);
});
afterAll(() => at.close());

const record = async () => (await at.audit()).filter((it) => it.action === 'attachment.read');

it('S2-024 opening goes on record: one line a link and hour, also when several open it at once', async () => {
  const path = links.sharedPathOf(photo, THREAD);
  const opened = await Promise.all([1, 2, 3, 4].map(() => app.request(path)));
  expect(opened.map((it) => it.status)).toEqual([200, 200, 200, 200]);
  const line = { actor: 'link:slack', subject: `attachment:${photo}`, details: { by: 'link in Slack C0DESK/1763600000.000100' } };
  expect(await record()).toMatchObject([line]);

  await app.request(links.sharedPathOf(photo, OTHER));
  expect(await record()).toMatchObject([line, { details: { by: 'link in Slack C0DESK/1763600000.000200' } }]);
  at.clock.now = instantOf(at.clock.now + 59 * MINUTE);
  await app.request(path);
  expect(await record()).toHaveLength(2);
  at.clock.now = instantOf(at.clock.now + MINUTE);
  await app.request(path);
  expect((await record()).slice(2)).toMatchObject([line]);
});

it('is the photo, under a name that names nobody, and no browser keeps it: each opening comes here', async () => {
  const response = await app.request(links.sharedPathOf(photo, THREAD));
  expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), BYTES)).toBe(0);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': `inline; filename*=UTF-8''${photo}.jpg`,
    'cache-control': 'no-store',
  });
});

it('too old a link opens nothing and says how staff open the file; a customer’s own goes on no record', async () => {
  const before = (await record()).length;
  const path = links.sharedPathOf(photo, THREAD);
  const own = links.pathOf(photo);
  at.clock.now = instantOf(at.clock.now + 25 * HOUR);
  const response = await app.request(path);
  expect(response.status).toBe(410);
  expect(await response.text()).toContain(`/api/v1/attachments/${photo}`);
  expect((await app.request(own)).status).toBe(200);
  expect((await app.request(links.sharedPathOf(newId(), THREAD))).status).toBe(404);
  expect(await record()).toHaveLength(before);
});

it('S2-024 has no thumbnail under its link: what is seen goes on record', async () => {
  const before = (await record()).length;
  expect((await app.request(`${links.sharedPathOf(photo, THREAD)}/thumbnail`)).status).toBe(404);
  expect((await app.request(`${links.pathOf(photo)}/thumbnail`)).status).toBe(200);
  expect(await record()).toHaveLength(before);
});
