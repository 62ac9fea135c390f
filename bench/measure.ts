/** One contestant in one round: warmed up, then alone, then 32 at a time, a long dialog, and every message twice. */
import { type ContestantProcess, startContestant } from './contestant-process.ts';
import type { ContestantRound, Run } from './results.ts';
import type { Server } from './server.ts';
import { withServerWork } from './server-work.ts';

/** How long each part is to last, about; its customers are counted so. */
export type Sizes = {
  readonly warmUpSeconds: number;
  readonly aloneSeconds: number;
  readonly manySeconds: number;
  readonly longSeconds: number;
};

export const MANY = 32;
const BOOKING_TURNS = 7;
const LONG_TURNS = 70;
const WARM_UP_CUSTOMERS = 64;
const ALONE_FIRST_CUSTOMERS = 8;
const TWICE_CUSTOMERS = 5;
const ALONE_CUSTOMERS = { least: 8, most: 2_000 };
const MANY_CUSTOMERS = { least: MANY, most: 20_000 };
const LONG_CUSTOMERS = { least: 3, most: 60 };

export type Say = (part: string, seconds: number) => void;

/** `empty`: the database that its own is a copy of. */
export async function measureContestant(server: Server, name: string, empty: string, sizes: Sizes, say: Say): Promise<ContestantRound> {
  const database = `bench_${name}`;
  await server.create(database, empty);
  try {
    return await withContestant(server, name, database, 0, async (subject) => {
      say('warming up', sizes.warmUpSeconds);
      const rate = await subject.warmUp(sizes.warmUpSeconds);
      say('one at a time', sizes.aloneSeconds);
      const first = await subject.book(ALONE_FIRST_CUSTOMERS, 1);
      const aloneRate = first.turns / first.seconds;
      const alone = await subject.book(countFor(aloneRate, sizes.aloneSeconds, BOOKING_TURNS, ALONE_CUSTOMERS), 1);
      say(`${MANY} at a time`, sizes.manySeconds);
      const many = await subject.book(countFor(rate, sizes.manySeconds, BOOKING_TURNS, MANY_CUSTOMERS), MANY);
      const bytesPerConversation = (await bytesOf(server, database, subject.process.tables)) / subject.customers();
      await subject.checkTickets();
      say('a dialog of 70 turns', sizes.longSeconds);
      const long = await subject.process.order({
        kind: 'long',
        customers: await subject.prepare(countFor(aloneRate, sizes.longSeconds, LONG_TURNS, LONG_CUSTOMERS)),
        turns: LONG_TURNS,
      });
      const twice = await subject.process.order({ kind: 'twice', customers: await subject.prepare(TWICE_CUSTOMERS) });
      return { name, alone, many, bytesPerConversation, long: { turn2: at(long, 2), turn9: at(long, 9), turn69: at(long, 69) }, twice };
    });
  } finally {
    await server.drop(database);
  }
}

/** 32 at a time on a copy of a database that the contestant was opened on before; its customers are numbered from `firstCustomer`. */
export async function measureStored(server: Server, name: string, template: string, firstCustomer: number, sizes: Sizes): Promise<Run> {
  const database = `bench_stored_${name}`;
  await server.create(database, template);
  try {
    return await withContestant(server, name, database, firstCustomer, async (subject) => {
      const rate = await subject.warmUp(sizes.warmUpSeconds);
      return await subject.book(countFor(rate, sizes.manySeconds, BOOKING_TURNS, MANY_CUSTOMERS), MANY);
    });
  } finally {
    await server.drop(database);
  }
}

// ---- a contestant at work -----------------------------------------------------------------------------------------

export type Subject = {
  readonly process: ContestantProcess;
  readonly prepare: (count: number) => Promise<readonly number[]>;
  /** New customers book. */
  readonly book: (count: number, concurrency: number) => Promise<Run>;
  /** Turns a second, in the end. */
  readonly warmUp: (seconds: number) => Promise<number>;
  /** How many there were so far. */
  readonly customers: () => number;
  /** Throws unless everybody who booked has one ticket. */
  readonly checkTickets: () => Promise<void>;
};

/** `firstCustomer`: those before are in the database already. */
export async function withContestant<T>(
  server: Server,
  name: string,
  database: string,
  firstCustomer: number,
  work: (subject: Subject) => Promise<T>,
): Promise<T> {
  const process = await startContestant(name, server.urlOf(database));
  try {
    const ticketsBefore = await process.order({ kind: 'tickets' });
    let next = firstCustomer;
    let booked = 0;
    const prepare = async (count: number): Promise<readonly number[]> => {
      const customers = Array.from({ length: count }, (_, place) => next + place);
      next += count;
      await process.order({ kind: 'prepare', customers });
      return customers;
    };
    const book = async (count: number, concurrency: number): Promise<Run> => {
      const customers = await prepare(count);
      const { result, server: its } = await withServerWork(server.admin, () => process.order({ kind: 'bookings', customers, concurrency }));
      booked += count;
      const postgresMicroseconds = its.microseconds === null ? null : its.microseconds / result.turns;
      return { ...result, postgresMicroseconds, walBytes: its.walBytes / result.turns };
    };
    const result = await work({
      process,
      prepare,
      book,
      warmUp: async (seconds) => {
        let rate = 0;
        for (let spent = 0; spent < seconds; ) {
          const batch = await book(WARM_UP_CUSTOMERS, MANY);
          spent += batch.seconds;
          rate = batch.turns / batch.seconds;
        }
        return rate;
      },
      customers: () => next - firstCustomer,
      checkTickets: async () => {
        const tickets = (await process.order({ kind: 'tickets' })) - ticketsBefore;
        if (tickets !== booked)
          throw new Error(`${name}: ${booked} customers booked and ${tickets} tickets were written: the run has failed`);
      },
    });
    await process.close();
    return result;
  } finally {
    process.kill();
  }
}

function countFor(turnsPerSecond: number, seconds: number, turns: number, { least, most }: { least: number; most: number }): number {
  return Math.min(most, Math.max(least, Math.round((turnsPerSecond * seconds) / turns)));
}

async function bytesOf(server: Server, database: string, tables: readonly string[]): Promise<number> {
  const [row] = await server.query<{ bytes: string }>(
    database,
    'select sum(pg_total_relation_size(it::regclass)) as bytes from unnest($1::text[]) it',
    [tables],
  );
  return Number(row?.bytes);
}

/** Turns are counted from 1. */
function at(milliseconds: readonly number[], turn: number): number {
  const its = milliseconds[turn - 1];
  if (its === undefined) throw new Error(`invariant: the dialog has a turn ${turn}`);
  return its;
}
