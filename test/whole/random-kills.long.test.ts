/**
 * The desk is killed at a random moment while customers book, move, call off and tell of dangers; every third time its
 * PostgreSQL with it, as in a power cut. Nothing acknowledged is lost, nothing is done twice, every stream has every
 * message once and in order. `KILL_ROUNDS=20` is the proof asked for, `KILL_SEED` runs the same chance again.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEALED } from '../../src/store/purposes.ts';
import { sealWith } from '../../src/store/seal.ts';
import { chance } from '../support/core.ts';
import type { DirectLineClient } from '../support/direct-line-client.ts';
import { type ReadRows, rowsAt } from '../support/store-rows.ts';
import { startDesk, type WholeDesk } from '../support/whole-desk.ts';
import { type Lived, live, planOf } from './random-kills-customer.ts';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);
const CUSTOMERS = 6;
const KILLED_WITHIN_MILLISECONDS = 1_500;
const POSTGRES_DIES_EVERY = 3;
const ROUND_MILLISECONDS_MAX = 150_000;
const SETTLED_MILLISECONDS_MAX = 20_000;
const { seed } = chance(process.env['KILL_SEED'] === undefined ? undefined : Number(process.env['KILL_SEED']));

let desk: WholeDesk;
let rows: ReadRows;
beforeAll(async () => {
  console.log(`KILL_SEED=${seed} repeats these rounds`);
  desk = await startDesk();
  // A PostgreSQL that was started anew has another port.
  rows = async (...asked) => rowsAt((await readFile(join(desk.dataDir, 'database-url'), 'utf8')).trim())(...asked);
});
afterAll(() => desk.close());

it.each(Array.from({ length: ROUNDS }, (_, index) => index + 1))(
  'round %i: killed at a random moment, the desk has lost nothing it acknowledged and done nothing twice',
  { timeout: ROUND_MILLISECONDS_MAX },
  async (round) => {
    const dice = chance(seed + round);
    const plans = Array.from({ length: CUSTOMERS }, (_, index) => planOf(dice, round * CUSTOMERS + index));
    const killedAfter = dice.below(KILLED_WITHIN_MILLISECONDS);
    const clients: DirectLineClient[] = [];
    try {
      let isKilled = false;
      const opened = (client: DirectLineClient) => clients.push(client);
      const living = Promise.all(plans.map((plan) => live(desk.url, plan, opened, () => isKilled)));
      // Looked at below; meanwhile a failure must not end the run.
      living.catch(() => undefined);
      await pause(killedAfter);
      await desk.kill9();
      isKilled = true;
      const [cut] = await rows<{ unapplied: number; undelivered: number }>(CUT);
      const isPowerCut = round % POSTGRES_DIES_EVERY === 0;
      if (isPowerCut) await desk.killPostgres();
      await desk.restart();
      const lived = await living;

      await expect.poll(() => rows(CUT), { timeout: SETTLED_MILLISECONDS_MAX }).toEqual([{ unapplied: 0, undelivered: 0 }]);
      for (const one of lived) {
        await expectWholeTranscript(one);
        await expectRecordAsTold(one);
      }
      expect(await rows(OVERLAPPING)).toEqual([]);
      const sum = (of: (one: Lived) => number) => lived.reduce((total, one) => total + of(one), 0);
      console.log(
        `round ${round} of ${ROUNDS}: killed after ${killedAfter} ms${isPowerCut ? ', PostgreSQL too' : ''}, with ${cut?.unapplied} messages unapplied and ${cut?.undelivered} undelivered; ready again in ${desk.readyMilliseconds()} ms; ${sum((it) => it.client.acknowledged.length)} messages acknowledged, ${lived.length} booked, ${sum((it) => it.moves)} moved, ${sum((it) => Number(it.calledOff))} called off, ${sum((it) => it.dangers)} dangers`,
      );
    } finally {
      for (const client of clients) client.close();
    }
  },
);

/** What was acknowledged is there once and applied; what the stream showed is what is there, in its order. */
async function expectWholeTranscript({ client }: Lived): Promise<void> {
  const log = await transcriptOf(client.conversationId);
  expect(log.filter((it) => it.sender === 'customer').map((it) => [it.seq, it.text, it.clientActivityID, it.isApplied])).toEqual(
    client.acknowledged.map((it) => [placeOf(it.activityId), it.text, it.clientActivityID, true]),
  );
  await expect.poll(() => client.messages.length, { timeout: SETTLED_MILLISECONDS_MAX }).toBeGreaterThanOrEqual(log.length);
  expect(client.messages.map((it) => [placeOf(it.id), it.from.role === 'user' ? 'customer' : 'bot', it.text])).toEqual(
    log.map((it) => [it.seq, it.sender, it.text]),
  );
  expect(client.doubled()).toBe(0);
}

