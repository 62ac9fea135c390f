/** The bench's side of a contestant's process: one order at a time, and a process that ends early fails the order in hand. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answers, Order, Told } from './order.ts';

export type ContestantProcess = {
  readonly tables: readonly string[];
  readonly order: <Kind extends Order['kind']>(order: Extract<Order, { kind: Kind }>) => Promise<Answers[Kind]>;
  /** Ends it in good order. */
  readonly close: () => Promise<void>;
  readonly kill: () => void;
};

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));

export async function startContestant(name: string, databaseUrl: string): Promise<ContestantProcess> {
  const child = fork(CHILD, [name, databaseUrl], {
    cwd: ROOT,
    // As `npm start` runs ours; for everybody.
    execArgv: ['--max-semi-space-size=32', '--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let settle: { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void } | null = null;
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
  child.on('message', (told: Told) => {
    if (told.kind === 'done') settle?.resolve(told.answer);
    else settle?.reject(new Error(`${name} failed: ${told.reason}`));
  });
  child.once('exit', (code, signal) => settle?.reject(new Error(`the process of ${name} ended (${code ?? signal})`)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  const tables = (await next()) as readonly string[];
  return {
    tables,
    order: async (order) => {
      if (!child.connected) throw new Error(`the process of ${name} is gone`);
      const answer = next();
      child.send(order);
      return (await answer) as never;
    },
    close: async () => {
      settle = null;
      child.send({ kind: 'close' } satisfies Order);
      await ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
