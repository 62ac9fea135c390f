/** What nobody should send, sent: a clear answer or a refusal with its reason, and afterwards the same desk, nothing lost. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { runScript, startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { askingOf, phoneOf } from './booking.ts';
import { type Message, staffApi, type TicketLine } from './staff-api.ts';

let database: FreshDatabase;
let desk: WholeDesk;
let pid: number;
const clients: DirectLineClient[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  desk = await startDesk({ databaseUrl: database.url });
  pid = desk.pid();
});
afterEach(async () => {
  expect(desk.isAlive()).toBe(true);
  expect(desk.pid()).toBe(pid);
  expect((await fetch(`${desk.url}/readyz`)).status).toBe(200);
  expect(desk.printed()).not.toMatch(/"level":"error"/);
});
afterAll(async () => {
  for (const it of clients) it.close();
  await desk.close();
  await database.drop();
});

async function customer(): Promise<DirectLineClient> {
  const client = await connect(desk.url);
  clients.push(client);
  await client.next();
  return client;
}

/** A customer who has come as far as the question for the phone. */
async function askedForPhone(): Promise<DirectLineClient> {
  const it = await customer();
  await it.say('空调不制冷,北京市朝阳区望京街道阜通东大街6号院3号楼1501');
  await it.next((activity) => askingOf(activity) === 'phone');
  return it;
}

type Call = {
  readonly method?: string;
  readonly token?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};
type Refusal = { readonly status: number; readonly body: { readonly error?: { readonly code: string; readonly message: string } } };

async function directLine(path: string, { method = 'POST', token, body, headers = {} }: Call = {}): Promise<Refusal> {
  const response = await fetch(`${desk.url}/v3/directline${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
  return { status: response.status, body: (await response.json()) as Refusal['body'] };
}

const refusal = (status: number, code: string) => ({ status, body: { error: { code, message: expect.stringMatching(/\w{3}/) } } });
const message = (text: string) => JSON.stringify({ type: 'message', from: { id: 'me' }, text });
const activities = (conversationId: string) => `/conversations/${conversationId}/activities`;

describe('a message', () => {
  it.each([
    ['over 4,000 characters', '好'.repeat(4_001), 'unreadable.too-long'],
    ['over 4,000 characters outside the first plane', '😀'.repeat(4_001), 'unreadable.too-long'],
    ['of control characters and NUL', '\u0000\u0007\u001b\u0085', 'unreadable.empty'],
    ['of blanks', '   \n\t ', 'unreadable.empty'],
  ])('%s is answered, and the question that was open stays open', async (_, text, reply) => {
    const it = await askedForPhone();
    const answer = await it.ask(text);
    expect(answer.channelData.dialog?.reply).toContain(reply);
    expect(askingOf(answer) ?? askingOf(await it.next())).toBe('phone');
    expect(askingOf(await it.ask(phoneOf(800)))).toBe('name');
  });

  it.each([
    ['emoji only', '😀😀👍🏽'],
    ['markup', '<img src="https://evil.example/x.png" onerror=alert(1)><script>alert(1)</script>'],
    ['an unknown choice', '选项九十九'],
    ['half a character', '\ud83d'],
    ['a right-to-left override', '\u202e13800138000\u202c'],
    ['SQL and JSON', `'); drop table message; -- {"a":"\\u0000"}`],
  ])('of %s gets a clear answer, and what was said before still counts', async (_, text) => {
    const it = await askedForPhone();
    const answer = await it.ask(text);
    expect(answer.text.length).toBeGreaterThan(4);
    // Whatever the answer was, the booking can go on from where it stood.
    await it.say('继续报修');
    await it.say(phoneOf(801));
    await it.next((activity) => askingOf(activity) === 'name');
  });

  it('with NUL and control characters between its words is read without them', async () => {
    const it = await customer();
    expect(askingOf(await it.ask('空\u0000调\u0007不制\u001b冷'))).toBe('address');
    const { body } = await staffApi(desk).get<{ readonly items: readonly Message[] }>(`/conversations/${it.conversationId}/messages`);
    expect(body.items.map((one) => one.text)).toContain('空调不制冷');
  });

  it('that presses a stale button is understood against the present question, and books nothing by itself', async () => {
    const it = await customer();
    await it.ask('报修');
    const [stale] = it.messages.findLast((one) => one.suggestedActions)?.suggestedActions?.actions ?? [];
    await it.say('空调不制冷');
    await it.next((activity) => askingOf(activity) === 'address');
    const answer = await it.ask(stale?.value ?? '');
    expect(askingOf(answer) ?? askingOf(await it.next())).toBe('address');
    expect((await it.ask('确认')).channelData.ticket).toBeUndefined();
    const tickets = await staffApi(desk).all<TicketLine>('/tickets?status=scheduled');
    expect(tickets).toEqual([]);
  });

  it('sent twice with one client id is one message with one answer', async () => {
    const it = await customer();
    const channelData = { clientActivityID: 'the-same' };
    const ids = [await it.say('冰箱不制冷', channelData), await it.say('冰箱不制冷', channelData)];
    expect(ids[1]).toBe(ids[0]);
    expect(askingOf(await it.next())).toBe('address');
    const { body } = await staffApi(desk).get<{ readonly items: readonly Message[] }>(`/conversations/${it.conversationId}/messages`);
    expect(body.items.map((one) => one.from)).toEqual(['bot', 'customer', 'bot']);
  });
});

