import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntakeForm } from '../../src/desk/intake-form.ts';
import type { StaffMember } from '../../src/desk/staff-member.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import type { VisitWindow } from '../../src/domain/visit-window.ts';
import { A_PHONE, aBooking, aChat, anEngineer, aTicket, aTurn, hoursAfterNoon, NOON } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { NOTHING_MORE, openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
let agent: StaffMember;
beforeAll(async () => {
  at = await openDesk();
  agent = await at.staff('agent', '李敏');
});
afterAll(() => at.close());

const aForm = (what: Partial<IntakeForm> = {}): IntakeForm => ({
  ticketId: newId(),
  kind: 'repair',
  channel: 'phone',
  appliance: 'washer',
  fault: '漏水',
  name: '王芳',
  phone: '138 0013 8000',
  address: '北京朝阳区建国路88号院3号楼1501',
  ...NOTHING_MORE,
  ...what,
});

/** 14–16 on a later day, Beijing time. */
function afternoonOf(day: number): VisitWindow {
  return { from: parseInstant(`2026-11-${day}T14:00:00+08:00`) ?? NOON, to: parseInstant(`2026-11-${day}T16:00:00+08:00`) ?? NOON };
}

async function openedOf(form: IntakeForm) {
  const done = await at.desk.tickets.open(agent, form);
  if (done.kind !== 'opened') throw new Error(`not opened: ${JSON.stringify(done)}`);
  return done.ticket;
}

describe('S4-013 a ticket taken down by staff', () => {
  it('without a window is open, with a number of the day, and somebody calls back in business time', async () => {
    const ticket = await openedOf(aForm({ note: '白天打 13900139000' }));
    expect(ticket).toMatchObject({
      number: expect.stringMatching(/^BX-20261120-\d{4,}$/),
      kind: 'repair',
      status: 'open',
      priority: 'normal',
      channel: 'phone',
      appliance: 'washer',
      fault: '漏水',
      faultCodes: ['leaking'],
      customer: { name: '王*', phone: '138****8000' },
      address: '北京市朝阳区',
      note: '白天打 139****9000',
      openedAt: NOON,
      appointment: null,
      conversationId: null,
      related: [],
      timeline: [
        {
          at: NOON,
          actor: `staff:${agent.id}`,
          type: 'opened',
          details: { kind: 'repair', status: 'open', priority: 'normal', channel: 'phone' },
        },
        {
          at: NOON,
          actor: `staff:${agent.id}`,
          type: 'contact-task-opened',
          details: { reason: 'call-back', dueAt: '2026-11-20T07:00:00.000Z' },
        },
      ],
    });
    const tasks = await at.desk.contactTasks.list(agent, { status: 'open', after: null, limit: 100 });
    // 12:00 is the end of the morning; two business hours later it is 15:00.
    expect(tasks.kind === 'listed' ? tasks.slice.items.find((it) => it.ticket === ticket.number) : tasks).toMatchObject({
      reason: 'call-back',
      dueAt: hoursAfterNoon(3),
      customer: { name: '王*', phone: '138****8000' },
    });
    expect(ticket.dueAt).toBe(hoursAfterNoon(3));
    expect(await at.audit()).toContainEqual({
      action: 'ticket.open',
      subject: `ticket:${ticket.number}`,
      actor: `staff:${agent.id}`,
      details: { kind: 'repair', channel: 'phone' },
    });
  });

  it('S2-016 with a window is scheduled, its visit booked with the moment the customer agreed, and a call confirms it', async () => {
    const engineerId = await anEngineer(at.store);
    const window = afternoonOf(22);
    const ticket = await openedOf(aForm({ window, appliance: '洗衣机' }));
    expect(ticket).toMatchObject({
      status: 'scheduled',
      dueAt: window.to,
      appointment: { engineer: { id: engineerId, name: '李工' }, window, status: 'booked', confirmedAt: NOON },
      timeline: [{ type: 'opened' }, { type: 'appointment-booked', details: { engineer: engineerId } }, { type: 'contact-task-opened' }],
    });
    const { rows } = await at.store.pool.query(
      "select count(*)::int as n from appointment where status = 'booked' and confirmed_at is null",
    );
    expect(rows[0].n).toBe(0);
    const tasks = await at.desk.contactTasks.list(agent, { status: 'open', after: null, limit: 100 });
    expect(tasks.kind === 'listed' ? tasks.slice.items.find((it) => it.ticket === ticket.number)?.reason : tasks).toBe('confirm-booking');

    const cancelled = await at.desk.tickets.transit(agent, ticket.number, 'cancel');
    expect(cancelled).toMatchObject({ kind: 'done', ticket: { appointment: { status: 'cancelled' } } });
    const after = await at.desk.contactTasks.list(agent, { status: 'open', after: null, limit: 100 });
    const left = after.kind === 'listed' ? after.slice.items.filter((it) => it.ticket === ticket.number).map((it) => it.reason) : after;
    expect(left).toEqual(['visit-cancelled', 'visit-cancelled']);
  });

  it('a window nobody can take is refused with the nearest three that are open', async () => {
    const done = await at.desk.tickets.open(agent, aForm({ window: { from: hoursAfterNoon(1), to: hoursAfterNoon(3) } }));
    expect(done.kind).toBe('window-not-open');
    expect(done.kind === 'window-not-open' ? done.nearest.map((it) => new Date(it.from).toISOString()) : done).toEqual([
      '2026-11-20T06:00:00.000Z',
      '2026-11-20T08:00:00.000Z',
      '2026-11-20T10:00:00.000Z',
    ]);
    expect(await at.desk.tickets.open(agent, aForm({ window: afternoonOf(23), appliance: 'tv' }))).toEqual({
      kind: 'window-not-open',
      nearest: [],
    });
  });

  it('two engineers and eight callers for one window make two visits, and nothing is left of the others', async () => {
    await at.store.pool.query('update engineer set active = false');
    await Promise.all([anEngineer(at.store), anEngineer(at.store)]);
    const window = afternoonOf(24);
    const before = (await at.store.pool.query('select count(*)::int as n from ticket')).rows[0].n;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => at.desk.tickets.open(agent, aForm({ window, phone: `1390013900${n}` }))),
    );
    expect(answers.filter((it) => it.kind === 'opened')).toHaveLength(2);
    const refused = answers.filter((it) => it.kind === 'window-not-open');
    expect(refused).toHaveLength(6);
    expect(refused.every((it) => it.nearest.length === 3 && it.nearest.every((near) => near.from !== window.from))).toBe(true);
    expect((await at.store.pool.query('select count(*)::int as n from ticket')).rows[0].n).toBe(before + 2);
  });

  it('a hold that ran out does not keep the window', async () => {
    await at.store.pool.query('update engineer set active = false');
    const engineerId = await anEngineer(at.store);
    const window = afternoonOf(25);
    const hold = {
      kind: 'hold',
      heldUntil: NOON,
      appointmentId: newId(),
      engineerId,
      window,
      travelEndsAt: hoursAfterNoon(5 * 24 + 4.5),
    } as const;
    expect(await at.store.transact([aTurn(await aChat(at.store), { reservation: hold })])).toMatchObject([{ kind: 'written' }]);
    expect((await openedOf(aForm({ window }))).status).toBe('scheduled');
  });

  it('the same request twice opens one ticket, also at once', async () => {
    const form = aForm();
    const [one, two] = await Promise.all([openedOf(form), openedOf(form)]);
    expect(two.number).toBe(one.number);
    expect((await openedOf(form)).number).toBe(one.number);
    expect((await at.audit()).filter((it) => it.subject === `ticket:${one.number}`)).toHaveLength(1);
  });

  it('complaints count by month without a gap, also when many come at once and one fails', async () => {
    const opened = Array.from({ length: 6 }, (_, n) => openedOf(aForm({ kind: 'complaint', phone: `1360013600${n}` })));
    const numbers = (await Promise.all(opened)).map((it) => it.number);
    expect(numbers.sort()).toEqual(Array.from({ length: 6 }, (_, n) => `TS-202611-000${n + 1}`));
  });

  it('food that thaws makes it high', async () => {
    expect((await openedOf(aForm({ appliance: 'fridge', fault: '不制冷,肉都化了' }))).priority).toBe('high');
  });

  it('is refused to those who may only read', async () => {
    for (const role of ['engineer', 'quality'] as const)
      expect(await at.desk.tickets.open(await at.staff(role), aForm())).toEqual({ kind: 'forbidden', deed: 'desk.act' });
  });
});

