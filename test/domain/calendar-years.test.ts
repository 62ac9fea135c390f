import { expect, it } from 'vitest';
import { yearsWithoutCalendar } from '../../src/domain/calendar-years.ts';
import type { LocalDay } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';

const years = (today: string, holidays: readonly string[] = [], makeUpDays: readonly string[] = []) =>
  yearsWithoutCalendar({ ...DEFAULT_POLICY.hours, holidays: [...holidays], makeUpDays: [...makeUpDays] }, today as LocalDay);

it.each([
  ['2026-10-31', [2026]],
  ['2026-11-01', [2026, 2027]],
  ['2026-12-31', [2026, 2027]],
  ['2027-01-01', [2027]],
])('on %s the calendars of %j should be known', (today, wanted) => expect(years(today)).toEqual(wanted));

it('a year is known by one holiday or one make-up day', () => {
  expect(years('2026-11-20', ['2026-10-01'])).toEqual([2027]);
  expect(years('2026-11-20', ['2026-10-01'], ['2027-02-06'])).toEqual([]);
  expect(years('2026-11-20', ['2025-10-01'])).toEqual([2026, 2027]);
});
