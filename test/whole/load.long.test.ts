/**
 * Many customers book at one time from another process, all from one address: everybody is booked, nobody is refused.
 * Times and memory are printed beside a bare insert-and-answer endpoint of the same server in the same run, and not
 * judged: they belong to the machine. `npm run load` is the run with 200.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../src/domain/instant.ts';
import { type Call, connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { type Booked, book, phoneOf, type Wish } from './booking.ts';
import { type Appointment, staffApi, type TicketLine } from './staff-api.ts';

const DESK = fileURLToPath(new URL('../support/desk-with-bare-endpoint.ts', import.meta.url));
const CUSTOMERS = Number(process.env['LOAD_CUSTOMERS'] ?? 40);
const START_SPREAD_MILLISECONDS = 10;
/** Customers who book one after another at the end, when nobody else is there. */
const ALONE = 5;
const RUN_MILLISECONDS_MAX = 60_000 + CUSTOMERS * 2_000;
const ANSWER_MILLISECONDS_MAX = RUN_MILLISECONDS_MAX / 2;
const MEMORY_EVERY_MILLISECONDS = 100;
const MEBIBYTE = 1_048_576;

let desk: WholeDesk;
beforeAll(async () => {
  desk = await startDesk({ script: DESK });
});
afterAll(() => desk.close());

it(`${CUSTOMERS} customers book at one time: ${CUSTOMERS} visits, no overlap, no 5xx, no 429`, {
  timeout: RUN_MILLISECONDS_MAX,
}, async () => {
  const calls: Call[] = [];
  const turns: number[] = [];
  const memory = watchMemory();
  const before = await memory.now();
  const began = performance.now();
  const booked = await Promise.all(Array.from({ length: CUSTOMERS }, (_, index) => customer(index, calls, turns)));
  const seconds = (performance.now() - began) / 1_000;
  const after = await memory.now();
  const bare = await bareRun(CUSTOMERS, Math.round(turns.length / CUSTOMERS));
  const atMost = await memory.stop();
  const turnsAlone: number[] = [];
  for (let alone = 0; alone < ALONE; alone++) booked.push(await customer(CUSTOMERS + alone, calls, turnsAlone));
  const bareAlone = await bareRun(1, turnsAlone.length);

  const posts = calls.filter((it) => it.what === 'post').map((it) => it.milliseconds);
  console.log(
    [
      `${CUSTOMERS} customers, ${booked.length - ALONE} booked in ${seconds.toFixed(1)} s: ${turns.length} turns, ${(turns.length / seconds).toFixed(0)} a second (bare: ${bare.times.length}, ${(bare.times.length / bare.seconds).toFixed(0)} a second)`,
      '| ms                      |    p50 |    p95 |    p99 |',
      '|-------------------------|--------|--------|--------|',
      line('turn (POST to answer)', turns),
      line('POST of a message', posts),
      line('bare insert and answer', bare.times),
      line('turn / bare', turns, bare.times),
      line('POST / bare', posts, bare.times),
      line('turn, one alone', turnsAlone),
      line('bare, one alone', bareAlone.times),
      line('turn / bare, one alone', turnsAlone, bareAlone.times),
      `memory of the desk: ${mebibytes(before)} before, ${mebibytes(atMost)} at most, ${mebibytes(after)} after`,
      `statuses: ${statusesOf(calls)}`,
    ].join('\n'),
  );

  expect(calls.filter((it) => it.status === 'away' || it.status >= 400)).toEqual([]);
  expect(new Set(booked.map((it) => it.number)).size).toBe(CUSTOMERS + ALONE);
  const api = staffApi(desk);
  const tickets = await api.all<TicketLine>('/tickets?kind=repair&status=scheduled&limit=100');
  expect(tickets.map((it) => it.number).sort()).toEqual(booked.map((it) => it.number).sort());
  const visits = (await api.all<Appointment>('/appointments?limit=100')).filter((it) => it.status === 'booked');
  expect(visits.map((it) => it.ticket).sort()).toEqual(booked.map((it) => it.number).sort());
  expect(overlapsIn(visits)).toEqual([]);
  expect(desk.printed()).not.toContain('"level":"error"');
});

