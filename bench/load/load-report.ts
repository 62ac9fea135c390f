/** A load run as lines on the terminal, and as the rows `docs/performance.md` is made of. */
import { availableParallelism } from 'node:os';
import { LOAD_CHANNELS, type LoadChannel } from './lines.ts';
import type { Steady } from './steady.ts';
import { holds, P99_GOAL_MILLISECONDS, type Stretch, type Times } from './stretch.ts';

export type LoadRow = { readonly name: string; readonly value: number; readonly unit: string; readonly goal: number | null };

export type LoadResults = {
  readonly at: string;
  readonly minutes: number;
  readonly machine: { readonly cores: number };
  readonly rows: readonly LoadRow[];
  readonly lines: readonly string[];
};

const MEBIBYTE = 1_048_576;
const GROWTH_GOAL = 1.1;
const NAMES: Readonly<Record<LoadChannel, string>> = { 'web-chat': 'Direct Line', wechat: 'WeChat', slack: 'Slack' };

export const HEAD = [
  '| turns/s | offered |     all p50 / p99 |  Direct Line p99 |  WeChat p99 |  Slack p99 | desk: CPU a turn |   RSS | loop p99 / max | driver | held |',
  '|---------|---------|-------------------|------------------|-------------|------------|------------------|-------|----------------|--------|------|',
] as const;

export function stretchLine(it: Stretch): string {
  const p99 = (times: Times) => (times.count === 0 ? '-' : `${whole(times.p99)} ms`);
  const cells: readonly (readonly [string, number])[] = [
    [String(it.turnsPerSecond), 7],
    [String(it.offered), 7],
    [`${whole(it.all.p50)} / ${whole(it.all.p99)} ms`, 17],
    [p99(it.byChannel['web-chat']), 16],
    [p99(it.byChannel.wechat), 11],
    [p99(it.byChannel.slack), 10],
    [`${it.cpuMillisecondsPerTurn.toFixed(1)} ms`, 16],
    [`${whole(it.health.residentBytes / MEBIBYTE)} M`, 5],
    [`${whole(it.health.loopP99Milliseconds)} / ${whole(it.health.loopMaxMilliseconds)} ms`, 14],
    [`${it.driver.cores.toFixed(2)} c`, 6],
    [holds(it) ? 'yes' : whyNot(it), 4],
  ];
  return `| ${cells.map(([text, width]) => text.padStart(width)).join(' | ')} |`;
}

function whyNot({ gaveUp, failed }: Stretch): string {
  if (gaveUp) return 'no: fell behind';
  return failed > 0 ? `no: ${failed} failed` : 'no: too slow';
}

/** `held`: the last step that held, if any did. */
export type Outcome = {
  readonly minutes: number;
  readonly steps: readonly Stretch[];
  readonly held: Stretch | null;
  readonly steady: Steady | null;
  readonly booked: number;
  /** What was lost, doubled or went wrong. */
  readonly faults: readonly string[];
  /** What was not as fast or as flat as it should be. */
  readonly shortfalls: readonly string[];
};

/** Memory that grew. */
export function growthFaults(steady: Steady | null): readonly string[] {
  if (steady === null || steady.growth === null) return [];
  const { resident, heap } = steady.growth;
  return [
    ...(resident > GROWTH_GOAL ? [`resident memory grew to ${resident.toFixed(2)} of what it was`] : []),
    ...(heap > GROWTH_GOAL ? [`the heap grew to ${heap.toFixed(2)} of what it was`] : []),
  ];
}

