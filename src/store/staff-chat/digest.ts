/** The figures of the morning, one statement: counts of rows, nothing that anybody said. */
import type { DigestFigures, LiveStatus, ReadDigest } from '../../desk/digest.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

/** The reading over the store. */
export function digestOn({ pool }: Pick<Store, 'pool'>): ReadDigest {
  return async ({ yesterday, today, tomorrow, now }) => {
    const [row] = await query<Row>(pool, DIGEST, [timestamp(yesterday), timestamp(today), timestamp(tomorrow), timestamp(now)]);
    if (row === undefined) throw new Error('invariant: the figures are one row');
    const { live, scores, mean, handoffs_waiting, complaints_open, ...counts } = row;
    return {
      ...counts,
      live: {
        open: live['open'] ?? 0,
        scheduled: live['scheduled'] ?? 0,
        'in-progress': live['in-progress'] ?? 0,
        'waiting-customer': live['waiting-customer'] ?? 0,
      },
      handoffsWaiting: handoffs_waiting,
      complaintsOpen: complaints_open,
      csat: mean === null ? null : { mean, count: scores },
    } satisfies DigestFigures;
  };
}

type Row = {
  readonly opened: number;
  readonly resolved: number;
  readonly live: Readonly<Partial<Record<LiveStatus, number>>>;
  readonly overdue: number;
  readonly visits: number;
  readonly handoffs_waiting: number;
  readonly complaints_open: number;
  readonly scores: number;
  readonly mean: number | null;
};

/** A ticket that was opened anew and resolved again counts once. */
const DIGEST = {
  name: 'staff-digest',
  text: `
with live as (
  select kind, status, (due_at < $4::timestamptz and status <> 'waiting-customer') is true
    or exists (select from sla_clock c where c.ticket_id = ticket.id and c.status = 'missed' and c.ended_at is null) as overdue
  from ticket where status in ('open', 'scheduled', 'in-progress', 'waiting-customer')
)
select
  (select count(*)::int from ticket where opened_at >= $1::timestamptz and opened_at < $2::timestamptz) as opened,
  (select count(distinct ticket_id)::int from ticket_event
   where at >= $1::timestamptz and at < $2::timestamptz and type in ('completed', 'resolved')) as resolved,
  (select coalesce(json_object_agg(status, n), '{}'::json) from (select status, count(*)::int as n from live group by status) s) as live,
  (select count(*)::int from live where overdue) as overdue,
  (select count(*)::int from appointment
   where status = 'booked' and window_from >= $2::timestamptz and window_from < $3::timestamptz) as visits,
  (select count(*)::int from handoff where status = 'queued') as handoffs_waiting,
  (select count(*)::int from live where kind = 'complaint') as complaints_open,
  csat.count as scores, csat.mean
from (
  select count(score)::int as count, avg(score)::float8 as mean from survey
  where status = 'answered' and answered_at >= $1::timestamptz and answered_at < $2::timestamptz
) csat`,
};
