/**
 * When somebody could visit for a ticket: the windows that are open for its products and its place, as if the visit it has
 * were given up.
 */
import { type Appliance, productClassOf } from '../domain/appliance.ts';
import { addDays, localDayOf, spanOfDay } from '../domain/business-calendar.ts';
import type { EngineerCalendar } from '../domain/engineer.ts';
import type { Identifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import { isLive } from '../domain/known-ticket.ts';
import type { Policy } from '../domain/policy.ts';
import type { TicketKind, TicketStatus } from '../domain/ticket.ts';
import { type OpenWindow, openWindows, type VisitWindow } from '../domain/visit-window.ts';
import type { Readings } from '../turn/ports.ts';

/** A ticket as far as a visit for it is planned. */
export type TicketToVisit = {
  readonly number: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  readonly city: string | null;
  readonly district: string | null;
  /** Of every live ticket of the visit it has, else its own. */
  readonly appliances: readonly Appliance[];
  /** The booked one. */
  readonly visit: { readonly appointmentId: Identifier; readonly engineerId: Identifier; readonly window: VisitWindow } | null;
};

/** Why nobody can be sent: a complaint is answered; where the place or the product is not known nobody can be found. */
export type NotVisited = {
  readonly kind: 'not-allowed';
  readonly why: 'ticket-over' | 'complaint' | 'no-place' | 'no-appliance' | 'same-visit';
};

export type Openings =
  | NotVisited
  | { readonly kind: 'open'; readonly engineers: readonly EngineerCalendar[]; readonly windows: readonly OpenWindow[] };

export type OpeningsNeeds = {
  readonly readings: Pick<Readings, 'engineers'>;
  readonly policy: Policy;
  readonly timeZone: string;
};

export async function openingsFor({ readings, policy, timeZone }: OpeningsNeeds, ticket: TicketToVisit, now: Instant): Promise<Openings> {
  const { city, district, appliances, visit } = ticket;
  if (!isLive(ticket)) return { kind: 'not-allowed', why: 'ticket-over' };
  if (ticket.kind === 'complaint') return { kind: 'not-allowed', why: 'complaint' };
  if (city === null || district === null) return { kind: 'not-allowed', why: 'no-place' };
  if (appliances.length === 0) return { kind: 'not-allowed', why: 'no-appliance' };
  const found = await readings.engineers({
    productClasses: [...new Set(appliances.map(productClassOf))],
    city,
    district,
    from: now,
    to: spanOfDay(addDays(localDayOf(now, timeZone), policy.booking.horizonDays), timeZone).to,
  });
  const engineers = visit === null ? found : found.map((it) => (it.id === visit.engineerId ? withoutVisit(it, visit.window) : it));
  return { kind: 'open', engineers, windows: openWindows({ policy, now, timeZone, engineers }) };
}

/** The visit that would be given up takes nothing. */
function withoutVisit(engineer: EngineerCalendar, { from }: VisitWindow): EngineerCalendar {
  return { ...engineer, taken: engineer.taken.filter((it) => it.from !== from) };
}
