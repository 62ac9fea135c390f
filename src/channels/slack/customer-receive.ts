/**
 * What a customer wrote to the bot, made durable under the platform's own key before the platform hears that we have it. The
 * same message comes again under other event ids: it is known by its channel and `ts`, and counts once.
 */
import { createHmac } from 'node:crypto';
import { type Identifier, identifierFrom, type MakeIdentifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { Inbound, InboundBody } from '../../turn/message.ts';
import type { AcceptWithRemoteMedia } from '../../turn/platform-ports.ts';
import type { Accept, Accepted, OpenConversation } from '../../turn/ports.ts';
import type { DirectChannels } from './customer-channels.ts';
import { type CustomerSaid, customerEventOf } from './customer-event.ts';
import { type Put, putsOf, putsWithoutFiles, textBody } from './customer-puts.ts';

export type CustomerReceiveNeeds = {
  /** 32 bytes that only this desk knows: nobody can tell a conversation's id from a user's. */
  readonly secret: Buffer;
  readonly openConversation: OpenConversation;
  readonly accept: Accept;
  readonly acceptWithRemoteMedia: AcceptWithRemoteMedia;
  readonly channels: Pick<DirectChannels, 'learn'>;
  readonly turnSoon: (conversationId: Identifier, hurry?: 'at-once') => void;
  /** Something is to be fetched from the platform. */
  readonly filesSoon: () => void;
  readonly tellsOfDanger: (text: string) => boolean;
  readonly policy: Pick<Policy, 'limits'>;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
};

export type CustomerReceipt =
  | { readonly kind: 'kept'; readonly conversationId: Identifier; readonly isNew: boolean }
  /** Nothing anybody answers. */
  | { readonly kind: 'ignored' };

/** An event, without its envelope, and the workspace it came from. Resolves when it is durable; throws when it could not be made so. */
export type CustomerReceive = (event: unknown, teamId: string) => Promise<CustomerReceipt>;

const IGNORED = { kind: 'ignored' } as const;

/** The conversation of a user with the bot. */
export function customerConversationOf(secret: Buffer, teamId: string, user: string): Identifier {
  return identifierFrom(0, createHmac('sha256', secret).update(`${teamId}:${user}`).digest());
}

export function createCustomerReceive(needs: CustomerReceiveNeeds): CustomerReceive {
  const { limits } = needs.policy;
  return async (event, teamId) => {
    const heard = customerEventOf(event);
    if (heard.kind === 'other') return IGNORED;
    const { user, channel } = heard.kind === 'opened' ? heard : heard.said;
    const conversationId = customerConversationOf(needs.secret, teamId, user);
    needs.channels.learn(user, channel);
    switch (heard.kind) {
      case 'said':
        return received(conversationId, heard.said, await keepSaid(conversationId, heard.said));
      case 'edited':
        return received(conversationId, heard.said, await keepEdited(conversationId, heard.said, heard.before));
      case 'opened':
        return await greet(conversationId, user);
      default:
        return unreachable(heard);
    }
  };

  function received(conversationId: Identifier, { text, files }: CustomerSaid, isNew: boolean): CustomerReceipt {
    needs.turnSoon(conversationId, needs.tellsOfDanger(text) ? 'at-once' : undefined);
    if (isNew && files.length > 0) needs.filesSoon();
    return { kind: 'kept', conversationId, isNew };
  }

  /** Who has written before opens the tab like anybody else: only the very first time is a hello. */
  async function greet(conversationId: Identifier, user: string): Promise<CustomerReceipt> {
    if (!(await open(conversationId, user))) return IGNORED;
    await needs.accept([inbound(conversationId, 'system', `start:${conversationId}`, { kind: 'event', event: 'conversation-started' })]);
    needs.turnSoon(conversationId);
    return { kind: 'kept', conversationId, isNew: true };
  }

  /** Whether any of it is new. */
  async function keepSaid(conversationId: Identifier, said: CustomerSaid): Promise<boolean> {
    const puts = putsOf(said, needs);
    let answers = await keepAll(puts);
    if (answers.some((it) => it.kind === 'no-such-conversation')) {
      await open(conversationId, said.user);
      answers = await keepAll(puts);
    }
    return answers.some((it) => it.kind === 'accepted');

    async function keepAll(wanted: readonly Put[]): Promise<readonly Accepted[]> {
      const kept: Accepted[] = [];
      for (const put of wanted) kept.push(...(await keep(put)));
      return kept;
    }

    async function keep(put: Put): Promise<readonly Accepted[]> {
      if (put.media.length === 0) return await needs.accept([inboundOf(put)]);
      const accepted = await needs.acceptWithRemoteMedia(inboundOf(put), put.media, limits.filesPerConversation);
      return accepted.kind === 'full' ? await needs.accept(putsWithoutFiles(put).map(inboundOf)) : [accepted];
    }

    function inboundOf({ part, body }: Put): Inbound {
      return inbound(conversationId, 'customer', keyOf(said) + part, body);
    }
  }

  /**
   * One that never came is the message itself. Else what was said is said: the customer hears, once a message, that the change
   * has to be a message of its own; only danger does not wait for that.
   */
  async function keepEdited(conversationId: Identifier, said: CustomerSaid, before: string): Promise<boolean> {
    if (await keepSaid(conversationId, said)) return true;
    const isDanger = needs.tellsOfDanger(said.text) && !needs.tellsOfDanger(before);
    const [accepted] = await needs.accept([
      isDanger
        ? inbound(conversationId, 'customer', `danger:${keyOf(said)}`, textBody(said.text, limits.messageCharacters))
        : inbound(conversationId, 'system', `edit:${keyOf(said)}`, { kind: 'event', event: 'message-edited' }),
    ]);
    return accepted?.kind === 'accepted';
  }

  /** Whether it was not there before. */
  async function open(conversationId: Identifier, user: string): Promise<boolean> {
    return (await needs.openConversation({ conversationId, channel: 'slack', externalId: user, at: needs.now() })).created;
  }

  function inbound(conversationId: Identifier, sender: Inbound['sender'], channelMessageId: string, body: InboundBody): Inbound {
    return { id: needs.makeIdentifier(), conversationId, channel: 'slack', channelMessageId, sender, body, at: needs.now() };
  }
}

function keyOf({ channel, ts }: CustomerSaid): string {
  return `${channel}:${ts}`;
}
