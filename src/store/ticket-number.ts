/** Numbers people read, `BX-YYYYMMDD-NNNN`: taken from the counter in blocks, so most cost no statement; gaps are allowed. */
import type { LocalDay } from '../domain/instant.ts';
import type { Readings } from '../turn/ports.ts';
import { type Connection, query } from './connection.ts';

const BLOCK = 50;
const DIGITS = 4;

export function ticketNumbersOn({ pool }: Connection): Readings['ticketNumbers'] {
  /** The rest of the last block: `next` up to, not including, `end`. */
  let rest: Block = { prefix: '', next: 0, end: 0 };
  /** A block under way: who comes meanwhile waits for it instead of taking another. */
  let taking: Promise<void> | null = null;

  async function take(prefix: string, size: number): Promise<void> {
    const [row] = await query<{ end: number }>(pool, TAKE_BLOCK, [prefix, size]);
    if (!row) throw new Error('invariant: a counter answers');
    rest = { prefix, next: row.end - size, end: row.end };
  }

  return async (day, count) => {
    const prefix = prefixOf(day);
    while (rest.prefix !== prefix || rest.end - rest.next < count) {
      taking ??= take(prefix, Math.max(BLOCK, count)).finally(() => {
        taking = null;
      });
      await taking;
    }
    const first = rest.next;
    rest = { ...rest, next: first + count };
    return Array.from({ length: count }, (_, index) => `${prefix}-${String(first + index).padStart(DIGITS, '0')}`);
  };
}

type Block = { readonly prefix: string; readonly next: number; readonly end: number };

function prefixOf(day: LocalDay): string {
  return `BX-${day.replaceAll('-', '')}`;
}

/** Counts from 1; answers the number after the block. */
const TAKE_BLOCK = {
  name: 'take-number-block',
  text: `
insert into number_counter (prefix, next) values ($1, 1 + $2::int)
on conflict (prefix) do update set next = number_counter.next + $2::int returning next as end`,
};
