/** Any calendar a desk might keep: several blocks a day, days off, holidays, make-up days. */
import fc from 'fast-check';
import { addDays, type Hours } from '../../src/domain/business-calendar.ts';
import { DAY, instantOf } from '../../src/domain/instant.ts';
import { at, day } from './moments.ts';

const FIRST = '2026-09-28';
const DAYS = 40;
const STEP_MINUTES = 5;

/** 1,440 is 24:00. */
function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Up to four blocks, some of them touching, written in any order. */
const blocks = fc.uniqueArray(fc.integer({ min: 0, max: 1_440 / STEP_MINUTES }), { minLength: 2, maxLength: 8 }).map((times) => {
  const sorted = [...times].sort((a, b) => a - b);
  const pairs = sorted.flatMap((from, index) =>
    index % 2 === 1 || sorted[index + 1] === undefined ? [] : [[from, sorted[index + 1] ?? 0]],
  );
  return pairs.map(([from = 0, to = 0]) => ({ from: clock(from * STEP_MINUTES), to: clock(to * STEP_MINUTES) })).reverse();
});

const someDays = fc.uniqueArray(
  fc.integer({ min: 0, max: DAYS }).map((it) => addDays(day(FIRST), it)),
  { maxLength: 10 },
);

type Blocks = Hours['weekdays'][1];

const offOr: fc.Arbitrary<Blocks> = fc.oneof({ weight: 1, arbitrary: fc.constant<Blocks>([]) }, { weight: 3, arbitrary: blocks });

/** Open on Mondays at least, so that every promise ends; a make-up day is never a holiday. */
export const anyHours: fc.Arbitrary<Hours> = fc
  .record({ 1: blocks, 2: offOr, 3: offOr, 4: offOr, 5: offOr, 6: offOr, 7: offOr })
  .chain((weekdays) =>
    fc
      .record({ holidays: someDays, makeUpDays: someDays })
      .map(({ holidays, makeUpDays }) => ({ weekdays, holidays: holidays.filter((it) => !makeUpDays.includes(it)), makeUpDays })),
  );

/** To the millisecond, in the weeks the holidays lie in. */
export const anyInstant = fc.integer({ min: at(`${FIRST} 00:00`), max: at(`${FIRST} 00:00`) + DAYS * DAY }).map(instantOf);
