/**
 * How much Slack takes in how much time: messages by channel, about one a second with a short burst; everything else by
 * method, roomy. What is above it is told when to come again.
 */
import { type Json, words } from './slack-data.ts';

export type Pace = { readonly perSecond: number; readonly burst: number };

/** As the platform has it. */
export const PACE: Pace = { perSecond: 1, burst: 5 };
const ROOMY: Pace = { perSecond: 2, burst: 100 };

/** Methods that put a message into a channel. */
const POSTING: ReadonlySet<string> = new Set(['chat.postMessage']);

/** Takes a call; 0, or the seconds to wait. */
export function createPaces(pace: Pace, now: () => number): (method: string, args: Json) => number {
  const buckets = new Map<string, { left: number; at: number }>();
  return (method, args) => {
    const isPosting = POSTING.has(method);
    const { perSecond, burst } = isPosting ? pace : ROOMY;
    const key = isPosting ? `${method} ${words(args['channel'])}` : method;
    const bucket = buckets.get(key) ?? { left: burst, at: now() };
    const left = Math.min(burst, bucket.left + ((now() - bucket.at) / 1_000) * perSecond);
    const isTaken = left >= 1;
    buckets.set(key, { left: isTaken ? left - 1 : left, at: now() });
    return isTaken ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
  };
}
