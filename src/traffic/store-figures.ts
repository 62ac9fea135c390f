/** What the store can tell of the work that waits: counts and ages, nothing that customers said. */

export type StoreFigures = {
  /** Messages not turned yet. */
  readonly inbox: Waiting;
  /** Messages not sent yet; those for a customer who is away are not counted. */
  readonly outbox: Waiting;
  readonly handoffsQueued: number;
  /** Pages nobody has acknowledged, by the rung of the ladder they have reached, from 0. */
  readonly pagesByLevel: readonly { readonly level: number; readonly count: number }[];
};

export type Waiting = { readonly count: number; readonly oldestSeconds: number };

export type ReadStoreFigures = () => Promise<StoreFigures>;
