/** `/appointments`: who goes when. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Appointment } from '../../desk/appointments.ts';
import { COMMON_ANSWERS } from '../problem.ts';
import {
  type Api,
  type ApiNeeds,
  cursorParameter,
  forbidden,
  jsonAnswer,
  limitParameter,
  SECURITY,
  sliceJson,
  sliceSchema,
} from './api.ts';
import { identifierField, instantParameter } from './fields.ts';
import { appointmentJson, TicketAppointmentSchema } from './ticket-schemas.ts';

const AppointmentSchema = TicketAppointmentSchema.extend({
  ticket: z.string(),
  tickets: z.array(z.string()).openapi({ description: 'Every ticket of the same visit' }),
}).openapi('Appointment');

const AppointmentListSchema = sliceSchema('AppointmentList', AppointmentSchema);

const engineerParameter = identifierField.optional().openapi({ description: 'Only visits of this engineer' });

const list = createRoute({
  method: 'get',
  path: '/api/v1/appointments',
  summary: 'Visits whose window starts in [from, to), earliest first',
  tags: ['appointments'],
  security: SECURITY,
  request: {
    query: z.object({
      from: instantParameter,
      to: instantParameter,
      engineer: engineerParameter,
      cursor: cursorParameter,
      limit: limitParameter(1_000, 200),
    }),
  },
  responses: { 200: jsonAnswer('A slice of the list', AppointmentListSchema), ...COMMON_ANSWERS },
});

/** Adds the routes. */
export function appointmentRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(list, async (c) => {
    const { from, to, engineer, cursor, limit } = c.req.valid('query');
    const done = await desk.appointments.list(c.get('member'), {
      from: from ?? null,
      to: to ?? null,
      engineer: engineer ?? null,
      after: cursor ?? null,
      limit,
    });
    if (done.kind === 'forbidden') return forbidden(c, done);
    const show = (it: Appointment) => ({ ...appointmentJson(it, time), ticket: it.ticket, tickets: [...it.tickets] });
    return c.json(sliceJson(done.slice, show), 200);
  });
}
