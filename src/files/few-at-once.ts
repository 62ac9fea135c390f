/** Work that is done a few at a time, the rest in a line that has an end. */

/** Does the work in its turn; null, and nothing is done, when the line is full. What the work throws is thrown. */
type FewAtOnce = <Done>(work: () => Promise<Done>) => Promise<Done | null>;

export function createFewAtOnce(runningMax: number, waitingMax: number): FewAtOnce {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= runningMax && waiting.length >= waitingMax) return null;
    // Who is let in from the line takes the place of who went: the count stays.
    if (running >= runningMax) await new Promise<void>((letIn) => waiting.push(letIn));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
