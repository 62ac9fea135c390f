import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { aChat, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

let sequence = 0;
async function aComplaint(chat?: Chat) {
  sequence += 1;
  const ticket = aTicket({ number: `TS-202611-${5_000 + sequence}`, kind: 'complaint', status: 'open', dueAt: hoursAfterNoon(1) });
  const complaint = {
    ticketId: ticket.id,
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
  const inChat = chat ?? (await aChat(at.store));
  const customer = { name: '王芳', phone: '+8613800138000' as never };
  expect(await at.store.transact([aTurn(inChat, { tickets: [ticket], complaints: [complaint], customer })])).toMatchObject([
    { kind: 'written' },
  ]);
  return { ...ticket, chat: inChat };
}

const withoutChat = (ticket: { readonly id: string }) =>
  at.store.pool.query('update ticket set conversation_id = null where id = $1', [ticket.id]);

const calls = async (ticket: { readonly id: string }) =>
  (
    await at.store.pool.query('select reason, status, due_at, notice_sealed from contact_task where ticket_id = $1 order by reason, id', [
      ticket.id,
    ])
  ).rows;

const owe = async (ticket: { readonly id: string }, ...reasons: readonly string[]) => {
  for (const reason of reasons)
    await at.store.pool.query('insert into contact_task (id, ticket_id, reason, due_at) values ($1, $2, $3, now())', [
      newId(),
      ticket.id,
      reason,
    ]);
};

describe('answer', () => {
  it('S4-005 settled: kept sealed with who and when, resolved, no call owed, and told in the chat', async () => {
    const complaint = await aComplaint();
    await owe(complaint, 'call-back', 'other');
    const quality = await at.staff('quality');
    const done = await at.desk.tickets.answerComplaint(quality, complaint.number, {
      text: ' 王芳您好，检测费退到13800138000 ',
      settled: true,
    });
    expect(done).toMatchObject({
      kind: 'answered',
      ticket: {
        status: 'resolved',
        complaint: { answer: { at: NOON, by: quality.id, text: '王*您好，检测费退到138****8000' } },
        timeline: [{ type: 'answered', actor: `staff:${quality.id}`, details: { settled: true, from: 'open' } }],
      },
    });
    expect(await at.store.readings.complaintAnswer(complaint.id)).toEqual({
      number: complaint.number,
      department: '维修部',
      text: '王芳您好，检测费退到13800138000',
      answeredAt: NOON,
    });
    const { rows } = await at.store.pool.query('select completed_at from ticket where id = $1', [complaint.id]);
    expect(rows).toEqual([{ completed_at: new Date(NOON) }]);
    expect((await calls(complaint)).map((it) => it.status)).toEqual(['done', 'done']);
    const { conversationId } = complaint.chat;
    expect((await at.store.readConversation(conversationId))?.unapplied.map((it) => it.body)).toEqual([
      { kind: 'event', event: 'complaint-answered', ticketId: complaint.id, answeredAt: NOON },
    ]);
    expect(at.turned.at(-1)).toBe(conversationId);
    const [audit] = (await at.audit()).slice(-1);
    expect(audit).toMatchObject({ action: 'ticket.answer', subject: `ticket:${complaint.number}`, details: { settled: true } });
    expect(JSON.stringify(audit)).not.toContain('检测费');
  });

  it('not settled: it waits for the customer until the result is due; only the calls the answer stands for are over', async () => {
    const complaint = await aComplaint();
    await owe(complaint, 'call-back', 'complaint-again', 'other');
    const agent = await at.staff('agent');
    expect(await at.desk.tickets.answerComplaint(agent, complaint.number, { text: '正在查', settled: false })).toMatchObject({
      ticket: { status: 'waiting-customer', dueAt: hoursAfterNoon(48) },
    });
    expect((await calls(complaint)).map((it) => [it.reason, it.status])).toEqual([
      ['call-back', 'done'],
      ['complaint-again', 'done'],
      ['other', 'open'],
    ]);
  });

  it('without a chat the customer is sent it or phoned; a newer answer takes the place of one that was not told', async () => {
    const complaint = await aComplaint();
    await withoutChat(complaint);
    const agent = await at.staff('agent');
    for (const text of ['先退检测费', '检测费和配件费都退'])
      await at.desk.tickets.answerComplaint(agent, complaint.number, { text, settled: false });
    const open = (await calls(complaint)).filter((it) => it.status === 'open');
    expect(open).toHaveLength(1);
    expect(open[0]).toMatchObject({ reason: 'answer', due_at: new Date(hoursAfterNoon(3)) });
    expect(at.store.seal.open('contact-task.notice', open[0].notice_sealed)).toBe(
      `关于您反映的${complaint.number}，维修部的答复：检测费和配件费都退`,
    );
  });

  it('a customer who tells of it again has it open again', async () => {
    const complaint = await aComplaint();
    await at.desk.tickets.answerComplaint(await at.staff('agent'), complaint.number, { text: '正在查', settled: false });
    const revision = (await at.store.readConversation(complaint.chat.conversationId))?.revision ?? -1;
    const said = { id: newId(), ticketId: complaint.id, at: NOON, text: '还是不行', gravities: [], wish: null, priority: null };
    expect(await at.store.transact([aTurn(complaint.chat, { revision, statements: [said] })])).toMatchObject([{ kind: 'written' }]);
    const { rows } = await at.store.pool.query('select status, priority from ticket where id = $1', [complaint.id]);
    expect(rows).toEqual([{ status: 'open', priority: 'normal' }]);
  });

  it('two at once, or one against a turn: each is written whole, and a turn that read before writes nothing', async () => {
    const complaint = await aComplaint();
    const [one, two] = [await at.staff('agent'), await at.staff('quality')];
    const answers = await Promise.all(
      [one, two].map((it) => at.desk.tickets.answerComplaint(it, complaint.number, { text: `由${it.role}答复`, settled: true })),
    );
    expect(answers.map((it) => it.kind).sort()).toEqual(['answered', 'ticket-over']);
    const given = await at.store.readings.complaintAnswer(complaint.id as Identifier);
    expect(given?.text).toBe(answers[0]?.kind === 'answered' ? '由agent答复' : '由quality答复');
    expect(await at.store.transact([aTurn(complaint.chat, { revision: 1 })])).toEqual([{ kind: 'revision-lost' }]);
  });

  it('is refused for what is no complaint, is over or is not there, without words, with too many, and to who may not', async () => {
    const agent = await at.staff('agent');
    const repair = aTicket({ number: 'BX-20261120-5001', status: 'open' });
    const bare = aTicket({ number: 'BX-20261120-5002', kind: 'complaint', status: 'open' });
    await at.store.transact([aTurn(await aChat(at.store), { tickets: [repair, bare] })]);
    const answer = (number: string, text = '答复') => at.desk.tickets.answerComplaint(agent, number, { text, settled: true });
    for (const it of [repair, bare]) expect(await answer(it.number)).toEqual({ kind: 'not-a-complaint' });
    const complaint = await aComplaint();
    for (const text of ['  ', '答'.repeat(1_001)]) expect(await answer(complaint.number, text)).toEqual({ kind: 'text-refused' });
    await answer(complaint.number);
    expect(await answer(complaint.number)).toEqual({ kind: 'ticket-over', status: 'resolved' });
    expect(await answer('TS-202611-9999')).toEqual({ kind: 'no-such-ticket' });
    expect(await at.desk.tickets.answerComplaint(await at.staff('engineer'), complaint.number, { text: '答复', settled: true })).toEqual({
      kind: 'forbidden',
      deed: 'complaints.answer',
    });
  });
});
