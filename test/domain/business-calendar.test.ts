import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addBusinessMinutes,
  addDays,
  addMonths,
  callBackBy,
  type Hours,
  instantAt,
  isOpen,
  localDayOf,
  localTimeOf,
  nextOpening,
  spanOfDay,
  weekdayOf,
} from '../../src/domain/business-calendar.ts';
import { HOUR, type Instant, instantOf } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { at, day, SHANGHAI, said } from './moments.ts';

const hours = DEFAULT_POLICY.hours;
const closed = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
const officeDay = [
  { from: '13:00', to: '17:00' },
  { from: '09:00', to: '12:00' },
];
/** Monday to Friday, blocks written out of order. */
const office: Hours = {
  weekdays: { ...closed, 1: officeDay, 2: officeDay, 3: officeDay, 4: officeDay, 5: officeDay },
  holidays: ['2026-10-01', '2026-10-02'],
  makeUpDays: ['2026-10-10'],
};
const instants = fc.integer({ min: at('2026-01-01 00:00'), max: at('2027-12-31 00:00') }).map(instantOf);

describe('days', () => {
  test('a local day begins at local midnight', () => {
    expect(localDayOf(at('2026-11-20 00:00'), SHANGHAI)).toBe('2026-11-20');
    expect(localDayOf(instantOf(at('2026-11-20 00:00') - 1), SHANGHAI)).toBe('2026-11-19');
    expect(localTimeOf(at('2026-11-20 09:30'), SHANGHAI)).toEqual({ day: '2026-11-20', minuteOfDay: 570 });
  });

  test('24:00 is the next midnight', () => {
    expect(instantAt(day('2026-12-31'), 1_440, SHANGHAI)).toBe(at('2027-01-01 00:00'));
  });

  test('weeks start on Monday', () => {
    expect(weekdayOf(day('2026-11-16'))).toBe(1);
    expect(weekdayOf(day('2026-11-22'))).toBe(7);
  });

  test('days and months are added on the calendar', () => {
    expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01');
    expect(addMonths(day('2026-08-31'), 6)).toEqual({ day: '2027-02-28', exists: false });
    expect(addMonths(day('2026-01-15'), -13)).toEqual({ day: '2024-12-15', exists: true });
  });

  test('a day of the clock change has 23 or 25 hours', () => {
    const spring = spanOfDay(day('2026-03-29'), 'Europe/Berlin');
    const autumn = spanOfDay(day('2026-10-25'), 'Europe/Berlin');
    expect([spring.to - spring.from, autumn.to - autumn.from]).toEqual([23 * HOUR, 25 * HOUR]);
  });

  test('local time and back is the same instant, in any zone', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(SHANGHAI, 'Asia/Kathmandu', 'America/New_York'), (instant, zone) => {
        const minute = instantOf(Math.floor(instant / 60_000) * 60_000);
        const local = localTimeOf(minute, zone);
        const back = instantAt(local.day, local.minuteOfDay, zone);
        // An hour that happens twice is read as one of the two.
        expect(Math.abs(back - minute) % HOUR).toBe(0);
        expect(localTimeOf(back, zone)).toEqual(local);
      }),
      { numRuns: 60 },
    );
  });
});

describe('hours', () => {
  test('open is half-open: the first minute is, the last is not', () => {
    expect(isOpen(hours, at('2026-11-20 08:30'), SHANGHAI)).toBe(true);
    expect(isOpen(hours, at('2026-11-20 12:00'), SHANGHAI)).toBe(false);
    expect(isOpen(hours, at('2026-11-20 21:00'), SHANGHAI)).toBe(false);
  });

  test('after closing the next opening is the next morning', () => {
    expect(said(nextOpening(hours, at('2026-11-20 22:40'), SHANGHAI) as Instant)).toBe('11-21 08:30');
    expect(said(nextOpening(hours, at('2026-11-20 12:30'), SHANGHAI) as Instant)).toBe('11-20 13:00');
  });

  test('a holiday is closed, a make-up Saturday works like a Monday', () => {
    expect(said(nextOpening(office, at('2026-09-30 18:00'), SHANGHAI) as Instant)).toBe('10-05 09:00');
    expect(isOpen(office, at('2026-10-10 10:00'), SHANGHAI)).toBe(true);
    expect(isOpen(office, at('2026-10-17 10:00'), SHANGHAI)).toBe(false);
  });

  test('business minutes run over the lunch break and the weekend', () => {
    expect(said(addBusinessMinutes(office, at('2026-11-20 11:30'), 60, SHANGHAI) as Instant)).toBe('11-20 13:30');
    expect(said(addBusinessMinutes(office, at('2026-11-20 16:30'), 60, SHANGHAI) as Instant)).toBe('11-23 09:30');
    expect(said(addBusinessMinutes(office, at('2026-11-20 16:30'), 30, SHANGHAI) as Instant)).toBe('11-20 17:00');
    expect(said(addBusinessMinutes(office, at('2026-11-20 16:30'), 0.5, SHANGHAI) as Instant)).toBe('11-20 16:30');
  });

  test('a desk that never opens has no next opening', () => {
    const never: Hours = { weekdays: closed, holidays: [], makeUpDays: [] };
    expect(nextOpening(never, at('2026-11-20 10:00'), SHANGHAI)).toBeNull();
    expect(addBusinessMinutes(hours, at('2026-11-20 10:00'), 500_000, SHANGHAI)).toBeNull();
  });

  test('the next opening is open and not before now', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(hours, office), (now, any) => {
        const opening = nextOpening(any, now, SHANGHAI) as Instant;
        expect(opening).toBeGreaterThanOrEqual(now);
        expect(isOpen(any, opening, SHANGHAI)).toBe(true);
        if (isOpen(any, now, SHANGHAI)) expect(opening).toBe(now);
      }),
      { numRuns: 60 },
    );
  });

  test('more minutes or a later start never end earlier, and parts add up', () => {
    const minutes = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(instants, minutes, minutes, (from, one, other) => {
        const end = (start: Instant, amount: number): Instant => addBusinessMinutes(office, start, amount, SHANGHAI) as Instant;
        expect(end(from, one + other)).toBeGreaterThanOrEqual(end(from, one));
        expect(end(instantOf(from + other * 60_000), one)).toBeGreaterThanOrEqual(end(from, one));
        if (other > 0) expect(end(end(from, one), other)).toBe(end(from, one + other));
      }),
      { numRuns: 60 },
    );
  });
});

describe('call-back', () => {
  test('is business time rounded up to a clean half hour', () => {
    expect(said(callBackBy(DEFAULT_POLICY, at('2026-11-20 14:05'), SHANGHAI))).toBe('11-20 16:30');
    expect(said(callBackBy(DEFAULT_POLICY, at('2026-11-20 14:00'), SHANGHAI))).toBe('11-20 16:00');
    expect(said(callBackBy(DEFAULT_POLICY, at('2026-11-20 22:40'), SHANGHAI))).toBe('11-21 10:30');
  });

  test('is clean on the clock of a zone that is a quarter off', () => {
    const due = callBackBy(DEFAULT_POLICY, at('2026-11-20 12:07'), 'Asia/Kathmandu');
    expect(localTimeOf(due, 'Asia/Kathmandu').minuteOfDay % 30).toBe(0);
  });

  test('is promised even where the desk never opens', () => {
    const policy = { ...DEFAULT_POLICY, hours: { weekdays: closed, holidays: [], makeUpDays: [] } };
    expect(said(callBackBy(policy, at('2026-11-20 22:40'), SHANGHAI))).toBe('11-21 01:00');
  });
});