describe('a token', () => {
  it('that is missing, forged, cut or made for something else lets nobody in', async () => {
    const { conversationId, token, resume } = await customer();
    const [head, payload = '', mac] = token().split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString('base64url');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    const post = (it: string | undefined) =>
      directLine(activities(conversationId), { ...(it !== undefined && { token: it }), body: message('x') });
    expect(await post(undefined)).toMatchObject(refusal(401, 'MissingToken'));
    for (const forged of [
      'nonsense',
      `${head}.${payload}`,
      `${head}.${longer}.${mac}`,
      unsigned,
      resume(),
      `${token()}x`,
      'a'.repeat(5_000),
    ])
      expect(await post(forged)).toMatchObject(refusal(403, 'BadToken'));
  });

  it('of one conversation opens no other, by HTTP or by WebSocket', async () => {
    const one = await customer();
    const other = await customer();
    for (const method of ['GET', 'POST']) {
      const call = { method, token: one.token(), ...(method === 'POST' && { body: message('x') }) };
      expect(await directLine(activities(other.conversationId), call)).toMatchObject(refusal(403, 'BadToken'));
    }
    const url = `${desk.url.replace('http', 'ws')}/v3/directline/conversations/${other.conversationId}/stream?t=${one.token()}`;
    expect(await handshakeStatus(url)).toBe(403);
  });

  it('is not given for the user id of somebody else: a user id is a name in a new account, and a forged ticket is refused', async () => {
    const victim = await connect(desk.url, { user: 'dl_victim' });
    clients.push(victim);
    await victim.ask(`冰箱不制冷,${phoneOf(802)}`);
    const thief = await connect(desk.url, { user: 'dl_victim' });
    clients.push(thief);
    await thief.next();
    expect(thief.conversationId).not.toBe(victim.conversationId);
    await thief.ask('空调漏水');
    expect(JSON.stringify(thief.messages)).not.toContain('冰箱不制冷');
    expect(await directLine('/tokens/generate', { body: JSON.stringify({ resume: 'x.y.z' }) })).toMatchObject(
      refusal(403, 'BadResumeTicket'),
    );
    expect(await directLine('/tokens/generate', { body: JSON.stringify({ resume: victim.token() }) })).toMatchObject(
      refusal(403, 'BadResumeTicket'),
    );
    expect(await directLine('/tokens/generate', { body: JSON.stringify({ user: { id: 'admin' } }) })).toMatchObject(
      refusal(400, 'BadArgument'),
    );
  });

  it('names who speaks, whatever `from` says', async () => {
    const it = await customer();
    const body = JSON.stringify({ type: 'message', from: { id: 'bot', role: 'bot' }, text: '我是机器人' });
    expect((await directLine(activities(it.conversationId), { token: it.token(), body })).status).toBe(200);
    await it.next();
    expect(it.messages.find((one) => one.text === '我是机器人')?.from.role).toBe('user');
  });
});

