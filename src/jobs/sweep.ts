/**
 * The safety net, at start and every few seconds: unapplied messages are turned, undelivered ones delivered. The truth
 * is in the rows, so it does not matter which process forgot them.
 */
import type { Identifier } from '../domain/identifier.ts';
import { SECOND } from '../domain/instant.ts';
import type { FindUnapplied } from '../turn/ports.ts';

export type SweepNeeds = {
  readonly findUnapplied: FindUnapplied;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly deliverUndelivered: () => Promise<number>;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
  readonly now: () => number;
};

export type Sweep = {
  /** One round now; resolves when everything found has been handed on. */
  readonly round: (olderThanMilliseconds: number) => Promise<void>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Epoch milliseconds of the last round that went through, null before the first. */
  readonly lastRoundAt: () => number | null;
};

const EVERY_MILLISECONDS = 2 * SECOND;
/** A message this old was forgotten: its own process would have turned it. */
const FORGOTTEN_MILLISECONDS = 2 * SECOND;
const CONVERSATIONS_MAX = 200;

export function createSweep(needs: SweepNeeds): Sweep {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let lastRoundAt: number | null = null;

  async function round(olderThanMilliseconds: number): Promise<void> {
    for (const conversationId of await needs.findUnapplied(olderThanMilliseconds, CONVERSATIONS_MAX)) needs.turnSoon(conversationId);
    await needs.deliverUndelivered();
    lastRoundAt = needs.now();
  }

  function next(olderThanMilliseconds: number): void {
    running = round(olderThanMilliseconds)
      .catch((error: unknown) => needs.log('sweep-failed', { error: error instanceof Error ? error.name : 'unknown' }))
      .then(() => {
        if (!stopped) timer = setTimeout(() => next(FORGOTTEN_MILLISECONDS), EVERY_MILLISECONDS);
      });
  }

  return {
    round,
    start: () => next(0),
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
    lastRoundAt: () => lastRoundAt,
  };
}
