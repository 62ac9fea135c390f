/** The survey of a ticket as staff read it, its texts masked (S2-024). */
import type { Instant } from '../domain/instant.ts';
import type { SurveyAnswers } from '../domain/survey.ts';
import type { Mask } from './known-facts.ts';
import { maskNamesSaid } from './masked-names.ts';

export const SURVEY_STATUSES = ['waiting', 'asked', 'answered', 'closed'] as const;

export type TicketSurvey = SurveyAnswers & {
  readonly status: (typeof SURVEY_STATUSES)[number];
  /** When its next step is due: the question, the reminder, the end. */
  readonly dueAt: Instant;
  readonly askedAt: Instant | null;
  readonly remindedAt: Instant | null;
  readonly answeredAt: Instant | null;
  /** `customer`, or `staff:<id>` who wrote down what was said on the phone. */
  readonly answeredBy: string | null;
  /** The number of the ticket a low answer has opened. */
  readonly recheck: string | null;
};

/** As it leaves the desk (S2-024). */
export function maskedSurvey(survey: TicketSurvey, mask: Mask): TicketSurvey {
  const { reason, comment } = survey;
  return {
    ...survey,
    reason: reason === null ? null : maskNamesSaid(mask(reason)),
    comment: comment === null ? null : maskNamesSaid(mask(comment)),
  };
}
