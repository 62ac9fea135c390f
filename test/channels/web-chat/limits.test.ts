import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/policy.ts';
import type { LoggedMessage } from '../../../src/turn/message.ts';
import { connect, type DirectLineClient } from '../../support/direct-line-client.ts';
import { type DeskOptions, type MemoryDesk, startMemoryDesk, textOf } from './memory-desk.ts';
import { dripping, head, sendRaw } from './raw-request.ts';

const NOON = Date.UTC(2026, 10, 20, 4);

let desk: MemoryDesk;
const sockets: WebSocket[] = [];
const clients: DirectLineClient[] = [];
afterEach(async () => {
  for (const it of clients.splice(0)) it.close();
  for (const it of sockets.splice(0)) it.terminate();
  await desk.stop();
});

type Session = { readonly conversationId: string; readonly token: string; readonly resume: string; readonly streamUrl: string };
type Answer = { readonly status: number; readonly code: string | null; readonly retryAfter: number | null; readonly body: Session };

const start = async (limits: Partial<Policy['limits']>, options: DeskOptions = {}) => {
  desk = await startMemoryDesk({ answer: () => null, ...options, limits: { ...DEFAULT_POLICY.limits, ...limits } });
  desk.setNow(NOON);
};

async function call(method: string, path: string, { token = '', body = '', from = '' } = {}): Promise<Answer> {
  const response = await fetch(`${desk.url}/v3/directline${path}`, {
    method,
    headers: { ...(token !== '' && { Authorization: `Bearer ${token}` }), ...(from !== '' && { 'X-Forwarded-For': from }) },
    ...(method !== 'GET' && { body }),
  });
  const text = (await response.json()) as { readonly error?: { readonly code: string } };
  const retryAfter = response.headers.get('retry-after');
  return {
    status: response.status,
    code: text.error?.code ?? null,
    retryAfter: retryAfter === null ? null : Number(retryAfter),
    body: text as unknown as Session,
  };
}

const generate = (from = '', body = '') => call('POST', '/tokens/generate', { from, body });
const open = ({ token }: Session, from = '') => call('POST', '/conversations', { token, from });
const begin = async (from = ''): Promise<Session> => (await open((await generate(from)).body, from)).body;
const say = ({ conversationId, token }: Session, text: string, from = '', channelData = {}) =>
  call('POST', `/conversations/${conversationId}/activities`, {
    token,
    from,
    body: JSON.stringify({ type: 'message', text, channelData }),
  });
const read = ({ conversationId, token }: Session) => call('GET', `/conversations/${conversationId}/activities`, { token });
const textsOf = ({ conversationId }: Session) => desk.log(conversationId).map(textOf);
const tooMany = (retryAfter: unknown = expect.any(Number)) => expect.objectContaining({ status: 429, code: 'TooManyRequests', retryAfter });

describe('messages', () => {
  it('are limited by conversation: 429 says when, nothing is kept, and the same message goes through later', async () => {
    await start({ messagesPerConversationPerMinute: 2 });
    const [session, other] = [await begin(), await begin()];
    for (const text of ['一', '二']) expect((await say(session, text)).status).toBe(200);
    expect(await say(session, '三', '', { clientActivityID: 'third' })).toEqual(tooMany(30));
    expect((await say(other, '一')).status).toBe(200);
    expect(textsOf(session)).toEqual(['conversation-started', '一', '二', 'messages-refused']);
    desk.setNow(NOON + 30_000);
    expect((await say(session, '三', '', { clientActivityID: 'third' })).status).toBe(200);
    expect(textsOf(session).at(-1)).toBe('三');
  });

  it('are limited by account and by address; another address is not touched', async () => {
    await start({ messagesPerAccountPerMinute: 2, messagesPerAddressPerMinute: 3, trustedProxies: 1 });
    const [session, neighbour, stranger] = [await begin('1.1.1.1'), await begin('1.1.1.1'), await begin('2.2.2.2')];
    expect((await say(session, '一', '1.1.1.1')).status).toBe(200);
    expect((await say(session, '二', '1.1.1.1')).status).toBe(200);
    expect(await say(session, '三', '1.1.1.1')).toEqual(tooMany(30));
    expect((await say(neighbour, '一', '1.1.1.1')).status).toBe(200);
    expect(await say(neighbour, '二', '1.1.1.1')).toEqual(tooMany(20));
    expect((await say(stranger, '一', '2.2.2.2')).status).toBe(200);
  });

  it('that were refused are told of once a minute, however many they were', async () => {
    const turned: string[] = [];
    const answer = (row: LoggedMessage) => {
      turned.push(textOf(row));
      return { text: '请慢一点' };
    };
    await start({ messagesPerConversationPerMinute: 1 }, { answer });
    const session = await begin();
    await say(session, '一');
    const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => say(session, `快${index}`)));
    expect(answers.every((it) => it.status === 429 && (it.retryAfter ?? 0) >= 1)).toBe(true);
    const refusals = () => desk.log(session.conversationId).filter((row) => textOf(row) === 'messages-refused');
    expect(refusals().map((row) => [row.channelMessageId, row.from])).toEqual([
      [`refused:${session.conversationId}:${NOON / 60_000}`, 'system'],
    ]);
    expect(turned.filter((it) => it === 'messages-refused')).toHaveLength(1);
    desk.setNow(NOON + 60_000);
    await say(session, '二');
    await say(session, '三');
    expect(refusals()).toHaveLength(2);
  });

  it('that were refused are not told of to a conversation that nobody has opened', async () => {
    await start({ messagesPerAddressPerMinute: 1 });
    const session = await begin();
    await say(session, '一');
    const unopened = (await generate()).body;
    expect(await say(unopened, '二')).toEqual(tooMany(60));
    expect(desk.store.conversations.size).toBe(1);
  });

  it('of an upload count like any other', async () => {
    await start({ messagesPerConversationPerMinute: 1 });
    const session = await begin();
    const upload = async () => {
      const form = new FormData();
      form.set('activity', new Blob([JSON.stringify({ type: 'message', text: '看图' })]));
      const path = `/conversations/${session.conversationId}/upload`;
      const headers = { Authorization: `Bearer ${session.token}` };
      return (await fetch(`${desk.url}/v3/directline${path}`, { method: 'POST', headers, body: form })).status;
    };
    expect([await upload(), await upload()]).toEqual([200, 429]);
  });
});

