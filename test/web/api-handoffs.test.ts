import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aMessage, aTicket } from '../store/a-turn.ts';
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

const post = (who: typeof li, handoffId: string, verb: string, what: Parameters<TestWeb['ask']>[2] = {}) =>
  at.ask('POST', `/api/v1/handoffs/${handoffId}/${verb}`, { token: who.token, ...what });

describe('GET /handoffs', () => {
  it('lists who waits, with the ticket, the reason and what is known, masked', async () => {
    const { handoffId, conversationId } = await at.waiting({ ticket: aTicket({ number: 'BX-20261120-0500' }) });
    const { body } = await at.ask('GET', '/api/v1/handoffs?status=queued', { token: li.token });
    expect(body.items).toContainEqual({
      id: handoffId,
      conversationId,
      ticket: 'BX-20261120-0500',
      status: 'queued',
      position: 1,
      owner: null,
      customer: { name: '王*', phone: null },
      reason: 'asked',
      waitingSince: '2026-11-20T12:00:00.000+08:00',
      waitMinutes: 0,
      claimedAt: null,
      resolvedAt: null,
      outcome: null,
      summary: {
        flow: 'repair-booking',
        asking: 'phone',
        known: { fault: '不制冷,打138****8000找我', name: '王*', address: '北京市朝阳区' },
        possibleTickets: [],
      },
      notes: [],
    });
    expect((await at.ask('GET', '/api/v1/handoffs?status=claimed', { token: li.token })).body.items).toEqual([]);
  });
});

describe('a conversation in staff hands', () => {
  it("is claimed by one; another's claim is 409 with the owner's name, one's own again is 200", async () => {
    const { handoffId } = await at.waiting();
    const owner = { id: li.id, name: '李敏' };
    expect(await post(li, handoffId, 'claim')).toMatchObject({ status: 200, body: { status: 'claimed', owner } });
    expect(await post(li, handoffId, 'claim')).toMatchObject({ status: 200, body: { owner } });
    const refused = await post(zhao, handoffId, 'claim');
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:baoxiu:problem:claimed-by-another', owner } });
    expect(refused.body.detail).toContain('李敏');
  });

  it('twenty claims at once have one winner, and the others learn the name', async () => {
    const { handoffId } = await at.waiting();
    const members = await Promise.all(Array.from({ length: 20 }, (_, n) => at.staff('agent', `客服${n}`)));
    const answers = await Promise.all(members.map((it) => post(it, handoffId, 'claim')));
    const won = answers.filter((it) => it.status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter((it) => it.status === 409 && it.body.owner.name === won[0]?.body.owner.name)).toHaveLength(19);
  });

  it('is answered by its owner, once a key, in the order of the conversation', async () => {
    const chat = await at.waiting();
    await post(li, chat.handoffId, 'claim');
    await at.store.accept([aMessage(chat, '还在吗')]);
    const headers = { 'idempotency-key': newId() };
    const [one, two] = await Promise.all([
      post(li, chat.handoffId, 'reply', { body: { text: '在的' }, headers }),
      post(li, chat.handoffId, 'reply', { body: { text: '在的' }, headers }),
    ]);
    expect(one).toMatchObject({ status: 201, body: { seq: 3, from: 'staff', text: '在的', attachments: [], delivery: 'pending' } });
    expect(two?.body).toEqual(one?.body);
    const { body } = await at.ask('GET', `/api/v1/conversations/${chat.conversationId}/messages`, { token: li.token });
    expect(body.items.map((it) => `${it.from} ${it.text}`)).toEqual([
      'bot 李敏来帮您了，前面说的都能看到，不用再说一遍。',
      'customer 还在吗',
      'staff 在的',
    ]);
    expect(at.delivered.at(-1)).toBe(chat.conversationId);
  });

  it('is answered by nobody else, not unclaimed, not with nothing', async () => {
    const { handoffId } = await at.waiting();
    expect(await post(li, handoffId, 'reply', { body: { text: '在的' } })).toMatchObject({
      status: 409,
      body: { handoffStatus: 'queued' },
    });
    await post(li, handoffId, 'claim');
    expect(await post(zhao, handoffId, 'reply', { body: { text: '在的' } })).toMatchObject({
      status: 409,
      body: { owner: { name: '李敏' } },
    });
    for (const text of ['', '  ', '\u0000', '好'.repeat(4_001)]) {
      expect(await post(li, handoffId, 'reply', { body: { text } })).toMatchObject({ status: 422, body: { errors: [{ field: 'text' }] } });
    }
  });

  it('goes back to the bot unless the queue is asked for, with a body, an empty one or none', async () => {
    for (const what of [{}, { body: {} }, { raw: '' }, { body: { to: 'bot' } }]) {
      const chat = await at.waiting();
      await post(li, chat.handoffId, 'claim');
      expect(await post(li, chat.handoffId, 'release', what)).toMatchObject({
        status: 200,
        body: { status: 'resolved', outcome: 'released' },
      });
      expect(at.turned.at(-1)).toBe(chat.conversationId);
    }
    const chat = await at.waiting();
    await post(li, chat.handoffId, 'claim');
    expect(await post(li, chat.handoffId, 'release', { body: { to: 'queue' } })).toMatchObject({
      status: 200,
      body: { status: 'queued', owner: null },
    });
    expect((await post(li, chat.handoffId, 'release', { body: { to: 'moon' } })).status).toBe(422);
    expect(await post(li, chat.handoffId, 'release')).toMatchObject({ status: 409, body: { handoffStatus: 'queued' } });
  });

  it('is resolved with an outcome, and claimed by nobody after', async () => {
    const { handoffId } = await at.waiting();
    await post(li, handoffId, 'claim');
    expect(await post(li, handoffId, 'resolve', { body: {} })).toMatchObject({ status: 422, body: { errors: [{ field: 'outcome' }] } });
    expect(await post(li, handoffId, 'resolve', { body: { outcome: '已约周六', note: '客户很着急' } })).toMatchObject({
      status: 200,
      body: {
        status: 'resolved',
        outcome: '已约周六',
        resolvedAt: '2026-11-20T12:00:00.000+08:00',
        notes: [{ by: { name: '李敏' }, text: '客户很着急' }],
      },
    });
    expect(await post(zhao, handoffId, 'claim')).toMatchObject({ status: 409, body: { handoffStatus: 'resolved' } });
  });

  it('about a ticket stands in its timeline: who took it and who finished', async () => {
    const { handoffId } = await at.waiting({ ticket: aTicket({ number: 'BX-20261120-0501' }) });
    await post(li, handoffId, 'claim');
    await post(li, handoffId, 'release', { body: { to: 'queue' } });
    await post(zhao, handoffId, 'claim');
    await post(zhao, handoffId, 'resolve', { body: { outcome: 'done' } });
    const { body } = await at.ask('GET', '/api/v1/tickets/BX-20261120-0501', { token: li.token });
    expect(body.timeline.map((it) => [it.type, it.actor])).toEqual([
      ['handoff-claimed', `staff:${li.id}`],
      ['handoff-queued', `staff:${li.id}`],
      ['handoff-claimed', `staff:${zhao.id}`],
      ['handoff-resolved', `staff:${zhao.id}`],
    ]);
  });

  it('has notes that the customer never sees', async () => {
    const chat = await at.waiting();
    expect(await post(zhao, chat.handoffId, 'note', { body: { text: '老客户,电话13900139000' } })).toMatchObject({
      status: 201,
      body: { notes: [{ by: { name: '赵磊' }, text: '老客户,电话139****9000' }] },
    });
    expect((await at.ask('GET', `/api/v1/conversations/${chat.conversationId}/messages`, { token: li.token })).body.items).toEqual([]);
  });
});

