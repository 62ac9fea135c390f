/**
 * The safety net, at start and every few seconds: unapplied messages are turned, undelivered ones delivered, and
 * whatever else has come due is seen to in rounds of its own. The truth is in the rows, so it does not matter which
 * process forgot them.
 */
import type { Identifier } from '../domain/identifier.ts';
import { SECOND } from '../domain/instant.ts';
import type { FindUnapplied } from '../turn/ports.ts';
import { failureOf } from './failure.ts';

export type SweepNeeds = {
  readonly findUnapplied: FindUnapplied;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly deliverUndelivered: () => Promise<number>;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
  readonly now: () => number;
};

/** Something that is looked for again and again, `everyMilliseconds` after the last look ended. */
export type NamedRound = { readonly name: string; readonly everyMilliseconds: number; readonly round: () => Promise<void> };

export type Sweep = {
  /** One round of messages now; resolves when everything found has been handed on. */
  readonly round: (olderThanMilliseconds: number) => Promise<void>;
  readonly start: () => void;
  /** More to look for, before the start or after. */
  readonly add: (rounds: readonly NamedRound[]) => void;
  /** No round begins any more; resolves when those in hand have ended. */
  readonly stop: () => Promise<void>;
  /** Epoch milliseconds of the last round of messages that went through, null before the first. */
  readonly lastRoundAt: () => number | null;
};

const EVERY_MILLISECONDS = 2 * SECOND;
/** A message this old was forgotten: its own process would have turned it. */
const FORGOTTEN_MILLISECONDS = 2 * SECOND;
const CONVERSATIONS_MAX = 200;

export function createSweep(needs: SweepNeeds, rounds: readonly NamedRound[] = []): Sweep {
  let lastRoundAt: number | null = null;

  async function round(olderThanMilliseconds: number): Promise<void> {
    for (const conversationId of await needs.findUnapplied(olderThanMilliseconds, CONVERSATIONS_MAX)) needs.turnSoon(conversationId);
    await needs.deliverUndelivered();
    lastRoundAt = needs.now();
  }

  let first = true;
  const messages = () => {
    const olderThanMilliseconds = first ? 0 : FORGOTTEN_MILLISECONDS;
    first = false;
    return round(olderThanMilliseconds);
  };
  const loopOfRound = (it: NamedRound): Loop =>
    loopOf(it.round, it.everyMilliseconds, (error) => needs.log('round-failed', { round: it.name, ...failureOf(error) }));
  const loops = [loopOf(messages, EVERY_MILLISECONDS, (error) => needs.log('sweep-failed', failureOf(error))), ...rounds.map(loopOfRound)];
  let isStarted = false;

  return {
    round,
    start: () => {
      isStarted = true;
      for (const loop of loops) loop.start();
    },
    add: (more) => {
      const added = more.map(loopOfRound);
      loops.push(...added);
      if (isStarted) for (const loop of added) loop.start();
    },
    stop: async () => {
      await Promise.all(loops.map((it) => it.stop()));
    },
    lastRoundAt: () => lastRoundAt,
  };
}

type Loop = { readonly start: () => void; readonly stop: () => Promise<void> };

/** Each loop has a timer of its own: one that fails or hangs keeps none of the others waiting. */
function loopOf(round: () => Promise<void>, everyMilliseconds: number, failed: (error: unknown) => void): Loop {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  function next(): void {
    running = round()
      .catch(failed)
      .then(() => {
        if (!stopped) timer = setTimeout(next, everyMilliseconds);
      });
  }

  return {
    start: next,
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
