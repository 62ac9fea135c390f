/**
 * Calls that a text message can settle are settled by one, where the house has a gateway; what it can't get through
 * stays a call for a person. In the quiet hours only what can't wait for their end is sent.
 */
import type { Identifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE, SECOND } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import { unreachable } from '../domain/unreachable.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';

/** `id` is the key of "once". `again`: not now; `refused`: never. May throw, then it is `again`. Its own limit of time must be below 20 s. */
export type Notify = (notice: {
  readonly id: Identifier;
  readonly phone: string;
  readonly text: string;
}) => Promise<{ readonly kind: 'sent' } | { readonly kind: 'again' } | { readonly kind: 'refused' }>;

type DueNotice = {
  readonly id: Identifier;
  /** This one counted. */
  readonly tries: number;
  /** Null when nobody knows a number. */
  readonly phone: string | null;
  readonly text: string;
};

export type Notices = {
  /** Takes open tasks with a notice, counts the try; nobody else gets them while the hold lasts. `dueBy` null: whenever they are due. */
  readonly claim: (wanted: {
    readonly now: Instant;
    readonly holdMilliseconds: number;
    readonly dueBy: Instant | null;
    readonly triesMax: number;
    readonly max: number;
  }) => Promise<readonly DueNotice[]>;
  readonly done: (taskId: Identifier, at: Instant) => Promise<void>;
  readonly tryAgain: (taskId: Identifier, at: Instant) => Promise<void>;
  /** The task stays open for a person. */
  readonly giveUp: (taskId: Identifier, triesMax: number) => Promise<void>;
};

export type NotifierNeeds = {
  readonly notices: Notices;
  readonly notify: Notify;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly log: Log;
};

const NOTICES_MAX = 20;
const TRIES_MAX = 5;
const HOLD_MILLISECONDS = 30 * SECOND;
/** Twice as long after each try: half a minute, one, two, four. */
const BACKOFF_FIRST_MILLISECONDS = MINUTE / 2;

/** One round: every notice that is due. */
export function createNotifier(needs: NotifierNeeds): () => Promise<void> {
  return async () => {
    const now = needs.now();
    const dueBy = quietUntil(now, needs.policy, needs.timeZone);
    const due = await needs.notices.claim({ now, holdMilliseconds: HOLD_MILLISECONDS, dueBy, triesMax: TRIES_MAX, max: NOTICES_MAX });
    const failed = (error: unknown) => needs.log('notice-put-off', failureOf(error));
    await Promise.all(due.map((notice) => oneByOne([notice], failed, (it) => send(it, needs))));
  };
}

async function send({ id, tries, phone, text }: DueNotice, { notices, notify, now, log }: NotifierNeeds): Promise<void> {
  if (phone === null) return await notices.giveUp(id, TRIES_MAX);
  const result = await notify({ id, phone, text }).catch(() => ({ kind: 'again' }) as const);
  switch (result.kind) {
    case 'sent':
      return await notices.done(id, now());
    case 'again':
      log('notice-not-sent', { taskId: id, tries });
      return await notices.tryAgain(id, instantOf(now() + BACKOFF_FIRST_MILLISECONDS * 2 ** (tries - 1)));
    case 'refused':
      log('notice-refused', { taskId: id, tries });
      return await notices.giveUp(id, TRIES_MAX);
    default:
      return unreachable(result);
  }
}
