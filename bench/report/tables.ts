/** The figures as tables, of which the terminal and the page each make their own lines. */
import type { Results } from '../results.ts';
import { type Figures, figuresOf, type RunFigures, storedFiguresOf } from './figures.ts';
import { type Goal, goalsOf, isMet } from './goals.ts';

/** The first column is words, the others are figures; a goal's last is words, too. */
export type Table = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

export function runTable(results: Results, which: 'alone' | 'many'): Table {
  return {
    head: ['', 'turns/s', '× floor', 'p50 ms', 'p99 ms', 'CPU µs/turn: Node', 'PostgreSQL', 'WAL B/turn'],
    rows: figuresOf(results).map((it) => [it.entrant.title, ...runCells(it[which])]),
  };
}

function runCells(it: RunFigures): readonly string[] {
  return [
    whole(it.turnsPerSecond),
    it.toFloor === null ? '–' : it.toFloor.toFixed(2),
    milliseconds(it.p50Milliseconds),
    milliseconds(it.p99Milliseconds),
    whole(it.nodeMicroseconds),
    it.postgresMicroseconds === null ? '–' : whole(it.postgresMicroseconds),
    whole(it.walBytes),
  ];
}

export function keptTable(results: Results): Table {
  return {
    head: ['', 'bytes a conversation', 'every message delivered twice: tickets', 'as the customer said', 'counts'],
    rows: figuresOf(results).map(({ entrant, bytesPerConversation, twice }) => [
      entrant.title,
      whole(bytesPerConversation),
      `${twice.tickets} of ${twice.customers}`,
      `${twice.asSaid}`,
      countsOnce(twice) ? 'once' : 'twice',
    ]),
  };
}

function countsOnce({ customers, tickets, asSaid }: Figures['twice']): boolean {
  return tickets === customers && asSaid === customers;
}

export function longTable(results: Results): Table {
  return {
    head: ['', 'turn 2, ms', 'turn 9, ms', 'turn 69, ms', '69 to 2'],
    rows: figuresOf(results).map(({ entrant, long }) => [
      entrant.title,
      milliseconds(long.turn2),
      milliseconds(long.turn9),
      milliseconds(long.turn69),
      long.growth.toFixed(2),
    ]),
  };
}

export function storedTable(results: Results): Table {
  const stored = (count: number) => `turns/s with ${count.toLocaleString('en')} stored`;
  return {
    head: ['', stored(results.stored.few), stored(results.stored.many), 'a turn takes'],
    rows: storedFiguresOf(results).map(({ entrant, few, many, growth }) => [
      entrant.title,
      whole(few),
      whole(many),
      `${growth.toFixed(2)} ×`,
    ]),
  };
}

export function goalTable(goals: readonly Goal[]): Table {
  const amount = (value: number, { unit }: Goal) => `${unit === '×' ? value.toFixed(2) : whole(value)} ${unit}`.trim();
  return {
    head: ['', 'goal', 'measured', 'met'],
    rows: goals.map((it) => [
      it.what,
      `${it.at === 'least' ? '≥' : '≤'} ${amount(it.goal, it)}`,
      it.value === null ? 'not measured' : amount(it.value, it),
      isMet(it) ? 'yes' : '**no**',
    ]),
  };
}

/** All of them, on the terminal. */
export function printTables(results: Results): void {
  const { rounds, stored } = results;
  const shown: readonly (readonly [string, Table])[] = [
    ['32 at a time', runTable(results, 'many')],
    ['One at a time', runTable(results, 'alone')],
    ['What is kept', keptTable(results)],
    ['A dialog of 70 turns', longTable(results)],
    ...(rounds.some((it) => it.stored.length > 0) ? [[`With ${stored.many} conversations stored`, storedTable(results)] as const] : []),
    ['Goals', goalTable(goalsOf(results, null).filter((it) => it.value !== null))],
  ];
  for (const [title, table] of shown) console.log(`\n${title}\n${textOf(table)}`);
}

/** Columns side by side, figures to the right. */
function textOf({ head, rows }: Table): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('**', '')));
  const widths = head.map((_, column) => Math.max(...lines.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0));
  return lines.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function milliseconds(value: number): string {
  if (value >= 100) return whole(value);
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}
