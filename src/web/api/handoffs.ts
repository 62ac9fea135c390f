/** `/handoffs`: who waits for a person, and what the person who took them does. */
import { createRoute, z } from '@hono/zod-openapi';
import { HANDOFF_STATUSES } from '../../desk/handoff.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { COMMON_ANSWERS, POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import {
  type Api,
  type ApiNeeds,
  cursorParameter,
  forbidden,
  idParameter,
  jsonAnswer,
  jsonBody,
  limitParameter,
  onceHeader,
  SECURITY,
  sliceJson,
  sliceSchema,
} from './api.ts';
import { MessageSchema, messageJson } from './conversations.ts';
import { filesRefused, HandoffReplySchema, replyOf } from './handoff-reply.ts';
import { HANDOFF_CHANGED, HandoffSchema, handoffJson, handoffRefused, NO_SUCH_HANDOFF, typedText } from './handoff-schema.ts';

const HandoffListSchema = sliceSchema('HandoffList', HandoffSchema);

const list = createRoute({
  method: 'get',
  path: '/api/v1/handoffs',
  summary: 'Handoffs, longest waiting first',
  tags: ['handoffs'],
  security: SECURITY,
  request: { query: z.object({ status: z.enum(HANDOFF_STATUSES).optional(), cursor: cursorParameter, limit: limitParameter(500, 500) }) },
  responses: { 200: jsonAnswer('A slice of the list', HandoffListSchema), ...COMMON_ANSWERS },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/handoffs/{id}',
  summary: 'One handoff',
  tags: ['handoffs'],
  security: SECURITY,
  request: { params: idParameter },
  responses: { 200: jsonAnswer('The handoff', HandoffSchema), ...COMMON_ANSWERS, 404: problemAnswer('No such handoff') },
});

const claim = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/claim',
  summary: 'Take over a conversation',
  description: "One's own again is 200; another's is 409 with `owner`. The customer is told who helps.",
  tags: ['handoffs'],
  security: SECURITY,
  request: { params: idParameter, headers: onceHeader },
  responses: HANDOFF_CHANGED,
});

const release = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/release',
  summary: 'Give the conversation back to the bot or to the queue',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: {
      required: false,
      content: {
        'application/json': {
          schema: z.object({ to: z.enum(['bot', 'queue']).default('bot') }).openapi('HandoffRelease', { example: { to: 'queue' } }),
        },
      },
    },
  },
  responses: HANDOFF_CHANGED,
});

const resolve = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/resolve',
  summary: 'Finish; the bot talks on',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({ outcome: z.string().trim().min(1, 'is missing').max(100), note: z.string().max(4_000).optional() })
        .openapi('HandoffResolution', { example: { outcome: 'booked-by-phone', note: '客户同意周六上午' } }),
    ),
  },
  responses: HANDOFF_CHANGED,
});

const note = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/note',
  summary: 'Keep an internal note; the customer never sees it',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(z.object({ text: typedText }).openapi('HandoffNoteText', { example: { text: '客户赶时间,先约周六' } })),
  },
  responses: { 201: jsonAnswer('The handoff with its notes', HandoffSchema), ...POST_ANSWERS, 404: problemAnswer('No such handoff') },
});

const reply = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/reply',
  summary: 'Say something to the customer, or send files',
  description:
    'Only by who claimed the handoff, or an administrator. Files are pictures (JPEG, PNG, GIF, WebP, HEIC), PDF and MP4, by what their bytes say; one that is refused refuses the whole reply.',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(HandoffReplySchema),
  },
  responses: {
    201: jsonAnswer('The message as it stands in the conversation', MessageSchema),
    ...POST_ANSWERS,
    404: problemAnswer('No such handoff'),
    409: problemAnswer('Not yours now, or the conversation holds as many files as it may, or the same Idempotency-Key is in progress'),
    413: problemAnswer('The body, or a file, is too large'),
    415: problemAnswer('The body is not application/json, or a file is of no kind that can be sent'),
  },
});

