import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { aTicket, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

async function settledTalk() {
  const ticket = aTicket();
  const chat = await at.waiting({ ticket });
  const agent = await at.staff('agent', '李敏');
  await at.desk.handoffs.claim(agent, chat.handoffId);
  await at.desk.handoffs.resolve(agent, chat.handoffId, { outcome: 'answered', note: null });
  return { ...chat, ticket, agent };
}

const conversation = async (id: Identifier) =>
  (await at.store.pool.query('select owner, revision from conversation where id = $1', [id])).rows[0];
const surveyOf = async (handoffId: Identifier) =>
  (await at.store.pool.query('select status, asked_at from survey where handoff_id = $1', [handoffId])).rows;
const another = () =>
  ({
    kind: 'open',
    id: newId(),
    reason: 'asked',
    ticketId: null,
    summary: { flow: null, asking: null, known: {}, possibleTickets: [] },
    waitingSince: NOON,
  }) as const;

describe('reopen', () => {
  it('puts a resolved handoff in the queue again, waiting from now, with the reason as a masked note', async () => {
    const { handoffId, conversationId, ticket, agent } = await settledTalk();
    const before = await conversation(conversationId);
    at.clock.now = hoursAfterNoon(2);
    const done = await at.desk.handoffs.reopen(agent, handoffId, ' 客户13800138000又来电\u0000 ');
    at.clock.now = NOON;
    expect(done).toMatchObject({
      kind: 'reopened',
      handoff: {
        status: 'queued',
        owner: null,
        claimedAt: null,
        resolvedAt: null,
        outcome: null,
        waitingSince: hoursAfterNoon(2),
        waitMinutes: 0,
        notes: [{ at: hoursAfterNoon(2), by: { name: '李敏' }, text: '客户138****8000又来电' }],
      },
    });
    expect(await conversation(conversationId)).toEqual({ owner: 'queue', revision: before.revision + 1 });
    const read = await at.store.readConversation(conversationId);
    expect(read?.unapplied.at(-1)).toMatchObject({ sender: 'system', body: { kind: 'event', event: 'handoff-reopened' } });
    expect(at.turned.at(-1)).toBe(conversationId);
    const { rows } = await at.store.pool.query('select type, details from ticket_event where ticket_id = $1 order by id desc limit 1', [
      ticket.id,
    ]);
    expect(rows).toEqual([{ type: 'handoff-reopened', details: {} }]);
    expect((await at.audit()).at(-1)).toMatchObject({ action: 'handoff.reopen', subject: `handoff:${handoffId}`, details: {} });
  });

  it('is of nothing that waits or is in hand, of nothing unknown, and needs a reason and a role', async () => {
    const { handoffId, agent } = await settledTalk();
    const { reopen, claim } = at.desk.handoffs;
    expect(await reopen(agent, handoffId, ' ')).toEqual({ kind: 'text-refused' });
    expect(await reopen(await at.staff('quality'), handoffId, '再看看')).toEqual({ kind: 'forbidden', deed: 'desk.act' });
    expect(await reopen(agent, newId(), '再看看')).toEqual({ kind: 'no-such-handoff' });
    expect((await reopen(agent, handoffId, '再看看')).kind).toBe('reopened');
    expect(await reopen(agent, handoffId, '再看看')).toEqual({ kind: 'not-resolved', status: 'queued' });
    await claim(agent, handoffId);
    expect(await reopen(agent, handoffId, '再看看')).toEqual({ kind: 'not-resolved', status: 'claimed' });
  });

  it('a survey that was not asked is begun anew after the next end; one that was asked is never asked again', async () => {
    const [fresh, asked] = [await settledTalk(), await settledTalk()];
    await at.store.pool.query("update survey set status = 'asked', asked_at = now() where handoff_id = $1", [asked.handoffId]);
    for (const { agent, handoffId } of [fresh, asked]) await at.desk.handoffs.reopen(agent, handoffId, '没解决');
    expect(await surveyOf(fresh.handoffId)).toEqual([]);
    expect(await surveyOf(asked.handoffId)).toMatchObject([{ status: 'closed' }]);
    for (const { agent, handoffId } of [fresh, asked]) {
      await at.desk.handoffs.claim(agent, handoffId);
      await at.desk.handoffs.resolve(agent, handoffId, { outcome: 'answered', note: null });
    }
    expect(await surveyOf(fresh.handoffId)).toMatchObject([{ status: 'waiting' }]);
    expect(await surveyOf(asked.handoffId)).toMatchObject([{ status: 'closed' }]);
  });

  it('an answered survey stays as it is', async () => {
    const { agent, handoffId } = await settledTalk();
    await at.store.pool.query("update survey set status = 'answered', answered_at = now(), score = 2 where handoff_id = $1", [handoffId]);
    await at.desk.handoffs.reopen(agent, handoffId, '没解决');
    expect(await surveyOf(handoffId)).toMatchObject([{ status: 'answered' }]);
  });

  it('is not done beside another handoff of the chat that is open', async () => {
    const { agent, handoffId, conversationId, customerId } = await settledTalk();
    const other = another();
    const { revision } = await conversation(conversationId);
    await at.store.transact([aTurn({ conversationId, customerId }, { revision, owner: 'queue', handoff: other })]);
    expect(await at.desk.handoffs.reopen(agent, handoffId, '没解决')).toEqual({ kind: 'open-already', handoffId: other.id });
  });

  it('and the customer asking for a person at once leave one that is open, whoever came first', async () => {
    const ends = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const chat = await settledTalk();
        const { revision } = await conversation(chat.conversationId);
        const [reopened, turned] = await Promise.all([
          at.desk.handoffs.reopen(chat.agent, chat.handoffId, '没解决'),
          at.store.transact([aTurn(chat, { revision, owner: 'queue', handoff: another() })]),
        ]);
        const { rows } = await at.store.pool.query("select 1 from handoff where conversation_id = $1 and status <> 'resolved'", [
          chat.conversationId,
        ]);
        expect(rows).toHaveLength(1);
        return `${reopened.kind} ${turned[0]?.kind}`;
      }),
    );
    for (const end of ends) expect(['reopened revision-lost', 'open-already written']).toContain(end);
  });

  it('by two at once happens once', async () => {
    const { agent, handoffId } = await settledTalk();
    const done = await Promise.all([at.desk.handoffs.reopen(agent, handoffId, '一'), at.desk.handoffs.reopen(agent, handoffId, '二')]);
    expect(done.map((it) => it.kind).sort()).toEqual(['not-resolved', 'reopened']);
  });
});
