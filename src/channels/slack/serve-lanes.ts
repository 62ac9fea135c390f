/**
 * Posts what waits in the lanes of the staff's chat, one message a second and channel, and keeps the cards there up to date.
 * An answer that was lost is looked for before anything is posted again.
 */
import { createHash } from 'node:crypto';
import type { KnownBlock } from '@slack/web-api';
import type { StaffBatch, StaffCard, StaffPosts } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf, SECOND } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { CallSlack } from './api.ts';
import { refusalOf } from './faults.ts';
import { findPost } from './find-post.ts';

/** What a message shows. `text` is what notifications and old clients read. */
export type Shown = { readonly text: string; readonly blocks: readonly KnownBlock[] };

export type RenderPosts = {
  /** As many of the posts as one message holds, from the first on; null when nobody need hear it any more. */
  readonly batch: (batch: StaffBatch) => Promise<{ readonly ids: readonly Identifier[]; readonly shown: Shown } | null>;
  /** What cards ought to show; `isFinal`: it will not change any more. One that is left out stays as it is. */
  readonly cards: (cards: readonly StaffCard[]) => Promise<ReadonlyMap<Identifier, { readonly shown: Shown; readonly isFinal: boolean }>>;
};

export type ServeLanesNeeds = {
  readonly posts: StaffPosts;
  readonly call: CallSlack;
  readonly render: RenderPosts;
  readonly holder: Identifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

const LANES_MAX = 20;
/** Longer than a round over one lane takes; as long as a lane rests whose process died. */
const HOLD_MILLISECONDS = 15 * SECOND;
/** After this a round changes no further card: one call more still ends within the hold. */
const ROUND_MILLISECONDS_MAX = 8 * SECOND;
const PACE_MILLISECONDS = 1_050;
const POSTS_MAX = 30;
const CARDS_MAX = 200;
/** Changes of cards have a pace of their own at the platform. */
const UPDATES_MAX = 5;
/** One call a lane: a platform that is back is found soon. */
const BACKOFF_MAX_MILLISECONDS = 10 * SECOND;
const FAULT_MILLISECONDS = 15 * SECOND;
const CARDS_BACKOFF_MILLISECONDS = 5 * SECOND;

const METADATA_TYPE = 'baoxiu_post';

type Left = { readonly nextAt: Instant | null; readonly fault: string | null };

/** `plain`: batches whose blocks were refused. */
type Serving = ServeLanesNeeds & { readonly plain: Set<Identifier> };

/** One round over every lane that is free. */
export function createServeLanes(ports: ServeLanesNeeds): () => Promise<void> {
  const needs: Serving = { ...ports, plain: new Set() };
  const { posts, holder, now } = needs;
  return async () => {
    const lanes = await posts.takeLanes({ holder, now: now(), holdMilliseconds: HOLD_MILLISECONDS, max: LANES_MAX });
    await Promise.all(
      lanes.map(async ({ lane, fault }) => {
        let left: Left = { nextAt: instantOf(now() + SECOND), fault };
        try {
          left = await serve(lane, needs);
        } finally {
          await posts.letLaneGo(lane, holder, left, now());
        }
        if (left.fault !== fault)
          needs.log(left.fault === null ? 'staff-lane-mended' : 'staff-lane-fault', { lane, fault: left.fault ?? fault ?? '' });
      }),
    );
  };
}

async function serve(lane: string, needs: Serving): Promise<Left> {
  const until = instantOf(needs.now() + ROUND_MILLISECONDS_MAX);
  const posted = await postNext(lane, needs);
  if (posted !== null && posted.nextAt !== null && posted.fault !== null) return posted;
  const updated = await updateCards(lane, until, needs);
  return posted === null ? updated : { nextAt: later(posted.nextAt, updated.nextAt), fault: updated.fault };
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : instantOf(Math.max(a, b));
}

const FINE: Left = { nextAt: null, fault: null };

/** Null when nothing waits. */
async function postNext(lane: string, needs: Serving): Promise<Left | null> {
  const { posts, now } = needs;
  const batch = await posts.nextBatch(lane, POSTS_MAX);
  if (batch === null) return null;
  const made = await needs.render.batch(batch);
  const ids = batch.isBound || made === null ? batch.posts.map((it) => it.id) : made.ids;
  // From here on it may have arrived, whatever becomes of us.
  await posts.bind(batch.id, ids);
  if (made === null) {
    await posts.giveUp(batch.id, null);
    return FINE;
  }
  const shown = needs.plain.has(batch.id) ? plainOf(made.shown) : made.shown;
  if (batch.isDoubtful) {
    const found = await findPost(batch, needs.call);
    if (found.kind === 'refused') return { nextAt: instantOf(now() + FAULT_MILLISECONDS), fault: found.error };
    if (found.kind === 'unknown') return await putOff(batch, needs);
    if (found.kind === 'found') {
      await posts.posted(batch.id, found.ts, hashOf(shown), now());
      return FINE;
    }
  }
  return await post(batch, shown, needs);
}

async function post(batch: StaffBatch, shown: Shown, needs: Serving): Promise<Left> {
  const { posts, now } = needs;
  const [first] = batch.posts;
  const called = await needs.call<{ readonly ts: string }>('chat.postMessage', {
    channel: first?.lane,
    thread_ts: first?.threadTs ?? undefined,
    text: shown.text,
    blocks: shown.blocks,
    unfurl_links: false,
    unfurl_media: false,
    metadata: { event_type: METADATA_TYPE, event_payload: { id: batch.id } },
  });
  switch (called.kind) {
    case 'ok':
      await posts.posted(batch.id, called.body.ts, hashOf(shown), now());
      needs.plain.delete(batch.id);
      return { nextAt: instantOf(now() + PACE_MILLISECONDS), fault: null };
    case 'busy':
      await posts.failed(batch.id, { isDoubtful: false });
      return { nextAt: instantOf(now() + called.afterMilliseconds), fault: null };
    case 'unknown':
      return await putOff(batch, needs);
    case 'refused':
      return await refused(batch, shown, called.error, needs);
    default:
      return unreachable(called);
  }
}

/** What its blocks were refused for is posted as plain text; what even that is refused for never will be. */
async function refused(batch: StaffBatch, shown: Shown, error: string, { posts, plain, now, log }: Serving): Promise<Left> {
  await posts.failed(batch.id, { isDoubtful: false });
  if (refusalOf(error) !== 'message') return { nextAt: instantOf(now() + FAULT_MILLISECONDS), fault: error };
  log('staff-post-refused', { postId: batch.id, error });
  if (shown.blocks.length > 0) plain.add(batch.id);
  else {
    plain.delete(batch.id);
    await posts.giveUp(batch.id, error);
  }
  return { nextAt: instantOf(now() + PACE_MILLISECONDS), fault: null };
}

/** All that can be read on it, in one text. */
function plainOf({ text, blocks }: Shown): Shown {
  const texts = blocks.flatMap((it) => {
    if (it.type === 'section') return [it.text, ...(it.fields ?? [])].flatMap((field) => field?.text ?? []);
    return it.type === 'context' ? it.elements.flatMap((element) => ('text' in element ? element.text : [])) : [];
  });
  return { text: texts.length === 0 ? text : texts.join('\n'), blocks: [] };
}

/** Nobody knows whether it arrived. */
async function putOff(batch: StaffBatch, { posts, now }: Serving): Promise<Left> {
  await posts.failed(batch.id, { isDoubtful: true });
  return { nextAt: instantOf(now() + Math.min(SECOND * 2 ** batch.tries, BACKOFF_MAX_MILLISECONDS)), fault: 'no_answer' };
}

async function updateCards(lane: string, until: Instant, needs: Serving): Promise<Left> {
  const { posts, render, call, now } = needs;
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
    const { text, blocks } = it.shown;
    const called = await call('chat.update', { channel: lane, ts: card.ts, text, blocks });
    switch (called.kind) {
      case 'ok':
        await posts.shown(card.id, hash, it.isFinal);
        break;
      case 'busy':
        return { nextAt: instantOf(now() + called.afterMilliseconds), fault: null };
      case 'unknown':
        // To show the same once more does no harm.
        return { nextAt: instantOf(now() + CARDS_BACKOFF_MILLISECONDS), fault: 'no_answer' };
      case 'refused':
        if (refusalOf(called.error) !== 'message') return { nextAt: instantOf(now() + FAULT_MILLISECONDS), fault: called.error };
        needs.log('staff-card-refused', { postId: card.id, error: called.error });
        await posts.shown(card.id, hash, it.isFinal || called.error === 'message_not_found');
        break;
      default:
        return unreachable(called);
    }
  }
  return FINE;
}

function hashOf({ text, blocks }: Shown): string {
  return createHash('sha256')
    .update(JSON.stringify([text, blocks]))
    .digest('base64url')
    .slice(0, 22);
}
