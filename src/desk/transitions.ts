/**
 * What staff may make of a ticket, by hand: finish it or call it off. What is not allowed now is answered with what is;
 * a visit that was called off is told to the customer and to the engineer.
 */
import { callBackBy } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { TicketKind, TicketStatus } from '../domain/ticket.ts';
import { unreachable } from '../domain/unreachable.ts';
import { type Change, changeBy } from './change.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';
import { type VisitOffWords, visitOffWords } from './visit-off-words.ts';

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
  /**
   * `done`: the ticket's booked visit took place. `called-off`: given up, unless another live ticket shares it; then the
   * customer hears of it in their chat, or on the phone by `callBy`, and the engineer before the window starts, in `words`.
   */
  readonly visit: { readonly kind: 'done' } | { readonly kind: 'called-off'; readonly callBy: Instant; readonly words: VisitOffWords };
  readonly event: string;
  readonly change: Change;
};

export type TransitionStore = {
  readonly state: (number: string) => Promise<{ readonly kind: TicketKind; readonly status: TicketStatus } | null>;
  /**
   * Status, visit, timeline, audit, who has to hear of it and who need not any more in one transaction; `moved-on` when the
   * status was no longer `from`. `told`: the conversation whose log has the unapplied event `visit-changed`.
   */
  readonly write: (
    write: TransitionWrite,
    makeIdentifier: MakeIdentifier,
  ) => Promise<
    { readonly kind: 'written'; readonly record: TicketRecord; readonly told: Identifier | null } | { readonly kind: 'moved-on' }
  >;
};

export type Transitioned =
  | { readonly kind: 'done'; readonly ticket: Ticket }
  | { readonly kind: 'not-now'; readonly status: TicketStatus; readonly allowed: readonly Transition[] }
  | { readonly kind: 'no-such-ticket' }
  | Forbidden;

export type Transit = (member: StaffMember, number: string, transition: Transition) => Promise<Transitioned>;

const ATTEMPTS_MAX = 3;

type TransitNeeds = {
  readonly transitions: TransitionStore;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: () => Instant;
  readonly makeIdentifier: MakeIdentifier;
  /** Turns what is unapplied in a conversation, now, after a commit; must not throw. */
  readonly turnSoon: (conversationId: Identifier) => void;
};

/** Takes a ticket through a transition, or says which ones it could take. */
export function transit(needs: TransitNeeds): Transit {
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
      const done = await needs.transitions.write(writeOf(needs, member, number, transition, state.status), needs.makeIdentifier);
      if (done.kind === 'moved-on') continue;
      if (done.told !== null) needs.turnSoon(done.told);
      return { kind: 'done', ticket: ticketOf(done.record) };
    }
    throw new Error('invariant: a ticket changes its status at most a few times at once');
  };
}

function writeOf(
  { policy, timeZone, now }: TransitNeeds,
  member: StaffMember,
  number: string,
  transition: Transition,
  from: TicketStatus,
): TransitionWrite {
  const at = now();
  const change = changeBy(member, at, `ticket.${transition}`, `ticket:${number}`, { from });
  switch (transition) {
    case 'complete':
      return { number, from, to: 'resolved', completedAt: at, visit: { kind: 'done' }, event: 'completed', change };
    case 'cancel': {
      const visit = { kind: 'called-off', callBy: callBackBy(policy, at, timeZone), words: visitOffWords(timeZone) } as const;
      return { number, from, to: 'cancelled', completedAt: null, visit, event: 'cancelled', change };
    }
    default:
      return unreachable(transition);
  }
}
