/**
 * The direct message channel of each customer: the platform posts to a channel, and a lane knows a person. What a customer
 * wrote from is remembered; for who has not written since the start, the platform is asked.
 */
import type { Called, CallSlack } from './api.ts';

export type DirectChannels = {
  readonly learn: (user: string, channel: string) => void;
  /** Never throws. */
  readonly of: (user: string) => Promise<Called<string>>;
  /** It is no longer there. */
  readonly forget: (user: string) => void;
};

const KNOWN_MAX = 10_000;
const NO_CHANNEL = { kind: 'refused', error: 'channel_not_found' } as const;

export function createDirectChannels(call: CallSlack): DirectChannels {
  const known = new Map<string, string>();

  function learn(user: string, channel: string): void {
    known.delete(user);
    known.set(user, channel);
    const [oldest] = known.keys();
    if (known.size > KNOWN_MAX && oldest !== undefined) known.delete(oldest);
  }

  return {
    learn,
    of: async (user) => {
      const channel = known.get(user);
      if (channel !== undefined) return { kind: 'ok', body: channel };
      const opened = await call<{ readonly channel?: { readonly id?: string } }>('conversations.open', { users: user });
      if (opened.kind !== 'ok') return opened;
      const id = opened.body.channel?.id;
      if (id === undefined) return NO_CHANNEL;
      learn(user, id);
      return { kind: 'ok', body: id };
    },
    forget: (user) => void known.delete(user),
  };
}
