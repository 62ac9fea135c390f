/** `/tickets/{number}/survey`: what a customer answered on the phone. */
import { createRoute, z } from '@hono/zod-openapi';
import { SCORE_MAX, SCORE_MIN } from '../../domain/survey.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, jsonAnswer, jsonBody, numberParameter, onceHeader, SECURITY } from './api.ts';
import { TicketSchema, ticketJson } from './ticket-schemas.ts';

const score = z.number().int().min(SCORE_MIN).max(SCORE_MAX);
const words = z.string().max(4_000).optional();

const AnswersSchema = z
  .object({
    score,
    resolved: z.boolean().openapi({ description: 'Whether the matter is solved' }),
    reason: words,
    comment: words,
    badge: z.boolean().optional(),
    onTime: z.boolean().optional(),
    attitude: score.optional(),
  })
  .openapi('SurveyAnswers', { example: { score: 4, resolved: true, comment: '师傅很专业' } });

const answer = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/survey',
  summary: 'Write down what a customer answered to the survey on the phone',
  description: 'Ends the call that was to ask. A low score, or a matter that is not solved, opens a recheck as it does in a chat.',
  tags: ['tickets'],
  security: SECURITY,
  request: { params: numberParameter, headers: onceHeader, body: jsonBody(AnswersSchema) },
  responses: { 200: jsonAnswer('The ticket afterwards', TicketSchema), ...POST_ANSWERS, 404: problemAnswer('No such ticket') },
});

/** Adds the route. */
export function surveyRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(answer, async (c) => {
    const { badge = null, onTime = null, attitude = null, reason = null, comment = null, ...form } = c.req.valid('json');
    const items = { badge, onTime, attitude };
    const done = await desk.tickets.answerSurvey(c.get('member'), c.req.valid('param').number, { ...form, reason, comment, items });
    switch (done.kind) {
      case 'answered':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'no-survey':
        return problem(c, 409, 'conflict', 'The ticket has no survey: one begins when the repair is completed.');
      case 'answered-already':
        return problem(c, 409, 'conflict', 'The survey has been answered already.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}
