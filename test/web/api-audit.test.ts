import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, instantOf } from '../../src/domain/instant.ts';
import { NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let li: Awaited<ReturnType<TestWeb['staff']>>;
let quality: Awaited<ReturnType<TestWeb['staff']>>;
let handoffId: string;
beforeAll(async () => {
  at = await openWeb();
  li = await at.staff('agent', '李敏');
  const zhao = await at.staff('dispatcher', '赵磊');
  quality = await at.staff('quality');
  handoffId = (await at.waiting()).handoffId;
  await at.ask('POST', `/api/v1/handoffs/${handoffId}/claim`, { token: li.token });
  at.clock.now = instantOf(NOON + HOUR);
  await at.ask('POST', `/api/v1/handoffs/${handoffId}/release`, { token: li.token, body: { to: 'queue' } });
  await at.ask('POST', `/api/v1/handoffs/${handoffId}/claim`, { token: zhao.token });
  at.clock.now = NOON;
  await at.store.pool.query(
    "insert into audit (at, actor, action, subject, details) values ($1, 'first-data', 'demo.insert', 'store', '{}')",
    [new Date(NOON - HOUR)],
  );
});
afterAll(() => at.close());

const get = (query = '', token = quality.token) => at.ask('GET', `/api/v1/audit${query}`, { token });
const actions = async (query: string) => (await get(query)).body.items.map((it) => it.action);

describe('S2-024 GET /audit', () => {
  it('says who did what to what and when, the newest first', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body.items.map((it) => it.action)).toEqual(['handoff.claim', 'handoff.release', 'handoff.claim', 'demo.insert']);
    expect(body.items[1]).toEqual({
      at: '2026-11-20T13:00:00.000+08:00',
      actor: { id: li.id, name: '李敏' },
      action: 'handoff.release',
      subject: `handoff:${handoffId}`,
      details: { to: 'queue' },
    });
    expect(body.items[3]).toMatchObject({ actor: 'first-data' });
  });

  it('is filtered by who, what, on what and when', async () => {
    expect(await actions(`?actor=${li.id}`)).toEqual(['handoff.release', 'handoff.claim']);
    expect(await actions(`?actor=staff:${li.id}&action=handoff.claim`)).toEqual(['handoff.claim']);
    expect(await actions('?actor=first-data')).toEqual(['demo.insert']);
    expect(await actions(`?subject=handoff:${handoffId}`)).toHaveLength(3);
    expect(await actions('?from=2026-11-20T12:00:00%2B08:00&to=2026-11-20T13:00:00+08:00')).toEqual(['handoff.claim']);
    expect(await actions(`?actor=${newId()}`)).toEqual([]);
    expect(await actions('?action=')).toHaveLength(4);
  });

  it('keeps its place while rows are added', async () => {
    const first = await get('?limit=2');
    at.clock.now = instantOf(NOON + 2 * HOUR);
    await at.ask('POST', `/api/v1/handoffs/${handoffId}/note`, { token: li.token, body: { text: '等回电' } });
    at.clock.now = NOON;
    const second = await get(`?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.items.map((it) => it.action)).toEqual(['handoff.claim', 'demo.insert']);
    expect(second.body.nextCursor).toBeNull();
    expect(await actions('?limit=1')).toEqual(['handoff.note']);
  });

  it('knows its own cursors, moments and limits only', async () => {
    const { body } = await at.ask('GET', '/api/v1/tickets?limit=1', { token: li.token });
    expect(body.nextCursor).toBeNull();
    for (const query of ['?cursor=nonsense', '?from=yesterday', '?limit=501']) expect((await get(query)).status, query).toBe(400);
  });

  it.each([
    ['agent', 403],
    ['dispatcher', 403],
    ['engineer', 403],
    ['quality', 200],
    ['admin', 200],
  ] as const)('%s: %i', async (role, status) => {
    expect((await get('', (await at.staff(role)).token)).status).toBe(status);
  });
});
