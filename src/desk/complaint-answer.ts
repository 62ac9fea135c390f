/**
 * What staff answer a complaint (S4-005). It is kept with the case and told to the customer; a complaint that is not settled
 * by it waits for their word.
 */
import { callBackBy } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { TicketStatus } from '../domain/ticket.ts';
import type { Reading } from '../wording/format.ts';
import { render } from '../wording/render.ts';
import { type Change, changeBy } from './change.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { readStaffText } from './staff-text.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

type NotAnswered =
  | { readonly kind: 'no-such-ticket' | 'not-a-complaint' }
  | { readonly kind: 'ticket-over'; readonly status: TicketStatus };

export type AnswerWrite = {
  readonly number: string;
  readonly text: string;
  readonly settled: boolean;
  readonly by: Identifier;
  /** Without a chat the customer is phoned by `callBy` and told `notice`. */
  readonly callBy: Instant;
  readonly notice: (department: string) => string;
  readonly change: Change;
};

/** One transaction: the answer, the status, timeline, audit, and whom it is told. `told`: the conversation that has the unapplied event. */
export type WriteAnswer = (
  write: AnswerWrite,
  makeIdentifier: MakeIdentifier,
) => Promise<{ readonly kind: 'answered'; readonly record: TicketRecord; readonly told: Identifier | null } | NotAnswered>;

export type AnswerComplaint = (
  member: StaffMember,
  number: string,
  answer: { readonly text: string; readonly settled: boolean },
) => Promise<{ readonly kind: 'answered'; readonly ticket: Ticket } | NotAnswered | { readonly kind: 'text-refused' } | Forbidden>;

/** It is one message, whatever the channel. */
export const ANSWER_CHARACTERS_MAX = 1_000;

export function answerComplaint(needs: {
  readonly write: WriteAnswer;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  /** Turns what is unapplied in a conversation, now, after a commit; must not throw. */
  readonly turnSoon: (conversationId: Identifier) => void;
}): AnswerComplaint {
  return async (member, typed, { text: raw, settled }) => {
    const no = refusal(member, 'complaints.answer');
    if (no) return no;
    const number = printedNumber(typed);
    if (number === null) return { kind: 'no-such-ticket' };
    const text = readStaffText(raw);
    if (text === null || text.length > ANSWER_CHARACTERS_MAX) return { kind: 'text-refused' };
    const at = needs.now();
    const done = await needs.write(
      {
        number,
        text,
        settled,
        by: member.id,
        callBy: callBackBy(needs.policy, at, needs.timeZone),
        notice: noticeOf(number, text, needs.timeZone),
        change: changeBy(member, at, 'ticket.answer', `ticket:${number}`, { settled }),
      },
      needs.makeIdentifier,
    );
    if (done.kind !== 'answered') return done;
    if (done.told !== null) needs.turnSoon(done.told);
    return { kind: 'answered', ticket: ticketOf(done.record) };
  };
}

/** In zh-CN: of who never chatted no other language is known. */
function noticeOf(number: string, text: string, timeZone: string): AnswerWrite['notice'] {
  const reading: Reading = { language: 'zh-CN', timeZone };
  return (department) => {
    const data = {
      numbers: { as: 'numbers', value: [number] },
      department: { as: 'text', value: department },
      answer: { as: 'text', value: text },
    } as const;
    return render({ key: 'complaint.answered', data }, reading);
  };
}
