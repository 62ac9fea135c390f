/** How a survey asks: for the score, never for a good one; buttons for what can be tapped, and each thing once. */
import type { ReplyData } from '../src/wording/reply.ts';
import type { DialogChoice, Question } from './effect.ts';
import { answer, choice, question } from './question.ts';
import type { SurveyData } from './survey-data.ts';

/** Upwards, so that a figure that is typed is the button of that place. */
const SCORES = [1, 2, 3, 4, 5] as const;
const SKIP = choice('choice.pass', { type: 'SKIPPED' });
const YES_OR_NO: readonly DialogChoice[] = [choice('choice.yes', { type: 'AFFIRMED' }), choice('choice.no', { type: 'DENIED' })];

export function askScore(data: SurveyData, misses: number): Question {
  const { about, ticket, engineerName, endedAt } = data.subject;
  const choices = SCORES.map((score) => choice(`choice.score.${score}`, answer({ score })));
  if (misses > 0) return question('score', 'survey.score.again', {}, choices);
  if (data.answers.comment !== null || data.answers.resolved !== null) return question('score', 'survey.score.then', {}, choices);
  const day = { as: 'day-of', value: endedAt } as const;
  const appliances = { as: 'appliances', value: [ticket?.appliance ?? 'other'] } as const;
  if (about === 'chat') return question('score', 'survey.score.chat', { day }, choices);
  if (engineerName === null) return question('score', 'survey.score.repair', { day, appliances }, choices);
  return question('score', 'survey.score', { engineer: { as: 'text', value: engineerName }, day, appliances }, choices);
}

export function askReason(data: SurveyData): Question {
  return data.recheck === null
    ? question('reason', 'survey.reason', scoreOf(data), [SKIP])
    : question('reason', 'survey.reason.low', {}, [SKIP]);
}

export function askResolved(data: SurveyData): Question {
  const buttons = [choice('choice.solved', { type: 'AFFIRMED' }), choice('choice.unsolved', { type: 'DENIED' })];
  const isFirst = data.answers.reason === null && !data.passed.includes('reason');
  return isFirst
    ? question('resolved', 'survey.resolved', scoreOf(data), buttons)
    : question('resolved', 'survey.resolved.then', {}, buttons);
}

export function askBadge(): Question {
  return question('badge', 'survey.badge', {}, [...YES_OR_NO, SKIP]);
}

export function askOnTime(): Question {
  return question('on-time', 'survey.on-time', {}, [...YES_OR_NO, SKIP]);
}

export function askAttitude(): Question {
  return question(
    'attitude',
    'survey.attitude',
    {},
    SCORES.map((score) => choice(`choice.score.${score}`, answer({ score }))),
  );
}

export function askComment(): Question {
  return question('comment', 'survey.comment', {}, [choice('choice.nothing-more', { type: 'SKIPPED' })]);
}

/** Read back, so that a word that was taken for a score can be put right. */
function scoreOf({ answers }: SurveyData): ReplyData {
  return { score: { as: 'number', value: answers.score ?? 0 } };
}
