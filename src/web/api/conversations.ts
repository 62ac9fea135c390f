/** `/conversations/{id}/messages`: what was said. */
import { createRoute, z } from '@hono/zod-openapi';
import type { TranscriptLine } from '../../desk/transcript.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { WriteTime } from '../business-time.ts';
import { COMMON_ANSWERS, problem, problemAnswer } from '../problem.ts';
import {
  type Api,
  type ApiNeeds,
  forbidden,
  IdentifierSchema,
  InstantSchema,
  idParameter,
  jsonAnswer,
  limitParameter,
  SECURITY,
} from './api.ts';
import { AttachmentSchema, attachmentJson } from './attachments.ts';

export const MessageSchema = z
  .object({
    id: IdentifierSchema,
    seq: z.number().int(),
    at: InstantSchema,
    from: z.enum(['customer', 'bot', 'staff']),
    text: z.string().openapi({ description: 'Phone numbers masked, and the name and the door on record' }),
    attachments: z.array(AttachmentSchema),
    delivery: z.enum(['pending', 'delivered', 'waiting', 'failed']).nullable().openapi({ description: 'Null for what the customer sent' }),
  })
  .openapi('Message', {
    example: {
      id: '019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10',
      seq: 3,
      at: '2026-11-20T09:30:00.000+08:00',
      from: 'customer',
      text: '空调不制冷',
      attachments: [],
      delivery: null,
    },
  });

const MessageListSchema = z
  .object({
    items: z.array(MessageSchema),
    nextAfter: z.number().int().nullable().openapi({ description: '`after` of the next slice; null at the end' }),
  })
  .openapi('MessageList');

const messages = createRoute({
  method: 'get',
  path: '/api/v1/conversations/{id}/messages',
  summary: 'What was said, oldest first',
  tags: ['conversations'],
  security: SECURITY,
  request: {
    params: idParameter,
    query: z.object({
      after: z.coerce.number().int().min(0).default(0).openapi({ description: 'Only messages with a larger `seq`', example: 0 }),
      limit: limitParameter(500, 500),
    }),
  },
  responses: {
    200: jsonAnswer('A slice of the conversation', MessageListSchema),
    ...COMMON_ANSWERS,
    404: problemAnswer('No such conversation'),
  },
});

/** Adds the routes. */
export function conversationRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(messages, async (c) => {
    const { after, limit } = c.req.valid('query');
    const conversationId = parseIdentifier(c.req.valid('param').id);
    const done =
      conversationId === null ? NO_SUCH : await desk.transcript.read(c.get('member'), { conversationId, afterSeq: after, limit });
    switch (done.kind) {
      case 'found':
        return c.json({ items: done.lines.map((it) => messageJson(it, time)), nextAfter: done.nextAfter }, 200);
      case 'no-such-conversation':
        return problem(c, 404, 'not-found', 'There is no such conversation.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

const NO_SUCH = { kind: 'no-such-conversation' } as const;

/** One message. */
export function messageJson(line: TranscriptLine, time: WriteTime): z.infer<typeof MessageSchema> {
  return {
    id: line.id,
    seq: line.seq,
    at: time(line.at),
    from: line.from,
    text: line.text,
    attachments: line.attachments.map(attachmentJson),
    delivery: line.delivery,
  };
}
