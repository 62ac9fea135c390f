/** The visit of an intake: the window must be open, and the engineers who could go are tried in a fair order. */
import { type Appliance, productClassOf } from '../domain/appliance.ts';
import { addDays, localDayOf, spanOfDay } from '../domain/business-calendar.ts';
import type { FullAddress } from '../domain/contact.ts';
import type { EngineerCalendar } from '../domain/engineer.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { nearestWindows, type OpenWindow, openWindows, pickEngineer, travelEndsAt, type VisitWindow } from '../domain/visit-window.ts';
import type { Readings } from '../turn/ports.ts';

/** The database gives the window to the first of `engineerIds` who is still free. */
export type PlannedVisit = {
  readonly appointmentId: Identifier;
  readonly engineerIds: readonly Identifier[];
  readonly window: VisitWindow;
  readonly travelEndsAt: Instant;
  /** The customer agreed to the window when staff took it down (S2-016). */
  readonly confirmedAt: Instant;
};

export type Planned =
  | { readonly kind: 'planned'; readonly visit: PlannedVisit }
  | { readonly kind: 'not-open'; readonly visit: null; readonly nearest: readonly VisitWindow[] };

const ENGINEERS_MAX = 12;
const NEAREST_MAX = 3;

/** Plans the visit, or names the nearest windows that are open. */
export async function planVisit(wanted: {
  readonly readings: Pick<Readings, 'engineers'>;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly now: Instant;
  readonly makeIdentifier: MakeIdentifier;
  readonly window: VisitWindow;
  readonly appliance: Appliance;
  readonly address: FullAddress;
  readonly spread: string;
}): Promise<Planned> {
  const { policy, timeZone, now, window, address } = wanted;
  const lastDay = addDays(localDayOf(now, timeZone), policy.booking.horizonDays);
  const engineers = await wanted.readings.engineers({
    productClasses: [productClassOf(wanted.appliance)],
    city: address.city,
    district: address.district,
    from: now,
    to: spanOfDay(lastDay, timeZone).to,
  });
  const open = openWindows({ policy, now, timeZone, engineers });
  const found = open.find((it) => it.from === window.from && it.to === window.to);
  if (found === undefined)
    return { kind: 'not-open', visit: null, nearest: nearestWindows(open, window, NEAREST_MAX).map(({ from, to }) => ({ from, to })) };
  return {
    kind: 'planned',
    visit: {
      appointmentId: wanted.makeIdentifier(),
      engineerIds: inFairOrder(found, engineers, wanted.spread, timeZone),
      window,
      travelEndsAt: travelEndsAt(window, policy),
      confirmedAt: now,
    },
  };
}

/** Of those the window is open for, who is asked first (see `pickEngineer`). */
export function inFairOrder(
  window: OpenWindow,
  engineers: readonly EngineerCalendar[],
  spread: string,
  timeZone: string,
): readonly Identifier[] {
  const order: Identifier[] = [];
  let left = engineers;
  while (order.length < ENGINEERS_MAX) {
    const next = pickEngineer({ window, engineers: left, spread, timeZone });
    if (next === null) break;
    order.push(next.id);
    left = left.filter((it) => it.id !== next.id);
  }
  return order;
}
