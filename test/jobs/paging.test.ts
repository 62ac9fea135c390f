import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instantOf, MINUTE, SECOND } from '../../src/domain/instant.ts';
import type { PageToSend } from '../../src/domain/on-call.ts';
import type { PageChannel } from '../../src/jobs/paging.ts';
import { newId } from '../support/database.ts';
import { aDueDesk, type DueDesk, throughEveryDeath } from './due-process.ts';
import { aColleague, aPage, aVisitIn, timelineOf } from './due-rows.ts';

const NIGHT = instantOf(Date.parse('2026-11-20T03:00:00+08:00'));
const pageChannels: Record<string, PageChannel> = {};
const sent: PageToSend[] = [];
const takes: PageChannel = async (page) => {
  sent.push(page);
  return 'delivered';
};
let desk: DueDesk;
beforeAll(async () => {
  desk = await aDueDesk({ pageChannels });
  await aColleague(desk.store, 'dispatcher', 'the dispatcher');
  await aColleague(desk.store, 'quality', 'the inspector');
  await aColleague(desk.store, 'engineer', 'an engineer');
});
afterAll(() => desk.close());
beforeEach(async () => {
  await desk.rows("update page set status = 'acknowledged'");
  sent.length = 0;
  for (const name of Object.keys(pageChannels)) delete pageChannels[name];
  pageChannels['webhook'] = takes;
  desk.clock.now = NIGHT;
});

const rowOf = async (id: string) => (await desk.rows('select level, sends, next_send_at, last_sent_at from page where id = $1', id))[0];
const runAt = async (minutes: number) => {
  desk.clock.now = instantOf(NIGHT + minutes * MINUTE);
  await desk.run('paging');
};

describe('a page', () => {
  it('S2-045 when it is raised at 03:00, then it is out at the next round, to whoever is on call, with nothing of the customer', async () => {
    const { ticket, chat } = await aVisitIn(26, desk.store);
    const id = await aPage(desk.store, NIGHT, ticket.id);
    await desk.rows('update page set conversation_id = $2 where id = $1', id, chat.conversationId);
    await runAt(0);
    expect(sent).toEqual([
      {
        id,
        reason: 'danger-gas',
        ticket: ticket.number,
        conversationId: chat.conversationId,
        raisedAt: NIGHT,
        send: 1,
        level: 0,
        roster: [expect.objectContaining({ name: 'the dispatcher', role: 'dispatcher' })],
      },
    ]);
    expect(await rowOf(id)).toMatchObject({
      sends: 1,
      level: 0,
      last_sent_at: new Date(NIGHT),
      next_send_at: new Date(NIGHT + 5 * MINUTE),
    });
  });

  it('S2-045 when nobody acknowledges it, then it goes out every 5 minutes, to more people after 10 and 20, and the timeline tells of the raises', async () => {
    const { ticket } = await aVisitIn(26, desk.store);
    await aPage(desk.store, NIGHT, ticket.id);
    for (const minutes of [0, 1, 4.9, 5, 9.9, 10, 15, 20, 25]) await runAt(minutes);
    expect(sent.map((it) => [it.send, it.level, it.roster.map((who) => who.role).join()])).toEqual([
      [1, 0, 'dispatcher'],
      [2, 0, 'dispatcher'],
      [3, 1, 'dispatcher,quality'],
      [4, 1, 'dispatcher,quality'],
      [5, 2, 'dispatcher,quality'],
      [6, 2, 'dispatcher,quality'],
    ]);
    expect((await timelineOf(desk.store, ticket.id)).filter((it) => it.type === 'page-sent').map((it) => it.details)).toEqual([
      { reason: 'danger-gas', send: 1, level: 0 },
      { reason: 'danger-gas', send: 3, level: 1 },
      { reason: 'danger-gas', send: 5, level: 2 },
    ]);
  });

  it('S2-045 when nobody has the role of the lowest rung, then whoever is on the next one is called at once', async () => {
    await desk.rows("update staff set role = 'agent' where role = 'dispatcher'");
    await aPage(desk.store, NIGHT);
    await runAt(0);
    await desk.rows("update staff set role = 'dispatcher' where role = 'agent'");
    expect(sent.map((it) => [it.level, it.roster.map((who) => who.role).join()])).toEqual([[0, 'quality']]);
  });

  it('when it is acknowledged, then it is not sent again', async () => {
    const id = await aPage(desk.store, NIGHT);
    await runAt(0);
    await desk.rows("update page set status = 'acknowledged' where id = $1", id);
    await runAt(5);
    expect(sent).toHaveLength(1);
  });

  it('when it is acknowledged while it is being sent, then what became of the send is not written over that', async () => {
    const id = await aPage(desk.store, NIGHT);
    pageChannels['webhook'] = async (page) => {
      await desk.rows("update page set status = 'acknowledged' where id = $1", id);
      return takes(page);
    };
    await runAt(0);
    expect(await rowOf(id)).toMatchObject({ sends: 0, last_sent_at: null });
  });

  it('when it was sent as often as the policy allows, then that is logged and it is left alone', async () => {
    const id = await aPage(desk.store, NIGHT);
    await desk.rows('update page set sends = 287 where id = $1', id);
    const from = desk.lines.length;
    await runAt(0);
    await runAt(60);
    expect(sent.map((it) => it.send)).toEqual([288]);
    expect(desk.lines.slice(from)).toEqual([{ event: 'page-given-up', fields: { pageId: id, sends: 288 } }]);
  });
});

