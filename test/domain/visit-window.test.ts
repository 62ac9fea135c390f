import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localTimeOf, weekdayOf } from '../../src/domain/business-calendar.ts';
import type { EngineerCalendar } from '../../src/domain/engineer.ts';
import { type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { nearestWindows, type OpenWindow, openWindows, pickEngineer, plannedWindows, travelEndsAt } from '../../src/domain/visit-window.ts';
import { calendars, engineer, id, moments, off, visit } from './engineers.ts';
import { at, SHANGHAI, said } from './moments.ts';

const policy = DEFAULT_POLICY;
const open = (now: Instant, engineers: readonly EngineerCalendar[]): readonly OpenWindow[] =>
  openWindows({ policy, now, timeZone: SHANGHAI, engineers });
const starts = (windows: readonly OpenWindow[]): string[] => windows.map((it) => said(it.from));

describe('open windows', () => {
  test('of today are those that begin after the lead time; the last day is the 14th', () => {
    const windows = open(at('2026-11-20 12:00'), [engineer(1)]);
    expect(starts(windows).slice(0, 4)).toEqual(['11-20 14:00', '11-20 16:00', '11-20 18:00', '11-21 08:00']);
    expect(starts(windows).at(-1)).toBe('12-03 18:00');
    expect(windows).toHaveLength(3 + 13 * 5);
  });

  test('a minute too late for the lead time is too late', () => {
    expect(starts(open(at('2026-11-20 12:01'), [engineer(1)]))[0]).toBe('11-20 16:00');
  });

  test('the way home counts: after 14–16 the same engineer has no 16–18, but 18–20', () => {
    const windows = open(at('2026-11-20 09:00'), [engineer(1, [visit('11-20 14:00', '16:00')])]);
    expect(starts(windows).slice(0, 2)).toEqual(['11-20 18:00', '11-21 08:00']);
    expect(starts(open(at('2026-11-20 09:00'), [engineer(1, [visit('11-20 18:00', '20:00')])]))[0]).toBe('11-20 14:00');
  });

  test('name every engineer who could come', () => {
    const windows = open(at('2026-11-20 09:00'), [engineer(1, [off('11-20')]), engineer(2), engineer(3)]);
    expect(windows[0]?.engineers).toEqual([id(2), id(3)]);
    expect(windows.at(-1)?.engineers).toEqual([id(1), id(2), id(3)]);
  });

  test('lie in a shift', () => {
    const mornings = [{ weekday: 6, fromMinutes: 540, toMinutes: 960 }];
    expect(starts(open(at('2026-11-20 09:00'), [engineer(1, [], mornings)]))).toEqual([
      '11-21 10:00',
      '11-21 14:00',
      '11-28 10:00',
      '11-28 14:00',
    ]);
  });

  test('none without engineers', () => {
    expect(open(at('2026-11-20 09:00'), [])).toEqual([]);
  });

  test('never before the lead time, off shift, overlapping what is taken or out of order', () => {
    fc.assert(
      fc.property(moments, calendars, (now, engineers) => {
        const windows = open(now, engineers);
        expect(windows.map((it) => it.from)).toEqual(windows.map((it) => it.from).toSorted((a, b) => a - b));
        const today = plannedWindows(policy, now, SHANGHAI)[0]?.day;
        expect(today).toBe(localTimeOf(now, SHANGHAI).day);
        for (const window of windows) {
          expect(window.from).toBeGreaterThanOrEqual(now + policy.booking.leadMinutes * MINUTE);
          expect(window.engineers.length).toBeGreaterThan(0);
          for (const person of engineers) {
            const { day, minuteOfDay } = localTimeOf(window.from, SHANGHAI);
            const onShift = person.shifts.some(
              (it) => it.weekday === weekdayOf(day) && it.fromMinutes <= minuteOfDay && minuteOfDay + 120 <= it.toMinutes,
            );
            const ends = travelEndsAt(window, policy);
            const free = person.taken.every((it) => it.to <= window.from || ends <= it.from);
            expect(window.engineers.includes(person.id)).toBe(onShift && free);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a window taken by somebody else', () => {
  test('the nearest others, by time', () => {
    const windows = open(at('2026-11-20 09:00'), [engineer(1, [visit('11-22 14:00', '16:00')]), engineer(2, [off('11-22')])]);
    const wanted = { from: at('2026-11-22 14:00'), to: at('2026-11-22 16:00') };
    expect(starts(nearestWindows(windows, wanted, 3))).toEqual(
      ['11-22 08:00', '11-22 10:00', '11-22 18:00'].filter((it) => starts(windows).includes(it)),
    );
    expect(nearestWindows(windows, wanted, 0)).toEqual([]);
  });

  test('the same window when another engineer still has it', () => {
    const windows = open(at('2026-11-20 09:00'), [engineer(1)]);
    const wanted = { from: at('2026-11-22 14:00'), to: at('2026-11-22 16:00') };
    expect(starts(nearestWindows(windows, wanted, 2))).toContain('11-22 14:00');
  });
});

describe('who comes', () => {
  const window: OpenWindow = { from: at('2026-11-22 14:00'), to: at('2026-11-22 16:00'), engineers: [id(1), id(2), id(3)] };

  test('the engineer with least taken that local day', () => {
    const engineers = [
      engineer(1, [visit('11-22 08:00', '10:00')]),
      engineer(2, [visit('11-21 08:00', '10:00'), visit('11-23 08:00', '10:00')]),
      engineer(3, [visit('11-22 18:00', '20:00')]),
    ];
    for (const spread of ['a', 'b', 'c', 'd']) expect(pickEngineer({ window, engineers, spread, timeZone: SHANGHAI })?.id).toBe(id(2));
  });

  test('racers are spread over equals, each always the same', () => {
    const engineers = [engineer(1), engineer(2), engineer(3), engineer(4)];
    const picked = Array.from(
      { length: 300 },
      (_, it) => pickEngineer({ window, engineers, spread: `conversation ${it}`, timeZone: SHANGHAI })?.id,
    );
    const again = pickEngineer({ window, engineers: engineers.toReversed(), spread: 'conversation 0', timeZone: SHANGHAI })?.id;
    expect(again).toBe(picked[0]);
    for (const one of [id(1), id(2), id(3)]) expect(picked.filter((it) => it === one).length).toBeGreaterThan(60);
    expect(picked).not.toContain(id(4));
  });

  test('nobody when none of them is known', () => {
    expect(pickEngineer({ window, engineers: [engineer(9)], spread: '', timeZone: SHANGHAI })).toBeNull();
  });

  test('is busy until the travel buffer is over', () => {
    expect(travelEndsAt(window, policy)).toBe(instantOf(at('2026-11-22 16:30')));
  });
});
