/**
 * A tap on a button under one of our messages, as the text it stands for. It counts only where that message did offer that
 * choice to this customer, and once however often it is told; then what was tapped stands where the buttons were.
 */
import { z } from 'zod';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Choice } from '../../turn/message.ts';
import type { Accept } from '../../turn/ports.ts';
import type { CallSlack } from './api.ts';
import { buttonValue, choiceOfAction, tappedBlock } from './customer-blocks.ts';
import type { DirectChannels } from './customer-channels.ts';
import { type CustomerReceipt, customerConversationOf } from './customer-receive.ts';

export type ChoiceReceiveNeeds = {
  readonly secret: Buffer;
  readonly accept: Accept;
  /** A choice under one of our messages, the first being 1; null when there is none. */
  readonly offered: (conversationId: Identifier, seq: number, number: number) => Promise<Choice | null>;
  readonly channels: Pick<DirectChannels, 'learn'>;
  readonly call: CallSlack;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
};

/** A `block_actions` payload as the platform sends it. Resolves when it is durable; throws when it could not be made so. */
export type ChoiceReceive = (payload: unknown) => Promise<CustomerReceipt>;

const IGNORED = { kind: 'ignored' } as const;

const tapped = z.looseObject({
  type: z.literal('block_actions'),
  user: z.looseObject({ id: z.string(), team_id: z.string().optional() }),
  team: z.looseObject({ id: z.string() }).nullable(),
  channel: z.looseObject({ id: z.string() }),
  message: z.looseObject({ ts: z.string(), text: z.string().catch(''), blocks: z.array(z.looseObject({ type: z.string() })).catch([]) }),
  actions: z.array(z.looseObject({ action_id: z.string(), value: z.string(), action_ts: z.string() })).min(1),
});
type Tapped = z.infer<typeof tapped>;

export function createChoiceReceive(needs: ChoiceReceiveNeeds): ChoiceReceive {
  const { secret, accept, offered, channels, call, turnSoon, makeIdentifier, now } = needs;
  return async (payload) => {
    const read = tapped.safeParse(payload);
    const [action] = read.data?.actions ?? [];
    const place = choiceOfAction(action?.action_id ?? '');
    if (!read.success || action === undefined || place === null) return IGNORED;
    const { user, team, channel } = read.data;
    const conversationId = customerConversationOf(secret, team?.id ?? user.team_id ?? '', user.id);
    const choice = await offered(conversationId, place.seq, place.number);
    if (choice === null || buttonValue(choice.value) !== action.value) return IGNORED;
    channels.learn(user.id, channel.id);
    const [accepted] = await accept([
      {
        id: makeIdentifier(),
        conversationId,
        channel: 'slack',
        channelMessageId: `tap:${channel.id}:${action.action_ts}:${place.seq}.${place.number}`,
        sender: 'customer',
        body: { kind: 'text', text: choice.value },
        at: now(),
      },
    ]);
    turnSoon(conversationId);
    // Nobody waits for it: the tap counts, whatever the buttons look like.
    void show(read.data, choice.label);
    return { kind: 'kept', conversationId, isNew: accepted?.kind === 'accepted' };
  };

  async function show({ channel, message }: Tapped, label: string): Promise<void> {
    const blocks = [...message.blocks.filter((it) => it.type !== 'actions'), tappedBlock(label)];
    await call('chat.update', { channel: channel.id, ts: message.ts, text: message.text, blocks });
  }
}
