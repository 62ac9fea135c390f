import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addBusinessMinutes, isOpen } from '../../src/domain/business-calendar.ts';
import { type ComplaintForm, GRAVITIES, type Gravity } from '../../src/domain/complaint.ts';
import { type ComplaintFacts, complaintTimes, formOfComplaint, graver, weighComplaint } from '../../src/domain/complaint-severity.ts';
import { type Instant, instantOf, MINUTE, parseInstant } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { PRIORITIES } from '../../src/domain/ticket.ts';

const ZONE = 'Asia/Shanghai';
const rules = DEFAULT_POLICY.complaints;
const facts = (told: Partial<ComplaintFacts> = {}): ComplaintFacts => ({
  form: 'complaint',
  gravities: [],
  amountYuan: null,
  complaints: 1,
  ...told,
});
const at = (text: string): Instant => {
  const instant = parseInstant(`${text}+08:00`);
  if (instant === null) throw new Error(`not a moment: ${text}`);
  return instant;
};

describe('S2-061 how much a complaint weighs', () => {
  test.each<readonly [string, Partial<ComplaintFacts>, string, readonly Gravity[]]>([
    ['nothing grave', {}, 'normal', []],
    ['somebody hurt', { gravities: ['injury'] }, 'urgent', ['injury']],
    ['fire', { gravities: ['fire'] }, 'urgent', ['fire']],
    ['the press', { gravities: ['media'] }, 'urgent', ['media']],
    ['12315', { gravities: ['regulator'] }, 'urgent', ['regulator']],
    ['a private payment', { gravities: ['private-payment'] }, 'high', ['private-payment']],
    ['999 yuan', { amountYuan: 999 }, 'normal', []],
    ['1,000 yuan', { amountYuan: 1_000 }, 'high', ['amount']],
    ['the first complaint', { complaints: 1 }, 'normal', []],
    ['the second lately', { complaints: 2 }, 'high', ['repeat']],
    ['a slip, however often', { form: 'exception-slip', complaints: 9 }, 'low', []],
    ['a private payment and somebody hurt', { gravities: ['private-payment', 'injury'] }, 'urgent', ['injury', 'private-payment']],
  ])('%s', (_, told, priority, gravities) => {
    expect(weighComplaint(facts(told), rules)).toEqual({ priority, gravities });
  });

  test('is the policy’s to say', () => {
    const strict = { ...rules, urgent: ['amount'] as Gravity[], high: [] as Gravity[], amountYuan: 10, repeatFrom: 5 };
    expect(weighComplaint(facts({ gravities: ['media'] }), strict).priority).toBe('normal');
    expect(weighComplaint(facts({ amountYuan: 10, complaints: 4 }), strict)).toEqual({ priority: 'urgent', gravities: ['amount'] });
  });

  test('more of anything never weighs less', () => {
    const some = fc.record({
      form: fc.constant<ComplaintForm>('complaint'),
      gravities: fc.subarray([...GRAVITIES]),
      amountYuan: fc.option(fc.nat(5_000), { nil: null }),
      complaints: fc.integer({ min: 1, max: 5 }),
    });
    const policy = fc.record({ urgent: fc.subarray([...GRAVITIES]), high: fc.subarray([...GRAVITIES]) });
    fc.assert(
      fc.property(some, fc.constantFrom(...GRAVITIES), fc.nat(5_000), policy, (one, gravity, yuan, { urgent, high }) => {
        const heavier = {
          form: one.form,
          gravities: [...one.gravities, gravity],
          amountYuan: Math.max(one.amountYuan ?? 0, yuan),
          complaints: one.complaints + 1,
        };
        const [light, heavy] = [one, heavier].map((it) => weighComplaint(it, { ...rules, urgent, high }));
        if (light === undefined || heavy === undefined) throw new Error('two weights');
        expect(graver(light.priority, heavy.priority)).toBe(heavy.priority);
        expect(light.gravities.every((it) => heavy.gravities.includes(it))).toBe(true);
      }),
    );
  });

  test('the graver of two is one of them, whichever comes first', () => {
    for (const one of PRIORITIES) for (const other of PRIORITIES) expect(graver(one, other)).toBe(graver(other, one));
  });
});

