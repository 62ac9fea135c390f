/**
 * What the customer was told stands, whatever dies: the desk is killed right after it acknowledged the 「确认」 and
 * started again on the same store. `KILL_ROUNDS=20` is the proof asked for, a few rounds are in every run.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEALED } from '../../src/store/purposes.ts';
import { sealWith } from '../../src/store/seal.ts';
import { connect } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { phoneOf, talkToReadBack, type Wish, windowWords } from './booking.ts';
import { type Appointment, type Message, staffApi, type Ticket, type TicketLine } from './staff-api.ts';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 5);
/** A turn takes some tens of milliseconds: these kill before it, within it and after it. */
const KILLED_AFTER_MILLISECONDS = [0, 15, 0, 40, 80] as const;
const ROUND_MILLISECONDS_MAX = 30_000;

const WISHES = [
  { fault: '空调不制冷', address: '北京市朝阳区望京街道阜通东大街6号院3号楼1501', name: '王芳', when: '后天下午三点' },
  { fault: '冰箱漏水', address: '北京市海淀区中关村南大街5号院2号楼301', name: '李雷' },
  { fault: '洗衣机漏水', address: '北京市丰台区方庄路3号院8号楼702', name: '张伟', when: '大后天上午' },
] as const satisfies readonly Omit<Wish, 'phone'>[];

let desk: WholeDesk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.close());

const rounds = Array.from({ length: ROUNDS }, (_, index) => index + 1);

it.each(rounds)(
  'round %i: killed right after 「确认」 was acknowledged, there is one ticket, one visit, one confirmation, as read back',
  { timeout: ROUND_MILLISECONDS_MAX },
  async (round) => {
    const wish: Wish = { ...(WISHES[round % WISHES.length] ?? WISHES[0]), phone: phoneOf(round) };
    const killedAfter = KILLED_AFTER_MILLISECONDS[round % KILLED_AFTER_MILLISECONDS.length] ?? 0;
    const client = await connect(desk.url);
    const readBack = await talkToReadBack(client, wish);

    await client.press('确认');
    if (killedAfter > 0) await pause(killedAfter);
    await desk.kill9();
    const [before] = await inStore('select count(*)::int as tickets from ticket where conversation_id = $1', client.conversationId);
    await desk.restart();
    const booked = await client.next((it) => it.channelData.ticket !== undefined);
    // What came twice would come with the messages after it.
    await client.ask('谢谢');

    const api = staffApi(desk);
    const tickets = await api.all<TicketLine>(`/tickets?q=${wish.phone}`);
    expect(tickets.map((it) => [it.number, it.kind, it.status])).toEqual([[booked.channelData.ticket?.number, 'repair', 'scheduled']]);
    const ticket = (await api.get<Ticket>(`/tickets/${booked.channelData.ticket?.number}`)).body;
    expect(ticket.conversationId).toBe(client.conversationId);
    expect(readBack.fault).toContain(wish.fault);
    expect(ticket.fault).toContain(wish.fault);

    const visits = (await api.all<Appointment>('/appointments?limit=1000')).filter((it) => it.ticket === ticket.number);
    expect(visits.map((it) => [it.status, windowWords(it.window)])).toEqual([['booked', readBack.window]]);
    expect(booked.text).toContain(readBack.window);
    expect(booked.text).toContain(visits[0]?.engineer.name);
    expect(await addressOf(ticket.number)).toBe(readBack.address);
    expect(readBack.address).toBe(wish.address);

    const log = (await api.get<{ readonly items: readonly Message[] }>(`/conversations/${client.conversationId}/messages`)).body.items;
    expect(log.filter((it) => it.from === 'bot' && it.text.startsWith('约好了'))).toHaveLength(1);
    expect(log.filter((it) => it.text === '确认')).toHaveLength(1);
    expect(client.messages.filter((it) => it.text.startsWith('约好了'))).toHaveLength(1);
    expect(client.messages.map((it) => it.text).filter((it) => it !== '')).toHaveLength(log.length);
    expect(client.doubled()).toBe(0);
    client.close();
    console.log(
      `round ${round} of ${ROUNDS}: killed ${killedAfter} ms after the answer, ${before?.['tickets'] === 0 ? 'before' : 'after'} the commit; ready again in ${desk.readyMilliseconds()} ms; ${ticket.number} ${readBack.window}`,
    );
  },
);

async function addressOf(number: string): Promise<string> {
  const key = Buffer.from((await readFile(join(desk.dataDir, 'pii-key'), 'utf8')).trim(), 'base64');
  const [row] = await inStore(
    'select a.city, a.district, a.detail_sealed from ticket t join address a on a.id = t.address_id where t.number = $1',
    number,
  );
  return `${row?.['city']}${row?.['district']}${sealWith([key]).open(SEALED.addressDetail, row?.['detail_sealed'] as Buffer)}`;
}

/** Straight into the store, also while no desk runs. */
async function inStore(statement: string, parameter: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: (await readFile(join(desk.dataDir, 'database-url'), 'utf8')).trim() });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement, [parameter])).rows;
  } finally {
    await client.end();
  }
}
