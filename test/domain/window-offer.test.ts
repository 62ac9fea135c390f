import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockMinutes, localTimeOf } from '../../src/domain/business-calendar.ts';
import type { EngineerCalendar } from '../../src/domain/engineer.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { type OpenWindow, openWindows, type WindowOffer } from '../../src/domain/visit-window.ts';
import type { VisitWish } from '../../src/domain/visit-wish.ts';
import { chooseWindows } from '../../src/domain/window-offer.ts';
import { calendars, engineer, moments, off, visit, wish, wishes } from './engineers.ts';
import { at, day, SHANGHAI, said } from './moments.ts';

const policy = DEFAULT_POLICY;
const NOW = at('2026-11-20 10:00');
const everyoneFree = [engineer(1)];

function choose(
  wished: VisitWish | readonly VisitWish[],
  engineers: readonly EngineerCalendar[] = everyoneFree,
  now: Instant = NOW,
): WindowOffer {
  const open = openWindows({ policy, now, timeZone: SHANGHAI, engineers });
  return chooseWindows({ open, wishes: Array.isArray(wished) ? wished : [wished as VisitWish], now, timeZone: SHANGHAI, policy });
}

/** `exact 11-22 14:00`, `offer 11-22 14:00, 11-22 16:00` … */
function read(offer: WindowOffer): string {
  switch (offer.kind) {
    case 'exact':
      return `exact ${said(offer.window.from)}`;
    case 'offer':
      return `offer ${offer.windows.map((it) => said(it.from)).join(', ')}`;
    case 'nearest':
      return `nearest (${offer.reason}) ${offer.windows.map((it) => said(it.from)).join(', ')}`;
    case 'earliest':
      return `earliest (${offer.reason}) ${said(offer.window.from)}, wished ${said(offer.fromWished)} to ${said(offer.toWished)}`;
    case 'none':
      return 'none';
  }
}

describe('a clock time', () => {
  test.each([
    ['15:00', 'exact 11-22 14:00'],
    ['14:00', 'exact 11-22 14:00'],
    ['16:00', 'exact 11-22 16:00'],
    ['08:30', 'exact 11-22 08:00'],
    ['13:00', 'offer 11-22 14:00'],
    ['12:00', 'offer 11-22 10:00, 11-22 14:00'],
    ['20:00', 'offer 11-22 18:00'],
    ['07:30', 'offer 11-22 08:00'],
  ])('S2-016 %s on Sunday: %s', (timeFrom, expected) => {
    expect(read(choose(wish({ on: '11-22', timeFrom, bound: 'at' })))).toBe(expected);
  });

  test('nobody visits at 22:00', () => {
    expect(read(choose(wish({ on: '11-22', timeFrom: '22:00', bound: 'at' })))).toBe(
      'nearest (no-such-window) 11-22 16:00, 11-22 18:00, 11-23 08:00',
    );
  });

  test('beats the part of the day it was said with', () => {
    expect(read(choose(wish({ on: '11-21', part: 'morning', timeFrom: '09:00', bound: 'at' })))).toBe('exact 11-21 08:00');
  });

  test('on a taken window: the nearest, and that it is full', () => {
    const offer = choose(wish({ on: '11-22', timeFrom: '15:00', bound: 'at' }), [engineer(1, [visit('11-22 14:00', '16:00')])]);
    expect(read(offer)).toBe('nearest (full) 11-22 08:00, 11-22 10:00, 11-22 18:00');
  });

  test('after and before', () => {
    expect(read(choose(wish({ on: '11-22', timeFrom: '17:00', bound: 'after' })))).toBe('exact 11-22 18:00');
    expect(read(choose(wish({ on: '11-22', timeFrom: '19:00', bound: 'after' })))).toBe('offer 11-22 18:00');
    expect(read(choose(wish({ on: '11-22', timeTo: '12:00', bound: 'before' })))).toBe('offer 11-22 08:00, 11-22 10:00');
    expect(read(choose(wish({ on: '11-22', timeFrom: '10:00', bound: 'before' })))).toBe('exact 11-22 08:00');
    expect(read(choose(wish({ on: '11-22', timeTo: '09:00', bound: 'before' })))).toBe('offer 11-22 08:00');
  });

  test('a range: the windows inside, the one around it, else those it touches on', () => {
    expect(read(choose(wish({ on: '11-22', timeFrom: '14:00', timeTo: '16:00', bound: 'range' })))).toBe('exact 11-22 14:00');
    expect(read(choose(wish({ on: '11-22', timeFrom: '14:00', timeTo: '18:00', bound: 'range' })))).toBe('offer 11-22 14:00, 11-22 16:00');
    expect(read(choose(wish({ on: '11-22', timeFrom: '14:30', timeTo: '15:30', bound: 'range' })))).toBe('exact 11-22 14:00');
    expect(read(choose(wish({ on: '11-22', timeFrom: '15:00', timeTo: '17:00', bound: 'range' })))).toBe('offer 11-22 14:00, 11-22 16:00');
  });
});

