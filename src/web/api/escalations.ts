/** `/handoffs/{id}/escalate` and `/tickets/{number}/escalate`: somebody calls their lead now. */
import { createRoute, z } from '@hono/zod-openapi';
import { ESCALATION_REASONS } from '../../desk/call-the-lead.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import {
  type Api,
  type ApiNeeds,
  forbidden,
  IdentifierSchema,
  idParameter,
  jsonAnswer,
  jsonBody,
  numberParameter,
  onceHeader,
  SECURITY,
} from './api.ts';
import { handoffRefused, NO_SUCH_HANDOFF, typedText } from './handoff-schema.ts';

const EscalationSchema = z.object({ pageId: IdentifierSchema }).openapi('Escalation');

const escalateHandoff = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/escalate',
  summary: 'Call the lead about a conversation, now',
  description: 'Raises a page to the second rung of those on call. The reason is kept as an internal note of the handoff.',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(z.object({ reason: typedText }).openapi('HandoffEscalation', { example: { reason: '客户要求赔偿' } })),
  },
  responses: { 201: jsonAnswer('The page that was raised', EscalationSchema), ...POST_ANSWERS, 404: problemAnswer('No such handoff') },
});

const escalateTicket = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/escalate',
  summary: 'Call the lead about a ticket, now',
  description: 'Raises a page to the second rung of those on call. A ticket keeps no typed text, so the reason is one of a few codes.',
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    headers: onceHeader,
    body: jsonBody(
      z.object({ reason: z.enum(ESCALATION_REASONS) }).openapi('TicketEscalation', { example: { reason: 'promise-at-risk' } }),
    ),
  },
  responses: { 201: jsonAnswer('The page that was raised', EscalationSchema), ...POST_ANSWERS, 404: problemAnswer('No such ticket') },
});

/** Adds the routes. */
export function escalationRoutes(api: Api, { desk }: ApiNeeds): void {
  api.openapi(escalateHandoff, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH_HANDOFF : await desk.handoffs.escalate(c.get('member'), id, c.req.valid('json').reason);
    return done.kind === 'escalated' ? c.json({ pageId: done.pageId }, 201) : handoffRefused(c, done);
  });

  api.openapi(escalateTicket, async (c) => {
    const done = await desk.tickets.escalate(c.get('member'), c.req.valid('param').number, c.req.valid('json').reason);
    if (done.kind === 'forbidden') return forbidden(c, done);
    if (done.kind === 'no-such-ticket') return problem(c, 404, 'not-found', 'There is no such ticket.');
    return c.json({ pageId: done.pageId }, 201);
  });
}