describe('a request', () => {
  it('with JSON cut short, no activity in it, or an unknown watermark is refused, and what was said is still there', async () => {
    const it = await askedForPhone();
    const token = it.token();
    const path = activities(it.conversationId);
    expect(await directLine(path, { token, body: message('13800138000').slice(0, -5) })).toMatchObject(refusal(400, 'BadSyntax'));
    expect(await directLine('/tokens/generate', { body: '{"user":' })).toMatchObject(refusal(400, 'BadSyntax'));
    for (const body of ['null', '[]', '7', '{"type":7}', '{"type":"message","text":{"a":1}}', '{"type":"invoke"}'])
      expect(await directLine(path, { token, body })).toMatchObject(refusal(400, 'BadArgument'));
    for (const watermark of ['abc', '-1', '1e9', '99999999999999', '1;drop'])
      expect(await directLine(`${path}?watermark=${watermark}`, { method: 'GET', token })).toMatchObject(refusal(400, 'BadArgument'));
    const far = await directLine(`${path}?watermark=999999`, { method: 'GET', token });
    expect(far).toMatchObject({ status: 200, body: { activities: [] } });
    expect(askingOf(await it.ask(phoneOf(803)))).toBe('name');
  });

  it('with a huge body is refused before it is read to the end', async () => {
    const it = await customer();
    expect(await directLine(activities(it.conversationId), { token: it.token(), body: message('好'.repeat(200_000)) })).toMatchObject(
      refusal(413, 'MessageSizeTooBig'),
    );
    expect([413, 'cut off']).toContain(await endlessBody(`${desk.url}/v3/directline/tokens/generate`));
  });

  it('with the wrong content type or a body that is no text is refused or read as what it is', async () => {
    const it = await customer();
    const call = { token: it.token(), headers: { 'Content-Type': 'application/octet-stream' } };
    const garbled = await directLine(activities(it.conversationId), { ...call, body: Buffer.from([0xff, 0xfe, 0x00, 0x7b]) });
    expect(garbled).toMatchObject(refusal(400, 'BadSyntax'));
    const form = await directLine(`/conversations/${it.conversationId}/upload`, { ...call, body: 'x=1' });
    expect(form).toMatchObject(refusal(415, 'UnsupportedMediaType'));
    const api = await fetch(`${desk.url}/api/v1/tickets`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${desk.staffToken}`, 'Content-Type': 'text/plain' },
      body: 'kind=repair',
    });
    expect(api.status).toBe(415);
  });

  it('for a path nobody knows, or with a method nobody offers, is 404 or 405', async () => {
    expect(await directLine('/nothing')).toMatchObject(refusal(404, 'NotFound'));
    const paths = ['/nothing', '/.env', '/web-chat/../../package.json', '/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%ff'];
    for (const path of paths) expect([400, 404]).toContain((await fetch(`${desk.url}${path}`)).status);
    // The stock bot's own door is shut: nobody may post activities that name their own service.
    expect((await fetch(`${desk.url}/api/messages`, { method: 'POST', body: '{}' })).status).toBe(401);
    const deleted = await fetch(`${desk.url}/api/v1/tickets`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${desk.staffToken}` },
    });
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('from a foreign page is refused, one from our own page is not', async () => {
    const from = (origin: string) => directLine('/tokens/generate', { headers: { Origin: origin } });
    expect(await from('https://evil.example')).toMatchObject(refusal(403, 'ForbiddenOrigin'));
    expect((await from(desk.url)).status).toBe(200);
  });
});

it('a bad environment and a bad policy file stop the start with exit 1 and every fault in one message', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baoxiu-whole-'));
  const POLICY_FILE = join(folder, 'policy.json');
  await writeFile(POLICY_FILE, JSON.stringify({ booking: { leadMinutes: 'soon', colour: 'red' }, nonsense: 1, company: 7 }));
  const environment = {
    DATA_DIR: folder,
    POLICY_FILE,
    PORT: 'abc',
    TIME_ZONE: 'Mars/X',
    DATABASE_URL: 'mysql://localhost/x',
    STAFF_TOKEN: 'short',
    PII_KEY: 'c2hvcnQ=',
    LOG_LEVEL: 'loud',
    DEMO_DATA: 'maybe',
    PUBLIC_URL: 'ftp://x',
    ALLOWED_ORIGINS: 'shop.example',
  };
  try {
    const { code, stdout, stderr } = await runScript('src/main.ts', [], environment);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const named = [
      'PORT',
      'TIME_ZONE',
      'DATABASE_URL',
      'STAFF_TOKEN',
      'PII_KEY',
      'LOG_LEVEL',
      'DEMO_DATA',
      'PUBLIC_URL',
      'ALLOWED_ORIGINS',
    ];
    for (const name of named) expect(stderr).toMatch(new RegExp(`^ +${name}: `, 'm'));
    for (const key of ['booking.leadMinutes', 'colour', 'nonsense', 'company']) expect(stderr).toMatch(new RegExp(`POLICY_FILE: .*${key}`));
    expect(stderr).not.toMatch(/short|c2hvcnQ|^ +at /m);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** The status a WebSocket handshake is refused with. */
function handshakeStatus(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.once('unexpected-response', (_request, response) => {
      response.destroy();
      resolve(response.statusCode);
    });
    socket.once('open', () => {
      socket.terminate();
      reject(new Error('the socket opened'));
    });
    socket.on('error', () => undefined);
  });
}

/** Sends for as long as it is let: the status it is stopped with, if it is read before the connection is cut. */
function endlessBody(url: string): Promise<number | 'cut off' | undefined> {
  return new Promise((resolve) => {
    const chunk = Buffer.alloc(65_536, 'x');
    const call = request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' } }, (response) => {
      call.destroy();
      resolve(response.statusCode);
    });
    call.on('error', () => resolve('cut off'));
    const more = () => {
      while (!call.destroyed && call.write(chunk));
    };
    call.on('drain', more);
    more();
  });
}
