/** `/handoffs/{id}/transfer` and `/reopen`: a chat goes to somebody else, or waits for somebody again. */
import { createRoute, z } from '@hono/zod-openapi';
import { parseIdentifier } from '../../domain/identifier.ts';
import { problem } from '../problem.ts';
import { type Api, type ApiNeeds, IdentifierSchema, idParameter, jsonBody, onceHeader, SECURITY } from './api.ts';
import { HANDOFF_CHANGED, handoffJson, handoffRefused, NO_SUCH_HANDOFF, typedText } from './handoff-schema.ts';

const transfer = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/transfer',
  summary: 'Give the conversation to another member of staff',
  description: 'Only by who claimed the handoff, or an administrator. The customer is told who goes on.',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(
      z.object({ to: IdentifierSchema }).openapi('HandoffTransfer', { example: { to: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10' } }),
    ),
  },
  responses: HANDOFF_CHANGED,
});

const reopen = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/reopen',
  summary: 'Put a resolved handoff in the queue again',
  description: 'The reason is kept as an internal note. 409 with `handoffId` when the conversation has another open handoff.',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(z.object({ reason: typedText }).openapi('HandoffReopening', { example: { reason: '客户说还是不制冷' } })),
  },
  responses: HANDOFF_CHANGED,
});

/** Adds the routes. */
export function handoffMoveRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(transfer, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const to = parseIdentifier(c.req.valid('json').to);
    if (id === null) return handoffRefused(c, NO_SUCH_HANDOFF);
    const done = to === null ? ({ kind: 'no-such-staff' } as const) : await desk.handoffs.transfer(c.get('member'), id, to);
    switch (done.kind) {
      case 'transferred':
        return c.json(handoffJson(done.handoff, time), 200);
      case 'no-such-staff':
        return problem(c, 422, 'invalid', 'There is no such member of staff.', {
          errors: [{ field: 'to', detail: 'is nobody of the staff' }],
        });
      case 'cannot-act':
        return problem(c, 422, 'invalid', `The role of ${done.staff.name} does not cover acting at the desk.`, {
          errors: [{ field: 'to', detail: 'may not act at the desk' }],
        });
      default:
        return handoffRefused(c, done);
    }
  });

  api.openapi(reopen, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH_HANDOFF : await desk.handoffs.reopen(c.get('member'), id, c.req.valid('json').reason);
    switch (done.kind) {
      case 'reopened':
        return c.json(handoffJson(done.handoff, time), 200);
      case 'not-resolved':
        return problem(c, 409, 'conflict', `The handoff is ${done.status}; it is open already.`, { handoffStatus: done.status });
      case 'open-already':
        return problem(c, 409, 'conflict', 'The conversation has another open handoff.', { handoffId: done.handoffId });
      default:
        return handoffRefused(c, done);
    }
  });
}
