/** Survey rows as the desk's surveys. */
import { z } from 'zod';
import { SURVEY_STATUSES, type TicketSurvey } from '../../desk/ticket-survey.ts';
import type { Prisma } from '../generated/client.ts';
import { SEALED } from '../purposes.ts';
import type { Seal } from '../seal.ts';
import { instantIn, instantOrNull, wordOf } from './desk-connection.ts';

export const LISTED_SURVEY = {
  onceKey: true,
  handoffId: true,
  status: true,
  dueAt: true,
  askedAt: true,
  remindedAt: true,
  answeredAt: true,
  answeredBy: true,
  score: true,
  resolved: true,
  reasonSealed: true,
  commentSealed: true,
  items: true,
  recheck: { select: { number: true } },
} satisfies Prisma.SurveySelect;

type Row = Prisma.SurveyGetPayload<{ select: typeof LISTED_SURVEY }>;

const itemsSchema = z.object({
  badge: z.boolean().nullable().default(null),
  onTime: z.boolean().nullable().default(null),
  attitude: z.number().nullable().default(null),
});

/** The survey of a ticket's repair, which it may share with others of the visit; else the last of a chat with staff about it. */
export function surveyOfTicket(own: readonly Row[], ofVisits: readonly Row[], seal: Seal): TicketSurvey | null {
  const chats = own.filter((it) => it.handoffId !== null).sort((a, b) => b.dueAt.getTime() - a.dueAt.getTime());
  const row = own.find((it) => it.handoffId === null) ?? ofVisits[0] ?? chats[0];
  return row === undefined ? null : surveyOf(row, seal);
}

function surveyOf(row: Row, seal: Seal): TicketSurvey {
  const open = (sealed: Uint8Array | null) => (sealed === null ? null : seal.open(SEALED.surveyText, sealed));
  return {
    status: wordOf(SURVEY_STATUSES, row.status),
    dueAt: instantIn(row.dueAt),
    askedAt: instantOrNull(row.askedAt),
    remindedAt: instantOrNull(row.remindedAt),
    answeredAt: instantOrNull(row.answeredAt),
    answeredBy: row.answeredBy,
    score: row.score,
    resolved: row.resolved,
    reason: open(row.reasonSealed),
    comment: open(row.commentSealed),
    items: itemsSchema.parse(row.items),
    recheck: row.recheck?.number ?? null,
  };
}
