/**
 * What can go wrong between the fake Slack and who calls it: some faults keep a thing from being done, others only keep the
 * caller from hearing that it was.
 */
import type { Json } from './slack-data.ts';

export type Fault =
  /** Done, and the connection is cut before the answer. */
  (
    | { readonly kind: 'lost-response' }
    /** The connection is cut; nothing is done. */
    | { readonly kind: 'cut' }
    | { readonly kind: 'http-500' }
    /** Nothing is done, and nothing said as long as the platform lives. */
    | { readonly kind: 'timeout' }
    /** Done at once, answered late. */
    | { readonly kind: 'slow'; readonly milliseconds: number }
    /** Refused with this code; nothing is done. */
    | { readonly kind: 'error'; readonly error: string }
    | { readonly kind: 'ratelimited'; readonly retryAfterSeconds: number }
  ) & {
    /** How many calls meet it; 1 unless told. */
    readonly times?: number;
    /** Only calls that fit. */
    readonly when?: (args: Json) => boolean;
  };

export type Faults = ReturnType<typeof createFaults>;

/** `method`: `*` is any. Several are met in the order they were told. */
export function createFaults() {
  let told: { readonly method: string; readonly fault: Fault; left: number }[] = [];
  return {
    tell(method: string, fault: Fault): void {
      told.push({ method, fault, left: fault.times ?? 1 });
    },
    take(method: string, args: Json): Fault | null {
      const next = told.find((it) => (it.method === '*' || it.method === method) && (it.fault.when?.(args) ?? true));
      if (next === undefined) return null;
      next.left -= 1;
      told = told.filter((it) => it.left > 0);
      return next.fault;
    },
    heal(): void {
      told = [];
    },
  };
}
