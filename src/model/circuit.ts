/**
 * Whether a part that fails may be called. After `failuresMax` failures in a row it rests; then one call at a time is tried,
 * and the first that succeeds ends the rest.
 */
export type Circuit = {
  /** Whether to call now; who is told yes says `ended` when the call is over. */
  readonly admits: () => boolean;
  readonly ended: (result: 'succeeded' | 'failed') => void;
  readonly isResting: () => boolean;
};

export type CircuitLimits = { readonly failuresMax: number; readonly restMilliseconds: number };

/** `now` is epoch milliseconds. */
export function createCircuit(now: () => number, { failuresMax, restMilliseconds }: CircuitLimits): Circuit {
  let failures = 0;
  let failedAt = 0;
  let isTrying = false;
  const isResting = () => failures >= failuresMax;

  return {
    isResting,
    admits() {
      if (!isResting()) return true;
      const rested = now() - failedAt;
      // A clock that was set back counts as rested.
      if (isTrying || (rested >= 0 && rested < restMilliseconds)) return false;
      isTrying = true;
      return true;
    },
    ended(result) {
      isTrying = false;
      failures = result === 'failed' ? failures + 1 : 0;
      if (result === 'failed') failedAt = now();
    },
  };
}
