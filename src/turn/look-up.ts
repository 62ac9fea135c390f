/**
 * Answers what a dialog asks of the outside, from the store's readings and the domain's rules. Nothing here writes:
 * a reservation is only an engineer found free, and the turn's one statement decides.
 */

import type { LookUpAnswer, OfferedWindows } from '../../flows/dialog-event.ts';
import type { LookUp } from '../../flows/effect.ts';
import type { BookedEngineer, HeldWindow } from '../../flows/held-window.ts';
import { type Appliance, productClassOf } from '../domain/appliance.ts';
import { callBackBy, localDayOf } from '../domain/business-calendar.ts';
import { coverFor } from '../domain/cover.ts';
import type { EngineerCalendar } from '../domain/engineer.ts';
import type { Identifier, MakeIdentifier } from '../domain/identifier.ts';
import { DAY, type Instant, instantOf } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { matchArea } from '../domain/service-area.ts';
import type { Cover } from '../domain/terms.ts';
import { unreachable } from '../domain/unreachable.ts';
import { nearestWindows, type OpenWindow, openWindows, pickEngineer, type VisitWindow, type WindowOffer } from '../domain/visit-window.ts';
import { chooseWindows } from '../domain/window-offer.ts';
import type { Readings } from './ports.ts';

/** Whose turn it is, and what an earlier try of the same turn has learnt. */
export type Asking = {
  readonly conversationId: Identifier;
  readonly customerId: Identifier;
  readonly now: Instant;
  /** The write found this turn's window or hold gone: a hold is not to be counted on again. */
  readonly windowLost: boolean;
};

export type LookUpNeeds = {
  readonly readings: Readings;
  readonly policy: Policy;
  readonly timeZone: string;
  readonly makeIdentifier: MakeIdentifier;
};

const NEAREST_MAX = 3;

/** The answer as the event the dialog waits for. */
export async function answerLookUp(lookUp: LookUp, asking: Asking, needs: LookUpNeeds): Promise<LookUpAnswer> {
  const { readings, policy, timeZone } = needs;
  const { now } = asking;
  switch (lookUp.about) {
    case 'record': {
      const record = await readings.customerRecord(asking.customerId);
      const known = record.address !== null || record.phone !== null || record.products.length > 0;
      const address = record.address && {
        province: record.address.province,
        city: record.address.city,
        district: record.address.district,
        detail: record.address.detail,
      };
      return { type: 'RECORD_FOUND', record: known ? { name: record.name, phone: record.phone, address, models: record.products } : null };
    }
    case 'area':
      return {
        type: 'AREA_FOUND',
        area: matchArea(await readings.serviceAreas(), lookUp.address),
        callBackBy: callBackBy(policy, now, timeZone),
        now,
      };
    case 'shops':
      return {
        type: 'SHOPS_FOUND',
        shops: (await readings.servicePoints(lookUp.city)).map(({ name, address, opens, closes }) => ({ name, address, opens, closes })),
      };
    case 'windows': {
      const { open } = await openings(lookUp, asking, needs);
      const { preferred } = lookUp;
      const kept = preferred === null ? undefined : open.find((it) => it.from === preferred.from && it.to === preferred.to);
      if (kept) return { type: 'WINDOWS_FOUND', offer: { kind: 'exact', window: bare(kept) } };
      return { type: 'WINDOWS_FOUND', offer: plain(chooseWindows({ open, wishes: lookUp.wishes, now, timeZone, policy })) };
    }
    case 'cover': {
      const [{ warranty, prices }, record] = await Promise.all([
        readings.terms(localDayOf(now, timeZone)),
        readings.customerRecord(asking.customerId),
      ]);
      const covers = await Promise.all(
        lookUp.reports.map(async (report): Promise<Cover> => {
          const bySerial = report.serial === null ? null : await readings.productBySerial(report.serial);
          const products = bySerial === null ? record.products : [bySerial];
          const cover = coverFor({
            ...report,
            record: { products, priorRepairs: record.priorRepairs },
            terms: warranty,
            prices,
            policy: policy,
            now,
            timeZone,
          });
          return lookUp.serviceMode === 'store' && 'visitFeeYuan' in cover ? { ...cover, visitFeeYuan: 0 } : cover;
        }),
      );
      return { type: 'COVER_FOUND', covers };
    }
    case 'hold': {
      const found = await freeEngineer(lookUp, asking, needs);
      if (found.kind === 'taken') return { type: 'WINDOW_TAKEN', nearest: found.nearest };
      return { type: 'WINDOW_HELD', held: { appointmentId: needs.makeIdentifier(), engineer: found.engineer, window: lookUp.window } };
    }
    case 'reservation':
      return await reserve(lookUp, asking, needs);
    case 'ticket-numbers':
      return {
        type: 'NUMBERS_TAKEN',
        tickets: await takeNumbers(lookUp.ticketCount, asking, needs),
        callBackBy: callBackBy(policy, now, timeZone),
        now,
      };
    default:
      return unreachable(lookUp);
  }
}

