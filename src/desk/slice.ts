/** Long lists are read in slices. A cursor is the place of the last item shown: its instant, then its id. */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';

export type Cursor = { readonly at: Instant; readonly id: Identifier };

/** `next` is null at the end of the list. */
export type Slice<Item, Place = Cursor> = { readonly items: readonly Item[]; readonly next: Place | null };

/** Which part of a list is wanted; `limit` is 1 to 100. */
export type Part = { readonly after: Cursor | null; readonly limit: number };

/** Cuts rows that were read with `limit + 1` down to a slice. */
export function sliceOf<Row, Item, Place = Cursor>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => Place,
  show: (row: Row) => Item,
): Slice<Item, Place> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(show), next: rows.length > limit && last !== undefined ? place(last) : null };
}
