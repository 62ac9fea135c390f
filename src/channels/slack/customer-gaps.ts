/**
 * What customers wrote while Slack could not reach us. At the start and every few minutes the direct messages of those who were
 * here lately are read again; what is known already is known by its channel and `ts`, and counts once.
 */
import { DAY, type Instant, instantOf, SECOND } from '../../domain/instant.ts';
import type { CallSlack } from './api.ts';
import type { DirectChannels } from './customer-channels.ts';
import type { CustomerReceive } from './customer-receive.ts';

export type CustomerGapsNeeds = {
  readonly call: CallSlack;
  readonly channels: Pick<DirectChannels, 'of'>;
  readonly receive: CustomerReceive;
  /** Users with a chat in which something was said since, those heard last before the others. */
  readonly lately: (since: Instant, max: number) => Promise<readonly string[]>;
  readonly now: () => Instant;
};

/** A minute's worth of what the platform lets us read. */
const CUSTOMERS_MAX = 40;
const MESSAGES_MAX = 100;
/** Nobody wants an answer to what they said before. */
const LOOK_BACK_MILLISECONDS = DAY;

type Listed = { readonly messages?: readonly object[] };

/** One round; ends early where the platform has no time for it. */
export function createFillCustomerGaps({ call, channels, receive, lately, now }: CustomerGapsNeeds): () => Promise<void> {
  let team: string | null = null;
  return async () => {
    const since = instantOf(now() - LOOK_BACK_MILLISECONDS);
    const users = await lately(since, CUSTOMERS_MAX);
    if (users.length === 0) return;
    team ??= await teamOf(call);
    if (team === null) return;
    for (const user of users) {
      const channel = await channels.of(user);
      if (channel.kind === 'refused') continue;
      if (channel.kind !== 'ok') return;
      const where = { channel: channel.body, oldest: String(since / SECOND), limit: MESSAGES_MAX };
      const called = await call<Listed>('conversations.history', where);
      if (called.kind === 'refused') continue;
      if (called.kind !== 'ok') return;
      // The platform lists the latest first.
      const messages = (called.body.messages ?? []).toReversed();
      for (const message of messages) await receive({ ...message, type: 'message', channel: channel.body, channel_type: 'im' }, team);
    }
  };
}

async function teamOf(call: CallSlack): Promise<string | null> {
  const called = await call<{ readonly team_id?: string }>('auth.test', {});
  return called.kind === 'ok' ? (called.body.team_id ?? null) : null;
}
