/** The survey of a ticket as JSON. */
import { z } from '@hono/zod-openapi';
import { SURVEY_STATUSES, type TicketSurvey } from '../../desk/ticket-survey.ts';
import type { WriteTime } from '../business-time.ts';
import { InstantSchema } from './api.ts';

export const SurveySchema = z
  .object({
    status: z.enum(SURVEY_STATUSES),
    dueAt: InstantSchema.openapi({ description: 'When its next step is due: the question, the reminder, the end' }),
    askedAt: InstantSchema.nullable(),
    remindedAt: InstantSchema.nullable(),
    answeredAt: InstantSchema.nullable(),
    answeredBy: z.string().nullable().openapi({ description: '`customer`, or `staff:` and the id of who wrote it down' }),
    score: z.number().int().nullable(),
    resolved: z.boolean().nullable(),
    reason: z.string().nullable().openapi({ description: 'As the customer said it, masked' }),
    comment: z.string().nullable().openapi({ description: 'As the customer said it, masked' }),
    items: z.object({ badge: z.boolean().nullable(), onTime: z.boolean().nullable(), attitude: z.number().int().nullable() }),
    recheck: z.string().nullable().openapi({ description: 'The number of the ticket a low answer has opened' }),
  })
  .openapi('Survey', {
    example: {
      status: 'answered',
      dueAt: '2026-11-23T16:00:00.000+08:00',
      askedAt: '2026-11-22T16:00:00.000+08:00',
      remindedAt: null,
      answeredAt: '2026-11-22T16:20:00.000+08:00',
      answeredBy: 'customer',
      score: 2,
      resolved: false,
      reason: '还是不制冷',
      comment: null,
      items: { badge: null, onTime: null, attitude: null },
      recheck: 'BX-20261122-0007',
    },
  });

export function surveyJson(survey: TicketSurvey, time: WriteTime): z.infer<typeof SurveySchema> {
  const at = (moment: TicketSurvey['askedAt']) => (moment === null ? null : time(moment));
  return {
    status: survey.status,
    dueAt: time(survey.dueAt),
    askedAt: at(survey.askedAt),
    remindedAt: at(survey.remindedAt),
    answeredAt: at(survey.answeredAt),
    answeredBy: survey.answeredBy,
    score: survey.score,
    resolved: survey.resolved,
    reason: survey.reason,
    comment: survey.comment,
    items: { ...survey.items },
    recheck: survey.recheck,
  };
}
