/** A handoff as the staff API shows it, and its refusals, for every route that has to do with one. */
import { z } from '@hono/zod-openapi';
import { HANDOFF_STATUSES, type Handoff, type NotYours, type TextRefused } from '../../desk/handoff.ts';
import type { Forbidden } from '../../desk/staff-member.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { WriteTime } from '../business-time.ts';
import { POST_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type ApiContext, forbidden, IdentifierSchema, InstantSchema, jsonAnswer, orNull, StaffNameSchema } from './api.ts';

const HandoffCustomerSchema = z
  .object({ name: z.string().nullable(), phone: z.string().nullable() })
  .openapi('HandoffCustomer', { example: { name: '王*', phone: '138****8000' } });

export const HandoffSchema = z
  .object({
    id: IdentifierSchema,
    conversationId: IdentifierSchema,
    ticket: z.string().nullable(),
    status: z.enum(HANDOFF_STATUSES),
    position: z.number().int().min(1).nullable().openapi({ description: 'Place in the queue; null when it is not in it' }),
    customer: orNull(HandoffCustomerSchema),
    owner: orNull(StaffNameSchema),
    reason: z.string(),
    waitingSince: InstantSchema,
    waitMinutes: z.number().int().min(0).openapi({ description: 'Whole minutes until somebody took it, or so far' }),
    claimedAt: InstantSchema.nullable(),
    resolvedAt: InstantSchema.nullable(),
    outcome: z.string().nullable(),
    summary: z
      .object({
        flow: z.string().nullable(),
        asking: z.string().nullable(),
        known: z.record(z.string(), z.string()),
        possibleTickets: z
          .array(z.string())
          .openapi({ description: 'Tickets that may be theirs, by the phone they gave; `/link` confirms it' }),
      })
      .openapi({ description: 'What is known so far, masked' }),
    notes: z.array(z.object({ at: InstantSchema, by: StaffNameSchema, text: z.string() })),
  })
  .openapi('Handoff');

/** What staff type. */
export const typedText = z.string().trim().min(1, 'is missing').max(4_000);

/** The answers of a change. */
export const HANDOFF_CHANGED = {
  200: jsonAnswer('The handoff afterwards', HandoffSchema),
  ...POST_ANSWERS,
  404: problemAnswer('No such handoff'),
} as const;

/** An id that is none names no handoff. */
export const NO_SUCH_HANDOFF = { kind: 'no-such-handoff' } as const;

/** Why nothing was done with it. */
export function handoffRefused(c: ApiContext, no: NotYours | TextRefused | Forbidden) {
  switch (no.kind) {
    case 'no-such-handoff':
      return problem(c, 404, 'not-found', 'There is no such handoff.');
    case 'claimed-by-another':
      return problem(c, 409, 'claimed-by-another', `${no.owner.name} has claimed this handoff.`, {
        owner: { id: no.owner.id, name: no.owner.name },
      });
    case 'not-claimed':
      return problem(c, 409, 'conflict', `The handoff is ${no.status}; claim it first.`, { handoffStatus: no.status });
    case 'text-refused':
      return problem(c, 422, 'invalid', 'A text has 1 to 4,000 characters.', {
        errors: [{ field: 'text', detail: 'has to have 1 to 4,000 characters' }],
      });
    case 'forbidden':
      return forbidden(c, no);
    default:
      return unreachable(no);
  }
}

/** A handoff as the API writes it. */
export function handoffJson(handoff: Handoff, time: WriteTime): z.infer<typeof HandoffSchema> {
  return {
    id: handoff.id,
    conversationId: handoff.conversationId,
    ticket: handoff.ticket,
    status: handoff.status,
    position: handoff.position,
    customer: handoff.customer === null ? null : { ...handoff.customer },
    owner: handoff.owner === null ? null : { ...handoff.owner },
    reason: handoff.reason,
    waitingSince: time(handoff.waitingSince),
    waitMinutes: handoff.waitMinutes,
    claimedAt: handoff.claimedAt === null ? null : time(handoff.claimedAt),
    resolvedAt: handoff.resolvedAt === null ? null : time(handoff.resolvedAt),
    outcome: handoff.outcome,
    summary: {
      flow: handoff.summary.flow,
      asking: handoff.summary.asking,
      known: { ...handoff.summary.known },
      possibleTickets: [...handoff.summary.possibleTickets],
    },
    notes: handoff.notes.map((it) => ({ at: time(it.at), by: { ...it.by }, text: it.text })),
  };
}
