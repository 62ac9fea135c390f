/**
 * `npm run bench [-- --only floor,ours] [--rounds 3]`: measures and writes docs/performance.md. `-- page` writes the page again
 * from the last results, `-- load` is the load run. BENCH_SCALE makes everything last so many times as long.
 */
import { parseArgs } from 'node:util';
import { writePage } from './report/write-page.ts';
import { readResults } from './results.ts';
import { entrantOf, ROSTER } from './roster.ts';
import { type BenchOptions, runBench } from './run-bench.ts';

const ROUNDS = 3;

const [command, ...rest] = process.argv.slice(2);
if (command === 'load') {
  const { runLoad } = await import('./load/load.ts');
  await runLoad(rest);
} else if (command === 'page') {
  await writePage(await readResults());
} else {
  const options = asked(() => optionsOf(process.argv.slice(2)));
  if (options !== null) await runBench(options);
}

/** What can't be done is said in a line. */
function asked<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
    return null;
  }
}

/** Throws what is wrong, in English. */
function optionsOf(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, rounds: { type: 'string', default: String(ROUNDS) } },
  });
  return {
    entrants: values.only === undefined ? ROSTER : values.only.split(',').map(entrantOf),
    rounds: numberIn('--rounds', values.rounds, 1, 20),
    scale: numberIn('BENCH_SCALE', process.env['BENCH_SCALE'] ?? '1', 0.01, 100),
  };
}

function numberIn(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most))
    throw new Error(`${name}: must be a number from ${least} to ${most}, not "${text}"`);
  return value;
}
