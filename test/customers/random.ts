/** Chance that can be had again: the same seed gives the same customers, whatever the clock and the machine do. */

export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  readonly chance: (probability: number) => boolean;
  /** A whole number, both ends included. */
  readonly between: (least: number, most: number) => number;
  readonly pick: <Item>(list: readonly Item[]) => Item;
  /** At most `count` different ones, in a new order. */
  readonly some: <Item>(list: readonly Item[], count: number) => readonly Item[];
  /** A stream of its own: what one customer draws changes nothing for the next. */
  readonly fork: (name: string) => Random;
};

export function randomOf(seed: string): Random {
  const next = mulberry(hash(seed));
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <Item>(list: readonly Item[]): Item => {
    if (list.length === 0) throw new Error('invariant: one of nothing');
    return list[between(0, list.length - 1)] as Item;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between,
    pick,
    some(list, count) {
      const left = [...list];
      const taken: (typeof left)[number][] = [];
      while (taken.length < count && left.length > 0) taken.push(...left.splice(between(0, left.length - 1), 1));
      return taken;
    },
    fork: (name) => randomOf(`${seed}/${name}`),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