const link = createRoute({
  method: 'post',
  path: '/api/v1/handoffs/{id}/link',
  summary: 'Confirm who this is: the customer of a ticket',
  description:
    'From then on the conversation shows that customer’s tickets. When they chat on another account already it is 409 until `confirm` is true. Only by who claimed the handoff, or an administrator.',
  tags: ['handoffs'],
  security: SECURITY,
  request: {
    params: idParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({
          customerTicket: z.string().trim().min(1, 'is missing').max(40),
          confirm: z.boolean().default(false).openapi({ description: 'Two accounts of one person: looked at twice' }),
        })
        .openapi('HandoffLink', { example: { customerTicket: 'BX-20261120-0031' } }),
    ),
  },
  responses: {
    200: jsonAnswer('The handoff afterwards', HandoffSchema),
    ...POST_ANSWERS,
    404: problemAnswer('No such handoff, or no such ticket'),
  },
});

/** Adds the routes. */
export function handoffRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const { status, cursor, limit } = c.req.valid('query');
    const done = await desk.handoffs.list(c.get('member'), { status: status ?? null, after: cursor ?? null, limit });
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json(
      sliceJson(done.slice, (it) => handoffJson(it, time)),
      200,
    );
  });

  api.openapi(read, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH_HANDOFF : await desk.handoffs.read(c.get('member'), id);
    if (done.kind === 'forbidden') return forbidden(c, done);
    if (done.kind === 'no-such-handoff') return problem(c, 404, 'not-found', 'There is no such handoff.');
    return c.json(handoffJson(done.handoff, time), 200);
  });

  api.openapi(claim, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH_HANDOFF : await desk.handoffs.claim(c.get('member'), id);
    if (done.kind === 'claimed') return c.json(handoffJson(done.handoff, time), 200);
    if (done.kind === 'already-resolved')
      return problem(c, 409, 'conflict', 'The handoff is resolved; nobody waits any more.', { handoffStatus: 'resolved' });
    return handoffRefused(c, done);
  });

  api.openapi(release, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH_HANDOFF : await desk.handoffs.release(c.get('member'), id, c.req.valid('json').to ?? 'bot');
    return done.kind === 'put-down' ? c.json(handoffJson(done.handoff, time), 200) : handoffRefused(c, done);
  });

  api.openapi(resolve, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const { outcome, note: noted } = c.req.valid('json');
    const done = id === null ? NO_SUCH_HANDOFF : await desk.handoffs.resolve(c.get('member'), id, { outcome, note: noted?.trim() || null });
    return done.kind === 'put-down' ? c.json(handoffJson(done.handoff, time), 200) : handoffRefused(c, done);
  });

  api.openapi(note, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done =
      id === null
        ? NO_SUCH_HANDOFF
        : await desk.handoffs.note(c.get('member'), id, { noteId: c.get('operationId'), text: c.req.valid('json').text });
    return done.kind === 'noted' ? c.json(handoffJson(done.handoff, time), 201) : handoffRefused(c, done);
  });

  api.openapi(reply, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done =
      id === null
        ? NO_SUCH_HANDOFF
        : await desk.handoffs.reply(c.get('member'), id, { messageId: c.get('operationId'), ...replyOf(c.req.valid('json')) });
    switch (done.kind) {
      case 'said':
        return c.json(messageJson(done.line, time), 201);
      case 'too-many-files':
      case 'file-too-large':
      case 'wrong-file-kind':
      case 'files-busy':
      case 'conversation-full':
        return filesRefused(c, done);
      default:
        return handoffRefused(c, done);
    }
  });

  api.openapi(link, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const { customerTicket, confirm } = c.req.valid('json');
    const done = id === null ? NO_SUCH_HANDOFF : await desk.handoffs.link(c.get('member'), id, { customerTicket, confirmed: confirm });
    switch (done.kind) {
      case 'linked':
        return c.json(handoffJson(done.handoff, time), 200);
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'has-account': {
        const errors = [{ field: 'confirm', detail: 'has to be true to link two accounts' }];
        return problem(c, 409, 'conflict', 'The customer of that ticket chats on another account already; look twice.', { errors });
      }
      default:
        return handoffRefused(c, done);
    }
  });
}
