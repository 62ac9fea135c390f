import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeForm } from '../../src/desk/intake-form.ts';
import { NOTHING_MORE } from '../desk/a-desk.ts';
import { A_PHONE, aChat, aTicket, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let token: string;
const visit = aTicket({ number: 'BX-20261120-0031', phone: A_PHONE });
const served = aTicket({ number: 'BX-20261120-0032', phone: '+8613900139099' as typeof A_PHONE });
const complaint = aTicket({
  number: 'TS-202610-0007',
  kind: 'complaint',
  status: 'open',
  phone: A_PHONE,
  details: { fault: '师傅态度差', name: '王芳', model: null, errorCode: null, contact: null, note: null },
  dueAt: hoursAfterNoon(1),
});

beforeAll(async () => {
  at = await openWeb();
  token = (await at.staff('agent')).token;
  const chat = await aChat(at.store);
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [served] })]);
  const said = { ticketId: complaint.id, gravities: [], wish: null, priority: null } as const;
  await at.store.transact([
    aTurn(chat, {
      tickets: [visit, complaint],
      customer: { name: '王芳', phone: A_PHONE },
      complaints: [
        {
          ticketId: complaint.id,
          category: 'repair-service',
          types: ['attitude'],
          gravities: ['private-payment'],
          wish: 'apology',
          department: '维修部',
          form: 'complaint',
          purchasedOn: '2026-03',
          aboutTicketId: visit.id,
          answerBy: hoursAfterNoon(1),
          resolveBy: hoursAfterNoon(48),
        },
      ],
      statements: [{ ...said, id: newId(), at: NOON, text: '我是王芳,师傅态度差,回我13800138000' }],
      relations: [{ from: complaint.id, to: visit.id, kind: 'about' }],
    }),
  ]);
  await at.store.transact([
    aTurn(chat, {
      revision: 1,
      statements: [
        { ...said, id: newId(), at: hoursAfterNoon(2), text: '还没人理我', gravities: ['repeat'], wish: 'refund', priority: 'high' },
      ],
    }),
  ]);
});
afterAll(() => at.close());

const get = async (path: string) => (await at.ask('GET', `/api/v1${path}`, { token })).body;

describe('a complaint in the staff API', () => {
  it('S2-059 is its class, department and times, and every statement, masked', async () => {
    expect(await get('/tickets/TS-202610-0007')).toMatchObject({
      number: 'TS-202610-0007',
      kind: 'complaint',
      priority: 'high',
      dueAt: '2026-11-20T13:00:00.000+08:00',
      related: ['BX-20261120-0031'],
      complaint: {
        category: 'repair-service',
        types: ['attitude'],
        gravities: ['private-payment', 'repeat'],
        wish: 'refund',
        department: '维修部',
        form: 'complaint',
        cause: null,
        purchasedOn: '2026-03',
        about: 'BX-20261120-0031',
        answerBy: '2026-11-20T13:00:00.000+08:00',
        resolveBy: '2026-11-22T12:00:00.000+08:00',
        count: 2,
        statements: [
          { at: '2026-11-20T12:00:00.000+08:00', text: '我是王*,师傅态度差,回我138****8000' },
          { at: '2026-11-20T14:00:00.000+08:00', text: '还没人理我' },
        ],
      },
    });
  });

  it('is null on a repair, which names the complaint as related', async () => {
    expect(await get('/tickets/BX-20261120-0031')).toMatchObject({ complaint: null, related: ['TS-202610-0007'] });
  });

  it('is found by its number, however it is typed', async () => {
    for (const q of ['TS-202610-0007', 'ts2026100007'])
      expect((await get(`/tickets?q=${q}`)).items.map((it) => it.number)).toEqual(['TS-202610-0007']);
  });
});

/** What staff type while a customer is on the phone. */
const aCall = (what: object = {}) => ({
  kind: 'complaint',
  channel: 'phone',
  appliance: 'washer',
  fault: '师傅没来',
  name: '李雷',
  phone: '13900139000',
  address: '北京市朝阳区望京街道阜通东大街6号院3号楼1501',
  ...what,
});
const post = (what: object = {}, headers: Record<string, string> = {}) =>
  at.ask('POST', '/api/v1/tickets', { token, body: aCall(what), headers });

