/** docs/performance.md: the goals beside the figures, the tables, what there is to say of them (`bench/notes.md`), and how it was measured. */
import type { LoadResults, Results } from '../results.ts';
import { goalsOf, isMet } from './goals.ts';
import { goalTable, keptTable, longTable, runTable, storedTable, type Table } from './tables.ts';

export function pageOf(results: Results, load: LoadResults | null, notes: string): string {
  const goals = goalsOf(results, load);
  const missed = goals.filter((it) => !isMet(it)).length;
  return `${[
    '# Performance',
    '<!-- Made by `npm run bench`; the words about the figures are in bench/notes.md. -->',
    `The same booking of seven turns, every turn durable before its reply counts, on one PostgreSQL with \`fsync\` on. Each contestant has a process and a database of its own; never two at a time. ${results.rounds.length === 1 ? 'One round only' : `The median of ${results.rounds.length} rounds, each in another order`}; a ratio is the median of the rounds' ratios to the floor of the same round. The *floor* is a plain function and one hand-written transaction of four statements a turn.`,
    '## Goals',
    missed === 0 ? 'All are met.' : `${missed} of ${goals.length} ${missed === 1 ? 'is' : 'are'} not met; why is told below.`,
    markdownOf(goalTable(goals)),
    '![Turns a second, relative to the floor](images/performance.svg)',
    '## 32 at a time',
    markdownOf(runTable(results, 'many')),
    '## One at a time',
    markdownOf(runTable(results, 'alone')),
    '## What is kept, and what a message counts that comes twice',
    'Bytes are of the tables that hold conversations, with their indexes, after the bookings. Ours and the floor keep every message that was said; the others keep the state of the dialog, and grammY conversations drops it when the dialog has ended. Platforms deliver a message again when they got no answer in time, so some customers have every message of theirs delivered twice: it counts once when each has one ticket that says what they said.',
    markdownOf(keptTable(results)),
    '## A dialog of 70 turns',
    'Somebody who gives another phone at every read-back, one customer after the other, nobody else there. From turn 8 on all turns are alike for everybody; for ours, whole turn, they are from turn 2 on.',
    markdownOf(longTable(results)),
    '## Many conversations stored',
    '32 at a time, on databases in which so many finished conversations lie already.',
    markdownOf(storedTable(results)),
    ...(load === null ? [] : ['## Load', ...loadLines(load)]),
    notes.trim(),
    '## The machine and the versions',
    machineLine(results),
    Object.entries(results.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
  ].join('\n\n')}\n`;
}

/** The run's own lines, and its figures that have no goal. */
function loadLines({ at, minutes, rows, lines }: LoadResults): readonly string[] {
  const figures = rows.map(({ name, value, unit }) => [name, `${value.toLocaleString('en', { maximumFractionDigits: 2 })} ${unit}`.trim()]);
  const blocks: string[][] = [];
  for (const line of lines) {
    const last = blocks.at(-1);
    if (line.startsWith('|') && last?.at(-1)?.startsWith('|')) last.push(line);
    else blocks.push([line]);
  }
  return [
    `\`npm run bench -- load\`, ${day(at)}, ${minutes} minutes.`,
    markdownOf({ head: ['', 'measured'], rows: figures }),
    ...blocks.map((it) => it.join('\n')),
  ];
}

function machineLine({ at, minutes, scale, machine }: Results): string {
  const { cpus, cpu, memoryGigabytes, system, syncMicroseconds } = machine;
  const scaled = scale === 1 ? '' : `, at a scale of ${scale}`;
  return `${day(at)}, ${Math.round(minutes)} minutes${scaled}: ${cpus} × ${cpu}, ${memoryGigabytes} GB, ${system}; a page appended and synced takes ${Math.round(syncMicroseconds)} µs. The contestant and PostgreSQL share the machine.`;
}

function day(at: string): string {
  return at.slice(0, 10);
}

function markdownOf({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}
