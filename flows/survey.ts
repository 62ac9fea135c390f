/**
 * The survey after a finished repair or a chat with staff (S2-043, S2-054): the score, why it is low, whether the matter is
 * solved. A low answer opens a recheck at once (S2-055); then thanks, and nothing more is asked.
 */
import type { AnyStateMachine } from 'xstate';
import type { SurveyItem } from '../src/domain/survey.ts';
import type { DialogEvent } from './dialog-event.ts';
import { type Effect, HANDED_OVER, say } from './effect.ts';
import { type FormContext, form, type Slot } from './form.ts';
import { mergeSurvey, recheckIsDue, type SurveyData, withItem } from './survey-data.ts';
import { farewell, recheckEffects, recordedEffect } from './survey-outcome.ts';
import { askAttitude, askBadge, askComment, askOnTime, askReason, askResolved, askScore } from './survey-questions.ts';

/** A slot that is asked one time, whatever is answered. */
function once(
  slot: string,
  of: Omit<Slot<SurveyData>, 'slot' | 'missing' | 'reopened' | 'skipped' | 'askedOnce'> & {
    readonly missing: (data: SurveyData) => boolean;
    readonly emptied: (data: SurveyData) => SurveyData;
  },
): Slot<SurveyData> {
  const { missing, emptied, ...rest } = of;
  return {
    slot,
    ...rest,
    askedOnce: true,
    missing: (data) => !data.passed.includes(slot) && missing(data),
    skipped: (data) => ({ ...data, passed: [...data.passed, slot] }),
    reopened: (data) => ({ ...emptied(data), passed: data.passed.filter((it) => it !== slot) }),
  };
}

const isAbout = (data: SurveyData, item: SurveyItem) => data.rules.items.includes(item) && data.subject.engineerName !== null;

const surveyForm = form<SurveyData>({
  steps: [
    { when: recheckIsDue, to: '#openingRecheck' },
    { when: (data) => data.over, to: '#thanked' },
    {
      slot: 'score',
      missing: ({ answers }) => answers.score === null,
      question: askScore,
      reopened: (data) => ({ ...data, answers: { ...data.answers, score: null } }),
      skipped: (data) => ({ ...data, over: true }),
    },
    once('reason', {
      missing: ({ answers, rules }) => answers.reason === null && (answers.score ?? 0) <= rules.reasonScoreMax,
      question: askReason,
      emptied: (data) => ({ ...data, answers: { ...data.answers, reason: null } }),
    }),
    once('resolved', {
      missing: ({ answers }) => answers.resolved === null,
      question: askResolved,
      affirmed: (data) => ({ ...data, answers: { ...data.answers, resolved: true } }),
      denied: (data) => ({ ...data, answers: { ...data.answers, resolved: false } }),
      emptied: (data) => ({ ...data, answers: { ...data.answers, resolved: null } }),
    }),
    once('badge', {
      missing: (data) => isAbout(data, 'badge'),
      question: askBadge,
      affirmed: (data) => withItem(data, { badge: true }),
      denied: (data) => withItem(data, { badge: false }),
      emptied: (data) => withItem(data, { badge: null }),
    }),
    once('on-time', {
      missing: (data) => isAbout(data, 'on-time'),
      question: askOnTime,
      affirmed: (data) => withItem(data, { onTime: true }),
      denied: (data) => withItem(data, { onTime: false }),
      emptied: (data) => withItem(data, { onTime: null }),
    }),
    once('attitude', {
      missing: (data) => isAbout(data, 'attitude'),
      question: askAttitude,
      emptied: (data) => withItem(data, { attitude: null }),
    }),
    once('comment', {
      missing: ({ answers, rules }) => rules.comment && answers.comment === null,
      question: askComment,
      emptied: (data) => ({ ...data, answers: { ...data.answers, comment: null } }),
    }),
    { when: () => true, to: '#thanked' },
  ],
  merged: mergeSurvey,
  // Each answer counts at once: who leaves now has still given it.
  consequences: (before, after) => (after.answers === before.answers ? [] : [recordedEffect(after, false)]),
  restarted: (data) => ({ ...data, passed: [], answers: { ...data.answers, score: null, reason: null, resolved: null } }),
  // After another matter who has given a score is not asked for more.
  resumed: (data) => (data.answers.score === null ? data : { ...data, over: true }),
  saying: {
    restarted: say('restarted'),
    cancelled: farewell,
  },
});

const { base, filling, asking, anywhere } = surveyForm;

const effects = (of: (data: SurveyData, event: DialogEvent) => readonly Effect[]) => ({
  type: 'effects' as const,
  params: ({ context, event }: { context: FormContext<SurveyData>; event: DialogEvent }) => of(context.data, event),
});

const machine = base.createMachine({
  id: 'survey',
  context: ({ input }) => ({ data: input.data, misses: 0, trail: [] }),
  initial: 'filling',
  on: anywhere,
  states: {
    filling,
    asking,
    openingRecheck: {
      id: 'openingRecheck',
      entry: [effects(() => [{ kind: 'look-up', lookUp: { about: 'ticket-numbers', ticketCount: 1 } }])],
      on: {
        NUMBERS_TAKEN: {
          target: '#filling',
          actions: [
            effects((data, event) => (event.type === 'NUMBERS_TAKEN' ? recheckEffects(data, event) : [])),
            base.assign(({ context, event }) => {
              const [taken] = event.type === 'NUMBERS_TAKEN' ? event.tickets : [];
              return taken === undefined
                ? context
                : { ...context, data: { ...context.data, recheck: { ticketId: taken.id, number: taken.number } } };
            }),
          ],
        },
      },
    },
    thanked: { id: 'thanked', type: 'final', entry: [effects((data) => [recordedEffect(data, true), farewell(data)])] },
    cancelled: { id: 'cancelled', type: 'final', entry: [effects((data) => [recordedEffect(data, true)])] },
    handedOff: { id: 'handedOff', type: 'final', entry: [effects(() => [HANDED_OVER])] },
  },
});

export const survey: AnyStateMachine = machine;
