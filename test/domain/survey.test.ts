import { expect, test } from 'vitest';
import { HOUR, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { recheckBy, wantsRecheck } from '../../src/domain/survey.ts';

const LOW_MAX = 2;

test.each([
  [1, null, true],
  [2, true, true],
  [3, null, false],
  [3, false, true],
  [5, false, true],
  [5, true, false],
  [null, false, true],
  [null, null, false],
])('S2-055 score %s, solved %s: looked at again is %s', (score, resolved, wanted) => {
  expect(wantsRecheck({ score, resolved }, LOW_MAX)).toBe(wanted);
});

test('S2-055 after 23 hours 59 it is in time, after 24 hours 01 overdue; a night, a holiday or a change of the clock stops nothing', () => {
  // The eve of National Day; the hour the clock is put back in Berlin.
  for (const moment of ['2026-09-30T20:00:00+08:00', '2026-10-25T02:30:00+02:00']) {
    const answered = instantOf(Date.parse(moment));
    const due = recheckBy(answered, 24);
    expect(due).toBe(answered + 24 * HOUR);
    expect(answered + (23 * 60 + 59) * MINUTE <= due).toBe(true);
    expect(answered + (24 * 60 + 1) * MINUTE <= due).toBe(false);
  }
});
