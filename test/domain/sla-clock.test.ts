import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addBusinessMilliseconds, blocksOn, businessMillisecondsBetween, isOpen, localDayOf } from '../../src/domain/business-calendar.ts';
import { DAY, HOUR, type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/domain/policy.ts';
import { joinedRests, type Rest, runningTimeOf, spentBetween, whenSpent } from '../../src/domain/running-time.ts';
import { type ClockRules, type Promised, readClock } from '../../src/domain/sla-clock.ts';
import { PRIORITIES, type Priority } from '../../src/domain/ticket.ts';
import { anyHours, anyInstant } from './any-hours.ts';
import { at, SHANGHAI } from './moments.ts';

const RUNS = { numRuns: 120 };
/** Up to some weeks of it, with fractions of minutes. */
const anyMilliseconds = fc.oneof(fc.integer({ min: 0, max: 10 * MINUTE }), fc.integer({ min: 0, max: 3 * DAY }));
const spans = fc.tuple(anyInstant, anyInstant).map(([a, b]) => (a <= b ? ([a, b] as const) : ([b, a] as const)));
const anyRests = fc
  .array(
    fc.tuple(anyInstant, fc.integer({ min: 1, max: 2 * DAY })).map(([from, length]): Rest => ({ from, to: instantOf(from + length) })),
    { maxLength: 5 },
  )
  .map(joinedRests);

function rulesOf(hours: Policy['hours'], what: Partial<Policy['slaClocks']> = {}): ClockRules {
  const policy = { ...DEFAULT_POLICY, hours, slaClocks: { ...DEFAULT_POLICY.slaClocks, ...what } };
  return { policy, timeZone: SHANGHAI, ticketKind: 'complaint' };
}

function promised(startedAt: Instant, rests: readonly Rest[] = [], what: Partial<Promised> = {}): Promised {
  return {
    kind: 'first-response',
    startedAt,
    priorities: [{ at: startedAt, priority: 'normal' }],
    rests,
    end: null,
    ...what,
  };
}

describe('business time', () => {
  test('S2-059 a span split anywhere comes to the same sum, to the millisecond', () => {
    fc.assert(
      fc.property(anyHours, spans, anyInstant, (hours, [from, to], middle) => {
        const between = (a: Instant, b: Instant) => businessMillisecondsBetween(hours, a, b, SHANGHAI);
        const inside = instantOf(Math.min(Math.max(middle, from), to));
        expect(between(from, inside) + between(inside, to)).toBe(between(from, to));
      }),
      RUNS,
    );
  });

  test('S2-059 what is added is what lies between, and its end is never in closed hours', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyMilliseconds, (hours, from, milliseconds) => {
        const end = addBusinessMilliseconds(hours, from, milliseconds, SHANGHAI, 400) as Instant;
        expect(businessMillisecondsBetween(hours, from, end, SHANGHAI)).toBe(milliseconds);
        if (milliseconds > 0) expect(isOpen(hours, instantOf(end - 1), SHANGHAI)).toBe(true);
      }),
      RUNS,
    );
  });

  test('S2-059 nothing runs while the desk is closed, all of it while it is open', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, fc.integer({ min: 0, max: 6 * HOUR }), (hours, from, length) => {
        const to = instantOf(from + length);
        const blocks = [from, to].flatMap((it) => blocksOn(hours, localDayOf(it, SHANGHAI), SHANGHAI));
        const ran = businessMillisecondsBetween(hours, from, to, SHANGHAI);
        if (blocks.every((it) => it.to <= from || it.from >= to)) expect(ran).toBe(0);
        if (blocks.some((it) => it.from <= from && to <= it.to)) expect(ran).toBe(length);
        expect(ran).toBeLessThanOrEqual(length);
      }),
      RUNS,
    );
  });

  test('a holiday in the middle, a make-up Saturday and two blocks a day', () => {
    const office = [
      { from: '13:00', to: '17:00' },
      { from: '09:00', to: '12:00' },
    ];
    const hours = {
      weekdays: { 1: office, 2: office, 3: office, 4: office, 5: office, 6: [], 7: [] },
      holidays: ['2026-10-01'],
      makeUpDays: ['2026-10-10'],
    };
    const between = (from: string, to: string) => businessMillisecondsBetween(hours, at(from), at(to), SHANGHAI) / HOUR;
    expect(between('2026-09-30 11:00', '2026-10-02 10:00')).toBe(1 + 4 + 1);
    expect(between('2026-10-09 16:00', '2026-10-12 10:00')).toBe(1 + 7 + 1);
    expect(between('2026-10-02 10:00', '2026-09-30 11:00')).toBe(0);
  });
});

