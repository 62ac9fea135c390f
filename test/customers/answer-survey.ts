/** The errand after a finished visit: rating it, leaving it, or having something else in mind. */
import { bookRepair } from './book-repair.ts';
import type { BookingPlan } from './booking-plan.ts';
import { type Customer, type Errand, type Finding, labelled, line, outcome, sameField } from './errand.ts';
import { FAULTS, saidOf } from './sentences/faults.ts';
import * as words from './sentences/surveys.ts';
import { filled, typed } from './speech.ts';
import type { FinishVisit } from './staff-person.ts';
import type { Line, Turn } from './story.ts';

const DAY_MILLISECONDS = 86_400_000;
const SLACK_MILLISECONDS = 300_000;

export function answerSurvey(customer: Customer, finish: FinishVisit): Errand {
  const { manner, random } = customer;
  const score = random.pick([5, 5, 4, 4, 3, 2, 1]);
  const resolved = score >= 3 ? random.chance(0.85) : random.chance(0.3);
  const reason = random.chance(0.7) ? random.pick(resolved ? words.REASONS : words.REASONS_UNSOLVED) : null;
  const low = score <= 2 || !resolved;
  const say = (list: readonly string[]) => typed(random.pick(list), manner, random);
  const tap = (turn: Turn, label: RegExp, list: readonly string[]) =>
    (manner.chooses === 'words' ? null : labelled(turn, label))?.value ?? say(list);

  const answer = (turn: Turn): readonly Line[] | null => {
    switch (turn.asking) {
      case 'score':
        return [line('tells', tap(turn, new RegExp(`^${score}`), words.SCORES[score] ?? []), ['score'])];
      case 'reason':
        return [line('tells', reason === null ? '跳过' : typed(reason, manner, random), ['reason'])];
      case 'resolved':
        return [
          line('tells', tap(turn, resolved ? /^(解决了|solved)/i : /^(没解决|not solved)/i, resolved ? words.SOLVED : words.UNSOLVED), [
            'resolved',
          ]),
        ];
      default:
        return null;
    }
  };

  return {
    name: low ? 'survey, low' : 'survey',
    flow: 'survey',
    person: 'needless',
    isPlain: false,
    meanwhile: finish,
    opening: (asked) => answer(asked) ?? [],
    answer,
    isDone: (turn) => turn.reply.some((it) => it.startsWith('survey.thanks')),
    wanted: /$^/,
    judge: ({ tickets }) => {
      const survey = tickets.find((it) => it.kind === 'repair')?.survey ?? null;
      if (survey === null) return [outcome('no survey on the ticket')];
      const recheck = tickets.find((it) => it.kind === 'recheck');
      const due = Date.parse(recheck?.dueAt ?? '') - Date.parse(recheck?.openedAt ?? '');
      const inTime = Math.abs(due - DAY_MILLISECONDS) <= SLACK_MILLISECONDS;
      return [
        ...sameField('score', survey.score, score),
        ...sameField('resolved', survey.resolved, resolved),
        ...(score <= 3 && reason !== null ? sameField('reason', survey.reason, typed(reason, { ...manner, marks: ['half'] }, random)) : []),
        ...sameField('recheck', recheck !== undefined, low),
        ...(recheck === undefined || inTime ? [] : [{ kind: 'field', what: `recheck is due ${recheck.dueAt}` } as const]),
      ];
    },
  };
}

/** Asked for a score, they have another appliance to be repaired. */
export function bookInstead(customer: Customer, plan: BookingPlan, finish: FinishVisit): Errand {
  const { manner, random } = customer;
  const other = random.pick(
    FAULTS.filter((it) => it.appliance !== plan.fault.appliance && !['microwave', 'rice_cooker'].includes(it.appliance)),
  );
  const door = plan.secondThought?.slot === 'address' ? plan.secondThought.to : plan.door;
  const booking = bookRepair(customer, { ...plan, door, fault: other, model: null, slip: null, secondThought: null, toShop: false });
  const english = manner.register === 'english';
  return {
    ...booking,
    name: 'booking in a survey',
    isPlain: false,
    meanwhile: finish,
    opening: () => {
      const fault = random.pick(saidOf(other, manner.register));
      return [
        line('tells', typed(english ? fault : filled(random.pick(words.SOMETHING_NEW), { fault }), manner, random), ['appliance', 'fault']),
      ];
    },
  };
}

/** Asked for a score, they would rather not; or say nothing at all. */
export function leaveSurvey(customer: Customer, finish: FinishVisit): Errand {
  const { manner, random } = customer;
  const silent = random.chance(0.5);
  return {
    name: silent ? 'survey, ignored' : 'survey, declined',
    flow: 'survey',
    person: 'needless',
    isPlain: false,
    meanwhile: finish,
    opening: () => (silent ? [] : [line('tells', typed(random.pick(words.DECLINED), manner, random), ['score'])]),
    answer: () => null,
    isDone: (turn) => turn.asking === null && turn.reply.some((it) => it.startsWith('survey.')),
    wanted: /$^/,
    judge: ({ tickets }): readonly Finding[] => {
      const survey = tickets.find((it) => it.kind === 'repair')?.survey ?? null;
      if (survey === null) return [outcome('no survey on the ticket')];
      return [
        ...sameField('score', survey.score, null),
        ...sameField(
          'recheck',
          tickets.some((it) => it.kind === 'recheck'),
          false,
        ),
      ];
    },
  };
}
