/**
 * What staff may make of a ticket, by hand: the work is done, the matter is answered, called off, open again, or waits for
 * the customer. What
 * is not allowed now is answered with what is; a visit that was called off is told to the customer and to the engineer.
 */
import { callBackBy } from '../domain/business-calendar.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { TicketKind, TicketStatus } from '../domain/ticket.ts';
import { unreachable } from '../domain/unreachable.ts';
import { type Change, changeBy } from './change.ts';
import { printedNumber } from './search.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';
import { type Ticket, type TicketRecord, ticketOf } from './tickets.ts';
import { type VisitOffWords, visitOffWords } from './visit-off-words.ts';

export const TRANSITIONS = ['complete', 'resolve', 'cancel', 'reopen', 'wait-for-customer', 'resume'] as const;
export type Transition = (typeof TRANSITIONS)[number];

/** Where a transition may start. A complaint is answered, never completed; what is answered has no visit to come. */
const FROM: Readonly<Record<Transition, readonly TicketStatus[]>> = {
  complete: ['open', 'scheduled', 'in-progress'],
  resolve: ['open', 'in-progress', 'waiting-customer'],
  cancel: ['open', 'scheduled', 'in-progress', 'waiting-customer'],
  reopen: ['resolved', 'closed', 'cancelled'],
  // What the customer owes us: the promised times rest until they write, or staff have it another way.
  'wait-for-customer': ['open', 'in-progress'],
  resume: ['waiting-customer'],
};

/** Work at somebody's home or in a shop: its end is what customers are asked about (S2-054). */
const WORK: ReadonlySet<TicketKind> = new Set(['repair', 'recheck']);

/** The transitions a ticket can take now. */
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
   * `done`: the ticket's booked visit took place. `none`: there is none to speak of. `called-off`: given up, unless another
   * live ticket shares it; then the customer hears of it in their chat, or on the phone by `callBy`, and the engineer before
   * the window starts, in `words`.
   */
  readonly visit:
    | { readonly kind: 'done' | 'none' }
    | { readonly kind: 'called-off'; readonly callBy: Instant; readonly words: VisitOffWords };
  /** Whether every call the customer is owed is over, and not only those that tell of the visit. */
  readonly callsEnd: boolean;
  /**
   * `begin`: the customer is asked from `dueAt` on, once a visit however many tickets it is for and however often one of them
   * is opened anew. `drop`: what was not asked yet is not asked. Null leaves it as it is.
   */
  readonly survey: { readonly kind: 'begin'; readonly id: Identifier; readonly dueAt: Instant } | { readonly kind: 'drop' } | null;
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
      const done = await needs.transitions.write(writeOf(needs, member, number, transition, state), needs.makeIdentifier);
      if (done.kind === 'moved-on') continue;
      if (done.told !== null) needs.turnSoon(done.told);
      return { kind: 'done', ticket: ticketOf(done.record) };
    }
    throw new Error('invariant: a ticket changes its status at most a few times at once');
  };
}

function writeOf(
  { policy, timeZone, now, makeIdentifier }: TransitNeeds,
  member: StaffMember,
  number: string,
  transition: Transition,
  { kind, status: from }: { readonly kind: TicketKind; readonly status: TicketStatus },
): TransitionWrite {
  const at = now();
  const change = changeBy(member, at, `ticket.${transition}`, `ticket:${number}`, { from });
  // The matter goes on as it was: nobody hears of it, and no call or survey changes.
  const still = { number, from, completedAt: null, visit: { kind: 'none' }, callsEnd: false, survey: null, change } as const;
  switch (transition) {
    case 'complete': {
      const dueAt = instantOf(at + policy.survey.delayMinutes * MINUTE);
      const survey = WORK.has(kind) ? ({ kind: 'begin', id: makeIdentifier(), dueAt } as const) : null;
      // A recheck was owed as a call as well.
      const callsEnd = kind === 'recheck';
      return { number, from, to: 'resolved', completedAt: at, visit: { kind: 'done' }, callsEnd, survey, event: 'completed', change };
    }
    case 'resolve': {
      // No work was done: a repair warranty runs from none (S2-011).
      const completedAt = WORK.has(kind) ? null : at;
      return {
        number,
        from,
        to: 'resolved',
        completedAt,
        visit: { kind: 'done' },
        callsEnd: true,
        survey: null,
        event: 'resolved',
        change,
      };
    }
    case 'cancel': {
      const visit = { kind: 'called-off', callBy: callBackBy(policy, at, timeZone), words: visitOffWords(timeZone) } as const;
      return { number, from, to: 'cancelled', completedAt: null, visit, callsEnd: true, survey: null, event: 'cancelled', change };
    }
    case 'reopen':
      return {
        number,
        from,
        to: 'open',
        completedAt: null,
        visit: { kind: 'none' },
        callsEnd: false,
        survey: { kind: 'drop' },
        event: 'reopened',
        change,
      };
    case 'wait-for-customer':
      return { ...still, to: 'waiting-customer', event: 'waiting-customer' };
    case 'resume':
      return { ...still, to: 'open', event: 'customer-answered' };
    default:
      return unreachable(transition);
  }
}
