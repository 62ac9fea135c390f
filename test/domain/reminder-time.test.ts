import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDayOf, spanOfDay } from '../../src/domain/business-calendar.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { quietUntil, reminderDue, reminderTimes } from '../../src/domain/reminder-time.ts';
import type { VisitWindow } from '../../src/domain/visit-window.ts';
import { at, SHANGHAI, said } from './moments.ts';

const policy = DEFAULT_POLICY;
const windowAt = (from: string): VisitWindow => ({ from: at(from), to: instantOf(at(from) + 2 * HOUR) });
const times = (from: string, changed: Partial<typeof policy> = {}) => {
  const { dayBefore, onDay } = reminderTimes(windowAt(from), { ...policy, ...changed }, SHANGHAI);
  return [said(dayBefore), onDay === null ? null : said(onDay)];
};
const due = (from: string, now: string, changed: Partial<typeof policy> = {}) =>
  reminderDue(windowAt(from), at(now), { ...policy, ...changed }, SHANGHAI)?.when ?? null;

describe('reminders', () => {
  test.each([
    ['2026-11-21 14:00', ['11-20 18:00', '11-21 12:00']],
    ['2026-11-21 10:00', ['11-20 18:00', '11-21 08:00']],
    // Two hours before is still quiet: half an hour or more after the quiet is soon enough.
    ['2026-11-21 08:30', ['11-20 18:00', '11-21 08:00']],
    ['2026-11-21 08:29', ['11-20 18:00', null]],
    ['2026-11-21 08:00', ['11-20 18:00', null]],
    ['2026-12-01 18:00', ['11-30 18:00', '12-01 16:00']],
  ])('of %s', (from, expected) => expect(times(from)).toEqual(expected));

  test('when it would fall on the day before, then the one on the day comes at midnight, or when the quiet hours end', () => {
    const reminders = { ...policy.reminders, onDayMinutes: 1_440 };
    expect(times('2026-11-21 14:00', { reminders })).toEqual(['11-20 18:00', '11-21 08:00']);
    expect(times('2026-11-21 14:00', { reminders, quietHours: { from: '00:00', to: '00:00' } })).toEqual(['11-20 18:00', '11-21 00:00']);
  });

  test('when the quiet hours are at noon, then only they are quiet', () => {
    expect(times('2026-11-21 14:00', { quietHours: { from: '11:30', to: '13:30' } })).toEqual(['11-20 18:00', '11-21 13:30']);
    expect(times('2026-11-21 14:00', { quietHours: { from: '11:30', to: '13:31' } })[1]).toBe(null);
  });

  const clocks = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((it) => it.map((part) => String(part).padStart(2, '0')).join(':'));
  const policies = fc
    .record({ dayBeforeAt: clocks, onDayMinutes: fc.integer({ min: 0, max: 2_000 }), from: clocks, to: clocks })
    .map(({ dayBeforeAt, onDayMinutes, from, to }) => ({ reminders: { dayBeforeAt, onDayMinutes }, quietHours: { from, to } }));
  const windows = fc.integer({ min: 0, max: 40 * 96 }).map((it): VisitWindow => {
    const from = instantOf(at('2026-11-01 00:00') + it * 15 * MINUTE);
    return { from, to: instantOf(from + 2 * HOUR) };
  });
  const zones = fc.constantFrom(SHANGHAI, 'Europe/Berlin', 'America/New_York');

  test('are on the day before and the day, in this order, and on the day never quiet nor at the last minute', () => {
    fc.assert(
      fc.property(windows, policies, zones, (window, wanted, zone) => {
        const { dayBefore, onDay } = reminderTimes(window, wanted, zone);
        const day = localDayOf(window.from, zone);
        expect(localDayOf(dayBefore, zone) < day).toBe(true);
        if (onDay === null) return;
        expect(localDayOf(onDay, zone)).toBe(day);
        expect(onDay).toBeGreaterThan(dayBefore);
        expect(quietUntil(onDay, wanted, zone)).toBeNull();
        const sinceMidnight = (window.from - spanOfDay(day, zone).from) / MINUTE;
        expect((window.from - onDay) / MINUTE).toBeGreaterThanOrEqual(Math.min(30, wanted.reminders.onDayMinutes, sinceMidnight));
      }),
    );
  });

  test('one is due at its very time, and none after the window has begun', () => {
    fc.assert(
      fc.property(windows, policies, (window, wanted) => {
        const { dayBefore, onDay } = reminderTimes(window, wanted, SHANGHAI);
        const dueAt = (now: Instant) => reminderDue(window, now, wanted, SHANGHAI);
        expect(dueAt(dayBefore)).toEqual({ when: 'day-before', dueAt: dayBefore });
        if (onDay !== null && onDay < window.from) expect(dueAt(onDay)).toEqual({ when: 'on-day', dueAt: onDay });
        expect(dueAt(window.from)).toBeNull();
        expect(dueAt(instantOf(dayBefore - 1))).toBeNull();
      }),
    );
  });
});

describe('late reminders', () => {
  test('when the evening is late but not quiet, then it is still sent; in the quiet hours the one on the day will do', () => {
    expect(due('2026-11-21 14:00', '2026-11-20 21:00')).toBe('day-before');
    expect(due('2026-11-21 14:00', '2026-11-20 22:00')).toBeNull();
    expect(due('2026-11-21 14:00', '2026-11-21 09:00')).toBeNull();
    expect(due('2026-11-21 14:00', '2026-11-21 13:59')).toBe('on-day');
  });
  test('when no other follows, then the evening one is sent until midnight', () => {
    expect(due('2026-11-21 08:00', '2026-11-20 23:00')).toBe('day-before');
    expect(due('2026-11-21 08:00', '2026-11-21 00:00')).toBeNull();
  });
  test('when the policy wants the evening one in the quiet hours, then it has it', () => {
    const reminders = { ...policy.reminders, dayBeforeAt: '22:00' };
    expect(due('2026-11-21 14:00', '2026-11-20 22:00', { reminders })).toBe('day-before');
    expect(due('2026-11-21 14:00', '2026-11-20 22:05', { reminders })).toBe('day-before');
  });
});
