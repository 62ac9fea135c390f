/** Calling the lead, sending again what was not delivered, and what a handoff tells of its wait. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { instantOf, MINUTE } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { A_PHONE, aTicket, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

const pageOf = async (id: Identifier) =>
  (
    await at.store.pool.query('select reason, status, ticket_id, conversation_id, once_key, audience, raised_at from page where id = $1', [
      id,
    ])
  ).rows[0];
const LEAD = { staff: [], roles: DEFAULT_POLICY.paging.ladder[1]?.roles };

describe('escalate', () => {
  it('a chat: a page to the lead now, the reason a masked note, a line in the timeline and the audit', async () => {
    const ticket = aTicket({ number: 'BX-20261120-0600' });
    const { handoffId, conversationId } = await at.waiting({ ticket });
    const agent = await at.staff('agent');
    const done = await at.desk.handoffs.escalate(agent, handoffId, '王芳13800138000要求赔偿');
    if (done.kind !== 'escalated') throw new Error(done.kind);
    expect(done.handoff.notes).toMatchObject([{ by: { id: agent.id }, text: '王*138****8000要求赔偿' }]);
    expect(await pageOf(done.pageId)).toEqual({
      reason: 'escalated',
      status: 'open',
      ticket_id: ticket.id,
      conversation_id: conversationId,
      once_key: null,
      audience: LEAD,
      raised_at: new Date(NOON),
    });
    const { rows } = await at.store.pool.query('select type, details from ticket_event where ticket_id = $1 order by id desc limit 1', [
      ticket.id,
    ]);
    expect(rows).toEqual([{ type: 'escalated', details: { page: done.pageId } }]);
    expect((await at.audit()).at(-1)).toMatchObject({ action: 'handoff.escalate', details: { page: done.pageId } });
  });

  it('a ticket: the reason is a code, and each call is a page of its own', async () => {
    const ticket = aTicket({ number: 'BX-20261120-0601' });
    await at.waiting({ ticket });
    const agent = await at.staff('agent');
    const escalate = () => at.desk.tickets.escalate(agent, ' bx-20261120-0601 ', 'promise-at-risk');
    const [one, two] = [await escalate(), await escalate()];
    if (one.kind !== 'escalated' || two.kind !== 'escalated') throw new Error(one.kind);
    expect(one.pageId).not.toBe(two.pageId);
    expect(await pageOf(one.pageId)).toMatchObject({ reason: 'escalated', ticket_id: ticket.id, audience: LEAD });
    expect((await at.audit()).at(-1)).toMatchObject({
      action: 'ticket.escalate',
      subject: 'ticket:BX-20261120-0601',
      details: { page: two.pageId, because: 'promise-at-risk' },
    });
  });

  it('is of something that is there, in words, by who may act', async () => {
    const { handoffId } = await at.waiting();
    const [agent, quality] = [await at.staff('agent'), await at.staff('quality')];
    expect(await at.desk.handoffs.escalate(agent, newId(), '急')).toEqual({ kind: 'no-such-handoff' });
    expect(await at.desk.handoffs.escalate(agent, handoffId, ' ')).toEqual({ kind: 'text-refused' });
    expect(await at.desk.handoffs.escalate(quality, handoffId, '急')).toEqual({ kind: 'forbidden', deed: 'desk.act' });
    expect(await at.desk.tickets.escalate(agent, 'BX-20261120-9999', 'safety')).toEqual({ kind: 'no-such-ticket' });
    expect(await at.desk.tickets.escalate(quality, 'BX-20261120-0601', 'safety')).toEqual({ kind: 'forbidden', deed: 'desk.act' });
  });
});

describe('send again', () => {
  async function said() {
    const chat = await at.waiting();
    const agent = await at.staff('agent');
    await at.desk.handoffs.claim(agent, chat.handoffId);
    const messageId = newId();
    await at.desk.handoffs.reply(agent, chat.handoffId, { messageId, text: '在的', files: [] });
    const deliver = (delivery: string) =>
      at.store.pool.query(
        "update message set delivery = $2, attempts = 12, held_until = now() + interval '1 hour' where conversation_id = $1 and direction = 'out'",
        [chat.conversationId, delivery],
      );
    return { ...chat, agent, messageId, deliver };
  }

  it('what failed is on its way again, held by nobody, as if it had just been said', async () => {
    const { agent, messageId, conversationId, deliver } = await said();
    await deliver('failed');
    expect(await at.desk.handoffs.sendAgain(agent, messageId)).toEqual({ kind: 'sending' });
    expect(at.delivered.at(-1)).toBe(conversationId);
    const lanes = await at.store.outbox.claim(newId(), ['web-chat'], 500, 1_000);
    const lane = lanes.find((it) => it.lane.conversationId === conversationId);
    expect(lane?.messages.map((it) => it.id)).toEqual([messageId]);
    expect(lane?.attempts).toBe(1);
    expect((await at.audit()).at(-1)).toMatchObject({ action: 'message.send-again', subject: `message:${messageId}` });
    expect(await at.desk.handoffs.sendAgain(agent, messageId)).toEqual({ kind: 'not-failed', delivery: 'pending' });
  });

  it.each(['pending', 'waiting', 'delivered'] as const)('what is %s is left alone', async (delivery) => {
    const { agent, messageId, deliver } = await said();
    await deliver(delivery);
    expect(await at.desk.handoffs.sendAgain(agent, messageId)).toEqual({ kind: 'not-failed', delivery });
  });

  it('is of what a person said, in that chat, and of nothing else', async () => {
    const [one, other] = [await said(), await said()];
    await one.deliver('failed');
    const { sendAgain } = at.desk.handoffs;
    const [first] = await at.store.readLog(one.conversationId, 0, 1);
    expect(await sendAgain(one.agent, first?.id ?? newId())).toEqual({ kind: 'no-such-message' });
    expect(await sendAgain(one.agent, newId())).toEqual({ kind: 'no-such-message' });
    expect(await sendAgain(one.agent, one.messageId, other.handoffId)).toEqual({ kind: 'no-such-message' });
    expect(await sendAgain(await at.staff('quality'), one.messageId)).toEqual({ kind: 'forbidden', deed: 'desk.act' });
    expect(await sendAgain(one.agent, one.messageId, one.handoffId)).toEqual({ kind: 'sending' });
  });

  it('by two at once goes once', async () => {
    const { agent, messageId, deliver } = await said();
    await deliver('failed');
    const done = await Promise.all([at.desk.handoffs.sendAgain(agent, messageId), at.desk.handoffs.sendAgain(agent, messageId)]);
    expect(done.map((it) => it.kind).sort()).toEqual(['not-failed', 'sending']);
  });
});

describe('what a handoff tells', () => {
  it('its place in the whole queue and how long it has waited, whatever part is listed', async () => {
    await at.store.pool.query("update handoff set status = 'resolved', resolved_at = now()");
    const agent = await at.staff('agent');
    const waiting: Identifier[] = [];
    for (const minutes of [0, 5, 9]) {
      at.clock.now = instantOf(NOON + minutes * MINUTE);
      waiting.push((await at.waiting()).handoffId);
    }
    at.clock.now = instantOf(NOON + 12.9 * MINUTE);
    const told = async (id: Identifier) => {
      const done = await at.desk.handoffs.read(agent, id);
      return done.kind === 'found' ? [done.handoff.position, done.handoff.waitMinutes] : done;
    };
    expect(await Promise.all(waiting.map(told))).toEqual([
      [1, 12],
      [2, 7],
      [3, 3],
    ]);
    const [first, second] = waiting;
    await at.desk.handoffs.claim(agent, first as Identifier);
    at.clock.now = instantOf(NOON + 60 * MINUTE);
    expect(await told(first as Identifier)).toEqual([null, 12]);
    expect(await told(second as Identifier)).toEqual([1, 55]);
    const after = { at: instantOf(NOON + 5 * MINUTE), id: second as Identifier };
    const rest = await at.desk.handoffs.list(agent, { status: 'queued', after, limit: 1 });
    expect(rest.kind === 'listed' ? rest.slice.items.map((it) => it.position) : rest).toEqual([2]);
    at.clock.now = NOON;
  });

  it('S2-024 whom it is about, masked: as said in this chat, else as on record, else nothing', async () => {
    const agent = await at.staff('agent');
    const { handoffId, customerId, conversationId } = await at.waiting();
    const customer = async () => {
      const done = await at.desk.handoffs.read(agent, handoffId);
      return done.kind === 'found' ? done.handoff.customer : done;
    };
    expect(await customer()).toEqual({ name: '王*', phone: null });
    await at.store.pool.query('update customer set name_sealed = $2, phone_sealed = $3 where id = $1', [
      customerId,
      at.store.seal.seal('customer.name', '赵云'),
      at.store.seal.seal('customer.phone', A_PHONE),
    ]);
    expect(await customer()).toEqual({ name: '王*', phone: '138****8000' });
    const nothing = at.store.seal.seal('handoff.summary', JSON.stringify({ flow: null, asking: null, known: {}, possibleTickets: [] }));
    await at.store.pool.query('update handoff set summary_sealed = $2 where conversation_id = $1', [conversationId, nothing]);
    expect(await customer()).toEqual({ name: '赵*', phone: '138****8000' });
    await at.store.pool.query('update customer set name_sealed = null, phone_sealed = null where id = $1', [customerId]);
    expect(await customer()).toBeNull();
  });

  it('to nobody but those who may read, and of nothing that is not there', async () => {
    const { handoffId } = await at.waiting();
    expect(await at.desk.handoffs.read(await at.staff('engineer'), handoffId)).toEqual({ kind: 'forbidden', deed: 'desk.read' });
    expect(await at.desk.handoffs.read(await at.staff('quality'), newId())).toEqual({ kind: 'no-such-handoff' });
  });
});
