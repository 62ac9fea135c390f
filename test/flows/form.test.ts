/** The form factory with a form of two slots: where to, then when; another place asks for the time again. */

import { describe, expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import type { DialogEvent } from '../../flows/dialog-event.ts';
import { ask, type Effect, HANDED_OVER, say } from '../../flows/effect.ts';
import { form } from '../../flows/form.ts';
import { says } from './answers.ts';
import { effectsOf } from './walk.ts';

const SEAT_FREE: Effect = { kind: 'page', reason: 'seat-free', ticketId: null, onceKey: null };

type Trip = { readonly place: string | null; readonly time: string | null; readonly ticket: string | null };

const { base, filling, asking, anywhere, hearing } = form<Trip>({
  steps: [
    {
      slot: 'place',
      missing: (trip) => trip.place === null,
      question: (_, misses) => question('place', misses),
      reopened: (trip) => ({ ...trip, place: null }),
      affirmed: (trip) => (trip.ticket === null ? trip : { ...trip, place: trip.ticket }),
      denied: (trip) => (trip.ticket === null ? trip : { ...trip, ticket: null }),
    },
    {
      slot: 'time',
      missing: (trip) => trip.time === null,
      question: (_, misses) => question('time', misses),
      reopened: (trip) => ({ ...trip, time: null }),
      skipped: (trip) => ({ ...trip, time: 'any' }),
      denied: (trip) => ({ ...trip, time: 'any' }),
    },
    { when: () => true, to: '#confirming' },
  ],
  merged: (trip, { name, model }) => {
    const place = name ?? trip.place;
    const time = model ?? (place === trip.place ? trip.time : null);
    return place === trip.place && time === trip.time ? trip : { ...trip, place, time };
  },
  consequences: (before, after) => (before.time !== null && after.time === null ? [SEAT_FREE] : []),
  restarted: (trip) => ({ place: null, time: null, ticket: trip.ticket }),
  saying: { restarted: say('restarted'), cancelled: () => say('cancelled') },
});

const machine = base.createMachine({
  id: 'trip',
  context: ({ input }) => ({ data: input.data, misses: 0, trail: [] }),
  initial: 'filling',
  on: anywhere,
  states: {
    filling,
    asking,
    confirming: {
      id: 'confirming',
      entry: [{ type: 'effects', params: [ask(question('confirm', 0))] }],
      on: hearing('confirm', '#confirming'),
    },
    cancelled: { id: 'cancelled', type: 'final' },
    handedOff: { id: 'handedOff', type: 'final', entry: [{ type: 'effects', params: [HANDED_OVER] }] },
  },
});

function question(asking: string, misses: number) {
  return { asking, reply: { key: misses === 0 ? 'ask.name' : 'ask.name.again', data: {} }, choices: [] } as const;
}

const goTo = (name: string | null, model: string | null = null) => says({ name, model });
const MISS: DialogEvent = { type: 'NOT_UNDERSTOOD' };

/** Where a trip is after these events, what it knows, and what the last of them brought about. */
function step(events: readonly DialogEvent[], known: Partial<Trip> = {}) {
  const [first, actions] = initialTransition(machine, { data: { place: null, time: null, ticket: null, ...known } });
  return events.reduce(
    (trip, event) => {
      const [next, done] = transition(machine, trip.snapshot, event);
      return { snapshot: next, effects: effectsOf(done as never) };
    },
    { snapshot: first, effects: effectsOf(actions as never) },
  );
}

const told = (events: readonly DialogEvent[], known: Partial<Trip> = {}) => {
  const { snapshot, effects } = step(events, known);
  const { data, misses } = snapshot.context;
  return {
    at: typeof snapshot.value === 'string' ? snapshot.value : String(Object.values(snapshot.value)[0]),
    place: data.place,
    time: data.time,
    misses,
    effects: effects.map((it) =>
      it.kind === 'ask' ? `ask ${it.question.asking} ${it.question.reply.key}` : it.kind === 'say' ? it.reply.key : it.kind,
    ),
  };
};

describe('filling', () => {
  test('asks for the first slot that is missing, one after the other', () => {
    expect(told([])).toMatchObject({ at: 'place', effects: ['ask place ask.name'] });
    expect(told([goTo('Beijing')])).toMatchObject({ at: 'time', place: 'Beijing', effects: ['ask time ask.name'] });
    expect(told([goTo('Beijing'), goTo(null, '9')])).toMatchObject({ at: 'confirming', effects: ['ask confirm ask.name'] });
  });

  test('several answers in one message fill several slots, whatever was asked', () => {
    expect(told([goTo('Beijing', '9')])).toMatchObject({ at: 'confirming', place: 'Beijing', time: '9' });
    expect(told([goTo(null, '9')])).toMatchObject({ at: 'place', time: '9', misses: 0 });
  });

  test('what is known from the start is not asked', () => {
    expect(told([], { place: 'Beijing' })).toMatchObject({ at: 'time' });
    expect(told([], { place: 'Beijing', time: '9' })).toMatchObject({ at: 'confirming' });
  });

  test('a correction opens again what hangs on it, and its consequence is asked for', () => {
    expect(told([goTo('Beijing', '9'), goTo('Shanghai')])).toMatchObject({
      at: 'time',
      place: 'Shanghai',
      time: null,
      effects: ['page', 'ask time ask.name'],
    });
  });
});

describe('misses', () => {
  test('a message that moves nothing asks in other words, the third in a row hands over', () => {
    expect(told([MISS])).toMatchObject({ misses: 1, effects: ['ask place ask.name.again'] });
    expect(told([MISS, goTo(null)])).toMatchObject({ misses: 2, effects: ['ask place ask.name.again'] });
    expect(told([MISS, MISS, MISS])).toMatchObject({ at: 'handedOff', effects: ['hand-off'] });
  });

  test('anything understood starts the count again', () => {
    expect(told([MISS, MISS, goTo('Beijing')])).toMatchObject({ at: 'time', misses: 0 });
    expect(told([MISS, MISS, goTo('Beijing'), MISS, MISS])).toMatchObject({ at: 'time', misses: 2 });
  });

  test('asking to hear it again is no miss and forgets none', () => {
    expect(told([MISS, { type: 'REPEAT_ASKED' }])).toMatchObject({ misses: 1, effects: ['ask place ask.name.again'] });
    expect(told([{ type: 'REPEAT_ASKED' }, { type: 'RESUMED' }])).toMatchObject({ misses: 0, effects: ['ask place ask.name'] });
  });

  test('yes, no and skip mean something only where the slot says so', () => {
    expect(told([{ type: 'AFFIRMED' }])).toMatchObject({ at: 'place', misses: 1 });
    expect(told([{ type: 'AFFIRMED' }], { ticket: 'Beijing' })).toMatchObject({ at: 'time', place: 'Beijing', misses: 0 });
    expect(told([{ type: 'DENIED' }], { ticket: 'Beijing' })).toMatchObject({ at: 'place', misses: 0 });
    expect(told([{ type: 'SKIPPED' }])).toMatchObject({ at: 'place', misses: 1 });
    expect(told([goTo('Beijing'), { type: 'AFFIRMED' }])).toMatchObject({ at: 'time', misses: 1 });
  });
});

describe('leaving open, going back, starting over', () => {
  test.each([{ type: 'SKIPPED' }, { type: 'DENIED' }] as const)('a slot that may be left open is, on $type', (event) => {
    expect(told([goTo('Beijing'), event])).toMatchObject({ at: 'confirming', time: 'any' });
  });

  test('going back opens the slot answered last, then the one before it', () => {
    const there = [goTo('Beijing'), goTo(null, '9')];
    expect(told([...there, { type: 'WENT_BACK' }])).toMatchObject({
      at: 'time',
      place: 'Beijing',
      time: null,
      effects: ['page', 'ask time ask.name'],
    });
    expect(told([...there, { type: 'WENT_BACK' }, { type: 'WENT_BACK' }])).toMatchObject({ at: 'place', place: null });
  });

  test('going back from the first question puts it again', () => {
    expect(told([{ type: 'WENT_BACK' }])).toMatchObject({ at: 'place', misses: 0, effects: ['ask place ask.name'] });
  });

  test('starting over says so, keeps what the form keeps, and leaves nothing to go back to', () => {
    const restarted = step([goTo('Beijing', '9'), { type: 'RESTARTED' }], { ticket: 'Beijing' });
    expect(restarted.snapshot.context).toEqual({ data: { place: null, time: null, ticket: 'Beijing' }, misses: 0, trail: [] });
    expect(restarted.effects.map((it) => it.kind)).toEqual(['say', 'page', 'ask']);
  });

  test('cancelling ends it from any question, with a word', () => {
    expect(told([{ type: 'CANCELLED' }])).toMatchObject({ at: 'cancelled', effects: ['cancelled'] });
    expect(told([goTo('Beijing', '9'), { type: 'CANCELLED' }])).toMatchObject({ at: 'cancelled' });
  });

  test('an event no state has an ear for leaves the same snapshot and asks for nothing', () => {
    const { snapshot } = step([]);
    const [same, actions] = transition(machine, snapshot, { type: 'ANOTHER_WINDOW_WANTED' });
    expect(same).toBe(snapshot);
    expect(actions).toEqual([]);
  });
});
