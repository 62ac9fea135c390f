/**
 * In which time we may speak, and how often still. Nothing of it is written when a customer does something: a *window*
 * is opened by their last message, and another by their last click, follow or scan, which are both in the transcript;
 * what was taken since, and whether the platform has said no since, are rows of `platform_send`.
 */
import type { Instant } from '../../domain/instant.ts';
import type { SendQuota } from '../../turn/platform-ports.ts';
import { timestamp } from '../connection.ts';

/** The first parameters of a statement with `SEND_WINDOW` in it, $1 to $5. */
export function windowParameters(at: Instant, { perMessage, messageHours, perEvent, eventMinutes }: SendQuota): readonly unknown[] {
  return [timestamp(at), perMessage, messageHours, perEvent, eventMinutes];
}

/**
 * A click is looked for only where something happened since its window would have opened, and among so many last rows:
 * most conversations have been quiet for long.
 */
const ROWS_AFTER_EVENT_MAX = 100;
const LAST_ROW_AT = 'select l.created_at from message l where l.conversation_id = c.id order by l.seq desc limit 1';

/** The platform numbers its messages; what has no number is known by who, when and what (see the channel's `received.ts`). */
const IS_MESSAGE = "m.channel_message_id ~ '^[0-9]+$'";
const IS_EVENT = `not (${IS_MESSAGE}) and (m.sender = 'customer' or m.channel_message_id ~ '^[^:]+:[0-9]+:(CLICK|SCAN|subscribe):')`;

/**
 * Of conversation `c` the window with the most sends left, and of two alike the longer one: `sends`, above 0, and `until`.
 * No row when nothing may be said. The window of a message and that of a click count for themselves: a click after the
 * platform's no, or after the last send of a message, is good for its own few.
 */
export const SEND_WINDOW = `
select w.sends, w.until from (
  select o.until, o.allowed - (
    select count(*) from platform_send s where s.conversation_id = c.id and s.at >= o.at and (s.outcome in ('taken', 'sent')) is true
  )::int as sends
  from (
    (select $2::int as allowed, m.created_at as at, m.created_at + $3::float8 * interval '1 hour' as until
     from message m where m.conversation_id = c.id and (m.direction = 'in' and ${IS_MESSAGE}) is true
     order by m.seq desc limit 1)
    union all
    (select $4::int, m.created_at, m.created_at + $5::float8 * interval '1 minute'
     from (
       select l.seq, l.direction, l.sender, l.channel_message_id, l.created_at
       from message l where l.conversation_id = c.id order by l.seq desc limit ${ROWS_AFTER_EVENT_MAX}
     ) m
     where (${LAST_ROW_AT}) > $1::timestamptz - $5::float8 * interval '1 minute' and m.direction = 'in' and ${IS_EVENT}
     order by m.seq desc limit 1)
  ) o
  where o.until > $1::timestamptz and not exists (
    select from platform_send s where s.conversation_id = c.id and s.at >= o.at and (s.outcome = 'shut') is true
  )
) w
where w.sends > 0
order by w.sends desc, w.until desc limit 1`;
