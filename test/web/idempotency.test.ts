import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR, instantOf, MINUTE, SECOND } from '../../src/domain/instant.ts';
import { onceKeys } from '../../src/store/desk/once.ts';
import { NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let staff: Awaited<ReturnType<TestWeb['staff']>>;
beforeAll(async () => {
  at = await openWeb();
  staff = await at.staff('agent');
});
afterAll(() => at.close());

const form = {
  kind: 'repair',
  channel: 'phone',
  appliance: 'washer',
  fault: '漏水',
  name: '李雷',
  phone: '13900139000',
  address: '北京市朝阳区建国路88号',
};
const post = (key: string, body: unknown = form, token = staff.token, path = '/tickets') =>
  at.ask('POST', `/api/v1${path}`, { token, body, headers: { 'idempotency-key': key } });
const tickets = async () => (await at.store.pool.query('select count(*)::int as n from ticket')).rows[0].n;

describe('Idempotency-Key', () => {
  it('the same key and body are done once and answered alike', async () => {
    const before = await tickets();
    const first = await post('once');
    const again = await post('once');
    expect(first.status).toBe(201);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await tickets()).toBe(before + 1);
  });

  it('ten at once are done once, and all who wait get the same answer', async () => {
    const before = await tickets();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('race')));
    expect(new Set(answers.map((it) => `${it.status} ${it.body.number}`)).size).toBe(1);
    expect(await tickets()).toBe(before + 1);
  });

  it('another body or another path under the same key is refused', async () => {
    await post('mine');
    expect(await post('mine', { ...form, fault: '不转' })).toMatchObject({ status: 422, body: { type: 'urn:baoxiu:problem:key-reused' } });
    expect((await post('mine', form, staff.token, '/staff')).status).toBe(422);
  });

  it('keys are each member’s own', async () => {
    const other = await at.staff('dispatcher');
    const [one, two] = [await post('shared'), await post('shared', form, other.token)];
    expect(one.body.number).not.toBe(two.body.number);
  });

  it('what was refused was not done: the key may be used again', async () => {
    expect((await post('retry', { ...form, phone: 'none' })).status).toBe(422);
    expect((await post('retry')).status).toBe(201);
  });

  it('has 1 to 200 characters', async () => {
    expect((await post('k'.repeat(200))).status).toBe(201);
    for (const key of ['k'.repeat(201), ' '])
      expect(await post(key)).toMatchObject({ status: 400, body: { type: 'urn:baoxiu:problem:malformed' } });
  });

  it('a token made under a key is not readable in the store', async () => {
    const admin = await at.staff('admin');
    const made = await post('staff', { name: '赵', email: 'zhao@example.com', role: 'agent' }, admin.token, '/staff');
    expect((await post('staff', { name: '赵', email: 'zhao@example.com', role: 'agent' }, admin.token, '/staff')).body).toEqual(made.body);
    const { rows } = await at.store.pool.query("select answer_sealed from idempotency_key where key = 'staff'");
    expect(rows[0].answer_sealed.toString('utf8')).not.toContain(made.body.token);
  });

  it('an answer is kept for a day, then the key is free', async () => {
    const first = await post('day');
    at.clock.now = instantOf(NOON + 24 * HOUR - SECOND);
    expect((await post('day')).body.number).toBe(first.body.number);
    at.clock.now = instantOf(NOON + 24 * HOUR);
    expect((await post('day')).body.number).not.toBe(first.body.number);
    at.clock.now = NOON;
  });
});

describe('a key whose holder died', () => {
  it('is told to be in progress for a minute, then taken over, and the same thing is made, not another', async () => {
    const done = await post('crash');
    const before = await tickets();
    // As if the process had died after the commit and before it kept the answer.
    await at.store.pool.query(
      "update idempotency_key set answer_sealed = null, expires_at = created_at + interval '60 seconds' where key = 'crash'",
    );

    const early = await post('crash');
    expect(early).toMatchObject({ status: 409, body: { type: 'urn:baoxiu:problem:in-progress' } });
    expect(early.headers.get('retry-after')).toBe('1');
    expect((await post('crash', { ...form, fault: '不转' })).status).toBe(422);

    at.clock.now = instantOf(NOON + MINUTE);
    const late = await post('crash');
    at.clock.now = NOON;
    expect([late.status, late.body.number]).toEqual([201, done.body.number]);
    expect(await tickets()).toBe(before);
  });

  it('is taken over by one of many', async () => {
    const once = onceKeys(at.store);
    const request = { staffId: staff.id, key: newId(), requestHash: Buffer.alloc(32, 1) };
    expect((await once.begin(request, NOON)).kind).toBe('begun');
    const later = instantOf(NOON + MINUTE);
    expect((await once.begin({ ...request, requestHash: Buffer.alloc(32, 2) }, later)).kind).toBe('other-request');
    const kinds = (await Promise.all(Array.from({ length: 10 }, () => once.begin(request, later)))).map((it) => it.kind);
    expect(kinds.filter((it) => it === 'begun')).toHaveLength(1);
    expect(kinds.filter((it) => it === 'in-progress')).toHaveLength(9);
  });

  it('that was taken over can no longer answer', async () => {
    const once = onceKeys(at.store);
    const request = { staffId: staff.id, key: newId(), requestHash: Buffer.alloc(32, 1) };
    const slow = await once.begin(request, NOON);
    const later = instantOf(NOON + MINUTE);
    const fast = await once.begin(request, later);
    if (slow.kind !== 'begun' || fast.kind !== 'begun') throw new Error('both begin');
    expect(fast.hold.begunAt).toBe(slow.hold.begunAt);
    await once.answer(request, slow.hold, { status: 201, body: '"slow"' }, later);
    await once.drop(request, slow.hold);
    await once.answer(request, fast.hold, { status: 201, body: '"fast"' }, later);
    expect(await once.begin(request, later)).toEqual({ kind: 'answered', answer: { status: 201, body: '"fast"' } });
  });

  it('forgotten keys are swept out by the next ones', async () => {
    at.clock.now = instantOf(NOON + 72 * HOUR);
    await post('sweeper', form);
    await post('sweeper-2', form);
    at.clock.now = NOON;
    const { rows } = await at.store.pool.query('select count(*)::int as n from idempotency_key where created_at <= $1', [new Date(NOON)]);
    expect(rows[0].n).toBeLessThan(2);
  });
});