describe('S2-024 POST /handoffs/{id}/link', () => {
  const aPhoneCall = async () => {
    const { body } = await at.ask('POST', '/api/v1/tickets', {
      token: li.token,
      body: {
        kind: 'repair',
        channel: 'phone',
        appliance: 'washer',
        fault: '漏水',
        name: '李雷',
        phone: '13900139000',
        address: '北京市朝阳区建国路88号',
      },
    });
    return body.number;
  };
  const links = async (handoffId: string) =>
    (await at.audit()).filter((it) => it.action === 'handoff.link' && it.subject === `handoff:${handoffId}`);

  it('confirms whose chat it is, once a key', async () => {
    const customerTicket = await aPhoneCall();
    const { handoffId, conversationId } = await at.waiting({ possibleTickets: [customerTicket] });
    const claimed = await post(li, handoffId, 'claim');
    expect(claimed.body).toMatchObject({ summary: { possibleTickets: [customerTicket] } });
    const headers = { 'idempotency-key': newId() };
    const first = await post(li, handoffId, 'link', { body: { customerTicket }, headers });
    expect(first).toMatchObject({ status: 200, body: { id: handoffId, conversationId, status: 'claimed' } });
    const again = await post(li, handoffId, 'link', { body: { customerTicket }, headers });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await post(li, handoffId, 'link', { body: { customerTicket } })).status).toBe(200);
    expect(await links(handoffId)).toHaveLength(1);
    expect(JSON.stringify(first.body)).not.toMatch(/李雷|王芳|13900139000|建国路/);
  });

  it('asks for a second look where the customer chats elsewhere: 409 until `confirm`', async () => {
    const theirs = aTicket({ number: 'BX-20261120-0510' });
    await at.waiting({ ticket: theirs });
    const { handoffId } = await at.waiting();
    await post(li, handoffId, 'claim');
    const body = { customerTicket: theirs.number };
    for (const asked of [body, { ...body, confirm: false }])
      expect(await post(li, handoffId, 'link', { body: asked })).toMatchObject({
        status: 409,
        body: { type: 'urn:baoxiu:problem:conflict', errors: [{ field: 'confirm' }] },
      });
    expect((await post(li, handoffId, 'link', { body: { ...body, confirm: true } })).status).toBe(200);
  });

  it('is refused of what is not there, and to whoever does not hold the chat', async () => {
    const customerTicket = await aPhoneCall();
    const { handoffId } = await at.waiting();
    expect(await post(li, handoffId, 'link', { body: { customerTicket } })).toMatchObject({
      status: 409,
      body: { handoffStatus: 'queued' },
    });
    await post(li, handoffId, 'claim');
    expect(await post(zhao, handoffId, 'link', { body: { customerTicket } })).toMatchObject({
      status: 409,
      body: { owner: { name: '李敏' } },
    });
    for (const number of ['BX-20261120-9999', 'nonsense'])
      expect((await post(li, handoffId, 'link', { body: { customerTicket: number } })).status).toBe(404);
    expect((await post(li, newId(), 'link', { body: { customerTicket } })).status).toBe(404);
    expect((await post(li, handoffId, 'link', { body: {} })).status).toBe(422);
    expect((await post(await at.staff('quality'), handoffId, 'link', { body: { customerTicket } })).status).toBe(403);
    expect(await links(handoffId)).toEqual([]);
  });
});