describe('S4-014 a record with a gap is refused', () => {
  it.each([
    ['appliance', { appliance: '宇宙飞船' }],
    ['fault', { fault: '  ' }],
    ['name', { name: '' }],
    ['phone', { phone: '12345' }],
    ['address', { address: '建国路88号' }],
    ['address', { address: { province: '北京市', city: '北京市', district: '朝阳区', detail: ' ' } }],
  ] as const)('names %s', async (field, what) => {
    expect(await at.desk.tickets.open(agent, aForm(what))).toMatchObject({ kind: 'incomplete', faults: [{ field }] });
  });

  it('names every gap at once', async () => {
    const done = await at.desk.tickets.open(agent, aForm({ appliance: '', fault: '', name: '', phone: '', address: '' }));
    expect(done.kind === 'incomplete' ? done.faults.map((it) => it.field) : done).toEqual([
      'appliance',
      'fault',
      'name',
      'phone',
      'address',
    ]);
  });

  it('a district we serve gets the name our areas have for it; another place stays as typed', async () => {
    const named = await openedOf(aForm({ address: { province: '北京', city: '北京', district: '海淀', detail: '中关村大街1号' } }));
    expect(named.address).toBe('北京市海淀区');
    const far = await openedOf(aForm({ address: { province: '四川省', city: '成都市', district: '锦江区', detail: '春熙路1号' } }));
    expect(far.address).toBe('四川省成都市锦江区');
  });
});

