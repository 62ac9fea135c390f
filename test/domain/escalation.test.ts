import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { audienceOf, type EscalationRules, escalationTimes, isPastLadder } from '../../src/domain/escalation.ts';
import { type Identifier, identifierFrom } from '../../src/domain/identifier.ts';
import { DAY, HOUR, type Instant, instantOf, MINUTE, SECOND } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { quietUntil } from '../../src/domain/reminder-time.ts';
import { type Promised, readClock } from '../../src/domain/sla-clock.ts';
import { type ClockSubject, judgeClocks, type KeptClock } from '../../src/domain/sla-judgement.ts';
import type { Priority } from '../../src/domain/ticket.ts';
import { anyHours, anyInstant } from './any-hours.ts';
import { at, SHANGHAI, said } from './moments.ts';

const RUNS = { numRuns: 80 };

let ids = 0;
const newId = (): Identifier => identifierFrom(ids++, Buffer.alloc(10, 7));

function promised(startedAt: Instant, priority: Priority): Promised {
  return { kind: 'resolution', startedAt, priorities: [{ at: startedAt, priority }], rests: [], end: null };
}

function rulesOf(hours: EscalationRules['policy']['hours']): EscalationRules {
  return { policy: { ...DEFAULT_POLICY, hours }, timeZone: SHANGHAI, ticketKind: 'complaint' };
}

function timesOf(rules: EscalationRules, from: Instant, priority: Priority): readonly Instant[] {
  const clock = promised(from, priority);
  return escalationTimes(clock, readClock(clock, null, rules, from).dueAt as Instant, rules);
}

describe('the ladder', () => {
  test('S4-008 its steps are in order and as far apart as the policy has them, never in quiet hours unless it is urgent', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, fc.constantFrom<Priority>('urgent', 'normal'), (hours, from, priority) => {
        const rules = rulesOf(hours);
        const times = timesOf(rules, from, priority);
        expect(times).toHaveLength(3);
        const [owner = 0, lead = 0, manager = 0] = times;
        expect(lead - owner).toBeGreaterThanOrEqual(30 * MINUTE);
        expect(manager - lead).toBeGreaterThanOrEqual(90 * MINUTE);
        if (priority === 'urgent') expect([lead - owner, manager - lead]).toEqual([30 * MINUTE, 90 * MINUTE]);
        else for (const time of times) expect(quietUntil(time, DEFAULT_POLICY, SHANGHAI)).toBeNull();
      }),
      RUNS,
    );
  });

  test('S4-008 a desk that is open at night still lets people sleep, one after the other', () => {
    const always = [{ from: '00:00', to: '24:00' }];
    const open = {
      weekdays: { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always },
      holidays: [],
      makeUpDays: [],
    };
    const clock = promised(at('2026-11-20 23:00'), 'normal');
    const times = (priority: Priority) =>
      escalationTimes({ ...clock, priorities: [{ at: clock.startedAt, priority }] }, at('2026-11-20 23:00'), rulesOf(open));
    expect(times('normal').map(said)).toEqual(['11-21 08:00', '11-21 08:30', '11-21 10:00']);
    expect(times('urgent').map(said)).toEqual(['11-20 23:00', '11-20 23:30', '11-21 01:00']);
  });

  test('S4-008 the first step is whoever has it in hand, else those on call first; the others are roles', () => {
    const owner = newId();
    expect(audienceOf(0, owner, DEFAULT_POLICY)).toEqual({ staff: [owner], roles: [] });
    expect(audienceOf(0, null, DEFAULT_POLICY)).toEqual({ staff: [], roles: ['dispatcher'] });
    expect(audienceOf(1, owner, DEFAULT_POLICY)).toEqual({ staff: [], roles: ['dispatcher', 'quality'] });
    expect(audienceOf(2, owner, DEFAULT_POLICY)).toEqual({ staff: [], roles: ['admin'] });
  });

  test('it is past only when its last step is', () => {
    const times = [at('2026-11-20 09:00'), at('2026-11-20 10:00')];
    expect(isPastLadder(times, 2, at('2026-11-20 10:00'))).toBe(false);
    expect(isPastLadder(times, 2, at('2026-11-20 10:01'))).toBe(true);
    // The rest of it is not known while it rests.
    expect(isPastLadder(times, 3, at('2026-11-21 10:00'))).toBe(false);
    expect(isPastLadder([], 0, at('2026-11-21 10:00'))).toBe(false);
  });
});

describe('rounds', () => {
  test('S4-008 whenever they come, each step is called once, in order, with one warning and one breach at most', () => {
    const rounds = fc.array(fc.integer({ min: 1, max: 8 * HOUR }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(anyHours, anyInstant, fc.constantFrom<Priority>('urgent', 'high', 'normal'), rounds, (hours, from, priority, gaps) => {
        const { pages, events, last } = livedThrough(hours, from, priority, gaps);
        const steps = pages.map((it) => Number(it.onceKey.split(':')[2]));
        expect(steps).toEqual([0, 1, 2].slice(0, steps.length));
        expect(new Set(pages.map((it) => it.onceKey)).size).toBe(pages.length);
        const times = timesOf(rulesOf(hours), from, priority);
        expect(steps).toHaveLength(times.filter((it) => it <= last).length);
        for (const type of ['sla-warned', 'sla-breached']) expect(events.filter((it) => it === type).length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});

/** A handoff of its own, looked at from the start and after each gap; only its resolution-like first response counts. */
function livedThrough(hours: EscalationRules['policy']['hours'], from: Instant, priority: Priority, gaps: readonly number[]) {
  const id: Identifier = newId();
  let clocks: readonly KeptClock[] = [];
  const [pages, events]: [{ onceKey: string }[], string[]] = [[], []];
  const rules = { policy: { ...DEFAULT_POLICY, hours }, timeZone: SHANGHAI };
  let now: Instant = from;
  for (const gap of [0, ...gaps]) {
    now = instantOf(now + gap);
    const facts = {
      kind: 'complaint',
      status: 'open',
      priority,
      channel: 'web-chat',
      openedAt: from,
      timeline: [],
      chats: [],
      said: [],
    } as const;
    const subject: ClockSubject = { id, conversationId: null, owner: null, clocks, about: { kind: 'ticket', facts, timelineLength: 1 } };
    const { write } = judgeClocks(subject, rules, now, newId);
    if (write === null) continue;
    clocks = write.rows.map((it) => ({ ...it, timelineLength: 1, acknowledged: false, calling: false }));
    pages.push(...write.pages.filter((it) => it.reason === 'sla-resolution'));
    events.push(...write.events.filter((it) => it.details['clock'] === 'resolution').map((it) => it.type));
  }
  return { pages, events, last: now };
}

test('nobody is called twice for a clock that nothing is left of', () => {
  const always = DEFAULT_POLICY.hours;
  const { pages } = livedThrough(always, at('2026-11-02 09:00'), 'urgent', [5 * HOUR, SECOND, DAY, DAY]);
  expect(pages).toHaveLength(3);
});
