import { expect, test } from 'vitest';
import { isSame } from '../../flows/same.ts';

test('what the store gave back with its keys in another order says the same', () => {
  expect(isSame({ part: 'morning', dateFrom: '2026-11-24' }, { dateFrom: '2026-11-24', part: 'morning' })).toBe(true);
  expect(isSame([{ part: 'morning' }, { part: 'evening' }], [{ part: 'evening' }, { part: 'morning' }])).toBe(false);
  expect(isSame({ part: 'morning' }, { part: null })).toBe(false);
});
