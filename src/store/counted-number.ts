/**
 * Numbers without a gap (S4-001): the counter's row stays locked from taking the number to the commit, and a turn that
 * is not written after all takes nothing. Its sentences are rendered already; the number goes where it was left open.
 */
import type pg from 'pg';
import { NUMBER_TO_COME, numberOfSequence } from '../domain/ticket-number.ts';
import type { TurnWrite } from '../turn/ports.ts';
import { once } from './connection.ts';

type Counted = TurnWrite & { readonly counted: NonNullable<TurnWrite['counted']> };

export function isCounted(turn: TurnWrite): turn is Counted {
  return turn.counted !== null;
}

/** The turn with its number taken, inside the transaction of `client` that then writes it. */
export async function withItsNumber(client: pg.PoolClient, turn: Counted): Promise<TurnWrite> {
  return numbered(turn, await nextCounted(client, turn.counted));
}

/** The next number of a counter; its row stays locked until the transaction of `client` ends. */
export async function nextCounted(
  client: pg.PoolClient,
  { counter, pattern }: { readonly counter: string; readonly pattern: string },
): Promise<string> {
  const [row] = await once<{ taken: number }>(client, TAKE_NEXT, [counter]);
  if (!row) throw new Error('invariant: a counter answers');
  return numberOfSequence(pattern, row.taken);
}

/** A turn is plain data, so the number is put in its place wherever it was left open. */
function numbered(turn: TurnWrite, number: string): TurnWrite {
  return JSON.parse(JSON.stringify(turn).replaceAll(NUMBER_TO_COME, number)) as TurnWrite;
}

const TAKE_NEXT = {
  name: 'take-next-number',
  text: `
insert into number_counter (prefix, next) values ($1, 2)
on conflict (prefix) do update set next = number_counter.next + 1 returning next - 1 as taken`,
};
