import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Serial } from '../../src/domain/contact.ts';
import type { StaffRole } from '../../src/domain/ticket.ts';
import { A_PHONE, aChat, aMessage, anEngineer, aReply, aTicket, aTurn, type Chat, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { type Answer, openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let agent: Awaited<ReturnType<TestWeb['staff']>>;
let chat: Chat;
const addressId = newId();
const DOOR = '建国路88号院3号楼1501';
const ticket = aTicket({
  number: 'BX-20261120-0031',
  phone: A_PHONE,
  serial: 'WXSERIAL2026' as Serial,
  addressId,
  details: {
    fault: `漏水,到${DOOR},找王芳13800138000`,
    name: '王芳',
    model: '王芳的XQG100',
    errorCode: null,
    contact: { who: '妈妈', phone: '+8613700137000' },
    note: `王芳家在${DOOR},妈妈1 3 7 0 0 1 3 7 0 0 0`,
  },
});

beforeAll(async () => {
  at = await openWeb();
  agent = await at.staff('agent', '李敏');
  chat = await aChat(at.store);
  await at.store.accept([aMessage(chat, `我是王芳,住${DOOR},电话 138 0013 8000`)]);
  await at.store.transact([
    aTurn(chat, {
      tickets: [ticket],
      newAddress: { id: addressId, province: '北京市', city: '北京市', district: '朝阳区', detail: DOOR },
      customer: { name: '王芳', phone: A_PHONE },
      outgoing: [aReply(`王芳您好,师傅会到北京市朝阳区${DOOR}`)],
    }),
  ]);
  const { seal, pool } = at.store;
  await pool.query(
    "insert into product_unit (id, serial_index, serial_sealed, model, brand, appliance, purchased_on, customer_id) values ($1, $2, $3, 'XQG100', '海尔', 'washer', '2025-06-18', $4)",
    [newId(), seal.blindIndex('serial', 'DEMO2026IN0001'), seal.seal('product.serial', 'DEMO2026IN0001'), chat.customerId],
  );
});
afterAll(() => at.close());

const get = (path: string, token = agent.token): Promise<Answer> => at.ask('GET', `/api/v1${path}`, { token });
const post = (path: string, body: unknown, what: Parameters<TestWeb['ask']>[2] = {}): Promise<Answer> =>
  at.ask('POST', `/api/v1${path}`, { token: agent.token, body, ...what });
const reveal = (reason: unknown, what: Parameters<TestWeb['ask']>[2] = {}) =>
  post(`/customers/${chat.customerId}/reveal`, { reason }, what);
const reveals = async () => (await at.audit()).filter((it) => it.action === 'customer.reveal');

const summary = () => ({
  id: chat.customerId,
  name: '王*',
  phone: '138****8000',
  tags: [],
  city: '北京市',
  district: '朝阳区',
  tickets: 1,
  products: [{ appliance: 'washer', brand: '海尔', model: 'XQG100', purchasedOn: '2025-06-18' }],
  since: '2026-11-20T12:00:00.000+08:00',
});

describe('S2-025 GET /customers', () => {
  it('lists who is known, masked, sorted by when they came; who only looked in is nobody’s customer', async () => {
    await aChat(at.store);
    expect((await get('/customers')).body).toEqual({ items: [summary()], nextCursor: null });
  });

  it.each(['13800138000', '%2B8613800138000', '+8613800138000', 'BX-20261120-0031', 'bx202611200031', 'DEMO2026IN0001', 'wxserial2026'])(
    'finds by %s',
    async (q) => {
      expect((await get(`/customers?q=${q}`)).body.items).toEqual([summary()]);
    },
  );

  it.each(['13900139000', '8000', 'BX-20261120-9999', 'NOSERIAL2026', '王芳', '建国路'])('finds nobody by %s', async (q) => {
    expect((await get(`/customers?q=${encodeURIComponent(q)}`)).body.items).toEqual([]);
  });

  it('is classified by tag and city', async () => {
    await post(`/customers/${chat.customerId}/tags`, { tags: ['elderly'] });
    for (const query of ['tag=elderly', 'city=北京市', 'city=北京', 'tag=elderly&city=北京&q=13800138000'])
      expect((await get(`/customers?${query}`)).body.items, query).toHaveLength(1);
    for (const query of ['tag=vip', 'city=上海市', 'tag=elderly&city=上海'])
      expect((await get(`/customers?${query}`)).body.items, query).toEqual([]);
    expect((await get('/customers?tag=Elderly!')).status).toBe(400);
    await post(`/customers/${chat.customerId}/tags`, { tags: [] });
  });

  it('walks the list by cursor', async () => {
    const others = await Promise.all([aChat(at.store), aChat(at.store)]);
    for (const other of others) await at.store.transact([aTurn(other, { customer: { name: '赵磊', phone: null } })]);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await get(`/customers?limit=1&cursor=${cursor}`);
      seen.push(...body.items.map((it) => it.id));
      cursor = body.nextCursor;
    }
    expect([...seen].sort()).toEqual([chat, ...others].map((it) => it.customerId as string).sort());
  });

  it('tells one with the numbers of their tickets, and of nobody else', async () => {
    expect((await get(`/customers/${chat.customerId}`)).body).toEqual({ ...summary(), ticketNumbers: ['BX-20261120-0031'] });
    for (const id of [newId(), 'nonsense']) expect((await get(`/customers/${id}`)).status).toBe(404);
    const engineer = await at.staff('engineer');
    for (const path of ['/customers', `/customers/${chat.customerId}`]) expect((await get(path, engineer.token)).status).toBe(403);
  });
});

describe('S2-025 POST /customers/{id}/tags', () => {
  const tag = (tags: unknown, what: Parameters<TestWeb['ask']>[2] = {}) => post(`/customers/${chat.customerId}/tags`, { tags }, what);
  const tagged = async () => (await at.audit()).filter((it) => it.action === 'customer.tag');

  it('sets the whole list, once each, and says in the audit what was there before', async () => {
    expect((await tag(['elderly', 'vip', 'elderly'])).body).toMatchObject({ id: chat.customerId, tags: ['elderly', 'vip'] });
    expect((await tag(['rural-2'])).body).toMatchObject({ tags: ['rural-2'] });
    expect((await tagged()).at(-1)).toEqual({
      action: 'customer.tag',
      subject: `customer:${chat.customerId}`,
      actor: `staff:${agent.id}`,
      details: { tags: ['rural-2'], before: ['elderly', 'vip'] },
    });
    const before = (await tagged()).length;
    expect((await tag(['rural-2'])).status).toBe(200);
    expect(await tagged()).toHaveLength(before);
    expect((await tag([])).body).toMatchObject({ tags: [] });
  });

  it('takes codes only, ten at most', async () => {
    for (const tags of [
      ['Elderly'],
      ['老人'],
      [''],
      ['a'.repeat(31)],
      ['13800138000 x'],
      Array.from({ length: 11 }, (_, n) => `t${n}`),
      'vip',
    ])
      expect((await tag(tags)).status, JSON.stringify(tags)).toBe(422);
    expect((await tag(Array.from({ length: 10 }, (_, n) => `t${n}`))).status).toBe(200);
    await tag([]);
  });

  it('is not for those who only read, and of somebody who is there', async () => {
    for (const role of ['engineer', 'quality'] as const)
      expect((await tag(['vip'], { token: (await at.staff(role)).token })).status).toBe(403);
    expect((await post(`/customers/${newId()}/tags`, { tags: [] })).status).toBe(404);
  });
});

describe('S2-024 POST /customers/{id}/reveal', () => {
  it('is the whole of it, and who read it and why is on record', async () => {
    const before = (await reveals()).length;
    const answer = await reveal('  客户来电核对地址  ');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      id: chat.customerId,
      name: '王芳',
      phone: '+8613800138000',
      addresses: [{ province: '北京市', city: '北京市', district: '朝阳区', detail: DOOR }],
      tickets: [{ number: 'BX-20261120-0031', name: '王芳', phone: '+8613800138000', contact: { who: '妈妈', phone: '+8613700137000' } }],
    });
    expect((await reveals()).slice(before)).toEqual([
      {
        action: 'customer.reveal',
        subject: `customer:${chat.customerId}`,
        actor: `staff:${agent.id}`,
        details: { reason: '客户来电核对地址' },
      },
    ]);
  });

  it('keeps out of the audit what the reason says of the customer', async () => {
    await reveal(`王芳 13800138000 问${DOOR},妈妈13700137000`);
    expect((await reveals()).at(-1)?.details).toEqual({ reason: '王* 138****8000 问***,妈妈137****7000' });
  });

  it.each(['', '  ', '查a', '...', '？！。', '12345', 'x'.repeat(501), 5, null, undefined])(
    'is refused for the reason %j, and nothing is on record',
    async (reason) => {
      const before = (await reveals()).length;
      expect(await reveal(reason)).toMatchObject({ status: 422, body: { errors: [{ field: 'reason' }] } });
      expect(await reveals()).toHaveLength(before);
    },
  );

  it('takes 3 and 500 characters', async () => {
    for (const reason of ['核对址', '核'.repeat(500), ` ${'核'.repeat(500)} `]) expect((await reveal(reason)).status).toBe(200);
  });

  it.each([
    ['agent', 200],
    ['dispatcher', 200],
    ['quality', 200],
    ['admin', 200],
    ['engineer', 403],
  ] as const)('%s: %i', async (role: StaffRole, status: number) => {
    const { token } = await at.staff(role);
    const before = (await reveals()).length;
    const answer = await reveal('核对地址', { token });
    expect(answer.status).toBe(status);
    expect(await reveals()).toHaveLength(before + (status === 200 ? 1 : 0));
    if (status === 403) expect(JSON.stringify(answer.body)).not.toContain('王芳');
  });

  it('of nobody is 404 and not on record', async () => {
    const before = (await reveals()).length;
    for (const id of [newId(), 'nonsense']) expect((await post(`/customers/${id}/reveal`, { reason: '核对地址' })).status).toBe(404);
    expect(await reveals()).toHaveLength(before);
  });

  it('tells nothing when the audit can not be written', async () => {
    const before = (await reveals()).length;
    await at.store.pool.query(`
      create function no_audit() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$;
      create trigger no_audit before insert on audit for each row execute function no_audit();`);
    const answer = await reveal('核对地址');
    await at.store.pool.query('drop trigger no_audit on audit; drop function no_audit');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toMatch(/王芳|8000|建国路/);
    expect(await reveals()).toHaveLength(before);
  });

  it('is done again under the same Idempotency-Key, each time on record, and its answer is not kept', async () => {
    const before = (await reveals()).length;
    const headers = { 'idempotency-key': newId() };
    const answers = await Promise.all(Array.from({ length: 4 }, () => reveal('核对地址', { headers })));
    const again = await reveal('核对地址', { headers });
    for (const it of [...answers, again]) expect(it.body).toMatchObject({ name: '王芳', phone: '+8613800138000' });
    const written = (await reveals()).slice(before).map((it) => it.details as object);
    expect(written.filter((it) => !('replayed' in it))).toEqual([{ reason: '核对地址' }]);
    expect(written.filter((it) => 'replayed' in it)).toEqual(Array(4).fill({ reason: '核对地址', replayed: true }));
    const { rows } = await at.store.pool.query('select answer_sealed from idempotency_key where key = $1', [headers['idempotency-key']]);
    expect(JSON.parse(at.store.seal.open('idempotency.answer', rows[0].answer_sealed))).toEqual({ status: 200, body: '' });
  });

  it('for another reason under the same Idempotency-Key is refused', async () => {
    const before = (await reveals()).length;
    const headers = { 'idempotency-key': newId() };
    await reveal('核对地址', { headers });
    expect(await reveal('再核对地址', { headers })).toMatchObject({ status: 422, body: { type: 'urn:baoxiu:problem:key-reused' } });
    expect(await reveals()).toHaveLength(before + 1);
  });

  it('by who may no longer see customers is refused, though they did it before under the same key', async () => {
    const member = await at.staff('agent');
    const what = { token: member.token, headers: { 'idempotency-key': newId() } };
    expect((await reveal('核对地址', what)).status).toBe(200);
    const before = (await reveals()).length;
    await at.store.pool.query("update staff set role = 'engineer' where id = $1", [member.id]);
    const answer = await reveal('核对地址', what);
    expect(answer.status).toBe(403);
    expect(JSON.stringify(answer.body)).not.toContain('王芳');
    expect(await reveals()).toHaveLength(before);
  });

  it('leaves rows that nobody can change or take away', async () => {
    for (const statement of [
      "update audit set actor = 'staff:nobody' where action = 'customer.reveal'",
      "delete from audit where action = 'customer.reveal'",
      'truncate audit',
    ])
      await expect(at.store.pool.query(statement)).rejects.toThrow();
  });
});

