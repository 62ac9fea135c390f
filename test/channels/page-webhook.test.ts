import { afterEach, beforeEach, expect, it } from 'vitest';
import { pageWebhook } from '../../src/channels/page-webhook.ts';
import type { PageToSend } from '../../src/domain/on-call.ts';
import { at, SHANGHAI } from '../domain/moments.ts';
import { newId } from '../support/database.ts';
import { aGateway, BROKEN, endless, type Gateway } from './a-gateway.ts';

let gateway: Gateway;
beforeEach(async () => {
  gateway = await aGateway();
});
afterEach(() => gateway.close());

const PAGE: PageToSend = {
  id: newId(),
  reason: 'danger-gas',
  ticket: 'BX-20261120-0001',
  conversationId: newId(),
  raisedAt: at('2026-11-20 03:00'),
  send: 2,
  level: 1,
  roster: [{ id: newId(), name: '客服小周', email: 'zhou@example.com', role: 'dispatcher' }],
};

const post = (timeoutMilliseconds = 5_000) => pageWebhook({ url: gateway.url, timeZone: SHANGHAI }, timeoutMilliseconds)(PAGE);

it('S2-045 when a page is handed over, then it is posted whole, with the number of the send as its key', async () => {
  expect(await post()).toBe('delivered');
  expect(gateway.requests).toHaveLength(1);
  const [request] = gateway.requests;
  expect(request).toMatchObject({ method: 'POST', body: { ...PAGE, raisedAt: '2026-11-20T03:00:00.000+08:00' } });
  expect(request?.body).toMatchObject({ acknowledge: `/api/v1/pages/${PAGE.id}/acknowledge` });
  expect(request?.headers).toMatchObject({ 'idempotency-key': `${PAGE.id}:2`, 'content-type': 'application/json' });
});

it('when the receiver accepts and never stops talking, then that is delivered all the same', async () => {
  gateway.answer = endless;
  expect(await post()).toBe('delivered');
});

it.each(Object.keys(BROKEN))('when the receiver %s, then it failed', async (how) => {
  gateway.answer = BROKEN[how] ?? gateway.answer;
  expect(await post(300)).toBe('failed');
  expect(gateway.requests).toHaveLength(1);
});

it('when nobody listens, then it failed', async () => {
  await gateway.close();
  expect(await post()).toBe('failed');
});
