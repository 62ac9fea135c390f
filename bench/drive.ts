/**
 * Drives a contestant inside its own process: many customers side by side, each with one message under way at a time. What is
 * timed is `take`; the settling afterwards counts as work, too.
 */
import type { Contestant } from './contestant.ts';

export type Timed = {
  readonly turns: number;
  readonly seconds: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Of this process, for a turn. */
  readonly nodeMicroseconds: number;
};

const STUCK_MILLISECONDS = 30_000;

/** Every customer books once; `concurrency` messages are under way. */
export async function driveBookings(contestant: Contestant, customers: readonly number[], concurrency: number): Promise<Timed> {
  const queue = customers.map((customer) => ({ customer, script: contestant.script(customer), next: 0 }));
  const milliseconds: number[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const work = async (): Promise<void> => {
    for (let it = queue.shift(); it !== undefined; it = queue.shift()) {
      const text = it.script[it.next];
      if (text === undefined) continue;
      const from = performance.now();
      await contestant.take({ customer: it.customer, id: `${it.customer}-${it.next}`, text });
      milliseconds.push(performance.now() - from);
      it.next += 1;
      queue.push(it);
    }
  };
  await unlessStuck(Promise.all(Array.from({ length: concurrency }, work)), () => milliseconds.length);
  await contestant.settle();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  milliseconds.sort((a, b) => a - b);
  return {
    turns: milliseconds.length,
    seconds,
    p50Milliseconds: quantile(milliseconds, 0.5),
    p99Milliseconds: quantile(milliseconds, 0.99),
    nodeMicroseconds: (user + system) / milliseconds.length,
  };
}

/** One customer after another holds a dialog of `turns` turns; for each turn, the median of how long it took them. */
export async function driveLong(contestant: Contestant, customers: readonly number[], turns: number): Promise<readonly number[]> {
  const milliseconds = Array.from({ length: turns }, (): number[] => []);
  let done = 0;
  const work = async (): Promise<void> => {
    for (const customer of customers) {
      for (const [turn, its] of milliseconds.entries()) {
        const from = performance.now();
        const reply = await contestant.take({ customer, id: `${customer}-${turn}`, text: contestant.longScript(customer, turn) });
        its.push(performance.now() - from);
        done += 1;
        if (reply === '') throw new Error(`turn ${turn} of the long dialog was answered with nothing`);
      }
    }
  };
  await unlessStuck(work(), () => done);
  await contestant.settle();
  return milliseconds.map((its) =>
    quantile(
      its.toSorted((a, b) => a - b),
      0.5,
    ),
  );
}

export type Twice = { readonly customers: number; readonly tickets: number; readonly asSaid: number };

/** Every message is delivered twice, as platforms do that got no answer in time. */
export async function driveTwice(contestant: Contestant, customers: readonly number[]): Promise<Twice> {
  const before = await contestant.tickets();
  for (const customer of customers) {
    for (const [turn, text] of contestant.script(customer).entries()) {
      const said = { customer, id: `${customer}-${turn}`, text };
      await contestant.take(said);
      await contestant.take(said);
    }
  }
  await contestant.settle();
  const tickets = (await contestant.tickets()) - before;
  return { customers: customers.length, tickets, asSaid: await contestant.ticketsAsSaid(customers) };
}

/** Rejects when nothing moves any more: a lost message must not hang the bench. */
async function unlessStuck<T>(work: Promise<T>, progress: () => number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let last = -1;
  const stuck = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (progress() === last) reject(new Error(`no turn was answered for ${STUCK_MILLISECONDS / 1_000} s, after ${last}`));
      last = progress();
    }, STUCK_MILLISECONDS);
  });
  try {
    return await Promise.race([work, stuck]);
  } finally {
    clearInterval(timer);
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