const pagesOf = async (number: string) =>
  (await at.store.prisma.page.findMany({ where: { ticket: { number } }, orderBy: { reason: 'asc' } })).map((it) => it.reason);
const callsOf = async (number: string) =>
  (await at.store.prisma.contactTask.findMany({ where: { ticket: { number } }, orderBy: { id: 'asc' } })).map((it) => it.reason);

describe('S2-057 a complaint told to staff', () => {
  it('S4-004 is a case like one from a chat: every slot that is known is there', async () => {
    const { status, body } = await post({
      phone: '13900139099',
      fault: '师傅态度特别差,2026年3月买的洗衣机还是不转,我要你们道歉',
      about: 'bx202611200032',
      model: 'XQG80-B12',
      serial: 'demo2026in0001',
      purchasedOn: '2026-03-18',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      number: expect.stringMatching(/^TS-202611-\d{4}$/),
      kind: 'complaint',
      status: 'open',
      priority: 'normal',
      channel: 'phone',
      appliance: 'washer',
      model: 'XQG80-B12',
      serial: 'DEMO2026IN0001',
      related: ['BX-20261120-0032'],
      dueAt: '2026-11-20T13:30:00.000+08:00',
      complaint: {
        form: 'complaint',
        category: 'repair-service',
        types: expect.arrayContaining(['attitude']),
        gravities: [],
        wish: 'apology',
        department: '维修部',
        cause: null,
        purchasedOn: '2026-03-18',
        about: 'BX-20261120-0032',
        answerBy: '2026-11-20T13:30:00.000+08:00',
        count: 1,
        statements: [{ at: '2026-11-20T12:00:00.000+08:00', text: '师傅态度特别差,2026年3月买的洗衣机还是不转,我要你们道歉' }],
      },
      timeline: [
        { type: 'opened', form: 'complaint', department: '维修部', actor: expect.stringMatching(/^staff:/) },
        { type: 'contact-task-opened', reason: 'call-back' },
      ],
    });
    expect((await get(`/tickets?q=DEMO2026IN0001`)).items.map((it) => it.number)).toEqual([body.number]);
    expect(await pagesOf(body.number)).toEqual(['complaint-filed']);
  });

  it('what the form says goes before what the words say, and a class nothing tells of is `other`', async () => {
    const told = await post({ phone: '13900139001', fault: '师傅态度差,我要退钱', category: 'after-sales-service', wish: 'apology' });
    expect(told.body).toMatchObject({ complaint: { category: 'after-sales-service', wish: 'apology', department: '客服部' } });
    expect((await post({ phone: '13900139002', fault: '我很生气' })).body).toMatchObject({ complaint: { category: 'other', wish: null } });
  });

  it('S2-061 what is grave calls somebody now', async () => {
    const hurt = await post({ phone: '13900139003', fault: '师傅把我妈烫伤了,送医院缝了三针' });
    expect(hurt.body).toMatchObject({ priority: 'urgent', complaint: { gravities: ['injury'] } });
    expect(await pagesOf(hurt.body.number)).toEqual(['complaint-urgent']);
    const paid = await post({ phone: '13900139004', fault: '师傅让我微信转他200块,不开票' });
    expect(paid.body).toMatchObject({ priority: 'high', complaint: { gravities: ['private-payment'] } });
    expect(await pagesOf(paid.body.number)).toEqual(['complaint-filed', 'private-payment']);
    const gas = await post({ phone: '13900139005', fault: '师傅修完灶,厨房里有煤气味' });
    expect(gas.body).toMatchObject({ priority: 'urgent', complaint: { form: 'complaint' } });
    expect(await pagesOf(gas.body.number)).toEqual(['danger-gas']);
  });

  it('S4-002 where nothing was lost it is a slip, with a number of its own count and nobody to call', async () => {
    const { body } = await post({ phone: '13900139006', fault: '师傅没穿鞋套,没造成什么损失,就是反映一下' });
    expect(body).toMatchObject({ number: 'YC-202611-0001', priority: 'low', complaint: { form: 'exception-slip' } });
    expect(await callsOf(body.number)).toEqual([]);
    expect(await pagesOf(body.number)).toEqual(['complaint-filed']);
  });

  it('S4-001 takes the next number of the count, and none when it is refused or joined', async () => {
    const next = async () =>
      (await at.store.pool.query<{ next: number }>("select next from number_counter where prefix = 'TS-202611'")).rows[0]?.next ?? 1;
    const before = await next();
    const one = await post({ phone: '13900139007' });
    expect((await post({ phone: '13900139007', about: 'BX-20261120-0031' })).status).toBe(422);
    expect((await post({ phone: '13900139007', about: one.body.number })).body.number).toBe(one.body.number);
    const two = await post({ phone: '13900139008' });
    expect([one, two].map((it) => Number(it.body.number.slice(-4)))).toEqual([before, before + 1]);
    expect(await next()).toBe(before + 2);
  });
});

