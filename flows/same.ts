import { isDeepStrictEqual } from 'node:util';

/** Plain data, compared by what it says: what comes back from the store has its keys in another order. */
export function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}
