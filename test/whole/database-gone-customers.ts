/** Customers in mid-booking whose desk loses its store: what they do, what they may be told, and how it has to end. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Call, connect, type DirectLineClient } from '../support/direct-line-client.ts';
import { rowsAt } from '../support/store-rows.ts';
import type { WholeDesk } from '../support/whole-desk.ts';
import { askingOf, phoneOf, type Wish } from './booking.ts';
import { type Appointment, staffApi, type TicketLine } from './staff-api.ts';

export const GONE_SECONDS = Number(process.env['DATABASE_GONE_SECONDS'] ?? 5);
const CUSTOMERS = 6;
/** From the fault to the read-back. */
const QUESTIONS = 5;
const PATIENCE_MILLISECONDS = (GONE_SECONDS + 60) * 1_000;
export const TEST_MILLISECONDS_MAX = PATIENCE_MILLISECONDS + 60_000;
/** A stalled post is sent again while the first may still come through. */
const CALL_MILLISECONDS = 2_000;
const READY_MILLISECONDS_MAX = 3_000;
const TAKEN_UP_MILLISECONDS_MAX = 30_000;
const LOOK_EVERY_MILLISECONDS = 250;

const NAME = '欧阳若兰';
const STREET = '阜通东大街6号院3号楼';

/** How the store is lost and found. */
export type Outage =
  | {
      readonly kind: 'until-mended';
      readonly lose: () => Promise<void> | void;
      readonly seconds: number;
      readonly mend: () => Promise<void> | void;
    }
  /** The desk gets over it by itself. */
  | { readonly kind: 'passing'; readonly lose: () => Promise<void> | void };

export type Customer = { readonly client: DirectLineClient; readonly wish: Wish };

/** Customers get stuck half-way, the store goes, they go on; `databaseUrl` is the way past a link. */
export async function bookThrough(desk: WholeDesk, databaseUrl: string, outage: Outage): Promise<void> {
  const pid = desk.pid();
  const posts: Call[] = [];
  const customers = await customersInMidBooking(desk, (call) => call.what === 'post' && posts.push(call));
  const saidBefore = new Map(customers.map((it) => [it, it.client.messages.length]));

  // Every other message is acknowledged just before, so that its turn is in hand when the store goes.
  await Promise.all(customers.filter((_, index) => index % 2 === 0).map(answerLastQuestion));
  posts.splice(0);
  const began = Date.now();
  await outage.lose();
  const late = Promise.all(customers.filter((_, index) => index % 2 === 1).map(answerLastQuestion));
  late.catch(() => undefined);

  let slowest = 0;
  if (outage.kind === 'until-mended') {
    slowest = await lookOn(desk, began + outage.seconds * 1_000);
    const heard = customers.flatMap((it) => it.client.messages.slice(saidBefore.get(it)));
    expect(heard.filter((it) => it.channelData.ticket !== undefined)).toEqual([]);
  }
  const meanwhile = [...posts];
  if (outage.kind === 'until-mended') await outage.mend();
  const backAt = Date.now();
  await expect.poll(async () => (await readyz(desk)).status, { timeout: TAKEN_UP_MILLISECONDS_MAX }).toBe(200);
  const readyMilliseconds = Date.now() - backAt;
  await late;
  await Promise.all(customers.map((it) => bookOn(it, 'answered')));
  const bookedMilliseconds = Date.now() - backAt;

  expect(desk.pid()).toBe(pid);
  expect(desk.isAlive()).toBe(true);
  // Said no, or nothing at all: never anything a client would not try again.
  expect(posts.filter((it) => it.status !== 'away' && it.status !== 503 && it.status !== 200)).toEqual([]);
  await expectBooked(desk, databaseUrl, customers);
  console.log(
    `away for ${((backAt - began) / 1_000).toFixed(1)} s, in which ${meanwhile.length} posts ended: ${meanwhile.filter((it) => it.status === 200).length} taken, ${meanwhile.filter((it) => it.status === 503).length} told 503, ${meanwhile.filter((it) => it.status === 'away').length} unanswered; /readyz said no within ${slowest} ms; ready ${readyMilliseconds} ms after, all ${customers.length} booked ${bookedMilliseconds} ms after`,
  );
}

const open: DirectLineClient[] = [];

/** After each test, however it ended. */
export function closeClients(): void {
  for (const client of open.splice(0)) client.close();
}

/** Opens chats and goes a different number of questions with each: the last question of each stands open. */
export function customersInMidBooking(desk: WholeDesk, observe: (call: Call) => void = () => undefined): Promise<readonly Customer[]> {
  const patience = {
    patienceMilliseconds: PATIENCE_MILLISECONDS,
    answerMilliseconds: PATIENCE_MILLISECONDS,
    callMilliseconds: CALL_MILLISECONDS,
  };
  return Promise.all(
    Array.from({ length: CUSTOMERS }, async (_, index) => {
      const client = await connect(desk.url, { ...patience, observe });
      open.push(client);
      const customer = { client, wish: nextWish() };
      await client.say(customer.wish.fault);
      await client.next((it) => askingOf(it) !== null);
      for (let answered = 0; answered < index % QUESTIONS; answered++) {
        await answerLastQuestion(customer);
        await client.next((it) => askingOf(it) !== null);
      }
      return customer;
    }),
  );
}

