/** Engineers who can do a job somewhere, with their shifts and what is taken between two instants. */
import type { EngineerCalendar } from '../domain/engineer.ts';
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { Readings } from '../turn/ports.ts';
import { type Connection, query, timestamp } from './connection.ts';
import { SEALED } from './purposes.ts';

export function engineersOn({ pool, seal, now }: Connection): Readings['engineers'] {
  return async ({ productClasses, city, district, from, to }) => {
    const rows = await query<Row>(pool, ENGINEERS, [
      city,
      district,
      [...new Set(productClasses)],
      timestamp(from),
      timestamp(to),
      timestamp(now()),
    ]);
    return rows.map(({ phone_sealed: phone, taken, ...it }) => ({
      ...it,
      phone: seal.open(SEALED.engineerPhone, phone),
      taken: taken.map(([start, end]) => ({ from: instantOf(start), to: instantOf(end) })),
    }));
  };
}

type Row = {
  readonly id: Identifier;
  readonly name: string;
  readonly phone_sealed: Buffer;
  readonly shifts: EngineerCalendar['shifts'];
  readonly taken: readonly (readonly [number, number])[];
};

/** An expired hold takes nothing: whoever reserves next cancels it. */
const ENGINEERS = {
  name: 'engineers',
  text: `
select e.id, e.name, e.phone_sealed, s.shifts, p.taken
from engineer_area a
join engineer e on e.id = a.engineer_id and e.active
cross join lateral (
  select coalesce(json_agg(json_build_object('weekday', weekday, 'fromMinutes', from_minutes, 'toMinutes', to_minutes) order by weekday, from_minutes), '[]') as shifts
  from engineer_shift where engineer_id = e.id
) s
cross join lateral (
  select coalesce(json_agg(json_build_array((extract(epoch from starts_at) * 1000)::bigint, (extract(epoch from ends_at) * 1000)::bigint) order by starts_at), '[]') as taken
  from appointment
  where engineer_id = e.id and tstzrange(starts_at, ends_at) && tstzrange($4::timestamptz, $5::timestamptz)
    and status in ('booked', 'held') and (status = 'booked' or held_until > $6::timestamptz)
) p
where a.city = $1 and a.district = $2
  and not exists (select from unnest($3::text[]) as c (wanted) where not exists (select from engineer_skill k where k.engineer_id = e.id and k.product_class = c.wanted))
order by e.id`,
};
