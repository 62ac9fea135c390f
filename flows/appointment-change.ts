/**
 * Changing a booked visit: whose and which, another time or none, within the cut-off, read back, and done only on
 * confirmation (S2-018). Ends changed, called off, with a person, or as it was.
 */
import type { AnyStateMachine } from 'xstate';
import type { KnownTicket } from '../src/domain/known-ticket.ts';
import { type ChangeData, isPartOfVisit, isTooLate, mergeChange, visitOf, withChange, withoutWindow } from './appointment-change-data.ts';
import { calledOffEffects, rebookedEffects, tooLateEffects } from './appointment-change-outcome.ts';
import type { DialogEvent } from './dialog-event.ts';
import { ask, type Effect, HANDED_OVER, type LookUp, say } from './effect.ts';
import { type FormContext, form } from './form.ts';
import { choice, question } from './question.ts';
import { appliancesOf, liveOnes, lookAgain, proofStates, proofSteps } from './ticket-proof.ts';
import { afterTaken, askWindow, chooseWindow, firstOffered, isAnytime, sayWishedEngineer } from './window-choice.ts';

const changeForm = form<ChangeData>({
  steps: [
    ...proofSteps<ChangeData>((data) => ({ ...withoutWindow(data), wishes: [], readAt: null })),
    { when: isPartOfVisit, to: '#partOfVisit' },
    { when: (data) => data.ticket !== null && data.ticket.visit === null, to: '#withoutVisit' },
    { when: (data) => data.readAt === null, to: '#readingClock' },
    {
      slot: 'change',
      missing: (data) => data.change === null,
      question: askChange,
      reopened: (data) => ({ ...data, change: null }),
    },
    { when: (data) => data.change === 'cancel', to: '#confirmingCancel' },
    { when: (data) => data.window === null && data.choice.kind === 'unknown', to: '#findingWindows' },
    { when: (data) => data.choice.kind === 'offered' && data.choice.offer.kind === 'none', to: '#nothingFree' },
    { when: (data) => data.window === null, to: '#choosingWindow' },
    { when: () => true, to: '#confirming' },
  ],
  merged: mergeChange,
  consequences: () => [],
  restarted: (data) => ({ ...withoutWindow(data), wishes: [], engineerWish: null, change: null, own: null, ticket: null, number: null }),
  resumed: lookAgain,
  saying: { restarted: say('restarted'), cancelled: (data) => say(data.ticket?.visit == null ? 'change.dropped' : 'change.kept') },
});

const { base, filling, asking, anywhere, hearing, miss, moveOn, movesOrMisses } = changeForm;

type Context = FormContext<ChangeData>;

function askChange(data: ChangeData, misses: number) {
  return question('change', misses === 0 ? 'ask.change-what' : 'ask.change-what.again', factsOf(data), [
    choice('choice.reschedule', { type: 'CHANGE_CHOSEN', change: 'reschedule' }),
    choice('choice.cancel-visit', { type: 'CHANGE_CHOSEN', change: 'cancel' }),
    choice('choice.keep', { type: 'CANCELLED' }),
  ]);
}

function factsOf(data: ChangeData) {
  const { ticket, visit } = visitOf(data);
  return { appliances: { as: 'appliances', value: appliancesOf(ticket) }, visit: { as: 'window', value: visit.window } } as const;
}

const effects = (of: (data: ChangeData) => readonly Effect[]) => ({
  type: 'effects' as const,
  params: ({ context }: { context: Context }) => of(context.data),
});

const lookingUp = (lookUp: (data: ChangeData) => LookUp) => [effects((data) => [{ kind: 'look-up', lookUp: lookUp(data) }])];

const learn = (change: (data: ChangeData, event: DialogEvent) => ChangeData) =>
  base.assign(({ context, event }) => ({ ...context, data: change(context.data, event) }));

/** Where and for what an engineer is looked for. */
function jobOf(data: ChangeData) {
  const { ticket, visit } = visitOf(data);
  return {
    appliances: appliancesOf(ticket),
    city: ticket.city ?? '',
    district: ticket.district ?? '',
    engineerWish: data.engineerWish,
    instead: visit,
  };
}

