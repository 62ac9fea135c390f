import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import type { SurveyChange } from '../../src/turn/ports.ts';
import { aChat, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { eventsOf, tasksOf, timelineOf } from './due-rows.ts';

let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk();
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.rows("update survey set status = 'closed'");
  desk.clock.now = NOON;
});

/** The repair ended an hour before noon: the survey is due at noon. */
const ENDED = hoursAfterNoon(-1);

type ASurvey = { readonly id: Identifier; readonly chat: Chat; readonly ticketId: Identifier };

async function aSurvey(dueAt: Instant = NOON): Promise<ASurvey> {
  const [chat, ticket, id] = [await aChat(desk.store), aTicket({ status: 'resolved' }), newId()];
  await desk.store.transact([aTurn(chat, { tickets: [ticket] })]);
  await desk.rows('update ticket set completed_at = $2 where id = $1', ticket.id, new Date(ENDED));
  await desk.rows(
    'insert into survey (id, once_key, ticket_id, conversation_id, due_at) values ($1, $2, $3, $4, $5)',
    id,
    `ticket:${ticket.id}`,
    ticket.id,
    chat.conversationId,
    new Date(dueAt),
  );
  return { id, chat, ticketId: ticket.id };
}

/** The same of a customer who phoned. */
async function aPhonedSurvey(): Promise<ASurvey> {
  const survey = await aSurvey();
  await desk.rows('update survey set conversation_id = null where id = $1', survey.id);
  await desk.rows("update ticket set conversation_id = null, channel = 'phone' where id = $1", survey.ticketId);
  return survey;
}

const question = ({ id }: ASurvey) => ({ kind: 'event', event: 'survey-due', surveyId: id, reminder: false });
const reminder = ({ id }: ASurvey) => ({ kind: 'event', event: 'survey-due', surveyId: id, reminder: true });
const at = (moment: Date | null | undefined) => (moment == null ? null : moment.getTime());
const stateOf = async ({ id }: ASurvey) => {
  const [row] = await desk.rows<{ status: string; due_at: Date; asked_at: Date | null; reminded_at: Date | null }>(
    'select status, due_at, asked_at, reminded_at from survey where id = $1',
    id,
  );
  return { status: row?.status, due: at(row?.due_at), asked: at(row?.asked_at), reminded: at(row?.reminded_at) };
};
const runAt = async (now: number) => {
  desk.clock.now = instantOf(now);
  await desk.run('surveys');
};
/** What a turn of the chat makes of the survey. */
const turned = async (
  { id, chat }: ASurvey,
  change: SurveyChange extends infer Of ? (Of extends unknown ? Omit<Of, 'surveyId'> : never) : never,
) => {
  const revision = (await desk.store.readConversation(chat.conversationId))?.revision ?? -1;
  expect(await desk.store.transact([aTurn(chat, { revision, surveys: [{ surveyId: id, ...change }] })])).toMatchObject([
    { kind: 'written' },
  ]);
};
const score = (it: number) =>
  ({
    kind: 'answered',
    at: NOON,
    answers: { score: it, reason: null, resolved: null, comment: null, items: { badge: null, onTime: null, attitude: null } },
    recheckTicketId: null,
    done: false,
  }) as const;

