/** `/pages`: calls for a human now. */
import { createRoute, z } from '@hono/zod-openapi';
import { PAGE_STATUSES, type PageToSee } from '../../desk/pages.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { CALL_ENDS } from '../../domain/sla-judgement.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { WriteTime } from '../business-time.ts';
import { COMMON_ANSWERS, POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import {
  type Api,
  type ApiNeeds,
  cursorParameter,
  forbidden,
  IdentifierSchema,
  InstantSchema,
  idParameter,
  jsonAnswer,
  limitParameter,
  onceHeader,
  orNull,
  SECURITY,
  StaffNameSchema,
  sliceJson,
  sliceSchema,
} from './api.ts';

const PageClosedSchema = z
  .object({ at: InstantSchema, why: z.enum(CALL_ENDS) })
  .openapi('PageClosed', { description: 'What it called for was over before anybody acknowledged it, and why' });

const PageSchema = z
  .object({
    id: IdentifierSchema,
    reason: z.string(),
    status: z.enum(PAGE_STATUSES),
    ticket: z.string().nullable(),
    conversationId: IdentifierSchema.nullable(),
    raisedAt: InstantSchema,
    acknowledgedAt: InstantSchema.nullable(),
    acknowledgedBy: orNull(StaffNameSchema),
    closed: orNull(PageClosedSchema),
    level: z.number().int().openapi({ description: 'Rung of the on-call ladder it was raised to, from 0' }),
    sends: z.number().int().openapi({ description: 'How often it was sent so far' }),
    playbook: z.array(z.string()).openapi({ description: 'What to do, step by step' }),
  })
  .openapi('Page');

const PageListSchema = sliceSchema('PageList', PageSchema);

const list = createRoute({
  method: 'get',
  path: '/api/v1/pages',
  summary: 'Pages, oldest first',
  tags: ['pages'],
  security: SECURITY,
  request: { query: z.object({ status: z.enum(PAGE_STATUSES).optional(), cursor: cursorParameter, limit: limitParameter(500, 500) }) },
  responses: { 200: jsonAnswer('A slice of the list', PageListSchema), ...COMMON_ANSWERS },
});

const acknowledge = createRoute({
  method: 'post',
  path: '/api/v1/pages/{id}/acknowledge',
  summary: 'See to a page; who was first stays on it',
  description: 'One that closed by itself is 409 with `why`: nobody need see to it.',
  tags: ['pages'],
  security: SECURITY,
  request: { params: idParameter, headers: onceHeader },
  responses: { 200: jsonAnswer('The page afterwards', PageSchema), ...POST_ANSWERS, 404: problemAnswer('No such page') },
});

/** Adds the routes. */
export function pageRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const { status, cursor, limit } = c.req.valid('query');
    const done = await desk.pages.list(c.get('member'), { status: status ?? null, after: cursor ?? null, limit });
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json(
      sliceJson(done.slice, (it) => pageJson(it, time)),
      200,
    );
  });

  api.openapi(acknowledge, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH : await desk.pages.acknowledge(c.get('member'), id);
    switch (done.kind) {
      case 'acknowledged':
        return c.json(pageJson(done.page, time), 200);
      case 'closed-already':
        return problem(c, 409, 'conflict', 'What the page called for is over; nobody need see to it.', { why: done.why });
      case 'no-such-page':
        return problem(c, 404, 'not-found', 'There is no such page.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

const NO_SUCH = { kind: 'no-such-page' } as const;

function pageJson(page: PageToSee, time: WriteTime): z.infer<typeof PageSchema> {
  return {
    id: page.id,
    reason: page.reason,
    status: page.status,
    ticket: page.ticket,
    conversationId: page.conversationId,
    raisedAt: time(page.raisedAt),
    acknowledgedAt: page.acknowledgedAt === null ? null : time(page.acknowledgedAt),
    acknowledgedBy: page.acknowledgedBy === null ? null : { ...page.acknowledgedBy },
    closed: page.closed === null ? null : { at: time(page.closed.at), why: page.closed.why },
    level: page.level,
    sends: page.sends,
    playbook: [...page.playbook],
  };
}
