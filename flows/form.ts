/**
 * Slot filling: slot specs in, ordinary state configs out, one state per slot. What a dialog has of its own (offering
 * windows, reserving, confirming) stands in its own file beside the states made here.
 *
 * Terms: a *slot* is one thing to know; *filling* is the crossroads that goes to the first slot still missing, or
 * through a *gate* to a state of the dialog's own; a *miss* is a message that moved nothing; the *trail* is the slots
 * answered so far, for going back.
 */
import { setup } from 'xstate';
import type { Answers, DialogEvent } from './dialog-event.ts';
import { ask, type Effect, type Question } from './effect.ts';

/** Messages in a row that moved nothing before a person takes over. */
export const MISSES_MAX = 3;

export type FormContext<Data> = { readonly data: Data; readonly misses: number; readonly trail: readonly string[] };

export type Slot<Data> = {
  readonly slot: string;
  readonly missing: (data: Data) => boolean;
  /** How it is asked; `misses` > 0 asks in other words. */
  readonly question: (data: Data, misses: number) => Question;
  /** The data with this slot open again, for going back. */
  readonly reopened: (data: Data) => Data;
  /** The data after the customer would rather not say, never the same object; absent when it can't be left open. */
  readonly skipped?: (data: Data) => Data;
  /** What 是 and 不是 change while this is asked, the same object when they mean nothing now; absent when they never do. */
  readonly affirmed?: (data: Data) => Data;
  readonly denied?: (data: Data) => Data;
  /** Whatever is said, it is not asked a second time; wants `skipped`. */
  readonly askedOnce?: boolean;
};

/** A way out of `filling` to a state of the dialog's own, named by its id. */
export type Gate<Data> = { readonly when: (data: Data) => boolean; readonly to: string };

export type FormSpec<Data> = {
  /** Walked in order; the first slot that is missing or gate that is open decides. The last gate is always open. */
  readonly steps: readonly (Slot<Data> | Gate<Data>)[];
  /** The data with a message's answers in it; the same object when they say nothing new. */
  readonly merged: (data: Data, answers: Answers, text: string, asked: string) => Data;
  /** What a change of the data brings about at once, such as giving a held window back. */
  readonly consequences: (before: Data, after: Data) => readonly Effect[];
  /** What is kept when the customer starts over. */
  readonly restarted: (data: Data) => Data;
  /** What is known anew when the dialog is taken up again, the same object when nothing is; absent when it never is. */
  readonly resumed?: (data: Data) => Data;
  readonly saying: { readonly restarted: Effect; readonly cancelled: (data: Data) => Effect };
};

/**
 * Makes the shared states of a form dialog. The dialog adds its own, among them `#cancelled` and `#handedOff`, and
 * spreads `anywhere` into the machine's `on`.
 */
