import { beforeAll, expect, test } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { survey } from '../../flows/survey.ts';
import { emptySurvey, type SurveyData } from '../../flows/survey-data.ts';
import { HOUR, type Instant, instantOf, MINUTE } from '../../src/domain/instant.ts';
import { DEFAULT_POLICY } from '../../src/domain/policy.ts';
import { wantsRecheck } from '../../src/domain/survey.ts';
import { NOW, says } from './answers.ts';
import { BEGINNINGS, CALL_BACK_BY, REPAIR, type SurveyEdge, surveyWalker, taken } from './survey-walk.ts';
import { breakingOf, effectsOf, of, placeOf, type Walked } from './walk.ts';

const { walk, takenBy, allPlaces, allTransitions, finalPlaces, openQuestion, lookUpsMax } = surveyWalker;

let walked: Walked<SurveyData>;
beforeAll(() => {
  walked = walk(BEGINNINGS);
});

const breaking = (rule: (edge: SurveyEdge) => boolean) => breakingOf(walked.edges, rule);
const end = (edge: SurveyEdge) => placeOf(edge.after);
const ends = (edge: SurveyEdge) => finalPlaces().includes(end(edge));
const answersOf = (edge: SurveyEdge) => edge.after.context.data.answers;
const keysOf = (edge: SurveyEdge) => of(edge, 'say').map((it) => it.reply.key);

/**
 * The score is asked first: at its question none is there to end with, at every other there is one, and a way back to it.
 */
const NEVER_TAKEN = /^asking\.score RESUMED#0$|^asking\.(?!score)[\w-]+ RESUMED#1$|^asking\.(?!score)[\w-]+ WENT_BACK#1$/;

test('every state is reached', () => {
  const reached = new Set([...walked.first, ...walked.edges.map((it) => it.after)].map(placeOf));
  expect(allPlaces().filter((it) => !reached.has(it))).toEqual([]);
});

test('every transition is taken: each candidate of each event in each state', () => {
  const all = new Set(walked.edges.flatMap(takenBy));
  expect(allTransitions().filter((it) => !all.has(it) && !NEVER_TAKEN.test(it))).toEqual([]);
});

test('S2-043 each answer is recorded in the very step it is given, whatever follows', () => {
  const recorded = (edge: SurveyEdge) => {
    if (JSON.stringify(answersOf(edge)) === JSON.stringify(edge.before.context.data.answers)) return true;
    return JSON.stringify(of(edge, 'answer-survey').at(-1)?.answers) === JSON.stringify(answersOf(edge));
  };
  expect(breaking(recorded)).toEqual([]);
});

test('S2-055 a low score, or not solved, opens one recheck before anything else is asked', () => {
  const opened = (edge: SurveyEdge) => {
    const { data } = edge.after.context;
    if (!wantsRecheck(data.answers, data.rules.lowScoreMax) || end(edge) === 'openingRecheck') return true;
    return data.recheck !== null;
  };
  expect(breaking(opened)).toEqual([]);
  expect(breaking((edge) => of(edge, 'open-tickets').length === 0 || edge.before.context.data.recheck === null)).toEqual([]);
  expect(breaking((edge) => end(edge) !== 'openingRecheck' || (of(edge, 'ask').length === 0 && !ends(edge)))).toEqual([]);
});

test('S2-055 a recheck is due in 24 hours of the clock, related, high, called for and told to staff, each once', () => {
  const rechecks = walked.edges.filter((it) => it.event.type === 'NUMBERS_TAKEN');
  expect(rechecks.length).toBeGreaterThan(3);
  const whole = (edge: SurveyEdge) => {
    const { data } = edge.before.context;
    const [opened] = of(edge, 'open-tickets');
    const [ticket, ...others] = opened?.tickets ?? [];
    const about = data.subject.ticket ?? null;
    const [call, page] = [of(edge, 'contact-task')[0], of(edge, 'tell-staff')[0]];
    return (
      others.length === 0 &&
      ticket?.kind === 'recheck' &&
      ticket.priority === 'high' &&
      ticket.dueAt === NOW + 24 * HOUR &&
      ticket.relatedTo?.ticketId === about?.id &&
      call?.dueAt === CALL_BACK_BY &&
      call.onceKey === 'recheck:survey' &&
      page?.onceKey === 'low-score:survey' &&
      of(edge, 'answer-survey').at(-1)?.recheckTicketId === ticket.id &&
      of(edge, 'say')[0]?.reply.data['by'] !== undefined
    );
  };
  expect(breakingOf(rechecks, whole)).toEqual([]);
});

test('S2-055 24 hours run over nights and holidays, and the call comes no later than they end', () => {
  const lowAt = (now: Instant, callBackBy: Instant) => {
    const [start] = initialTransition(survey, { data: emptySurvey(REPAIR, DEFAULT_POLICY) });
    const [low] = transition(survey, start, says({ score: 1 }, '1'));
    const [, actions] = transition(survey, low, taken(now, callBackBy));
    const effects = effectsOf(actions);
    const due = effects.flatMap((it) => (it.kind === 'open-tickets' ? it.tickets.map((ticket) => ticket.dueAt) : []));
    return { due: due[0], called: effects.flatMap((it) => (it.kind === 'contact-task' ? [it.dueAt] : []))[0] };
  };
  // The eve of eight days off: nobody calls back before they are over.
  const eve = instantOf(Date.parse('2027-02-05T23:59:30+08:00'));
  const { due, called } = lowAt(eve, instantOf(eve + 200 * HOUR));
  expect([due, called]).toEqual([eve + 24 * HOUR, eve + 24 * HOUR]);
  expect((due ?? 0) > eve + 24 * HOUR - MINUTE && (due ?? 0) < eve + 24 * HOUR + MINUTE).toBe(true);
});

