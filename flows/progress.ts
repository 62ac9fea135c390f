/**
 * Where a repair is: shown only to the account it belongs to or on proof (S2-024). A window that has ended without
 * arrival is an apology, a page and a clock; a missed time is never told as news.
 */
import type { AnyStateMachine } from 'xstate';
import { type Effect, HANDED_OVER, say } from './effect.ts';
import { form } from './form.ts';
import { type ProgressData, progressEffects } from './progress-report.ts';
import { lookAgain, mergeProof, proofStates, proofSteps, recentOnes } from './ticket-proof.ts';

const progressForm = form<ProgressData>({
  steps: [...proofSteps<ProgressData>((data) => data), { when: () => true, to: '#readingClock' }],
  merged: mergeProof,
  consequences: () => [],
  restarted: (data) => ({ ...data, own: null, ticket: null, number: null, phone: null, numberLost: false }),
  resumed: lookAgain,
  saying: { restarted: say('restarted'), cancelled: () => say('progress.dropped') },
});

const { base, filling, asking, anywhere, moveOn } = progressForm;

const machine = base.createMachine({
  id: 'progress',
  context: ({ input }) => ({ data: input.data, misses: 0, trail: [] }),
  initial: 'filling',
  on: {
    ...anywhere,
    TICKET_CHOSEN: {
      target: '#filling',
      actions: moveOn(
        (data, event) =>
          event.type === 'TICKET_CHOSEN' ? { ...data, ticket: data.own?.find((it) => it.id === event.ticketId) ?? data.ticket } : data,
        'ticket',
      ),
    },
  },
  states: {
    filling,
    asking,
    ...proofStates<ProgressData>(progressForm, recentOnes, null),
    readingClock: {
      id: 'readingClock',
      entry: [{ type: 'effects', params: (): readonly Effect[] => [{ kind: 'look-up', lookUp: { about: 'clock' } }] }],
      on: {
        CLOCK_READ: {
          target: '#told',
          actions: [{ type: 'effects', params: ({ context, event }) => progressEffects(context.data, event) }],
        },
      },
    },
    told: { id: 'told', type: 'final' },
    cancelled: { id: 'cancelled', type: 'final' },
    handedOff: { id: 'handedOff', type: 'final', entry: [{ type: 'effects', params: [HANDED_OVER] }] },
  },
});

export const progress: AnyStateMachine = machine;
