/** Pictures and files over the real server: what is kept, what is refused and how, and what the customer is shown of it. */
import { createServer } from 'node:http';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import XMLHttpRequest from 'xhr2';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/policy.ts';
import type { CleanedFile } from '../../../src/turn/clean-file.ts';
import { aFile, PIXEL } from '../../support/files.ts';
import { type DeskOptions, type MemoryDesk, startMemoryDesk, textOf } from './memory-desk.ts';
import { dripping, head, sendRaw } from './raw-request.ts';

/** A browser's own sends forms; this one is taught to. */
class FormRequest extends XMLHttpRequest {
  override send(body?: unknown): void {
    const encoded = body instanceof FormData ? new Response(body) : null;
    if (encoded === null) super.send(body);
    else {
      this.setRequestHeader('Content-Type', encoded.headers.get('content-type') ?? '');
      void encoded.arrayBuffer().then((bytes) => super.send(Buffer.from(bytes)));
    }
  }
}

// The client reads these when it is loaded.
vi.stubGlobal('WebSocket', WebSocket);
vi.stubGlobal('XMLHttpRequest', FormRequest);
const { DirectLine } = await import('botframework-directlinejs');
afterAll(() => vi.unstubAllGlobals());

let desk: MemoryDesk;
afterEach(() => desk.stop());

type Session = { readonly conversationId: string; readonly token: string };
type Answer = { readonly status: number; readonly id: string | null; readonly code: string | null; readonly retryAfter: string | null };

const start = async (limits: Partial<Policy['limits']> = {}, options: DeskOptions = {}): Promise<Session> => {
  desk = await startMemoryDesk({ answer: () => null, ...options, limits: { ...DEFAULT_POLICY.limits, ...limits } });
  return begin();
};

const begin = async (): Promise<Session> => {
  const generated = (await (await fetch(`${desk.url}/v3/directline/tokens/generate`, { method: 'POST' })).json()) as Session;
  await fetch(`${desk.url}/v3/directline/conversations`, { method: 'POST', headers: { Authorization: `Bearer ${generated.token}` } });
  return generated;
};