describe('what is refused', () => {
  it.each([
    ['about', { about: 'BX-20261120-0031' }],
    ['about', { about: 'no number' }],
    ['serial', { serial: '123' }],
    ['purchasedOn', { purchasedOn: '2026-12' }],
    ['purchasedOn', { purchasedOn: '2026-02-30' }],
    ['window', { window: { from: '2026-11-22T14:00:00+08:00', to: '2026-11-22T16:00:00+08:00' } }],
    ['category', { category: 'rudeness' }],
    ['wish', { kind: 'repair', wish: 'refund' }],
    ['about', { kind: 'repair', about: 'BX-20261120-0031' }],
  ])('%s', async (field, what) => {
    expect(await post({ phone: '13911139111', ...what })).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  });
});

describe('the second complaint on a matter', () => {
  it('is joined to the first, which weighs more by it: 200, the earlier number and how often', async () => {
    const phone = '13900139010';
    const first = await post({ phone, fault: '师傅迟到两个小时,还骂人' });
    at.clock.now = hoursAfterNoon(1);
    const second = await post({ phone, fault: '那个骂人的师傅到现在没人管,我要你们道歉', name: '李雷', about: first.body.number });
    at.clock.now = NOON;
    expect(first.status).toBe(201);
    expect(second).toMatchObject({
      status: 200,
      body: {
        number: first.body.number,
        priority: 'high',
        complaint: { count: 2, wish: 'apology', gravities: ['repeat'], answerBy: '2026-11-20T13:30:00.000+08:00' },
      },
    });
    expect(second.body.timeline.map((it) => it.type)).toEqual(['opened', 'contact-task-opened', 'complaint-joined', 'contact-task-opened']);
    expect(await callsOf(first.body.number)).toEqual(['call-back', 'complaint-again']);
    expect(await pagesOf(first.body.number)).toEqual(['complaint-again', 'complaint-filed']);
    const third = await post({ phone, fault: '还是那个骂人的师傅', about: first.body.number });
    expect(third.body).toMatchObject({ number: first.body.number, complaint: { count: 3 } });
    expect(await callsOf(first.body.number)).toHaveLength(2);
    expect((await at.audit()).filter((it) => it.subject === `ticket:${first.body.number}`).map((it) => it.action)).toEqual([
      'ticket.open',
      'ticket.join-complaint',
      'ticket.join-complaint',
    ]);
  });

  it('of who complained in a chat and names the ticket, which has their phone, is joined to that', async () => {
    const { status, body } = await post({ phone: '13800138000', fault: '师傅态度差的事还没人理我', about: 'TS-202610-0007' });
    expect([status, body.number]).toEqual([200, 'TS-202610-0007']);
    expect(body).toMatchObject({ complaint: { count: 3 } });
  });

  it('with no number named, or once the first was answered, is a complaint of its own', async () => {
    const phone = '13900139011';
    const first = await post({ phone, fault: '师傅迟到两个小时' });
    const other = await post({ phone, fault: '师傅迟到两个小时' });
    expect(other.status).toBe(201);
    expect(Number(other.body.number.slice(-4))).toBe(Number(first.body.number.slice(-4)) + 1);
    await at.ask('POST', `/api/v1/tickets/${first.body.number}/transitions`, { token, body: { type: 'resolve' } });
    expect((await post({ phone, fault: '又迟到两个小时', about: first.body.number })).status).toBe(201);
  });

  it('five at once on the same complaint are one complaint, told six times', async () => {
    const { number } = (await post({ phone: '13900139012' })).body;
    const answers = await Promise.all(Array.from({ length: 5 }, () => post({ phone: '13900139012', about: number })));
    expect(answers.map((it) => [it.status, it.body.number])).toEqual(Array.from({ length: 5 }, () => [200, number]));
    expect(await get(`/tickets/${number}`)).toMatchObject({ complaint: { count: 6 } });
  });

  it('the same request twice is told once, with and without a key', async () => {
    const key = { 'idempotency-key': newId() };
    const answers = [await post({ phone: '13900139013' }, key), await post({ phone: '13900139013' }, key)];
    expect(answers.map((it) => it.status)).toEqual([201, 201]);
    expect(await get(`/tickets/${answers[0]?.body.number}`)).toMatchObject({ complaint: { count: 1 } });
    // The answer got lost with the process, not its effect: the desk is asked again for the very same ticket.
    const member = await at.staff('agent');
    const form: IntakeForm = {
      ...NOTHING_MORE,
      complaint: { ...NOTHING_MORE.complaint, about: answers[0]?.body.number ?? null },
      ...aCall({ phone: '13900139013' }),
      ticketId: newId(),
      kind: 'complaint',
      channel: 'phone',
    };
    const done = [await at.desk.tickets.open(member, form), await at.desk.tickets.open(member, form)];
    expect(done.map((it) => it.kind)).toEqual(['joined', 'joined']);
    expect(await get(`/tickets/${answers[0]?.body.number}`)).toMatchObject({ complaint: { count: 2 } });
  });
});