describe('in a chat', () => {
  it('S2-054 when it is due it is asked, a day later reminded of once, and given up two days after that', async () => {
    const survey = await aSurvey();
    await runAt(NOON - 1);
    expect(await eventsOf(desk.store, survey.chat)).toEqual([]);
    await runAt(NOON);
    await runAt(NOON + 1);
    expect(await eventsOf(desk.store, survey.chat)).toEqual([question(survey)]);
    expect(desk.turned).toContain(survey.chat.conversationId);
    expect(await stateOf(survey)).toEqual({ status: 'asked', asked: NOON, reminded: null, due: hoursAfterNoon(24) });
    await runAt(hoursAfterNoon(24) - 1);
    await runAt(hoursAfterNoon(24));
    await runAt(hoursAfterNoon(25));
    expect(await eventsOf(desk.store, survey.chat)).toEqual([question(survey), reminder(survey)]);
    expect(await stateOf(survey)).toEqual({ status: 'asked', asked: NOON, reminded: hoursAfterNoon(24), due: hoursAfterNoon(72) });
    await runAt(hoursAfterNoon(72) - 1);
    expect((await stateOf(survey)).status).toBe('asked');
    await runAt(hoursAfterNoon(72));
    await runAt(hoursAfterNoon(96));
    expect((await stateOf(survey)).status).toBe('closed');
    expect(await eventsOf(desk.store, survey.chat)).toHaveLength(2);
    expect(await tasksOf(desk.store, survey.ticketId)).toEqual([]);
  });

  it('when a score has come there is no reminder, and the record stays', async () => {
    const survey = await aSurvey();
    await runAt(NOON);
    await turned(survey, score(4));
    for (const hours of [24, 72, 100]) await runAt(hoursAfterNoon(hours));
    expect(await eventsOf(desk.store, survey.chat)).toEqual([question(survey)]);
    expect((await stateOf(survey)).status).toBe('answered');
  });

  it('in the quiet hours nobody is asked or reminded; the morning after they are', async () => {
    const survey = await aSurvey();
    await runAt(hoursAfterNoon(11));
    expect(await eventsOf(desk.store, survey.chat)).toEqual([]);
    const morning = Date.parse('2026-11-21T08:00:00+08:00');
    await runAt(morning - 1);
    expect(await eventsOf(desk.store, survey.chat)).toEqual([]);
    await runAt(morning);
    expect(await eventsOf(desk.store, survey.chat)).toEqual([question(survey)]);
    await runAt(Date.parse('2026-11-22T23:00:00+08:00'));
    expect(await eventsOf(desk.store, survey.chat)).toHaveLength(1);
    await runAt(Date.parse('2026-11-23T08:00:00+08:00'));
    expect(await eventsOf(desk.store, survey.chat)).toEqual([question(survey), reminder(survey)]);
  });

  it('while a person has the chat it waits, and others do not wait for it', async () => {
    const [held, free] = [await aSurvey(instantOf(NOON - 1)), await aSurvey()];
    await desk.rows("update conversation set owner = 'human' where id = $1", held.chat.conversationId);
    await runAt(NOON);
    expect(await eventsOf(desk.store, held.chat)).toEqual([]);
    expect(await eventsOf(desk.store, free.chat)).toEqual([question(free)]);
    await desk.rows("update conversation set owner = 'bot' where id = $1", held.chat.conversationId);
    await runAt(NOON + 1);
    expect(await eventsOf(desk.store, held.chat)).toEqual([question(held)]);
  });

  it('put off by the turn it is asked anew, under a key of its own, and the reminder counts from then', async () => {
    const survey = await aSurvey();
    await runAt(NOON);
    const later = instantOf(NOON + 30 * MINUTE);
    await turned(survey, { kind: 'put-off', dueAt: later });
    expect(await stateOf(survey)).toEqual({ status: 'waiting', asked: null, reminded: null, due: later });
    await runAt(later - 1);
    expect(await eventsOf(desk.store, survey.chat)).toHaveLength(1);
    await runAt(later);
    expect(await eventsOf(desk.store, survey.chat)).toEqual([question(survey), question(survey)]);
    expect((await stateOf(survey)).due).toBe(later + 24 * HOUR);
  });

  it('put off over and over it is given up in the end', async () => {
    const survey = await aSurvey();
    const giveUp = ENDED + DEFAULT_POLICY.survey.delayMinutes * MINUTE + DEFAULT_POLICY.survey.closeHours * HOUR;
    await turned(survey, { kind: 'put-off', dueAt: instantOf(giveUp) });
    await runAt(giveUp);
    expect((await stateOf(survey)).status).toBe('closed');
    expect(await eventsOf(desk.store, survey.chat)).toEqual([]);
  });

  it('put off by a turn that was faster than the mark it is not taken for asked', async () => {
    const survey = await aSurvey();
    const [found] = await desk.rows<{ due_at: Date }>('select due_at from survey where id = $1', survey.id);
    expect(at(found?.due_at)).toBe(NOON);
    const mortal = desk.mortal(1, 'after');
    await mortal.run('surveys').catch(() => undefined);
    expect((await stateOf(survey)).status).toBe('waiting');
    const later = instantOf(NOON + 30 * MINUTE);
    await turned(survey, { kind: 'put-off', dueAt: later });
    await runAt(NOON + 1);
    expect(await stateOf(survey)).toEqual({ status: 'waiting', asked: null, reminded: null, due: later });
  });
});

