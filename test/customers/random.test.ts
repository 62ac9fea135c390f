/** The same seed is the same customers: who they are, what they want, what they say first. */
import { expect, it } from 'vitest';
import type { StaffApi } from '../whole/staff-api.ts';
import { NOON } from './a-record.ts';
import { drawVisitor } from './draw-customer.ts';
import { MANNERS } from './manner.ts';
import { SILENCE } from './story.ts';

const nobody: StaffApi = {
  get: () => Promise.reject(new Error('nobody is at the desk')),
  post: () => Promise.reject(new Error('nobody is at the desk')),
  all: () => Promise.reject(new Error('nobody is at the desk')),
};

const queueOf = (seed: string) =>
  Array.from({ length: 60 }, (_, index) => {
    const { customer, errands } = drawVisitor(seed, index, () => NOON, nobody);
    return {
      manner: customer.manner.name,
      person: customer.person,
      errands: errands.map((it) => it.name),
      first: errands[0]?.opening(SILENCE),
    };
  });

it('the same seed gives the same queue, another seed another', () => {
  expect(queueOf('3')).toEqual(queueOf('3'));
  expect(queueOf('3')).not.toEqual(queueOf('4'));
});

it('no two customers have one phone, and the first ones are one of every manner', () => {
  const queue = queueOf('3');
  expect(new Set(queue.map((it) => it.person.phone)).size).toBe(queue.length);
  expect(queue.slice(0, MANNERS.length).map((it) => it.manner)).toEqual(MANNERS.map((it) => it.name));
});

it('every errand of the four dialogs, and of those about a visit, comes up', () => {
  const names = new Set(
    Array.from({ length: 200 }, (_, index) => drawVisitor('3', index, () => NOON, nobody).errands.map((it) => it.flow)).flat(),
  );
  expect([...names].sort()).toEqual([
    'appointment-change',
    'complaint',
    'handoff',
    'progress',
    'repair-booking',
    'survey',
    'warranty-lookup',
  ]);
});
