import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { healthRoutes, type Readiness } from '../../src/web/health.ts';

const never = new Promise<never>(() => undefined);

async function readyz(ready: () => Readiness | Promise<Readiness>, answerMilliseconds = 20) {
  const app = new Hono();
  healthRoutes(app, ready, answerMilliseconds);
  const response = await app.request('/readyz');
  return { status: response.status, body: await response.json() };
}

describe('readiness', () => {
  it('names every part; incomplete and disabled ones do not keep it from being ready, and notes say more', async () => {
    const note = 'no holidays known for 2027: weekdays only';
    expect(await readyz(() => ({ store: 'ready', wechat: 'disabled', calendar: { state: 'incomplete', note } }))).toEqual({
      status: 200,
      body: { status: 'ready', parts: { store: 'ready', wechat: 'disabled', calendar: 'incomplete' }, notes: { calendar: note } },
    });
  });

  it('has no notes when there is nothing to note', async () => {
    expect((await readyz(() => ({ store: 'ready' }))).body).toEqual({ status: 'ready', parts: { store: 'ready' } });
  });

  it.each(['starting', 'failed'] as const)('is 503 while a part is %s', async (state) => {
    const parts = { store: 'ready', sweep: state } as const;
    expect(await readyz(() => parts)).toEqual({ status: 503, body: { status: 'not-ready', parts } });
  });

  it('counts a part that hangs or throws as failed and still names the others', async () => {
    const parts = () => ({ store: never, slack: Promise.reject(new Error('away')), sweep: 'ready' }) as const;
    expect(await readyz(parts)).toEqual({
      status: 503,
      body: { status: 'not-ready', parts: { store: 'failed', slack: 'failed', sweep: 'ready' } },
    });
  });

  it.each([
    ['hangs', () => never],
    ['throws', () => Promise.reject(new Error('away'))],
  ])('is 503 when the whole look %s', async (_, ready) => {
    expect(await readyz(ready)).toEqual({ status: 503, body: { status: 'not-ready', parts: { readiness: 'failed' } } });
  });

  it('looks once for all who ask at one time', async () => {
    let looks = 0;
    const app = new Hono();
    healthRoutes(
      app,
      () => {
        looks += 1;
        return { store: never };
      },
      20,
    );
    const answers = await Promise.all([app.request('/readyz'), app.request('/readyz'), app.request('/readyz')]);
    expect([answers.map((it) => it.status), looks]).toEqual([[503, 503, 503], 1]);
    await app.request('/readyz');
    expect(looks).toBe(2);
  });

  it('is not asked for whether the process lives', async () => {
    const app = new Hono();
    healthRoutes(app, () => never, 20);
    expect(await (await app.request('/healthz')).json()).toEqual({ status: 'alive' });
  });
});
