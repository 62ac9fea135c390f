/** What a run of the bench measured, as it is kept in `bench/results/bench.json`: every round, so that each figure can be checked. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const run = z.object({
  turns: z.number(),
  seconds: z.number(),
  p50Milliseconds: z.number(),
  p99Milliseconds: z.number(),
  /** CPU for a turn, of the contestant's process and of all processes of PostgreSQL; null where the system doesn't tell. */
  nodeMicroseconds: z.number(),
  postgresMicroseconds: z.number().nullable(),
  /** For a turn. */
  walBytes: z.number(),
});

const contestantRound = z.object({
  name: z.string(),
  /** One message under way, then 32. */
  alone: run,
  many: run,
  /** Of the contestant's tables, indexes included, after its bookings. */
  bytesPerConversation: z.number(),
  /** Milliseconds of turn 2, 9 and 69 of a long dialog. */
  long: z.object({ turn2: z.number(), turn9: z.number(), turn69: z.number() }),
  /** Every message delivered twice: tickets written, and those that say what the customer said. */
  twice: z.object({ customers: z.number(), tickets: z.number(), asSaid: z.number() }),
});

const storedRound = z.object({ name: z.string(), few: run, many: run });

const results = z.object({
  at: z.string(),
  minutes: z.number(),
  scale: z.number(),
  machine: z.object({ cpus: z.number(), cpu: z.string(), memoryGigabytes: z.number(), system: z.string(), syncMicroseconds: z.number() }),
  versions: z.record(z.string(), z.string()),
  /** Conversations stored before, in the two runs that compare. */
  stored: z.object({ few: z.number(), many: z.number() }),
  rounds: z.array(z.object({ contestants: z.array(contestantRound), stored: z.array(storedRound) })),
});

export type Run = z.infer<typeof run>;
export type ContestantRound = z.infer<typeof contestantRound>;
export type StoredRound = z.infer<typeof storedRound>;
export type Round = Results['rounds'][number];
export type Results = z.infer<typeof results>;

const FILE = fileURLToPath(new URL('results/bench.json', import.meta.url));

export async function keepResults(its: Results): Promise<void> {
  await mkdir(new URL('results/', import.meta.url), { recursive: true });
  await writeFile(FILE, `${JSON.stringify(its, rounded, 2)}\n`);
}

/** Those of the last run that was kept. */
export async function readResults(): Promise<Results> {
  return results.parse(JSON.parse(await readFile(FILE, 'utf8')));
}

/** Four digits that mean something; counts stay whole. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}

/** A row with a goal is to stay at or below it; a line that begins with `|` belongs to a table. */
const load = z.object({
  at: z.string(),
  minutes: z.number(),
  rows: z.array(z.object({ name: z.string(), value: z.number(), unit: z.string(), goal: z.number().nullable() })),
  lines: z.array(z.string()),
});

export type LoadResults = z.infer<typeof load>;

/** What `npm run bench -- load` left; null when it has not run. */
export async function readLoadResults(): Promise<LoadResults | null> {
  const text = await readFile(new URL('results/load.json', import.meta.url), 'utf8').catch(() => null);
  return text === null ? null : load.parse(JSON.parse(text));
}
