import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowedTransitions, type Transition } from '../../src/desk/transitions.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { HOUR, instantOf } from '../../src/domain/instant.ts';
import { TICKET_KINDS, TICKET_STATUSES } from '../../src/domain/ticket.ts';
import { aBooking, aChat, anEngineer, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

let day = 1;
/** A visit with as many tickets as asked for, on a day of its own. */
async function aVisitOf(count: number, inChat?: Chat, revision = 0): Promise<readonly { readonly id: string; readonly number: string }[]> {
  const chat = inChat ?? (await aChat(at.store));
  const engineerId = await anEngineer(at.store);
  day += 1;
  const tickets = Array.from({ length: count }, (_, n) => aTicket({ number: `BX-20261120-${1_000 + day * 10 + n}` }));
  const reservation = aBooking(
    engineerId,
    day * 24,
    tickets.map((it) => it.id),
  );
  expect(await at.store.transact([aTurn(chat, { revision, tickets, reservation })])).toMatchObject([{ kind: 'written' }]);
  return tickets;
}

const tasksOf = async (ticket: { id: string } | undefined) =>
  (
    await at.store.pool.query(
      'select whom, engineer_id, reason, once_key, due_at, notice_sealed from contact_task where ticket_id = $1 order by whom',
      [ticket?.id],
    )
  ).rows;

/** Opens one, for the customer when no engineer is named. */
async function aTask(ticket: { id: string } | undefined, reason: string, engineerId: string | null = null): Promise<void> {
  await at.store.pool.query(
    'insert into contact_task (id, ticket_id, whom, engineer_id, reason, due_at) values ($1, $2, $3, $4, $5, now())',
    [newId(), ticket?.id, engineerId === null ? 'customer' : 'engineer', engineerId, reason],
  );
}

async function openReasons(...tickets: readonly ({ id: string } | undefined)[]): Promise<readonly string[]> {
  const { rows } = await at.store.pool.query(
    "select reason from contact_task where status = 'open' and ticket_id = any($1) order by reason",
    [tickets.map((it) => it?.id)],
  );
  return rows.map((it) => it.reason);
}

const visitStatus = async (ticket: { id: string } | undefined) =>
  (
    await at.store.pool.query(
      'select status from appointment a join appointment_ticket t on t.appointment_id = a.id where t.ticket_id = $1',
      [ticket?.id],
    )
  ).rows[0].status;

describe('what is allowed', () => {
  it('ended tickets can only be opened anew, a complaint is answered and never completed, and what has a visit to come is not answered', () => {
    for (const kind of TICKET_KINDS) {
      for (const status of TICKET_STATUSES) {
        const allowed = allowedTransitions(kind, status);
        if (['resolved', 'closed', 'cancelled'].includes(status)) expect(allowed).toEqual(['reopen']);
        else expect(allowed).toContain('cancel');
        expect(allowed.includes('complete')).toBe(kind !== 'complaint' && ['open', 'scheduled', 'in-progress'].includes(status));
        expect(allowed.includes('resolve')).toBe(['open', 'in-progress', 'waiting-customer'].includes(status));
      }
    }
  });
});

describe('complete', () => {
  it('resolves the ticket, ends its visit and writes it in the timeline and the audit', async () => {
    const [ticket] = await aVisitOf(1);
    const dispatcher = await at.staff('dispatcher');
    const done = await at.desk.tickets.transit(dispatcher, ticket?.number ?? '', 'complete');
    expect(done).toMatchObject({
      kind: 'done',
      ticket: {
        status: 'resolved',
        appointment: { status: 'done' },
        timeline: [{ at: NOON, actor: `staff:${dispatcher.id}`, type: 'completed', details: { from: 'scheduled' } }],
      },
    });
    const { rows } = await at.store.pool.query('select completed_at, revision from ticket where id = $1', [ticket?.id]);
    expect(rows[0]).toEqual({ completed_at: new Date(NOON), revision: 1 });
    expect((await at.audit()).at(-1)).toEqual({
      action: 'ticket.complete',
      subject: `ticket:${ticket?.number}`,
      actor: `staff:${dispatcher.id}`,
      details: { from: 'scheduled' },
    });
  });

  it('ends the calls that tell of the visit, of each of its tickets, and no other promise', async () => {
    const [one, two] = await aVisitOf(2);
    for (const reason of ['reminder', 'price-notice', 'confirm-booking', 'confirmation', 'change', 'call-back', 'engineer-late'])
      await aTask(one, reason);
    await aTask(two, 'reminder');
    await at.desk.tickets.transit(await at.staff('agent'), one?.number ?? '', 'complete');
    expect(await openReasons(one, two)).toEqual(['call-back', 'engineer-late']);
  });

  it('a second time is refused with the list of what is allowed', async () => {
    const [ticket] = await aVisitOf(1);
    const agent = await at.staff('agent');
    await at.desk.tickets.transit(agent, ticket?.number ?? '', 'complete');
    expect(await at.desk.tickets.transit(agent, ticket?.number ?? '', 'cancel')).toEqual({
      kind: 'not-now',
      status: 'resolved',
      allowed: ['reopen'],
    });
  });

  it('happens once when five ask for it at once', async () => {
    const [ticket] = await aVisitOf(1);
    const agent = await at.staff('agent');
    const answers = await Promise.all(Array.from({ length: 5 }, () => at.desk.tickets.transit(agent, ticket?.number ?? '', 'complete')));
    expect(answers.map((it) => it.kind).sort()).toEqual(['done', 'not-now', 'not-now', 'not-now', 'not-now']);
    const { rowCount } = await at.store.pool.query('select from ticket_event where ticket_id = $1', [ticket?.id]);
    expect(rowCount).toBe(1);
  });
});

describe('cancel', () => {
  it('gives the visit up only with the last live ticket that shares it, also when both end at once', async () => {
    const agent = await at.staff('agent');
    const [one, two] = await aVisitOf(2);
    expect(await at.desk.tickets.transit(agent, one?.number ?? '', 'cancel')).toMatchObject({
      kind: 'done',
      ticket: { status: 'cancelled', appointment: { status: 'booked' } },
    });
    expect(await visitStatus(two)).toBe('booked');
    expect(await at.desk.tickets.transit(agent, two?.number ?? '', 'cancel')).toMatchObject({
      kind: 'done',
      ticket: { appointment: { status: 'cancelled' } },
    });

    const pair = await aVisitOf(2);
    await Promise.all(pair.map((it) => at.desk.tickets.transit(agent, it.number, 'cancel')));
    expect(await visitStatus(pair[0])).toBe('cancelled');
  });

  it('is told in the chat: the event is in the log, once a visit, and a turn in flight reads again', async () => {
    const chat = await aChat(at.store);
    const [one, two] = await aVisitOf(2, chat);
    const agent = await at.staff('agent');
    const inFlight = await at.store.readConversation(chat.conversationId);
    at.turned.length = 0;
    await at.desk.tickets.transit(agent, one?.number ?? '', 'cancel');
    expect((await at.store.readConversation(chat.conversationId))?.unapplied).toEqual([]);
    expect(at.turned).toEqual([]);
    await at.desk.tickets.transit(agent, two?.number ?? '', 'cancel');

    const read = await at.store.readConversation(chat.conversationId);
    expect(read?.unapplied).toMatchObject([
      {
        sender: 'system',
        channelMessageId: `visit-changed:${two?.number}:${read?.revision}`,
        body: { kind: 'event', event: 'visit-changed', ticketId: two?.id },
      },
    ]);
    expect(at.turned).toEqual([chat.conversationId]);
    expect(await at.store.transact([aTurn(chat, { revision: inFlight?.revision ?? -1 })])).toEqual([{ kind: 'revision-lost' }]);
    expect(await tasksOf(two)).toMatchObject([{ whom: 'engineer' }]);
  });

  it('says nothing of a visit to anybody when none was booked, and nothing when it took place', async () => {
    const chat = await aChat(at.store);
    const open = aTicket({ number: 'BX-20261120-8001', status: 'open' });
    await at.store.transact([aTurn(chat, { tickets: [open] })]);
    const [done] = await aVisitOf(1, chat, 1);
    const agent = await at.staff('agent');
    await at.desk.tickets.transit(agent, open.number, 'cancel');
    await at.desk.tickets.transit(agent, done?.number ?? '', 'complete');
    expect((await at.store.readConversation(chat.conversationId))?.unapplied).toEqual([]);
    expect([...(await tasksOf(open)), ...(await tasksOf(done))]).toEqual([]);
  });

  it('without a chat somebody phones, once; the engineer is phoned before the window begins', async () => {
    const [ticket] = await aVisitOf(1);
    await at.store.pool.query('update ticket set conversation_id = null where id = $1', [ticket?.id]);
    await at.store.pool.query(
      'insert into waiting_list_entry (id, ticket_id, from_at, to_at, created_at) values ($1, $2, now(), now(), now())',
      [newId(), ticket?.id],
    );
    const { rows } = await at.store.pool.query(
      'select a.id, a.engineer_id from appointment a join appointment_ticket t on t.appointment_id = a.id where t.ticket_id = $1',
      [ticket?.id],
    );
    const agent = await at.staff('agent');
    await at.desk.tickets.transit(agent, ticket?.number ?? '', 'cancel');
    const due = new Date(hoursAfterNoon(3));
    expect(await tasksOf(ticket)).toEqual([
      {
        whom: 'customer',
        engineer_id: null,
        reason: 'visit-cancelled',
        once_key: `visit-cancelled:${ticket?.number}`,
        due_at: due,
        notice_sealed: expect.any(Buffer),
      },
      {
        whom: 'engineer',
        engineer_id: rows[0].engineer_id,
        reason: 'visit-cancelled',
        once_key: `engineer:${rows[0].id}:cancelled`,
        due_at: due,
        notice_sealed: expect.any(Buffer),
      },
    ]);
    const listed = await at.desk.contactTasks.list(agent, { status: 'open', after: null, limit: 100 });
    const ofTicket = listed.kind === 'listed' ? listed.slice.items.filter((it) => it.ticket === ticket?.number) : [];
    expect(ofTicket.map((it) => it.engineer?.name ?? it.whom).sort()).toEqual(['customer', '李工']);
    expect((await at.store.pool.query('select status from waiting_list_entry where ticket_id = $1', [ticket?.id])).rows).toEqual([
      { status: 'closed' },
    ]);
  });

  it.each([
    ['in an hour', -1, 0],
    ['an hour ago', 1, 1],
  ])('an engineer whose window begins %s is phoned in time', async (_, hours, due) => {
    const [ticket] = await aVisitOf(1);
    const { rows } = await at.store.pool.query(
      'select a.window_from from appointment a join appointment_ticket t on t.appointment_id = a.id where t.ticket_id = $1',
      [ticket?.id],
    );
    const begins = rows[0].window_from.getTime();
    at.clock.now = instantOf(begins + hours * HOUR);
    await at.desk.tickets.transit(await at.staff('agent'), ticket?.number ?? '', 'cancel');
    at.clock.now = NOON;
    expect(await tasksOf(ticket)).toMatchObject([{ whom: 'engineer', due_at: new Date(begins + due * HOUR) }]);
  });

  it('puts in words, for a text message, what engineer and customer are told', async () => {
    const [ticket, other] = await aVisitOf(2);
    await at.store.pool.query(
      "update ticket set conversation_id = null, appliance = 'washer', city = '北京市', district = '朝阳区' where id = any($1)",
      [[ticket?.id, other?.id]],
    );
    const agent = await at.staff('agent');
    await at.desk.tickets.transit(agent, other?.number ?? '', 'cancel');
    await at.desk.tickets.transit(agent, ticket?.number ?? '', 'cancel');
    const [customer, engineer] = (await tasksOf(ticket)).map((it) => at.store.seal.open('contact-task.notice', it.notice_sealed));
    expect(customer).toMatch(/洗衣机.*上门已由客服取消/u);
    expect(customer).toContain(ticket?.number);
    expect(engineer).toMatch(/取消：.*不用去了，北京市朝阳区/u);
    for (const it of [ticket, other]) expect(engineer).toContain(it?.number);
  });

  it('ends what its engineer need not hear any more, through whichever ticket, and nothing else', async () => {
    const [one, two] = await aVisitOf(2);
    const { rows } = await at.store.pool.query(
      'select a.engineer_id from appointment a join appointment_ticket t on t.appointment_id = a.id where t.ticket_id = $1',
      [one?.id],
    );
    const theirs = rows[0].engineer_id;
    const another = await anEngineer(at.store);
    await aTask(one, 'visit-given', theirs);
    await aTask(two, 'visit-moved', theirs);
    await aTask(two, 'visit-off', theirs);
    await aTask(two, 'visit-moved', another);
    const agent = await at.staff('agent');
    await at.desk.tickets.transit(agent, one?.number ?? '', 'cancel');
    expect(await openReasons(one, two)).toEqual(['visit-given', 'visit-moved', 'visit-moved', 'visit-off']);
    await at.desk.tickets.transit(agent, two?.number ?? '', 'cancel');
    expect(await openReasons(one, two)).toEqual(['visit-cancelled', 'visit-moved', 'visit-off']);
  });

  it('ends every call its customer is owed, with the visit: while that stands for another ticket, they stand', async () => {
    const [one, two] = await aVisitOf(2, await aChat(at.store));
    for (const reason of ['reminder', 'change', 'call-back', 'engineer-late']) await aTask(one, reason);
    await aTask(two, 'confirmation');
    const agent = await at.staff('agent');
    await at.desk.tickets.transit(agent, one?.number ?? '', 'cancel');
    expect(await openReasons(one, two)).toEqual(['call-back', 'change', 'confirmation', 'engineer-late', 'reminder']);
    await at.desk.tickets.transit(agent, two?.number ?? '', 'cancel');
    expect(await openReasons(one, two)).toEqual(['visit-cancelled']);
    const { rowCount } = await at.store.pool.query('select from contact_task where done_by is not null and ticket_id = any($1)', [
      [one?.id, two?.id],
    ]);
    expect(rowCount).toBe(0);
  });

  it('ends every call its customer is owed when no visit was booked', async () => {
    const open = aTicket({ number: 'BX-20261120-8002', status: 'open' });
    await at.store.transact([aTurn(await aChat(at.store), { tickets: [open] })]);
    await aTask(open, 'call-back');
    await at.desk.tickets.transit(await at.staff('agent'), open.number, 'cancel');
    expect(await openReasons(open)).toEqual([]);
  });

  it('frees the window for somebody else', async () => {
    const [ticket] = await aVisitOf(1);
    const { rows } = await at.store.pool.query(
      'select a.* from appointment a join appointment_ticket t on t.appointment_id = a.id where t.ticket_id = $1',
      [ticket?.id],
    );
    await at.desk.tickets.transit(await at.staff('agent'), ticket?.number ?? '', 'cancel');
    const hours = (rows[0].window_from.getTime() - NOON) / 3_600_000;
    expect(await at.store.transact([aTurn(await aChat(at.store), { reservation: aBooking(rows[0].engineer_id, hours) })])).toMatchObject([
      { kind: 'written' },
    ]);
  });
});

describe('resolve', () => {
  it('answers a complaint: the ticket is over, and so is every call its customer was owed', async () => {
    const complaint = aTicket({ number: 'BX-20261120-8101', kind: 'complaint', status: 'open' });
    await at.store.transact([aTurn(await aChat(at.store), { tickets: [complaint] })]);
    for (const reason of ['complaint', 'call-back']) await aTask(complaint, reason);
    const agent = await at.staff('agent');
    expect((await at.desk.tickets.transit(agent, complaint.number, 'complete')).kind).toBe('not-now');
    expect(await at.desk.tickets.transit(agent, complaint.number, 'resolve')).toMatchObject({
      kind: 'done',
      ticket: { status: 'resolved', timeline: [{ at: NOON, actor: `staff:${agent.id}`, type: 'resolved', details: { from: 'open' } }] },
    });
    expect(await openReasons(complaint)).toEqual([]);
    expect(await surveysOf(complaint)).toEqual([]);
    expect((await at.audit()).at(-1)).toMatchObject({ action: 'ticket.resolve', subject: `ticket:${complaint.number}` });
  });

  it('S2-011 a repair that was only answered starts no repair warranty', async () => {
    const repair = aTicket({ number: 'BX-20261120-8102', status: 'open' });
    await at.store.transact([aTurn(await aChat(at.store), { tickets: [repair] })]);
    await at.desk.tickets.transit(await at.staff('agent'), repair.number, 'resolve');
    expect((await at.store.pool.query('select completed_at from ticket where id = $1', [repair.id])).rows).toEqual([
      { completed_at: null },
    ]);
  });
});

describe('waiting for the customer', () => {
  it('is said in the timeline and undone by hand, where they answered by phone; nobody hears of it', async () => {
    const [ticket] = await aVisitOf(1);
    const agent = await at.staff('agent');
    const transit = (transition: Transition) => at.desk.tickets.transit(agent, ticket?.number ?? '', transition);
    expect(await transit('wait-for-customer')).toMatchObject({ kind: 'not-now', status: 'scheduled' });
    await at.store.pool.query("update ticket set status = 'open' where id = $1", [ticket?.id]);
    const told = at.turned.length;
    expect(await transit('wait-for-customer')).toMatchObject({ kind: 'done', ticket: { status: 'waiting-customer' } });
    expect(await transit('wait-for-customer')).toEqual({
      kind: 'not-now',
      status: 'waiting-customer',
      allowed: ['resolve', 'cancel', 'resume'],
    });
    expect(await transit('resume')).toMatchObject({
      kind: 'done',
      ticket: { status: 'open', timeline: [{ type: 'waiting-customer', details: { from: 'open' } }, { type: 'customer-answered' }] },
    });
    expect(at.turned).toHaveLength(told);
  });
});

describe('reopen', () => {
  it('opens what was over, without its completion, and writes it in the timeline', async () => {
    const [ticket] = await aVisitOf(1);
    const agent = await at.staff('agent');
    await at.desk.tickets.transit(agent, ticket?.number ?? '', 'complete');
    expect(await at.desk.tickets.transit(agent, ticket?.number ?? '', 'reopen')).toMatchObject({
      kind: 'done',
      ticket: {
        status: 'open',
        appointment: { status: 'done' },
        timeline: [{ type: 'completed' }, { type: 'reopened', details: { from: 'resolved' } }],
      },
    });
    expect((await at.store.pool.query('select completed_at from ticket where id = $1', [ticket?.id])).rows).toEqual([
      { completed_at: null },
    ]);
    expect(await at.desk.tickets.transit(agent, ticket?.number ?? '', 'reopen')).toEqual({
      kind: 'not-now',
      status: 'open',
      allowed: ['complete', 'resolve', 'cancel', 'wait-for-customer'],
    });
  });
});

type SurveyRow = {
  readonly id: string;
  readonly once_key: string;
  readonly status: string;
  readonly due_at: Date;
  readonly conversation_id: string | null;
};
async function surveysOf(...tickets: readonly ({ id: string } | undefined)[]): Promise<readonly SurveyRow[]> {
  const { rows } = await at.store.pool.query<SurveyRow>(
    'select id, once_key, status, due_at, conversation_id from survey where ticket_id = any($1) order by due_at',
    [tickets.map((it) => it?.id)],
  );
  return rows;
}

describe("S2-054 the survey's clock", () => {
  const complete = async (number = '') => await at.desk.tickets.transit(await at.staff('agent'), number, 'complete');

  it('starts with the completion, after the delay of the policy, in the chat of the ticket', async () => {
    const chat = await aChat(at.store);
    const [ticket] = await aVisitOf(1, chat);
    const done = await complete(ticket?.number);
    const [survey, ...others] = await surveysOf(ticket);
    expect(others).toEqual([]);
    expect(survey).toMatchObject({ status: 'waiting', due_at: new Date(hoursAfterNoon(1)), conversation_id: chat.conversationId });
    expect(survey?.once_key).toMatch(/^visit:/);
    expect(done).toMatchObject({ ticket: { survey: { status: 'waiting', dueAt: hoursAfterNoon(1), askedAt: null, score: null } } });
  });

  it('is one for a visit, however many tickets it was for, also when all end at once; each of them shows it', async () => {
    const tickets = await aVisitOf(3);
    await Promise.all(tickets.map((it) => complete(it.number)));
    expect(await surveysOf(...tickets)).toHaveLength(1);
    for (const { number } of tickets)
      expect(await at.desk.tickets.read(await at.staff('agent'), number)).toMatchObject({ ticket: { survey: { status: 'waiting' } } });
  });

  it('is one for a ticket without a visit; of other kinds than repairs and rechecks there is none', async () => {
    const kinds = ['repair', 'recheck', 'enquiry', 'warranty'] as const;
    const tickets = kinds.map((kind, n) => aTicket({ number: `BX-20261120-82${10 + n}`, kind, status: 'open' }));
    await at.store.transact([aTurn(await aChat(at.store), { tickets })]);
    for (const it of tickets) await complete(it.number);
    expect((await surveysOf(...tickets)).map((it) => it.once_key).sort()).toEqual(
      tickets
        .slice(0, 2)
        .map((it) => `ticket:${it.id}`)
        .sort(),
    );
  });

  it('a ticket opened anew before it was asked is not asked; completed again it is, by the same survey, also after another visit', async () => {
    const chat = await aChat(at.store);
    const [ticket] = await aVisitOf(1, chat);
    const agent = await at.staff('agent');
    await complete(ticket?.number);
    const [first] = await surveysOf(ticket);
    await at.desk.tickets.transit(agent, ticket?.number ?? '', 'reopen');
    expect(await surveysOf(ticket)).toMatchObject([{ id: first?.id, status: 'closed' }]);
    const engineerId = await anEngineer(at.store);
    const again = aBooking(engineerId, 5_000, [ticket?.id as Identifier]);
    const revision = (await at.store.readConversation(chat.conversationId))?.revision ?? -1;
    expect(await at.store.transact([aTurn(chat, { revision, reservation: again })])).toMatchObject([{ kind: 'written' }]);
    at.clock.now = hoursAfterNoon(2);
    await complete(ticket?.number);
    at.clock.now = NOON;
    expect(await surveysOf(ticket)).toMatchObject([{ id: first?.id, status: 'waiting', due_at: new Date(hoursAfterNoon(3)) }]);
  });

  it.each(['asked', 'answered'])('a survey that was %s stays as it is, whatever becomes of its ticket', async (status) => {
    const [ticket] = await aVisitOf(1);
    const agent = await at.staff('agent');
    await complete(ticket?.number);
    await at.store.pool.query('update survey set status = $2, asked_at = now() where ticket_id = $1', [ticket?.id, status]);
    await at.desk.tickets.transit(agent, ticket?.number ?? '', 'reopen');
    await complete(ticket?.number);
    expect(await surveysOf(ticket)).toMatchObject([{ status }]);
  });

  it('is no clock of a repair that was called off', async () => {
    const [ticket] = await aVisitOf(1);
    await at.desk.tickets.transit(await at.staff('agent'), ticket?.number ?? '', 'cancel');
    expect(await surveysOf(ticket)).toEqual([]);
  });
});

it('numbers are found however they are typed; others, and those who may only read, get a no', async () => {
  const [ticket] = await aVisitOf(1);
  const agent = await at.staff('agent');
  expect(await at.desk.tickets.transit(agent, (ticket?.number ?? '').toLowerCase().replaceAll('-', ''), 'complete')).toMatchObject({
    kind: 'done',
  });
  for (const number of ['BX-20261120-9999', 'nonsense', ''])
    expect(await at.desk.tickets.transit(agent, number, 'complete')).toEqual({ kind: 'no-such-ticket' });
  for (const role of ['engineer', 'quality'] as const)
    expect((await at.desk.tickets.transit(await at.staff(role), ticket?.number ?? '', 'cancel')).kind).toBe('forbidden');
});
