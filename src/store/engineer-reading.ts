/** Engineers who can do a job somewhere, with their shifts and what is taken between two instants. */
import type { EngineerCalendar } from '../domain/engineer.ts';
import type { Identifier } from '../domain/identifier.ts';
import { instantOf } from '../domain/instant.ts';
import type { Readings } from '../turn/ports.ts';
import { type Connection, jsonParameter, query, timestamp } from './connection.ts';
import { grouped } from './group.ts';
import { SEALED } from './purposes.ts';

export function engineersOn(connection: Connection): Readings['engineers'] {
  return grouped({ together: (wanted: readonly Wanted[]) => readEngineers(connection, wanted), keysOf: () => [] });
}

type Wanted = Parameters<Readings['engineers']>[0];

async function readEngineers(
  { pool, seal, now }: Connection,
  wanted: readonly Wanted[],
): Promise<readonly (readonly EngineerCalendar[])[]> {
  const asked = wanted.map(({ productClasses, city, district, from, to }, n) => ({
    n,
    city,
    district,
    classes: [...new Set(productClasses)],
    from_at: timestamp(from),
    to_at: timestamp(to),
  }));
  const rows = await query<Row>(pool, ENGINEERS, [jsonParameter(asked), timestamp(now())]);
  const found: EngineerCalendar[][] = wanted.map(() => []);
  for (const { n, phone_sealed: phone, taken, ...it } of rows)
    found[n]?.push({
      ...it,
      phone: seal.open(SEALED.engineerPhone, phone),
      taken: taken.map(([start, end]) => ({ from: instantOf(start), to: instantOf(end) })),
    });
  return found;
}

type Row = {
  readonly n: number;
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
select w.n, e.id, e.name, e.phone_sealed, s.shifts, p.taken
from json_to_recordset($1) as w (n int, city text, district text, classes text[], from_at timestamptz, to_at timestamptz)
join engineer_area a on a.city = w.city and a.district = w.district
join engineer e on e.id = a.engineer_id and e.active
cross join lateral (
  select coalesce(json_agg(json_build_object('weekday', weekday, 'fromMinutes', from_minutes, 'toMinutes', to_minutes) order by weekday, from_minutes), '[]') as shifts
  from engineer_shift where engineer_id = e.id
) s
cross join lateral (
  select coalesce(json_agg(json_build_array((extract(epoch from starts_at) * 1000)::bigint, (extract(epoch from ends_at) * 1000)::bigint) order by starts_at), '[]') as taken
  from appointment
  where engineer_id = e.id and tstzrange(starts_at, ends_at) && tstzrange(w.from_at, w.to_at)
    and status in ('booked', 'held') and (status = 'booked' or held_until > $2::timestamptz)
) p
where not exists (select from unnest(w.classes) as c (wanted) where not exists (select from engineer_skill k where k.engineer_id = e.id and k.product_class = c.wanted))
order by w.n, e.id`,
};
