/** `/staff`: who works at the desk. A token is in the answer that made it and nowhere else. */
import { createRoute, z } from '@hono/zod-openapi';
import { STAFF_ROLES } from '../../domain/ticket.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { COMMON_ANSWERS, POST_ANSWERS, problem } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, IdentifierSchema, InstantSchema, jsonAnswer, jsonBody, onceHeader, SECURITY } from './api.ts';

const StaffMemberSchema = z
  .object({ id: IdentifierSchema, name: z.string(), email: z.string(), role: z.enum(STAFF_ROLES), createdAt: InstantSchema })
  .openapi('StaffMember');

const StaffListSchema = z.object({ items: z.array(StaffMemberSchema) }).openapi('StaffList');

const NewStaffSchema = z
  .object({ name: z.string().trim().min(1, 'is missing').max(60), email: z.email().max(200), role: z.enum(STAFF_ROLES) })
  .openapi('NewStaff', { example: { name: '李敏', email: 'limin@example.com', role: 'agent' } });

const StaffTokenSchema = z
  .object({ id: IdentifierSchema, token: z.string() })
  .openapi('StaffToken', { description: 'The token is shown only here' });

const list = createRoute({
  method: 'get',
  path: '/api/v1/staff',
  summary: 'Who works at the desk',
  tags: ['staff'],
  security: SECURITY,
  responses: { 200: jsonAnswer('Everybody', StaffListSchema), ...COMMON_ANSWERS },
});

const add = createRoute({
  method: 'post',
  path: '/api/v1/staff',
  summary: 'Add somebody; administrators only',
  tags: ['staff'],
  security: SECURITY,
  request: { headers: onceHeader, body: jsonBody(NewStaffSchema) },
  responses: { 201: jsonAnswer('The id and, once, the bearer token', StaffTokenSchema), ...POST_ANSWERS },
});

/** Adds the routes. */
export function staffRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const done = await desk.staff.list(c.get('member'));
    if (done.kind === 'forbidden') return forbidden(c, done);
    return c.json(
      { items: done.items.map(({ id, name, email, role, createdAt }) => ({ id, name, email, role, createdAt: time(createdAt) })) },
      200,
    );
  });

  api.openapi(add, async (c) => {
    const done = await desk.staff.add(c.get('member'), { ...c.req.valid('json'), id: c.get('operationId') });
    switch (done.kind) {
      case 'added':
        return c.json({ id: done.id, token: done.token }, 201);
      case 'email-taken':
        return problem(c, 409, 'conflict', 'Somebody of the staff has this e-mail address already.', {
          errors: [{ field: 'email', detail: 'is taken' }],
        });
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}
