/**
 * Two tickets of one matter become one: the duplicate is called off, whatever hangs on it goes over to the one that is kept,
 * and the customer is told which number goes on.
 */
import { callBackBy } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { TicketStatus } from '../domain/ticket.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { Reading } from '../wording/format.ts';
import { render } from '../wording/render.ts';
import { type Change, changeBy } from './change.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';
import { type VisitOffWords, visitOffWords } from './visit-off-words.ts';

type NotMerged =
  /** `other-customer`: of two people. `other-kind`: of two sorts of matter. `complaint`: the customer joins those by telling it again. */
  | { readonly kind: 'same-ticket' | 'other-customer' | 'other-kind' | 'complaint' }
  | { readonly kind: 'no-such-ticket'; readonly number: string }
  | { readonly kind: 'ticket-over'; readonly number: string; readonly status: TicketStatus };

export type KeptVisit = { readonly window: VisitWindow; readonly engineer: { readonly name: string; readonly phone: string } };

export type MergeWrite = {
  readonly keep: string;
  readonly drop: string;
  /** By when who has to be phoned is phoned. */
  readonly callBy: Instant;
  readonly off: VisitOffWords['toEngineer'];
  /** For a customer without a chat; with the visit that will take place. */
  readonly notice: (visit: KeptVisit | null) => string;
  readonly change: Change;
};

/** One transaction. `told`: the conversation whose log has the unapplied event. */
export type WriteMerge = (
  write: MergeWrite,
  makeIdentifier: MakeIdentifier,
) => Promise<{ readonly kind: 'merged'; readonly record: TicketRecord; readonly told: Identifier | null } | NotMerged>;

/** The ticket is the one that was kept. */
export type MergeDuplicates = (
  member: StaffMember,
  keep: string,
  drop: string,
) => Promise<{ readonly kind: 'merged'; readonly ticket: Ticket } | NotMerged | Forbidden>;

export function mergeDuplicates(needs: {
  readonly write: WriteMerge;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  /** Turns what is unapplied in a conversation, now, after a commit; must not throw. */
  readonly turnSoon: (conversationId: Identifier) => void;
}): MergeDuplicates {
  return async (member, typedKeep, typedDrop) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const [keep, drop] = [printedNumber(typedKeep), printedNumber(typedDrop)];
    if (keep === null) return { kind: 'no-such-ticket', number: typedKeep };
    if (drop === null) return { kind: 'no-such-ticket', number: typedDrop };
    if (keep === drop) return { kind: 'same-ticket' };
    const at = needs.now();
    const write: MergeWrite = {
      keep,
      drop,
      callBy: callBackBy(needs.policy, at, needs.timeZone),
      off: visitOffWords(needs.timeZone).toEngineer,
      notice: noticeOf(keep, drop, needs.timeZone),
      change: changeBy(member, at, 'ticket.merge', `ticket:${keep}`, { duplicate: drop }),
    };
    const done = await needs.write(write, needs.makeIdentifier);
    if (done.kind !== 'merged') return done;
    if (done.told !== null) needs.turnSoon(done.told);
    return { kind: 'merged', ticket: ticketOf(done.record) };
  };
}

/** In zh-CN: of who never chatted no other language is known. */
function noticeOf(keep: string, drop: string, timeZone: string): MergeWrite['notice'] {
  const reading: Reading = { language: 'zh-CN', timeZone };
  const numbers = { numbers: { as: 'numbers', value: [drop] }, kept: { as: 'numbers', value: [keep] } } as const;
  return (visit) => {
    if (visit === null) return render({ key: 'ticket.merged', data: numbers }, reading);
    const data = {
      ...numbers,
      window: { as: 'window', value: visit.window },
      engineer: { as: 'text', value: visit.engineer.name },
      phone: { as: 'phone', value: visit.engineer.phone },
    } as const;
    return render({ key: 'ticket.merged.visit', data }, reading);
  };
}
