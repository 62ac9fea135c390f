/**
 * Posts what waits in the lanes of the staff's chat, one message a second and channel, and keeps the cards there up to date.
 * An answer that was lost is looked for before anything is posted again. What the platform will not have is tried as plain text,
 * then each post of it alone; in place of the one that is refused even so stands a line that says so.
 */
import type { StaffBatch, StaffPosts } from '../../desk/staff-chat.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { type Instant, instantOf, SECOND } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { StaffWord } from '../../wording/staff/render.ts';
import type { CallSlack } from './api.ts';
import { isThreadGone, refusalOf } from './faults.ts';
import { findPost } from './find-post.ts';
import { FAULT_MILLISECONDS, FINE, type Left, PACE_MILLISECONDS, type RenderPosts } from './lane.ts';
import { hashOf, plainOf, type Shown } from './shown.ts';
import { updateCards } from './update-cards.ts';

export type ServeLanesNeeds = {
  readonly posts: StaffPosts;
  readonly call: CallSlack;
  readonly render: RenderPosts;
  readonly word: StaffWord;
  readonly holder: Identifier;
  readonly now: () => Instant;
  readonly log: (event: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
};

const LANES_MAX = 20;
/** Longer than a round over one lane takes; as long as a lane rests whose process died. */
const HOLD_MILLISECONDS = 15 * SECOND;
/** After this a round changes no further card: one call more still ends within the hold. */
const ROUND_MILLISECONDS_MAX = 8 * SECOND;
const POSTS_MAX = 30;
/** One call a lane: a platform that is back is found soon. */
const BACKOFF_MAX_MILLISECONDS = 10 * SECOND;

const METADATA_TYPE = 'baoxiu_post';

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
  const shown = shownOf(batch, made.shown, needs);
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

function shownOf({ id, refusal }: StaffBatch, made: Shown, { plain, word }: Serving): Shown {
  if (refusal !== null) return { text: word('thread.unshown', { code: refusal }), blocks: [] };
  return plain.has(id) ? plainOf(made) : made;
}

async function post(batch: StaffBatch, shown: Shown, needs: Serving): Promise<Left> {
  const { posts, now } = needs;
  const [first] = batch.posts;
  const called = await needs.call<{ readonly ts: string }>('chat.postMessage', {
    channel: first?.lane,
    thread_ts: first?.threadTs ?? undefined,
    ...shown,
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

/** As plain text, then one by one, then something in its place; what even that is refused for, or has no place, will never be. */
async function refused(batch: StaffBatch, shown: Shown, error: string, { posts, plain, now, log }: Serving): Promise<Left> {
  await posts.failed(batch.id, { isDoubtful: false });
  if (refusalOf(error) !== 'message') return { nextAt: instantOf(now() + FAULT_MILLISECONDS), fault: error };
  log('staff-post-refused', { postId: batch.id, posts: batch.posts.length, error });
  if (shown.blocks.length > 0 && !isThreadGone(error)) plain.add(batch.id);
  else {
    plain.delete(batch.id);
    if (isThreadGone(error) || callsPeople(batch) || batch.refusal !== null) await posts.giveUp(batch.id, batch.refusal ?? error);
    else if (batch.posts.length > 1) await posts.split(batch.id);
    else await posts.replace(batch.id, error);
  }
  return { nextAt: instantOf(now() + PACE_MILLISECONDS), fault: null };
}

/** A call that nobody can read is none: people are called another way. */
function callsPeople({ posts }: StaffBatch): boolean {
  return posts.some((it) => it.pageId !== null);
}

/** Nobody knows whether it arrived. */
async function putOff(batch: StaffBatch, { posts, now }: Serving): Promise<Left> {
  await posts.failed(batch.id, { isDoubtful: true });
  return { nextAt: instantOf(now() + Math.min(SECOND * 2 ** batch.tries, BACKOFF_MAX_MILLISECONDS)), fault: 'no_answer' };
}