/** What the customer and the desk said, unmasked, in the order of the record. */
async function transcriptOf(conversationId: string) {
  const { open } = sealWith([Buffer.from((await readFile(join(desk.dataDir, 'pii-key'), 'utf8')).trim(), 'base64')]);
  const log = await rows<Logged>(TRANSCRIPT, [conversationId]);
  return log.map(({ seq, sender, channel_message_id, body_sealed, applied_revision }) => ({
    seq,
    sender,
    text: (JSON.parse(open(SEALED.messageBody, body_sealed)) as { readonly text: string }).text,
    clientActivityID: channel_message_id?.slice(conversationId.length + 1),
    isApplied: applied_revision !== null,
  }));
}

type Logged = {
  readonly seq: number;
  readonly sender: string;
  readonly channel_message_id: string | null;
  readonly body_sealed: Buffer;
  readonly applied_revision: number | null;
};

const TRANSCRIPT = `
select seq, sender, channel_message_id, body_sealed, applied_revision from message
where conversation_id = $1 and sender <> 'system' order by seq`;

/** Tickets, visits and pages are as many as the customer was told, and no more. */
async function expectRecordAsTold({ client, number, moves, dangers, calledOff }: Lived): Promise<void> {
  const told = (key: string) => client.messages.filter((it) => it.channelData.dialog?.reply.includes(key)).length;
  const here = [client.conversationId];
  expect([told('booked'), told('changed'), told('called-off')]).toEqual([1, moves, Number(calledOff)]);

  const tickets = await rows<{ number: string; status: string; priority: string }>(
    'select number, status, priority from ticket where conversation_id = $1 order by id',
    here,
  );
  expect(tickets.filter((it) => it.priority !== 'urgent')).toEqual([
    { number, status: calledOff ? 'cancelled' : 'scheduled', priority: 'normal' },
  ]);
  expect(tickets.filter((it) => it.priority === 'urgent')).toHaveLength(Math.min(dangers, 1));

  const visits = await rows<{ status: string }>(
    'select a.status from appointment a join appointment_ticket l on l.appointment_id = a.id join ticket t on t.id = l.ticket_id where t.number = $1',
    [number],
  );
  expect(visits.map((it) => it.status).sort()).toEqual([
    ...(calledOff ? [] : ['booked']),
    ...Array.from({ length: moves + Number(calledOff) }, () => 'cancelled'),
  ]);

  const pages = await rows("select reason from page where conversation_id = $1 and reason like 'danger-%'", here);
  expect(pages).toHaveLength(dangers);
  expect(await rows('select reason from handoff where conversation_id = $1', here)).toEqual([]);
}

/** The place in the log that an activity id ends with. */
function placeOf(activityId: string): number {
  return Number(activityId.split('|')[1]);
}

const CUT = `
select count(*) filter (where direction = 'in' and applied_revision is null)::int as unapplied,
       count(*) filter (where delivery = 'pending')::int as undelivered
from message`;

const OVERLAPPING = `
select one.id, other.id as other from appointment one join appointment other
  on other.engineer_id = one.engineer_id and other.id > one.id
 and tstzrange(one.starts_at, one.ends_at) && tstzrange(other.starts_at, other.ends_at)
where one.status in ('booked', 'held') and other.status in ('booked', 'held')`;