describe('a page for somebody', () => {
  const calledFor = (audience: object, repeats: boolean) => async () => {
    const id = await aPage(desk.store, NIGHT);
    await desk.rows('update page set audience = $2, repeats = $3 where id = $1', id, audience, repeats);
    return id;
  };

  it('S4-008 when it does not repeat, then it goes to them once, and stays open until somebody acknowledges it', async () => {
    const agent = await aColleague(desk.store, 'agent', 'who has it in hand');
    const id = await calledFor({ staff: [agent], roles: ['quality'] }, false)();
    for (const minutes of [0, 5, 10, 20, 60]) await runAt(minutes);
    expect(sent.map((it) => [it.send, it.level, it.roster.map((who) => who.name).join()])).toEqual([
      [1, 0, 'who has it in hand,the inspector'],
    ]);
    expect(await desk.rows('select status, sends from page where id = $1', id)).toEqual([{ status: 'open', sends: 1 }]);
  });

  it('S4-008 when a channel fails, then it is tried again until it went out once', async () => {
    await calledFor({ staff: [], roles: ['quality'] }, false)();
    let tries = 0;
    pageChannels['webhook'] = async (page) => (++tries < 3 ? 'failed' : takes(page));
    for (const minutes of [0, 1, 2, 3, 10]) await runAt(minutes);
    expect([tries, sent.length]).toEqual([3, 1]);
  });

  it('when nobody is left of them, then whoever is on call is called', async () => {
    await calledFor({ staff: [newId()], roles: [] }, false)();
    await runAt(0);
    expect(sent.map((it) => it.roster.map((who) => who.role).join())).toEqual(['dispatcher']);
  });

  it('S2-045 when it repeats, then those up the ladder are called as well, each once', async () => {
    await calledFor({ staff: [], roles: ['quality'] }, true)();
    for (const minutes of [0, 5, 10]) await runAt(minutes);
    expect(sent.map((it) => it.roster.map((who) => who.role).join())).toEqual(['quality', 'quality', 'quality,dispatcher']);
  });
});

describe('a channel', () => {
  it('when none is on, then the page climbs for all to see but counts no send, and once one is on it is sent', async () => {
    delete pageChannels['webhook'];
    const id = await aPage(desk.store, NIGHT);
    for (const minutes of [0, 10, 20]) await runAt(minutes);
    expect(await rowOf(id)).toMatchObject({ level: 2, sends: 0, last_sent_at: null });
    pageChannels['webhook'] = takes;
    await runAt(25);
    expect(sent.map((it) => [it.send, it.level])).toEqual([[1, 2]]);
  });

  it('when it fails, then the same send is tried again, sooner than the repeat and further and further apart', async () => {
    const id = await aPage(desk.store, NIGHT);
    const tries: number[] = [];
    pageChannels['webhook'] = async (page) => {
      tries.push((desk.clock.now - NIGHT) / SECOND);
      sent.push(page);
      if (tries.length % 2 === 0) throw new TypeError('王芳 13800138000');
      return 'failed';
    };
    const from = desk.lines.length;
    for (let seconds = 0; seconds <= 64; seconds += 2) await runAt(seconds / 60);
    expect(tries).toEqual([0, 2, 4, 8, 16, 32, 64]);
    expect(new Set(sent.map((it) => it.send))).toEqual(new Set([1]));
    expect(await rowOf(id)).toMatchObject({ sends: 0, last_sent_at: null });
    expect(desk.lines.slice(from)).toHaveLength(7);
    expect(desk.lines.at(-1)).toEqual({ event: 'page-not-sent', fields: { pageId: id, channel: 'webhook', send: 1 } });
  });

  it('when one of two takes it, then it is sent', async () => {
    pageChannels['broken'] = async () => 'failed';
    const id = await aPage(desk.store, NIGHT);
    await runAt(0);
    expect(sent).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ sends: 1 });
  });
});

describe('once', () => {
  it('when two processes look at once, then each page goes out once', async () => {
    for (let pages = 0; pages < 12; pages++) await aPage(desk.store, NIGHT);
    await Promise.all([desk.run('paging'), desk.other.run('paging'), desk.run('paging')]);
    expect(sent).toHaveLength(12);
    expect(new Set(sent.map((it) => it.id)).size).toBe(12);
  });

  it('when a process dies at any step, then the page is sent by the next, under the same key, and counted once', async () => {
    const { ticket } = await aVisitIn(26, desk.store);
    const steps = await throughEveryDeath(desk, 'paging', async () => {
      await desk.rows("update page set status = 'acknowledged'");
      sent.length = 0;
      const id = await aPage(desk.store, desk.clock.now, ticket.id);
      return async () => {
        expect(sent.length).toBeGreaterThanOrEqual(1);
        expect(new Set(sent.map((it) => `${it.id}:${it.send}`))).toEqual(new Set([`${id}:1`]));
        expect(await rowOf(id)).toMatchObject({ sends: 1 });
      };
    });
    expect(steps).toBe(3);
    const told = (await timelineOf(desk.store, ticket.id)).filter((it) => it.type === 'page-sent');
    expect(told).toHaveLength(2 * steps + 1);
  });
});
