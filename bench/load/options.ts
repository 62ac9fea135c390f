/** What can be said on the command line of the load run. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type LoadOptions = {
  /** Of the steady run; 0: none. */
  readonly minutes: number;
  /** Of each step. */
  readonly seconds: number;
  /** Turns a second offered, rising. */
  readonly rates: readonly number[];
  /** Null: a PostgreSQL of its own. */
  readonly databaseUrl: string | null;
  /** Null: none is written. */
  readonly profile: string | null;
};

/** `--rates`, `--seconds`, `--minutes` (or LOAD_MINUTES), `--database`, `--profile`. Throws what is wrong, in English. */
export function optionsOf(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): LoadOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: environment['LOAD_MINUTES'] ?? '10' },
      seconds: { type: 'string', default: '20' },
      rates: { type: 'string', default: '5,10,20,40,60,80,100,120,160,200,240,320,480,640' },
      database: { type: 'string' },
      profile: { type: 'string' },
    },
  });
  return {
    minutes: numberIn('--minutes', values.minutes, 0, 120),
    seconds: numberIn('--seconds', values.seconds, 1, 300),
    rates: values.rates.split(',').map((it) => numberIn('--rates', it, 1, 2_000)),
    databaseUrl: values.database ?? null,
    profile: values.profile === undefined ? null : resolve(values.profile),
  };
}

function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new Error(`${name}: must be a number from ${least} to ${most}, not "${text}"`);
  return value;
}