describe('calls', () => {
  it('are limited by conversation: who polls too fast waits, others do not', async () => {
    await start({ callsPerConversationPerMinute: 3 });
    const [session, other] = [await begin(), await begin()];
    expect([(await read(session)).status, (await read(session)).status]).toEqual([200, 200]);
    expect(await read(session)).toEqual(tooMany(20));
    expect((await read(other)).status).toBe(200);
  });

  it('that open are limited by themselves: polling goes on', async () => {
    await start({ opensPerConversationPerMinute: 2 });
    const session = await begin();
    const refresh = () => call('POST', '/tokens/refresh', { token: session.token });
    expect((await refresh()).status).toBe(200);
    expect(await refresh()).toEqual(tooMany(30));
    expect(await open(session)).toEqual(tooMany(30));
    expect(await knock(session.streamUrl)).toEqual({ status: 429, retryAfter: '30' });
    expect((await read(session)).status).toBe(200);
  });
});

describe('an address', () => {
  it('gets so many tokens a minute: the socket’s, whatever a header says', async () => {
    await start({ tokensPerAddressPerMinute: 2 });
    expect([(await generate('1.1.1.1')).status, (await generate('2.2.2.2')).status]).toEqual([200, 200]);
    expect(await generate('3.3.3.3')).toEqual(tooMany(30));
  });

  it('is the one a trusted proxy saw', async () => {
    await start({ tokensPerAddressPerMinute: 1, trustedProxies: ['127.0.0.0/8'] });
    expect((await generate('6.6.6.6, 1.1.1.1')).status).toBe(200);
    expect(await generate('7.7.7.7, 1.1.1.1')).toEqual(tooMany(60));
    expect((await generate('2.2.2.2')).status).toBe(200);
  });

  it('opens so many new conversations a minute; those that are there are opened again', async () => {
    await start({ newConversationsPerAddressPerMinute: 1 });
    const first = await begin();
    const second = (await generate()).body;
    expect(await open(second)).toEqual(tooMany(60));
    expect(await say(second, '绕过去')).toEqual(tooMany(60));
    expect(desk.store.conversations.size).toBe(1);
    expect((await open(first)).status).toBe(200);
    desk.setNow(NOON + 60_000);
    // What is there already takes nothing from what is new.
    for (let again = 0; again < 3; again++) expect((await open(first)).status).toBe(200);
    const third = (await generate()).body;
    expect((await Promise.all([open(second), open(third)])).map((it) => it.status).sort()).toEqual([201, 429]);
  });
});

