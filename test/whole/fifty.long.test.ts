/** Many customers at one moment, some of them after the same window: everybody is booked and nobody is promised twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { type Booked, book, phoneOf, type Wish, windowWords } from './booking.ts';
import { type Appointment, staffApi, type TicketLine } from './staff-api.ts';

const CUSTOMERS = 50;
/** More than there are engineers in the city: the later ones have to take another window. */
const AFTER_THE_SAME_WINDOW = 20;
const BOOKING_MILLISECONDS_MAX = 60_000;

let database: FreshDatabase;
let desk: WholeDesk;
beforeAll(async () => {
  database = await freshDatabase();
  desk = await startDesk({ databaseUrl: database.url });
});
afterAll(async () => {
  await desk.close();
  await database.drop();
});

it('fifty customers who book at once get fifty tickets, and no engineer two visits at one time', {
  timeout: BOOKING_MILLISECONDS_MAX,
}, async () => {
  const answers: number[] = [];
  const began = performance.now();
  const booked = await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => customer(index, answers)));
  const seconds = (performance.now() - began) / 1_000;

  const api = staffApi(desk);
  const tickets = await api.all<TicketLine>('/tickets?kind=repair&status=scheduled&limit=20');
  const visits = await api.all<Appointment>('/appointments?limit=30');
  expect(new Set(tickets.map((it) => it.number)).size).toBe(CUSTOMERS);
  expect(tickets).toHaveLength(CUSTOMERS);
  expect(visits.map((it) => it.ticket).sort()).toEqual(booked.map((it) => it.number).sort());
  expect(overlapsIn(visits)).toEqual([]);
  for (const { number, readBack, confirmation } of booked) {
    const visit = visits.find((it) => it.ticket === number);
    expect(visit && windowWords(visit.window)).toBe(readBack.window);
    expect(confirmation.text).toContain(`${visit?.engineer.name}师傅${readBack.window}`);
  }
  expect(desk.printed()).not.toContain('"level":"error"');

  answers.sort((a, b) => a - b);
  const at = (share: number) => Math.round(answers[Math.floor(answers.length * share)] ?? 0);
  console.log(
    `${CUSTOMERS} bookings in ${seconds.toFixed(1)} s, ${answers.length} answers: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${Math.round(answers.at(-1) ?? 0)} ms`,
  );
});

/** Any refusal, a 5xx among them, makes the client throw. */
async function customer(index: number, answers: number[]): Promise<Booked> {
  const client = timed(await connect(desk.url), answers);
  try {
    return await book(client, wishOf(index));
  } finally {
    client.close();
  }
}

function wishOf(index: number): Wish {
  return {
    fault: ['空调不制冷', '冰箱漏水', '洗衣机响声大'][index % 3] ?? '空调不制冷',
    address:
      ['北京市朝阳区望京街道阜通东大街6号院3号楼', '上海市浦东新区张杨路500号2号楼', '深圳市南山区科技南路18号1栋'][
        index < AFTER_THE_SAME_WINDOW ? 0 : index % 3
      ]?.concat(String(101 + index)) ?? '',
    phone: phoneOf(100 + index),
    name: `王${'一二三四五六七八九十'[index % 10]}`,
    ...(index < AFTER_THE_SAME_WINDOW && { when: '后天下午三点' }),
  };
}

/** Notes how long every answer took from the moment the customer began to send. */
function timed(client: DirectLineClient, answers: number[]): DirectLineClient {
  let asked = performance.now();
  return {
    ...client,
    say: (text, channelData) => {
      asked = performance.now();
      return client.say(text, channelData);
    },
    press: (label) => {
      asked = performance.now();
      return client.press(label);
    },
    next: async (fits, timeoutMilliseconds) => {
      const answer = await client.next(fits, timeoutMilliseconds ?? BOOKING_MILLISECONDS_MAX / 2);
      answers.push(performance.now() - asked);
      return answer;
    },
  };
}

/** Pairs of visits of one engineer whose windows share a moment. */
function overlapsIn(visits: readonly Appointment[]): readonly string[] {
  return visits.flatMap((one, index) =>
    visits
      .slice(index + 1)
      .filter((other) => other.engineer.id === one.engineer.id && one.window.from < other.window.to && other.window.from < one.window.to)
      .map((other) => `${one.engineer.name}: ${one.ticket} and ${other.ticket} at ${one.window.from}`),
  );
}