describe('a part of the day', () => {
  test('is offered, or settled when only one window is left of it', () => {
    expect(read(choose(wish({ on: '11-22', part: 'afternoon' })))).toBe('offer 11-22 14:00, 11-22 16:00');
    expect(read(choose(wish({ on: '11-22', part: 'morning' }), [engineer(1, [visit('11-22 07:00', '08:30')])]))).toBe('exact 11-22 10:00');
    expect(read(choose(wish({ on: '11-22', part: 'evening' })))).toBe('exact 11-22 18:00');
    expect(read(choose(wish({ on: '11-22', flag: 'after_work' })))).toBe('exact 11-22 18:00');
  });

  test('noon has no window of its own: the ones before and after', () => {
    expect(read(choose(wish({ on: '11-22', part: 'noon' })))).toBe('offer 11-22 10:00, 11-22 14:00');
  });
});

describe('days', () => {
  test('a bare day is offered over the day, a weekend over both days', () => {
    expect(read(choose(wish({ on: '11-22' })))).toBe('offer 11-22 08:00, 11-22 14:00, 11-22 18:00');
    const weekend = wish({ dateFrom: day('2026-11-21'), dateTo: day('2026-11-22'), bound: 'range' });
    expect(read(choose(weekend))).toBe('offer 11-21 08:00, 11-21 10:00, 11-22 10:00');
  });

  test('a bare day is asked about even when one window is left', () => {
    const busy = [engineer(1, [visit('11-22 09:00', '16:00')])];
    expect(read(choose(wish({ on: '11-22' }), busy))).toBe('offer 11-22 18:00');
  });

  test('a guess at the day is asked about', () => {
    expect(read(choose(wish({ on: '11-30', timeFrom: '15:00', bound: 'at', fuzzy: true })))).toBe('offer 11-30 14:00');
  });

  test('any time is offered over different days', () => {
    expect(read(choose(wish({ flag: 'anytime' })))).toBe('offer 11-20 14:00, 11-21 10:00, 11-22 16:00');
    expect(read(choose([]))).toBe('offer 11-20 14:00, 11-21 10:00, 11-22 16:00');
  });

  test('alternatives: some of each; one left is settled', () => {
    const saturday = wish({ on: '11-21', part: 'morning' });
    const sunday = wish({ on: '11-22', part: 'morning' });
    expect(read(choose([saturday, sunday]))).toBe('offer 11-21 08:00, 11-21 10:00, 11-22 08:00');
    expect(read(choose([saturday, sunday], [engineer(1, [off('11-21'), visit('11-22 07:00', '08:30')])]))).toBe('exact 11-22 10:00');
  });

  test('a full day: the nearest', () => {
    expect(read(choose(wish({ on: '11-22' }), [engineer(1, [off('11-22')])]))).toBe('nearest (full) 11-21 16:00, 11-21 18:00, 11-23 08:00');
  });

  test('past, beyond the horizon, too soon', () => {
    expect(read(choose(wish({ on: '11-18' })))).toBe('nearest (past) 11-20 14:00, 11-20 16:00, 11-20 18:00');
    expect(read(choose(wish({ on: '12-20' })))).toBe('nearest (beyond-horizon) 12-03 14:00, 12-03 16:00, 12-03 18:00');
    expect(read(choose(wish({ on: '11-20', timeFrom: '11:00', bound: 'at' })))).toBe(
      'nearest (too-soon) 11-20 14:00, 11-20 16:00, 11-20 18:00',
    );
    expect(read(choose(wish({ on: '11-20', part: 'morning' }), everyoneFree, at('2026-11-20 15:00')))).toBe(
      'nearest (past) 11-20 18:00, 11-21 08:00, 11-21 10:00',
    );
  });
});

