import { afterEach, describe, expect, it } from 'vitest';
import { type DeskOptions, type MemoryDesk, startMemoryDesk, textOf } from './memory-desk.ts';

let desk: MemoryDesk;
afterEach(() => desk.stop());

type Answer = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };

const call = async (
  method: string,
  path: string,
  options: { token?: string; body?: string | FormData; headers?: Record<string, string> } = {},
): Promise<Answer> => {
  const response = await fetch(`${desk.url}/v3/directline${path}`, {
    method,
    headers: {
      ...(typeof options.body === 'string' && { 'Content-Type': 'application/json' }),
      ...(options.token !== undefined && { Authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(options.body !== undefined && { body: options.body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
};

type Session = { readonly conversationId: string; readonly token: string; readonly resume: string; readonly streamUrl: string };

const begin = async (body: unknown = {}): Promise<Session> => {
  const generated = await call('POST', '/tokens/generate', { body: JSON.stringify(body) });
  return (await call('POST', '/conversations', { token: String(generated.body['token']) })).body as unknown as Session;
};

const post = ({ conversationId, token }: Session, activity: unknown) =>
  call('POST', `/conversations/${conversationId}/activities`, { token, body: JSON.stringify(activity) });
const say = (session: Session, text: string, channelData?: object) => post(session, { type: 'message', text, channelData });
const read = ({ conversationId, token }: Session, watermark = '') =>
  call('GET', `/conversations/${conversationId}/activities?watermark=${watermark}`, { token });
const textsIn = (answer: Answer) => (answer.body['activities'] as { text: string }[]).map((it) => it.text);
const codeOf = (answer: Answer) => (answer.body['error'] as { code: string }).code;

const silent = { answer: () => null };
const open = async (options: DeskOptions = silent) => {
  desk = await startMemoryDesk(options);
  return begin();
};

describe('a session', () => {
  it('is begun without a secret, started 201, then 200, and greeted once', async () => {
    desk = await startMemoryDesk(silent);
    const generated = await call('POST', '/tokens/generate');
    expect(generated).toMatchObject({
      status: 200,
      body: {
        conversationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        token: expect.any(String),
        expires_in: 3_600,
        resume: expect.any(String),
      },
    });
    const token = String(generated.body['token']);
    expect((await call('POST', '/conversations', { token })).status).toBe(201);
    expect((await call('POST', '/conversations', { token })).status).toBe(200);
    const log = desk.log(String(generated.body['conversationId']));
    expect(log.map((row) => [row.channelMessageId, textOf(row)])).toEqual([
      [`start:${generated.body['conversationId']}`, 'conversation-started'],
    ]);
  });

  it('begins a new account for every browser, whatever name it gives', async () => {
    desk = await startMemoryDesk(silent);
    const alice = await begin({ user: { id: 'dl_alice' } });
    const other = await begin({ user: { id: 'dl_alice' } });
    expect(alice.conversationId).not.toBe(other.conversationId);
    const accounts = [...desk.store.conversations.values()].map((it) => it.externalId);
    expect(new Set(accounts).size).toBe(2);
    expect(accounts.join()).not.toContain('alice');
    await say(alice, '只有我能看到');
    expect(textsIn(await read(other))).toEqual([]);
  });

  it('refuses a user id that could be somebody’s', async () => {
    desk = await startMemoryDesk(silent);
    for (const id of ['alice', '', 'dl_', `dl_${'x'.repeat(65)}`, 'dl_a\u0000']) {
      const answer = await call('POST', '/tokens/generate', { body: JSON.stringify({ user: { id } }) });
      expect([id, answer.status, codeOf(answer)]).toEqual([id, 400, 'BadArgument']);
    }
  });

  it('is resumed by our ticket and by nothing else', async () => {
    const session = await open();
    await say(session, '昨天说的');
    desk.setNow(Date.now() + 40 * 24 * 3_600_000);
    const resumed = await begin({ resume: session.resume, user: { id: 'dl_mallory' } });
    expect(resumed.conversationId).toBe(session.conversationId);
    expect(textsIn(await read(resumed))).toEqual(['昨天说的']);
    expect(JSON.stringify((await read(resumed)).body)).not.toContain('mallory');

    for (const resume of [session.token, `${session.resume}x`, 'nonsense']) {
      const answer = await call('POST', '/tokens/generate', { body: JSON.stringify({ resume }) });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'BadResumeTicket']);
    }
  });

  it('is prolonged by refresh, and ends with TokenExpired', async () => {
    const start = Date.now();
    const session = await open();
    desk.setNow(start + 50 * 60_000);
    const refreshed = await call('POST', '/tokens/refresh', { token: session.token });
    expect(refreshed).toMatchObject({
      status: 200,
      body: { conversationId: session.conversationId, token: expect.any(String), resume: expect.any(String) },
    });
    desk.setNow(start + 70 * 60_000);
    const late = await read(session);
    expect([late.status, codeOf(late)]).toEqual([403, 'TokenExpired']);
    expect((await read({ ...session, token: String(refreshed.body['token']) })).status).toBe(200);
  });
});

describe('a token', () => {
  it('is asked for, and must be ours, of this kind and for this conversation', async () => {
    const session = await open();
    const other = await begin();
    const path = `/conversations/${session.conversationId}/activities`;
    const stream = new URL(session.streamUrl).searchParams.get('t') ?? '';
    expect(await call('GET', path).then((it) => [it.status, codeOf(it)])).toEqual([401, 'MissingToken']);
    for (const token of ['nonsense', `${session.token.slice(0, -2)}AA`, session.resume, stream, other.token]) {
      for (const method of ['GET', 'POST'] as const) {
        const answer = await call(method, path, { token, ...(method === 'POST' && { body: '{"type":"message","text":"x"}' }) });
        expect([answer.status, codeOf(answer)]).toEqual([403, 'BadToken']);
      }
    }
    expect(desk.log(session.conversationId)).toHaveLength(1);
  });
});

describe('a message', () => {
  it('is durable before it is answered, with the id it has on the stream', async () => {
    const session = await open();
    const answer = await say(session, '空调不制冷', { clientActivityID: 'c1' });
    expect(answer).toMatchObject({ status: 200, body: { id: `${session.conversationId}|0000002` } });
    expect(desk.log(session.conversationId).at(-1)).toMatchObject({
      from: 'customer',
      channelMessageId: `${session.conversationId}:c1`,
      body: { kind: 'text', text: '空调不制冷' },
    });
    expect((await read(session)).body['activities']).toMatchObject([{ id: answer.body['id'], channelData: { clientActivityID: 'c1' } }]);
  });

  it('sent again is one message with one id', async () => {
    const session = await open();
    const first = await say(session, '一次', { clientActivityID: 'same' });
    const again = await Promise.all([1, 2, 3].map(() => say(session, '一次', { clientActivityID: 'same' })));
    expect(again.map((it) => it.body['id'])).toEqual([first.body['id'], first.body['id'], first.body['id']]);
    expect(textsIn(await read(session))).toEqual(['一次']);
  });

  it('is from the bearer of the token, whoever it says it is', async () => {
    desk = await startMemoryDesk(silent);
    const session = await begin({ user: { id: 'dl_me' } });
    await post(session, { type: 'message', text: '我是客服', from: { id: 'staff', name: '客服', role: 'bot' } });
    expect((await read(session)).body['activities']).toMatchObject([{ text: '我是客服', from: { id: 'dl_me', role: 'user' } }]);
  });

  it('too long or empty is taken and left to the bot to answer', async () => {
    const session = await open({});
    expect((await say(session, '修'.repeat(4_001))).status).toBe(200);
    expect((await say(session, ' \u0000 ')).status).toBe(200);
    await expect
      .poll(async () => textsIn(await read(session)))
      .toEqual(expect.arrayContaining(['收到:unreadable/too-long', '收到:unreadable/empty']));
  });

  it('cut off, of the wrong shape or huge is refused with a reason', async () => {
    const session = await open();
    const path = `/conversations/${session.conversationId}/activities`;
    const cut = await call('POST', path, { token: session.token, body: '{"type":"message","te' });
    expect([cut.status, codeOf(cut)]).toEqual([400, 'BadSyntax']);
    for (const body of [[], 'x', { type: 'bogus' }, { text: 'no type' }]) expect([(await post(session, body)).status]).toEqual([400]);
    const huge = await say(session, 'x'.repeat(262_144));
    expect([huge.status, codeOf(huge)]).toEqual([413, 'MessageSizeTooBig']);
    const hugeToken = await call('POST', '/tokens/generate', { body: JSON.stringify({ pad: 'x'.repeat(300_000) }) });
    expect(hugeToken.status).toBe(413);
    expect(desk.log(session.conversationId)).toHaveLength(1);
    expect((await say(session, '还在')).status).toBe(200);
  });

  it('that is only typing is answered and forgotten', async () => {
    const session = await open();
    expect((await post(session, { type: 'typing' })).status).toBe(200);
    expect((await post(session, { type: 'conversationUpdate' })).status).toBe(200);
    expect(desk.log(session.conversationId)).toHaveLength(1);
  });

  it('opens the conversation when the client skipped the start', async () => {
    desk = await startMemoryDesk(silent);
    const session = (await call('POST', '/tokens/generate')).body as unknown as Session;
    expect((await say(session, '你好')).status).toBe(200);
    expect(desk.log(session.conversationId).map(textOf)).toEqual(['conversation-started', '你好']);
  });

  it('finds the store away: 503, try again, nothing claimed', async () => {
    let away = false;
    const session = await open({
      ...silent,
      beforeAccept: async () => {
        if (away) throw new Error('the store is away');
      },
    });
    away = true;
    const refused = await say(session, '在吗', { clientActivityID: 'x' });
    expect([refused.status, codeOf(refused), refused.headers.get('retry-after')]).toEqual([503, 'ServiceUnavailable', '2']);
    expect(JSON.stringify(refused.body)).not.toContain('store is away');
    away = false;
    expect((await say(session, '在吗', { clientActivityID: 'x' })).status).toBe(200);
  });
});

describe('the log by watermark', () => {
  it('is read from the start, or on from where the client was', async () => {
    const session = await open({});
    await say(session, '一');
    await expect.poll(async () => textsIn(await read(session))).toHaveLength(3);
    const all = await read(session, '-');
    expect(textsIn(all)).toEqual(['您好,这里是报修助手。', '一', '收到:一']);
    const watermark = String(all.body['watermark']);
    expect((await read(session, watermark)).body).toEqual({ activities: [], watermark });
    await say(session, '二');
    await expect.poll(async () => textsIn(await read(session, watermark))).toEqual(['二', '收到:二']);
  });

  it('marks what it hands over as delivered', async () => {
    const session = await open({});
    await expect.poll(() => desk.log(session.conversationId).at(-1)?.delivery).toBe('waiting');
    await read(session);
    await expect.poll(() => desk.log(session.conversationId).at(-1)?.delivery).toBe('delivered');
  });

  it.each(['abc', '-5', '1e3', '%00'])('refuses the watermark %s', async (watermark) => {
    const session = await open();
    expect((await read(session, watermark)).status).toBe(400);
    expect((await call('GET', `/conversations/${session.conversationId}?watermark=${watermark}`, { token: session.token })).status).toBe(
      400,
    );
  });
});

describe('origins', () => {
  const generate = (headers: Record<string, string>, method = 'POST') => call(method, '/tokens/generate', { headers });

  it('no browser, our own page, our public name and the shops on the list are let in; others are not', async () => {
    desk = await startMemoryDesk({ allowedOrigins: ['https://shop.example'], publicUrl: 'https://desk.example' });
    for (const origin of [desk.url, 'https://shop.example', 'https://desk.example']) {
      const answer = await generate({ Origin: origin });
      expect([origin, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([origin, 200, origin]);
    }
    expect((await generate({})).headers.get('access-control-allow-origin')).toBeNull();
    for (const origin of ['https://evil.example', 'null', 'https://shop.example.evil.example', 'http://shop.example', 'not a url']) {
      const answer = await generate({ Origin: origin });
      expect([origin, answer.status, codeOf(answer), answer.headers.get('access-control-allow-origin')]).toEqual([
        origin,
        403,
        'ForbiddenOrigin',
        null,
      ]);
    }
  });

  it('answers the preflight of an allowed shop only', async () => {
    desk = await startMemoryDesk({ allowedOrigins: ['https://shop.example'] });
    const asking = {
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,x-ms-bot-agent',
    };
    const shop = await generate({ Origin: 'https://shop.example', ...asking }, 'OPTIONS');
    expect(shop.status).toBe(204);
    expect(shop.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-ms-bot-agent');
    expect((await generate({ Origin: 'https://evil.example', ...asking }, 'OPTIONS')).status).toBe(403);
  });

  it('names the stream by the address the customer used', async () => {
    desk = await startMemoryDesk({ publicUrl: 'https://desk.example', ...silent });
    const { token } = (await call('POST', '/tokens/generate')).body as unknown as Session;
    const streamUrlFor = async (headers: Record<string, string>) =>
      String((await call('POST', '/conversations', { token, headers })).body['streamUrl']);
    expect(await streamUrlFor({})).toMatch(`ws://${new URL(desk.url).host}/v3/directline/conversations/`);
    expect(await streamUrlFor({ 'X-Forwarded-Proto': 'https' })).toMatch(/^wss:\/\/127\.0\.0\.1/);
    expect(await streamUrlFor({ Origin: 'https://desk.example' })).toMatch(/^wss:\/\/desk\.example\/v3/);
  });
});

it('has no /api/messages and names unknown paths as such', async () => {
  const session = await open();
  expect((await fetch(`${desk.url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(404);
  const unknown = await call('GET', '/nothing/here', { token: session.token });
  expect([unknown.status, codeOf(unknown)]).toEqual([404, 'NotFound']);
});
