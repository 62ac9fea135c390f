/** What staff may make of a ticket, by hand: finish it or call it off. What is not allowed now is answered with what is. */

import type { Instant } from '../domain/instant.ts';
import type { TicketKind, TicketStatus } from '../domain/ticket.ts';
import { unreachable } from '../domain/unreachable.ts';
import { type Change, changeBy } from './change.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { printedNumber, type Ticket, type TicketRecord, ticketOf } from './tickets.ts';

export const TRANSITIONS = ['complete', 'cancel'] as const;
export type Transition = (typeof TRANSITIONS)[number];

/** Where a transition may start. A complaint is finished by its own case, never by hand. */
const FROM: Readonly<Record<Transition, readonly TicketStatus[]>> = {
  complete: ['open', 'scheduled', 'in-progress'],
  cancel: ['open', 'scheduled', 'in-progress', 'waiting-customer'],
};

/** The transitions a ticket can take now; empty when it is over. */
export function allowedTransitions(kind: TicketKind, status: TicketStatus): readonly Transition[] {
  return TRANSITIONS.filter((it) => FROM[it].includes(status) && !(kind === 'complaint' && it === 'complete'));
}

/** What a transition leaves behind. */
export type TransitionWrite = {
  readonly number: string;
  /** The write happens only while the ticket is still in this status. */
  readonly from: TicketStatus;
  readonly to: TicketStatus;
  readonly completedAt: Instant | null;
  /** `done`: the ticket's booked visit took place; `cancelled`: given up, unless another live ticket shares it. */
  readonly appointment: 'done' | 'cancelled';
  readonly event: string;
  readonly change: Change;
};

export type TransitionStore = {
  readonly state: (number: string) => Promise<{ readonly kind: TicketKind; readonly status: TicketStatus } | null>;
  /** Status, visit, timeline and audit in one transaction; `moved-on` when the status was no longer `from`. */
  readonly write: (
    write: TransitionWrite,
  ) => Promise<{ readonly kind: 'written'; readonly record: TicketRecord } | { readonly kind: 'moved-on' }>;
};

export type Transitioned =
  | { readonly kind: 'done'; readonly ticket: Ticket }
  | { readonly kind: 'not-now'; readonly status: TicketStatus; readonly allowed: readonly Transition[] }
  | { readonly kind: 'no-such-ticket' }
  | Forbidden;

export type Transit = (member: StaffMember, number: string, transition: Transition) => Promise<Transitioned>;

const ATTEMPTS_MAX = 3;

/** Takes a ticket through a transition, or says which ones it could take. */
export function transit(needs: { readonly transitions: TransitionStore; readonly now: () => Instant }): Transit {
  return async (member, typed, transition) => {
    const no = refusal(member, 'desk.act');
    if (no) return no;
    const number = printedNumber(typed);
    if (number === null) return { kind: 'no-such-ticket' };
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
      const state = await needs.transitions.state(number);
      if (state === null) return { kind: 'no-such-ticket' };
      const allowed = allowedTransitions(state.kind, state.status);
      if (!allowed.includes(transition)) return { kind: 'not-now', status: state.status, allowed };
      const done = await needs.transitions.write(writeOf(member, number, transition, state.status, needs.now()));
      if (done.kind === 'written') return { kind: 'done', ticket: ticketOf(done.record) };
    }
    throw new Error('invariant: a ticket changes its status at most a few times at once');
  };
}

function writeOf(member: StaffMember, number: string, transition: Transition, from: TicketStatus, at: Instant): TransitionWrite {
  const change = changeBy(member, at, `ticket.${transition}`, `ticket:${number}`, { from });
  switch (transition) {
    case 'complete':
      return { number, from, to: 'resolved', completedAt: at, appointment: 'done', event: 'completed', change };
    case 'cancel':
      return { number, from, to: 'cancelled', completedAt: null, appointment: 'cancelled', event: 'cancelled', change };
    default:
      return unreachable(transition);
  }
}
