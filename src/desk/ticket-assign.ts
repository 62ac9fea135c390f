/** Who of the staff sees to a ticket. It is the staff's own business: the customer hears nothing of it. */
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { TicketStatus } from '../domain/ticket.ts';
import { type Change, changeBy } from './change.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

type NotAssigned =
  | { readonly kind: 'no-such-ticket' | 'no-such-staff' }
  /** Resolved, closed or called off: nobody has to see to it. */
  | { readonly kind: 'ticket-over'; readonly status: TicketStatus };

/** One transaction with timeline and audit; the same person again writes nothing. */
export type WriteAssignee = (
  number: string,
  staffId: Identifier | null,
  change: Change,
) => Promise<{ readonly kind: 'assigned'; readonly record: TicketRecord } | NotAssigned>;

/** Null: nobody's again. */
export type AssignTicket = (
  member: StaffMember,
  number: string,
  staffId: Identifier | null,
) => Promise<{ readonly kind: 'assigned'; readonly ticket: Ticket } | NotAssigned | Forbidden>;

export function assignTicket({ write, now }: { readonly write: WriteAssignee; readonly now: () => Instant }): AssignTicket {
  return async (member, typed, staffId) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const number = printedNumber(typed);
    if (number === null) return { kind: 'no-such-ticket' };
    const done = await write(number, staffId, changeBy(member, now(), 'ticket.assign', `ticket:${number}`, { to: staffId }));
    return done.kind === 'assigned' ? { kind: 'assigned', ticket: ticketOf(done.record) } : done;
  };
}
