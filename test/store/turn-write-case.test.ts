/** Complaints with numbers that leave no gap, statements joined to them, surveys, evidence: as the turn's write leaves them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, MINUTE } from '../../src/domain/instant.ts';
import { NO_SURVEY_ANSWERS } from '../../src/domain/survey.ts';
import { NUMBER_TO_COME } from '../../src/domain/ticket-number.ts';
import type { Store } from '../../src/store/open-store.ts';
import { SEALED } from '../../src/store/purposes.ts';
import type { NewComplaint, NewStatement, TurnWrite } from '../../src/turn/ports.ts';
import { newId, openTestStore } from '../support/database.ts';
import { aChat, aReply, aTicket, aTurn, NOON } from './a-turn.ts';

type AChat = Awaited<ReturnType<typeof aChat>>;

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const LATER = instantOf(NOON + 60 * MINUTE);

function aComplaintOf(ticketId: NewComplaint['ticketId']): NewComplaint {
  return {
    ticketId,
    category: 'repair-service',
    types: ['late'],
    gravities: ['media'],
    wish: null,
    department: '维修部',
    form: 'complaint',
    purchasedOn: null,
    aboutTicketId: null,
    answerBy: LATER,
    resolveBy: LATER,
  };
}

function aStatement(what: Pick<NewStatement, 'ticketId' | 'text'> & Partial<NewStatement>): NewStatement {
  return { id: newId(), at: NOON, gravities: [], wish: null, priority: null, ...what };
}

function aComplaint(chat: AChat, counter: string, what: Partial<TurnWrite> = {}): TurnWrite {
  const ticket = aTicket({ kind: 'complaint', status: 'open', number: NUMBER_TO_COME });
  return aTurn(chat, {
    outgoing: [aReply(`已登记,编号${NUMBER_TO_COME}`)],
    state: { stack: [], ticket: { id: ticket.id, number: NUMBER_TO_COME } },
    tickets: [ticket],
    counted: { counter, pattern: `${counter}NNNN` },
    complaints: [aComplaintOf(ticket.id)],
    statements: [aStatement({ ticketId: ticket.id, text: '师傅迟到两个小时' })],
    ...what,
  });
}

const numbersOf = async (counter: string) =>
  (await store.pool.query<{ number: string }>('select number from ticket where number like $1 order by number', [`${counter}%`])).rows.map(
    (it) => it.number,
  );

describe('S4-001 complaint numbers', () => {
  it('are named in the sentence, the ticket and the state alike', async () => {
    const chat = await aChat(store);
    const [outcome] = await store.transact([aComplaint(chat, 'TS-202601-')]);
    expect(outcome).toMatchObject({ kind: 'written', outgoing: [{ body: { text: '已登记,编号TS-202601-0001' } }] });
    expect(await numbersOf('TS-202601-')).toEqual(['TS-202601-0001']);
    expect(await store.readConversation(chat.conversationId)).toMatchObject({ state: { ticket: { number: 'TS-202601-0001' } } });
  });
  it('have no gap, though turns at once lose their revision or fail', async () => {
    const chats = await Promise.all(Array.from({ length: 24 }, () => aChat(store)));
    const outcomes = await Promise.allSettled(
      chats.map((chat, index) => {
        if (index % 3 === 1) return store.transact([aComplaint(chat, 'TS-202602-', { revision: 7 })]);
        const broken = { evidence: [], relations: [{ from: newId(), to: newId(), kind: 'about' as const }] };
        return store.transact([aComplaint(chat, 'TS-202602-', index % 3 === 2 ? broken : {})]);
      }),
    );
    const kinds = outcomes.map((it) => (it.status === 'rejected' ? 'failed' : it.value[0]?.kind));
    expect(kinds.filter((it) => it === 'written')).toHaveLength(8);
    expect(kinds.filter((it) => it === 'revision-lost')).toHaveLength(8);
    expect(await numbersOf('TS-202602-')).toEqual(
      Array.from({ length: 8 }, (_, index) => `TS-202602-${String(index + 1).padStart(4, '0')}`),
    );
  });
  it('begin with 1 in every month, and are taken beside turns that need none', async () => {
    const [one, other, third] = [await aChat(store), await aChat(store), await aChat(store)];
    const outcomes = await store.transact([
      aComplaint(one, 'TS-202603-'),
      aTurn(other, { outgoing: [aReply('好')] }),
      aComplaint(third, 'TS-202604-'),
    ]);
    expect(outcomes.map((it) => it.kind)).toEqual(['written', 'written', 'written']);
    expect([await numbersOf('TS-202603-'), await numbersOf('TS-202604-')]).toEqual([['TS-202603-0001'], ['TS-202604-0001']]);
  });
});

it('a complaint that is joined keeps both statements word for word and weighs what both say', async () => {
  const chat = await aChat(store);
  const first = aComplaint(chat, 'TS-202605-');
  await store.transact([first]);
  const ticketId = first.tickets[0]?.id ?? newId();
  const again = aStatement({ ticketId, text: '又没来!', gravities: ['repeat', 'media'], wish: 'refund', priority: 'high' });
  await store.transact([aTurn(chat, { revision: 1, statements: [again] })]);
  const { rows: said } = await store.pool.query<{ text_sealed: Buffer }>(
    'select text_sealed from complaint_statement where ticket_id = $1 order by id',
    [ticketId],
  );
  expect(said.map((it) => store.seal.open(SEALED.complaintStatement, it.text_sealed))).toEqual(['师傅迟到两个小时', '又没来!']);
  const { rows } = await store.pool.query(
    'select c.gravities, c.wish, t.priority from complaint_case c join ticket t on t.id = c.ticket_id where t.id = $1',
    [ticketId],
  );
  expect(rows).toEqual([{ gravities: ['media', 'repeat'], wish: 'refund', priority: 'high' }]);
});

describe('a survey', () => {
  async function aSurvey(chat: AChat) {
    const ticket = aTicket();
    await store.transact([aTurn(chat, { tickets: [ticket] })]);
    const id = newId();
    await store.pool.query(
      "insert into survey (id, once_key, ticket_id, conversation_id, status, due_at, asked_at) values ($1, $2, $3, $4, 'asked', now(), now())",
      [id, `ticket:${ticket.id}`, ticket.id, chat.conversationId],
    );
    return id;
  }
  const rowOf = async (id: string) =>
    (await store.pool.query('select status, score, resolved, answered_by, asked_at is null as unasked from survey where id = $1', [id]))
      .rows[0];

  it('counts as answered with its score, though the customer then leaves; more answers are added', async () => {
    const chat = await aChat(store);
    const surveyId = await aSurvey(chat);
    const answered = (revision: number, answers: Partial<typeof NO_SURVEY_ANSWERS>, done: boolean) =>
      store.transact([
        aTurn(chat, {
          revision,
          surveys: [{ kind: 'answered', surveyId, at: NOON, answers: { ...NO_SURVEY_ANSWERS, ...answers }, recheckTicketId: null, done }],
        }),
      ]);
    await answered(1, { score: 2 }, false);
    expect(await rowOf(surveyId)).toMatchObject({ status: 'answered', score: 2, resolved: null, answered_by: 'customer' });
    await answered(2, { score: 2, resolved: false, reason: '没修好' }, true);
    expect(await rowOf(surveyId)).toMatchObject({ status: 'answered', score: 2, resolved: false });
    const { rows } = await store.pool.query<{ reason_sealed: Buffer }>('select reason_sealed from survey where id = $1', [surveyId]);
    expect(rows.map((it) => store.seal.open(SEALED.surveyText, it.reason_sealed))).toEqual(['没修好']);
  });
  it('is closed when nothing was answered, and waits again when it is put off', async () => {
    const chat = await aChat(store);
    const surveyId = await aSurvey(chat);
    await store.transact([aTurn(chat, { revision: 1, surveys: [{ kind: 'put-off', surveyId, dueAt: LATER }] })]);
    expect(await rowOf(surveyId)).toMatchObject({ status: 'waiting', unasked: true });
    const nothing = { kind: 'answered', surveyId, at: NOON, answers: NO_SURVEY_ANSWERS, recheckTicketId: null, done: true } as const;
    await store.transact([aTurn(chat, { revision: 2, surveys: [nothing] })]);
    expect(await rowOf(surveyId)).toMatchObject({ status: 'closed', score: null, answered_by: null });
  });
});

it("evidence is of its own conversation's pictures only", async () => {
  const [chat, stranger] = [await aChat(store), await aChat(store)];
  const ticket = aTicket();
  const pictures = await Promise.all(
    [chat, stranger].map(async ({ conversationId }) => {
      const id = newId();
      await store.pool.query(
        "insert into attachment (id, conversation_id, name_sealed, content_type, size, bytes_sealed, at) values ($1, $2, '\\x00', 'image/jpeg', 1, '\\x00', now())",
        [id, conversationId],
      );
      return id;
    }),
  );
  await store.transact([
    aTurn(chat, { tickets: [ticket], evidence: pictures.map((attachmentId) => ({ attachmentId, ticketId: ticket.id })) }),
  ]);
  const { rows } = await store.pool.query<{ ticket_id: string | null }>(
    'select ticket_id from attachment where id = any($1) order by ticket_id nulls last',
    [pictures],
  );
  expect(rows.map((it) => it.ticket_id)).toEqual([ticket.id, null]);
});

it('S2-061 a page that can wait is not sent before the quiet hours end', async () => {
  const chat = await aChat(store);
  const id = newId();
  await store.transact([
    aTurn(chat, { pages: [{ id, reason: 'low-score', ticketId: null, raisedAt: NOON, onceKey: null, notBefore: LATER }] }),
  ]);
  const { rows } = await store.pool.query<{ next_send_at: Date }>('select next_send_at from page where id = $1', [id]);
  expect(rows.map((it) => it.next_send_at.getTime())).toEqual([LATER]);
});
