import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../../src/desk/staff.ts';
import { admitAdministrator } from '../../src/store/desk/staff.ts';
import { NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let admin: string;
beforeAll(async () => {
  at = await openWeb();
  admin = (await at.staff('admin')).token;
});
afterAll(() => at.close());

const problemOf = (code: string, status: number) => ({
  type: `urn:baoxiu:problem:${code}`,
  title: expect.any(String),
  status,
  detail: expect.any(String),
});

describe('health', () => {
  it('is alive without a token, and ready while every part is ready or switched off', async () => {
    expect(await at.ask('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'alive' } });
    expect(await at.ask('GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready', parts: { store: 'ready', wechat: 'disabled' } },
    });
    at.parts['sweep'] = 'starting';
    expect(await at.ask('GET', '/readyz')).toMatchObject({ status: 503, body: { status: 'not-ready', parts: { sweep: 'starting' } } });
    delete at.parts['sweep'];
  });
});

describe('who may come in', () => {
  it.each([
    ['no token', {}],
    ['an unknown token', { authorization: 'Bearer nobody' }],
    ['another scheme', { authorization: 'Basic bm9ib2R5' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['an endless token', { authorization: `Bearer ${'x'.repeat(501)}` }],
  ])('nobody with %s', async (_, headers) => {
    const answer = await at.ask('GET', '/api/v1/tickets', { headers });
    expect(answer).toMatchObject({ status: 401, body: problemOf('unauthenticated', 401) });
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('nothing under /api is told to a stranger, not even what is there', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/nothing'],
      ['DELETE', '/api/v1/tickets'],
      ['POST', '/api/v1/tickets'],
    ] as const) {
      expect((await at.ask(method, path)).status).toBe(401);
    }
  });

  it('the bootstrap administrator, with the token of the last start', async () => {
    const admit = (token: string) => admitAdministrator(at.store, { id: newId(), name: '管理员', tokenHash: hashToken(token), at: NOON });
    await admit('first');
    await admit('second');
    expect((await at.ask('GET', '/api/v1/staff', { token: 'first' })).status).toBe(401);
    const { status, body } = await at.ask('GET', '/api/v1/staff', { token: 'second' });
    expect(status).toBe(200);
    expect(body.items.filter((it) => it.name === '管理员')).toHaveLength(1);
  });

  it('staff whom an administrator made, with a token that is shown once and kept only as a hash', async () => {
    const made = await at.ask('POST', '/api/v1/staff', { token: admin, body: { name: '李敏', email: 'LiMin@example.com', role: 'agent' } });
    expect(made).toMatchObject({ status: 201, body: { id: expect.any(String), token: expect.any(String) } });
    expect((await at.ask('GET', '/api/v1/tickets', { token: made.body.token })).status).toBe(200);

    const list = await at.ask('GET', '/api/v1/staff', { token: admin });
    expect(list.body.items).toContainEqual({
      id: made.body.id,
      name: '李敏',
      email: 'limin@example.com',
      role: 'agent',
      createdAt: '2026-11-20T12:00:00.000+08:00',
    });
    expect(JSON.stringify(list.body)).not.toContain(made.body.token);
    const again = await at.ask('POST', '/api/v1/staff', {
      token: admin,
      body: { name: '李明', email: 'limin@example.com', role: 'agent' },
    });
    expect(again).toMatchObject({ status: 409, body: problemOf('conflict', 409) });
  });

  it.each([
    ['agent', 403, 200, 200],
    ['dispatcher', 403, 200, 200],
    ['quality', 403, 200, 403],
    ['engineer', 403, 403, 403],
    ['admin', 422, 200, 200],
  ] as const)('%s: makes staff %i, reads handoffs %i, releases %i', async (role, makes, reads, acts) => {
    const { token } = await at.staff(role);
    expect((await at.ask('GET', '/api/v1/tickets', { token })).status).toBe(200);
    expect((await at.ask('GET', '/api/v1/appointments', { token })).status).toBe(200);
    expect(
      (await at.ask('POST', '/api/v1/staff', { token, body: role === 'admin' ? {} : { name: 'x', email: 'x@example.com', role: 'admin' } }))
        .status,
    ).toBe(makes);
    expect((await at.ask('GET', '/api/v1/handoffs', { token })).status).toBe(reads);
    const { handoffId } = await at.waiting();
    expect((await at.ask('POST', `/api/v1/handoffs/${handoffId}/claim`, { token })).status).toBe(acts);
  });
});

describe('errors are problem+json', () => {
  const ask = (method: string, path: string, what: Parameters<TestWeb['ask']>[2] = {}) =>
    at.ask(method, `/api/v1${path}`, { token: admin, ...what });

  it('400 for JSON that is none, 422 for fields, each named', async () => {
    expect(await ask('POST', '/tickets', { raw: '{"kind":' })).toMatchObject({ status: 400, body: problemOf('malformed', 400) });
    const { status, body } = await ask('POST', '/tickets', { body: { kind: 'repairs', fault: ' ' } });
    expect(status).toBe(422);
    expect(body).toMatchObject(problemOf('invalid', 422));
    expect(body.errors.map((it) => it.field).sort()).toEqual(['address', 'appliance', 'channel', 'fault', 'kind', 'name', 'phone']);
    expect((await ask('POST', '/staff', { raw: '' })).body.errors).toHaveLength(3);
    expect((await ask('POST', '/staff', { raw: '[]' })).status).toBe(422);
    expect((await ask('POST', '/staff', { raw: 'null' })).status).toBe(422);
  });

  it('400 for parameters: limit, cursor, an unknown status', async () => {
    for (const query of ['limit=0', 'limit=101', 'limit=ten', 'cursor=nonsense', 'status=gone', 'kind=repairs']) {
      expect(await ask('GET', `/tickets?${query}`)).toMatchObject({
        status: 400,
        body: { ...problemOf('malformed', 400), errors: [{ field: query.split('=')[0] }] },
      });
    }
    expect((await ask('GET', '/appointments?from=yesterday')).status).toBe(400);
  });

  it('parameters without a value ask for nothing in particular', async () => {
    expect((await ask('GET', '/tickets?kind=&status=&channel=&q=&cursor=&limit=')).status).toBe(200);
  });

  it('404 for what is not there, and for addresses nobody serves', async () => {
    for (const path of [
      '/nothing',
      '/tickets/BX-20261120-9999',
      `/conversations/${newId()}/messages`,
      '/conversations/nonsense/messages',
      '/tickets/%F0%9F',
    ]) {
      expect(await ask('GET', path)).toMatchObject({ status: 404, body: problemOf('not-found', 404) });
    }
    for (const path of [
      `/handoffs/${newId()}/claim`,
      '/handoffs/nonsense/claim',
      `/pages/${newId()}/acknowledge`,
      `/contact-tasks/${newId()}/done`,
    ]) {
      expect(await ask('POST', path)).toMatchObject({ status: 404, body: problemOf('not-found', 404) });
    }
    expect(await at.ask('GET', '/nothing')).toMatchObject({ status: 404, body: 'Not found' });
    expect(await at.ask('GET', '/')).toMatchObject({ status: 200, body: '<p>shop</p>' });
  });

  it('405 names what is allowed', async () => {
    const answer = await ask('DELETE', '/tickets');
    expect(answer).toMatchObject({ status: 405, body: problemOf('method-not-allowed', 405) });
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'HEAD', 'POST']);
    expect((await ask('PATCH', '/tickets/BX-20261120-0001')).status).toBe(405);
  });

  it('413 beyond 64 KiB, 415 for what is not JSON', async () => {
    expect(await ask('POST', '/staff', { body: { name: 'x'.repeat(65_536) } })).toMatchObject({
      status: 413,
      body: problemOf('too-large', 413),
    });
    expect(await ask('POST', '/staff', { raw: 'name=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toMatchObject({
      status: 415,
      body: problemOf('unsupported-media-type', 415),
    });
  });

  it('500 says nothing of what went wrong, and the log no word of what was said', async () => {
    expect(await at.ask('GET', '/broken')).toMatchObject({ status: 500, body: 'Something went wrong on our side' });
    expect(at.failures).toMatchObject([{ method: 'GET', route: '/broken', error: 'Error' }]);
    expect(JSON.stringify(at.failures)).not.toMatch(/王芳|13800138000/);
  });

  it('every answer of the API is nosniff and kept by nobody', async () => {
    for (const path of ['/tickets', '/nothing', '/openapi.json']) {
      const { headers } = await ask('GET', path);
      expect([headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual(['nosniff', 'no-store']);
    }
    expect((await at.ask('GET', '/')).headers.get('x-content-type-options')).toBe('nosniff');
  });
});