export function form<Data>(spec: FormSpec<Data>) {
  const base = setup({
    types: {
      context: {} as FormContext<Data>,
      events: {} as DialogEvent,
      input: {} as { readonly data: Data },
    },
    actions: {
      /** Not executed: the turn reads `params` off the step. */
      effects: (_, _effects: readonly Effect[]) => {},
    },
  });

  /** To another state of the conversation with new data: the misses start over, consequences are asked for. */
  const moveOn = (change: (data: Data, event: DialogEvent) => Data, asked: string | null) => [
    {
      type: 'effects' as const,
      params: ({ context, event }: { context: FormContext<Data>; event: DialogEvent }) =>
        spec.consequences(context.data, change(context.data, event)),
    },
    base.assign(({ context, event }) => ({
      data: change(context.data, event),
      misses: 0,
      trail: asked === null ? context.trail : [...context.trail.filter((it) => it !== asked), asked],
    })),
  ];

  const changes =
    (change: (data: Data, event: DialogEvent) => Data) =>
    ({ context, event }: { context: FormContext<Data>; event: DialogEvent }) =>
      change(context.data, event) !== context.data;

  /** The third message in a row that moved nothing hands over to a person; before that the question is put anew. */
  const miss = (here: string) => [
    { guard: ({ context }: { context: FormContext<Data> }) => context.misses + 1 >= MISSES_MAX, target: '#handedOff' },
    { target: here, reenter: true, actions: [base.assign(({ context }) => ({ ...context, misses: context.misses + 1 }))] },
  ];

  const movesOrMisses = (change: (data: Data, event: DialogEvent) => Data, asked: string, here: string) => [
    { guard: changes(change), target: '#filling', actions: moveOn(change, asked) },
    ...miss(here),
  ];

  const { resumed } = spec;
  const takenUpAnew =
    resumed === undefined
      ? []
      : [
          {
            guard: ({ context }: { context: FormContext<Data> }) => resumed(context.data) !== context.data,
            target: '#filling',
            actions: moveOn(resumed, null),
          },
        ];

  const answered =
    (asked: string) =>
    (data: Data, event: DialogEvent): Data =>
      event.type === 'ANSWERED' ? spec.merged(data, event.answers, event.text, asked) : data;

  /** What every state that waits for the customer understands. `here` is the state's own id with a `#`. */
  const hearing = (asked: string, here: string) => {
    const back = ({ context }: { context: FormContext<Data> }): boolean => context.trail.length > 0;
    return {
      ANSWERED: movesOrMisses(answered(asked), asked, here),
      NOT_UNDERSTOOD: miss(here),
      REPEAT_ASKED: { target: here, reenter: true },
      RESUMED: [...takenUpAnew, { target: here, reenter: true }],
      WENT_BACK: [
        {
          guard: back,
          target: '#filling',
          actions: [
            {
              type: 'effects' as const,
              params: ({ context }: { context: FormContext<Data> }) => spec.consequences(context.data, lastReopened(context)),
            },
            base.assign(({ context }) => ({ data: lastReopened(context), misses: 0, trail: context.trail.slice(0, -1) })),
          ],
        },
        { target: here, reenter: true },
      ],
    };
  };

  const slots = spec.steps.filter((step): step is Slot<Data> => 'slot' in step);

  const lastReopened = ({ data, trail }: FormContext<Data>): Data => {
    const slot = slots.find((it) => it.slot === trail.at(-1));
    return slot === undefined ? data : slot.reopened(data);
  };

  const askingState = (slot: Slot<Data>) => {
    const here = `#asking-${slot.slot}`;
    const { affirmed, denied, skipped } = slot;
    const missed = miss(here);
    const leftOpen = skipped === undefined ? missed : { target: '#filling', actions: moveOn(skipped, slot.slot) };
    const meant = (change: ((data: Data) => Data) | undefined) => (change === undefined ? missed : movesOrMisses(change, slot.slot, here));
    const entry = [
      {
        type: 'effects' as const,
        params: ({ context }: { context: FormContext<Data> }) => [ask(slot.question(context.data, context.misses))],
      },
    ];
    if (slot.askedOnce === true && skipped !== undefined) {
      const beside = (data: Data, event: DialogEvent) => skipped(answered(slot.slot)(data, event));
      const heard = { target: '#filling', actions: moveOn(beside, slot.slot) };
      const thenLeft = (change: ((data: Data) => Data) | undefined) =>
        change === undefined ? heard : { target: '#filling', actions: moveOn((data) => skipped(change(data)), slot.slot) };
      const meaning = { AFFIRMED: thenLeft(affirmed), DENIED: thenLeft(denied), SKIPPED: heard };
      const on = { ...hearing(slot.slot, here), ANSWERED: heard, NOT_UNDERSTOOD: heard, ...meaning };
      return base.createStateConfig({ id: here.slice(1), entry, on });
    }
    return base.createStateConfig({
      id: here.slice(1),
      entry,
      on: {
        ...hearing(slot.slot, here),
        AFFIRMED: meant(affirmed),
        DENIED: meant(denied),
        SKIPPED: leftOpen,
      },
    });
  };

  const filling = base.createStateConfig({
    id: 'filling',
    always: spec.steps.map((step) =>
      'slot' in step
        ? { guard: ({ context }: { context: FormContext<Data> }) => step.missing(context.data), target: `#asking-${step.slot}` }
        : { guard: ({ context }: { context: FormContext<Data> }) => step.when(context.data), target: step.to },
    ),
  });

  const asking = base.createStateConfig({
    initial: slots[0]?.slot ?? '',
    states: Object.fromEntries(slots.map((slot) => [slot.slot, askingState(slot)])),
  });

  const anywhere = {
    CANCELLED: {
      target: '#cancelled',
      actions: [
        {
          type: 'effects' as const,
          params: ({ context }: { context: FormContext<Data> }) => [spec.saying.cancelled(context.data)],
        },
      ],
    },
    RESTARTED: {
      target: '#filling',
      actions: [
        { type: 'effects' as const, params: [spec.saying.restarted] },
        ...moveOn((data) => spec.restarted(data), null),
        base.assign(({ context }) => ({ ...context, trail: [] })),
      ],
    },
  };

  return { base, filling, asking, anywhere, hearing, miss, moveOn, movesOrMisses };
}
