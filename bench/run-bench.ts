/**
 * `npm run bench`: rounds in which every contestant has its turn on the one PostgreSQL, never two at a time, in another order
 * each round. A figure is the median of the rounds, a ratio the median of the rounds' ratios.
 */

import { machineOf, versionsOf } from './machine.ts';
import { measureContestant, measureStored, type Sizes, withContestant } from './measure.ts';
import { installPeers } from './peers.ts';
import { createProgress, type Progress } from './progress.ts';
import { printTables } from './report/tables.ts';
import { writePage } from './report/write-page.ts';
import { keepResults, type Results, type Round } from './results.ts';
import { type Entrant, OURS, OURS_CHOICES, ROSTER } from './roster.ts';
import { EMPTY, openServer, type Server } from './server.ts';
import { STORED_CONTESTANTS, storeConversations } from './stored.ts';

export type BenchOptions = {
  readonly entrants: readonly Entrant[];
  readonly rounds: number;
  /** 1 takes a quarter of an hour on two cores; what is measured lasts so much longer. */
  readonly scale: number;
};

const SECONDS = { warmUp: 5, alone: 4, many: 6, long: 5 };
/** Starting a process, opening its database, customers made known. */
const START_SECONDS = 4;
const STORE_SECONDS = 25;
const STORED = { few: 1_000, many: 50_000 };
const STORED_BOOKINGS = 500;
/** Customers who book where others are stored; no number of theirs is taken. */
const NEW_CUSTOMERS_FROM = 10_000_000;
const INTERRUPTED = 130;
/** Ours was opened on it once: migrated, with the engineers of two thousand districts. */
const OPENED_OURS = 'bench_opened_ours';

/** Without every contestant nothing is kept. */
export async function runBench({ entrants, rounds, scale }: BenchOptions): Promise<void> {
  if (entrants.some((it) => it.packages.length > 0)) installPeers();
  const began = performance.now();
  const server = await openServer();
  const interrupted = () => void server.close().finally(() => process.exit(INTERRUPTED));
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    const plan = planOf(entrants, rounds, scale);
    const progress = createProgress(plan.seconds);
    const measured = await allRounds(server, plan, progress);
    const results: Results = {
      at: new Date().toISOString(),
      minutes: (performance.now() - began) / 60_000,
      scale,
      machine: await machineOf(server),
      versions: await versionsOf(server),
      stored: plan.stored,
      rounds: measured,
    };
    printTables(results);
    if (entrants.length < ROSTER.length) return console.log('\nNot everybody was measured: nothing is kept.');
    await keepResults(results);
    await writePage(results);
  } finally {
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    await server.close();
  }
}

// ---- the plan -----------------------------------------------------------------------------------------------------

type Plan = {
  readonly entrants: readonly Entrant[];
  readonly rounds: number;
  readonly sizes: Sizes;
  readonly stored: typeof STORED;
  readonly storedBookings: number;
  readonly storedContestants: readonly (typeof STORED_CONTESTANTS)[number][];
  readonly seconds: number;
};

function planOf(entrants: readonly Entrant[], rounds: number, scale: number): Plan {
  const sizes: Sizes = {
    warmUpSeconds: SECONDS.warmUp * scale,
    aloneSeconds: SECONDS.alone * scale,
    manySeconds: SECONDS.many * scale,
    longSeconds: SECONDS.long * scale,
  };
  const storedScale = Math.min(1, scale);
  const storedContestants = STORED_CONTESTANTS.filter((it) => entrants.some(({ name }) => name === it));
  const eachSeconds = START_SECONDS + sizes.warmUpSeconds + sizes.aloneSeconds + sizes.manySeconds + sizes.longSeconds;
  const storedSeconds = 2 * (START_SECONDS + sizes.warmUpSeconds + sizes.manySeconds);
  return {
    entrants,
    rounds,
    sizes,
    stored: { few: Math.round(STORED.few * storedScale), many: Math.round(STORED.many * storedScale) },
    storedBookings: Math.round(STORED_BOOKINGS * storedScale),
    storedContestants,
    seconds: rounds * (entrants.length * eachSeconds + storedContestants.length * storedSeconds) + storedContestants.length * STORE_SECONDS,
  };
}

async function allRounds(server: Server, plan: Plan, progress: Progress): Promise<Round[]> {
  const { storedContestants, stored, storedBookings } = plan;
  if (plan.entrants.some((it) => emptyOf(it.name) === OPENED_OURS)) {
    progress.say('a database with districts and engineers', START_SECONDS);
    await server.create(OPENED_OURS, EMPTY);
    await withContestant(server, OURS, OPENED_OURS, 0, () => Promise.resolve());
  }
  for (const name of storedContestants) {
    progress.say(`storing ${stored.many} conversations of ${name}`, STORE_SECONDS);
    await storeConversations(server, name, emptyOf(name), templateOf(name, 'few'), storedBookings, stored.few);
    await storeConversations(server, name, emptyOf(name), templateOf(name, 'many'), storedBookings, stored.many);
  }
  const rounds: Round[] = [];
  for (let round = 0; round < plan.rounds; round++) rounds.push(await oneRound(server, plan, round, progress));
  return rounds;
}

async function oneRound(server: Server, plan: Plan, round: number, progress: Progress): Promise<Round> {
  const { sizes } = plan;
  const contestants: Round['contestants'] = [];
  for (const { name, title } of orderOf(plan.entrants, round)) {
    const head = `round ${round + 1}/${plan.rounds}, ${title}: `;
    const startSeconds = START_SECONDS;
    let started = false;
    const measured = await measureContestant(server, name, emptyOf(name), sizes, (part, seconds) => {
      progress.say(`${head}${part}`, started ? seconds : seconds + startSeconds);
      started = true;
    });
    contestants.push(measured);
  }
  const storedRounds: Round['stored'] = [];
  for (const name of orderOf(plan.storedContestants, round)) {
    progress.say(
      `round ${round + 1}/${plan.rounds}, ${name}: ${plan.stored.few} and ${plan.stored.many} conversations stored`,
      2 * (START_SECONDS + sizes.warmUpSeconds + sizes.manySeconds),
    );
    const measureOn = (size: 'few' | 'many') => measureStored(server, name, templateOf(name, size), NEW_CUSTOMERS_FROM, sizes);
    // Who is measured second has a warmer machine.
    const fewFirst = round % 2 === 0;
    const first = await measureOn(fewFirst ? 'few' : 'many');
    const second = await measureOn(fewFirst ? 'many' : 'few');
    storedRounds.push(fewFirst ? { name, few: first, many: second } : { name, few: second, many: first });
  }
  return { contestants, stored: storedRounds };
}

/** The database that a contestant's own is copied from. */
function emptyOf(name: string): string {
  return name === OURS || name === OURS_CHOICES ? OPENED_OURS : EMPTY;
}

function templateOf(name: string, size: 'few' | 'many'): string {
  return `bench_stored_${name}_${size}`;
}

/** Every round begins with somebody else. */
function orderOf<T>(all: readonly T[], round: number): readonly T[] {
  const from = (round * Math.ceil(all.length / 2)) % Math.max(1, all.length);
  return [...all.slice(from), ...all.slice(0, from)];
}