/** Opens a chat and books to the end. */
async function customer(index: number, calls: Call[], turns: number[]): Promise<Booked> {
  await pause((index % CUSTOMERS) * START_SPREAD_MILLISECONDS);
  const client = await connect(desk.url, { answerMilliseconds: ANSWER_MILLISECONDS_MAX, observe: (call) => calls.push(call) });
  try {
    await client.next();
    return await book(timed(client, turns), wishOf(index));
  } finally {
    client.close();
  }
}

/** Notes how long every answer took, from the moment its message began to be posted. */
function timed(client: DirectLineClient, turns: number[]): DirectLineClient {
  let asked = performance.now();
  const asking = <Rest extends readonly unknown[]>(send: (...rest: Rest) => Promise<string>) => {
    return (...rest: Rest) => {
      asked = performance.now();
      return send(...rest);
    };
  };
  return {
    ...client,
    say: asking(client.say),
    press: asking(client.press),
    next: async (fits) => {
      const answer = await client.next(fits);
      turns.push(performance.now() - asked);
      return answer;
    },
  };
}

/** Callers at one time, each with one call after another. */
async function bareRun(callers: number, callsEach: number): Promise<{ readonly times: readonly number[]; readonly seconds: number }> {
  const times: number[] = [];
  const began = performance.now();
  const body = JSON.stringify({ text: '北京市朝阳区望京街道阜通东大街6号院3号楼1501' });
  const caller = async () => {
    for (let count = 0; count < callsEach; count++) {
      const asked = performance.now();
      const response = await fetch(`${desk.url}/bare`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
      expect(response.status).toBe(200);
      await response.text();
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { times, seconds: (performance.now() - began) / 1_000 };
}

/** Of the desk's process, in bytes, looked at again and again. */
function watchMemory(): { readonly now: () => Promise<number>; readonly stop: () => Promise<number> } {
  let atMost = 0;
  const now = async () => {
    const bytes = await residentBytes();
    atMost = Math.max(atMost, bytes);
    return bytes;
  };
  const timer = setInterval(() => void now().catch(() => undefined), MEMORY_EVERY_MILLISECONDS);
  return {
    now,
    stop: async () => {
      clearInterval(timer);
      await now();
      return atMost;
    },
  };
}

/** From the system where it says, else from what the desk says of itself. */
async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${desk.pid()}/status`, 'utf8').catch(() => null);
  if (status !== null) return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024;
  const metrics = await fetch(`${desk.url}/metrics`).then((it) => it.text());
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1] ?? 0);
}

/** Spread over cities and the windows of the next days. */
function wishOf(index: number): Wish {
  const day = new Date(Date.now() + (2 + (index % 11)) * DAY);
  const [month, date] = new Intl.DateTimeFormat('en-US', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric' })
    .format(day)
    .split('/');
  const hour = ['上午9点', '上午11点', '下午3点', '下午5点', '晚上7点'][Math.floor(index / 11) % 5];
  const place = ['北京市朝阳区望京街道阜通东大街6号院3号楼', '上海市浦东新区张杨路500号2号楼', '深圳市南山区科技南路18号1栋'][
    Math.floor(index / 3) % 3
  ];
  return {
    fault: ['空调不制冷', '冰箱漏水', '洗衣机响声大'][index % 3] ?? '',
    address: `${place}${101 + index}`,
    phone: phoneOf(20_000 + index),
    name: '王芳',
    when: `${month}月${date}日${hour}`,
  };
}

const SHARES = [0.5, 0.95, 0.99];

/** A line of the table: the times, or their ratio to other times. */
function line(name: string, times: readonly number[], to?: readonly number[]): string {
  const figures = SHARES.map((share) =>
    to === undefined ? at(times, share).toFixed(1) : `${(at(times, share) / at(to, share)).toFixed(1)} x`,
  );
  return `| ${name.padEnd(23)} | ${figures.map((it) => it.padStart(6)).join(' | ')} |`;
}

function at(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / MEBIBYTE)} MiB`;
}

function statusesOf(calls: readonly Call[]): string {
  const classes = calls.map((it) => (it.status === 'away' ? 'away' : `${Math.floor(it.status / 100)}xx`));
  return [...new Set(classes)].map((it) => `${classes.filter((other) => other === it).length} ${it}`).join(', ');
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
