/**
 * A chat that was settled waits for a person again: the customer hears that somebody comes back to it, and how long it takes.
 * A survey on how it was settled is given up.
 */
import { surveyIdOf } from '../../flows/survey-stored.ts';
import type { StackedDialog } from './conversation-state.ts';
import { say } from './draft.ts';
import { wordOnTheWait } from './hand-off.ts';
import type { Turn, TurnNeeds } from './turn.ts';

/** Nothing to a customer whom somebody has taken meanwhile, or who wants nobody. */
export async function waitAgain(turn: Turn): Promise<void> {
  const { draft, needs } = turn;
  const ended = await surveysTakenBack(draft.state.stack, needs);
  const stack = draft.state.stack.filter((it) => !ended.includes(it));
  const lastAsked = ended.length > 0 && draft.state.lastAsked?.flow === 'survey' ? null : draft.state.lastAsked;
  draft.state = { ...draft.state, stack, lastAsked, queueNoted: false };
  if (draft.owner !== 'queue') return;
  say(draft, { key: 'handoff.reopened', data: {} });
  say(draft, await wordOnTheWait(turn, { next: 'handoff.position.next', ahead: 'handoff.position' }));
}

async function surveysTakenBack(stack: readonly StackedDialog[], { readings }: TurnNeeds): Promise<readonly StackedDialog[]> {
  const surveys = stack.filter((it) => it.flow === 'survey');
  const subjects = await Promise.all(
    surveys.map((it) => {
      const surveyId = surveyIdOf(it.context);
      return surveyId === null ? null : readings.survey(surveyId);
    }),
  );
  return surveys.filter((_, index) => subjects[index] === null);
}
