import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../src/store/open-store.ts';
import { newId, openTestStore } from '../support/database.ts';
import { A_PHONE, aBooking, aChat, anEngineer, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from './a-turn.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

async function aSurvey(
  chat: Chat,
  about: { readonly onceKey: string; readonly ticketId?: string; readonly handoffId?: string },
): Promise<ReturnType<typeof newId>> {
  const id = newId();
  await store.pool.query(
    'insert into survey (id, once_key, ticket_id, handoff_id, conversation_id, due_at) values ($1, $2, $3, $4, $5, $6)',
    [id, about.onceKey, about.ticketId ?? null, about.handoffId ?? null, chat.conversationId, new Date(hoursAfterNoon(1))],
  );
  return id;
}

it('a repair is told with its ticket, who came, when it ended and the phone on record', async () => {
  const [chat, engineerId] = [await aChat(store), await anEngineer(store)];
  const ticket = aTicket();
  const reservation = aBooking(engineerId, 5, [ticket.id]);
  await store.transact([aTurn(chat, { tickets: [ticket], reservation, customer: { name: null, phone: A_PHONE } })]);
  await store.pool.query("update ticket set status = 'resolved', completed_at = $2 where id = $1", [ticket.id, new Date(NOON)]);
  const surveyId = await aSurvey(chat, { onceKey: `visit:${reservation.appointmentId}`, ticketId: ticket.id });
  expect(await store.readings.survey(surveyId)).toEqual({
    surveyId,
    about: 'repair',
    ticket: {
      id: ticket.id,
      number: ticket.number,
      appliance: 'washer',
      area: { province: '北京市', city: '北京市', district: '朝阳区' },
    },
    phone: A_PHONE,
    engineerName: '李工',
    endedAt: NOON,
  });
});

it('a chat with staff is told without a ticket, where it had none', async () => {
  const [chat, handoffId] = [await aChat(store), newId()];
  const summary = { flow: null, asking: null, known: {}, possibleTickets: [] };
  const handoff = { kind: 'open', id: handoffId, reason: 'asked', ticketId: null, summary, waitingSince: NOON } as const;
  await store.transact([aTurn(chat, { owner: 'queue', handoff })]);
  await store.pool.query('update handoff set resolved_at = $2 where id = $1', [handoffId, new Date(hoursAfterNoon(2))]);
  const surveyId = await aSurvey(chat, { onceKey: `handoff:${handoffId}`, handoffId });
  expect(await store.readings.survey(surveyId)).toEqual({
    surveyId,
    about: 'chat',
    ticket: null,
    phone: null,
    engineerName: null,
    endedAt: hoursAfterNoon(2),
  });
});

it.each(['answered', 'closed'])('one that is %s is not asked any more; nor is one there is not', async (status) => {
  const chat = await aChat(store);
  const ticket = aTicket();
  await store.transact([aTurn(chat, { tickets: [ticket] })]);
  const surveyId = await aSurvey(chat, { onceKey: `ticket:${ticket.id}`, ticketId: ticket.id });
  expect(await store.readings.survey(surveyId)).not.toBeNull();
  await store.pool.query('update survey set status = $2 where id = $1', [surveyId, status]);
  expect(await store.readings.survey(surveyId)).toBeNull();
  expect(await store.readings.survey(newId())).toBeNull();
});
