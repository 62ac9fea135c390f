/** Waiting for the fake Slack without sleeps of a fixed length: until something is there, or until nothing is under way any more. */
import { setTimeout as pause } from 'node:timers/promises';

export type Watch = {
  /** Looks until there is something truthy; fails after `timeoutMilliseconds`, naming `what`. */
  readonly waitFor: <Value>(look: () => Value | Promise<Value>, what?: string, timeoutMilliseconds?: number) => Promise<NonNullable<Value>>;
  /** Resolves once no call and no delivery is under way, and none has been for a moment. */
  readonly settled: (quietMilliseconds?: number) => Promise<void>;
};

const WAIT_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 10;
const QUIET_MILLISECONDS = 60;

/** `latest`: what to say of a wait that failed. */
export function createWatch(latest: () => string): Watch & {
  /** Something is under way, until what this gives is called. */
  readonly begun: () => () => void;
} {
  let underWay = 0;
  let movedAt = Date.now();

  const waitFor: Watch['waitFor'] = async (look, what = 'what was waited for', timeoutMilliseconds = WAIT_MILLISECONDS) => {
    const until = Date.now() + timeoutMilliseconds;
    for (;;) {
      const seen = await look();
      if (seen) return seen;
      if (Date.now() > until) throw new Error(`not within ${timeoutMilliseconds} ms: ${what}; latest: ${latest()}`);
      await pause(LOOK_MILLISECONDS);
    }
  };
  return {
    waitFor,
    async settled(quietMilliseconds = QUIET_MILLISECONDS) {
      await waitFor(() => underWay === 0 && Date.now() - movedAt >= quietMilliseconds, 'nothing under way');
    },
    begun() {
      let isOver = false;
      underWay += 1;
      return () => {
        if (isOver) return;
        isOver = true;
        underWay -= 1;
        movedAt = Date.now();
      };
    },
  };
}
