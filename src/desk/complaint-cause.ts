/**
 * The cause of a complaint, which staff set once they know it: the product's own fault, or somebody's (S4-003). It is an
 * axis of its own beside the class, and may be put right or taken back.
 */
import type { ComplaintCause } from '../domain/complaint.ts';
import type { Instant } from '../domain/instant.ts';
import { type Change, changeBy } from './change.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

type NotSet = { readonly kind: 'no-such-ticket' | 'no-complaint' };

/** One transaction with timeline and audit; the same cause again writes nothing. */
export type WriteCause = (
  number: string,
  cause: ComplaintCause | null,
  change: Change,
) => Promise<{ readonly kind: 'set'; readonly record: TicketRecord } | NotSet>;

export type SetCause = (
  member: StaffMember,
  number: string,
  cause: ComplaintCause | null,
) => Promise<{ readonly kind: 'set'; readonly ticket: Ticket } | NotSet | Forbidden>;

export function setCause({ write, now }: { readonly write: WriteCause; readonly now: () => Instant }): SetCause {
  return async (member, typed, cause) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const number = printedNumber(typed);
    if (number === null) return { kind: 'no-such-ticket' };
    const done = await write(number, cause, changeBy(member, now(), 'ticket.complaint-cause', `ticket:${number}`, { cause }));
    return done.kind === 'set' ? { kind: 'set', ticket: ticketOf(done.record) } : done;
  };
}