/** Those with a visit; where nothing is booked, a recheck that waits for one: a person settles its time (S2-055). */
const changeable = (tickets: readonly KnownTicket[]): readonly KnownTicket[] => {
  const live = liveOnes(tickets);
  const booked = live.filter((it) => it.visit !== null);
  return booked.length > 0 ? booked : live.filter((it) => it.kind === 'recheck');
};

const anotherWindow = (data: ChangeData): ChangeData => ({ ...withoutWindow(data), wishes: [], choice: { kind: 'open' } });

/** Of a wish for an engineer that was just looked into. */
const sayWished = {
  type: 'effects' as const,
  params: ({ context, event }: { context: Context; event: DialogEvent }) =>
    event.type === 'WINDOWS_FOUND' ? sayWishedEngineer(event.wished, context.data.wishTold) : [],
};

const chosenChange = (data: ChangeData, event: DialogEvent): ChangeData =>
  event.type === 'CHANGE_CHOSEN' ? withChange(data, event.change) : data;

/** What every state after the ticket also hears: the other of the two changes. */
const changing = (here: string) => ({ CHANGE_CHOSEN: movesOrMisses(chosenChange, 'change', here) });

/** The dispatcher is called in place of the change. */
const tooLate = {
  type: 'effects' as const,
  params: ({ context, event }: { context: Context; event: DialogEvent }) =>
    event.type === 'CLOCK_READ' || event.type === 'TICKET_READ' ? tooLateEffects(context.data, event.now, event.lateAnswerBy) : [],
};

