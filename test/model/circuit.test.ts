import { expect, test } from 'vitest';
import { createCircuit } from '../../src/model/circuit.ts';

const at = { now: 1_000 };
const opened = () => {
  at.now = 1_000;
  const circuit = createCircuit(() => at.now, { failuresMax: 3, restMilliseconds: 30_000 });
  for (let n = 0; n < 3; n++) circuit.ended('failed');
  return circuit;
};

test('two failures with a success between them and the third do not open it', () => {
  const circuit = createCircuit(() => 0, { failuresMax: 3, restMilliseconds: 30_000 });
  for (const result of ['failed', 'failed', 'succeeded', 'failed', 'failed'] as const) circuit.ended(result);
  expect([circuit.isResting(), circuit.admits()]).toEqual([false, true]);
});

test('after three in a row nobody is let in for thirty seconds, then one at a time', () => {
  const circuit = opened();
  at.now = 30_999;
  expect([circuit.isResting(), circuit.admits()]).toEqual([true, false]);
  at.now = 31_000;
  expect([circuit.admits(), circuit.admits()]).toEqual([true, false]);
  circuit.ended('failed');
  expect(circuit.admits()).toBe(false);
  at.now = 61_000;
  expect(circuit.admits()).toBe(true);
  circuit.ended('succeeded');
  expect([circuit.isResting(), circuit.admits(), circuit.admits()]).toEqual([false, true, true]);
});

test('a clock set back does not prolong the rest', () => {
  const circuit = opened();
  at.now = 500;
  expect(circuit.admits()).toBe(true);
});
