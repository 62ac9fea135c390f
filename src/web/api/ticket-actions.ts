/** `/tickets/{number}/assign`, `/answer` and `/merge`: what staff do with one ticket besides its transitions. */
import { createRoute, z } from '@hono/zod-openapi';
import { ANSWER_CHARACTERS_MAX } from '../../desk/complaint-answer.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiContext, type ApiNeeds, forbidden, jsonAnswer, jsonBody, numberParameter, onceHeader, SECURITY } from './api.ts';
import { identifierField } from './fields.ts';
import { TicketSchema, ticketJson } from './ticket-schemas.ts';

const responses = {
  200: jsonAnswer('The ticket afterwards', TicketSchema),
  ...POST_ANSWERS,
  404: problemAnswer('No such ticket'),
} as const;

const assign = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/assign',
  summary: 'Say who of the staff sees to a ticket',
  description: 'null: nobody. The same again changes nothing; a ticket that is over is 409.',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({ staff: identifierField.nullable() })
        .openapi('TicketAssignment', { example: { staff: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10' } }),
    ),
  },
  responses,
});

const answer = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/answer',
  summary: 'Answer a complaint; the customer is told',
  description: 'In their chat, or by a contact task without one. Settled it is resolved, else it waits for the customer.',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({ text: z.string().trim().min(1, 'is missing').max(ANSWER_CHARACTERS_MAX), settled: z.boolean() })
        .openapi('ComplaintAnswer', { example: { text: '师傅已重新上门修好，上次的检测费退给您。', settled: true } }),
    ),
  },
  responses,
});

const merge = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/merge',
  summary: 'Make two tickets of one matter one; the customer is told the number that goes on',
  description:
    'The duplicate is called off; its visit, files, notes, handoffs and calls go over to this ticket. 409 with `why` when the two are not of one customer and one kind, or one is a complaint or over.',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({ duplicate: z.string().trim().min(1, 'is missing').max(40) })
        .openapi('TicketMerge', { example: { duplicate: 'BX-20261120-0032' } }),
    ),
  },
  responses,
});

/** Adds the routes. */
export function ticketActionRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(assign, async (c) => {
    const done = await desk.tickets.assign(c.get('member'), c.req.valid('param').number, c.req.valid('json').staff);
    switch (done.kind) {
      case 'assigned':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'no-such-ticket':
        return noSuchTicket(c);
      case 'no-such-staff':
        return problem(c, 422, 'invalid', 'There is no such member of the staff.', {
          errors: [{ field: 'staff', detail: 'is the id of nobody of the staff' }],
        });
      case 'ticket-over':
        return problem(c, 409, 'conflict', `The ticket is ${done.status}.`, { ticketStatus: done.status });
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });

  api.openapi(answer, async (c) => {
    const done = await desk.tickets.answerComplaint(c.get('member'), c.req.valid('param').number, c.req.valid('json'));
    switch (done.kind) {
      case 'answered':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'no-such-ticket':
        return noSuchTicket(c);
      case 'not-a-complaint':
        return problem(c, 409, 'conflict', 'The ticket is no complaint.', { why: 'not-a-complaint' });
      case 'ticket-over':
        return problem(c, 409, 'conflict', `The ticket is ${done.status}.`, { why: 'ticket-over', ticketStatus: done.status });
      case 'text-refused':
        return problem(c, 422, 'invalid', 'Nothing is left of the text.', { errors: [{ field: 'text', detail: 'is missing' }] });
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });

  api.openapi(merge, async (c) => {
    const done = await desk.tickets.mergeDuplicates(c.get('member'), c.req.valid('param').number, c.req.valid('json').duplicate);
    switch (done.kind) {
      case 'merged':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'no-such-ticket':
        return noSuchTicket(c);
      case 'ticket-over':
        return problem(c, 409, 'conflict', `${done.number} is ${done.status}.`, { why: 'ticket-over', ticketStatus: done.status });
      case 'same-ticket':
        return problem(c, 409, 'conflict', 'A ticket is no duplicate of itself.', { why: done.kind });
      case 'other-customer':
        return problem(c, 409, 'conflict', 'The two tickets are of different customers.', { why: done.kind });
      case 'other-kind':
        return problem(c, 409, 'conflict', 'The two tickets are of different kinds.', { why: done.kind });
      case 'complaint':
        return problem(c, 409, 'conflict', 'Complaints are joined when the customer tells of the matter again.', { why: done.kind });
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

function noSuchTicket(c: ApiContext) {
  return problem(c, 404, 'not-found', 'There is no such ticket.');
}
