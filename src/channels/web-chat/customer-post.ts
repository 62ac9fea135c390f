/**
 * A customer's message on its way in: read, limited, taken through the bot adapter, made durable. Only then is it
 * answered, with the same id however often the client sends it again.
 */
import type { MakeIdentifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Inbound } from '../../turn/message.ts';
import type { Accept, Accepted } from '../../turn/ports.ts';
import { activityIdOf, channelMessageIdOf, customerActivity, inboundBodyOf, readActivity } from './activity.ts';
import type { BotAdapter } from './bot-adapter.ts';
import { badArgument, FAULTS, type Fault, tooMany } from './fault.ts';
import type { Pass } from './pass.ts';
import type { TakeOne } from './rate-limit.ts';
import type { Published } from './stream-hub.ts';

export type PostOutcome = { readonly kind: 'taken'; readonly activityId: string } | { readonly kind: 'refused'; readonly fault: Fault };

export type CustomerPostNeeds = {
  readonly adapter: BotAdapter;
  readonly accept: Accept;
  readonly start: (pass: Pass) => Promise<boolean>;
  readonly now: () => number;
  readonly makeIdentifier: MakeIdentifier;
  readonly charactersMax: number;
  readonly messagesLimit: TakeOne;
  /** The message is durable: show it to the customer's clients and start the turn. */
  readonly accepted: (pass: Pass, echo: Published) => void;
};

/** Takes one posted activity of the pass's bearer, whoever its `from` says it is. */
export async function postActivity(needs: CustomerPostNeeds, pass: Pass, body: unknown): Promise<PostOutcome> {
  const read = readActivity(body);
  if (read.kind === 'refused') return { kind: 'refused', fault: badArgument(read.reason) };
  if (read.kind === 'ignored') return { kind: 'taken', activityId: activityIdOf(pass.conversationId, 0) };
  const waitSeconds = needs.messagesLimit(pass.conversationId, needs.now());
  if (waitSeconds > 0) return { kind: 'refused', fault: tooMany(waitSeconds) };

  const id = needs.makeIdentifier();
  return needs.adapter.receive(pass, id, read.activity, async (activity) => {
    const inbound: Inbound = {
      id,
      conversationId: pass.conversationId,
      channel: 'web-chat',
      channelMessageId: channelMessageIdOf(pass.conversationId, activity, id),
      sender: 'customer',
      body: inboundBodyOf(activity, needs.charactersMax),
      at: instantOf(needs.now()),
    };
    const accepted = await acceptOpened(needs, pass, inbound);
    if (accepted.kind === 'no-such-conversation') return { kind: 'refused', fault: FAULTS.noSuchPath };
    if (accepted.kind === 'accepted')
      needs.accepted(pass, { seq: accepted.seq, activity: customerActivity(pass.conversationId, { ...inbound, ...accepted }, pass.user) });
    return { kind: 'taken', activityId: activityIdOf(pass.conversationId, accepted.seq) };
  });
}

/** A client that skipped the start, or whose conversation a restored store has forgotten, is started now. */
async function acceptOpened(needs: CustomerPostNeeds, pass: Pass, inbound: Inbound): Promise<Accepted> {
  const accepted = await acceptOne(needs.accept, inbound);
  if (accepted.kind !== 'no-such-conversation') return accepted;
  await needs.start(pass);
  return acceptOne(needs.accept, inbound);
}

/** Makes one message durable. */
export async function acceptOne(accept: Accept, inbound: Inbound): Promise<Accepted> {
  const [accepted] = await accept([inbound]);
  if (accepted === undefined) throw new Error('invariant: accept answers for every message');
  return accepted;
}