const machine = base.createMachine({
  id: 'appointment-change',
  context: ({ input }) => ({ data: input.data, misses: 0, trail: [] }),
  initial: 'filling',
  on: {
    ...anywhere,
    TICKET_CHOSEN: {
      target: '#filling',
      actions: moveOn(
        (data, event) =>
          event.type === 'TICKET_CHOSEN'
            ? { ...withoutWindow(data), ticket: data.own?.find((it) => it.id === event.ticketId) ?? data.ticket }
            : data,
        'ticket',
      ),
    },
    CHANGE_CHOSEN: { target: '#filling', actions: moveOn(chosenChange, 'change') },
  },
  states: {
    filling,
    asking,
    ...proofStates<ChangeData>(changeForm, changeable, '#nothingToChange'),

    readingClock: {
      id: 'readingClock',
      entry: lookingUp(() => ({ about: 'clock' })),
      on: {
        CLOCK_READ: [
          {
            guard: ({ context, event }) => isTooLate(context.data, event.now),
            target: '#tooLate',
            actions: [tooLate],
          },
          { target: '#filling', actions: [learn((data, event) => (event.type === 'CLOCK_READ' ? { ...data, readAt: event.now } : data))] },
        ],
      },
    },

    findingWindows: {
      id: 'findingWindows',
      entry: lookingUp((data) => ({
        about: 'windows',
        wishes: data.wishes,
        // Only another engineer is wished for: the time stays, if one of them is free.
        preferred: data.wishes.length === 0 && data.engineerWish !== null ? visitOf(data).visit.window : null,
        ...jobOf(data),
      })),
      on: {
        WINDOWS_FOUND: [
          { guard: ({ event }) => event.wished?.kind === 'already', target: '#unchanged', actions: [sayWished] },
          {
            guard: ({ context, event }) =>
              event.offer.kind === 'exact' &&
              event.offer.window.from === context.data.ticket?.visit?.window.from &&
              context.data.engineerWish === null,
            target: '#unchanged',
            actions: [effects((data) => [say('change.already', { visit: factsOf(data).visit })])],
          },
          {
            guard: ({ event }) => event.offer.kind === 'exact',
            target: '#filling',
            actions: [
              sayWished,
              learn((data, event) =>
                event.type === 'WINDOWS_FOUND' && event.offer.kind === 'exact'
                  ? { ...data, wishTold: event.wished, window: event.offer.window }
                  : data,
              ),
            ],
          },
          {
            target: '#filling',
            actions: [
              sayWished,
              learn((data, event) =>
                event.type === 'WINDOWS_FOUND'
                  ? { ...data, wishTold: event.wished, choice: { kind: 'offered' as const, offer: event.offer } }
                  : data,
              ),
            ],
          },
        ],
      },
    },

    choosingWindow: {
      id: 'choosingWindow',
      entry: [
        {
          type: 'effects',
          params: ({ context }) => [ask(askWindow(context.data, context.misses, false))],
        },
      ],
      on: {
        ...hearing('window', '#choosingWindow'),
        ...changing('#choosingWindow'),
        ANSWERED: [
          { guard: ({ context, event }) => isAnytime(context.data, event), target: '#filling', actions: moveOn(firstOffered, null) },
          ...hearing('window', '#choosingWindow').ANSWERED,
        ],
        WINDOW_CHOSEN: { target: '#filling', actions: moveOn(chooseWindow, null) },
        AFFIRMED: movesOrMisses(chooseWindow, 'window', '#choosingWindow'),
        ANOTHER_WINDOW_WANTED: { target: '#choosingWindow', reenter: true, actions: moveOn(anotherWindow, null) },
        DENIED: { target: '#choosingWindow', reenter: true, actions: moveOn(anotherWindow, null) },
        SKIPPED: movesOrMisses(firstOffered, 'window', '#choosingWindow'),
      },
    },

    confirming: {
      id: 'confirming',
      entry: [{ type: 'effects', params: ({ context }) => [ask(askConfirm(context.data, context.misses))] }],
      on: {
        ...hearing('confirm', '#confirming'),
        ...changing('#confirming'),
        AFFIRMED: { target: '#judging' },
        WENT_BACK: { target: '#choosingWindow', actions: moveOn(anotherWindow, null) },
        ANOTHER_WINDOW_WANTED: { target: '#choosingWindow', actions: moveOn(anotherWindow, null) },
        DENIED: { target: '#choosingWindow', actions: moveOn(anotherWindow, null) },
        SKIPPED: miss('#confirming'),
      },
    },

    confirmingCancel: {
      id: 'confirmingCancel',
      entry: [{ type: 'effects', params: ({ context }) => [ask(askCancel(context.data, context.misses))] }],
      on: {
        ...hearing('confirm', '#confirmingCancel'),
        AFFIRMED: { target: '#judging' },
        CHANGE_CHOSEN: [
          { guard: ({ event }) => event.change === 'cancel', target: '#judging' },
          { target: '#filling', actions: moveOn(chosenChange, 'change') },
        ],
        DENIED: { target: '#cancelled', actions: [{ type: 'effects', params: [say('change.kept')] }] },
        SKIPPED: miss('#confirmingCancel'),
      },
    },

    /** The customer may have thought about it for an hour, or somebody else changed it: clock and visit decide again. */
    judging: {
      id: 'judging',
      entry: lookingUp((data) => ({ about: 'ticket', ticketId: visitOf(data).ticket.id })),
      on: {
        TICKET_READ: [
          { guard: ({ event }) => event.ticket?.visit == null, target: '#nothingToChange' },
          {
            // Somebody else moved it meanwhile: what was read back is no longer what there is.
            guard: ({ context, event }) => event.ticket?.visit?.appointmentId !== context.data.ticket?.visit?.appointmentId,
            target: '#filling',
            actions: [
              { type: 'effects', params: [say('change.meanwhile')] },
              learn((data, event) => (event.type === 'TICKET_READ' ? { ...withoutWindow(data), ticket: event.ticket } : data)),
            ],
          },
          { guard: ({ context, event }) => isTooLate(context.data, event.now), target: '#tooLate', actions: [tooLate] },
          {
            guard: ({ context }) => context.data.change === 'cancel',
            target: '#calledOff',
            actions: [{ type: 'effects', params: ({ context, event }) => calledOffEffects({ ...context.data, ticket: event.ticket }) }],
          },
          {
            target: '#reserving',
            actions: [learn((data, event) => (event.type === 'TICKET_READ' ? { ...data, ticket: event.ticket } : data))],
          },
        ],
      },
    },

    reserving: {
      id: 'reserving',
      entry: lookingUp((data) => ({
        about: 'reservation',
        window: chosenWindow(data),
        held: null,
        ticketCount: 0,
        priority: 'normal',
        ...jobOf(data),
      })),
      on: {
        WINDOW_RESERVED: {
          target: '#changed',
          actions: [{ type: 'effects', params: ({ context, event }) => rebookedEffects(context.data, event) }],
        },
        WINDOW_TAKEN: {
          target: '#filling',
          actions: [
            learn((data, event) => (event.type === 'WINDOW_TAKEN' ? { ...withoutWindow(data), choice: afterTaken(event.nearest) } : data)),
          ],
        },
      },
    },

    changed: { id: 'changed', type: 'final' },
    calledOff: { id: 'calledOff', type: 'final' },
    tooLate: { id: 'tooLate', type: 'final' },
    cancelled: { id: 'cancelled', type: 'final' },
    /** The engineer wished for is the one who comes. */
    unchanged: { id: 'unchanged', type: 'final' },
    /** An enquiry, a danger, a machine brought to a shop: there is no time to change, a person sees to it. */
    withoutVisit: {
      id: 'withoutVisit',
      type: 'final',
      entry: [effects(() => [{ kind: 'hand-off', reason: 'change-without-visit', first: 'handoff.no-visit', phone: null, waits: false }])],
    },
    /** Several appliances come in one visit and one of them was named: who only wants that one needs a person. */
    partOfVisit: {
      id: 'partOfVisit',
      type: 'final',
      entry: [effects(() => [{ kind: 'hand-off', reason: 'part-of-visit', first: 'handoff.part-of-visit', phone: null, waits: false }])],
    },
    /** Everything of theirs is done or called off: a new visit is a new booking. */
    nothingToChange: { id: 'nothingToChange', type: 'final', entry: [effects(() => [say('change.nothing')])] },
    nothingFree: {
      id: 'nothingFree',
      type: 'final',
      entry: [effects(() => [{ kind: 'hand-off', reason: 'no-engineer', first: 'handoff.nothing-free', phone: null, waits: false }])],
    },
    handedOff: { id: 'handedOff', type: 'final', entry: [effects(() => [HANDED_OVER])] },
  },
});

