/**
 * The answers of customers who were asked on the phone, written down by staff: the same record as from a chat, with the same
 * recheck for a low one (S2-043, S2-055).
 */
import { callBackBy, localDayOf } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, instantOf } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { quietUntil } from '../domain/reminder-time.ts';
import { recheckBy, type SurveyAnswers, wantsRecheck } from '../domain/survey.ts';
import type { Readings } from '../turn/ports.ts';
import { type Change, changeBy } from './change.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { readStaffText } from './staff-text.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

/** What the customer said on the phone; texts unread. */
export type SurveyForm = Omit<SurveyAnswers, 'score' | 'resolved'> & { readonly score: number; readonly resolved: boolean };

export type SurveyWrite = {
  readonly number: string;
  readonly answers: SurveyAnswers;
  /** Opened in the same transaction, with its call and its page; null when the answers are no reason for one. */
  readonly recheck: {
    readonly ticketId: Identifier;
    readonly number: string;
    readonly note: 'low-score' | 'not-resolved';
    readonly dueAt: Instant;
    readonly call: { readonly id: Identifier; readonly dueAt: Instant };
    readonly page: { readonly id: Identifier; readonly notBefore: Instant | null };
  } | null;
  readonly change: Change;
};

/** One transaction, which also ends the call that was to ask. `no-survey`: nothing of the ticket was ever finished. */
export type WriteSurvey = (
  write: SurveyWrite,
) => Promise<
  { readonly kind: 'written'; readonly record: TicketRecord } | { readonly kind: 'no-such-ticket' | 'no-survey' | 'answered-already' }
>;

export type SurveyAnswered =
  | { readonly kind: 'answered'; readonly ticket: Ticket }
  | { readonly kind: 'no-such-ticket' | 'no-survey' | 'answered-already' }
  | Forbidden;

export type AnswerSurvey = (member: StaffMember, number: string, form: SurveyForm) => Promise<SurveyAnswered>;

type AnswerNeeds = {
  readonly write: WriteSurvey;
  readonly readings: Pick<Readings, 'ticketNumbers'>;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
};

/** Writes down the answers of a customer on the phone. */
export function answerSurvey(needs: AnswerNeeds): AnswerSurvey {
  return async (member, typed, form) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const number = printedNumber(typed);
    if (number === null) return { kind: 'no-such-ticket' };
    const at = needs.now();
    const text = (it: string | null) => (it === null ? null : readStaffText(it));
    const answers: SurveyAnswers = { ...form, reason: text(form.reason), comment: text(form.comment) };
    const recheck = await recheckFor(answers, at, needs);
    const { score, resolved } = form;
    const change = changeBy(member, at, 'ticket.survey', `ticket:${number}`, { score, resolved });
    const done = await needs.write({ number, answers, recheck, change });
    return done.kind === 'written' ? { kind: 'answered', ticket: ticketOf(done.record) } : done;
  };
}

async function recheckFor(answers: SurveyAnswers, at: Instant, needs: AnswerNeeds): Promise<SurveyWrite['recheck']> {
  const { policy, timeZone, makeIdentifier } = needs;
  const { lowScoreMax } = policy.survey;
  if (!wantsRecheck(answers, lowScoreMax)) return null;
  const [number] = await needs.readings.ticketNumbers(localDayOf(at, timeZone), 1);
  if (number === undefined) throw new Error('invariant: a ticket number was asked for and none was given');
  const dueAt = recheckBy(at, policy.recheck.hours);
  return {
    ticketId: makeIdentifier(),
    number,
    note: answers.score !== null && answers.score <= lowScoreMax ? 'low-score' : 'not-resolved',
    dueAt,
    call: { id: makeIdentifier(), dueAt: instantOf(Math.min(dueAt, callBackBy(policy, at, timeZone))) },
    page: { id: makeIdentifier(), notBefore: quietUntil(at, policy, timeZone) },
  };
}
