/** Chats with staff that settled something are asked about, those that did not are not. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { aTicket, aTurn, hoursAfterNoon } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

const surveysOf = async (conversationId: Identifier) =>
  (
    await at.store.pool.query(
      'select once_key, ticket_id, handoff_id, status, due_at from survey where conversation_id = $1 order by due_at, id',
      [conversationId],
    )
  ).rows;

/** A colleague takes the chat. */
async function talk(what: Parameters<TestDesk['waiting']>[0] = {}) {
  const chat = await at.waiting(what);
  const agent = await at.staff('agent');
  await at.desk.handoffs.claim(agent, chat.handoffId);
  return { ...chat, agent };
}

it('S2-043 a chat that was resolved is asked about once, after the delay, with the ticket it was about', async () => {
  const ticket = aTicket({ number: 'BX-20261120-4001' });
  const { conversationId, handoffId, agent } = await talk({ ticket });
  await at.desk.handoffs.resolve(agent, handoffId, { outcome: 'answered', note: null });
  await at.desk.handoffs.resolve(agent, handoffId, { outcome: 'answered', note: null });
  expect(await surveysOf(conversationId)).toEqual([
    {
      once_key: `handoff:${handoffId}`,
      ticket_id: ticket.id,
      handoff_id: handoffId,
      status: 'waiting',
      due_at: new Date(hoursAfterNoon(1)),
    },
  ]);
  expect(await at.desk.tickets.read(agent, ticket.number)).toMatchObject({ ticket: { survey: { status: 'waiting' } } });
});

it('a chat given back to the bot or to the queue, or that the customer no longer wanted, is not asked about', async () => {
  const [toBot, toQueue] = [await talk(), await talk()];
  await at.desk.handoffs.release(toBot.agent, toBot.handoffId, 'bot');
  await at.desk.handoffs.release(toQueue.agent, toQueue.handoffId, 'queue');
  const withdrawn = await at.waiting();
  await at.store.transact([aTurn(withdrawn, { revision: 1, handoff: { kind: 'withdraw', at: at.clock.now } })]);
  for (const it of [toBot, toQueue, withdrawn]) expect(await surveysOf(it.conversationId)).toEqual([]);
});

it.each(['waiting', 'asked'])('while another survey of the chat is %s there is no second; once it has ended there is', async (status) => {
  const ticket = aTicket();
  const { conversationId, customerId, handoffId, agent } = await talk({ ticket });
  await at.store.pool.query(
    'insert into survey (id, once_key, ticket_id, conversation_id, status, due_at) values ($1, $2, $3, $4, $5, now())',
    [newId(), `ticket:${ticket.id}`, ticket.id, conversationId, status],
  );
  await at.desk.handoffs.resolve(agent, handoffId, { outcome: 'answered', note: null });
  expect(await surveysOf(conversationId)).toHaveLength(1);

  await at.store.pool.query("update survey set status = 'closed' where conversation_id = $1", [conversationId]);
  const revision = (await at.store.readConversation(conversationId))?.revision ?? -1;
  const second = newId();
  const handoff = {
    kind: 'open',
    id: second,
    reason: 'asked',
    ticketId: null,
    summary: { flow: null, asking: null, known: {}, possibleTickets: [] },
    waitingSince: at.clock.now,
  } as const;
  await at.store.transact([aTurn({ conversationId, customerId }, { revision, owner: 'queue', handoff })]);
  await at.desk.handoffs.claim(agent, second);
  await at.desk.handoffs.resolve(agent, second, { outcome: 'answered', note: null });
  expect((await surveysOf(conversationId)).map((it) => it.once_key)).toContain(`handoff:${second}`);
});
