import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/business-calendar.ts';
import { DEFAULT_POLICY, policySchema } from '../../src/domain/policy.ts';
import { countedNumber, numberOfSequence, parseTicketNumber, ticketNumber } from '../../src/domain/ticket-number.ts';
import { day } from './moments.ts';

test('a ticket is numbered by its day', () => {
  expect(ticketNumber(day('2026-11-20'), 31)).toBe('BX-20261120-0031');
  expect(ticketNumber(day('2026-11-20'), 12_345)).toBe('BX-20261120-12345');
  expect(() => ticketNumber(day('2026-11-20'), 0)).toThrow('invariant:');
});

test('read in any case, without hyphens, full width', () => {
  const expected = { kind: 'by-day', printed: 'BX-20261120-0031', day: '2026-11-20', sequence: 31 };
  for (const text of ['BX-20261120-0031', 'bx202611200031', 'BX-20261120-0031 ']) expect(parseTicketNumber(text)).toEqual(expected);
  const complaint = { kind: 'by-period', printed: 'TS-202611-0007', period: '2026-11', sequence: 7 };
  for (const text of ['TS-202611-0007', 'ts2026110007']) expect(parseTicketNumber(text)).toEqual(complaint);
});

test.each([
  '',
  'BX-20261320-0031',
  'BX-20260230-0001',
  'BX-20261120-031',
  'TS-202613-0007',
  'BX-20261120-0000',
  'TS-20261120-0001x',
  '13800138000',
  'KS202600012',
  'DEMO2026IN0001',
  'KS-2026-00000',
  'KFR-35-001',
])('none in %j', (text) => {
  expect(parseTicketNumber(text)).toBeNull();
});

test('what is printed of a day is read back', () => {
  fc.assert(
    fc.property(fc.nat(40_000), fc.integer({ min: 1, max: 999_999 }), (ahead, sequence) => {
      const on = addDays(day('2000-01-01'), ahead);
      const printed = ticketNumber(on, sequence);
      expect(parseTicketNumber(printed)).toEqual({ kind: 'by-day', printed, day: on, sequence });
    }),
  );
});

describe('S4-001 the numbers of complaints', () => {
  const isLegal = (numberPattern: string) =>
    policySchema.safeParse({ ...DEFAULT_POLICY, complaints: { ...DEFAULT_POLICY.complaints, numberPattern } }).success;

  test.each([
    ['TS-YYYYMM-NNNN', 'TS-202611', 'TS-202611-0007'],
    ['KS-YYYY-NNNNN', 'KS-2026', 'KS-2026-00007'],
    ['COMP-YYYYMM-NNN', 'COMP-202611', 'COMP-202611-007'],
  ])('%s counts in %s', (pattern, counter, printed) => {
    const counted = countedNumber(pattern, day('2026-11-30'));
    expect(counted.counter).toBe(counter);
    expect(numberOfSequence(counted.pattern, 7)).toBe(printed);
    expect(countedNumber(pattern, day('2026-12-01')).counter === counter).toBe(!pattern.includes('MM'));
  });

  test('the thousandth of three digits has four', () => {
    expect(numberOfSequence('KS-2026-NNN', 1_000)).toBe('KS-2026-1000');
  });

  test('letters that look like a month or a year are letters', () => {
    expect(countedNumber('MM-YYYYMM-NNN', day('2026-11-22'))).toEqual({ counter: 'MM-202611', pattern: 'MM-202611-NNN' });
    expect(countedNumber('YYYY-YYYY-NNN', day('2026-11-22'))).toEqual({ counter: 'YYYY-2026', pattern: 'YYYY-2026-NNN' });
  });

  test('of every legal pattern are read back as printed', () => {
    const letters = fc.stringMatching(/^[A-Z]{2,4}$/);
    const digits = fc.integer({ min: 3, max: 9 });
    fc.assert(
      fc.property(
        letters,
        fc.boolean(),
        digits,
        fc.nat(30_000),
        fc.integer({ min: 1, max: 999 }),
        (name, monthly, length, ahead, sequence) => {
          const pattern = `${name}-YYYY${monthly ? 'MM' : ''}-${'N'.repeat(length)}`;
          expect(isLegal(pattern)).toBe(true);
          const on = addDays(day('2000-01-01'), ahead);
          const printed = numberOfSequence(countedNumber(pattern, on).pattern, sequence);
          const period = on.slice(0, monthly ? 7 : 4);
          expect(parseTicketNumber(printed)).toEqual({ kind: 'by-period', printed, period, sequence });
          expect(parseTicketNumber(printed.toLowerCase())?.printed).toBe(printed);
        },
      ),
    );
  });
});