describe('S4-002 a slip in place of a complaint', () => {
  const told = { lossless: true, types: [], gravities: [], amountYuan: null, wish: null } as const;

  test.each<readonly [string, Partial<Parameters<typeof formOfComplaint>[0]>, ComplaintForm]>([
    ['nothing was lost, nothing is wanted', {}, 'exception-slip'],
    ['an apology costs nothing', { wish: 'apology' }, 'exception-slip'],
    ['rudeness is no loss', { types: ['attitude', 'late'] }, 'exception-slip'],
    ['nobody said that nothing was lost', { lossless: false }, 'complaint'],
    ['money is wanted back', { wish: 'refund' }, 'complaint'],
    ['a repair is wanted', { wish: 'repair' }, 'complaint'],
    ['something was broken', { types: ['damage'] }, 'complaint'],
    ['a sum was named', { amountYuan: 20 }, 'complaint'],
    ['it is grave', { gravities: ['media'] }, 'complaint'],
  ])('%s', (_, more, form) => {
    expect(formOfComplaint({ ...told, ...more })).toBe(form);
  });
});

describe('S2-059 by when it is answered', () => {
  test.each([
    ['in opening hours', '2026-11-20T10:00', 'normal', '2026-11-20T10:30', '2026-11-26T14:00'],
    ['over the noon break', '2026-11-20T11:50', 'normal', '2026-11-20T13:20', '2026-11-26T15:50'],
    ['urgent at three in the morning: when people are back', '2026-11-20T03:00', 'urgent', '2026-11-20T08:35', '2026-11-20T13:30'],
    ['high after closing', '2026-11-20T22:00', 'high', '2026-11-21T08:45', '2026-11-23T09:30'],
  ] as const)('%s', (_, now, priority, answerBy, resolveBy) => {
    expect(complaintTimes(priority, at(now), DEFAULT_POLICY, ZONE)).toEqual({ answerBy: at(answerBy), resolveBy: at(resolveBy) });
  });

  test('a desk that never opens still owes a time', () => {
    const shut = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
    const never = { ...DEFAULT_POLICY, hours: { ...DEFAULT_POLICY.hours, weekdays: shut } };
    const now = at('2026-11-20T10:00');
    expect(complaintTimes('normal', now, never, ZONE).answerBy).toBe(now + 30 * MINUTE);
  });

  const moments = fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-31T00:00') }).map(instantOf);
  const priorities = fc.constantFrom(...PRIORITIES);

  test('the times are whole minutes, in opening hours or at their end, no sooner than the minutes are over', () => {
    fc.assert(
      fc.property(moments, priorities, (now, priority) => {
        const { answerBy, resolveBy } = complaintTimes(priority, now, DEFAULT_POLICY, ZONE);
        for (const [by, minutes] of [
          [answerBy, DEFAULT_POLICY.sla.complaint[priority].firstResponseMinutes],
          [resolveBy, DEFAULT_POLICY.sla.complaint[priority].resolutionMinutes],
        ] as const) {
          expect(by % MINUTE).toBe(0);
          expect(isOpen(DEFAULT_POLICY.hours, instantOf(by - MINUTE), ZONE)).toBe(true);
          const over = addBusinessMinutes(DEFAULT_POLICY.hours, now, minutes, ZONE) ?? 0;
          expect(by - over).toBeGreaterThanOrEqual(0);
          expect(by - over).toBeLessThan(MINUTE);
        }
        expect(answerBy).toBeLessThan(resolveBy);
      }),
    );
  });

  test('what weighs more is answered no later, and what is told later is answered no sooner', () => {
    fc.assert(
      fc.property(moments, priorities, priorities, fc.nat(5_000), (now, one, other, minutes) => {
        const grave = graver(one, other);
        const mild = grave === one ? other : one;
        const times = (priority: typeof one, moment: Instant) => complaintTimes(priority, moment, DEFAULT_POLICY, ZONE);
        expect(times(grave, now).answerBy).toBeLessThanOrEqual(times(mild, now).answerBy);
        expect(times(one, now).answerBy).toBeLessThanOrEqual(times(one, instantOf(now + minutes * MINUTE)).answerBy);
      }),
    );
  });
});
