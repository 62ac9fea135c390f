import { beforeAll, describe, expect, test } from 'vitest';
import { begunComplaint } from '../../flows/complaint-data.ts';
import { DIALOGS } from '../../flows/registry.ts';
import type { Identifier } from '../../src/domain/identifier.ts';
import { answers, PHONE } from './answers.ts';
import { COMPLAINT_BEGINNINGS, complaintWalker, STORY } from './complaint-walk.ts';

const {
  stored: { read },
  known,
  about,
  losing,
} = DIALOGS.complaint;

let reached: readonly unknown[] = [];
beforeAll(() => {
  const { first, edges } = complaintWalker.walk(COMPLAINT_BEGINNINGS.slice(-3));
  const contexts = [...first, ...edges.map((it) => it.after)].map((it) => JSON.stringify(it.context));
  reached = [...new Set(contexts)].map((it): unknown => JSON.parse(it));
});

test('every context a complaint can reach is read back from JSON unchanged', () => {
  expect(reached.length).toBeGreaterThan(200);
  expect(reached.filter((it) => !sameAs(read(it), it)).slice(0, 2)).toEqual([]);
});

function sameAs(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}

const told = begunComplaint(
  { phone: PHONE, appliance: 'fridge', ticket: { id: 'ticket-1' as Identifier, number: 'BX-20261118-0001' }, words: null },
  answers({ category: 'repair-service', wish: 'refund' }),
  STORY,
);
const context = { data: told, misses: 0, trail: [] };

test.each([
  ['a class nobody knows', { category: 'weather' }],
  ['a gravity nobody knows', { gravities: ['noise'] }],
  ['a ticket without its number', { about: { id: 'x', appliances: [], window: null } }],
  ['endless words', { what: '气'.repeat(4_001) }],
  ['too many pictures', { photos: Array.from({ length: 51 }, (_, index) => `photo-${index}`) }],
])('what is stored is refused when it holds %s', (_, broken) => {
  expect(read(context)).not.toBeNull();
  expect(read({ ...context, data: { ...told, ...broken } })).toBeNull();
});

describe('what others see of it', () => {
  test('a person who takes over reads the words, the class, the wish, the ticket and the phone', () => {
    expect(known(context)).toEqual({
      complaint: { as: 'text', value: STORY },
      category: { as: 'complaint-category', value: 'repair-service' },
      wish: { as: 'complaint-wish', value: 'refund' },
      ticket: { as: 'text', value: 'BX-20261118-0001' },
      appliances: { as: 'appliances', value: ['fridge'] },
      phone: { as: 'phone', value: PHONE },
    });
  });

  test('a matter in between is of the same ticket and phone', () => {
    expect(about(context)).toEqual({
      appliance: 'fridge',
      faults: [],
      phone: PHONE,
      address: null,
      ticket: { id: 'ticket-1', number: 'BX-20261118-0001' },
      words: null,
    });
  });

  test('words would be lost with it once there are any', () => {
    expect(losing(context)).toBe(true);
    expect(losing({ ...context, data: { ...told, what: '' } })).toBe(false);
    expect(losing(null)).toBe(false);
  });
});
