/** What a survey leaves behind: the record of its answers, for a low one a recheck and people who know of it, and thanks. */
import { instantOf } from '../src/domain/instant.ts';
import { recheckBy } from '../src/domain/survey.ts';
import type { LookUpAnswer } from './dialog-event.ts';
import { type Effect, say } from './effect.ts';
import type { SurveyData } from './survey-data.ts';

type Numbered = Extract<LookUpAnswer, { type: 'NUMBERS_TAKEN' }>;

/** All that is known; `done` when nothing more is asked. */
export function recordedEffect(data: SurveyData, done: boolean): Effect {
  return {
    kind: 'answer-survey',
    ticketId: data.subject.ticket?.id ?? null,
    surveyId: data.subject.surveyId,
    answers: data.answers,
    recheckTicketId: data.recheck?.ticketId ?? null,
    done,
  };
}

/** The matter is looked at again within the policy's hours of this very answer, and the customer is called before (S2-055). */
export function recheckEffects(data: SurveyData, { tickets, callBackBy, now }: Numbered): readonly Effect[] {
  const [taken] = tickets;
  if (taken === undefined) throw new Error('invariant: a recheck needs a number');
  const { surveyId, about, ticket, phone } = data.subject;
  const { answers, rules } = data;
  const dueAt = recheckBy(now, rules.recheckHours);
  const isLow = answers.score !== null && answers.score <= rules.lowScoreMax;
  const words = answers.reason ?? answers.comment ?? '';
  const appliance = ticket?.appliance ?? null;
  const key = !isLow ? 'survey.recheck.unsolved' : about === 'chat' ? 'survey.recheck.chat' : 'survey.recheck';
  return [
    {
      kind: 'open-tickets',
      tickets: [
        {
          ...taken,
          kind: 'recheck',
          status: 'open',
          priority: 'high',
          report: appliance === null ? null : { appliance, faults: [], text: words, model: null, serial: null, errorCode: null },
          note: isLow ? 'low-score' : 'not-resolved',
          relatedTo: ticket === null ? null : { ticketId: ticket.id, as: 'recheck-of' },
          dueAt,
          priceVersion: null,
          cover: null,
        },
      ],
      customer: { name: null, phone },
      address: null,
      area: ticket?.area ?? { province: null, city: null, district: null },
      contact: null,
    },
    { kind: 'tell-staff', reason: 'low-score', ticketId: taken.id, onceKey: `low-score:${surveyId}` },
    {
      kind: 'contact-task',
      reason: 'recheck',
      dueAt: instantOf(Math.min(dueAt, callBackBy)),
      ticketId: taken.id,
      onceKey: `recheck:${surveyId}`,
    },
    recordedEffect({ ...data, recheck: { ticketId: taken.id, number: taken.number } }, false),
    say(key, { by: { as: 'moment', value: dueAt, now }, numbers: { as: 'numbers', value: [taken.number] } }),
  ];
}

/** The end: thanks for what was answered, with what to do when it comes back. */
export function farewell(data: SurveyData): Effect {
  const { score, resolved } = data.answers;
  if (score === null && resolved === null) return say('survey.declined');
  if (data.recheck !== null) return say('survey.thanks.recheck', { numbers: { as: 'numbers', value: [data.recheck.number] } });
  return say(data.subject.about === 'chat' ? 'survey.thanks.chat' : 'survey.thanks');
}
