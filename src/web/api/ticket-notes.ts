/** `/tickets/{number}/notes`: what the staff tell one another about a ticket. Reading the ticket shows them all. */
import { createRoute, z } from '@hono/zod-openapi';
import { TICKET_NOTE_CHARACTERS_MAX, TICKET_NOTES_MAX } from '../../desk/ticket-note.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, jsonAnswer, jsonBody, numberParameter, onceHeader, SECURITY } from './api.ts';
import { TicketSchema, ticketJson } from './ticket-schemas.ts';

const note = createRoute({
  method: 'post',
  path: '/api/v1/tickets/{number}/notes',
  summary: 'Keep an internal note with a ticket; the customer never sees it',
  description: `At most ${TICKET_NOTES_MAX} a ticket, whatever its status: one more is 409 with \`why\`. On a merge they go over to the ticket that is kept.`,
  tags: ['tickets'],
  security: SECURITY,
  request: {
    params: numberParameter,
    headers: onceHeader,
    body: jsonBody(
      z
        .object({ text: z.string().trim().min(1, 'is missing').max(TICKET_NOTE_CHARACTERS_MAX) })
        .openapi('TicketNoteText', { example: { text: '客户说门铃坏了，请打电话' } }),
    ),
  },
  responses: { 201: jsonAnswer('The ticket with its notes', TicketSchema), ...POST_ANSWERS, 404: problemAnswer('No such ticket') },
});

/** Adds the route. */
export function ticketNoteRoutes(api: Api, { desk, time }: ApiNeeds): void {
  api.openapi(note, async (c) => {
    const noted = { noteId: c.get('operationId'), text: c.req.valid('json').text };
    const done = await desk.tickets.note(c.get('member'), c.req.valid('param').number, noted);
    switch (done.kind) {
      case 'noted':
        return c.json(ticketJson(done.ticket, time), 201);
      case 'no-such-ticket':
        return problem(c, 404, 'not-found', 'There is no such ticket.');
      case 'too-many-notes':
        return problem(c, 409, 'conflict', `A ticket takes ${TICKET_NOTES_MAX} notes.`, { why: done.kind });
      case 'text-refused': {
        const errors = [{ field: 'text', detail: `has to have 1 to ${TICKET_NOTE_CHARACTERS_MAX} characters` }];
        return problem(c, 422, 'invalid', 'The note has no text, or too much.', { errors });
      }
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}
