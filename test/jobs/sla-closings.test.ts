import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Identifier } from '../../src/domain/identifier.ts';
import { instantOf, SECOND } from '../../src/domain/instant.ts';
import { pageStore } from '../../src/store/desk/pages.ts';
import { aChat } from '../store/a-turn.ts';
import { aSlaDesk, ONE, secondsIn } from './an-sla-desk.ts';
import { throughEveryDeath } from './due-process.ts';
import { aColleague } from './due-rows.ts';

let at: Awaited<ReturnType<typeof aSlaDesk>>;
beforeAll(async () => {
  at = await aSlaDesk();
});
afterAll(() => at.desk.close());
beforeEach(() => at.quiet());

describe('a call for a promise that has ended', () => {
  type Called = { readonly status: string; readonly acknowledged_by: string | null };
  const called = (ticketId: string) =>
    at.desk.rows<Called>('select status, acknowledged_by from page where ticket_id = $1 order by once_key', ticketId);
  const pages = () => pageStore(at.desk.store);
  const shown = async (ticketId: string) => {
    const ids = await at.desk.rows<{ id: Identifier }>('select id from page where ticket_id = $1 order by once_key', ticketId);
    const found = await Promise.all(ids.map((it) => pages().read(it.id)));
    return found.map((it) => ({ status: it?.status, closed: it?.closed ?? null, acknowledgedAt: it?.acknowledgedAt }));
  };
  const closings = (ticketId: string) =>
    at.desk.rows<{ details: { reason: string; why: string } }>(
      "select details from ticket_event where ticket_id = $1 and type = 'page-closed' order by id",
      ticketId,
    );

  it('S4-008 when the customer was answered, then every page of the clock closes, says why, and is on record', async () => {
    const { chat, ticket } = await at.opened();
    await at.handedOver(chat, ticket.id, secondsIn(0));
    for (const seconds of [0, 5, 40]) await at.runAt(seconds);
    expect(await shown(ticket.id)).toMatchObject([{ status: 'open' }, { status: 'open' }]);
    await at.says(chat, 'staff', secondsIn(41));
    await at.runAt(43);
    const closed = { status: 'closed', closed: { at: secondsIn(42), why: 'answered' }, acknowledgedAt: null };
    expect(await shown(ticket.id)).toEqual([closed, closed]);
    expect(await closings(ticket.id)).toEqual(Array(2).fill({ details: { reason: 'sla-first-response', why: 'answered' } }));
    for (const seconds of [45, 70, 200]) await at.runAt(seconds);
    expect(await called(ticket.id)).toHaveLength(2);
    expect(await closings(ticket.id)).toHaveLength(2);
    const of = (status: 'open' | 'acknowledged' | 'closed') => pages().list({ status, after: null, limit: 100 });
    const numbers = async (status: 'open' | 'acknowledged' | 'closed') =>
      (await of(status)).filter((it) => it.ticket === ticket.number).map((it) => it.status);
    expect([await numbers('open'), await numbers('acknowledged'), await numbers('closed')]).toEqual([[], [], ['closed', 'closed']]);
  });

  it.each([
    ['sla-resolution', 3_602, 'completed', 'staff', 'resolved'],
    ['sla-resolution', 3_602, 'cancelled', 'staff', 'dropped'],
    ['sla-first-response', 5, 'cancelled', 'staff', 'answered'],
    ['sla-first-response', 5, 'cancelled', 'customer', 'dropped'],
  ])('%s: when after %i s it is %s by %s, then it closes as %s', async (reason, seconds, type, by, why) => {
    const { ticket } = await at.opened();
    for (const second of [0, seconds]) await at.runAt(second);
    await at.happens(ticket.id, type, secondsIn(seconds), by === 'staff' ? undefined : by);
    await at.desk.rows('update ticket set status = $2 where id = $1', ticket.id, type === 'completed' ? 'resolved' : 'cancelled');
    await at.runAt(seconds + 3);
    const found = (await closings(ticket.id)).map((it) => it.details).filter((it) => it.reason === reason);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((it) => it.why))).toEqual(new Set([why]));
    expect((await called(ticket.id)).every((it) => it.status === 'closed' && it.acknowledged_by === null)).toBe(true);
  });

  it('when a chat about no ticket was answered, then its pages close too', async () => {
    const chat = await aChat(at.desk.store);
    at.desk.clock.now = ONE;
    await at.handedOver(chat, null, ONE, 0);
    const ofChat = () => at.desk.rows<{ id: Identifier }>('select id from page where conversation_id = $1', chat.conversationId);
    for (const seconds of [0, 60]) await at.runAt(seconds);
    const ids = (await ofChat()).map((it) => it.id);
    expect(ids.length).toBeGreaterThan(0);
    await at.says(chat, 'staff', secondsIn(61));
    await at.runAt(64);
    for (const id of ids) expect(await pages().read(id)).toMatchObject({ status: 'closed', ticket: null, closed: { why: 'answered' } });
  });

  it('who acknowledged it before stays on it', async () => {
    const { chat, ticket } = await at.opened();
    await at.handedOver(chat, ticket.id, secondsIn(0));
    for (const seconds of [0, 5]) await at.runAt(seconds);
    const agent = await aColleague(at.desk.store, 'agent', '小李');
    const [page] = await at.desk.rows<{ id: Identifier }>('select id from page where ticket_id = $1', ticket.id);
    if (page === undefined) throw new Error('nobody was called');
    const change = { at: secondsIn(6), actor: `staff:${agent}`, action: 'page.acknowledge', subject: `page:${page.id}`, details: {} };
    await pages().acknowledge(page.id, agent, change);
    await at.says(chat, 'staff', secondsIn(7));
    await at.runAt(10);
    expect(await pages().read(page.id)).toMatchObject({ status: 'acknowledged', acknowledgedBy: { name: '小李' }, closed: null });
    expect(await closings(ticket.id)).toEqual([]);
  });

  it('when nobody looked as the promise ended, or a process died at any step, then the next round closes it, once', async () => {
    const steps = await throughEveryDeath(at.desk, 'sla-clocks', async () => {
      const { chat, ticket } = await at.opened();
      await at.handedOver(chat, ticket.id, at.desk.clock.now);
      await at.desk.run('sla-clocks');
      at.desk.clock.now = instantOf(at.desk.clock.now + 5 * SECOND);
      await at.desk.run('sla-clocks');
      await at.says(chat, 'staff', at.desk.clock.now);
      at.desk.clock.now = instantOf(at.desk.clock.now + 2 * SECOND);
      return async () => {
        expect(await shown(ticket.id)).toMatchObject([{ status: 'closed', closed: { why: 'answered' } }]);
        expect(await closings(ticket.id)).toHaveLength(1);
      };
    });
    expect(steps).toBeGreaterThanOrEqual(4);
  });

  it('one left open by an earlier version, its clock long ended, is closed by the first look at everything', async () => {
    const { chat, ticket } = await at.opened();
    await at.handedOver(chat, ticket.id, secondsIn(0));
    for (const seconds of [0, 5]) await at.runAt(seconds);
    await at.says(chat, 'staff', secondsIn(6));
    await at.runAt(9);
    await at.desk.rows("update page set status = 'open', closed_at = null, closed_why = null where ticket_id = $1", ticket.id);
    const fresh = at.desk.mortal(1_000, 'before');
    await fresh.run('sla-clocks');
    expect(await called(ticket.id)).toMatchObject([{ status: 'closed' }]);
  });

  it('is sent to nobody, even when no channel had taken it yet', async () => {
    const { chat, ticket } = await at.opened();
    await at.handedOver(chat, ticket.id, secondsIn(0));
    for (const seconds of [0, 5]) await at.runAt(seconds);
    await at.says(chat, 'staff', secondsIn(6));
    await at.runAt(9);
    await at.desk.run('paging');
    // Nobody has taken it to send it.
    expect(await at.desk.rows('select sends, next_send_at from page where ticket_id = $1', ticket.id)).toEqual([
      { sends: 0, next_send_at: null },
    ]);
  });
});
