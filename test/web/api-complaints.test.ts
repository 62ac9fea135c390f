import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { A_PHONE, aChat, aTicket, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let token: string;
const visit = aTicket({ number: 'BX-20261120-0031' });
const complaint = aTicket({
  number: 'TS-202611-0007',
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
    expect(await get('/tickets/TS-202611-0007')).toMatchObject({
      number: 'TS-202611-0007',
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
    expect(await get('/tickets/BX-20261120-0031')).toMatchObject({ complaint: null, related: ['TS-202611-0007'] });
  });

  it('is found by its number, however it is typed', async () => {
    for (const q of ['TS-202611-0007', 'ts2026110007'])
      expect((await get(`/tickets?q=${q}`)).items.map((it) => it.number)).toEqual(['TS-202611-0007']);
  });
});

it('S4-001 a complaint that staff enter takes the next number of the same count', async () => {
  const enter = () =>
    at.ask('POST', '/api/v1/tickets', {
      token,
      body: {
        kind: 'complaint',
        channel: 'phone',
        appliance: 'washer',
        fault: '师傅没来',
        name: '李雷',
        phone: '13900139000',
        address: '北京市朝阳区望京街道阜通东大街6号院3号楼1501',
      },
    });
  const numbers = [await enter(), await enter()].map((it) => it.body.number);
  const [counter] = (
    await at.store.pool.query<{ prefix: string; next: number }>("select prefix, next from number_counter where prefix like 'TS%'")
  ).rows;
  expect(numbers.map((it) => it.slice(0, -4))).toEqual([`${counter?.prefix}-`, `${counter?.prefix}-`]);
  expect(numbers.map((it) => Number(it.slice(-4)))).toEqual([1, 2]);
  expect(counter?.next).toBe(3);
});
