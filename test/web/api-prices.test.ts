import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRODUCT_CLASSES } from '../../src/domain/appliance.ts';
import { type LocalDay, parseInstant } from '../../src/domain/instant.ts';
import { NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { type Answer, openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let admin: Awaited<ReturnType<TestWeb['staff']>>;
beforeAll(async () => {
  at = await openWeb();
  admin = await at.staff('admin', '管理员');
  await at.store.pool.query("insert into policy_version (id, version, effective_from, terms) values ($1, 'terms-1', '2020-01-01', $2)", [
    newId(),
    JSON.stringify({ productMonths: {}, repairDays: 90, anniversaryCovered: false }),
  ]);
});
afterAll(() => at.close());

const fees = Object.fromEntries(PRODUCT_CLASSES.map((it, n) => [it, 30 + n]));
const line = { productClass: 'washer', fault: 'leaking', fromYuan: 80, toYuan: 260.5 };
const aList = (what: Record<string, unknown> = {}) => ({
  version: `v-${newId()}`,
  effectiveFrom: '2026-11-21',
  visitFeeYuan: fees,
  lines: [line, { ...line, fault: 'noisy' }],
  ...what,
});
const add = (body: unknown, what: Parameters<TestWeb['ask']>[2] = {}): Promise<Answer> =>
  at.ask('POST', '/api/v1/price-versions', { token: admin.token, body, ...what });
const versions = async () => (await at.ask('GET', '/api/v1/price-versions', { token: admin.token })).body.items.map((it) => it.version);

describe('S2-001 a price list is announced before it applies', () => {
  it('from tomorrow of the business zone, and the chat reads it from that day', async () => {
    const list = aList({ version: 'prices-2026-12', effectiveFrom: '2026-11-21' });
    const made = await add(list);
    expect(made).toMatchObject({ status: 201, body: list });
    expect((await at.audit()).at(-1)).toEqual({
      action: 'price-version.add',
      subject: 'price-version:prices-2026-12',
      actor: `staff:${admin.id}`,
      details: { effectiveFrom: '2026-11-21' },
    });
    const { prices } = await at.store.readings.terms('2026-11-21' as LocalDay);
    expect(prices).toEqual({ ...list, visitFeeYuan: fees });
    await expect(at.store.readings.terms('2026-11-20' as LocalDay)).rejects.toThrow('no price list');
  });

  it.each(['2026-11-20', '2026-11-19', '2020-01-01'])('not from %s, and the answer says why', async (effectiveFrom) => {
    const refused = await add(aList({ effectiveFrom }));
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'effectiveFrom', detail: expect.stringContaining('2026-11-21') }] },
    });
    expect(JSON.stringify(refused.body)).toContain('told before');
  });

  it('tomorrow is tomorrow in Shanghai, however late it is in London', async () => {
    at.clock.now = parseInstant('2026-11-20T16:30:00Z') ?? NOON;
    const [today, tomorrow] = [await add(aList({ effectiveFrom: '2026-11-21' })), await add(aList({ effectiveFrom: '2026-11-22' }))];
    at.clock.now = NOON;
    expect([today.status, tomorrow.status]).toEqual([422, 201]);
  });

  it('is never changed: its version is taken, also by two at once', async () => {
    const list = aList();
    const answers = await Promise.all([add(list), add({ ...list, effectiveFrom: '2026-12-01' })]);
    expect(answers.map((it) => it.status).sort()).toEqual([201, 409]);
    expect(await add({ ...list, effectiveFrom: '2027-01-01' })).toMatchObject({ status: 409, body: { errors: [{ field: 'version' }] } });
    expect((await at.audit()).filter((it) => it.subject === `price-version:${list.version}`)).toHaveLength(1);
  });

  it('is added once a key, also when the first answer was lost', async () => {
    const list = aList();
    const headers = { 'idempotency-key': newId() };
    const first = await add(list, { headers });
    expect((await add(list, { headers })).body).toEqual(first.body);
    await at.store.pool.query('update idempotency_key set answer_sealed = null, expires_at = created_at where key = $1', [
      headers['idempotency-key'],
    ]);
    expect(await add(list, { headers })).toMatchObject({ status: 201, body: first.body });
    expect((await at.audit()).filter((it) => it.subject === `price-version:${list.version}`)).toHaveLength(1);
  });

  it.each(['agent', 'dispatcher', 'engineer', 'quality'] as const)('not by %s, who may read it', async (role) => {
    const { token } = await at.staff(role);
    expect((await add(aList(), { token })).status).toBe(403);
    expect((await at.ask('GET', '/api/v1/price-versions', { token })).status).toBe(200);
  });
});

describe('S2-002 a price list is whole and says one price for one thing', () => {
  const { tv: _tv, ...withoutTv } = fees;
  it.each([
    ['a class without a visit fee', { visitFeeYuan: withoutTv }, 'visitFeeYuan.tv'],
    ['an unknown class', { visitFeeYuan: { ...fees, rockets: 1 } }, 'visitFeeYuan'],
    ['an unknown class in a line', { lines: [{ ...line, productClass: 'rockets' }] }, 'lines.0.productClass'],
    ['an unknown fault', { lines: [{ ...line, fault: 'sad' }] }, 'lines.0.fault'],
    ['a range that runs downwards', { lines: [line, { ...line, fault: 'smell', fromYuan: 300, toYuan: 299 }] }, 'lines.1.fromYuan'],
    ['two prices for one fault', { lines: [line, { ...line, toYuan: 500 }] }, 'lines.1'],
    ['a price below nothing', { lines: [{ ...line, fromYuan: -1 }] }, 'lines.0.fromYuan'],
    ['tenths of a fen', { lines: [{ ...line, toYuan: 260.505 }] }, 'lines.0.toYuan'],
    ['no line', { lines: [] }, 'lines'],
    ['a hidden charge', { lines: [{ ...line, extraYuan: 50 }] }, 'lines.0'],
    ['a day there is not', { effectiveFrom: '2027-02-30' }, 'effectiveFrom'],
    ['no name', { version: '' }, 'version'],
  ])('%s is refused', async (_, what, field) => {
    const before = await versions();
    expect(await add(aList(what))).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ field })]) },
    });
    expect(await versions()).toEqual(before);
  });

  it('lists every version, the last to apply first', async () => {
    const last = aList({ effectiveFrom: '2030-01-01' });
    await add(last);
    const { body } = await at.ask('GET', '/api/v1/price-versions', { token: admin.token });
    expect(body.items[0]).toEqual(last);
    expect(body.items.at(-1)).toMatchObject({ effectiveFrom: '2026-11-21' });
  });
});
