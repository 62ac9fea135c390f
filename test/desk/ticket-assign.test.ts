import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aChat, aTicket, aTurn } from '../store/a-turn.ts';
import { newId } from '../support/database.ts';
import { openDesk, type TestDesk } from './a-desk.ts';

let at: TestDesk;
beforeAll(async () => {
  at = await openDesk();
});
afterAll(() => at.close());

let sequence = 0;
async function aTicketOf(what: Parameters<typeof aTicket>[0] = {}) {
  sequence += 1;
  const ticket = aTicket({ number: `BX-20261120-${3_000 + sequence}`, status: 'open', ...what });
  await at.store.transact([aTurn(await aChat(at.store), { tickets: [ticket] })]);
  return ticket;
}

describe('assign', () => {
  it('makes somebody of the staff see to it, in the timeline and the audit; the same again writes nothing; null takes it back', async () => {
    const { number } = await aTicketOf();
    const [agent, other] = [await at.staff('agent'), await at.staff('dispatcher', '调度 张')];
    expect(await at.desk.tickets.assign(agent, number, other.id)).toMatchObject({
      kind: 'assigned',
      ticket: {
        assignee: { id: other.id, name: '调度 张' },
        timeline: [{ type: 'assigned', actor: `staff:${agent.id}`, details: { to: other.id } }],
      },
    });
    expect((await at.audit()).at(-1)).toMatchObject({
      action: 'ticket.assign',
      subject: `ticket:${number}`,
      details: { to: other.id, before: null },
    });
    expect(await at.desk.tickets.assign(agent, number, other.id)).toMatchObject({ ticket: { timeline: [{ type: 'assigned' }] } });
    expect(await at.desk.tickets.assign(agent, number, null)).toMatchObject({
      ticket: { assignee: null, timeline: [{}, { type: 'assigned', details: { to: null } }] },
    });
    expect(at.turned).toEqual([]);
  });

  it('refuses what is over, who is nobody, and who may not', async () => {
    const agent = await at.staff('agent');
    const over = await aTicketOf({ status: 'resolved' });
    const { number } = await aTicketOf();
    expect(await at.desk.tickets.assign(agent, over.number, agent.id)).toEqual({ kind: 'ticket-over', status: 'resolved' });
    expect(await at.desk.tickets.assign(agent, number, newId())).toEqual({ kind: 'no-such-staff' });
    for (const none of ['BX-20261120-9999', 'nonsense'])
      expect(await at.desk.tickets.assign(agent, none, agent.id)).toEqual({ kind: 'no-such-ticket' });
    expect(await at.desk.tickets.assign(await at.staff('engineer'), number, agent.id)).toEqual({ kind: 'forbidden', deed: 'desk.act' });
  });

  it('five at once: one of them has it, and the timeline tells who took it from whom', async () => {
    const { number } = await aTicketOf();
    const staff = await Promise.all(Array.from({ length: 5 }, () => at.staff('agent')));
    await Promise.all(staff.map((it) => at.desk.tickets.assign(it, number, it.id)));
    const read = await at.desk.tickets.read(staff[0] as (typeof staff)[0], number);
    const timeline = read.kind === 'found' ? read.ticket.timeline : [];
    expect(timeline).toHaveLength(5);
    expect(read).toMatchObject({ ticket: { assignee: { id: timeline.at(-1)?.details['to'] } } });
    const taken = (await at.audit())
      .filter((it) => it.subject === `ticket:${number}`)
      .map((it) => it.details as { to: string; before: string });
    expect(taken.slice(1).map((it) => it.before)).toEqual(taken.slice(0, -1).map((it) => it.to));
  });
});

describe('the list', () => {
  it('is of mine, of nobody, of somebody, or of a priority', async () => {
    const [me, other] = [await at.staff('agent'), await at.staff('agent')];
    const [mine, theirs, nobodys] = [await aTicketOf(), await aTicketOf(), await aTicketOf({ priority: 'urgent' })];
    await at.desk.tickets.assign(me, mine.number, me.id);
    await at.desk.tickets.assign(me, theirs.number, other.id);
    const numbers = async (assignee: 'me' | 'none' | typeof other.id | null, priority: 'urgent' | null = null) => {
      const wanted = { q: null, kind: null, status: null, channel: null, overdue: null, priority, assignee, after: null, limit: 100 };
      const done = await at.desk.tickets.list(me, wanted);
      return done.kind === 'listed' ? done.slice.items.map((it) => it.number) : [];
    };
    expect(await numbers('me')).toEqual([mine.number]);
    expect(await numbers(other.id)).toEqual([theirs.number]);
    expect(await numbers('none')).toContain(nobodys.number);
    expect(await numbers('none')).not.toContain(mine.number);
    expect(await numbers(null, 'urgent')).toEqual([nobodys.number]);
  });
});