const call = async (
  path: string,
  token: string,
  body: string | FormData | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Answer> => {
  const response = await fetch(`${desk.url}/v3/directline${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, ...headers },
    body,
  });
  const answer = (await response.json()) as { readonly id?: string; readonly error?: { readonly code: string } };
  return {
    status: response.status,
    id: answer.id ?? null,
    code: answer.error?.code ?? null,
    retryAfter: response.headers.get('retry-after'),
  };
};

type Part = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly type?: string };

const form = (files: readonly Part[], activity: object | null = null): FormData => {
  const parts = new FormData();
  // As the stock client sends it; the protocol's own example has the files first.
  if (activity !== null) parts.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }));
  for (const { name, bytes, type = '' } of files) parts.append('file', new Blob([bytes], { type }), name);
  return parts;
};

const pathOf = ({ conversationId }: Session, what = 'upload?userId=dl_x') => `/conversations/${conversationId}/${what}`;
const upload = (session: Session, files: readonly Part[], activity: object | null = null) =>
  call(pathOf(session), session.token, form(files, activity));
const post = (session: Session, activity: object) =>
  call(pathOf(session, 'activities'), session.token, JSON.stringify({ type: 'message', ...activity }));
const photo: Part = { name: '铭牌.png', bytes: aFile('png') };
const dataUrl = (bytes: Uint8Array, type = 'image/png') => `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
const said = ({ conversationId }: Session) => desk.log(conversationId).slice(1).map(textOf);
const links = (n: number) => {
  const contentUrl = `http://desk.example/files/${desk.store.attachments[n]?.id}`;
  return { contentUrl, thumbnailUrl: `${contentUrl}/thumbnail` };
};
const kept = () => desk.store.attachments.map(({ name, contentType, bytes }) => ({ name, contentType, size: bytes.length }));
const read = async ({ conversationId, token }: Session) => {
  const response = await fetch(`${desk.url}/v3/directline/conversations/${conversationId}/activities`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return ((await response.json()) as { readonly activities: readonly Record<string, unknown>[] }).activities;
};

describe('an upload', () => {
  it('of one file without an activity is one message, kept as it came, of the type its bytes say', async () => {
    const session = await start();
    const bytes = aFile('jpeg', 3_000_000);
    const answer = await upload(session, [{ name: 'IMG_1.jpg', bytes, type: 'text/html' }]);
    expect(answer).toEqual({ status: 200, id: `${session.conversationId}|0000002`, code: null, retryAfter: null });
    expect(kept()).toEqual([{ name: 'IMG_1.jpg', contentType: 'image/jpeg', size: 3_000_000 }]);
    expect(Buffer.compare(desk.store.attachments[0]?.bytes ?? Buffer.of(), bytes)).toBe(0);
    expect(desk.log(session.conversationId).at(-1)).toMatchObject({
      from: 'customer',
      body: { kind: 'photos', attachmentIds: [desk.store.attachments[0]?.id], text: null },
    });
  });

  it('with words is one message of both; the customer’s log shows text, name, type and links, and no content', async () => {
    const session = await start();
    const channelData = { clientActivityID: 'c1', attachmentSizes: [1] };
    const attachments = [{ name: '铭牌.png', contentType: 'image/png', thumbnailUrl: dataUrl(PIXEL) }];
    const answer = await upload(session, [photo], {
      type: 'message',
      text: '冰箱的铭牌',
      from: { id: 'somebody' },
      attachments,
      channelData,
    });
    expect(answer.status).toBe(200);
    expect(said(session)).toEqual(['photos/1 冰箱的铭牌']);
    const [shown] = await read(session);
    expect(shown).toMatchObject({
      id: answer.id,
      text: '冰箱的铭牌',
      attachments: [{ name: '铭牌.png', contentType: 'image/png', ...links(0) }],
      channelData: { clientActivityID: 'c1', attachmentSizes: [photo.bytes.length] },
    });
    expect(JSON.stringify(shown)).not.toMatch(/data:|"files"/);
  });

  it('may be the whole body, named by its header', async () => {
    const session = await start();
    const name = Buffer.from('发票.pdf').toString('latin1');
    const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': `name="file"; filename="${name}"` };
    expect((await call(pathOf(session), session.token, aFile('pdf'), headers)).status).toBe(200);
    expect(kept()).toEqual([{ name: '发票.pdf', contentType: 'application/pdf', size: 64 }]);
  });

  it('without a file is what its activity says', async () => {
    const session = await start();
    expect((await upload(session, [], { type: 'message', text: '没有图' })).status).toBe(200);
    expect(said(session)).toEqual(['没有图']);
    expect(kept()).toEqual([]);
  });

  it('sent again with the same clientActivityID has the same id and is kept once', async () => {
    const session = await start();
    const activity = { type: 'message', channelData: { clientActivityID: 'same' } };
    const answers = [await upload(session, [photo], activity), await upload(session, [photo], activity)];
    expect(new Set(answers.map((it) => it.id)).size).toBe(1);
    expect([said(session), kept()]).toEqual([['photos/1'], [expect.anything()]]);
  });

  it('with an activity that is cut off, no message, or a form that is none is refused, and nothing is kept', async () => {
    const session = await start();
    const cut = form([photo]);
    cut.append('activity', new Blob(['{"type":"mess']));
    expect(await call(pathOf(session), session.token, cut)).toMatchObject({ status: 400, code: 'BadSyntax' });
    expect(await upload(session, [photo], { type: 'typing' })).toMatchObject({ status: 400, code: 'BadArgument' });
    expect(await upload(session, [photo], { type: 'bogus' })).toMatchObject({ status: 400, code: 'BadArgument' });
    const noForm = { 'Content-Type': 'multipart/form-data; boundary=x' };
    expect(await call(pathOf(session), session.token, 'no form', noForm)).toMatchObject({ status: 400, code: 'BadSyntax' });
    expect([said(session), kept()]).toEqual([[], []]);
  });

  it('with a text longer than a message may be is refused as a whole', async () => {
    const session = await start();
    const answer = await upload(session, [photo], { type: 'message', text: '修'.repeat(4_001) });
    expect(answer).toMatchObject({ status: 413, code: 'MessageSizeTooBig' });
    expect([said(session), kept()]).toEqual([[], []]);
  });

  it('opens the conversation when the client skipped the start', async () => {
    await start();
    const fresh = (await (await fetch(`${desk.url}/v3/directline/tokens/generate`, { method: 'POST' })).json()) as Session;
    expect((await upload(fresh, [photo])).status).toBe(200);
    expect(said(fresh)).toEqual(['photos/1']);
  });

  it('is let in by the token of its conversation and by no other, before its body is read', async () => {
    const session = await start();
    const other = await begin();
    expect(await call(pathOf(session), other.token, form([photo]))).toMatchObject({ status: 403, code: 'BadToken' });
    expect(await call(pathOf(session), 'nonsense', form([photo]))).toMatchObject({ status: 403, code: 'BadToken' });
    const headers = { Authorization: `Bearer ${other.token}`, 'Content-Length': '5000000', Connection: 'close' };
    expect((await sendRaw(desk.url, [head('POST', `/v3/directline${pathOf(session)}`, headers)])).status).toBe(403);
    expect(kept()).toEqual([]);
  });
});

describe('a data URL in a posted activity', () => {
  it('is kept like an upload, alone or beside words', async () => {
    const session = await start();
    expect((await post(session, { attachments: [{ contentType: 'image/png', contentUrl: dataUrl(PIXEL) }] })).status).toBe(200);
    const attachments = [{ contentType: 'image/gif', contentUrl: dataUrl(aFile('gif')), name: 'a.gif' }];
    expect((await post(session, { text: '看这里', attachments })).status).toBe(200);
    expect(said(session)).toEqual(['photos/1', 'photos/1 看这里']);
    expect(kept().map((it) => [it.name, it.contentType])).toEqual([
      ['photo.png', 'image/png'],
      ['a.gif', 'image/gif'],
    ]);
  });

  it('is looked at, whatever it says it is; one that is not base64 is no picture', async () => {
    const session = await start();
    for (const contentUrl of [dataUrl(aFile('html')), 'data:image/png,abc', 'data:image/png;base64', 'data:'])
      expect(await post(session, { attachments: [{ contentUrl }] })).toMatchObject({ status: 415, code: 'UnsupportedMediaType' });
    expect([said(session), kept()]).toEqual([[], []]);
  });

  it('is the only address there is: others are never fetched, words beside them count', async () => {
    const session = await start();
    const attachments = [{ contentType: 'image/png', contentUrl: `${desk.url}/healthz` }, 'odd', { contentUrl: 7 }];
    expect((await post(session, { attachments })).status).toBe(200);
    expect((await post(session, { text: '在这', attachments })).status).toBe(200);
    expect([said(session), kept()]).toEqual([['unreadable/unsupported', '在这'], []]);
  });
});

describe('what is not taken', () => {
  it.each(['exe', 'html', 'svg', 'zip', 'avif'] as const)('%s is refused by its bytes, whatever it is called', async (kind) => {
    const session = await start();
    const bytes = aFile(kind);
    expect(await upload(session, [photo, { name: 'photo.png', bytes, type: 'image/png' }], { type: 'message', text: '看' })).toMatchObject({
      status: 415,
      code: 'UnsupportedMediaType',
    });
    expect([said(session), kept()]).toEqual([[], []]);
  });

  it('a file larger than the limit, one more than a message or than the conversation may have', async () => {
    const session = await start({ uploadBytes: 1_000, filesPerMessage: 2, filesPerConversation: 3 });
    const large = { name: 'a.png', bytes: aFile('png', 1_001) };
    expect(await upload(session, [large])).toMatchObject({ status: 413, code: 'MessageSizeTooBig' });
    expect(await upload(session, [photo, photo, photo])).toMatchObject({ status: 400, code: 'TooManyAttachments' });
    const three = [photo, photo, photo].map(({ bytes }) => ({ contentUrl: dataUrl(bytes) }));
    expect(await post(session, { attachments: three })).toMatchObject({ status: 400, code: 'TooManyAttachments' });
    expect(kept()).toEqual([]);
    const exact = { name: 'a.png', bytes: aFile('png', 1_000) };
    expect((await upload(session, [exact, photo])).status).toBe(200);
    expect(await upload(session, [photo, photo])).toMatchObject({ status: 409, code: 'AttachmentLimitReached' });
    expect((await upload(session, [photo])).status).toBe(200);
    expect(kept()).toHaveLength(3);
    expect((await post(session, { text: '还能打字' })).status).toBe(200);
  });

  it('too many messages: an upload counts as one, and its body is not waited for', async () => {
    const session = await start({ messagesPerConversationPerMinute: 1 });
    expect((await upload(session, [photo])).status).toBe(200);
    expect(await upload(session, [photo])).toMatchObject({ status: 429, code: 'TooManyRequests' });
    expect(kept()).toHaveLength(1);
  });

  it('more than the process has room for at once: later, not never', async () => {
    const session = await start({ uploadBytes: 33_554_432, filesPerMessage: 2 });
    // Bodies of unknown length are let in only while there is room for the largest.
    const slow = () => {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      const request = fetch(`${desk.url}/v3/directline${pathOf(session)}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'image/png' },
        body: readable,
        duplex: 'half',
      } as RequestInit);
      return { answered: request.then((it) => it.status), writer: writable.getWriter() };
    };
    const first = slow();
    await first.writer.write(aFile('png'));
    await expect
      .poll(() => upload(session, [{ name: 'a.png', bytes: aFile('png', 100_000) }]))
      .toMatchObject({ status: 429, retryAfter: '3' });
    await first.writer.close();
    expect(await first.answered).toBe(200);
    expect((await upload(session, [photo])).status).toBe(200);
  });

  it('more than can be cleaned just now: the client is told when to come again, and then it is kept once', async () => {
    const answers: CleanedFile[] = [{ kind: 'busy' }];
    const session = await start({}, { cleanFile: async (_, bytes) => answers.shift() ?? { kind: 'clean', bytes, thumbnail: null } });
    expect(await upload(session, [photo])).toMatchObject({ status: 429, code: 'TooManyRequests', retryAfter: '3' });
    expect(kept()).toEqual([]);
    expect((await upload(session, [photo])).status).toBe(200);
    expect(kept()).toHaveLength(1);
  });

  it.each([
    ['with its length announced', { 'Content-Length': '100000' }, 'x'],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }, '1\r\nx\r\n'],
  ])('a body that drips in %s is answered 408 and its connection cut', async (_, headers, piece) => {
    const session = await start({}, { bodyMilliseconds: 20 });
    const bearer = { Authorization: `Bearer ${session.token}`, 'Content-Type': 'image/png', ...headers };
    const answer = await sendRaw(desk.url, dripping(head('POST', `/v3/directline${pathOf(session)}`, bearer), piece), 10);
    expect(answer.status).toBe(408);
    expect(answer.text).toContain('RequestTimeout');
    expect([said(session), kept()]).toEqual([[], []]);
    expect((await upload(session, [photo])).status).toBe(200);
  });

  it('a store that is away: 503, and nothing is shown to the customer', async () => {
    let away = false;
    const beforeAccept = async () => {
      if (away) throw new Error('the store is away');
    };
    const session = await start({}, { beforeAccept });
    away = true;
    expect(await upload(session, [photo])).toMatchObject({ status: 503, code: 'ServiceUnavailable' });
    away = false;
    expect(await read(session)).toEqual([]);
    expect((await upload(session, [photo])).status).toBe(200);
  });
});

describe('the stock client', () => {
  it('uploads what a customer chose, and is shown it under its own id', async () => {
    await start();
    const { token, conversationId } = (await (
      await fetch(`${desk.url}/v3/directline/tokens/generate`, { method: 'POST' })
    ).json()) as Session;
    // In a browser the file has a blob: address; the client only reads what is there.
    const chosen = aFile('jpeg', 40_000);
    const shelf = createServer((_, response) => response.setHeader('access-control-allow-origin', '*').end(chosen));
    await new Promise<void>((resolve) => shelf.listen(0, '127.0.0.1', resolve));
    const address = shelf.address();
    const contentUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;

    const client = new DirectLine({ token, domain: `${desk.url}/v3/directline` });
    const shown: unknown[] = [];
    client.activity$.subscribe({ next: (activity) => shown.push(activity), error: () => undefined });
    const attachments = ['故障.jpg', '故障.jpg'].map((name) => ({ contentType: 'image/jpeg' as const, contentUrl, name }));
    const id = await new Promise<string>((resolve, reject) =>
      client
        .postActivity({ type: 'message', from: { id: 'me' }, text: '漏水', attachments, channelData: { clientActivityID: 'x1' } } as never)
        .subscribe(resolve, reject),
    );
    expect(said({ conversationId, token })).toEqual(['photos/2 漏水']);
    expect(desk.store.attachments.map((it) => Buffer.compare(it.bytes, chosen))).toEqual([0, 0]);
    await expect
      .poll(() => shown)
      .toContainEqual(
        expect.objectContaining({
          id,
          text: '漏水',
          attachments: kept().map(({ name, contentType }, n) => ({ name, contentType, ...links(n) })),
          channelData: expect.objectContaining({ clientActivityID: 'x1' }),
        }),
      );
    client.end();
    shelf.closeAllConnections();
    await new Promise((resolve) => shelf.close(resolve));
  });
});
