/**
 * Who has proved a ticket of another customer and got what they came for is offered, once for each ticket of a
 * conversation, to have the two accounts put together. The offer links nothing: the account known before is asked first.
 */
import type { FlowName } from '../../flows/registry.ts';
import type { Identifier } from '../domain/identifier.ts';
import { HOUR, type Instant, instantOf } from '../domain/instant.ts';
import { offer } from './draft.ts';
import type { LinkStanding } from './ports.ts';
import type { Turn } from './turn.ts';

const OFFERS_MAX = 20;

/** After a dialog has ended well; `proved` is the ticket proved in it just now. */
export async function offerLink(turn: Turn, flow: FlowName, proved: Identifier | null): Promise<void> {
  const { draft } = turn;
  // Nothing more to say beside another matter, a person, or an apology of ours.
  if (draft.state.stack.length > 0 || draft.owner !== 'bot' || draft.handoff !== null || draft.pages.length > 0) return;
  const ticketId = flow === 'progress' ? proved : draft.ticketChanges.map((it) => it.ticketId).find((it) => isProved(turn, it));
  if (ticketId == null) return;
  const standing = await linkStanding(turn, ticketId);
  const { linkOffers } = draft.state;
  const before = linkOffers.find((it) => it.ticketId === ticketId);
  if (before !== undefined && !(standing.kind === 'chat' && (standing.unansweredSince ?? 0) >= before.at)) return;
  if (standing.kind !== 'chat' && standing.kind !== 'person') return;
  const asksPerson = standing.kind === 'person';
  offer(draft, { key: asksPerson ? 'link.offer.person' : 'link.offer', data: {} }, [
    { label: { key: asksPerson ? 'choice.link.person' : 'choice.link', data: {} }, means: { type: 'LINK_WANTED', ticketId } },
  ]);
  const others = draft.state.linkOffers.filter((it) => it.ticketId !== ticketId);
  draft.state = { ...draft.state, linkOffers: [...others.slice(-OFFERS_MAX + 1), { ticketId, at: draft.now }] };
}

/** Number and phone were told in this conversation, and not too long ago. */
export function isProved({ draft }: Turn, ticketId: Identifier): boolean {
  return draft.state.proved.some((it) => it.ticketId === ticketId && it.until > draft.now);
}

export function linkStanding({ draft, needs }: Turn, ticketId: Identifier): Promise<LinkStanding> {
  const { policy, readings } = needs;
  return readings.linkStanding(draft.conversation.accountId, ticketId, openSince(draft.now, policy.proof.linkHours));
}

/** Questions asked before this have run out. */
export function openSince(now: Instant, linkHours: number): Instant {
  return instantOf(now - linkHours * HOUR);
}
