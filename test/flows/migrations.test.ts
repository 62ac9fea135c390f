/** Dialogs as earlier releases stored them: every version ever released is read, migrated or begun anew with what was said. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOTHING_SAID } from '../../flows/dialog-event.ts';
import { keptOf } from '../../flows/kept.ts';
import { migrated } from '../../flows/migrations.ts';
import { DIALOGS, FLOWS, type FlowName } from '../../flows/registry.ts';
import type { StackedDialog } from '../../src/turn/conversation-state.ts';
import { stepDialog } from '../../src/turn/dialog-stack.ts';

/** `at` is the slot that was asked when it was stored. */
type Released = StackedDialog & { readonly at: string };

const folder = new URL('released/', import.meta.url);
const released = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Released[]);

test.each(released.map((it) => [`${it.flow} ${it.version} ${JSON.stringify(it.value)}`, it] as const))(
  '%s goes on where it was',
  (_, stored) => {
    const stepped = stepDialog(stored, { type: 'REPEAT_ASKED' });
    expect(stepped?.effects.filter((it) => it.kind === 'ask').map((it) => it.question.asking)).toEqual([stored.at]);
  },
);

test.each(FLOWS)('%s: a snapshot of every version up to the one in force is kept', (flow: FlowName) => {
  const versions = new Set(released.filter((it) => it.flow === flow).map((it) => it.version));
  expect([...versions].sort()).toEqual(Array.from({ length: DIALOGS[flow].version }, (_, index) => index + 1));
});

test('a version is migrated a step at a time, and one that nobody migrates is not read', () => {
  const steps = {
    1: ({ value, context }: { readonly value: unknown; readonly context: unknown }) => ({ value, context: { was: context } }),
    2: () => ({ value: 'asking', context: 'third' }),
  };
  const stored = { version: 1, value: 'asked', context: 'first' };
  expect(migrated(stored, 1, steps)).toEqual(stored);
  expect(migrated(stored, 2, steps)).toEqual({ version: 2, value: 'asked', context: { was: 'first' } });
  expect(migrated(stored, 3, steps)).toEqual({ version: 3, value: 'asking', context: 'third' });
  expect(migrated(stored, 4, steps)).toBeNull();
  expect(migrated({ ...stored, version: 5 }, 4, steps)).toBeNull();
  expect(migrated(stored, 2, { 1: () => null })).toBeNull();
});

test('what was said is kept of a dialog nobody can read, slot by slot', () => {
  const [booking] = released.flatMap((it) =>
    it.flow === 'repair-booking' && it.value === 'confirming' ? [it.context as { data: object }] : [],
  );
  const broken = { data: { ...booking?.data, window: 'never', address: { city: 7 } } };
  expect(keptOf(broken)).toMatchObject({
    text: expect.stringContaining('不制冷'),
    answers: { phone: expect.stringMatching(/^\+86138/), reports: [{ appliance: 'air_conditioner' }], address: { city: null } },
  });
  expect(keptOf('nothing')).toEqual({ answers: NOTHING_SAID, text: '' });
});
