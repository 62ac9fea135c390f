/**
 * `npm run bench -- load`: how many turns a second the whole desk holds with p99 under 300 ms, three channels at once, from
 * another process; then a long run at half of that, in which memory must stay flat. Anything lost, doubled or missing fails it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Crowd, createCrowd } from './crowd.ts';
import { type DeskUnderLoad, startDeskUnderLoad } from './desk-under-load.ts';
import { before, faultsIn } from './evidence.ts';
import { growthFaults, HEAD, type Outcome, resultsOf, stretchLine } from './load-report.ts';
import { type LoadOptions, optionsOf } from './options.ts';
import { runSteady, type Steady } from './steady.ts';
import { createStretches, holds, type Stretch } from './stretch.ts';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));
/** Not counted: the first turns of a process are its slowest, and the hundredth customer meets none of them. */
const WARM_UP = { turnsPerSecond: 10, seconds: 30 };
const STEADY_SHARE = 0.5;
const TELL_EVERY_SECONDS = 30;
const LOG_LINES_MAX = 20;
const TRIES_MAX = 2;
/** What a run takes besides its steps and its steady part: starting, a step that fell behind, the last bookings, stopping. */
const ASIDE_MILLISECONDS_MAX = 600_000;
/** A step lasts as long as its last answer. */
const STEP_ASIDE_SECONDS_MAX = 10;

/** Sets the exit code to 1 when anything was wrong. */
export async function runLoad(args: readonly string[]): Promise<void> {
  const options = optionsOf(args, process.env);
  const spent = new AbortController();
  const stop = (why: string) => () => spent.abort(why);
  const timer = setTimeout(stop('the run took longer than it may'), millisecondsMax(options));
  const [interrupted, ended] = [stop('interrupted'), stop('told to end')];
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', ended);
  try {
    const desk = await startDeskUnderLoad(options);
    const crowd = createCrowd(desk.open, spent.signal);
    try {
      const outcome = await measured(desk, crowd, options, spent.signal);
      await kept(outcome);
    } finally {
      crowd.close();
      await desk.close();
    }
  } catch (error) {
    // What was begun fails in many ways once it is told to end.
    if (!spent.signal.aborted) throw error;
    console.log(`Stopped: ${String(spent.signal.reason)}. Nothing was kept.`);
    process.exitCode = 1;
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', ended);
  }
}

async function measured(under: DeskUnderLoad, crowd: Crowd, options: LoadOptions, signal: AbortSignal): Promise<Outcome> {
  const { desk, rows } = under;
  const start = await before(rows);
  console.log(
    `The desk is ready after ${(desk.readyMilliseconds() / 1_000).toFixed(1)} s. Warming up, then steps of ${options.seconds} s.`,
  );
  await crowd.offer(WARM_UP.turnsPerSecond, WARM_UP.seconds, () => undefined);

  for (const line of HEAD) console.log(line);
  const steps = await risingSteps(createStretches(crowd, desk.url), options, signal);
  const held = steps.findLast(holds) ?? null;
  const rate = Math.max(1, Math.round((held?.turnsPerSecond ?? options.rates[0] ?? 1) * STEADY_SHARE));
  const steady = options.minutes === 0 || signal.aborted ? null : await steadyAt(rate, under, crowd, options.minutes);
  await crowd.finish();
  signal.throwIfAborted();

  const left = crowd.present();
  const faults = [
    ...(await faultsIn(rows, start, crowd.totals)),
    ...(left === 0 ? [] : [`${left} customers did not get to the end of their booking`]),
    ...(desk.printed().includes('"level":"error"') ? ['the desk logged errors'] : []),
    ...(desk.isAlive() ? [] : ['the desk is gone']),
  ];
  const shortfalls = [
    ...(held === null ? ['not even the first step held'] : []),
    ...(steady === null || holds(steady.stretch) ? [] : ['the steady run did not hold']),
    ...growthFaults(steady),
  ];
  for (const it of crowd.totals.strange) console.log(`strange: ${it}`);
  const logged = desk
    .printed()
    .split('\n')
    .filter((it) => it.startsWith('{'));
  if (faults.length > 0) console.log(logged.slice(-LOG_LINES_MAX).join('\n'));
  return { minutes: options.minutes, steps, held, steady, booked: crowd.totals.tickets.length, faults, shortfalls };
}

/** Up to the first step that does not hold twice: once may be the machine, which others use too. */
async function risingSteps(
  run: ReturnType<typeof createStretches>,
  { rates, seconds }: LoadOptions,
  signal: AbortSignal,
): Promise<readonly Stretch[]> {
  const steps: Stretch[] = [];
  for (const rate of rates) {
    let held = false;
    for (let tries = 0; tries < TRIES_MAX && !held && !signal.aborted; tries++) {
      const step = await run(rate, seconds);
      steps.push(step);
      console.log(stretchLine(step));
      held = holds(step);
    }
    if (!held) break;
  }
  return steps;
}

async function steadyAt(rate: number, under: DeskUnderLoad, crowd: Crowd, minutes: number): Promise<Steady> {
  console.log(`Steady: ${rate} turns a second for ${minutes} minutes.`);
  let toldAt = 0;
  return await runSteady(crowd, under, rate, minutes * 60, ({ atSeconds, residentBytes, heapBytes }) => {
    if (atSeconds - toldAt < TELL_EVERY_SECONDS) return;
    toldAt = atSeconds;
    const { taken, lost, refused, tickets } = crowd.totals;
    const memory = `RSS ${Math.round(residentBytes / 1_048_576)} M, heap ${Math.round(heapBytes / 1_048_576)} M`;
    console.log(`  ${Math.round(atSeconds)} s: ${taken} messages, ${tickets.length} booked, ${lost} lost, ${refused} refused, ${memory}`);
  });
}

async function kept(outcome: Outcome): Promise<void> {
  const results = resultsOf(outcome, new Date());
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'load.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log(['', ...results.lines, '', `kept in ${join(RESULTS, 'load.json')}`].join('\n'));
  if (outcome.faults.length + outcome.shortfalls.length > 0) process.exitCode = 1;
}

function millisecondsMax({ minutes, rates, seconds }: LoadOptions): number {
  return ASIDE_MILLISECONDS_MAX + minutes * 60_000 + (rates.length + 1) * (seconds + STEP_ASIDE_SECONDS_MAX) * 1_000;
}
