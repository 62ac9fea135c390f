import { once } from 'node:events';
import { type AddressInfo, connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebChat, type WebChat } from '../../src/channels/web-chat/web-chat.ts';
import { createDesk, type Desk } from '../../src/desk/desk.ts';
import { hashToken } from '../../src/desk/staff.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { createCleanFile } from '../../src/files/clean-file.ts';
import { deskStore } from '../../src/store/desk/desk-store.ts';
import { onceKeys } from '../../src/store/desk/once.ts';
import { admitAdministrator } from '../../src/store/desk/staff.ts';
import type { Store } from '../../src/store/open-store.ts';
import { storeFiguresOn, storeStateOn } from '../../src/store/store-figures.ts';
import { createMetrics } from '../../src/traffic/metrics.ts';
import { watchProcess } from '../../src/traffic/process-figures.ts';
import { isStoreAway } from '../../src/turn/store-away.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { plainReading, ZONE } from '../desk/a-desk.ts';
import { NOON } from '../store/a-turn.ts';
import { type FreshDatabase, freshDatabase, newId, openTestStore } from '../support/database.ts';

/** What stands between the desk and its database: open, shut as when the server is stopped, or silent as when a cable is cut. */
class Gate {
  state: 'open' | 'shut' | 'silent' = 'open';
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(target: URL) {
    this.#server = createServer((near) => {
      this.#sockets.add(near);
      near.on('error', () => undefined).once('close', () => this.#sockets.delete(near));
      if (this.state === 'shut') return near.destroy();
      const far = connectTo(Number(target.port), target.hostname);
      far.on('error', () => near.destroy()).once('close', () => near.destroy());
      near.once('close', () => far.destroy());
      far.on('data', (chunk) => this.state === 'open' && near.write(chunk));
      return near.on('data', (chunk) => this.state === 'open' && far.write(chunk));
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  shut(): void {
    this.state = 'shut';
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.shut();
    this.#server.close();
  }
}

const TOKEN = 'token-of-the-administrator';

let database: FreshDatabase;
let gate: Gate;
let store: Store;
let url: string;
let stop: () => Promise<void>;
let now = 0;
const failures: unknown[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  gate = new Gate(new URL(database.url));
  const through = new URL(database.url);
  through.hostname = '127.0.0.1';
  through.port = String(await gate.listen());
  store = await openTestStore({ url: through.href });
  await admitAdministrator(store, { id: newId(), name: '管理员', tokenHash: hashToken(TOKEN), at: NOON });
  const metrics = createMetrics({ now: () => now, readProcess: watchProcess(), storeMilliseconds: 100 });
  metrics.readStore(storeFiguresOn(store.pool));
  const storeState = storeStateOn(store.pool);
  const chat = chatOn(store);
  const app = createWeb({
    desk: deskOn(store),
    once: onceKeys(store),
    ready: () => ({ store: storeState(), sweep: 'ready' }),
    mount: (it) => it.route('/', chat.app),
    timeZone: ZONE,
    now: () => NOON,
    makeIdentifier: newId,
    logFailure: (it) => failures.push(it),
    metrics,
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1', websocket: { server: chat.webSocketServer } });
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = async () => {
    await chat.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterAll(async () => {
  await stop();
  gate.close();
  await store.close();
  await database.drop();
});

function chatOn({ openConversation, accept, acceptWithAttachments, readLog }: Store): WebChat {
  return createWebChat({
    openConversation,
    accept,
    acceptWithAttachments,
    cleanFile: createCleanFile(),
    readLog,
    fileUrl: (id) => `/files/${id}`,
    markDelivered: async () => undefined,
    onAccepted: () => undefined,
    secret: Buffer.alloc(32, 1),
    now: () => NOON,
    makeIdentifier: newId,
    allowedOrigins: [],
    publicUrl: 'http://127.0.0.1:3978',
    limits: DEFAULT_POLICY.limits,
    log: () => undefined,
  });
}

function deskOn(it: Store): Desk {
  return createDesk({
    store: deskStore(it),
    cleanFile: createCleanFile(),
    readings: it.readings,
    read: {
      phone: () => null,
      serial: () => null,
      address: () => ({ province: null, city: null, district: null, detail: null }),
      appliance: () => null,
      faults: () => [],
      danger: () => null,
      complaint: plainReading.complaint,
    },
    policy: DEFAULT_POLICY,
    timeZone: ZONE,
    now: () => NOON,
    makeIdentifier: newId,
    makeToken: () => 'unused',
    sceneOf: () => 'unused',
    sendsLeft: async () => null,
    turnSoon: () => undefined,
    deliverSoon: () => undefined,
  });
}

async function ask(method: string, path: string, token: string = TOKEN, body = '{}') {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    retryAfter: Number(response.headers.get('retry-after')),
    type: response.headers.get('content-type'),
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : text,
  };
}

const ticket = JSON.stringify({ kind: 'enquiry', channel: 'phone', name: '王芳', phone: '13800138000', address: 'x', fault: 'x' });
const unavailable = (detail: RegExp) => ({
  status: 503,
  retryAfter: expect.any(Number),
  type: expect.stringContaining('application/problem+json'),
  body: { type: 'urn:baoxiu:problem:unavailable', status: 503, detail: expect.stringMatching(detail) },
});

describe('while the database is away', () => {
  it('everything says so, nothing false is said, and it all comes back by itself', async () => {
    const session = (await ask('POST', '/v3/directline/tokens/generate')).body as { conversationId: string; token: string };
    const directLine = (method: string, path: string, body?: string) => ask(method, `/v3/directline${path}`, session.token, body);
    const activities = `/conversations/${session.conversationId}/activities`;
    expect((await directLine('POST', '/conversations')).status).toBe(201);
    expect(await ask('GET', '/readyz')).toMatchObject({ status: 200, body: { parts: { store: 'ready' } } });
    expect((await ask('GET', '/api/v1/tickets')).status).toBe(200);

    gate.shut();
    expect(await ask('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { status: 'not-ready', parts: { store: 'failed', sweep: 'ready' } },
    });
    expect((await ask('GET', '/healthz')).status).toBe(200);
    const read = await ask('GET', '/api/v1/tickets');
    expect(read).toMatchObject(unavailable(/try again/));
    expect(read.retryAfter).toBeGreaterThanOrEqual(1);
    expect(await ask('POST', '/api/v1/tickets', TOKEN, ticket)).toMatchObject(unavailable(/not known whether/));
    const message = JSON.stringify({ type: 'message', text: '在吗', channelData: { clientActivityID: 'once' } });
    for (const [method, path] of [
      ['POST', activities],
      ['GET', activities],
      ['POST', '/conversations'],
    ] as const) {
      const answer = await directLine(method, path, message);
      expect(answer, path).toMatchObject({ status: 503, body: { error: { code: 'ServiceUnavailable' } } });
      expect(answer.retryAfter).toBeGreaterThanOrEqual(1);
    }
    now += 1_000;
    const scraped = await ask('GET', '/metrics');
    expect([scraped.status, scraped.body]).toEqual([200, expect.stringMatching(/^baoxiu_store_up 0$/m)]);
    expect(scraped.body).toMatch(/^baoxiu_rejected_total\{what="unavailable"\} [1-9]/m);
    expect(JSON.stringify(failures)).not.toMatch(/王芳|13800138000|在吗|token-of/);

    gate.state = 'open';
    expect(await ask('GET', '/readyz')).toMatchObject({ status: 200, body: { parts: { store: 'ready' } } });
    expect((await ask('GET', '/api/v1/tickets')).status).toBe(200);
    expect((await directLine('POST', activities, message)).status).toBe(200);
    const log = (await directLine('GET', activities)).body as { activities: { text: string }[] };
    expect(log.activities.map((it) => it.text)).toEqual(['在吗']);
  });

  it('and does not even answer, readiness and metrics still do in time', async () => {
    gate.state = 'silent';
    expect(await ask('GET', '/readyz')).toMatchObject({ status: 503, body: { parts: { store: 'failed', sweep: 'ready' } } });
    now += 1_000;
    expect((await ask('GET', '/metrics')).body).toMatch(/^baoxiu_store_up 0$/m);
    gate.shut();
    gate.state = 'open';
    expect((await ask('GET', '/readyz')).status).toBe(200);
  });
});

describe('a failure', () => {
  it.each([
    ['refused', Object.assign(new AggregateError([new Error('x')]), { code: 'ECONNREFUSED' })],
    ['refused inside', new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })])],
    ['stopped by an administrator', Object.assign(new Error('x'), { code: '57P01' })],
    ['starting up', Object.assign(new Error('x'), { code: '57P03' })],
    ['a broken connection', Object.assign(new Error('x'), { code: '08006' })],
    ['too many clients', Object.assign(new Error('x'), { code: '53300' })],
    ['terminated', new Error('Connection terminated unexpectedly')],
    ['no connection free', new Error('timeout exceeded when trying to connect')],
    ['wrapped', new Error('x', { cause: Object.assign(new Error('y'), { originalCode: '57P01' }) })],
    ['of Prisma', Object.assign(new Error('x'), { code: 'P1001' })],
  ])('that means the store is away: %s', (_, error) => expect(isStoreAway(error)).toBe(true));

  it.each([
    ['a broken promise of ours', new Error('invariant: Connection terminated')],
    ['a unique key', Object.assign(new Error('x'), { code: '23505' })],
    ['a syntax error', Object.assign(new Error('x'), { code: '42601' })],
    ['no error', 'ECONNREFUSED'],
    ['nothing', null],
  ])('that means something else: %s', (_, error) => expect(isStoreAway(error)).toBe(false));

  it('is logged by its kind and its places, whatever its message quotes', async () => {
    const app = createWeb({
      desk: deskOn(store),
      once: onceKeys(store),
      ready: () => ({}),
      mount: (it) =>
        it.get('/broken/:phone', () => {
          throw new Error('王芳\nat 13800138000 (/望京:1:1)\n at 13800138000 (/x:1:1)');
        }),
      timeZone: ZONE,
      now: () => NOON,
      makeIdentifier: newId,
      logFailure: (it) => failures.push(it),
    });
    failures.length = 0;
    expect((await app.request('/broken/13800138000?t=secret')).status).toBe(500);
    expect(failures).toEqual([{ method: 'GET', route: '/broken/:phone', error: 'Error', stack: expect.any(Array) }]);
    expect(JSON.stringify(failures)).not.toMatch(/王芳|13800138000|望京|secret/);
    expect(JSON.stringify(failures)).toContain('health-outage.test.ts');
  });

  it('that is its own cause ends the search', () => {
    const error = new Error('x');
    error.cause = error;
    expect(isStoreAway(error)).toBe(false);
  });
});
