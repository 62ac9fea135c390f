/** What staff see and do over the API of the running desk, about customers who really wrote. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { book, phoneOf, type Wish, windowWords } from './booking.ts';
import {
  type Appointment,
  type ContactTask,
  type Handoff,
  type List,
  type Message,
  type Page,
  type Problem,
  type StaffApi,
  staffApi,
  type Ticket,
  type TicketLine,
} from './staff-api.ts';

let database: FreshDatabase;
let desk: WholeDesk;
let api: StaffApi;
const clients: DirectLineClient[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  desk = await startDesk({ databaseUrl: database.url });
  api = staffApi(desk);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await desk.close();
  await database.drop();
});

async function customer(): Promise<DirectLineClient> {
  const client = await connect(desk.url);
  clients.push(client);
  await client.next();
  return client;
}

const wish = (index: number): Wish => ({
  fault: '空调不制冷',
  address: '北京市朝阳区望京街道阜通东大街6号院3号楼1501',
  phone: phoneOf(500 + index),
  name: '王芳',
});

const intake = (index: number) => ({
  kind: 'repair',
  channel: 'phone',
  appliance: '冰箱',
  fault: '不制冷,冷冻室化霜',
  name: '赵敏',
  phone: phoneOf(600 + index),
  address: '北京市海淀区中关村南大街5号院2号楼301',
});

const problem = (status: number, code: string) => ({
  status,
  type: expect.stringMatching(/^application\/problem\+json/),
  body: { type: `urn:baoxiu:problem:${code}`, title: expect.any(String), status, detail: expect.any(String) },
});

describe('the running desk', () => {
  it('says that it lives, and which of its parts are ready or off', async () => {
    const answers = await Promise.all(['healthz', 'readyz'].map((it) => fetch(`${desk.url}/${it}`)));
    expect(answers.map((it) => it.status)).toEqual([200, 200]);
    expect(await answers[0]?.json()).toEqual({ status: 'alive' });
    expect(await answers[1]?.json()).toEqual({
      status: 'ready',
      parts: {
        store: 'ready',
        sweep: 'ready',
        calendar: 'incomplete',
        pages: 'disabled',
        sms: 'disabled',
        model: 'disabled',
        'web-chat': 'ready',
        wechat: 'disabled',
        slack: 'disabled',
      },
      notes: { calendar: expect.stringMatching(/^no holidays known for \d{4}(, \d{4})?: weekdays only$/) },
    });
  });

  it('describes its routes in OpenAPI 3.1 without a token', async () => {
    const response = await fetch(`${desk.url}/api/v1/openapi.json`);
    const document = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((it) => `${it} ${path}`));
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(routes).toEqual(expect.arrayContaining(ROUTES.map((it) => it.replace(' ', ' /api/v1'))));
  });

  it('answers a request that it refuses with problem+json and the reason', async () => {
    expect(await staffApi(desk, 'nobody').get('/tickets')).toMatchObject(problem(401, 'unauthenticated'));
    expect(await api.get('/tickets/BX-20200101-9999')).toMatchObject(problem(404, 'not-found'));
    expect(await api.get('/nothing')).toMatchObject(problem(404, 'not-found'));
    expect(await api.get('/tickets?kind=wish')).toMatchObject(problem(400, 'malformed'));
    expect(await api.get(`/conversations/${randomUUID()}/messages`)).toMatchObject(problem(404, 'not-found'));
    expect(await api.post('/tickets', { kind: 'repair' })).toMatchObject(problem(422, 'invalid'));
    const missing = await api.post<Problem>('/tickets', { ...intake(0), phone: '12' });
    expect(missing.body.errors?.map((it) => it.field)).toEqual(['phone']);
    expect(await api.post('/tickets', 'x'.repeat(70_000))).toMatchObject(problem(413, 'too-large'));
  });

  it('lets no agent add staff, and knows a new member by their token', async () => {
    const added = await api.post<{ readonly id: string; readonly token: string }>('/staff', {
      name: '李敏',
      email: `${randomUUID()}@example.com`,
      role: 'agent',
    });
    expect(added.status).toBe(201);
    const agent = staffApi(desk, added.body.token);
    expect((await agent.get('/tickets')).status).toBe(200);
    expect(await agent.post('/staff', { name: '某人', email: 'x@example.com', role: 'admin' })).toMatchObject(problem(403, 'forbidden'));
  });
});

describe('a repair booked in the chat', () => {
  it('is found by number, full phone and filters, masked, with its timeline, visit and conversation', async () => {
    const client = await customer();
    const { number, readBack } = await book(client, wish(1));

    for (const q of [number, number.toLowerCase(), phoneOf(501), `+86${phoneOf(501)}`]) {
      const found = await api.all<TicketLine>(`/tickets?q=${encodeURIComponent(q)}`);
      expect(found.map((it) => it.number)).toEqual([number]);
    }
    const line = (await api.all<TicketLine>('/tickets?kind=repair&status=scheduled&channel=web-chat')).find((it) => it.number === number);
    expect(line).toMatchObject({ appliance: 'air_conditioner', priority: 'normal', customer: { name: '王*', phone: '138****0501' } });
    expect((await api.all<TicketLine>('/tickets?status=cancelled')).map((it) => it.number)).not.toContain(number);

    const ticket = (await api.get<Ticket>(`/tickets/${number}`)).body;
    expect(ticket).toMatchObject({
      fault: expect.stringContaining('空调不制冷'),
      address: '北京市朝阳区',
      conversationId: client.conversationId,
    });
    expect(ticket.timeline.map((it) => it.type)).toContain('opened');
    expect(JSON.stringify(ticket)).not.toMatch(/13810000501|王芳|阜通东大街/);
    expect(ticket.appointment && windowWords(ticket.appointment.window)).toBe(readBack.window);

    const { from, to } = ticket.appointment?.window ?? { from: '', to: '' };
    const span = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}&engineer=${ticket.appointment?.engineer.id}`;
    expect((await api.all<Appointment>(`/appointments?${span}`)).map((it) => it.ticket)).toEqual([number]);

    const messages = (await api.get<{ readonly items: readonly Message[] }>(`/conversations/${client.conversationId}/messages`)).body.items;
    expect(messages.map((it) => it.from).slice(0, 3)).toEqual(['bot', 'customer', 'bot']);
    expect(messages.map((it) => it.seq)).toEqual([...messages.map((it) => it.seq)].sort((a, b) => a - b));
    expect(JSON.stringify(messages)).not.toContain(phoneOf(501));
    expect(messages.filter((it) => it.from === 'bot').map((it) => it.delivery)).toEqual(expect.arrayContaining(['delivered']));
  });
});

describe('a customer who asks for a person', () => {
  it('is claimed by one, answered, noted about and given back; meanwhile the bot is silent', async () => {
    const added = await api.post<{ readonly token: string }>('/staff', {
      name: '赵磊',
      email: `${randomUUID()}@example.com`,
      role: 'agent',
    });
    const other = staffApi(desk, added.body.token);
    const client = await customer();
    await client.ask('空调不制冷');
    await client.ask('人工');

    const queued = await api.all<Handoff>('/handoffs?status=queued');
    const handoff = queued.find((it) => it.conversationId === client.conversationId);
    expect(handoff).toMatchObject({ reason: 'asked', owner: null, summary: { known: { fault: '空调不制冷' } } });
    expect(queued.map((it) => it.waitingSince)).toEqual(queued.map((it) => it.waitingSince).sort());

    const claimed = await api.post<Handoff>(`/handoffs/${handoff?.id}/claim`);
    expect(claimed).toMatchObject({ status: 200, body: { status: 'claimed' } });
    expect((await api.post(`/handoffs/${handoff?.id}/claim`)).status).toBe(200);
    const refused = await other.post<Problem>(`/handoffs/${handoff?.id}/claim`);
    expect(refused).toMatchObject({ status: 409, body: { owner: claimed.body.owner } });
    expect((await other.post(`/handoffs/${handoff?.id}/reply`, { text: '我来' })).status).toBe(409);

    expect((await client.next()).channelData.dialog?.reply).toEqual(['handoff.claimed']);

    await client.say('在吗');
    expect((await api.post(`/handoffs/${handoff?.id}/note`, { text: '老客户' })).status).toBe(201);
    expect((await api.post<Message>(`/handoffs/${handoff?.id}/reply`, { text: '在的,您说。' })).body.from).toBe('staff');
    // The next thing the customer hears is the person: no bot spoke in between.
    expect(await client.next()).toMatchObject({ text: '在的,您说。', from: { id: 'staff' } });
    expect((await api.post(`/handoffs/${handoff?.id}/release`)).status).toBe(200);
    await client.next((it) => it.channelData.dialog?.reply.includes('handoff.back') === true);
    expect((await client.ask('冰箱漏水')).channelData.dialog?.flow).toBe('repair-booking');
    const log = (await api.get<{ readonly items: readonly Message[] }>(`/conversations/${client.conversationId}/messages`)).body.items;
    expect(JSON.stringify(log)).not.toContain('老客户');
  });
});

describe('a customer on the phone', () => {
  it('gets a window that is free: a closed one is refused with the nearest, and taking one of those books it', async () => {
    const closed = { from: '2020-01-01T08:00:00+08:00', to: '2020-01-01T10:00:00+08:00' };
    const refused = await api.post<Problem>('/tickets', { ...intake(1), window: closed });
    expect(refused).toMatchObject(problem(409, 'window-taken'));
    const [window] = refused.body.nearest ?? [];
    const opened = await api.post<Ticket>('/tickets', { ...intake(1), window });
    expect(opened).toMatchObject({
      status: 201,
      body: { kind: 'repair', channel: 'phone', status: 'scheduled', appliance: 'fridge', appointment: { window, status: 'booked' } },
    });
    expect(opened.headers.get('location')).toBe(`/api/v1/tickets/${opened.body.number}`);
    expect((await api.all<TicketLine>(`/tickets?q=${phoneOf(601)}`)).map((it) => it.number)).toEqual([opened.body.number]);

    const done = await api.post<Ticket>(`/tickets/${opened.body.number}/transitions`, { type: 'complete' });
    expect(done).toMatchObject({ status: 200, body: { status: 'resolved', appointment: { status: 'done' } } });
    expect(done.body.timeline.map((it) => it.type)).toContain('completed');
    const again = await api.post<Problem>(`/tickets/${opened.body.number}/transitions`, { type: 'complete' });
    expect(again).toMatchObject({ ...problem(409, 'transition-not-allowed'), body: { allowed: ['reopen'], ticketStatus: 'resolved' } });
  });

  it('calls off: the ticket and its visit are cancelled', async () => {
    const nearest = (
      await api.post<Problem>('/tickets', { ...intake(2), window: { from: '2020-01-01T08:00:00Z', to: '2020-01-01T10:00:00Z' } })
    ).body.nearest;
    const opened = await api.post<Ticket>('/tickets', { ...intake(2), window: nearest?.[0] });
    const cancelled = await api.post<Ticket>(`/tickets/${opened.body.number}/transitions`, { type: 'cancel' });
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'cancelled', appointment: { status: 'cancelled' } } });
  });

  it('is recorded once when the same request comes three times with one Idempotency-Key', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const [first, second] = await Promise.all([api.post<Ticket>('/tickets', intake(3), key), api.post<Ticket>('/tickets', intake(3), key)]);
    const third = await api.post<Ticket>('/tickets', intake(3), key);
    expect([first.status, second.status, third.status]).toEqual([201, 201, 201]);
    expect(new Set([first, second, third].map((it) => JSON.stringify(it.body))).size).toBe(1);
    expect(await api.all<TicketLine>(`/tickets?q=${phoneOf(603)}`)).toHaveLength(1);
    expect(await api.post('/tickets', intake(4), key)).toMatchObject(problem(422, 'key-reused'));
  });
});

describe('people who are needed now', () => {
  it('are paged by a danger, urgent and at once, and acknowledge it', async () => {
    const client = await customer();
    const warned = await client.ask('洗澡的时候水有点麻手');
    expect(warned.channelData).toMatchObject({ dialog: { reply: ['danger.shock'] }, ticket: { kind: 'repair' } });
    const page = (await api.all<Page>('/pages?status=open')).find((it) => it.conversationId === client.conversationId);
    expect(page).toMatchObject({ reason: 'danger-shock', ticket: warned.channelData.ticket?.number });
    expect((await api.get<Ticket>(`/tickets/${page?.ticket}`)).body).toMatchObject({ kind: 'repair', priority: 'urgent', status: 'open' });

    const seen = await api.post<Page>(`/pages/${page?.id}/acknowledge`);
    expect(seen).toMatchObject({ status: 200, body: { status: 'acknowledged', acknowledgedBy: { name: expect.any(String) } } });
    expect((await api.all<Page>('/pages?status=open')).map((it) => it.id)).not.toContain(page?.id);
    expect((await api.post(`/pages/${randomUUID()}/acknowledge`)).status).toBe(404);
  });

  it('call a customer who lives outside the area, by the time that was named', async () => {
    const client = await customer();
    await client.ask('冰箱不制冷');
    await client.say('成都市锦江区春熙路1号2栋301');
    await client.next((it) => it.channelData.dialog?.asking === 'phone');
    const told = await client.ask(phoneOf(700));
    expect(told.channelData).toMatchObject({ ticket: { kind: 'enquiry', status: 'open' } });

    const task = (await api.all<ContactTask>('/contact-tasks?status=open')).find((it) => it.ticket === told.channelData.ticket?.number);
    expect(task).toMatchObject({ reason: 'outside-area', customer: { phone: '138****0700' } });
    const due = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    expect(told.text).toContain(due.format(new Date(task?.dueAt ?? '')));
    const done = await api.post<ContactTask>(`/contact-tasks/${task?.id}/done`);
    expect(done).toMatchObject({ status: 200, body: { status: 'done', doneBy: { name: expect.any(String) } } });
  });

  it('see tickets newest first, slice by slice, each once', async () => {
    const numbers = (await api.all<TicketLine>('/tickets?limit=2')).map((it) => it.number);
    const { body } = await api.get<List<TicketLine>>('/tickets?limit=100');
    expect(numbers).toEqual(body.items.map((it) => it.number));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

const ROUTES = [
  'get /tickets',
  'post /tickets',
  'get /tickets/{number}',
  'post /tickets/{number}/transitions',
  'post /tickets/{number}/survey',
  'get /conversations/{id}/messages',
  'get /handoffs',
  'post /handoffs/{id}/claim',
  'post /handoffs/{id}/reply',
  'post /handoffs/{id}/note',
  'post /handoffs/{id}/release',
  'post /handoffs/{id}/resolve',
  'get /appointments',
  'get /pages',
  'post /pages/{id}/acknowledge',
  'get /contact-tasks',
  'post /contact-tasks/{id}/done',
  'get /staff',
  'post /staff',
];
