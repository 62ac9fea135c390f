import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TICKET_NOTE_CHARACTERS_MAX, TICKET_NOTES_MAX } from '../../src/desk/ticket-note.ts';
import { aChat, aTicket, aTurn } from '../store/a-turn.ts';
import { openWeb, type TestWeb } from './a-web.ts';

let at: TestWeb;
let agent: Awaited<ReturnType<TestWeb['staff']>>;
const [one, full] = ['0051', '0052'].map((it) => aTicket({ number: `BX-20261120-${it}`, status: 'open' })) as [
  ReturnType<typeof aTicket>,
  ReturnType<typeof aTicket>,
];

beforeAll(async () => {
  at = await openWeb();
  agent = await at.staff('agent', '李敏');
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [one, full] })]);
});
afterAll(() => at.close());

const post = (number: string, body: unknown, { key, token = agent.token }: { key?: string; token?: string } = {}) =>
  at.ask('POST', `/api/v1/tickets/${number}/notes`, { token, body, headers: key === undefined ? {} : { 'idempotency-key': key } });
const notes = async (number: string) => {
  const { rows } = await at.store.pool.query<{ n: number }>(
    'select count(*)::int as n from ticket_note n join ticket t on t.id = n.ticket_id where t.number = $1',
    [number],
  );
  return rows[0]?.n;
};

describe('POST /tickets/{number}/notes', () => {
  it('keeps one, and the ticket shows it masked with who wrote it and when', async () => {
    const noted = { at: '2026-11-20T12:00:00.000+08:00', by: { id: agent.id, name: '李敏' }, text: '王*说门铃坏了，请打139****9000' };
    expect(await post(one.number, { text: ' 王芳说门铃坏了，请打13900139000 ' })).toMatchObject({ status: 201, body: { notes: [noted] } });
    const read = await at.ask('GET', `/api/v1/tickets/${one.number}`, { token: (await at.staff('engineer')).token });
    expect(read).toMatchObject({ status: 200, body: { number: one.number, note: null, notes: [noted] } });
  });

  it('is done once for one key, also when ten come at once', async () => {
    const before = (await notes(one.number)) ?? 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(one.number, { text: '明天再打' }, { key: 'once' })));
    expect(new Set(answers.map((it) => it.status))).toEqual(new Set([201]));
    expect(await notes(one.number)).toBe(before + 1);
    expect((await post(one.number, { text: '后天再打' }, { key: 'once' })).status).toBe(422);
    expect(await notes(one.number)).toBe(before + 1);
  });

  it('done before a crash could be answered, it is found and not done again', async () => {
    const before = (await notes(one.number)) ?? 0;
    await post(one.number, { text: '备件到了' }, { key: 'crash' });
    await at.store.pool.query("update idempotency_key set answer_sealed = null, expires_at = created_at where key = 'crash'");
    expect((await post(one.number, { text: '备件到了' }, { key: 'crash' })).status).toBe(201);
    expect(await notes(one.number)).toBe(before + 1);
  });

  it.each([
    ['no text', {}],
    ['an empty text', { text: ' \n ' }],
    ['a NUL', { text: '\u0000' }],
    ['too long a text', { text: '长'.repeat(TICKET_NOTE_CHARACTERS_MAX + 1) }],
    ['no words', { text: 7 }],
  ])('%s is 422 at its field', async (_, body) => {
    expect(await post(one.number, body)).toMatchObject({ status: 422, body: { errors: [{ field: 'text' }] } });
  });

  it('no such ticket is 404, a role that may not is 403, a ticket that is full is 409 and says why', async () => {
    for (const none of ['BX-19990101-0001', 'nonsense']) expect((await post(none, { text: '在吗' })).status).toBe(404);
    for (const role of ['engineer', 'quality'] as const)
      expect((await post(one.number, { text: '在吗' }, { token: (await at.staff(role)).token })).status).toBe(403);
    await at.store.pool.query(
      'insert into ticket_note (id, ticket_id, staff_id, text_sealed, at) select gen_random_uuid(), $1, $2, $3, now() from generate_series(1, $4)',
      [full.id, agent.id, at.store.seal.seal('ticket.note', '又一条'), TICKET_NOTES_MAX],
    );
    expect(await post(full.number, { text: '还有一条' })).toMatchObject({
      status: 409,
      body: { type: 'urn:baoxiu:problem:conflict', why: 'too-many-notes', detail: expect.stringContaining(String(TICKET_NOTES_MAX)) },
    });
  });
});
