import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../src/domain/business-calendar.ts';
import { TICKET_KINDS } from '../../src/domain/ticket.ts';
import { parseTicketNumber, ticketNumber } from '../../src/domain/ticket-number.ts';
import { day } from './moments.ts';

test('a repair is numbered by its day, a complaint by its month', () => {
  expect(ticketNumber('repair', day('2026-11-20'), 31)).toBe('BX-20261120-0031');
  expect(ticketNumber('enquiry', day('2026-11-20'), 12_345)).toBe('BX-20261120-12345');
  expect(ticketNumber('complaint', day('2026-11-20'), 7)).toBe('TS-202611-0007');
  expect(() => ticketNumber('repair', day('2026-11-20'), 0)).toThrow('invariant:');
});

test('read in any case, without hyphens, full width', () => {
  const expected = { prefix: 'BX', day: '2026-11-20', sequence: 31 };
  for (const text of ['BX-20261120-0031', 'bx202611200031', 'BX-20261120-0031 ']) expect(parseTicketNumber(text)).toEqual(expected);
  expect(parseTicketNumber('TS-202611-0007')).toEqual({ prefix: 'TS', month: '2026-11', sequence: 7 });
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
])('none in %j', (text) => {
  expect(parseTicketNumber(text)).toBeNull();
});

test('what is printed is read back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TICKET_KINDS), fc.nat(40_000), fc.integer({ min: 1, max: 999_999 }), (kind, ahead, sequence) => {
      const on = addDays(day('2000-01-01'), ahead);
      const read = parseTicketNumber(ticketNumber(kind, on, sequence));
      expect(read?.sequence).toBe(sequence);
      expect(read?.prefix === 'BX' ? read.day : read?.month).toBe(kind === 'complaint' ? on.slice(0, 7) : on);
    }),
  );
});