describe('by phone', () => {
  it('S2-043 without a chat somebody has to phone, once, in opening hours, and no text message is sent for it', async () => {
    const survey = await aPhonedSurvey();
    await runAt(NOON);
    await runAt(NOON + 1);
    expect(await tasksOf(desk.store, survey.ticketId)).toMatchObject([
      { reason: 'survey', whom: 'customer', status: 'open', notice: null, onceKey: `survey:${survey.id}`, due: hoursAfterNoon(3) },
    ]);
    expect(await stateOf(survey)).toMatchObject({ status: 'asked', asked: NOON });
    expect((await timelineOf(desk.store, survey.ticketId)).map((it) => it.type)).toEqual(['contact-task-opened']);
    await runAt(hoursAfterNoon(24));
    expect(await tasksOf(desk.store, survey.ticketId)).toHaveLength(1);
    await runAt(hoursAfterNoon(72));
    expect((await stateOf(survey)).status).toBe('closed');
  });

  it('a call nobody made in time is no reason to page anybody', async () => {
    const survey = await aPhonedSurvey();
    await runAt(NOON);
    desk.clock.now = hoursAfterNoon(48);
    await desk.run('raise-pages');
    expect(await desk.rows('select from page where ticket_id = $1', survey.ticketId)).toEqual([]);
  });
});

describe('once', () => {
  it('when two processes look at once, then each customer is asked once', async () => {
    const [chatted, phoned] = [await aSurvey(), await aPhonedSurvey()];
    await Promise.all([desk.run('surveys'), desk.other.run('surveys'), desk.run('surveys')]);
    expect(await eventsOf(desk.store, chatted.chat)).toEqual([question(chatted)]);
    expect(await tasksOf(desk.store, phoned.ticketId)).toHaveLength(1);
    desk.clock.now = hoursAfterNoon(24);
    await Promise.all([desk.run('surveys'), desk.other.run('surveys')]);
    expect(await eventsOf(desk.store, chatted.chat)).toEqual([question(chatted), reminder(chatted)]);
  });

  it('when a process dies at any step, then each is asked by the next, once', async () => {
    const steps = await throughEveryDeath(desk, 'surveys', async () => {
      desk.clock.now = NOON;
      const [chatted, phoned] = [await aSurvey(), await aPhonedSurvey()];
      return async () => {
        expect(await eventsOf(desk.store, chatted.chat)).toEqual([question(chatted)]);
        expect(await tasksOf(desk.store, phoned.ticketId)).toHaveLength(1);
        expect((await stateOf(chatted)).status).toBe('asked');
        await desk.rows("update survey set status = 'closed'");
      };
    });
    expect(steps).toBe(4);
  });

  it('when a process dies over a reminder, then it is given by the next, once', async () => {
    const steps = await throughEveryDeath(desk, 'surveys', async () => {
      const survey = await aSurvey();
      await runAt(NOON);
      desk.clock.now = hoursAfterNoon(24);
      return async () => {
        expect(await eventsOf(desk.store, survey.chat)).toEqual([question(survey), reminder(survey)]);
        expect((await stateOf(survey)).reminded).not.toBeNull();
        await desk.rows("update survey set status = 'closed'");
      };
    });
    expect(steps).toBe(3);
  });
});