describe('as soon as possible', () => {
  const asap = wish({ flag: 'asap' });

  test('the earliest first', () => {
    expect(read(choose(asap))).toBe('offer 11-20 14:00, 11-20 16:00, 11-20 18:00');
    expect(read(choose(asap, everyoneFree, at('2026-11-20 15:00')))).toBe('offer 11-20 18:00, 11-21 08:00, 11-21 10:00');
  });

  test('nothing today: the earliest, and anything before it on the waiting list', () => {
    expect(read(choose(asap, [engineer(1, [off('11-20')])]))).toBe('earliest (full) 11-21 08:00, wished 11-20 10:00 to 11-21 08:00');
    expect(read(choose(asap, everyoneFree, at('2026-11-20 21:00')))).toBe(
      'earliest (too-soon) 11-21 08:00, wished 11-20 21:00 to 11-21 08:00',
    );
  });

  test('today, and today is full: the earliest, today on the waiting list', () => {
    const full = [engineer(1, [off('11-20')])];
    expect(read(choose(wish({ on: '11-20' }), full))).toBe('earliest (full) 11-21 08:00, wished 11-20 10:00 to 11-21 00:00');
    expect(read(choose(wish({ on: '11-20', part: 'afternoon' }), full))).toBe(
      'earliest (full) 11-21 08:00, wished 11-20 10:00 to 11-21 00:00',
    );
  });

  test('on a day that is full: the earliest from that day on', () => {
    const full = [engineer(1, [off('11-22')])];
    expect(read(choose(wish({ on: '11-22', flag: 'asap' }), full))).toBe('earliest (full) 11-23 08:00, wished 11-22 00:00 to 11-23 00:00');
  });
});

test('no capacity in the horizon', () => {
  expect(read(choose(wish({ on: '11-22' }), []))).toBe('none');
});

describe('whatever is wished', () => {
  const cases = [moments, calendars, fc.array(wishes, { maxLength: 3 })] as const;

  test('every window of the answer is open, in order, and no more than may be offered', () => {
    fc.assert(
      fc.property(...cases, (now, engineers, wished) => {
        const open = openWindows({ policy, now, timeZone: SHANGHAI, engineers });
        const offer = chooseWindows({ open, wishes: wished, now, timeZone: SHANGHAI, policy });
        const windows = windowsOf(offer);
        for (const window of windows) expect(open).toContain(window);
        expect(windows.map((it) => it.from)).toEqual([...new Set(windows.map((it) => it.from))].sort((a, b) => a - b));
        expect(windows.length).toBeLessThanOrEqual(policy.booking.offerMax);
        expect(windows.length === 0).toBe(open.length === 0);
        if (offer.kind === 'earliest') expect(offer.fromWished).toBeLessThan(offer.toWished);
      }),
      { numRuns: 150 },
    );
  });

  test('an exact window is as wished: the day, and the time', () => {
    fc.assert(
      fc.property(...cases, (now, engineers, wished) => {
        const open = openWindows({ policy, now, timeZone: SHANGHAI, engineers });
        const offer = chooseWindows({ open, wishes: wished, now, timeZone: SHANGHAI, policy });
        if (offer.kind === 'exact') expect(wished.some((it) => !it.fuzzy && isAsWished(offer.window, it))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

function windowsOf(offer: WindowOffer): readonly OpenWindow[] {
  if (offer.kind === 'none') return [];
  return offer.kind === 'exact' || offer.kind === 'earliest' ? [offer.window] : offer.windows;
}

/** Written anew, from the words of the rule: a visit some time in the window would be at the time named. */
function isAsWished(window: OpenWindow, wished: VisitWish): boolean {
  const from = localTimeOf(window.from, SHANGHAI);
  const until = from.minuteOfDay + 120;
  const [low, high] = [wished.dateFrom, wished.dateTo].every((it) => it !== null)
    ? [wished.dateFrom, wished.dateTo].toSorted()
    : [wished.dateFrom, wished.dateTo];
  if ((low && from.day < low) || (high && from.day > high)) return false;
  const clocks = [wished.timeFrom, wished.timeTo].flatMap((it) => (it === null ? [] : [clockMinutes(it)]));
  const [first] = clocks;
  if (first !== undefined && wished.bound === 'after') return from.minuteOfDay >= first;
  if (first !== undefined && wished.bound === 'before') return until <= (clocks[1] ?? first) || clocks.length === 2;
  if (clocks.length === 1 && first !== undefined) return from.minuteOfDay <= first && first < until;
  if (clocks.length === 2) return true;
  const parts = { morning: [0, 720], noon: [660, 840], afternoon: [720, 1_080], evening: [1_080, 1_440] } as const;
  const [begin, end] = wished.part === null ? (wished.flag === 'after_work' ? parts.evening : [0, 0]) : parts[wished.part];
  return begin <= from.minuteOfDay && from.minuteOfDay < end;
}
