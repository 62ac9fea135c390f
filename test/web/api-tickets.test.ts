import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { A_PHONE, aBooking, aChat, aMessage, anEngineer, aReply, aTicket, aTurn, type Chat } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { type Answer, openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let token: string;
let chat: Chat;
let engineerId: string;
const booked = aTicket({
  number: 'BX-20261120-0031',
  phone: A_PHONE,
  details: { fault: '漏水,打13800138000', name: '王芳', model: 'XQG100', errorCode: null, contact: null, note: null },
});
const sibling = aTicket({ number: 'BX-20261120-0032', appliance: 'dryer' });

beforeAll(async () => {
  at = await openWeb();
  token = (await at.staff('agent')).token;
  chat = await aChat(at.store);
  engineerId = await anEngineer(at.store);
  await at.store.accept([aMessage(chat, '洗衣机漏水,电话 138 0013 8000')]);
  await at.store.transact([
    aTurn(chat, {
      tickets: [booked, sibling],
      reservation: aBooking(engineerId as never, 26, [booked.id, sibling.id]),
      outgoing: [aReply('约好了,单号BX-20261120-0031')],
      customer: { name: '王芳', phone: A_PHONE },
      ticketEvents: [{ ticketId: booked.id, at: booked.openedAt, actor: 'bot', type: 'opened', details: { channel: 'web-chat' } }],
      relations: [{ from: booked.id, to: sibling.id, kind: 'same-visit' }],
      pages: [{ id: newId(), reason: 'gas', ticketId: booked.id, raisedAt: booked.openedAt, onceKey: null, notBefore: null }],
    }),
  ]);
});
afterAll(() => at.close());

const get = (path: string): Promise<Answer> => at.ask('GET', `/api/v1${path}`, { token });
const post = (path: string, body?: unknown): Promise<Answer> => at.ask('POST', `/api/v1${path}`, { token, body });

const summary = {
  number: 'BX-20261120-0031',
  kind: 'repair',
  status: 'scheduled',
  priority: 'normal',
  channel: 'web-chat',
  appliance: 'washer',
  fault: '漏水,打138****8000',
  faultCodes: ['leaking', 'noisy'],
  openedAt: '2026-11-20T12:00:00.000+08:00',
  dueAt: null,
  overdue: false,
  assignee: null,
  customer: { id: expect.any(String), name: '王*', phone: '138****8000' },
};

describe('GET /tickets', () => {
  it('S2-024 gives lines with masked customers and business-zone times', async () => {
    const { status, body } = await get('/tickets?q=BX-20261120-0031');
    expect(status).toBe(200);
    expect(body).toEqual({ items: [summary], nextCursor: null });
  });

  it('finds by full phone however the plus sign arrives', async () => {
    for (const q of ['13800138000', '%2B8613800138000', '+8613800138000'])
      expect((await get(`/tickets?q=${q}`)).body.items).toEqual([summary]);
    expect((await get('/tickets?q=8000')).body.items).toEqual([]);
  });

  it('walks the list by cursor', async () => {
    const first = await get('/tickets?limit=1');
    const second = await get(`/tickets?limit=1&cursor=${first.body.nextCursor}`);
    const numbers = [first, second].map((it) => it.body.items[0]?.number);
    expect(numbers.sort()).toEqual(['BX-20261120-0031', 'BX-20261120-0032']);
    expect(second.body.nextCursor).toBeNull();
  });
});

describe('promised times', () => {
  it('S4-008 a ticket tells its clocks, and the list which are overdue', async () => {
    const clock = (kind: string, status: string, endedAt: string | null) =>
      at.store.pool.query(
        `insert into sla_clock (id, ticket_id, kind, priority, target_minutes, started_at, due_at, ended_at, status, breached_at)
         values ($1, $2, $3, 'normal', 30, '2026-11-20T12:00:00+08:00', '2026-11-20T13:30:00+08:00', $4, $5, '2026-11-20T13:30:00+08:00')`,
        [newId(), sibling.id, kind, endedAt, status],
      );
    await clock('first-response', 'missed', '2026-11-20T14:00:00+08:00');
    expect((await get('/tickets?overdue=true')).body.items).toEqual([]);
    await clock('resolution', 'missed', null);
    expect((await get('/tickets?overdue=true')).body.items).toMatchObject([{ number: sibling.number, overdue: true }]);
    expect((await get('/tickets?overdue=false')).body.items.map((it) => it.number)).not.toContain(sibling.number);
    expect((await get(`/tickets/${sibling.number}`)).body).toMatchObject({
      overdue: true,
      clocks: [
        { kind: 'first-response', status: 'missed', endedAt: '2026-11-20T14:00:00.000+08:00' },
        {
          kind: 'resolution',
          status: 'missed',
          startedAt: '2026-11-20T12:00:00.000+08:00',
          dueAt: '2026-11-20T13:30:00.000+08:00',
          endedAt: null,
          breachedAt: '2026-11-20T13:30:00.000+08:00',
        },
      ],
    });
    await at.store.pool.query('delete from sla_clock');
  });
});

describe('GET /tickets/{number}', () => {
  it('is the whole ticket', async () => {
    const { status, body } = await get('/tickets/bx-20261120-0031');
    expect(status).toBe(200);
    expect(body).toEqual({
      ...summary,
      address: '北京市朝阳区',
      model: 'XQG100',
      serial: null,
      note: null,
      timeline: [{ at: '2026-11-20T12:00:00.000+08:00', actor: 'bot', type: 'opened', channel: 'web-chat' }],
      appointment: {
        id: expect.any(String),
        engineer: { id: engineerId, name: '李工' },
        window: { from: '2026-11-21T14:00:00.000+08:00', to: '2026-11-21T16:00:00.000+08:00' },
        status: 'booked',
        confirmedAt: '2026-11-20T12:00:00.000+08:00',
      },
      workOrder: null,
      complaint: null,
      survey: null,
      conversationId: chat.conversationId,
      related: ['BX-20261120-0032'],
      attachments: [],
      notes: [],
      clocks: [],
      channelWindow: null,
    });
    expect((await get('/tickets/BX-20261120-0032')).body.related).toEqual(['BX-20261120-0031']);
  });
});

describe('POST /tickets', () => {
  const form = {
    kind: 'repair',
    channel: 'phone',
    appliance: 'washer',
    fault: '漏水',
    name: '李雷',
    phone: '13900139000',
    address: '北京市朝阳区建国路88号3号楼1501',
  };

  it('S4-013 opens the ticket and says where it is', async () => {
    const window = { from: '2026-11-22T14:00:00+08:00', to: '2026-11-22T16:00:00+08:00' };
    const made = await post('/tickets', { ...form, window, note: '门口有狗' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      status: 'scheduled',
      channel: 'phone',
      customer: { name: '李*', phone: '139****9000' },
      address: '北京市朝阳区',
      note: '门口有狗',
      appointment: {
        engineer: { id: engineerId },
        window: { from: '2026-11-22T14:00:00.000+08:00' },
        status: 'booked',
        confirmedAt: '2026-11-20T12:00:00.000+08:00',
      },
    });
    expect(made.headers.get('location')).toBe(`/api/v1/tickets/${made.body.number}`);
    expect(made.body.timeline[1]).toMatchObject({
      type: 'appointment-booked',
      engineer: engineerId,
      from: '2026-11-22T14:00:00.000+08:00',
    });
    expect((await get(`/tickets/${made.body.number}`)).body).toEqual(made.body);

    const taken = await post('/tickets', { ...form, window });
    expect(taken).toMatchObject({
      status: 409,
      body: { type: 'urn:baoxiu:problem:window-taken', nearest: [{ from: expect.stringMatching(/\+08:00$/) }, {}, {}] },
    });
  });

  it('S2-014 has the keys of a ticket from a chat', async () => {
    const made = await post('/tickets', {
      ...form,
      channel: 'store',
      address: { province: '北京市', city: '北京市', district: '朝阳区', detail: '建国路88号' },
    });
    expect(Object.keys(made.body).sort()).toEqual(Object.keys((await get('/tickets/BX-20261120-0031')).body).sort());
  });

  it.each(['kind', 'channel', 'appliance', 'fault', 'name', 'phone', 'address'])(
    'S4-014 is refused without %s, which is named',
    async (field) => {
      const { status, body } = await post('/tickets', { ...form, [field]: undefined });
      expect([status, body.errors.map((it) => it.field)]).toEqual([422, [field]]);
    },
  );

  it('S4-014 is refused with an address nobody could find, or half a window', async () => {
    expect((await post('/tickets', { ...form, address: '建国路88号' })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'address' }],
    });
    expect((await post('/tickets', { ...form, window: { from: '2026-11-22T14:00:00+08:00' } })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'window.to' }],
    });
    expect((await post('/tickets', { ...form, window: { from: '2026-11-22 14:00', to: '2026-11-22 16:00' } })).status).toBe(422);
    expect((await post('/tickets', { ...form, channel: 'wechat' })).body.errors).toMatchObject([{ field: 'channel' }]);
  });
});

