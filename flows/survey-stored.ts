/** A stored survey, read back whole or not at all, and what of it a person wants to see first. */
import { z } from 'zod';
import { APPLIANCES } from '../src/domain/appliance.ts';
import type { Identifier } from '../src/domain/identifier.ts';
import { SURVEY_ITEMS } from '../src/domain/survey.ts';
import type { ReplyData } from '../src/wording/reply.ts';
import type { FormContext } from './form.ts';
import { storedContext } from './stored-context.ts';
import { maybe, text } from './stored-shapes.ts';
import type { SurveyData } from './survey-data.ts';

const score = z.number().int().min(1).max(5).nullable();

const survey = z.object({
  subject: z.object({
    surveyId: text,
    about: z.enum(['repair', 'chat']),
    ticket: z
      .object({
        id: text,
        number: text,
        appliance: z.enum(APPLIANCES).nullable(),
        area: z.object({ province: maybe, city: maybe, district: maybe }),
      })
      .nullable(),
    phone: maybe,
    engineerName: maybe,
    endedAt: z.number(),
  }),
  answers: z.object({
    score,
    reason: maybe,
    resolved: z.boolean().nullable(),
    comment: maybe,
    items: z.object({ badge: z.boolean().nullable(), onTime: z.boolean().nullable(), attitude: score }),
  }),
  passed: z.array(text),
  over: z.boolean(),
  recheck: z.object({ ticketId: text, number: text }).nullable(),
  rules: z.object({
    reasonScoreMax: z.number(),
    lowScoreMax: z.number(),
    items: z.array(z.enum(SURVEY_ITEMS)),
    comment: z.boolean(),
    recheckHours: z.number(),
  }),
});

export const storedSurvey = storedContext(
  z
    .object({ data: survey, misses: z.number().int(), trail: z.array(z.string()) })
    .transform((read) => read as unknown as FormContext<SurveyData>),
);

/** The ticket it is about and the score, as far as they are known. */
export function knownOfSurvey({ subject, answers }: SurveyData): ReplyData {
  const { ticket } = subject;
  return {
    ...(ticket === null ? {} : { ticket: { as: 'text', value: ticket.number } as const }),
    ...(ticket?.appliance == null ? {} : { appliances: { as: 'appliances', value: [ticket.appliance] } as const }),
    ...(answers.score === null ? {} : { score: { as: 'number', value: answers.score } as const }),
    ...(answers.reason === null ? {} : { reason: { as: 'text', value: answers.reason } as const }),
  };
}

/** What it is about, for a dialog that breaks in: a complaint carries the visit's number. */
export function surveyMatter(data: SurveyData | undefined) {
  const { ticket = null, phone = null } = data?.subject ?? {};
  const address = ticket?.area.city == null ? null : { ...ticket.area, detail: null };
  return {
    appliance: ticket?.appliance ?? null,
    faults: [],
    phone,
    address,
    ticket: ticket === null ? null : { id: ticket.id, number: ticket.number },
    words: data?.answers.reason ?? data?.answers.comment ?? null,
  };
}

/** Which survey a stored dialog asks; null when it can't be read. */
export function surveyIdOf(context: unknown): Identifier | null {
  return storedSurvey.read(context)?.data.subject.surveyId ?? null;
}