function askConfirm(data: ChangeData, misses: number) {
  const { visit } = visitOf(data);
  const window = chosenWindow(data);
  const sameTime = window.from === visit.window.from;
  const key = sameTime ? 'confirm.engineer' : misses === 0 ? 'confirm.change' : 'confirm.change.again';
  return question('confirm', key, sameTime ? factsOf(data) : { ...factsOf(data), window: { as: 'window', value: window } }, [
    choice('choice.confirm', { type: 'AFFIRMED' }),
    choice('choice.change-time', { type: 'ANOTHER_WINDOW_WANTED' }),
    choice('choice.keep', { type: 'CANCELLED' }),
  ]);
}

function askCancel(data: ChangeData, misses: number) {
  const fee = data.cancelFeeYuan;
  const key = fee > 0 ? 'confirm.cancel.fee' : misses === 0 ? 'confirm.cancel' : 'confirm.cancel.again';
  const facts = fee > 0 ? { ...factsOf(data), yuan: { as: 'number', value: fee } as const } : factsOf(data);
  return question('confirm', key, facts, [
    choice('choice.cancel-visit', { type: 'AFFIRMED' }),
    choice('choice.reschedule', { type: 'CHANGE_CHOSEN', change: 'reschedule' }),
    choice('choice.keep', { type: 'CANCELLED' }),
  ]);
}

function chosenWindow(data: ChangeData) {
  if (data.window === null) throw new Error('invariant: a visit moves to a window');
  return data.window;
}

export const appointmentChange: AnyStateMachine = machine;
