/** `/tickets/{number}/windows` and `/visit`: when somebody could visit, and the visit that staff arrange (S2-016, S4-018). */
import { createRoute, z } from '@hono/zod-openapi';
import { VISIT_CHANGE_REASONS } from '../../desk/visit-change.ts';
import type { NotVisited } from '../../desk/visit-openings.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { COMMON_ANSWERS, POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import {
  type Api,
  type ApiContext,
  type ApiNeeds,
  forbidden,
  jsonAnswer,
  jsonBody,
  numberParameter,
  onceHeader,
  SECURITY,
  StaffNameSchema,
  WindowSchema,
} from './api.ts';
import { dayField, identifierField, instantField } from './fields.ts';
import { TicketSchema, ticketJson } from './ticket-schemas.ts';

const DAYS_MAX = 31;
const DAYS_UNSAID = 7;

const dayParameter = dayField('2026-11-21').optional().openapi({ description: 'The first day; unsaid: today' });

const engineerField = identifierField.openapi({ description: 'Unsaid: who was to come, if they can, else who is free' });

const FreeWindowListSchema = z
  .object({
    items: z.array(
      WindowSchema.extend({ engineers: z.array(StaffNameSchema).openapi({ description: 'Who could come' }) }).openapi('FreeWindow'),
    ),
  })
  .openapi('FreeWindowList');

const windows = createRoute({
  method: 'get',
  path: '/api/v1/tickets/{number}/windows',
  summary: 'The visit windows that are free for a ticket, by time, as if the visit it has were given up',
  description: 'Within the horizon of the policy. 409 with `why` where nobody can be sent.',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    query: z.object({
      from: dayParameter,
      days: z.coerce
        .number()
        .int()
        .min(1)
        .max(DAYS_MAX)
        .default(DAYS_UNSAID)
        .openapi({ description: `1 to ${DAYS_MAX}`, example: DAYS_UNSAID }),
    }),
  },
  responses: {
    200: jsonAnswer('The windows', FreeWindowListSchema),
    ...COMMON_ANSWERS,
    404: problemAnswer('No such ticket'),
    409: problemAnswer('No visit can be arranged for this ticket'),
  },
});

const change = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/visit',
  summary: 'Book the visit of a ticket, or give it another window or engineer',
  description:
    'Every ticket of the visit goes with it; the customer and the engineers are told. A window that is not open is 409 with `nearest`, up to three that are; where no visit can be arranged, 409 with `why`.',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({
          window: z.object({ from: instantField, to: instantField }),
          engineer: engineerField.optional(),
          reason: z.enum(VISIT_CHANGE_REASONS).optional(),
        })
        .openapi('VisitChange', {
          example: { window: { from: '2026-11-21T14:00:00+08:00', to: '2026-11-21T16:00:00+08:00' }, reason: 'customer-asked' },
        }),
    ),
  },
  responses: { 200: jsonAnswer('The ticket afterwards', TicketSchema), ...POST_ANSWERS, 404: problemAnswer('No such ticket') },
});

/** Adds the routes. */
export function visitRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(windows, async (c) => {
    const { from = null, days } = c.req.valid('query');
    const done = await desk.tickets.windows(c.get('member'), c.req.valid('param').number, { from, days });
    switch (done.kind) {
      case 'listed':
        return c.json(
          {
            items: done.windows.map((it) => ({ from: time(it.from), to: time(it.to), engineers: it.engineers.map((who) => ({ ...who })) })),
          },
          200,
        );
      case 'not-allowed':
        return notAllowed(c, done);
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });

  api.openapi(change, async (c) => {
    const { window, engineer = null, reason = null } = c.req.valid('json');
    const done = await desk.tickets.changeVisit(c.get('member'), c.req.valid('param').number, { window, engineerId: engineer, reason });
    switch (done.kind) {
      case 'changed':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'window-taken': {
        const nearest = done.nearest.map((it) => ({ from: time(it.from), to: time(it.to) }));
        return problem(c, 409, 'window-taken', 'Nobody is free in that window; `nearest` names the nearest that are open.', { nearest });
      }
      case 'no-such-engineer':
        return problem(c, 422, 'invalid', 'That engineer does not go there for such a product.', {
          errors: [{ field: 'engineer', detail: 'is nobody who goes there for such a product' }],
        });
      case 'not-allowed':
        return notAllowed(c, done);
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

const WHY_NOT: Readonly<Record<NotVisited['why'], string>> = {
  'ticket-over': 'The ticket is over.',
  complaint: 'A complaint is answered, not visited.',
  'no-place': 'The district is not known.',
  'no-appliance': 'The product is not known.',
  'same-visit': 'The visit is booked like that already.',
};

function notAllowed(c: ApiContext, { why }: NotVisited) {
  return problem(c, 409, 'conflict', WHY_NOT[why], { why });
}