test('every end says something and closes the record; what hands over waits', () => {
  const closed = (edge: SurveyEdge) => {
    if (!ends(edge)) return of(edge, 'answer-survey').every((it) => !it.done);
    if (end(edge) === 'handedOff') return of(edge, 'hand-off')[0]?.waits === true;
    return of(edge, 'answer-survey').at(-1)?.done === true && keysOf(edge).length > 0;
  };
  expect(breaking(closed)).toEqual([]);
});

test('who leaves is thanked for what they gave, or left in peace; nothing is asked of them again', () => {
  const leaving = walked.edges.filter((it) => it.event.type === 'CANCELLED');
  const left = (edge: SurveyEdge) => {
    const { answers, recheck } = edge.before.context.data;
    const gave = answers.score !== null || answers.resolved !== null;
    const key = keysOf(edge).at(-1);
    const thanked =
      recheck !== null
        ? 'survey.thanks.recheck'
        : edge.before.context.data.subject.about === 'chat'
          ? 'survey.thanks.chat'
          : 'survey.thanks';
    return end(edge) === 'cancelled' && key === (gave ? thanked : 'survey.declined');
  };
  expect(leaving.length).toBeGreaterThan(5);
  expect(breakingOf(leaving, left)).toEqual([]);
  expect(breaking((edge) => edge.event.type !== 'SKIPPED' || placeOf(edge.before) !== 'asking.score' || ends(edge))).toEqual([]);
});

test('taken up again with its score there it ends with thanks, without one it asks for it', () => {
  const again = walked.edges.filter((it) => it.event.type === 'RESUMED');
  const right = (edge: SurveyEdge) =>
    edge.before.context.data.answers.score === null
      ? end(edge) === 'asking.score'
      : end(edge) === 'thanked' && of(edge, 'ask').length === 0;
  expect(breakingOf(again, right)).toEqual([]);
});

test('only the score is asked until it is there; everything else is asked one time, and nothing that is known', () => {
  const asksAgain = ['REPEAT_ASKED', 'RESUMED', 'WENT_BACK', 'RESTARTED'];
  const once = (edge: SurveyEdge) =>
    of(edge, 'ask').every(({ question }) => {
      const { answers, passed } = edge.after.context.data;
      if (question.asking === 'score') return answers.score === null;
      if (question.asking === 'reason' && answers.reason !== null) return false;
      if (question.asking === 'resolved' && answers.resolved !== null) return false;
      return !passed.includes(question.asking) && (asksAgain.includes(edge.event.type) || placeOf(edge.before) !== placeOf(edge.after));
    });
  expect(breaking(once)).toEqual([]);
});

test('the reason is asked up to its score and no higher; badge, time and manner only where an engineer came', () => {
  const asked = (edge: SurveyEdge, slot: string) => of(edge, 'ask').some((it) => it.question.asking === slot);
  expect(breaking((edge) => !asked(edge, 'reason') || (answersOf(edge).score ?? 9) <= 3)).toEqual([]);
  const engineer = (edge: SurveyEdge) => edge.after.context.data.subject.engineerName !== null;
  for (const slot of ['badge', 'on-time', 'attitude']) {
    expect(walked.edges.some((it) => asked(it, slot))).toBe(true);
    expect(breaking((edge) => !asked(edge, slot) || engineer(edge))).toEqual([]);
  }
});

test('a step that waits for the customer asks one question and says it last; no look-up follows another', () => {
  const oneQuestion = (edge: SurveyEdge) => {
    const spoken = edge.effects.filter((it) => it.kind === 'ask' || it.kind === 'say');
    if (ends(edge)) return of(edge, 'ask').length === 0;
    if (openQuestion(edge.after) === null) return of(edge, 'look-up').length === 1 && of(edge, 'ask').length === 0;
    return of(edge, 'ask').length === 1 && spoken.at(-1)?.kind === 'ask';
  };
  expect(breaking(oneQuestion)).toEqual([]);
  expect(lookUpsMax(walked)).toBe(0);
});

test('the third miss at the score hands over, and figures out of the scale are misses', () => {
  const figures = walked.edges.filter(
    (it) => it.event.type === 'ANSWERED' && it.event.text === '10' && placeOf(it.before) === 'asking.score',
  );
  expect(breakingOf(figures, (edge) => edge.after.context.misses === edge.before.context.misses + 1 || end(edge) === 'handedOff')).toEqual(
    [],
  );
  expect(breaking((edge) => end(edge) !== 'handedOff' || edge.before.context.misses === 2)).toEqual([]);
});

test('a button that is offered is understood, and a figure is the button of its place', () => {
  const buttons = (edge: SurveyEdge) => openQuestion(edge.before)?.choices.map((it) => JSON.stringify(it.means)) ?? [];
  const missed = (edge: SurveyEdge) => edge.after.context.misses > edge.before.context.misses;
  expect(breaking((edge) => !buttons(edge).includes(JSON.stringify(edge.event)) || !missed(edge))).toEqual([]);
  const scores = walked.first.flatMap((it) => openQuestion(it)?.choices.map((choice) => choice.label.key) ?? []);
  expect(scores.slice(0, 5)).toEqual([1, 2, 3, 4, 5].map((it) => `choice.score.${it}`));
});
