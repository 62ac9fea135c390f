/**
 * What a window asks for is done once, however often the window is sent: Slack leaves it open when our answer came too late, and
 * whoever presses again may be heard by another process. The first answer is kept with the other answers that are given once.
 */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Begun, OnceKeys, OnceRequest } from '../../desk/once.ts';
import type { StaffMember } from '../../desk/staff-member.ts';
import type { Instant } from '../../domain/instant.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { ModalView } from './blocks.ts';

export type Submitted =
  | { readonly kind: 'shown'; readonly view: ModalView }
  /** Text by field. */
  | { readonly kind: 'refused'; readonly errors: Readonly<Record<string, string>> };

/** A window as it was sent; `contents` is all that was filled in, and what it carried. */
type SentWindow = { readonly id: string; readonly contents: string };

const WAITS_MAX = 20;
const WAIT_MILLISECONDS = 50;

/**
 * Does the work or answers as before; what was refused may be mended and sent again. `work` is told when somebody began it and
 * was heard of no more: it may have been done then. `other-contents`: the window was sent before, filled in differently.
 */
export async function doOnce(
  { once, now }: { readonly once: OnceKeys; readonly now: () => Instant },
  member: StaffMember,
  { id, contents }: SentWindow,
  work: (begunBefore: Instant | null) => Promise<Submitted>,
): Promise<Submitted | { readonly kind: 'in-progress' | 'other-contents' }> {
  const requestHash = createHash('sha256').update(contents).digest();
  const request: OnceRequest = { staffId: member.id, key: `slack-window:${id}`, requestHash };
  const { at, begun } = await begin(once, request, now);
  switch (begun.kind) {
    case 'in-progress':
      return { kind: 'in-progress' };
    case 'other-request':
      return { kind: 'other-contents' };
    case 'answered':
      return { kind: 'shown', view: JSON.parse(begun.answer.body) as ModalView };
    case 'begun':
      break;
    default:
      return unreachable(begun);
  }
  const { hold } = begun;
  let done: Submitted;
  try {
    done = await work(hold.begunAt === at ? null : hold.begunAt);
  } catch (error) {
    await once.letGo(request, hold, now());
    throw error;
  }
  if (done.kind === 'refused') await once.drop(request, hold);
  else await once.answer(request, hold, { status: 200, body: JSON.stringify(done.view) }, now());
  return done;
}

/** Waits a moment for the first of two that came together. */
async function begin(once: OnceKeys, request: OnceRequest, now: () => Instant): Promise<{ readonly at: Instant; readonly begun: Begun }> {
  for (let waits = 0; ; waits++) {
    const at = now();
    const begun = await once.begin(request, at);
    if (begun.kind !== 'in-progress' || waits === WAITS_MAX) return { at, begun };
    await pause(WAIT_MILLISECONDS);
  }
}
