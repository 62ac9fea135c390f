/**
 * What a member of staff has before them: what is theirs, what waits for somebody, what is late. Counts are whole, lists are
 * cut; a line holds codes and instants, nothing of the customer.
 */
import type { Appliance, Fault } from '../domain/appliance.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Priority, TicketKind, TicketStatus } from '../domain/ticket.ts';
import { type Forbidden, refusal, type StaffMember } from './staff-member.ts';

export type BoardTicket = {
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly appliance: Appliance | null;
  readonly faultCodes: readonly Fault[];
  readonly dueAt: Instant | null;
  /** A promised time is over, and the promise still owed. */
  readonly overdue: boolean;
};

export type BoardHandoff = {
  readonly id: Identifier;
  readonly reason: string;
  readonly waitingSince: Instant;
  /** Null while it is queued. */
  readonly claimedAt: Instant | null;
  /** Number of the ticket it is about. */
  readonly ticket: string | null;
};

/** The first of a list; `total` counts those left out too. */
export type BoardList<Item> = { readonly total: number; readonly items: readonly Item[] };

/**
 * `mine`: claimed handoffs, longest first, and live tickets that are theirs. `unclaimed`: queued handoffs, longest waiting
 * first, and open tickets that nobody sees to. `overdue`: live tickets with a promise that is past and is ours to keep.
 * Tickets: the most urgent first, then by when they are due.
 */
export type Board = {
  readonly mine: { readonly handoffs: BoardList<BoardHandoff>; readonly tickets: BoardList<BoardTicket> };
  readonly unclaimed: { readonly handoffs: BoardList<BoardHandoff>; readonly tickets: BoardList<BoardTicket> };
  readonly overdue: BoardList<BoardTicket>;
};

/** At most `max` items a list. */
export type ReadBoard = (wanted: { readonly staffId: Identifier; readonly now: Instant; readonly max: number }) => Promise<Board>;

/** The board of a member. */
export type BoardDesk = (
  member: StaffMember,
  max: number,
) => Promise<{ readonly kind: 'read'; readonly board: Board; readonly at: Instant } | Forbidden>;

export function boardDesk(needs: { readonly board: ReadBoard; readonly now: () => Instant }): BoardDesk {
  return async (member, max) => {
    const no = refusal(member, 'desk.read');
    if (no) return no;
    const at = needs.now();
    return { kind: 'read', board: await needs.board({ staffId: member.id, now: at, max }), at };
  };
}
