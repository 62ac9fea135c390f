/** A ticket as its own customer may see it: nothing of it is shown to anybody who has not proved that it is theirs (S2-024). */
import type { Appliance } from './appliance.ts';
import type { Identifier } from './identifier.ts';
import type { Instant } from './instant.ts';
import type { Priority, TicketKind, TicketStatus } from './ticket.ts';
import type { VisitWindow } from './visit-window.ts';

export type KnownVisit = {
  readonly appointmentId: Identifier;
  readonly engineer: { readonly id: Identifier; readonly name: string; readonly phone: string };
  readonly window: VisitWindow;
  /** Every ticket of the visit. */
  readonly tickets: readonly { readonly id: Identifier; readonly number: string; readonly appliance: Appliance | null }[];
};

export type KnownTicket = {
  readonly id: Identifier;
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly priority: Priority;
  readonly appliance: Appliance | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly openedAt: Instant;
  readonly completedAt: Instant | null;
  /** The booked visit, null when none is. */
  readonly visit: KnownVisit | null;
  /** By when somebody phones the customer; null when nobody has to. */
  readonly callBackBy: Instant | null;
  /** By when they are told where a late engineer is; null when they have not asked. */
  readonly lateAnswerBy: Instant | null;
};

const LIVE: ReadonlySet<TicketStatus> = new Set(['open', 'scheduled', 'in-progress', 'waiting-customer']);

/** Whether something is still to be done about it. */
export function isLive(ticket: Pick<KnownTicket, 'status'>): boolean {
  return LIVE.has(ticket.status);
}
