/**
 * A customer's message on its way in: read, limited, taken through the bot adapter, made durable. Only then is it
 * answered, with the same id however often the client sends it again.
 */
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { Inbound } from '../../turn/message.ts';
import type { Accept, Accepted } from '../../turn/ports.ts';
import { activityIdOf, channelMessageIdOf, customerActivity, inboundBodyOf, readActivity } from './activity.ts';
import type { BotAdapter } from './bot-adapter.ts';
import type { ChatLimits } from './chat-limits.ts';
import { badArgument, FAULTS, type Fault, tooMany } from './fault.ts';
import type { Pass } from './pass.ts';
import type { Published } from './stream-hub.ts';

export type PostOutcome = { readonly kind: 'taken'; readonly activityId: string } | { readonly kind: 'refused'; readonly fault: Fault };

/** `started` the first time, `open` every other. */
export type StartOutcome = { readonly kind: 'started' } | { readonly kind: 'open' } | { readonly kind: 'refused'; readonly fault: Fault };

export type CustomerPostNeeds = {
  readonly adapter: BotAdapter;
  readonly accept: Accept;
  readonly start: (pass: Pass, address: string) => Promise<StartOutcome>;
  readonly now: () => number;
  readonly makeIdentifier: MakeIdentifier;
  readonly charactersMax: number;
  readonly limits: Pick<ChatLimits, 'message' | 'refusal'>;
  /** The message is durable: show it to the customer's clients and start the turn. */
  readonly accepted: (pass: Pass, echo: Published) => void;
  /** An event of the conversation is durable: start the turn. */
  readonly happened: (conversationId: Identifier) => void;
  readonly failed: (event: string, error: unknown) => void;
};

/** Takes one posted activity of the pass's bearer, whoever its `from` says it is. */
export async function postActivity(needs: CustomerPostNeeds, pass: Pass, address: string, body: unknown): Promise<PostOutcome> {
  const read = readActivity(body);
  if (read.kind === 'refused') return { kind: 'refused', fault: badArgument(read.reason) };
  if (read.kind === 'ignored') return { kind: 'taken', activityId: activityIdOf(pass.conversationId, 0) };
  const waitSeconds = needs.limits.message(pass, address, needs.now());
  if (waitSeconds > 0) {
    await sayRefused(needs, pass, address);
    return { kind: 'refused', fault: tooMany(waitSeconds) };
  }

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
    const opened = await acceptOpened(needs, pass, address, inbound);
    if (opened.kind === 'refused') return opened;
    if (opened.kind === 'no-such-conversation') return { kind: 'refused', fault: FAULTS.noSuchPath };
    if (opened.kind === 'accepted')
      needs.accepted(pass, { seq: opened.seq, activity: customerActivity(pass.conversationId, { ...inbound, ...opened }, pass.user) });
    return { kind: 'taken', activityId: activityIdOf(pass.conversationId, opened.seq) };
  });
}

type Opened = Accepted | { readonly kind: 'refused'; readonly fault: Fault };

/** A client that skipped the start, or whose conversation a restored store has forgotten, is started now. */
async function acceptOpened(needs: CustomerPostNeeds, pass: Pass, address: string, inbound: Inbound): Promise<Opened> {
  const accepted = await acceptOne(needs.accept, inbound);
  if (accepted.kind !== 'no-such-conversation') return accepted;
  const started = await needs.start(pass, address);
  return started.kind === 'refused' ? started : acceptOne(needs.accept, inbound);
}

/** The refused message is kept nowhere; once a minute the bot is told, so that the customer hears why. */
async function sayRefused({ limits, accept, happened, failed, ...needs }: CustomerPostNeeds, pass: Pass, address: string): Promise<void> {
  const { conversationId } = pass;
  const at = instantOf(needs.now());
  const name = limits.refusal(pass, address, at);
  if (name === null) return;
  const event: Inbound = {
    id: needs.makeIdentifier(),
    conversationId,
    channel: 'web-chat',
    channelMessageId: name,
    sender: 'system',
    body: { kind: 'event', event: 'messages-refused' },
    at,
  };
  try {
    if ((await acceptOne(accept, event)).kind === 'accepted') happened(conversationId);
  } catch (error) {
    // The answer is 429 all the same.
    failed('web-chat.refusal-unsaid', error);
  }
}

/** Makes one message durable. */
export async function acceptOne(accept: Accept, inbound: Inbound): Promise<Accepted> {
  const [accepted] = await accept([inbound]);
  if (accepted === undefined) throw new Error('invariant: accept answers for every message');
  return accepted;
}
