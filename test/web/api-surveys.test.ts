import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR, instantOf, parseInstant } from '../../src/domain/instant.ts';
import { A_PHONE, aChat, aTicket, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let agent: Awaited<ReturnType<TestWeb['staff']>>;
beforeAll(async () => {
  at = await openWeb();
  agent = await at.staff('agent', '李敏');
});
afterAll(() => at.close());
beforeEach(() => {
  at.clock.now = NOON;
});

let counted = 0;

/** A repair of a customer on the phone that was completed and whose call is open. */
async function completed(): Promise<{ readonly id: string; readonly number: string; readonly surveyId: string }> {
  counted += 1;
  const ticket = aTicket({ number: `BX-20261120-${3_000 + counted}`, status: 'open', channel: 'phone', phone: A_PHONE });
  const chat = await aChat(at.store);
  await at.store.transact([aTurn(chat, { tickets: [ticket], customer: { name: '王芳', phone: A_PHONE } })]);
  await at.store.pool.query('update ticket set conversation_id = null where id = $1', [ticket.id]);
  await at.ask('POST', `/api/v1/tickets/${ticket.number}/transitions`, { token: agent.token, body: { type: 'complete' } });
  const { rows } = await at.store.pool.query("update survey set status = 'asked', asked_at = $2 where ticket_id = $1 returning id", [
    ticket.id,
    new Date(NOON),
  ]);
  const surveyId = rows[0].id;
  await at.store.pool.query("insert into contact_task (id, ticket_id, reason, due_at, once_key) values ($1, $2, 'survey', $3, $4)", [
    newId(),
    ticket.id,
    new Date(hoursAfterNoon(3)),
    `survey:${surveyId}`,
  ]);
  return { id: ticket.id, number: ticket.number, surveyId };
}

const answer = (number: string, body: unknown, token = agent.token) => at.ask('POST', `/api/v1/tickets/${number}/survey`, { token, body });
const surveyOf = async (number: string) => {
  const { body } = await at.ask('GET', `/api/v1/tickets/${number}`, { token: agent.token });
  return body as unknown as {
    readonly survey: Readonly<Record<string, unknown>> | null;
    readonly timeline: readonly { readonly type: string }[];
    readonly related: readonly string[];
  };
};
const tasksOf = async (ticketId: string) =>
  (
    await at.store.pool.query('select reason, status, done_by, due_at, once_key from contact_task where ticket_id = $1 order by reason', [
      ticketId,
    ])
  ).rows;
const ticketOf = async (number: unknown) => (await at.store.pool.query('select * from ticket where number = $1', [number])).rows[0];

it('S2-043 what was said on the phone is written down: the record, the end of the call, timeline and audit', async () => {
  const { id, number } = await completed();
  at.clock.now = hoursAfterNoon(2);
  const body = { score: 4, resolved: true, comment: '师傅很专业，电话13800138000打得及时', badge: true, onTime: false, attitude: 5 };
  const done = await answer(number, body);
  expect(done.status).toBe(200);
  const { survey, timeline } = await surveyOf(number);
  expect(survey).toEqual({
    status: 'answered',
    dueAt: '2026-11-20T13:00:00.000+08:00',
    askedAt: '2026-11-20T12:00:00.000+08:00',
    remindedAt: null,
    answeredAt: '2026-11-20T14:00:00.000+08:00',
    answeredBy: `staff:${agent.id}`,
    score: 4,
    resolved: true,
    reason: null,
    comment: '师傅很专业，电话138****8000打得及时',
    items: { badge: true, onTime: false, attitude: 5 },
    recheck: null,
  });
  expect(await tasksOf(id)).toMatchObject([{ reason: 'survey', status: 'done', done_by: agent.id }]);
  expect(timeline.map((it) => it.type)).toEqual(['completed', 'contact-task-done', 'survey-answered']);
  expect((await at.audit()).at(-1)).toEqual({
    action: 'ticket.survey',
    subject: `ticket:${number}`,
    actor: `staff:${agent.id}`,
    details: { score: 4, resolved: true },
  });
});

describe('S2-055 a low answer on the phone', () => {
  it.each([
    ['a score of 2', { score: 2, resolved: true, reason: '还是有点响' }, 'low-score'],
    ['not solved', { score: 5, resolved: false }, 'not-resolved'],
  ])('%s opens a recheck due in 24 hours of the clock, called for, told to staff', async (_, body, note) => {
    const { id, number, surveyId } = await completed();
    at.clock.now = hoursAfterNoon(1);
    await answer(number, body);
    const { survey, related } = await surveyOf(number);
    const recheck = await ticketOf(survey?.['recheck']);
    expect(recheck).toMatchObject({
      kind: 'recheck',
      status: 'open',
      priority: 'high',
      appliance: 'washer',
      district: '朝阳区',
      due_at: new Date(hoursAfterNoon(25)),
    });
    expect(JSON.parse(at.store.seal.open('ticket.details', recheck.details_sealed))).toMatchObject({ name: '王芳', phone: A_PHONE, note });
    expect(related).toContain(recheck.number);
    expect(await tasksOf(recheck.id)).toMatchObject([
      { reason: 'recheck', status: 'open', due_at: new Date(hoursAfterNoon(3)), once_key: `recheck:${surveyId}` },
    ]);
    const { rows: pages } = await at.store.pool.query('select reason, once_key, next_send_at from page where ticket_id = $1', [recheck.id]);
    expect(pages).toEqual([{ reason: 'low-score', once_key: `low-score:${surveyId}`, next_send_at: null }]);
    expect((await tasksOf(id)).map((it) => it.status)).toEqual(['done']);
    const { rows: relations } = await at.store.pool.query('select kind from ticket_relation where from_id = $1 and to_id = $2', [
      recheck.id,
      id,
    ]);
    expect(relations).toEqual([{ kind: 'recheck-of' }]);
  });

  it('in the quiet hours staff are told in the morning; the recheck is due in 24 hours all the same', async () => {
    const { number } = await completed();
    at.clock.now = parseInstant('2026-11-20T23:30:00+08:00') ?? NOON;
    await answer(number, { score: 1, resolved: false });
    const recheck = await ticketOf((await surveyOf(number)).survey?.['recheck']);
    expect(recheck.due_at).toEqual(new Date(instantOf(at.clock.now + 24 * HOUR)));
    const { rows } = await at.store.pool.query('select next_send_at from page where ticket_id = $1', [recheck.id]);
    expect(rows).toEqual([{ next_send_at: new Date('2026-11-21T08:00:00+08:00') }]);
  });

  it.each([
    [3, true],
    [5, true],
  ])('a score of %i that is solved opens none', async (score, resolved) => {
    const { number } = await completed();
    await answer(number, { score, resolved });
    expect((await surveyOf(number)).survey).toMatchObject({ score, recheck: null });
  });
});

describe('S2-054 once', () => {
  it('answered once is answered: a second answer is 409, also of two at once, and one recheck is open', async () => {
    const { number } = await completed();
    const answers = await Promise.all([1, 2, 1].map((score) => answer(number, { score, resolved: false })));
    expect(answers.map((it) => it.status).sort()).toEqual([200, 409, 409]);
    expect(await answer(number, { score: 5, resolved: true })).toMatchObject({
      status: 409,
      body: { type: 'urn:baoxiu:problem:conflict' },
    });
    const { rowCount } = await at.store.pool.query(
      "select from ticket_relation where kind = 'recheck-of' and to_id = (select id from ticket where number = $1)",
      [number],
    );
    expect(rowCount).toBe(1);
  });

  it('one that was given up may still be answered', async () => {
    const { number, surveyId } = await completed();
    await at.store.pool.query("update survey set status = 'closed' where id = $1", [surveyId]);
    expect((await answer(number, { score: 5, resolved: true })).status).toBe(200);
  });

  it('the same key is written once', async () => {
    const { number } = await completed();
    const headers = { 'idempotency-key': newId() };
    const body = { score: 4, resolved: true };
    const first = await at.ask('POST', `/api/v1/tickets/${number}/survey`, { token: agent.token, body, headers });
    expect(await at.ask('POST', `/api/v1/tickets/${number}/survey`, { token: agent.token, body, headers })).toMatchObject({
      status: 200,
      body: first.body,
    });
  });
});

describe('refused', () => {
  it.each([
    ['no score', { resolved: true }],
    ['a score out of the scale', { score: 6, resolved: true }],
    ['nothing on whether it is solved', { score: 3 }],
    ['a manner out of the scale', { score: 3, resolved: true, attitude: 0 }],
  ])('%s', async (_, body) => {
    const { number } = await completed();
    expect((await answer(number, body)).status).toBe(422);
    expect((await surveyOf(number)).survey).toMatchObject({ status: 'asked', score: null });
  });

  it('a ticket without a survey, one there is not, and who may only read', async () => {
    const open = aTicket({ number: 'BX-20261120-3999', status: 'open' });
    await at.store.transact([aTurn(await aChat(at.store), { tickets: [open] })]);
    const body = { score: 5, resolved: true };
    expect(await answer(open.number, body)).toMatchObject({ status: 409, body: { detail: expect.stringContaining('no survey') } });
    expect((await surveyOf(open.number)).survey).toBeNull();
    expect((await answer('BX-20261120-9999', body)).status).toBe(404);
    const { number } = await completed();
    for (const role of ['engineer', 'quality'] as const)
      expect((await answer(number, body, (await at.staff(role)).token)).status).toBe(403);
  });
});
