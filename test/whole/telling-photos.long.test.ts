/** Photos that tell where they were taken, on every way in and out of the running desk: what is kept of them tells nothing and stands upright. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { connect } from '../support/direct-line-client.ts';
import { aFile } from '../support/files.ts';
import { says } from '../support/says.ts';
import { type SlackDesk, startSlackDesk } from '../support/slack-desk.ts';
import { aTellingPhoto, seenIn, TOLD, toldBy, UPRIGHT } from '../support/telling-photo.ts';
import type { WholeDesk } from '../support/whole-desk.ts';
import { type Handoff, type Message, staffApi } from './staff-api.ts';
import { openChats, PATIENCE_MILLISECONDS, SOON, type WechatChats } from './wechat-chats.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Listed = { readonly name: string; readonly contentType: string; readonly url: string; readonly thumbnailUrl: string | null };

const PHOTO = await aTellingPhoto();

/** What hangs on the last message of a chat that has anything; none while it is not here. */
async function sent(desk: WholeDesk, conversationId: string): Promise<readonly Listed[]> {
  const { body } = await staffApi(desk).get<{ readonly items: readonly Message[] }>(`/conversations/${conversationId}/messages?limit=200`);
  return body.items.flatMap((it) => it.attachments as readonly Listed[]);
}

async function opened(desk: WholeDesk, path: string | null | undefined): Promise<Buffer> {
  const response = await fetch(`${desk.url}${path}`, { headers: { Authorization: `Bearer ${desk.staffToken}` } });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

/** Whole and small, as staff are given it. */
async function expectClean(desk: WholeDesk, listed: Listed | undefined): Promise<void> {
  for (const path of [listed?.url, listed?.thumbnailUrl]) {
    const bytes = await opened(desk, path);
    expect([path, toldBy(bytes), await seenIn(bytes)]).toEqual([path, [], UPRIGHT]);
  }
}

it('the photo of these tests tells everything', () => {
  expect(toldBy(PHOTO)).toEqual(TOLD);
});

describe('on the web and WeChat', () => {
  let chats: WechatChats;
  beforeAll(async () => {
    chats = await openChats();
  });
  afterAll(() => chats.close());

  it.each(['upload', 'data: address'])('S2-024 a customer of the web page, by %s', async (way) => {
    const { desk } = chats;
    const client = await connect(desk.url);
    if (way === 'upload') {
      const form = new FormData();
      form.append('file', new Blob([PHOTO], { type: 'image/jpeg' }), 'IMG_1.jpg');
      const headers = { Authorization: `Bearer ${client.token()}` };
      const path = `/v3/directline/conversations/${client.conversationId}/upload`;
      expect((await fetch(`${desk.url}${path}`, { method: 'POST', headers, body: form })).status).toBe(200);
    } else
      await client.send({
        attachments: [{ contentType: 'image/jpeg', name: 'IMG_1.jpg', contentUrl: `data:image/jpeg;base64,${PHOTO.toString('base64')}` }],
      });
    const [listed] = await sent(desk, client.conversationId);
    await expectClean(desk, listed);

    type Echo = { readonly attachments?: readonly { readonly contentUrl: string; readonly thumbnailUrl?: string }[] };
    const mine = () => client.messages.flatMap((it) => (it as Echo).attachments ?? []);
    await expect.poll(() => mine().length, SOON).toBe(1);
    for (const url of [mine()[0]?.contentUrl, mine()[0]?.thumbnailUrl]) {
      const bytes = Buffer.from(await (await fetch(url ?? '')).arrayBuffer());
      expect([toldBy(bytes), await seenIn(bytes)]).toEqual([[], UPRIGHT]);
    }
    client.close();
  });

  it('S2-024 a customer on WeChat, fetched after their message; what opens nowhere is said to them', async () => {
    const customer = chats.follower();
    await customer.sendImage(PHOTO, 'image/jpeg');
    const listed = async () => (await sent(chats.desk, await chats.conversationOf(customer)))[0];
    await expect.poll(async () => (await listed())?.thumbnailUrl ?? null, SOON).not.toBeNull();
    await expectClean(chats.desk, await listed());
    await customer.sendImage(Buffer.concat([PHOTO.subarray(0, 20), Buffer.alloc(400, 7)]), 'image/jpeg');
    await expect.poll(() => customer.screen().some((it) => says(it, 'media-lost')), SOON).toBe(true);
  });

  it('a photo on WeChat that is larger than we take is not kept, and it is said', async () => {
    const customer = chats.follower();
    await customer.sendImage(aFile('jpeg', DEFAULT_POLICY.limits.uploadBytes + 1), 'image/jpeg');
    await expect.poll(() => customer.screen().some((it) => says(it, 'media-lost')), SOON).toBe(true);
    expect(await sent(chats.desk, await chats.conversationOf(customer))).toMatchObject([{ thumbnailUrl: null }]);
  });

  it('S2-024 the staff, to a customer of the web page', async () => {
    const { desk, api } = chats;
    const client = await connect(desk.url, { patienceMilliseconds: PATIENCE_MILLISECONDS, answerMilliseconds: PATIENCE_MILLISECONDS });
    await client.say('人工');
    const waiting = async () =>
      (await api.all<Handoff>('/handoffs?status=queued')).find((it) => it.conversationId === client.conversationId)?.id;
    await expect.poll(waiting, SOON).toBeTruthy();
    const path = `/handoffs/${await waiting()}`;
    expect((await api.post(`${path}/claim`)).status).toBe(200);
    const files = [{ name: '1.jpg', base64: PHOTO.toString('base64') }];
    expect((await api.post(`${path}/reply`, { text: '', files })).status).toBe(201);
    const [listed] = await sent(desk, client.conversationId);
    await expectClean(desk, listed);
    client.close();
  });
});

describe('in Slack', () => {
  let house: SlackDesk;
  beforeAll(async () => {
    house = await startSlackDesk();
  });
  afterAll(() => house.close());

  it('S2-024 a colleague by direct message', async () => {
    const { slack, desk } = house;
    const me = slack.person({ name: '赵敏', email: 'zhao@example.com' });
    await me.dm('空调漏水', { files: [{ name: 'IMG_1.jpg', contentType: 'image/jpeg', bytes: PHOTO }] });
    const api = staffApi(desk);
    await slack.waitFor(() => slack.posts(me.directChannel).some((post) => post.isBot), 'an answer', PATIENCE_MILLISECONDS);
    await me.dm('转人工');
    const chat = async () => (await api.all<Handoff>('/handoffs?status=queued'))[0]?.conversationId ?? '';
    await expect.poll(chat, SOON).toBeTruthy();
    const listed = async () => (await sent(desk, await chat()))[0];
    await expect.poll(async () => (await listed())?.thumbnailUrl ?? null, SOON).not.toBeNull();
    await expectClean(desk, await listed());
  });
});
