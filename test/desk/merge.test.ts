import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import type { NewTicket } from '../../src/turn/ports.ts';
import { aBooking, aChat, anEngineer, aTicket, aTurn, type Chat, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

let sequence = 0;
const numbered = (what: Partial<NewTicket> = {}) => {
  sequence += 1;
  return aTicket({ number: `BX-20261120-${6_000 + sequence}`, status: 'open', ...what });
};

/** Tickets of one customer; those named in `visits` have one each, on a day of its own. */
async function ofOne(tickets: readonly NewTicket[], visits: readonly (readonly NewTicket[])[] = []) {
  const chat = await aChat(at.store);
  const made: { readonly engineerId: Identifier; readonly appointmentId: Identifier }[] = [];
  await at.store.transact([aTurn(chat, { tickets })]);
  for (const [index, visit] of visits.entries()) {
    const engineerId = await anEngineer(at.store);
    const booking = aBooking(
      engineerId,
      26 + 24 * index,
      visit.map((it) => it.id),
    );
    const changes = visit.map((it) => ({ ticketId: it.id, status: 'scheduled', dueAt: null }) as const);
    expect(await at.store.transact([aTurn(chat, { revision: index + 1, reservation: booking, ticketChanges: changes })])).toMatchObject([
      { kind: 'written' },
    ]);
    made.push({ engineerId, appointmentId: booking.appointmentId });
  }
  return { chat, visits: made };
}

const merge = async (keep: NewTicket, drop: NewTicket) =>
  at.desk.tickets.mergeDuplicates(await at.staff('agent'), keep.number, drop.number);

const booked = async (ticket: NewTicket) =>
  (
    await at.store.pool.query(
      "select a.id, a.engineer_id from appointment a join appointment_ticket x on x.appointment_id = a.id where x.ticket_id = $1 and a.status = 'booked'",
      [ticket.id],
    )
  ).rows;

const statusOf = async (ticket: NewTicket) =>
  (await at.store.pool.query('select status from ticket where id = $1', [ticket.id])).rows[0].status;

const call = (ticket: NewTicket, reason: string, engineerId: string | null = null) =>
  at.store.pool.query('insert into contact_task (id, ticket_id, whom, engineer_id, reason, due_at) values ($1, $2, $3, $4, $5, now())', [
    newId(),
    ticket.id,
    engineerId === null ? 'customer' : 'engineer',
    engineerId,
    reason,
  ]);

const openCalls = async (ticket: NewTicket, whom = 'customer') =>
  (
    await at.store.pool.query("select reason from contact_task where ticket_id = $1 and whom = $2 and status = 'open' order by reason", [
      ticket.id,
      whom,
    ])
  ).rows.map((it) => it.reason);

const unapplied = async (chat: Chat) => (await at.store.readConversation(chat.conversationId))?.unapplied.map((it) => it.body);

describe('merge', () => {
  it('ends the duplicate, and tells both timelines, the audit and the customer which number goes on', async () => {
    const [keep, drop] = [numbered(), numbered({ priority: 'urgent' })];
    const { chat } = await ofOne([keep, drop]);
    const agent = await at.staff('agent');
    expect(await at.desk.tickets.mergeDuplicates(agent, keep.number, drop.number)).toMatchObject({
      kind: 'merged',
      ticket: {
        number: keep.number,
        status: 'open',
        priority: 'urgent',
        related: [drop.number],
        timeline: [{ type: 'merged', actor: `staff:${agent.id}`, details: { number: drop.number } }],
      },
    });
    expect(await at.desk.tickets.read(agent, drop.number)).toMatchObject({
      ticket: {
        status: 'cancelled',
        related: [keep.number],
        timeline: [{ type: 'merged-into', details: { number: keep.number, from: 'open', status: 'cancelled' } }],
      },
    });
    const { rows } = await at.store.pool.query('select kind from ticket_relation where from_id = $1 and to_id = $2', [drop.id, keep.id]);
    expect(rows).toEqual([{ kind: 'duplicate-of' }]);
    expect((await at.audit()).at(-1)).toMatchObject({
      action: 'ticket.merge',
      subject: `ticket:${keep.number}`,
      details: { duplicate: drop.number },
    });
    expect(await unapplied(chat)).toEqual([{ kind: 'event', event: 'ticket-merged', keptId: keep.id, duplicateId: drop.id }]);
    expect(at.turned.at(-1)).toBe(chat.conversationId);
  });

  it("calls the duplicate's visit off when the other has one, and its engineer hears of it", async () => {
    const [keep, drop] = [numbered(), numbered()];
    const { visits } = await ofOne([keep, drop], [[keep], [drop]]);
    await call(drop, 'visit-given', visits[1]?.engineerId);
    await call(drop, 'reminder');
    await merge(keep, drop);
    expect((await booked(keep)).map((it) => it.id)).toEqual([visits[0]?.appointmentId]);
    expect(await booked(drop)).toEqual([]);
    expect(await openCalls(drop, 'engineer')).toEqual(['visit-cancelled']);
    expect(await openCalls(drop)).toEqual([]);
  });

  it("goes on with the duplicate's visit when the other has none: same time, same engineer, the other number", async () => {
    const [keep, drop] = [numbered(), numbered()];
    const { chat, visits } = await ofOne([keep, drop], [[drop]]);
    await call(drop, 'visit-given', visits[0]?.engineerId);
    expect(await merge(keep, drop)).toMatchObject({
      ticket: { status: 'scheduled', dueAt: hoursAfterNoon(28), appointment: { status: 'booked', confirmedAt: NOON } },
    });
    const [visit] = await booked(keep);
    expect(visit.engineer_id).toBe(visits[0]?.engineerId);
    expect(await booked(drop)).toEqual([]);
    expect(await openCalls(keep, 'engineer')).toEqual(['visit-given']);
    // Whoever read the old row elsewhere has lost it.
    const elsewhere = aTurn(await aChat(at.store), { calledOff: visits[0]?.appointmentId ?? null });
    const inFlight = aTurn(chat, { revision: 2 });
    expect((await at.store.transact([elsewhere, inFlight])).map((it) => it.kind)).toEqual(['window-taken', 'revision-lost']);
  });

  it('a visit that others share takes place for them, and one that both share stands', async () => {
    const [keep, drop, other] = [numbered(), numbered(), numbered()];
    const { visits } = await ofOne([keep, drop, other], [[keep], [drop, other]]);
    await call(drop, 'confirmation');
    await merge(keep, drop);
    expect((await booked(other)).map((it) => it.id)).toEqual([visits[1]?.appointmentId]);
    expect(await openCalls(other)).toEqual(['confirmation']);
    expect(await openCalls(drop, 'engineer')).toEqual([]);
    const [one, two] = [numbered(), numbered()];
    const shared = await ofOne([one, two], [[one, two]]);
    await merge(one, two);
    expect((await booked(one)).map((it) => it.id)).toEqual([shared.visits[0]?.appointmentId]);
    const [first, second, third] = [numbered(), numbered(), numbered()];
    await ofOne([first, second, third], [[second, third]]);
    await merge(first, second);
    expect((await booked(first)).map((it) => it.id)).toEqual((await booked(third)).map((it) => it.id));
  });

  it('files, open handoffs, pages, complaints about it and promises go over; a promise made for both is kept once', async () => {
    const [keep, drop, complaint] = [numbered(), numbered(), numbered({ kind: 'complaint' })];
    const { chat } = await ofOne([keep, drop, complaint]);
    const { pool } = at.store;
    await pool.query(
      `insert into attachment (id, conversation_id, ticket_id, name_sealed, content_type, size, at) values ($1, $2, $3, $4, 'image/jpeg', 1, now())`,
      [newId(), chat.conversationId, drop.id, at.store.seal.seal('attachment.name', 'a.jpg')],
    );
    await pool.query("insert into page (id, reason, ticket_id, raised_at) values ($1, 'gas', $2, now())", [newId(), drop.id]);
    await pool.query(
      `insert into handoff (id, conversation_id, ticket_id, status, reason, summary_sealed, waiting_since) values ($1, $2, $3, 'queued', 'asked', $4, now())`,
      [
        newId(),
        chat.conversationId,
        drop.id,
        at.store.seal.seal('handoff.summary', JSON.stringify({ flow: null, asking: null, known: {}, possibleTickets: [] })),
      ],
    );
    await pool.query(
      `insert into complaint_case (ticket_id, category, department, about_ticket_id, answer_by, resolve_by) values ($1, 'other', '客服部', $2, now(), now())`,
      [complaint.id, drop.id],
    );
    for (const it of [keep, drop]) await call(it, 'call-back');
    await call(drop, 'engineer-late');
    await merge(keep, drop);
    for (const table of ['attachment', 'page', 'handoff']) {
      const { rows } = await pool.query(`select ticket_id from ${table} where ticket_id = any($1)`, [[keep.id, drop.id]]);
      expect(rows, table).toEqual([{ ticket_id: keep.id }]);
    }
    expect((await pool.query('select about_ticket_id from complaint_case where ticket_id = $1', [complaint.id])).rows).toEqual([
      { about_ticket_id: keep.id },
    ]);
    expect(await openCalls(drop)).toEqual([]);
    expect(await openCalls(keep)).toEqual(['call-back', 'engineer-late']);
  });

  it('without a chat the customer is sent the number, with the visit', async () => {
    const [keep, drop] = [numbered(), numbered()];
    await ofOne([keep, drop], [[drop]]);
    await at.store.pool.query('update ticket set conversation_id = null where id = any($1)', [[keep.id, drop.id]]);
    const turned = at.turned.length;
    await merge(keep, drop);
    const { rows } = await at.store.pool.query(
      "select reason, due_at, notice_sealed from contact_task where ticket_id = $1 and whom = 'customer' and status = 'open'",
      [keep.id],
    );
    expect(rows).toMatchObject([{ reason: 'change', due_at: new Date(hoursAfterNoon(3)) }]);
    expect(at.store.seal.open('contact-task.notice', rows[0].notice_sealed)).toContain(
      `${drop.number}和${keep.number}是同一件事，合到一张单上办，以后报${keep.number}就行。上门是11月21日 周六 14:00–16:00，李工师傅来`,
    );
    expect(at.turned).toHaveLength(turned);
  });
});

describe('is refused', () => {
  it('for two customers, two kinds, a complaint, one that is over, itself, and what is not there; nothing is changed', async () => {
    const [repair, enquiry, complaint, over] = [
      numbered(),
      numbered({ kind: 'enquiry' }),
      numbered({ kind: 'complaint' }),
      numbered({ status: 'resolved' }),
    ];
    await ofOne([repair, enquiry, complaint, over]);
    const theirs = numbered();
    await ofOne([theirs]);
    expect(await merge(repair, theirs)).toEqual({ kind: 'other-customer' });
    expect(await merge(repair, enquiry)).toEqual({ kind: 'other-kind' });
    expect(await merge(repair, complaint)).toEqual({ kind: 'complaint' });
    expect(await merge(repair, over)).toEqual({ kind: 'ticket-over', number: over.number, status: 'resolved' });
    expect(await merge(over, repair)).toEqual({ kind: 'ticket-over', number: over.number, status: 'resolved' });
    expect(await merge(repair, repair)).toEqual({ kind: 'same-ticket' });
    expect(await merge(repair, numbered())).toMatchObject({ kind: 'no-such-ticket' });
    for (const it of [repair, enquiry, complaint, theirs]) expect(await statusOf(it)).toBe('open');
    for (const role of ['engineer', 'quality'] as const)
      expect(await at.desk.tickets.mergeDuplicates(await at.staff(role), repair.number, theirs.number)).toEqual({
        kind: 'forbidden',
        deed: 'desk.act',
      });
  });
});

describe('at once', () => {
  it('each into the other: one of them is left, with one visit', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two] = [numbered(), numbered()];
      await ofOne([one, two], [[one], [two]]);
      const answers = await Promise.all([merge(one, two), merge(two, one)]);
      expect(answers.map((it) => it.kind).sort()).toEqual(['merged', 'ticket-over']);
      expect([await statusOf(one), await statusOf(two)].sort()).toEqual(['cancelled', 'scheduled']);
      expect([...(await booked(one)), ...(await booked(two))]).toHaveLength(1);
    }
  });

  it('three round in a ring, and the visit moved meanwhile: one is left, and it has the visit', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, two, three] = [numbered(), numbered(), numbered()];
      await ofOne([one, two, three], [[one]]);
      const to = { from: hoursAfterNoon(50 + 24 * round), to: hoursAfterNoon(52 + 24 * round) };
      const moving = at.desk.tickets.changeVisit(await at.staff('agent'), one.number, { window: to, engineerId: null, reason: null });
      await Promise.all([merge(two, one), merge(three, two), merge(one, three), moving]);
      const statuses = await Promise.all([one, two, three].map(statusOf));
      const alive = [one, two, three].filter((_, index) => statuses[index] !== 'cancelled');
      expect(alive, statuses.join()).toHaveLength(1);
      const visits = await Promise.all([one, two, three].map(booked));
      expect(visits.flat()).toHaveLength(1);
      expect(await booked(alive[0] as NewTicket)).toHaveLength(1);
    }
  });

  it('with its completion: either the work was done or it was a duplicate, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const [keep, drop] = [numbered(), numbered()];
      await ofOne([keep, drop], [[drop]]);
      const [merged, completed] = await Promise.all([
        merge(keep, drop),
        at.desk.tickets.transit(await at.staff('agent'), drop.number, 'complete'),
      ]);
      const isMerged = merged.kind === 'merged';
      expect(completed.kind).toBe(isMerged ? 'not-now' : 'done');
      expect(await statusOf(drop)).toBe(isMerged ? 'cancelled' : 'resolved');
      expect(await booked(keep)).toHaveLength(isMerged ? 1 : 0);
    }
  });
});
