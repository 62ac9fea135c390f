import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { A_PHONE, aChat, anEngineer, aTicket, aTurn, hoursAfterNoon } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { type Answer, openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let token: string;
let agentId: string;
let engineerId: string;
const [one, two, theirs] = ['0041', '0042', '0043'].map((it) =>
  aTicket({ number: `BX-20261120-${it}`, status: 'open', phone: A_PHONE }),
) as [ReturnType<typeof aTicket>, ReturnType<typeof aTicket>, ReturnType<typeof aTicket>];
const complaint = aTicket({ number: 'TS-202611-0041', kind: 'complaint', status: 'open', priority: 'high' });

beforeAll(async () => {
  at = await openWeb();
  const agent = await at.staff('agent');
  [token, agentId] = [agent.token, agent.id];
  engineerId = await anEngineer(at.store);
  const filed = {
    ticketId: complaint.id,
    form: 'complaint',
    category: 'repair-service',
    types: ['attitude'],
    gravities: [],
    wish: null,
    department: '维修部',
    purchasedOn: null,
    aboutTicketId: null,
    answerBy: hoursAfterNoon(1),
    resolveBy: hoursAfterNoon(48),
  } as const;
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [one, two, complaint], complaints: [filed] })]);
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [theirs] })]);
});
afterAll(() => at.close());

const get = (path: string): Promise<Answer> => at.ask('GET', `/api/v1${path}`, { token });
const post = (path: string, body?: unknown): Promise<Answer> => at.ask('POST', `/api/v1${path}`, { token, body });
const window = { from: '2026-11-21T14:00:00.000+08:00', to: '2026-11-21T16:00:00.000+08:00' };
const numbers = ({ body }: Answer) => body.items.map((it) => it.number).sort();

describe('assign, and the list of mine', () => {
  it('gives the ticket to somebody, and the list finds it by them', async () => {
    const done = await post(`/tickets/${one.number}/assign`, { staff: agentId });
    expect(done).toMatchObject({ status: 200, body: { assignee: { id: agentId } } });
    expect(numbers(await get('/tickets?assignee=me'))).toEqual([one.number]);
    expect(numbers(await get(`/tickets?assignee=${agentId}`))).toEqual([one.number]);
    expect(numbers(await get('/tickets?assignee=none'))).toEqual([two, theirs, complaint].map((it) => it.number).sort());
    expect(numbers(await get('/tickets?priority=high'))).toEqual([complaint.number]);
    expect((await get('/tickets?assignee=nobody')).status).toBe(400);
    expect((await get('/tickets?priority=huge')).status).toBe(400);
    expect(await post(`/tickets/${one.number}/assign`, { staff: null })).toMatchObject({ status: 200, body: { assignee: null } });
  });

  it('says what is wrong', async () => {
    expect(await post(`/tickets/${one.number}/assign`, { staff: newId() })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'staff' }] },
    });
    expect((await post(`/tickets/${one.number}/assign`, { staff: 'me' })).status).toBe(422);
    expect((await post(`/tickets/${one.number}/assign`, {})).status).toBe(422);
    expect((await post('/tickets/BX-20261120-9999/assign', { staff: null })).status).toBe(404);
  });
});

