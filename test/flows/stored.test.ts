import { beforeAll, expect, test } from 'vitest';
import { DIALOGS, FLOWS, type FlowName } from '../../flows/registry.ts';
import { BEGINNINGS, type Snapshot, walk } from './repair-walk.ts';
import { CHANGE_BEGINNINGS, changeWalker, PROGRESS_BEGINNINGS, progressWalker } from './ticket-walk.ts';
import type { SnapshotOf, Walked } from './walk.ts';

let reached: readonly Snapshot[] = [];

beforeAll(() => {
  reached = reachedIn(walk(BEGINNINGS.slice(-2)));
});

function reachedIn<Data>({ first, edges }: Walked<Data>): readonly SnapshotOf<Data>[] {
  return [...first, ...edges.map((it) => it.after)];
}

/** The contexts that are another after they were stored. */
function changed(flow: FlowName, snapshots: readonly { readonly context: unknown }[]): readonly unknown[] {
  const contexts = [...new Set(snapshots.map((it) => JSON.stringify(it.context)))].map((it): unknown => JSON.parse(it));
  return contexts.filter((it) => JSON.stringify(sorted(DIALOGS[flow].stored.read(it))) !== JSON.stringify(sorted(it)));
}

test('every context a booking can reach is read back from JSON unchanged', () => {
  expect(reached.length).toBeGreaterThan(1_000);
  expect(changed('repair-booking', reached).slice(0, 2)).toEqual([]);
});

test('every context a change of an appointment can reach is read back from JSON unchanged', () => {
  const snapshots = reachedIn(changeWalker.walk(CHANGE_BEGINNINGS.slice(-4)));
  expect(snapshots.length).toBeGreaterThan(1_000);
  expect(changed('appointment-change', snapshots).slice(0, 2)).toEqual([]);
});

test('every context a progress dialog can reach is read back from JSON unchanged', () => {
  const snapshots = reachedIn(progressWalker.walk(PROGRESS_BEGINNINGS));
  expect(snapshots.length).toBeGreaterThan(1_000);
  expect(changed('progress', snapshots).slice(0, 2)).toEqual([]);
});

test.each(FLOWS)('%s: nothing, a text and a broken ticket are refused, and nothing is known of them', (flow) => {
  const data = { own: [{ id: 'x' }], ticket: null, number: null, phone: null, numberLost: false, triesLeft: null };
  for (const stored of [null, 'text', [], {}, { data, misses: 0, trail: [] }]) {
    expect(DIALOGS[flow].stored.read(stored)).toBeNull();
    expect(DIALOGS[flow].known(stored)).toEqual({});
  }
});

const whole = (): Record<string, unknown> => JSON.parse(JSON.stringify(reached[0]?.context)) as Record<string, unknown>;

test.each([
  ['nothing', null],
  ['a text', '{"data":{}}'],
  ['an empty object', {}],
  ['a list', []],
])('what is stored is refused when it is %s', (_, stored) => {
  expect(DIALOGS['repair-booking'].stored.read(stored)).toBeNull();
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
  expect(DIALOGS['repair-booking'].stored.read({ ...context, data })).not.toBeNull();
  expect(DIALOGS['repair-booking'].stored.read({ ...context, data: { ...(data as object), ...broken } })).toBeNull();
});

test('a booking stored before a fault could come first is still read', () => {
  const { data, ...context } = whole();
  const { unplaced: _, ...older } = data as Record<string, unknown>;
  expect(DIALOGS['repair-booking'].stored.read({ ...context, data: older })).toMatchObject({ data: { unplaced: null } });
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
