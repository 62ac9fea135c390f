/** `/tickets/{number}/complaint`: what staff find out about a complaint. */
import { createRoute, z } from '@hono/zod-openapi';
import { COMPLAINT_CAUSES } from '../../domain/complaint.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { COMMON_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, jsonAnswer, jsonBody, numberParameter, SECURITY } from './api.ts';
import { TicketSchema, ticketJson } from './ticket-schemas.ts';

const ComplaintFindingSchema = z
  .strictObject({
    cause: z
      .enum(COMPLAINT_CAUSES)
      .nullable()
      .openapi({ description: '`quality`: the product’s own fault; `non-quality`: somebody’s; null: not known' }),
  })
  .openapi('ComplaintFinding', { example: { cause: 'non-quality' } });

const find = createRoute({
  method: 'patch',
  path: '/api/v1/tickets/{number}/complaint',
  summary: 'Set the cause of a complaint, beside its class',
  description: 'May be put right or taken back. The same cause again changes nothing.',
  tags: ['tickets'],
  security: SECURITY,
  request: { params: numberParameter, body: jsonBody(ComplaintFindingSchema) },
  responses: {
    200: jsonAnswer('The ticket afterwards', TicketSchema),
    404: problemAnswer('No such ticket'),
    409: problemAnswer('The ticket is no complaint'),
    413: problemAnswer('Body too large'),
    415: problemAnswer('The body has to be JSON'),
    422: problemAnswer('The cause is missing or wrong'),
    ...COMMON_ANSWERS,
  },
});

/** Adds the route. */
export function complaintRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(find, async (c) => {
    const done = await desk.tickets.setCause(c.get('member'), c.req.valid('param').number, c.req.valid('json').cause);
    switch (done.kind) {
      case 'set':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'no-complaint':
        return problem(c, 409, 'conflict', 'The ticket is no complaint.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}
