/** Complaint cases as JSON. */
import { z } from '@hono/zod-openapi';
import type { TicketComplaint } from '../../desk/ticket-complaint.ts';
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_CAUSES,
  COMPLAINT_FORMS,
  COMPLAINT_TYPES,
  COMPLAINT_WISHES,
  GRAVITIES,
} from '../../domain/complaint.ts';
import type { WriteTime } from '../business-time.ts';
import { IdentifierSchema, InstantSchema, orNull } from './api.ts';

const ComplaintAnswerSchema = z.object({ at: InstantSchema, by: IdentifierSchema, text: z.string() }).openapi('ComplaintAnswerGiven');

export const ComplaintSchema = z
  .object({
    form: z.enum(COMPLAINT_FORMS).openapi({ description: '`exception-slip` where nothing was lost' }),
    category: z.enum(COMPLAINT_CATEGORIES),
    types: z.array(z.enum(COMPLAINT_TYPES)),
    gravities: z.array(z.enum(GRAVITIES)).openapi({ description: 'Why it weighs more than others' }),
    wish: z.enum(COMPLAINT_WISHES).nullable(),
    department: z.string(),
    cause: z.enum(COMPLAINT_CAUSES).nullable().openapi({ description: 'As staff found out; null until then' }),
    purchasedOn: z.string().nullable().openapi({ description: '`YYYY-MM-DD` or `YYYY-MM`, as the customer told it' }),
    about: z.string().nullable().openapi({ description: 'Number of the ticket it is about' }),
    answerBy: InstantSchema,
    resolveBy: InstantSchema,
    answer: orNull(ComplaintAnswerSchema).openapi({ description: 'What the customer was last answered, masked, and by whom' }),
    count: z.number().int().openapi({ description: 'How often the customer complained of the matter' }),
    statements: z
      .array(z.object({ at: InstantSchema, text: z.string() }))
      .openapi({ description: 'In the customer’s words, masked; oldest first' }),
  })
  .openapi('Complaint', {
    example: {
      form: 'complaint',
      category: 'repair-service',
      types: ['attitude'],
      gravities: [],
      wish: 'apology',
      department: '维修部',
      cause: null,
      purchasedOn: '2026-03',
      about: 'BX-20261120-0031',
      answerBy: '2026-11-20T10:30:00.000+08:00',
      resolveBy: '2026-11-26T14:00:00.000+08:00',
      answer: null,
      count: 1,
      statements: [{ at: '2026-11-20T10:00:00.000+08:00', text: '师傅态度特别差' }],
    },
  });

export function complaintJson(complaint: TicketComplaint, time: WriteTime): z.infer<typeof ComplaintSchema> {
  const { form, category, types, gravities, wish, department, cause, purchasedOn, about, answerBy, resolveBy, answer, statements } =
    complaint;
  return {
    form,
    category,
    types: [...types],
    gravities: [...gravities],
    wish,
    department,
    cause,
    purchasedOn,
    about,
    answerBy: time(answerBy),
    resolveBy: time(resolveBy),
    answer: answer === null ? null : { at: time(answer.at), by: answer.by, text: answer.text },
    count: statements.length,
    statements: statements.map((it) => ({ at: time(it.at), text: it.text })),
  };
}
