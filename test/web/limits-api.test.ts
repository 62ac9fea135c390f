import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import { onceKeys } from '../../src/store/desk/once.ts';
import { createWeb } from '../../src/web/create-web.ts';
import { openDesk, type TestDesk, ZONE } from '../desk/a-desk.ts';
import { newId } from '../support/database.ts';

let at: TestDesk;
let token: string;
let colleague: string;
beforeAll(async () => {
  at = await openDesk();
  token = (await at.staff('admin')).token;
  colleague = (await at.staff('agent')).token;
});
afterAll(() => at.close());

type Answer = { readonly status: number; readonly retryAfter: string | null; readonly type: string | null; readonly body: unknown };
type Call = { readonly token?: string; readonly from?: string; readonly body?: unknown };

/** A web with limits of its own, on which nothing has been used up. */
function webWith(limits: Partial<Policy['limits']>) {
  const app = createWeb({
    desk: at.desk,
    once: onceKeys(at.store),
    ready: () => ({}),
    mount: (it) => {
      for (const path of ['/', '/wechat/webhook', '/slack/events', '/v3/directline/tokens']) it.get(path, (c) => c.text('here'));
    },
    timeZone: ZONE,
    now: () => at.clock.now,
    makeIdentifier: newId,
    logFailure: () => undefined,
    limits: { ...DEFAULT_POLICY.limits, trustedProxies: 1, ...limits },
  });
  // Without a socket the peer is nowhere, so the one trusted proxy is the test.
  return async (method: string, path: string, { token: by = '', from = '1.1.1.1', body }: Call = {}): Promise<Answer> => {
    const response = await app.request(path, {
      method,
      headers: {
        'x-forwarded-for': from,
        ...(by !== '' && { authorization: `Bearer ${by}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const type = response.headers.get('content-type');
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      type,
      body: type?.includes('json') ? await response.json() : await response.text(),
    };
  };
}

const TICKETS = '/api/v1/tickets';
const problem = {
  status: 429,
  type: expect.stringContaining('application/problem+json'),
  body: { type: 'urn:baoxiu:problem:too-many-requests', title: 'Too many requests', status: 429, detail: expect.stringContaining(' s.') },
};

describe('a staff token', () => {
  it('reads and writes within limits of their own: 429 as problem+json with Retry-After', async () => {
    const ask = webWith({ readsPerStaffTokenPerMinute: 2, writesPerStaffTokenPerMinute: 1 });
    for (let call = 0; call < 2; call++) expect((await ask('GET', TICKETS, { token })).status).toBe(200);
    expect(await ask('GET', TICKETS, { token })).toMatchObject({ ...problem, retryAfter: '30' });
    expect((await ask('POST', '/api/v1/staff', { token, body: {} })).status).toBe(422);
    expect(await ask('POST', '/api/v1/staff', { token, body: {} })).toMatchObject({ ...problem, retryAfter: '60' });
    expect((await ask('GET', TICKETS, { token: colleague })).status).toBe(200);
  });

  it('is not counted for what anybody may read', async () => {
    const ask = webWith({ readsPerStaffTokenPerMinute: 1 });
    for (let call = 0; call < 3; call++) expect((await ask('GET', '/api/v1/openapi.json')).status).toBe(200);
  });
});

describe('an address', () => {
  it('asks for so much a minute; its neighbours, the platforms and those who watch are not touched', async () => {
    const ask = webWith({ requestsPerAddressPerMinute: 2 });
    expect([(await ask('GET', '/')).status, (await ask('GET', TICKETS, { token })).status]).toEqual([200, 200]);
    expect(await ask('GET', TICKETS, { token })).toMatchObject({ ...problem, retryAfter: '30' });
    expect(await ask('GET', '/v3/directline/tokens')).toMatchObject({
      status: 429,
      retryAfter: '30',
      body: { error: { code: 'TooManyRequests', message: expect.any(String) } },
    });
    expect((await ask('GET', '/', { from: '2.2.2.2' })).status).toBe(200);
    for (const path of ['/healthz', '/readyz', '/wechat/webhook', '/slack/events']) expect((await ask('GET', path)).status, path).toBe(200);
  });

  it('tries so many tokens a minute: then not even a right one is looked at, unless it was good before', async () => {
    const ask = webWith({ failedSignInsPerAddressPerMinute: 4 });
    expect((await ask('GET', TICKETS, { token: colleague })).status).toBe(200);
    for (const guess of ['a', 'b', 'c']) expect((await ask('GET', TICKETS, { token: guess })).status).toBe(401);
    expect(await ask('GET', TICKETS, { token: 'd' })).toMatchObject({ ...problem, retryAfter: '15' });
    expect((await ask('GET', TICKETS, { token })).status).toBe(429);
    expect((await ask('GET', TICKETS, { token: colleague })).status).toBe(200);
    expect((await ask('GET', TICKETS, { token, from: '2.2.2.2' })).status).toBe(200);
    // Nor do those get further that come all at once, before one of them has been answered.
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask('GET', TICKETS, { token: `x${index}`, from: '3.3.3.3' })),
    );
    expect(guesses.filter((it) => it.status === 401)).toHaveLength(4);
    // A request without a token is no guess.
    expect((await ask('GET', TICKETS)).status).toBe(401);
  });
});