describe('rests', () => {
  test('S2-059 however often a clock rests, what it has spent when it is due is exactly the target', () => {
    fc.assert(
      fc.property(
        anyHours,
        anyInstant,
        anyRests,
        anyMilliseconds,
        fc.constantFrom(...PRIORITIES),
        (hours, from, rests, target, priority) => {
          const time = runningTimeOf(priority, rulesOf(hours).policy, SHANGHAI);
          const due = whenSpent(time, from, target, rests) as Instant;
          expect(spentBetween(time, from, due, rests)).toBe(target);
          expect(due).toBeGreaterThanOrEqual(from);
        },
      ),
      RUNS,
    );
  });

  test('S2-059 rests that meet or overlap count once, in whatever order they are told', () => {
    fc.assert(
      fc.property(anyHours, spans, anyRests, anyRests, (hours, [from, to], some, others) => {
        const time = runningTimeOf('normal', rulesOf(hours).policy, SHANGHAI);
        const spent = (rests: readonly Rest[]) => spentBetween(time, from, to, joinedRests(rests));
        const halves = some.flatMap((it): Rest[] => {
          const middle = instantOf((it.from + (it.to ?? it.from)) / 2);
          return [
            { from: it.from, to: middle },
            { from: middle, to: it.to },
          ];
        });
        expect(spent([...others, ...some])).toBe(spent([...some, ...others]));
        expect(spent([...halves, ...some].reverse())).toBe(spent(some));
        expect(spent([...some, ...others])).toBeLessThanOrEqual(spent(some));
      }),
      RUNS,
    );
  });

  test('a rest without an end leaves nothing due, and what was due before it stands', () => {
    const from = at('2026-11-20 14:00');
    const time = runningTimeOf('normal', rulesOf(DEFAULT_POLICY.hours).policy, SHANGHAI);
    const rest = [{ from: at('2026-11-20 14:20'), to: null }];
    expect(whenSpent(time, from, 30 * MINUTE, rest)).toBeNull();
    expect(whenSpent(time, from, 20 * MINUTE, rest)).toBe(at('2026-11-20 14:20'));
    expect(joinedRests([{ from, to: at('2026-11-20 15:00') }, ...rest])).toEqual([{ from, to: null }]);
  });
});