describe('POST /tickets/{number}/transitions', () => {
  it('completes, resolves, opens anew, and says what is allowed instead of the rest', async () => {
    const done = await post('/tickets/BX-20261120-0032/transitions', { type: 'complete' });
    expect(done).toMatchObject({ status: 200, body: { status: 'resolved', timeline: [{ type: 'completed', from: 'scheduled' }] } });
    const refused = await post('/tickets/BX-20261120-0032/transitions', { type: 'cancel' });
    expect(refused).toMatchObject({
      status: 409,
      body: { type: 'urn:baoxiu:problem:transition-not-allowed', ticketStatus: 'resolved', allowed: ['reopen'] },
    });
    const reopened = await post('/tickets/BX-20261120-0032/transitions', { type: 'reopen' });
    expect(reopened).toMatchObject({ status: 200, body: { status: 'open', timeline: [{ type: 'completed' }, { type: 'reopened' }] } });
    const resolved = await post('/tickets/BX-20261120-0032/transitions', { type: 'resolve' });
    expect(resolved).toMatchObject({ status: 200, body: { status: 'resolved' } });
  });

  it('lists what is allowed instead', async () => {
    const made = await post('/tickets', {
      kind: 'complaint',
      channel: 'email',
      appliance: 'tv',
      fault: '态度差',
      name: '李雷',
      phone: '13900139000',
      address: '北京市朝阳区建国路88号',
    });
    const refused = await post(`/tickets/${made.body.number}/transitions`, { type: 'complete' });
    expect(refused).toMatchObject({ status: 409, body: { ticketStatus: 'open', allowed: ['resolve', 'cancel', 'wait-for-customer'] } });
    expect((await post(`/tickets/${made.body.number}/transitions`, { type: 'explode' })).status).toBe(422);
    expect((await post('/tickets/BX-20261120-9999/transitions', { type: 'cancel' })).status).toBe(404);
  });
});

