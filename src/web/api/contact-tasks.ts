/** `/contact-tasks`: people to be called. */
import { createRoute, z } from '@hono/zod-openapi';
import { CONTACT_TASK_STATUSES, type ContactTask, WHOM } from '../../desk/contact-tasks.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
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
import { MaskedCustomerSchema } from './ticket-schemas.ts';

const EngineerNameSchema = z.object({ id: IdentifierSchema, name: z.string() }).openapi('EngineerName');

const ContactTaskSchema = z
  .object({
    id: IdentifierSchema,
    ticket: z.string(),
    whom: z.enum(WHOM).openapi({ description: 'Whose phone rings' }),
    engineer: orNull(EngineerNameSchema),
    reason: z.string(),
    notice: z.string().nullable().openapi({ description: 'What to tell them, masked; null when the reason says it all' }),
    status: z.enum(CONTACT_TASK_STATUSES),
    dueAt: InstantSchema,
    doneAt: InstantSchema.nullable(),
    doneBy: orNull(StaffNameSchema),
    customer: MaskedCustomerSchema,
  })
  .openapi('ContactTask');

const ContactTaskListSchema = sliceSchema('ContactTaskList', ContactTaskSchema);

const list = createRoute({
  method: 'get',
  path: '/api/v1/contact-tasks',
  summary: 'People to be called, earliest due first',
  tags: ['contact tasks'],
  security: SECURITY,
  request: {
    query: z.object({ status: z.enum(CONTACT_TASK_STATUSES).optional(), cursor: cursorParameter, limit: limitParameter(500, 500) }),
  },
  responses: { 200: jsonAnswer('A slice of the list', ContactTaskListSchema), ...COMMON_ANSWERS },
});

const finish = createRoute({
  method: 'post',
  path: '/api/v1/contact-tasks/{id}/done',
  summary: 'They were called; who was first stays on it',
  tags: ['contact tasks'],
  security: SECURITY,
  request: { params: idParameter, headers: onceHeader },
  responses: { 200: jsonAnswer('The task afterwards', ContactTaskSchema), ...POST_ANSWERS, 404: problemAnswer('No such task') },
});

/** Adds the routes. */
export function contactTaskRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const { status, cursor, limit } = c.req.valid('query');
    const done = await desk.contactTasks.list(c.get('member'), { status: status ?? null, after: cursor ?? null, limit });
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json(
      sliceJson(done.slice, (it) => taskJson(it, time)),
      200,
    );
  });

  api.openapi(finish, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH : await desk.contactTasks.done(c.get('member'), id);
    switch (done.kind) {
      case 'done':
        return c.json(taskJson(done.task, time), 200);
      case 'no-such-task':
        return problem(c, 404, 'not-found', 'There is no such contact task.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

const NO_SUCH = { kind: 'no-such-task' } as const;

function taskJson(task: ContactTask, time: WriteTime): z.infer<typeof ContactTaskSchema> {
  return {
    id: task.id,
    ticket: task.ticket,
    whom: task.whom,
    engineer: task.engineer === null ? null : { ...task.engineer },
    reason: task.reason,
    notice: task.notice,
    status: task.status,
    dueAt: time(task.dueAt),
    doneAt: task.doneAt === null ? null : time(task.doneAt),
    doneBy: task.doneBy === null ? null : { ...task.doneBy },
    customer: { ...task.customer },
  };
}