describe('a clock', () => {
  test('S2-059 around the clock is wall time, whatever the hours', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, (hours, from) => {
        const urgent = promised(from, [], { priorities: [{ at: from, priority: 'urgent' }] });
        const rules = rulesOf(hours);
        const target = DEFAULT_POLICY.sla.complaint.urgent.firstResponseMinutes * MINUTE;
        expect(readClock(urgent, null, rules, from).dueAt).toBe(from + target);
        const never = rulesOf({ weekdays: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }, holidays: [], makeUpDays: [] });
        const normal = DEFAULT_POLICY.sla.complaint.normal.firstResponseMinutes * MINUTE;
        expect(readClock(promised(from), null, never, from).dueAt).toBe(from + normal);
      }),
      RUNS,
    );
  });

  test('S2-059 the warning is never after what it warns of, and at its share of the target', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyRests, fc.double({ min: 0.01, max: 1, noNaN: true }), (hours, from, rests, warnAt) => {
        const rules = rulesOf(hours, { warnAt });
        const read = readClock(promised(from, rests), null, rules, from);
        expect(read.warnAt as Instant).toBeLessThanOrEqual(read.dueAt as Instant);
        const time = runningTimeOf('normal', rules.policy, SHANGHAI);
        expect(spentBetween(time, from, read.warnAt as Instant, rests)).toBe(Math.round(read.targetMinutes * MINUTE * warnAt));
      }),
      RUNS,
    );
  });

  test('S2-059 whenever it is read, its instants are the same; it is late from the promised time, not from when somebody looked', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyRests, anyInstant, anyInstant, (hours, from, rests, one, other) => {
        const rules = rulesOf(hours);
        const [early, late] = [readClock(promised(from, rests), null, rules, one), readClock(promised(from, rests), null, rules, other)];
        // What the first wrote down is what the second starts from.
        const again = readClock(promised(from, rests), early, rules, other);
        expect(again).toEqual(late);
        expect([late.dueAt, late.warnAt]).toEqual([early.dueAt, early.warnAt]);
        expect(late.breachedAt).toBe((late.dueAt as Instant) < other ? late.dueAt : null);
      }),
      RUNS,
    );
  });

  test('S2-059 kept in time to the millisecond it is met, a millisecond later missed', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, anyRests, fc.integer({ min: -5, max: 5 }), (hours, from, rests, off) => {
        const rules = rulesOf(hours);
        const due = readClock(promised(from, rests), null, rules, from).dueAt as Instant;
        const end = { at: instantOf(due + off), how: 'met' } as const;
        const read = readClock(promised(from, rests, { end }), null, rules, instantOf(due + DAY));
        expect(read).toMatchObject({ status: off > 0 ? 'missed' : 'met', endedAt: end.at, breachedAt: off > 0 ? due : null });
      }),
      RUNS,
    );
  });

  test('S2-061 a graver priority never makes it due later, nor late before anybody knew; less grave changes nothing', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, fc.integer({ min: 0, max: 3 * DAY }), (hours, from, wait) => {
        const rules = rulesOf(hours);
        const raisedAt = instantOf(from + wait);
        const as = (priority: Priority, when: Instant) => ({ at: when, priority });
        const calm = readClock(promised(from), null, rules, from).dueAt as Instant;
        const urgent = readClock(promised(from, [], { priorities: [as('urgent', from)] }), null, rules, from).dueAt as Instant;
        const raised = promised(from, [], { priorities: [as('normal', from), as('urgent', raisedAt)] });
        const due = readClock(raised, null, rules, from).dueAt as Instant;
        expect(due).toBe(raisedAt >= calm ? calm : Math.min(calm, Math.max(raisedAt, urgent)));
      }),
      RUNS,
    );
  });

  test('targets are in fractions of minutes, and those kept from the start stay', () => {
    const from = at('2026-11-20 14:00');
    const rules = rulesOf(DEFAULT_POLICY.hours);
    expect(readClock(promised(from), { priority: 'normal', targetMinutes: 0.05 }, rules, from).dueAt).toBe(from + 3_000);
    expect(readClock(promised(from), { priority: 'high', targetMinutes: 0.05 }, rules, from).dueAt).toBe(from + 30 * MINUTE);
  });

  test('what it has spent is told as of its last stop', () => {
    const from = at('2026-11-20 14:00');
    const rests = [{ from: at('2026-11-20 14:10'), to: at('2026-11-20 15:00') }];
    const read = (now: string) => readClock(promised(from, rests), null, rulesOf(DEFAULT_POLICY.hours), at(now));
    expect(read('2026-11-20 14:05')).toMatchObject({ status: 'running', spentMilliseconds: 0, pausedAt: null });
    expect(read('2026-11-20 14:30')).toMatchObject({ status: 'paused', spentMilliseconds: 10 * MINUTE, pausedAt: rests[0]?.from });
    expect(read('2026-11-20 15:10')).toMatchObject({ status: 'running', spentMilliseconds: 10 * MINUTE, dueAt: at('2026-11-20 15:20') });
  });
});