describe('S2-024 nothing else the API answers tells who somebody is', () => {
  it('not the ticket, the chat, the handoff, the calls, the register or the audit', async () => {
    const handoffId = newId();
    const read = await at.store.readConversation(chat.conversationId);
    await at.store.transact([
      aTurn(chat, {
        revision: read?.revision ?? 0,
        owner: 'queue',
        handoff: {
          kind: 'open',
          id: handoffId,
          reason: 'asked',
          ticketId: ticket.id,
          summary: {
            flow: 'repair-booking',
            asking: null,
            known: {
              name: '王芳',
              phone: '13800138000',
              address: `北京市朝阳区${DOOR}`,
              fault: `王芳说${DOOR}漏水`,
              contact: '妈妈 13700137000',
            },
            possibleTickets: ['BX-20261120-0031'],
          },
          waitingSince: NOON,
        },
        contactTasks: [
          {
            id: newId(),
            ticketId: ticket.id,
            whom: { kind: 'engineer', engineerId: await anEngineer(at.store) },
            reason: 'visit-cancelled',
            notice: `${DOOR}的王芳(13800138000)取消了`,
            dueAt: NOON,
            onceKey: null,
          },
        ],
        pages: [{ id: newId(), reason: 'gas', ticketId: ticket.id, raisedAt: NOON, onceKey: null, notBefore: null }],
      }),
    ]);
    const said = [
      await post(`/handoffs/${handoffId}/claim`, {}),
      await post(`/handoffs/${handoffId}/note`, { text: `王芳住${DOOR},1 3 8 0 0 1 3 8 0 0 0` }),
      await post(`/handoffs/${handoffId}/reply`, { text: `王芳您好,是${DOOR}吗` }),
      await post(`/handoffs/${handoffId}/resolve`, { outcome: `已致电王芳 ${DOOR}` }),
    ];
    expect(said.map((it) => it.status)).toEqual([200, 201, 201, 200]);
    const admin = await at.staff('admin');
    const answers = await Promise.all(
      [
        '/tickets',
        '/tickets/BX-20261120-0031',
        '/appointments',
        '/pages',
        '/contact-tasks',
        '/handoffs',
        '/customers',
        `/customers/${chat.customerId}`,
        '/audit',
        `/conversations/${chat.conversationId}/messages`,
      ].map((path) => get(path, admin.token)),
    );
    expect(answers.map((it) => it.status)).toEqual(answers.map(() => 200));
    const text = JSON.stringify([...said, ...answers].map((it) => it.body));
    for (const secret of ['13800138000', '13700137000', '王芳', '建国路', '88号院', '3号楼', '1501'])
      expect(text, secret).not.toContain(secret);
    const digits = text.replace(/[\s-]/g, '');
    for (const secret of ['13800138000', '13700137000']) expect(digits).not.toContain(secret);
  });

  it('and shows enough to go on: tasks say whom to call, pages how far they climbed, handoffs which tickets may be theirs', async () => {
    const [tasks, pages, handoffs, one] = await Promise.all(
      ['/contact-tasks', '/pages', '/handoffs', '/tickets/BX-20261120-0031'].map((path) => get(path)),
    );
    expect(tasks?.body.items).toMatchObject([
      {
        whom: 'engineer',
        engineer: { id: expect.any(String), name: '李工' },
        notice: '***的王*(138****8000)取消了',
        customer: { id: chat.customerId },
      },
    ]);
    expect(pages?.body.items).toMatchObject([{ reason: 'gas', level: 0, sends: 0 }]);
    expect(handoffs?.body.items).toMatchObject([
      { summary: { possibleTickets: ['BX-20261120-0031'], known: { fault: '王*说***漏水' } }, outcome: '已致电王* ***' },
    ]);
    expect(one?.body).toMatchObject({
      customer: { id: chat.customerId, name: '王*' },
      model: '王*的XQG100',
      note: '王*家在***,妈妈137****7000',
    });
    const messages = await get(`/conversations/${chat.conversationId}/messages`);
    expect(messages.body.items.map((it) => it.text)).toEqual([
      '我是王*,住***,电话 138****8000',
      '王*您好,师傅会到北京市朝阳区***',
      expect.stringMatching(/来帮您了/u),
      '王*您好,是***吗',
    ]);
  });

  it('not the chat while a booking is still being told, and nothing of it is on a ticket', async () => {
    const telling = await aChat(at.store);
    for (const text of ['我叫韩梅梅', '住幸福花园7幢602', '座机01062511234,妈妈62519876'])
      await at.store.accept([{ ...aMessage(telling, text), at: NOON }]);
    const data = {
      name: '韩梅梅',
      phone: '+861062511234',
      address: { province: null, city: '北京市', district: null, detail: '幸福花园7幢602' },
      contact: { who: '妈妈', phone: '+861062519876' },
    };
    const dialog = { flow: 'repair-booking', version: 1, value: 'confirming', context: { data, misses: 0, trail: [] } };
    const older = { flow: 'progress', version: 1, value: 'asking', context: null };
    await at.store.transact([aTurn(telling, { state: { stack: [older, dialog] } })]);
    const messages = await get(`/conversations/${telling.conversationId}/messages`);
    expect(messages.body.items.filter((it) => it.from === 'customer').map((it) => it.text)).toEqual([
      '我叫韩*',
      '住***',
      '座机010****1234,妈妈010****9876',
    ]);
  });
});
