import { afterEach, beforeEach, expect, it } from 'vitest';
import { smsWebhook } from '../../src/channels/sms-webhook.ts';
import { newId } from '../support/database.ts';
import { aGateway, BROKEN, endless, type Gateway } from './a-gateway.ts';

let gateway: Gateway;
beforeEach(async () => {
  gateway = await aGateway();
});
afterEach(() => gateway.close());

const NOTICE = { id: newId(), phone: '+8613800138000', text: '明天见' };
const post = (timeoutMilliseconds = 5_000) => smsWebhook(gateway.url, timeoutMilliseconds)(NOTICE);

it('when a notice is handed over, then it is posted with the task as its key', async () => {
  expect(await post()).toEqual({ kind: 'sent' });
  expect(gateway.requests).toMatchObject([{ method: 'POST', body: NOTICE, headers: { 'idempotency-key': NOTICE.id } }]);
});

it('when the gateway accepts and never stops talking, then that is sent all the same', async () => {
  gateway.answer = endless;
  expect(await post()).toEqual({ kind: 'sent' });
});

it.each(Object.keys(BROKEN))('when the gateway %s, then it may be tried again', async (how) => {
  gateway.answer = BROKEN[how] ?? gateway.answer;
  expect(await post(300)).toEqual({ kind: 'again' });
  expect(gateway.requests).toHaveLength(1);
});

it.each([
  [400, 'refused'],
  [404, 'refused'],
  [422, 'refused'],
  [408, 'again'],
  [429, 'again'],
  [503, 'again'],
])('when the gateway answers %i, then it is %s', async (status, kind) => {
  gateway.answer = (response) => response.writeHead(status).end();
  expect(await post()).toEqual({ kind });
});
