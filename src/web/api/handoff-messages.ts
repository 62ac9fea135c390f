/** `/handoffs/{id}/messages/{messageId}/send-again`: what the channel gave up on is tried anew. */
import { createRoute, z } from '@hono/zod-openapi';
import { parseIdentifier } from '../../domain/identifier.ts';
import { POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, IdentifierSchema, idParameter, jsonAnswer, onceHeader, SECURITY } from './api.ts';

const SendingSchema = z.object({ id: IdentifierSchema, delivery: z.literal('pending') }).openapi('MessageSending');

const sendAgain = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/messages/{messageId}/send-again',
  summary: 'Send a message of the staff again that was not delivered',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter.extend({
      messageId: z.string().openapi({ param: { name: 'messageId', in: 'path' }, example: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d11' }),
    }),
    headers: onceHeader,
  },
  responses: {
    200: jsonAnswer('It is on its way again', SendingSchema),
    ...POST_ANSWERS,
    404: problemAnswer('No such message of the staff in that conversation'),
    409: problemAnswer('It has not failed, or the same Idempotency-Key is in progress'),
  },
});

/** Adds the route. */
export function handoffMessageRoutes(api: Api, { desk }: ApiNeeds): void {
  api.openapi(sendAgain, async (c) => {
    const path = c.req.valid('param');
    const [id, messageId] = [parseIdentifier(path.id), parseIdentifier(path.messageId)];
    const done =
      id === null || messageId === null
        ? ({ kind: 'no-such-message' } as const)
        : await desk.handoffs.sendAgain(c.get('member'), messageId, id);
    switch (done.kind) {
      case 'sending':
        return c.json({ id: path.messageId, delivery: 'pending' as const }, 200);
      case 'no-such-message':
        return problem(c, 404, 'not-found', 'There is no such message of the staff in that conversation.');
      case 'not-failed':
        return problem(c, 409, 'conflict', `The message is ${done.delivery}, not failed.`, { delivery: done.delivery });
      default:
        return forbidden(c, done);
    }
  });
}
