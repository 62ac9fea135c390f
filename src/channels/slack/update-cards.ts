/**
 * Keeps the cards of a lane up to date. A card whose blocks are refused shows the same as plain text, and is tried with blocks
 * again when it changes next.
 */
import type { StaffCard, StaffPosts } from '../../desk/staff-chat.ts';
import { type Instant, instantOf, SECOND } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { Called, CallSlack } from './api.ts';
import { refusalOf } from './faults.ts';
import { FAULT_MILLISECONDS, FINE, type Left, PACE_MILLISECONDS, type RenderPosts } from './lane.ts';
import { hashOf, plainOf, type Shown } from './shown.ts';

export type UpdateCardsNeeds = {
  readonly posts: Pick<StaffPosts, 'cards' | 'shown'>;
  readonly call: CallSlack;
  readonly render: Pick<RenderPosts, 'cards'>;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

const CARDS_MAX = 200;
/** Changes of cards have a pace of their own at the platform. */
const UPDATES_MAX = 5;
const BACKOFF_MILLISECONDS = 5 * SECOND;
/** Somebody took it away. */
const GONE = 'message_not_found';

/** Changes what differs, as far as it gets until then. */
export async function updateCards(lane: string, until: Instant, needs: UpdateCardsNeeds): Promise<Left> {
  const { posts, render, now } = needs;
  const cards = await posts.cards(lane, CARDS_MAX);
  if (cards.length === 0) return FINE;
  const wanted = await render.cards(cards);
  let updates = 0;
  for (const card of cards) {
    const it = wanted.get(card.id);
    if (it === undefined) continue;
    const hash = hashOf(it.shown);
    if (hash === card.shown) {
      if (it.isFinal) await posts.shown(card.id, hash, true);
      continue;
    }
    if (++updates > UPDATES_MAX || now() > until) return { nextAt: instantOf(now() + PACE_MILLISECONDS), fault: null };
    const called = await update(card, it.shown, needs);
    switch (called.kind) {
      case 'ok':
        await posts.shown(card.id, hash, it.isFinal);
        break;
      case 'busy':
        return { nextAt: instantOf(now() + called.afterMilliseconds), fault: null };
      case 'unknown':
        // To show the same once more does no harm.
        return { nextAt: instantOf(now() + BACKOFF_MILLISECONDS), fault: 'no_answer' };
      case 'refused':
        if (refusalOf(called.error) !== 'message') return { nextAt: instantOf(now() + FAULT_MILLISECONDS), fault: called.error };
        await posts.shown(card.id, hash, it.isFinal || called.error === GONE);
        break;
      default:
        return unreachable(called);
    }
  }
  return FINE;
}

/** Once more as plain text where the platform will not have it as it is. */
async function update({ id, lane, ts }: StaffCard, shown: Shown, { call, log }: UpdateCardsNeeds): Promise<Called<object>> {
  const called = await call('chat.update', { channel: lane, ts, ...shown });
  if (called.kind !== 'refused' || refusalOf(called.error) !== 'message') return called;
  log('staff-card-refused', { postId: id, error: called.error });
  return called.error === GONE ? called : await call('chat.update', { channel: lane, ts, ...plainOf(shown) });
}