describe('S4-003 the cause of a complaint', () => {
  const set = (number: string, body: unknown, as = token) => at.ask('PATCH', `/api/v1/tickets/${number}/complaint`, { token: as, body });

  it('is set beside the class, put right and taken back; each change is on record', async () => {
    const { number } = (await post({ phone: '13900139020' })).body;
    expect((await get(`/tickets/${number}`)) as object).toMatchObject({ complaint: { category: 'repair-service', cause: null } });
    for (const cause of ['quality', 'quality', 'non-quality', null])
      expect(await set(number, { cause })).toMatchObject({ status: 200, body: { complaint: { category: 'repair-service', cause } } });
    const { timeline } = await get(`/tickets/${number}`);
    expect(timeline.filter((it) => it.type === 'complaint-cause')).toMatchObject([
      { cause: 'quality', before: null },
      { cause: 'non-quality', before: 'quality' },
      { cause: null, before: 'non-quality' },
    ]);
    const audit = (await at.audit()).filter((it) => it.action === 'ticket.complaint-cause' && it.subject === `ticket:${number}`);
    expect(audit).toHaveLength(3);
  });

  it('is of complaints only, of one of two words, and for those who act', async () => {
    expect((await set('BX-20261120-0031', { cause: 'quality' })).status).toBe(409);
    expect((await set('TS-202611-9999', { cause: 'quality' })).status).toBe(404);
    expect((await set('nonsense', { cause: 'quality' })).status).toBe(404);
    for (const body of [{}, { cause: 'weather' }, { cause: 'quality', category: 'other' }])
      expect((await set('TS-202610-0007', body)).status).toBe(422);
    expect((await set('TS-202610-0007', { cause: 'quality' }, (await at.staff('engineer')).token)).status).toBe(403);
    expect((await at.ask('PATCH', '/api/v1/tickets/TS-202610-0007/complaint', { token, raw: 'cause=quality' })).status).toBe(400);
  });
});
