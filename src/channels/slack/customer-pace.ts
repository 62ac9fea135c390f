/** When a channel may be posted to again: the platform takes about one message a second there, and says when it wants less. */
import { type Instant, instantOf } from '../../domain/instant.ts';

export type Pace = {
  /** Milliseconds until the next one may go. */
  readonly wait: (channel: string) => number;
  /** One goes now. */
  readonly gone: (channel: string) => void;
  /** The platform wants none for so long. */
  readonly hold: (channel: string, milliseconds: number) => void;
};

const PACE_MILLISECONDS = 1_050;
const CHANNELS_MAX = 10_000;

export function createPace(now: () => Instant): Pace {
  const next = new Map<string, Instant>();

  function hold(channel: string, milliseconds: number): void {
    next.delete(channel);
    next.set(channel, instantOf(now() + milliseconds));
    const [oldest] = next.keys();
    if (next.size > CHANNELS_MAX && oldest !== undefined) next.delete(oldest);
  }

  return {
    wait: (channel) => Math.max(0, (next.get(channel) ?? 0) - now()),
    gone: (channel) => hold(channel, PACE_MILLISECONDS),
    hold,
  };
}