describe('what hangs on tickets', () => {
  it('GET /appointments lists visits of a span and an engineer, holds left out', async () => {
    const hold = { ...aBooking(engineerId as never, 50), kind: 'hold', heldUntil: booked.openedAt } as const;
    await at.store.transact([aTurn(await aChat(at.store), { reservation: hold as never })]);
    const { body } = await get(
      `/appointments?from=2026-11-21T00:00:00+08:00&to=2026-11-22T00:00:00%2B08:00&engineer=${engineerId}&limit=10`,
    );
    expect(body.items).toMatchObject([
      {
        ticket: 'BX-20261120-0031',
        tickets: ['BX-20261120-0031', 'BX-20261120-0032'],
        engineer: { name: '李工' },
        window: { from: '2026-11-21T14:00:00.000+08:00' },
      },
    ]);
    expect((await get(`/appointments?engineer=${newId()}`)).body.items).toEqual([]);
    expect((await get('/appointments?from=2026-11-22T16:00:00Z')).body.items).toEqual([]);
  });

  it('S2-016 GET /appointments shows no booked visit the customer did not confirm', async () => {
    const { body } = await get('/appointments');
    expect(body.items.length).toBeGreaterThan(1);
    for (const it of body.items.filter((visit) => visit.status === 'booked')) expect(it.confirmedAt).toEqual(expect.any(String));
  });

  it('GET /conversations/{id}/messages is the transcript in order, phone numbers masked', async () => {
    const { body } = await get(`/conversations/${chat.conversationId}/messages`);
    expect(body).toEqual({
      items: [
        {
          id: expect.any(String),
          seq: 1,
          at: '2026-11-20T12:00:00.000+08:00',
          from: 'customer',
          text: '洗衣机漏水,电话 138****8000',
          attachments: [],
          delivery: null,
        },
        {
          id: expect.any(String),
          seq: 2,
          at: '2026-11-20T12:00:00.000+08:00',
          from: 'bot',
          text: '约好了,单号BX-20261120-0031',
          attachments: [],
          delivery: 'pending',
        },
      ],
      nextAfter: null,
    });
    const first = await get(`/conversations/${chat.conversationId}/messages?limit=1`);
    expect(first.body.nextAfter).toBe(1);
    expect((await get(`/conversations/${chat.conversationId}/messages?limit=1&after=1`)).body.items).toMatchObject([{ seq: 2 }]);
  });

  it('a page is acknowledged once and stays with who was first', async () => {
    const open = await get('/pages?status=open');
    expect(open.body.items).toMatchObject([
      { reason: 'gas', ticket: 'BX-20261120-0031', conversationId: chat.conversationId, acknowledgedBy: null },
      { reason: 'complaint-filed' },
    ]);
    const first = await post(`/pages/${open.body.items[0]?.id}/acknowledge`);
    expect(first).toMatchObject({ status: 200, body: { status: 'acknowledged', acknowledgedBy: { name: 'agent 李' } } });
    const other = await at.staff('dispatcher', '赵');
    const second = await at.ask('POST', `/api/v1/pages/${open.body.items[0]?.id}/acknowledge`, { token: other.token });
    expect(second.body).toEqual(first.body);
    expect((await get('/pages?status=open')).body.items.map((it) => it.reason)).toEqual(['complaint-filed']);
    const { body } = await get('/tickets/BX-20261120-0031');
    expect(body.timeline.at(-1)).toMatchObject({ type: 'page-acknowledged', reason: 'gas', actor: expect.stringMatching(/^staff:/) });
  });

  it('a page that closed by itself says when and why, is listed apart, and can not be acknowledged', async () => {
    const [page] = (await get('/pages?status=open')).body.items;
    await at.store.pool.query("update page set status = 'closed', closed_at = $2, closed_why = 'answered' where id = $1", [
      page?.id,
      new Date(at.clock.now),
    ]);
    const closed = {
      id: page?.id,
      status: 'closed',
      acknowledgedAt: null,
      acknowledgedBy: null,
      closed: { at: '2026-11-20T12:00:00.000+08:00', why: 'answered' },
    };
    expect((await get('/pages?status=closed')).body.items).toMatchObject([closed]);
    expect((await get('/pages?status=open')).body.items).toEqual([]);
    expect((await get('/pages?status=acknowledged')).body.items.map((it) => it.id)).not.toContain(page?.id);
    expect(await post(`/pages/${page?.id}/acknowledge`)).toMatchObject({ status: 409, body: { why: 'answered' } });
  });

  it('a contact task is done once', async () => {
    const tasks = await get('/contact-tasks?status=open');
    expect(tasks.body.items[0]).toMatchObject({
      reason: expect.any(String),
      customer: { name: '李*', phone: '139****9000' },
      // The complaint's: half an hour of the afternoon.
      dueAt: '2026-11-20T13:30:00.000+08:00',
    });
    const done = await post(`/contact-tasks/${tasks.body.items[0]?.id}/done`);
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'done', doneAt: '2026-11-20T12:00:00.000+08:00', doneBy: { name: 'agent 李' } },
    });
    expect((await post(`/contact-tasks/${tasks.body.items[0]?.id}/done`)).body).toEqual(done.body);
    const { body } = await get(`/tickets/${done.body.ticket}`);
    expect(body.timeline.filter((it) => it.type === 'contact-task-done')).toHaveLength(1);
  });

  it('S2-024 nothing the API answered holds a full phone, a name or an address', async () => {
    const answers = await Promise.all(
      [
        '/tickets',
        '/tickets/BX-20261120-0031',
        '/appointments',
        '/pages',
        '/contact-tasks',
        '/handoffs',
        `/conversations/${chat.conversationId}/messages`,
      ].map(get),
    );
    const text = JSON.stringify(answers.map((it) => it.body));
    for (const secret of ['13800138000', '138 0013 8000', '13900139000', '王芳', '李雷', '建国路']) expect(text).not.toContain(secret);
  });
});
