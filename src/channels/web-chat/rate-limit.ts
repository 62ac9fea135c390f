/** How often a conversation or an address may call: a bucket for each that refills evenly, in bounded memory. */

/** Takes one from the bucket of `key`: 0 when there was one, else the whole seconds until there is. */
export type TakeOne = (key: string, nowMilliseconds: number) => number;

type Bucket = { left: number; at: number };

const KEYS_MAX = 50_000;

/** A limit of `perMinute` calls for each key, all of which may come at once; the least recently used keys are forgotten. */
export function createRateLimit(perMinute: number, keysMax = KEYS_MAX): TakeOne {
  const buckets = new Map<string, Bucket>();
  const perMillisecond = perMinute / 60_000;
  return (key, nowMilliseconds) => {
    const bucket = buckets.get(key) ?? { left: perMinute, at: nowMilliseconds };
    bucket.left = Math.min(perMinute, bucket.left + Math.max(0, nowMilliseconds - bucket.at) * perMillisecond);
    bucket.at = nowMilliseconds;
    // A Map keeps insertion order: put last, so that the first is the one longest unused.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > keysMax) {
      const oldest = buckets.keys().next();
      if (!oldest.done) buckets.delete(oldest.value);
    }
    if (bucket.left < 1) return Math.ceil((1 - bucket.left) / perMillisecond / 1_000);
    bucket.left -= 1;
    return 0;
  };
}
