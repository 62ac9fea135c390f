/**
 * When a customer is reminded of a visit: the evening before, and on the day some time ahead of the window. On the day
 * nobody is disturbed in the *quiet hours*, which may run over midnight.
 */
import { addDays, clockMinutes, instantAt, localDayOf, type Span, spanOfDay } from './business-calendar.ts';
import { type Instant, instantOf, MINUTE } from './instant.ts';
import type { Policy } from './policy.ts';
import type { VisitWindow } from './visit-window.ts';

export type ReminderKind = 'day-before' | 'on-day';

/** `onDay` is null when the quiet hours leave no time for it: then the evening before is enough. */
export type ReminderTimes = { readonly dayBefore: Instant; readonly onDay: Instant | null };

type ReminderPolicy = Pick<Policy, 'reminders' | 'quietHours'>;

/** Put off to the end of the quiet hours, a reminder still comes this long before the window or not at all. */
const NOTICE_MINUTES_MIN = 30;

/** Both reminders of a window. */
export function reminderTimes(window: VisitWindow, policy: ReminderPolicy, timeZone: string): ReminderTimes {
  const day = localDayOf(window.from, timeZone);
  return {
    dayBefore: instantAt(addDays(day, -1), clockMinutes(policy.reminders.dayBeforeAt), timeZone),
    onDay: onDayOf(window, spanOfDay(day, timeZone).from, policy, timeZone),
  };
}

/**
 * The reminder to send now, with the time it was due, or null. One that is late (nobody was there to send it) gives way
 * to the next; it is sent in quiet hours only when no other follows, and the evening's never on the day itself.
 */
export function reminderDue(
  window: VisitWindow,
  now: Instant,
  policy: ReminderPolicy,
  timeZone: string,
): { readonly when: ReminderKind; readonly dueAt: Instant } | null {
  if (now >= window.from) return null;
  const { dayBefore, onDay } = reminderTimes(window, policy, timeZone);
  const isQuiet = (at: Instant) => quietUntil(at, policy, timeZone) !== null;
  if (onDay !== null && onDay <= now) return isQuiet(now) ? null : { when: 'on-day', dueAt: onDay };
  const midnight = spanOfDay(localDayOf(window.from, timeZone), timeZone).from;
  if (now < dayBefore || now >= midnight) return null;
  // The policy's own clock time is right whatever the quiet hours say.
  const lateIntoQuiet = isQuiet(now) && !isQuiet(dayBefore);
  return lateIntoQuiet && onDay !== null ? null : { when: 'day-before', dueAt: dayBefore };
}

/** The end of the quiet hours `at` lies in, or null outside them. */
export function quietUntil(at: Instant, { quietHours }: Pick<Policy, 'quietHours'>, timeZone: string): Instant | null {
  const today = localDayOf(at, timeZone);
  const spans = [addDays(today, -1), today].map((day): Span => {
    const [from, to] = [clockMinutes(quietHours.from), clockMinutes(quietHours.to)];
    return { from: instantAt(day, from, timeZone), to: instantAt(to < from ? addDays(day, 1) : day, to, timeZone) };
  });
  return spans.find((it) => it.from <= at && at < it.to)?.to ?? null;
}

function onDayOf(window: VisitWindow, midnight: Instant, policy: ReminderPolicy, timeZone: string): Instant | null {
  const wanted = instantOf(Math.max(midnight, window.from - policy.reminders.onDayMinutes * MINUTE));
  const until = quietUntil(wanted, policy, timeZone);
  if (until === null) return wanted;
  return until <= window.from - NOTICE_MINUTES_MIN * MINUTE ? until : null;
}
