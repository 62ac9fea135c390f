/**
 * How often a conversation, an account, an address or a token may call: a bucket for each that refills evenly. Nothing
 * here keeps time, and however many keys come, memory stays bounded.
 */
import { MINUTE, SECOND } from '../domain/instant.ts';

export type RateLimit = {
  /** Takes one from the bucket of `key`: 0 when there was one, else the whole seconds (at least 1) until there is. */
  readonly take: (key: string, nowMilliseconds: number) => number;
  /** Puts back what was taken for something that did not happen. */
  readonly giveBack: (key: string) => void;
  /** What `take` would answer, taking nothing. */
  readonly wait: (key: string, nowMilliseconds: number) => number;
};

/** One of several buckets a call is counted in. */
export type Budget = { readonly limit: RateLimit; readonly key: string };

type Bucket = { left: number; readonly at: number };

const KEYS_MAX = 50_000;
/** More than come in at a time, so that the forgotten never pile up. */
const FORGOTTEN_PER_CALL = 2;

/** A limit of `perMinute` calls for each key, all of which may come at once; the least recently used keys are forgotten. */
export function createRateLimit(perMinute: number, keysMax = KEYS_MAX): RateLimit {
  // A Map keeps insertion order: who is used is put last, so the first is the one longest unused.
  const buckets = new Map<string, Bucket>();
  const perMillisecond = perMinute / MINUTE;

  const leftIn = (bucket: Bucket | undefined, now: number): number =>
    bucket === undefined ? perMinute : Math.min(perMinute, bucket.left + Math.max(0, now - bucket.at) * perMillisecond);

  const secondsUntilOne = (left: number): number => (left >= 1 ? 0 : Math.ceil((1 - left) / perMillisecond / SECOND));

  /** A bucket unused for a minute is full again: nothing is lost with it. Beyond `keysMax` the longest unused goes anyway. */
  const forget = (now: number): void => {
    for (let count = 0; count < FORGOTTEN_PER_CALL; count++) {
      const [oldest] = buckets;
      if (oldest === undefined || (now - oldest[1].at < MINUTE && buckets.size <= keysMax)) return;
      buckets.delete(oldest[0]);
    }
  };

  return {
    take(key, now) {
      const left = leftIn(buckets.get(key), now);
      buckets.delete(key);
      buckets.set(key, { left: left < 1 ? left : left - 1, at: now });
      forget(now);
      return secondsUntilOne(left);
    },
    giveBack(key) {
      const bucket = buckets.get(key);
      if (bucket !== undefined) bucket.left = Math.min(perMinute, bucket.left + 1);
    },
    wait: (key, now) => secondsUntilOne(leftIn(buckets.get(key), now)),
  };
}

/** Takes one from every bucket, or from none when one of them has none: the seconds until all have, 0 when it was taken. */
export function takeFromEach(budgets: readonly Budget[], nowMilliseconds: number): number {
  const waitSeconds = Math.max(0, ...budgets.map(({ limit, key }) => limit.wait(key, nowMilliseconds)));
  if (waitSeconds === 0) for (const { limit, key } of budgets) limit.take(key, nowMilliseconds);
  return waitSeconds;
}