describe('a visit', () => {
  it('S2-016 S4-018 is booked from the windows that are free, and given another one', async () => {
    const free = await get(`/tickets/${one.number}/windows?from=2026-11-21&days=1`);
    expect(free.status).toBe(200);
    expect(free.body.items).toContainEqual({ ...window, engineers: [{ id: engineerId, name: '李工' }] });
    expect(free.body.items.every((it) => it.from.startsWith('2026-11-21'))).toBe(true);
    const booked = await post(`/tickets/${one.number}/visit`, { window, engineer: engineerId, reason: 'customer-asked' });
    expect(booked).toMatchObject({ status: 200, body: { status: 'scheduled', appointment: { window, engineer: { id: engineerId } } } });
    const later = { from: '2026-11-21T16:00:00+08:00', to: '2026-11-21T18:00:00+08:00' };
    expect(await post(`/tickets/${one.number}/visit`, { window: later })).toMatchObject({ status: 200 });
  });

  it('a window that is taken is 409 with the nearest; where nobody can be sent, with why', async () => {
    const taken = await post(`/tickets/${theirs.number}/visit`, {
      window: { from: '2026-11-21T16:00:00+08:00', to: '2026-11-21T18:00:00+08:00' },
    });
    expect(taken).toMatchObject({ status: 409, body: { type: 'urn:baoxiu:problem:window-taken' } });
    expect((taken.body as unknown as { nearest: unknown[] }).nearest).toHaveLength(3);
    expect(await post(`/tickets/${complaint.number}/visit`, { window })).toMatchObject({ status: 409, body: { why: 'complaint' } });
    expect(await get(`/tickets/${complaint.number}/windows`)).toMatchObject({ status: 409, body: { why: 'complaint' } });
    expect(await post(`/tickets/${theirs.number}/visit`, { window, engineer: newId() })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'engineer' }] },
    });
    expect((await post(`/tickets/${theirs.number}/visit`, { window, reason: '客户在家' })).status).toBe(422);
    expect((await post('/tickets/BX-20261120-9999/visit', { window })).status).toBe(404);
    expect((await get('/tickets/BX-20261120-9999/windows')).status).toBe(404);
    expect((await get(`/tickets/${one.number}/windows?days=99`)).status).toBe(400);
    expect((await get(`/tickets/${one.number}/windows?from=tomorrow`)).status).toBe(400);
  });
});

describe('merge', () => {
  it('makes two tickets one, or says why not', async () => {
    expect(await post(`/tickets/${one.number}/merge`, { duplicate: theirs.number })).toMatchObject({
      status: 409,
      body: { why: 'other-customer' },
    });
    expect(await post(`/tickets/${one.number}/merge`, { duplicate: complaint.number })).toMatchObject({
      status: 409,
      body: { why: 'complaint' },
    });
    expect(await post(`/tickets/${one.number}/merge`, { duplicate: one.number })).toMatchObject({
      status: 409,
      body: { why: 'same-ticket' },
    });
    expect((await post(`/tickets/${one.number}/merge`, { duplicate: 'BX-20261120-9999' })).status).toBe(404);
    const done = await post(`/tickets/${one.number}/merge`, { duplicate: two.number.toLowerCase() });
    expect(done).toMatchObject({ status: 200, body: { number: one.number, related: [two.number] } });
    expect(await post(`/tickets/${one.number}/merge`, { duplicate: two.number })).toMatchObject({
      status: 409,
      body: { why: 'ticket-over' },
    });
  });
});

describe('answer', () => {
  it('S4-005 is kept with the complaint, masked, and refused elsewhere', async () => {
    expect(await post(`/tickets/${one.number}/answer`, { text: '答复', settled: true })).toMatchObject({
      status: 409,
      body: { why: 'not-a-complaint' },
    });
    for (const body of [{ text: ' ', settled: true }, { text: '答'.repeat(1_001), settled: true }, { text: '答复' }])
      expect((await post(`/tickets/${complaint.number}/answer`, body)).status).toBe(422);
    const quality = await at.staff('quality');
    const body = { text: '已向您道歉，有事打13800138000', settled: true };
    expect(await at.ask('POST', `/api/v1/tickets/${complaint.number}/answer`, { token: quality.token, body })).toMatchObject({
      status: 200,
      body: { status: 'resolved', complaint: { answer: { by: quality.id, text: '已向您道歉，有事打138****8000' } } },
    });
    expect(await post(`/tickets/${complaint.number}/answer`, { text: '答复', settled: true })).toMatchObject({
      status: 409,
      body: { why: 'ticket-over', ticketStatus: 'resolved' },
    });
  });
});

it('who may not is told which deed it is', async () => {
  const engineer = await at.staff('engineer');
  const asks: readonly (readonly [string, unknown, string])[] = [
    ['assign', { staff: null }, 'desk.act'],
    ['visit', { window }, 'desk.act'],
    ['merge', { duplicate: two.number }, 'desk.act'],
    ['answer', { text: '答复', settled: true }, 'complaints.answer'],
  ];
  for (const [deed, body, missing] of asks) {
    const no = await at.ask('POST', `/api/v1/tickets/${one.number}/${deed}`, { token: engineer.token, body });
    expect(no.status).toBe(403);
    expect(no.body.detail).toContain(missing);
  }
});
