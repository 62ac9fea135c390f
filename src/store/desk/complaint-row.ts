/** Complaint cases as a ticket shows them. */
import type { TicketComplaint } from '../../desk/ticket-complaint.ts';
import {
  COMPLAINT_CATEGORIES,
  COMPLAINT_CAUSES,
  COMPLAINT_FORMS,
  COMPLAINT_TYPES,
  COMPLAINT_WISHES,
  GRAVITIES,
} from '../../domain/complaint.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { identifierOf, instantIn, wordOf } from './desk-connection.ts';

const STATEMENTS_MAX = 200;

/** What the case of a ticket needs. */
export const LISTED_COMPLAINT = {
  complaint: { include: { about: { select: { number: true } } } },
  statements: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: STATEMENTS_MAX },
} satisfies Prisma.TicketInclude;

type Row = Prisma.TicketGetPayload<{ include: typeof LISTED_COMPLAINT }>;

/** Null for a ticket that is no complaint, and for one that staff opened without a case. */
export function complaintOfTicket({ complaint, statements }: Pick<Row, 'complaint' | 'statements'>, seal: Seal): TicketComplaint | null {
  if (complaint === null) return null;
  return {
    form: wordOf(COMPLAINT_FORMS, complaint.form),
    category: wordOf(COMPLAINT_CATEGORIES, complaint.category),
    types: complaint.types.map((it) => wordOf(COMPLAINT_TYPES, it)),
    gravities: complaint.gravities.map((it) => wordOf(GRAVITIES, it)),
    wish: complaint.wish === null ? null : wordOf(COMPLAINT_WISHES, complaint.wish),
    department: complaint.department,
    cause: complaint.cause === null ? null : wordOf(COMPLAINT_CAUSES, complaint.cause),
    purchasedOn: complaint.purchasedOn,
    about: complaint.about?.number ?? null,
    answerBy: instantIn(complaint.answerBy),
    resolveBy: instantIn(complaint.resolveBy),
    answer: answerOf(complaint, seal),
    statements: statements.map((it) => ({ at: instantIn(it.at), text: seal.open(SEALED.complaintStatement, it.textSealed) })),
  };
}

function answerOf({ answerSealed, answeredAt, answeredBy }: NonNullable<Row['complaint']>, seal: Seal): TicketComplaint['answer'] {
  if (answerSealed === null || answeredAt === null || answeredBy === null) return null;
  return { at: instantIn(answeredAt), by: identifierOf(answeredBy), text: seal.open(SEALED.complaintAnswer, answerSealed) };
}
