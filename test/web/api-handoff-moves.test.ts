/** Transfer, reopen, escalate, send again and one handoff over the API. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aTicket } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let li: Awaited<ReturnType<TestWeb['staff']>>;
let zhao: Awaited<ReturnType<TestWeb['staff']>>;
beforeAll(async () => {
  at = await openWeb();
  li = await at.staff('agent', '李敏');
  zhao = await at.staff('agent', '赵磊');
});
afterAll(() => at.close());

const post = (who: typeof li, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  at.ask('POST', `/api/v1${path}`, { token: who.token, headers, ...(body === undefined ? {} : { body }) });

async function claimed() {
  const chat = await at.waiting();
  await post(li, `/handoffs/${chat.handoffId}/claim`);
  return { ...chat, path: `/handoffs/${chat.handoffId}` };
}

it('GET /handoffs/{id} is the handoff as the list has it, 404 when there is none', async () => {
  const { handoffId } = await at.waiting();
  const { body: list } = await at.ask('GET', '/api/v1/handoffs?status=queued', { token: li.token });
  const { status, body } = await at.ask('GET', `/api/v1/handoffs/${handoffId}`, { token: li.token });
  expect([status, body]).toEqual([200, list.items.find((it) => it.id === handoffId)]);
  for (const id of [newId(), 'nonsense']) expect((await at.ask('GET', `/api/v1/handoffs/${id}`, { token: li.token })).status).toBe(404);
  const engineer = await at.staff('engineer');
  expect((await at.ask('GET', `/api/v1/handoffs/${handoffId}`, { token: engineer.token })).status).toBe(403);
});

it('a transfer answers with the new owner; the former one is told 409 with the name', async () => {
  const { path } = await claimed();
  const owner = { id: zhao.id, name: '赵磊' };
  expect(await post(li, `${path}/transfer`, { to: zhao.id })).toMatchObject({ status: 200, body: { status: 'claimed', owner } });
  expect(await post(li, `${path}/transfer`, { to: zhao.id })).toMatchObject({ status: 409, body: { owner } });
  expect(await post(zhao, `${path}/transfer`, { to: zhao.id })).toMatchObject({ status: 200, body: { owner } });
});

it('a transfer goes to somebody of the staff who may act, of a handoff that is claimed', async () => {
  const { path } = await claimed();
  const engineer = await at.staff('engineer', '王工');
  for (const to of [engineer.id, newId()])
    expect(await post(li, `${path}/transfer`, { to })).toMatchObject({ status: 422, body: { errors: [{ field: 'to' }] } });
  for (const body of [{}, { to: 'nobody' }]) expect((await post(li, `${path}/transfer`, body)).status).toBe(422);
  expect((await post(engineer, `${path}/transfer`, { to: li.id })).status).toBe(403);
  expect((await post(li, `/handoffs/${newId()}/transfer`, { to: zhao.id })).status).toBe(404);
  const { handoffId } = await at.waiting();
  expect(await post(li, `/handoffs/${handoffId}/transfer`, { to: zhao.id })).toMatchObject({
    status: 409,
    body: { handoffStatus: 'queued' },
  });
});

it('a handoff is reopened with a reason, once', async () => {
  const { path, handoffId } = await claimed();
  expect(await post(li, `${path}/reopen`, { reason: '还没好' })).toMatchObject({ status: 409, body: { handoffStatus: 'claimed' } });
  await post(li, `${path}/resolve`, { outcome: 'answered' });
  expect((await post(li, `${path}/reopen`, { reason: ' ' })).status).toBe(422);
  const headers = { 'idempotency-key': newId() };
  const [one, two] = [
    await post(zhao, `${path}/reopen`, { reason: '还没好' }, headers),
    await post(zhao, `${path}/reopen`, { reason: '还没好' }, headers),
  ];
  expect(one).toMatchObject({
    status: 200,
    body: { id: handoffId, status: 'queued', owner: null, notes: [{ by: { name: '赵磊' }, text: '还没好' }] },
  });
  expect(two.body).toEqual(one.body);
  expect((await post(li, `/handoffs/${newId()}/reopen`, { reason: '还没好' })).status).toBe(404);
});

it('beside another open handoff of the conversation it is 409 with that one', async () => {
  const { path, conversationId } = await claimed();
  await post(li, `${path}/resolve`, { outcome: 'answered' });
  const other = newId();
  await at.store.pool.query(
    "insert into handoff (id, conversation_id, status, reason, summary_sealed, waiting_since) select $2, conversation_id, 'queued', 'asked', summary_sealed, now() from handoff where conversation_id = $1",
    [conversationId, other],
  );
  expect(await post(li, `${path}/reopen`, { reason: '还没好' })).toMatchObject({ status: 409, body: { handoffId: other } });
});

it('the lead is called about a conversation or a ticket, and the page is in the list', async () => {
  const ticket = aTicket({ number: 'BX-20261120-0700' });
  const { handoffId } = await at.waiting({ ticket });
  const answers = [
    await post(li, `/handoffs/${handoffId}/escalate`, { reason: '客户要求赔偿' }),
    await post(li, '/tickets/BX-20261120-0700/escalate', { reason: 'needs-decision' }),
  ] as unknown as readonly { readonly status: number; readonly body: { readonly pageId: string } }[];
  expect(answers.map((it) => it.status)).toEqual([201, 201]);
  const { body } = await at.ask('GET', '/api/v1/pages?status=open', { token: li.token });
  for (const answer of answers)
    expect(body.items).toContainEqual(expect.objectContaining({ id: answer.body.pageId, reason: 'escalated', ticket: ticket.number }));
  const { body: read } = await at.ask('GET', '/api/v1/tickets/BX-20261120-0700', { token: li.token });
  expect(read.timeline.filter((it) => it.type === 'escalated')).toHaveLength(2);

  expect((await post(li, `/handoffs/${newId()}/escalate`, { reason: '急' })).status).toBe(404);
  expect((await post(li, `/handoffs/${handoffId}/escalate`, {})).status).toBe(422);
  expect((await post(li, '/tickets/BX-20261120-0799/escalate', { reason: 'safety' })).status).toBe(404);
  expect((await post(li, '/tickets/BX-20261120-0700/escalate', { reason: '客户要求赔偿' })).status).toBe(422);
});

it('a reply that failed is sent again; one that did not is 409 with how far it has come', async () => {
  const { path, conversationId } = await claimed();
  const { body: said } = await post(li, `${path}/reply`, { text: '在的' });
  const again = `${path}/messages/${said.id}/send-again`;
  expect(await post(li, again)).toMatchObject({ status: 409, body: { delivery: 'pending' } });
  await at.store.pool.query("update message set delivery = 'failed' where id = $1", [said.id]);
  const other = await claimed();
  expect((await post(li, `${other.path}/messages/${said.id}/send-again`)).status).toBe(404);
  expect((await post(li, `${path}/messages/nonsense/send-again`)).status).toBe(404);
  expect(await post(li, again)).toMatchObject({ status: 200, body: { id: said.id, delivery: 'pending' } });
  expect(at.delivered.at(-1)).toBe(conversationId);
});
