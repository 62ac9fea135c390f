import { expect, test } from 'vitest';
import { DEFAULT_POLICY, policySchema } from '../../src/domain/policy.ts';
import { parsePolicy } from '../../src/domain/policy-file.ts';

function faultsOf(overrides: unknown): readonly string[] {
  const parsed = parsePolicy(overrides);
  return parsed.kind === 'faults' ? parsed.faults : [];
}

test('the default policy has no fault, and nothing changed gives it back', () => {
  expect(policySchema.parse(DEFAULT_POLICY)).toEqual(DEFAULT_POLICY);
  expect(parsePolicy({})).toEqual({ kind: 'policy', policy: DEFAULT_POLICY });
});

test('objects are merged, lists replaced, fractions of a minute allowed', () => {
  const parsed = parsePolicy({
    survey: { delayMinutes: 0.05 },
    sla: { complaint: { high: { resolutionMinutes: 0.1 } } },
    booking: { windows: [{ from: '09:00', to: '18:00' }], cancelFee: 20 },
    hours: { weekdays: { 7: [] } },
  });
  if (parsed.kind === 'faults') throw new Error(parsed.faults.join('\n'));
  const { policy } = parsed;
  expect(policy.survey).toEqual({ ...DEFAULT_POLICY.survey, delayMinutes: 0.05 });
  expect(policy.sla.complaint.high).toEqual({ ...DEFAULT_POLICY.sla.complaint.high, resolutionMinutes: 0.1 });
  expect(policy.sla.repair).toEqual(DEFAULT_POLICY.sla.repair);
  expect(policy.booking.windows).toEqual([{ from: '09:00', to: '18:00' }]);
  expect(policy.booking.leadMinutes).toBe(DEFAULT_POLICY.booking.leadMinutes);
  expect(policy.hours.weekdays[7]).toEqual([]);
  expect(policy.hours.weekdays[6]).toEqual(DEFAULT_POLICY.hours.weekdays[6]);
});

test('every fault is listed with its path', () => {
  const overrides = JSON.parse(
    '{"__proto__":{"a":1},"colour":1,"booking":{"leadMinutes":-1,"leedMinutes":2},"hours":{"weekdays":{"8":[]},"holidays":["2026-02-30"]},"warranty":null}',
  );
  const paths = faultsOf(overrides).map((it) => it.split(':')[0]);
  expect(paths.toSorted()).toEqual(
    ['__proto__', 'booking.leadMinutes', 'booking.leedMinutes', 'colour', 'hours.holidays.0', 'hours.weekdays.8', 'warranty'].toSorted(),
  );
});

test('visit windows and opening blocks must not overlap, a day is no holiday and make-up day at once', () => {
  const twice = [
    { from: '10:00', to: '12:00' },
    { from: '08:00', to: '10:30' },
  ];
  expect(faultsOf({ booking: { windows: twice } })).toEqual(['booking.windows: must not overlap']);
  expect(faultsOf({ hours: { weekdays: { 3: twice } } })).toEqual(['hours.weekdays.3: must not overlap']);
  expect(faultsOf({ booking: { windows: [{ from: '12:00', to: '10:00' }] } })).toEqual(['booking.windows.0: from must be before to']);
  expect(faultsOf({ hours: { holidays: ['2026-10-01'], makeUpDays: ['2026-10-01'] } })).toHaveLength(1);
  const backToBack = [
    { from: '22:00', to: '24:00' },
    { from: '20:00', to: '22:00' },
  ];
  expect(faultsOf({ booking: { windows: backToBack } })).toEqual([]);
});

test.each([null, [], 'x', 3])('%j is no policy', (overrides) => {
  expect(faultsOf(overrides)).toEqual(['policy: must be a JSON object']);
});
