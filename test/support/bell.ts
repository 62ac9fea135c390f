/**
 * Waits for something to come true without asking again and again: who changes things rings, who waits looks. A wait that
 * lasts too long fails, saying what it waited for.
 */

export type Bell = {
  readonly ring: () => void;
  /** Looks now and after every ring, until there is an answer that is not null. `what` names it in the failure. */
  readonly until: <Value>(look: () => Value | null, timeoutMilliseconds: number, what: () => string) => Promise<Value>;
};

export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const look of [...waiting]) look();
    },
    until: (look, timeoutMilliseconds, what) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(lookAgain);
          reject(new Error(`not within ${timeoutMilliseconds} ms: ${what()}`));
        }, timeoutMilliseconds);
        const lookAgain = () => {
          const seen = look();
          if (seen === null) return;
          clearTimeout(timer);
          waiting.delete(lookAgain);
          resolve(seen);
        };
        waiting.add(lookAgain);
        lookAgain();
      }),
  };
}
