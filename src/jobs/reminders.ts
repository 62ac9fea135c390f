/**
 * Reminds customers of their visits, the evening before and on the day, in their chat or, where there is none, by
 * somebody who phones. The key is the visit and which reminder it is, so a restart repeats none and loses none.
 */
import type { Appliance } from '../domain/appliance.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { DAY, type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { type ReminderKind, reminderDue } from '../domain/reminder-time.ts';
import type { ChatChannel } from '../domain/ticket.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { Inbound } from '../turn/message.ts';
import type { Accept, NewContactTask } from '../turn/ports.ts';
import { failureOf, type Log, oneByOne } from './failure.ts';
import type { PutInWords } from './notice.ts';

type Visit = {
  readonly appointmentId: Identifier;
  readonly ticketId: Identifier;
  /** Number of the first ticket, one with a chat before one without. */
  readonly ticket: string;
  readonly appliance: Appliance | null;
  readonly chat: Chat | null;
};

type Chat = { readonly conversationId: Identifier; readonly channel: ChatChannel };

export type Reminders = {
  /** The windows of booked visits that begin after `after`, until `until`. */
  readonly windows: (after: Instant, until: Instant) => Promise<readonly VisitWindow[]>;
  /** Visits of a window that were booked by an instant and not reminded in this way yet. */
  readonly visits: (window: VisitWindow, when: ReminderKind, bookedBy: Instant, max: number) => Promise<readonly Visit[]>;
  readonly mark: (appointmentIds: readonly Identifier[], when: ReminderKind) => Promise<void>;
  /** Opens the task and marks the visit, both or neither. */
  readonly callInstead: (appointmentId: Identifier, when: ReminderKind, task: NewContactTask, at: Instant) => Promise<void>;
};

export type RemindersNeeds = {
  readonly reminders: Reminders;
  readonly accept: Accept;
  readonly turnSoon: (conversationId: Identifier) => void;
  readonly putInWords: PutInWords;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
  readonly now: () => Instant;
  readonly log: Log;
};

const VISITS_MAX = 100;
/** The evening before is never further ahead of a window. */
const AHEAD_DAYS = 2;
const CALL_BEFORE_MINUTES = 30;

/** One round: every reminder that is due. */
export function createReminders(needs: RemindersNeeds): () => Promise<void> {
  const { reminders, policy, timeZone } = needs;
  return async () => {
    const now = needs.now();
    const failed = (error: unknown) => needs.log('reminder-put-off', failureOf(error));
    await oneByOne(await reminders.windows(now, instantOf(now + AHEAD_DAYS * DAY)), failed, async (window) => {
      const due = reminderDue(window, now, policy, timeZone);
      if (due === null) return;
      // Who booked after the reminder's time has just been told.
      const visits = await reminders.visits(window, due.when, due.dueAt, VISITS_MAX);
      await remind(visits, due.when, now, needs);
      const uncharted = visits.filter((it) => it.chat === null);
      await oneByOne(uncharted, failed, (it) =>
        reminders.callInstead(it.appointmentId, due.when, taskOf(it, window, due.when, now, needs), now),
      );
    });
  };
}

async function remind(visits: readonly Visit[], when: ReminderKind, now: Instant, needs: RemindersNeeds): Promise<void> {
  const told = visits.flatMap((it) => (it.chat === null ? [] : [{ ...it, chat: it.chat }]));
  const inbounds = told.map(
    ({ appointmentId, chat }): Inbound => ({
      id: needs.makeIdentifier(),
      ...chat,
      channelMessageId: keyOf(appointmentId, when),
      sender: 'system',
      body: { kind: 'event', event: 'reminder', appointmentId, when },
      at: now,
    }),
  );
  await needs.accept(inbounds);
  await needs.reminders.mark(
    told.map((it) => it.appointmentId),
    when,
  );
  for (const { chat } of told) needs.turnSoon(chat.conversationId);
}

function taskOf(visit: Visit, window: VisitWindow, when: ReminderKind, now: Instant, needs: RemindersNeeds): NewContactTask {
  const { ticket, appliance } = visit;
  return {
    id: needs.makeIdentifier(),
    ticketId: visit.ticketId,
    whom: { kind: 'customer' },
    reason: 'reminder',
    notice: needs.putInWords({ kind: 'reminder', when, ticket, appliance, window }),
    dueAt: instantOf(Math.max(now, window.from - CALL_BEFORE_MINUTES * MINUTE)),
    onceKey: keyOf(visit.appointmentId, when),
  };
}

function keyOf(appointmentId: Identifier, when: ReminderKind): string {
  return `reminder:${appointmentId}:${when}`;
}
