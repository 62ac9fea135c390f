/**
 * Group commit: what waits anyway goes to the store together, in one statement with one flush to disk. Whoever comes alone
 * goes alone at once, so quiet hours pay nothing.
 *
 *   waiting ──▶ batch (a key once) ──▶ store ──▶ every caller its own answer
 *                   └─ failed ──▶ each alone; who fails alone stays alone
 */
import { isStoreAway } from '../turn/store-away.ts';

export type Grouping<Item, Answer> = {
  /** All or nothing: answers in the order of the items, or none was done. */
  readonly together: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Rows an item waits for: two that share one are never under way at once, and go in the order they came. */
  readonly keysOf: (item: Item) => readonly string[];
  /** What would keep others waiting goes by itself. */
  readonly isAlone?: (item: Item) => boolean;
};

/** One batch of every size the statement was planned for. */
const BATCH_MAX = 64;
/** A batch under way longer than this waits for somebody else's lock, and the next one does not wait for it. */
const SLOW_MILLISECONDS = 20;
/** With the reads beside them they must not take all connections of the pool. */
const UNDER_WAY_MAX = 3;
/** Keys whose item failed alone as well. */
const SUSPECTS_MAX = 1_000;

type Waiting<Item, Answer> = {
  readonly item: Item;
  readonly keys: readonly string[];
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/** The same as `together` of one item. */
export function grouped<Item, Answer>({
  together,
  keysOf,
  isAlone = () => false,
}: Grouping<Item, Answer>): (item: Item) => Promise<Answer> {
  let waiting: Waiting<Item, Answer>[] = [];
  const underWay = new Set<string>();
  const suspects = new Set<string>();
  /** Batches under way: those that may keep the next one waiting, and all. */
  let prompt = 0;
  let all = 0;
  let isPlanned = false;

  function plan(): void {
    if (isPlanned || waiting.length === 0) return;
    isPlanned = true;
    // Everything that arrives in this round of the event loop goes together.
    setImmediate(() => {
      isPlanned = false;
      send();
    });
  }

  function send(): void {
    while (prompt === 0 && all < UNDER_WAY_MAX) {
      const batch = nextBatch();
      if (batch.length === 0) return;
      void serve(batch);
    }
  }

  /** The longest waiting first. What waits for a row waits in front of what came after it for the same row. */
  function nextBatch(): readonly Waiting<Item, Answer>[] {
    const batch: Waiting<Item, Answer>[] = [];
    const left: Waiting<Item, Answer>[] = [];
    const taken = new Set<string>();
    let isClosed = false;
    for (const it of waiting) {
      const alone = isAlone(it.item) || it.keys.some((key) => suspects.has(key));
      const fits = !isClosed && !(alone && batch.length > 0) && !it.keys.some((key) => underWay.has(key) || taken.has(key));
      for (const key of it.keys) taken.add(key);
      (fits ? batch : left).push(it);
      if (fits && (alone || batch.length === BATCH_MAX)) isClosed = true;
    }
    waiting = left;
    return batch;
  }

  async function serve(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    const keys = batch.flatMap((it) => it.keys);
    for (const key of keys) underWay.add(key);
    all += 1;
    prompt += 1;
    let isPrompt = true;
    const noLonger = () => {
      if (isPrompt) prompt -= 1;
      isPrompt = false;
    };
    const slow = setTimeout(() => {
      noLonger();
      plan();
    }, SLOW_MILLISECONDS);
    try {
      await settle(batch);
    } finally {
      clearTimeout(slow);
      noLonger();
      all -= 1;
      for (const key of keys) underWay.delete(key);
      plan();
    }
  }

  async function settle(batch: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await together(batch.map((it) => it.item));
      if (answers.length < batch.length) throw new Error('invariant: every item of a batch is answered');
      for (const [index, it] of batch.entries()) it.resolve(answers[index] as Answer);
      if (batch.length === 1) for (const key of batch[0]?.keys ?? []) suspects.delete(key);
    } catch (error) {
      const [only] = batch;
      if (isStoreAway(error)) for (const it of batch) it.reject(error);
      else if (only !== undefined && batch.length === 1) {
        for (const key of only.keys) suspect(key);
        only.reject(error);
      } else for (const it of batch) await settle([it]);
    }
  }

  function suspect(key: string): void {
    const [oldest] = suspects;
    if (suspects.size >= SUSPECTS_MAX && oldest !== undefined) suspects.delete(oldest);
    suspects.add(key);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, keys: keysOf(item), resolve, reject });
      plan();
    });
}
