import { expect, test } from 'vitest';
import { EMERGENCIES, playbookFor } from '../../src/domain/playbook.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';

const { playbooks } = DEFAULT_POLICY;

test.each(EMERGENCIES)('S0-018 a page for %s comes with its steps', (emergency) => {
  const reason = emergency === 'recall' ? emergency : `danger-${emergency}`;
  expect(playbookFor(reason, playbooks)).toBe(playbooks[emergency]);
  expect(playbooks[emergency].length).toBeGreaterThan(2);
});

test('any other page has none', () => {
  expect(playbookFor('complaint-filed', playbooks)).toEqual([]);
  expect(playbookFor('danger-', playbooks)).toEqual([]);
});
