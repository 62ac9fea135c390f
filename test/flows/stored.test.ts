import { beforeAll, expect, test } from 'vitest';
import { DIALOGS } from '../../flows/registry.ts';
import { repairContextSchema } from '../../flows/repair-booking-stored.ts';
import { BEGINNINGS, type Snapshot, walk } from './repair-walk.ts';

let reached: readonly Snapshot[] = [];

beforeAll(() => {
  const { first, edges } = walk(BEGINNINGS.slice(-2));
  reached = [...first, ...edges.map((it) => it.after)];
});

test('every context a booking can reach is read back from JSON unchanged', () => {
  const changed = reached.filter(({ context }) => {
    const stored: unknown = JSON.parse(JSON.stringify(context));
    return JSON.stringify(sorted(repairContextSchema.parse(stored))) !== JSON.stringify(sorted(context));
  });
  expect(reached.length).toBeGreaterThan(1_000);
  expect(changed.slice(0, 2).map((it) => it.context)).toEqual([]);
});

const whole = (): Record<string, unknown> => JSON.parse(JSON.stringify(reached[0]?.context)) as Record<string, unknown>;

test.each([
  ['nothing', null],
  ['a text', '{"data":{}}'],
  ['an empty object', {}],
  ['a list', []],
])('what is stored is refused when it is %s', (_, stored) => {
  expect(DIALOGS['repair-booking'].restore(stored)).toBeNull();
  expect(DIALOGS['repair-booking'].known(stored)).toEqual({});
});

test.each([
  ['an appliance nobody knows', { items: [{ appliance: 'toaster', faults: [], text: null, model: null, serial: null, errorCode: null }] }],
  ['a window without an end', { window: { from: 1 } }],
  ['a choice of a kind that never was', { choice: { kind: 'maybe' } }],
  ['an offer without its windows', { choice: { kind: 'offered', offer: { kind: 'offer' } } }],
  ['a number for a phone', { phone: 13800138000 }],
  ['an endless text', { name: '王'.repeat(4_001) }],
  [
    'six appliances',
    { items: Array.from({ length: 6 }, () => ({ appliance: 'tv', faults: [], text: null, model: null, serial: null, errorCode: null })) },
  ],
])('what is stored is refused when it holds %s', (_, broken) => {
  const { data, ...context } = whole();
  expect(DIALOGS['repair-booking'].restore({ ...context, data })).not.toBeNull();
  expect(DIALOGS['repair-booking'].restore({ ...context, data: { ...(data as object), ...broken } })).toBeNull();
});

test('a booking stored before a fault could come first is still read', () => {
  const { data, ...context } = whole();
  const { unplaced: _, ...older } = data as Record<string, unknown>;
  expect(DIALOGS['repair-booking'].restore({ ...context, data: older })).toMatchObject({ data: { unplaced: null } });
});

/** The same plain data with its keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, it]) => [key, sorted(it)]),
  );
}
