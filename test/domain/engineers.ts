/** Engineers and wishes as tests need them. */
import fc from 'fast-check';
import type { EngineerCalendar, Taken } from '../../src/domain/engineer.ts';
import { type Identifier, identifierFrom } from '../../src/domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import type { VisitWish } from '../../src/domain/visit-wish.ts';
import { at, day } from './moments.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinutes: 480, toMinutes: 1_230 }));

export function id(number: number): Identifier {
  return identifierFrom(1_000_000_000_000 + number, new Uint8Array(10));
}

export function engineer(number: number, taken: readonly Taken[] = [], shifts = everyDay): EngineerCalendar {
  return { id: id(number), name: `师傅${number}`, phone: '+8619900010001', shifts, taken };
}

/** `11-20 14:00` until `16:00` of the same day and half an hour of travel, in 2026. */
export function visit(from: string, toClock: string): Taken {
  return { from: at(`2026-${from}`), to: instantOf(at(`2026-${from.slice(0, 5)} ${toClock}`) + 30 * MINUTE) };
}

/** A whole day gone. */
export function off(dayOfMonth: string): Taken {
  return { from: at(`2026-${dayOfMonth} 00:00`), to: at(`2026-${dayOfMonth} 23:59`) };
}

export function wish(said: Partial<VisitWish> & { readonly on?: string } = {}): VisitWish {
  const { on, ...rest } = said;
  const date = on === undefined ? null : day(`2026-${on}`);
  return { dateFrom: date, dateTo: date, part: null, timeFrom: null, timeTo: null, bound: 'day', flag: null, fuzzy: false, ...rest };
}

export const moments: fc.Arbitrary<Instant> = fc
  .integer({ min: 0, max: 20 * 1_440 })
  .map((it) => instantOf(at('2026-11-15 00:00') + it * MINUTE));

export const calendars: fc.Arbitrary<EngineerCalendar[]> = fc
  .array(fc.array(fc.tuple(fc.integer({ min: 0, max: 18 * 48 }), fc.integer({ min: 1, max: 40 })), { maxLength: 30 }), {
    minLength: 0,
    maxLength: 3,
  })
  .map((people) =>
    people.map((spans, number) =>
      engineer(
        number,
        spans.map(([start, length]) => {
          const from = instantOf(at('2026-11-15 00:00') + start * 30 * MINUTE);
          return { from, to: instantOf(from + length * 30 * MINUTE) };
        }),
      ),
    ),
  );

const dates = fc.option(fc.integer({ min: 10, max: 30 }).map((it) => day(`2026-11-${it}`)));
const clocks = fc.option(
  fc
    .tuple(fc.integer({ min: 6, max: 22 }), fc.constantFrom('00', '30'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`),
);

export const wishes: fc.Arbitrary<VisitWish> = fc.record({
  dateFrom: dates,
  dateTo: dates,
  part: fc.constantFrom(null, 'morning', 'noon', 'afternoon', 'evening'),
  timeFrom: clocks,
  timeTo: clocks,
  bound: fc.constantFrom('at', 'range', 'after', 'before', 'day'),
  flag: fc.constantFrom(null, null, 'anytime', 'asap', 'after_work'),
  fuzzy: fc.boolean(),
});
