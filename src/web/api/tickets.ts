/** `/tickets`: list and search, one ticket, and what staff may make of it. */
import { createRoute, z } from '@hono/zod-openapi';
import { TRANSITIONS } from '../../desk/transitions.ts';
import { type Identifier, parseIdentifier } from '../../domain/identifier.ts';
import { CHANNELS, PRIORITIES, TICKET_KINDS, TICKET_STATUSES } from '../../domain/ticket.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { COMMON_ANSWERS, POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import {
  type Api,
  type ApiNeeds,
  cursorParameter,
  forbidden,
  jsonAnswer,
  jsonBody,
  limitParameter,
  numberParameter,
  onceHeader,
  SECURITY,
  searchParameter,
  searchText,
  sliceJson,
} from './api.ts';
import { fieldRead } from './fields.ts';
import { summaryJson, TicketListSchema, TicketSchema, ticketJson } from './ticket-schemas.ts';

const assigneeParameter = fieldRead<Identifier | 'me' | 'none'>(
  z.string(),
  (text) => (text === 'me' || text === 'none' ? text : parseIdentifier(text)),
  'is neither me nor none nor an id',
)
  .optional()
  .openapi({ type: 'string', description: '`me`, `none` or the id of somebody of the staff', example: 'me' });

const list = createRoute({
  method: 'get',
  path: '/api/v1/tickets',
  summary: 'Tickets, newest first',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    query: z.object({
      kind: z.enum(TICKET_KINDS).optional(),
      status: z.enum(TICKET_STATUSES).optional(),
      priority: z.enum(PRIORITIES).optional(),
      channel: z.enum(CHANNELS).optional(),
      assignee: assigneeParameter,
      overdue: z.enum(['true', 'false']).optional().openapi({ description: 'Whether a promised time is over and the promise still owed' }),
      q: searchParameter,
      cursor: cursorParameter,
      limit: limitParameter(100, 50),
    }),
  },
  responses: { 200: jsonAnswer('A slice of the list', TicketListSchema), ...COMMON_ANSWERS },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/tickets/{number}',
  summary: 'One ticket with its timeline',
  tags: ['tickets'],
  security: SECURITY,
  request: { params: numberParameter },
  responses: { 200: jsonAnswer('The ticket', TicketSchema), ...COMMON_ANSWERS, 404: problemAnswer('No such ticket') },
});

const transition = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/transitions',
  summary: 'Take a ticket through a transition',
  description: 'A transition not allowed now is 409 with `allowed`, the list of those that are.',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    headers: onceHeader,
    body: jsonBody(z.object({ type: z.enum(TRANSITIONS) }).openapi('TicketTransition', { example: { type: 'complete' } })),
  },
  responses: { 200: jsonAnswer('The ticket afterwards', TicketSchema), ...POST_ANSWERS, 404: problemAnswer('No such ticket') },
});

/** Adds the routes. */
export function ticketRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const { kind, status, priority, channel, assignee, overdue, q, cursor, limit } = c.req.valid('query');
    const done = await desk.tickets.list(c.get('member'), {
      kind: kind ?? null,
      status: status ?? null,
      priority: priority ?? null,
      channel: channel ?? null,
      assignee: assignee ?? null,
      overdue: overdue === undefined ? null : overdue === 'true',
      q: searchText(q),
      after: cursor ?? null,
      limit,
    });
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json(
      sliceJson(done.slice, (it) => summaryJson(it, time)),
      200,
    );
  });

  api.openapi(read, async (c) => {
    const done = await desk.tickets.read(c.get('member'), c.req.valid('param').number);
    switch (done.kind) {
      case 'found':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });

  api.openapi(transition, async (c) => {
    const { type } = c.req.valid('json');
    const done = await desk.tickets.transit(c.get('member'), c.req.valid('param').number, type);
    switch (done.kind) {
      case 'done':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'not-now': {
        const detail = `The ticket is ${done.status}; ${type} is not allowed now. Allowed: ${done.allowed.join(', ') || 'nothing'}.`;
        return problem(c, 409, 'transition-not-allowed', detail, { ticketStatus: done.status, allowed: [...done.allowed] });
      }
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}