export function resultsOf(outcome: Outcome, at: Date): LoadResults {
  const { minutes, steps, held, steady, booked, faults, shortfalls } = outcome;
  // Where nothing held, the goals stand beside what was missed.
  const judged = held ?? steps.at(-1) ?? null;
  const rows: LoadRow[] = [
    { name: 'turns offered a second that held, all channels together', value: held?.turnsPerSecond ?? 0, unit: 'turns/s', goal: null },
    ...(judged === null ? [] : p99Rows(judged, `at ${judged.turnsPerSecond} turns/s`)),
    ...(judged === null ? [] : [row('processor time of the desk a turn', judged.cpuMillisecondsPerTurn, 'ms', null)]),
    ...(steady === null ? [] : steadyRows(steady, minutes)),
    row('messages lost or doubled, tickets missing, errors logged (kinds)', faults.length, '', 0),
  ];
  const lines = [
    'Customers: 60 % Direct Line over WebSocket, 25 % WeChat callbacks (sealed and signed), 15 % Slack direct messages (signed); each books in seven turns of free text and thinks for 2 s. Turns fall due evenly, whether or not the desk keeps up. A step that does not hold is tried once more.',
    'Measured from before the request that carries the message to when the answer stands on the screen: the activity on the WebSocket, the custom message or chat.postMessage at the fake platform.',
    'Not in it: the wait for more lines of a WeChat customer (burstMilliseconds.wechat, 2,500 built in) is 0 here, and nobody in Slack writes twice within the second Slack wants between two messages.',
    'The desk, its PostgreSQL (embedded, durable) and the customers with both fake platforms share this machine; "driver" is what the customers take of it, in cores.',
    ...HEAD,
    ...steps.map(stretchLine),
    ...(steady === null
      ? []
      : [`Steady for ${minutes} minutes:`, ...HEAD, stretchLine(steady.stretch), memoryLine(steady), commitLine(steady)]),
    `${booked} visits booked.`,
    ...(faults.length === 0 ? ['Nothing lost, nothing doubled, no ticket missing, no error logged.'] : faults.map((it) => `FAULT: ${it}`)),
    ...shortfalls.map((it) => `SHORT: ${it}`),
  ];
  return { at: at.toISOString(), minutes, machine: { cores: availableParallelism() }, rows, lines };
}

function p99Rows(stretch: Stretch, when: string): readonly LoadRow[] {
  const all = row(`p99 ${when}, all channels`, stretch.all.p99, 'ms', P99_GOAL_MILLISECONDS);
  return [all, ...LOAD_CHANNELS.map((it) => row(`p99 ${when}, ${NAMES[it]}`, stretch.byChannel[it].p99, 'ms', P99_GOAL_MILLISECONDS))];
}

function steadyRows(
  { stretch, growth, memory, loopP99Milliseconds, loopMaxMilliseconds, ...commit }: Steady,
  minutes: number,
): readonly LoadRow[] {
  const most = Math.max(0, ...memory.map((it) => it.residentBytes)) / MEBIBYTE;
  return [
    ...p99Rows(stretch, `over ${minutes} minutes at ${stretch.turnsPerSecond} turns/s`),
    row('a commit of half a kilobyte beside it, p50', commit.commitP50Milliseconds, 'ms', null),
    row('a commit of half a kilobyte beside it, p99', commit.commitP99Milliseconds, 'ms', null),
    row('event-loop delay p99, middle of looks 5 s apart', loopP99Milliseconds, 'ms', null),
    row('event-loop delay, longest', loopMaxMilliseconds, 'ms', null),
    row('resident memory, most', most, 'MiB', null),
    ...(growth === null
      ? []
      : [
          row('resident memory, late / early', growth.resident, '×', GROWTH_GOAL),
          row('heap after collection, late / early', growth.heap, '×', GROWTH_GOAL),
        ]),
  ];
}

function memoryLine({ growth, memory, loopP99Milliseconds, loopMaxMilliseconds }: Steady): string {
  const [first, last] = [memory[0], memory.at(-1)];
  const range = `RSS ${whole((first?.residentBytes ?? 0) / MEBIBYTE)} M at first, ${whole((last?.residentBytes ?? 0) / MEBIBYTE)} M at last`;
  const judged =
    growth === null
      ? 'too short to judge growth'
      : `late / early: RSS ${growth.resident.toFixed(2)}, heap after collection ${growth.heap.toFixed(2)} (goal ${GROWTH_GOAL})`;
  return `Memory: ${range}; ${judged}. Event-loop delay: p99 ${whole(loopP99Milliseconds)} ms, longest ${whole(loopMaxMilliseconds)} ms.`;
}

function commitLine({ commitP50Milliseconds, commitP99Milliseconds }: Steady): string {
  const [p50, p99] = [commitP50Milliseconds, commitP99Milliseconds].map((it) => it.toFixed(1));
  return `Beside it, four times a second, PostgreSQL made half a kilobyte durable in ${p50} ms (p50) and ${p99} ms (p99): a turn waits for two such commits, one after the other.`;
}

function row(name: string, value: number, unit: string, goal: number | null): LoadRow {
  return { name, value: Math.round(value * 100) / 100, unit, goal };
}

function whole(value: number): string {
  return value.toFixed(0);
}