/** Looks at the desk from outside until `until`: alive, honest about its store, and in time. Resolves to the slowest answer. */
async function lookOn(desk: WholeDesk, until: number): Promise<number> {
  let slowest = 0;
  do {
    const began = Date.now();
    const inTime = { signal: AbortSignal.timeout(READY_MILLISECONDS_MAX) };
    const [ready, ...others] = await Promise.all([
      readyz(desk),
      ...['/healthz', '/metrics'].map((path) => fetch(`${desk.url}${path}`, inTime).then((it) => it.status)),
    ]);
    slowest = Math.max(slowest, Date.now() - began);
    expect(others).toEqual([200, 200]);
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.body)).toMatchObject({ parts: { store: 'failed' } });
    expect(slowest).toBeLessThan(READY_MILLISECONDS_MAX);
    await pause(LOOK_EVERY_MILLISECONDS);
  } while (Date.now() < until);
  return slowest;
}

async function readyz(desk: WholeDesk): Promise<{ readonly status: number; readonly body: string }> {
  const response = await fetch(`${desk.url}/readyz`);
  return { status: response.status, body: await response.text() };
}

let wishes = 0;

function nextWish(): Wish {
  wishes += 1;
  return { fault: '空调不制冷', address: `北京市朝阳区望京街道${STREET}${1500 + wishes}`, phone: phoneOf(7_000 + wishes), name: NAME };
}

/** Answers the question that stands open; the last one is the read-back. */
export async function answerLastQuestion({ client, wish }: Customer): Promise<void> {
  const question = client.messages.findLast((it) => askingOf(it) !== null);
  const answers: Readonly<Record<string, string>> = { address: wish.address, phone: wish.phone, name: wish.name };
  const answer = answers[(question && askingOf(question)) ?? ''] ?? question?.suggestedActions?.actions[0]?.value;
  if (answer === undefined) throw new Error(`no answer to: ${question?.text}`);
  await client.say(answer);
}

/** Goes on to the confirmation. `answered`: the last question has its answer, and what comes next is waited for first. */
export async function bookOn(customer: Customer, since: 'asked' | 'answered' = 'asked'): Promise<void> {
  if (since === 'asked') await answerLastQuestion(customer);
  for (let heard = 0; heard < 2 * QUESTIONS; heard++) {
    const answer = await customer.client.next((it) => askingOf(it) !== null || it.channelData.ticket !== undefined);
    if (answer.channelData.ticket !== undefined) return;
    await answerLastQuestion(customer);
  }
  throw new Error(`not booked after ${2 * QUESTIONS} questions`);
}

/** One ticket and one visit each, everything said is on record as it was shown, and the log names nobody. */
export async function expectBooked(desk: WholeDesk, databaseUrl: string, customers: readonly Customer[]): Promise<void> {
  const api = staffApi(desk);
  const rows = rowsAt(databaseUrl);
  const visits = (await api.all<Appointment>('/appointments?limit=100')).filter((it) => it.status === 'booked');
  for (const { client, wish } of customers) {
    const promised = client.messages.flatMap((it) => it.channelData.ticket?.number ?? []);
    expect(promised).toHaveLength(1);
    expect((await api.all<TicketLine>(`/tickets?q=${wish.phone}`)).map((it) => [it.number, it.status])).toEqual([
      [promised[0], 'scheduled'],
    ]);
    expect(visits.filter((it) => it.ticket === promised[0])).toHaveLength(1);

    const here = [client.conversationId];
    expect(await rows('select reason from handoff where conversation_id = $1', here)).toEqual([]);
    const log = await rows<{ seq: number; direction: string; applied: boolean }>(LOG, here);
    expect(client.messages.map((it) => placeOf(it.id))).toEqual(log.map((it) => it.seq));
    expect(client.doubled()).toBe(0);
    expect(log.filter((it) => it.direction === 'in').map((it) => [it.seq, it.applied])).toEqual(
      client.acknowledged.map((it) => [placeOf(it.activityId), true]),
    );
    const personal = [NAME, STREET, '空调', wish.phone, client.token(), client.resume()];
    expect(personal.filter((it) => desk.printed().includes(it))).toEqual([]);
  }
}

/** The place in the log that an activity id ends with. */
function placeOf(activityId: string): number {
  return Number(activityId.split('|')[1]);
}

const LOG = `
select seq, direction, applied_revision is not null as applied from message
where conversation_id = $1 and sender <> 'system' order by seq`;