describe('a body', () => {
  const limits = { bodyMilliseconds: 60 };
  const post = (path: string, { token }: Session, headers: Record<string, string>) =>
    head('POST', `/v3/directline${path}`, { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers });

  it.each([
    ['with its length announced', { 'Content-Length': '100000' }, 'x'],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }, '1\r\nx\r\n'],
  ])('that drips in %s is answered 408 and its connection cut', async (_, headers, piece) => {
    await start({}, limits);
    const session = await begin();
    const path = `/conversations/${session.conversationId}/activities`;
    const answer = await sendRaw(desk.url, dripping(post(path, session, headers), piece), 10);
    expect(answer.status).toBe(408);
    expect(answer.text).toContain('RequestTimeout');
    expect(textsOf(session)).toEqual(['conversation-started']);
    expect((await say(session, '还在')).status).toBe(200);
  });

  it.each(['/tokens/generate', '/conversations', '/conversations/ID/activities', '/conversations/ID/upload'])(
    'too large for %s is 413, announced or not',
    async (route) => {
      await start({});
      const session = await begin();
      const path = route.replace('ID', session.conversationId);
      const announced = await sendRaw(desk.url, [post(path, session, { 'Content-Length': '99000000' })]);
      expect([announced.status, announced.text.includes('MessageSizeTooBig')]).toEqual([413, true]);
      const piece = 'x'.repeat(65_536);
      const endless = await sendRaw(
        desk.url,
        dripping(post(path, session, { 'Transfer-Encoding': 'chunked' }), `10000\r\n${piece}\r\n`),
        1,
      );
      expect([413, 'cut']).toContain(endless.status);
      expect(textsOf(session)).toEqual(['conversation-started']);
    },
  );

  it('whose sender goes away halfway leaves nothing behind', async () => {
    await start({});
    const session = await begin();
    const path = `/conversations/${session.conversationId}/activities`;
    const response = fetch(`${desk.url}/v3/directline${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${session.token}` },
      body: new ReadableStream({ start: (it) => it.enqueue(new TextEncoder().encode('{"type":"mess')) }),
      signal: AbortSignal.timeout(50),
      duplex: 'half',
    } as RequestInit);
    await expect(response).rejects.toThrow();
    expect((await say(session, '下一条')).status).toBe(200);
    expect(textsOf(session)).toEqual(['conversation-started', '下一条']);
  });
});

describe('streams', () => {
  const listen = async (url: string) => {
    const socket = new WebSocket(url);
    sockets.push(socket);
    await once(socket, 'open');
    return socket;
  };
  const closeOf = async (socket: WebSocket) => Number((await once(socket, 'close'))[0]);

  it('beyond an address’s share are closed with 1013', async () => {
    const refused: string[] = [];
    await start({ streamsPerAddress: 2 }, { streamRefused: (why) => refused.push(why) });
    for (let count = 0; count < 2; count++) await listen((await begin()).streamUrl);
    const third = await listen((await begin()).streamUrl);
    expect(await closeOf(third)).toBe(1013);
    expect([refused, desk.webChat.streamsOpen()]).toEqual([['address-full'], 2]);
  });

  it('whose client sends a frame that is too large, or too many frames, are closed with 1009 and 1008', async () => {
    await start({ framesPerStreamPerMinute: 10 });
    const session = await begin();
    const large = await listen(session.streamUrl);
    large.send('x'.repeat(20_000));
    expect(await closeOf(large)).toBe(1009);
    const flooding = await listen(session.streamUrl);
    for (let frame = 0; frame < 50; frame++) flooding.send('');
    expect(await closeOf(flooding)).toBe(1008);
    await expect.poll(() => desk.webChat.streamsOpen()).toBe(0);
    await listen(session.streamUrl);
  });
});

describe('a flood', () => {
  it('of one customer is refused, and twenty others get every answer', { timeout: 60_000 }, async () => {
    desk = await startMemoryDesk();
    const flooder = await begin();
    let flooding = true;
    const statuses = new Map<number, number>();
    const flood = async (lane: number) => {
      for (let count = 0; flooding; count++) {
        const call = count % 2 === 0 ? say(flooder, `洪水${lane}-${count}`) : read(flooder);
        const { status } = await call;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    const lanes = Array.from({ length: 8 }, (_, lane) => flood(lane));
    const heard = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const client = await connect(desk.url);
        clients.push(client);
        await client.next(undefined, 30_000);
        const answers: string[] = [];
        for (let turn = 0; turn < 15; turn++) answers.push((await client.ask(`${index}-${turn}`, 30_000)).text);
        return answers;
      }),
    );
    flooding = false;
    await Promise.all(lanes);
    for (const [index, answers] of heard.entries())
      expect(answers).toEqual(Array.from({ length: 15 }, (_, turn) => `收到:${index}-${turn}`));
    // What got through of the flood is what one customer may say and no more; the rest was refused, never failed.
    const taken = desk.log(flooder.conversationId).filter((row) => row.from === 'customer').length;
    expect(taken).toBeLessThanOrEqual(2 * DEFAULT_POLICY.limits.messagesPerConversationPerMinute);
    expect([...statuses.keys()].sort()).toEqual([200, 429]);
    expect(statuses.get(429)).toBeGreaterThan(0);
    expect(desk.log(flooder.conversationId).filter((row) => textOf(row) === 'messages-refused').length).toBeLessThanOrEqual(2);
  });
});

/** A WebSocket handshake that is refused: how. */
function knock(url: string): Promise<{ readonly status: number | undefined; readonly retryAfter: string | undefined }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.on('error', () => undefined);
    socket.once('unexpected-response', (_request, response) => {
      response.destroy();
      resolve({ status: response.statusCode, retryAfter: response.headers['retry-after'] });
    });
  });
}
