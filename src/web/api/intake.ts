/** `POST /tickets`: a customer phoned, wrote or came to the shop (S4-013); a record with a gap is refused (S4-014). */
import { createRoute, z } from '@hono/zod-openapi';
import { INTAKE_CHANNELS } from '../../desk/intake-form.ts';
import { COMPLAINT_CATEGORIES, COMPLAINT_WISHES } from '../../domain/complaint.ts';
import { TICKET_KINDS } from '../../domain/ticket.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { POST_ANSWERS, problem } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, jsonAnswer, jsonBody, onceHeader, SECURITY } from './api.ts';
import { instantField } from './fields.ts';
import { TicketSchema, ticketJson } from './ticket-schemas.ts';

const filled = (max: number) => z.string().trim().min(1, 'is missing').max(max);

const example = {
  kind: 'repair',
  channel: 'phone',
  appliance: 'air_conditioner',
  fault: '不制冷',
  name: '王芳',
  phone: '13800138000',
  address: '北京市朝阳区建国路88号院3号楼1501',
  window: { from: '2026-11-21T14:00:00+08:00', to: '2026-11-21T16:00:00+08:00' },
};

const IntakeSchema = z
  .object({
    kind: z.enum(TICKET_KINDS),
    channel: z.enum(INTAKE_CHANNELS),
    appliance: filled(40).openapi({ description: 'A code of the catalogue, or the word for it: 空调' }),
    fault: filled(1_000),
    name: filled(60),
    phone: filled(40),
    address: z.union([filled(300), z.object({ province: filled(40), city: filled(40), district: filled(40), detail: filled(200) })]),
    window: z.object({ from: instantField, to: instantField }).optional().openapi({ description: 'One of the open visit windows' }),
    note: z.string().max(1_000).optional(),
    model: filled(60).optional(),
    serial: filled(40).optional(),
    category: z.enum(COMPLAINT_CATEGORIES).optional().openapi({ description: 'Of a complaint; else read from its words, else `other`' }),
    wish: z.enum(COMPLAINT_WISHES).optional().openapi({ description: 'Of a complaint; else read from its words' }),
    about: filled(40).optional().openapi({ description: 'Of a complaint: number of the ticket it is about, which has the same phone' }),
    purchasedOn: filled(10).optional().openapi({ description: 'Of a complaint: `YYYY-MM-DD` or `YYYY-MM`', example: '2026-03' }),
  })
  .openapi('TicketIntake', { example });

const open = createRoute({
  method: 'post',
  path: '/api/v1/tickets',
  summary: 'Open a ticket for a customer on the phone, by e-mail or in the shop',
  description:
    'A window that is not open is 409 with `nearest`, up to three that are. Without a window somebody calls the customer back. A complaint is weighed as one from a chat; told again, it is joined to the open complaint on the same matter, and that is the answer, with 200 and its `count`.',
  tags: ['tickets'],
  security: SECURITY,
  request: { headers: onceHeader, body: jsonBody(IntakeSchema) },
  responses: {
    200: jsonAnswer('The earlier complaint, to which this one is joined', TicketSchema),
    201: jsonAnswer('The ticket', TicketSchema),
    ...POST_ANSWERS,
  },
});

/** Adds the route. */
export function intakeRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(open, async (c) => {
    const { category = null, wish = null, about = null, purchasedOn = null, ...form } = c.req.valid('json');
    const done = await desk.tickets.open(c.get('member'), {
      ...form,
      ticketId: c.get('operationId'),
      window: form.window ?? null,
      note: form.note?.trim() || null,
      model: form.model ?? null,
      serial: form.serial ?? null,
      complaint: { category, wish, about, purchasedOn },
    });
    switch (done.kind) {
      case 'opened':
        return c.json(ticketJson(done.ticket, time), 201, { location: `/api/v1/tickets/${done.ticket.number}` });
      case 'joined':
        return c.json(ticketJson(done.ticket, time), 200);
      case 'incomplete':
        return problem(c, 422, 'invalid', 'The record is not complete.', { errors: done.faults.map((it) => ({ ...it })) });
      case 'window-not-open': {
        const nearest = done.nearest.map((it) => ({ from: time(it.from), to: time(it.to) }));
        return problem(c, 409, 'window-taken', 'Nobody is free in that window; `nearest` names the nearest that are open.', { nearest });
      }
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}