describe('S2-024 whose record it is', () => {
  it('a phone alone never leads to a chat customer, and is one customer among those who phone', async () => {
    const chat = await aChat(at.store);
    const phone = '+8613622223333' as typeof A_PHONE;
    await at.store.transact([aTurn(chat, { customer: { name: '王芳', phone } })]);
    const [one, two] = [await openedOf(aForm({ phone })), await openedOf(aForm({ phone, name: '王先生' }))];
    const { rows } = await at.store.pool.query('select distinct customer_id from ticket where number = any($1)', [
      [one.number, two.number],
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0].customer_id).not.toBe(chat.customerId);
  });

  it('nothing that identifies the customer is readable in the rows', async () => {
    const { rows } = await at.store.pool.query(
      "select coalesce(string_agg(t::text, ' '), '') as text from (select row_to_json(x)::text as t from ticket x union all select row_to_json(x)::text from customer x union all select row_to_json(x)::text from address x union all select row_to_json(x)::text from ticket_event x union all select row_to_json(x)::text from audit x) all_rows",
    );
    for (const secret of ['王芳', '13800138000', '建国路', '漏水']) expect(rows[0].text).not.toContain(secret);
  });
});

describe('S2-014 one ticket shape whatever the way in', () => {
  it('phone, e-mail and shop give the fields a chat ticket has', async () => {
    const chat = await aChat(at.store);
    const chatted = aTicket({ number: 'BX-20261120-0900', status: 'open', phone: A_PHONE });
    await at.store.transact([aTurn(chat, { tickets: [chatted], reservation: aBooking(await anEngineer(at.store), 300, [chatted.id]) })]);
    const read = await at.desk.tickets.read(agent, chatted.number);
    if (read.kind !== 'found') throw new Error(read.kind);
    for (const channel of ['phone', 'email', 'store'] as const) {
      const ticket = await openedOf(aForm({ channel }));
      expect(ticket.channel).toBe(channel);
      expect(Object.keys(ticket).sort()).toEqual(Object.keys(read.ticket).sort());
    }
  });
});

describe('search', () => {
  const found = async (q: string) => {
    const done = await at.desk.tickets.list(agent, {
      q,
      kind: null,
      status: null,
      priority: null,
      channel: null,
      assignee: null,
      overdue: null,
      after: null,
      limit: 100,
    });
    return done.kind === 'listed' ? done.slice.items.map((it) => it.number) : [done.kind];
  };

  it('finds by number, by full phone and by serial, and nothing by less', async () => {
    const chat = await aChat(at.store);
    const ticket = aTicket({
      number: 'BX-20261120-0901',
      phone: '+8613711112222' as typeof A_PHONE,
      serial: 'DEMO2026IN0001' as NonNullable<ReturnType<typeof aTicket>['serial']>,
    });
    await at.store.transact([aTurn(chat, { tickets: [ticket] })]);
    for (const q of ['BX-20261120-0901', 'bx202611200901', '137 1111 2222', '+8613711112222', 'demo2026in0001'])
      expect(await found(q)).toEqual([ticket.number]);
    for (const q of ['1371111', '2222', '王', "' or 1=1", 'DEMO2026IN0002', '%']) expect(await found(q)).toEqual([]);
  });

  it('filters by kind, status and channel, newest first in slices', async () => {
    const all: string[] = [];
    let after = null;
    do {
      const done = await at.desk.tickets.list(agent, {
        q: null,
        kind: 'complaint',
        status: 'open',
        priority: null,
        channel: 'phone',
        assignee: null,
        overdue: null,
        after,
        limit: 4,
      });
      if (done.kind !== 'listed') throw new Error(done.kind);
      all.push(...done.slice.items.map((it) => it.number));
      after = done.slice.next;
    } while (after !== null);
    const { rows } = await at.store.pool.query("select number from ticket where kind = 'complaint' order by opened_at desc, id desc");
    expect(all).toEqual(rows.map((it) => it.number));
    expect(all).toHaveLength(6);
  });
});

it('a danger told on the phone makes the ticket urgent and calls somebody now', async () => {
  const ticket = await openedOf(aForm({ fault: '厨房里有煤气味' }));
  expect(ticket.priority).toBe('urgent');
  const pages = await at.store.prisma.page.findMany({ where: { ticket: { number: ticket.number } } });
  expect(pages.map((it) => [it.reason, it.status])).toEqual([['danger-gas', 'open']]);
});