async function reserve(lookUp: Extract<LookUp, { about: 'reservation' }>, asking: Asking, needs: LookUpNeeds): Promise<LookUpAnswer> {
  const held: HeldWindow | null = asking.windowLost || lookUp.window.from < asking.now ? null : lookUp.held;
  const found = held === null ? await freeEngineer(lookUp, asking, needs) : ({ kind: 'free', engineer: held.engineer } as const);
  if (found.kind === 'taken') return { type: 'WINDOW_TAKEN', nearest: found.nearest };
  return {
    type: 'WINDOW_RESERVED',
    appointmentId: held?.appointmentId ?? needs.makeIdentifier(),
    engineer: found.engineer,
    fromHold: held !== null,
    tickets: await takeNumbers(lookUp.ticketCount, asking, needs),
  };
}

/** Ids and numbers for tickets of this turn (gaps in the numbers are allowed). */
export async function takeNumbers(
  count: number,
  asking: Asking,
  needs: LookUpNeeds,
): Promise<readonly { readonly id: Identifier; readonly number: string }[]> {
  const numbers = await needs.readings.ticketNumbers(localDayOf(asking.now, needs.timeZone), count);
  return numbers.map((number) => ({ id: needs.makeIdentifier(), number }));
}

type Wanted = { readonly appliances: readonly Appliance[]; readonly city: string; readonly district: string };

async function freeEngineer(
  wanted: Wanted & { readonly window: VisitWindow },
  asking: Asking,
  needs: LookUpNeeds,
): Promise<
  { readonly kind: 'free'; readonly engineer: BookedEngineer } | { readonly kind: 'taken'; readonly nearest: readonly VisitWindow[] }
> {
  const { open, engineers } = await openings(wanted, asking, needs);
  const window = open.find((it) => it.from === wanted.window.from && it.to === wanted.window.to);
  const engineer = window && pickEngineer({ window, engineers, spread: asking.conversationId, timeZone: needs.timeZone });
  if (!engineer) return { kind: 'taken', nearest: nearestWindows(open, wanted.window, NEAREST_MAX).map(bare) };
  return { kind: 'free', engineer: { id: engineer.id, name: engineer.name, phone: engineer.phone } };
}

async function openings(
  wanted: Wanted,
  { now }: Asking,
  { readings, policy, timeZone }: LookUpNeeds,
): Promise<{ readonly open: readonly OpenWindow[]; readonly engineers: readonly EngineerCalendar[] }> {
  const engineers = await readings.engineers({
    productClasses: [...new Set(wanted.appliances.map(productClassOf))],
    city: wanted.city,
    district: wanted.district,
    from: now,
    to: instantOf(now + (policy.booking.horizonDays + 1) * DAY),
  });
  return { open: openWindows({ policy, now, timeZone, engineers }), engineers };
}

function bare({ from, to }: VisitWindow): VisitWindow {
  return { from, to };
}

function plain(offer: WindowOffer): OfferedWindows {
  switch (offer.kind) {
    case 'exact':
      return { kind: 'exact', window: bare(offer.window) };
    case 'offer':
      return { kind: 'offer', windows: offer.windows.map(bare) };
    case 'nearest':
      return { ...offer, windows: offer.windows.map(bare) };
    case 'earliest':
      return { ...offer, window: bare(offer.window) };
    case 'none':
      return offer;
    default:
      return unreachable(offer);
  }
}
