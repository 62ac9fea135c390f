/**
 * Turns of nobody, before customers reach us: what is learnt and compiled at first use costs a second, and no customer should
 * be the one who waits for it. Records are read as in any turn; nothing is written and nobody is told.
 */
import { instantOf } from '../domain/instant.ts';
import type { Inbound } from './message.ts';
import type { ConversationAtRevision } from './ports.ts';
import { takeTurn } from './take-turn.ts';
import type { TurnNeeds } from './turn.ts';

export type WarmUpNeeds = TurnNeeds & {
  readonly now: () => number;
  readonly log: (event: string, fields: { readonly error: string }) => void;
};

/** None of them ends in a ticket: its number would be missing later. */
const CHATS: readonly (readonly string[])[] = [
  ['你好', '我要报修', '空调不制冷，在北京市朝阳区望京街道阜通东大街6号院3号楼1501', '13800138000', '王小明', '明天下午', '换个时间'],
  ['你们几点下班？', '查进度', '查保修', '去年三月买的', '我要投诉', '师傅没来，也不说一声'],
  ['My fridge is leaking', 'how much is a visit?'],
];
/** A start that waits longer for this than customers would is no better. */
const MILLISECONDS_MAX = 5_000;

/** Resolves when it is warm, or when it has taken too long; never fails. */
export async function warmUp(needs: WarmUpNeeds): Promise<void> {
  const until = needs.now() + MILLISECONDS_MAX;
  // A model is somebody else's to wake, and is paid by the question.
  const own = { ...needs, propose: null };
  try {
    for (const chat of CHATS) await hold(chat, own, until);
  } catch (error) {
    needs.log('warm-up-failed', { error: error instanceof Error ? error.name : 'unknown' });
  }
}

async function hold(chat: readonly string[], needs: WarmUpNeeds, until: number): Promise<void> {
  let conversation = ofNobody(needs);
  for (const text of chat) {
    if (needs.now() > until) return;
    const { owner, state } = await takeTurn(conversation, [said(text, conversation, needs)], instantOf(needs.now()), false, needs);
    // As it would come back from the store.
    conversation = { ...conversation, owner, state: JSON.parse(JSON.stringify(state)) as unknown, revision: conversation.revision + 1 };
  }
}

function ofNobody({ makeIdentifier }: WarmUpNeeds): ConversationAtRevision {
  const [conversationId, accountId, customerId] = [makeIdentifier(), makeIdentifier(), makeIdentifier()];
  const nobody = { channel: 'terminal', externalId: 'nobody', owner: 'bot', revision: 0, state: null, unapplied: [] } as const;
  return { conversationId, accountId, customerId, ...nobody };
}

function said(text: string, { conversationId, channel }: ConversationAtRevision, { makeIdentifier, now }: WarmUpNeeds): Inbound {
  const id = makeIdentifier();
  return { id, conversationId, channel, channelMessageId: id, sender: 'customer', body: { kind: 'text', text }, at: instantOf(now()) };
}
