/**
 * Calls that a notice can settle are settled by one: by a template of the platform the customer is on, else by text
 * message; what none of these gets through stays a call for a person. In the quiet hours only what can't wait for their
 * end is sent.
 */
import type { Appliance } from '../domain/appliance.ts';
import type { Identifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE, SECOND } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import { unreachable } from '../domain/unreachable.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';

/** What is to be told. */
type DueNotice = {
  readonly id: Identifier;
  /** This one counted. */
  readonly tries: number;
  /** Why, as the call has it. */
  readonly reason: string;
  readonly text: string;
  /** Null when nobody knows a number. */
  readonly phone: string | null;
  /** The customer's chat on a channel that has a way of its own; null where there is none, and for engineers. */
  readonly chat: { readonly conversationId: Identifier; readonly channel: ChatChannel; readonly externalId: string } | null;
  readonly ticket: string;
  readonly appliance: Appliance | null;
  /** Of the ticket's booked visit, null when none is booked. */
  readonly window: VisitWindow | null;
};

/** `again`: not now; `refused`: not by this way. */
type NoticeResult = { readonly kind: 'sent' } | { readonly kind: 'again' } | { readonly kind: 'refused' };

/**
 * The ways there are besides a person. `id` is the key of "once". Each may throw, then it is `again`; their limits of time
 * must together be below the hold.
 */
export type NoticeWays = {
  /** Outside the time in which the channel may speak; a channel adds itself. */
  readonly byChannel: Readonly<Partial<Record<ChatChannel, (notice: ChatNotice) => Promise<NoticeResult>>>>;
  /** Null: the house has no gateway. */
  readonly sms: ((notice: { readonly id: Identifier; readonly phone: string; readonly text: string }) => Promise<NoticeResult>) | null;
};

type ChatNotice = Pick<DueNotice, 'id' | 'reason' | 'text' | 'ticket' | 'appliance' | 'window'> & {
  readonly conversationId: Identifier;
  readonly externalId: string;
};

export type Notices = {
  /**
   * Takes open tasks with a notice, counts the try; nobody else gets them while the hold lasts. `dueBy` null: whenever they
   * are due. Without `phones` only those of customers with a chat on one of the channels.
   */
  readonly claim: (wanted: {
    readonly now: Instant;
    readonly holdMilliseconds: number;
    readonly dueBy: Instant | null;
    readonly channels: readonly ChatChannel[];
    readonly phones: boolean;
    readonly triesMax: number;
    readonly max: number;
  }) => Promise<readonly DueNotice[]>;
  readonly done: (taskId: Identifier, at: Instant) => Promise<void>;
  readonly tryAgain: (taskId: Identifier, at: Instant) => Promise<void>;
  /** The task stays open for a person. */
  readonly giveUp: (taskId: Identifier, triesMax: number) => Promise<void>;
  /** The task is over, though nobody was told: it is no reason to phone. */
  readonly drop: (taskId: Identifier, at: Instant) => Promise<void>;
};

export type NotifierNeeds = {
  readonly notices: Notices;
  readonly noticeWays: NoticeWays;
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

type Way = () => Promise<NoticeResult>;

/** One round: every notice that is due. */
export function createNotifier(needs: NotifierNeeds): () => Promise<void> {
  return async () => {
    const now = needs.now();
    const ways = { channels: channelsOf(needs.noticeWays), phones: needs.noticeWays.sms !== null };
    if (ways.channels.length === 0 && !ways.phones) return;
    const dueBy = quietUntil(now, needs.policy, needs.timeZone);
    const hold = { holdMilliseconds: HOLD_MILLISECONDS, triesMax: TRIES_MAX, max: NOTICES_MAX };
    const due = await needs.notices.claim({ now, dueBy, ...ways, ...hold });
    const failed = (error: unknown) => needs.log('notice-put-off', failureOf(error));
    await Promise.all(due.map((notice) => oneByOne([notice], failed, (it) => tell(it, needs))));
  };
}

/** A way that can't is followed by the next at once; one that can't now has its tries, and the last of them passes on too. */
async function tell(notice: DueNotice, { notices, noticeWays, now, log }: NotifierNeeds): Promise<void> {
  const { id, tries } = notice;
  for (const way of waysFor(notice, noticeWays)) {
    const result = await way().catch(() => ({ kind: 'again' }) as const);
    switch (result.kind) {
      case 'sent':
        return await notices.done(id, now());
      case 'again':
        log('notice-not-sent', { taskId: id, tries });
        if (tries < TRIES_MAX) return await notices.tryAgain(id, instantOf(now() + BACKOFF_FIRST_MILLISECONDS * 2 ** (tries - 1)));
        break;
      case 'refused':
        log('notice-refused', { taskId: id, tries });
        break;
      default:
        return unreachable(result);
    }
  }
  if (isUnphoned(notice)) await notices.drop(id, now());
  else await notices.giveUp(id, TRIES_MAX);
}

function waysFor(notice: DueNotice, { byChannel, sms }: NoticeWays): readonly Way[] {
  const { id, phone, text, chat } = notice;
  const ways: Way[] = [];
  const template = chat === null ? undefined : byChannel[chat.channel];
  if (chat !== null && template !== undefined) {
    const { conversationId, externalId } = chat;
    const { reason, ticket, appliance, window } = notice;
    ways.push(() => template({ id, reason, text, ticket, appliance, window, conversationId, externalId }));
  }
  if (sms !== null && phone !== null && !isUnphoned(notice)) ways.push(() => sms({ id, phone, text }));
  return ways;
}

/** A question of the bot's that waits in the chat: a text message can't be answered, and nobody is phoned about it. */
function isUnphoned({ reason }: DueNotice): boolean {
  return reason === 'survey';
}

function channelsOf({ byChannel }: NoticeWays): readonly ChatChannel[] {
  return Object.keys(byChannel) as ChatChannel[];
}
