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
import type { EngineerWish } from '../domain/engineer-wish.ts';
import type { Identifier } from '../domain/identifier.ts';
import { DAY, HOUR, type Instant, instantOf, MINUTE } from '../domain/instant.ts';
import type { KnownTicket, KnownVisit } from '../domain/known-ticket.ts';
import type { Policy } from '../domain/policy.ts';
import { matchArea } from '../domain/service-area.ts';
import type { Cover } from '../domain/terms.ts';
import { unreachable } from '../domain/unreachable.ts';
import { visitPromisedBy } from '../domain/visit-promise.ts';
import { nearestWindows, type OpenWindow, openWindows, pickEngineer, type VisitWindow, type WindowOffer } from '../domain/visit-window.ts';
import { chooseWindows } from '../domain/window-offer.ts';
import type { Asking, LookUpNeeds } from './asking.ts';
import { type EngineerChoice, engineersFor, wishedEngineer } from './engineer-choice.ts';
import { weighedComplaint } from './look-up-complaint.ts';
import { findProducts, findWarranty } from './look-up-warranty.ts';
import type { Readings } from './ports.ts';

const NEAREST_MAX = 3;
/** Times as many wrong tries at one number or phone, from all accounts together. */
const WRONG_TRIES_SHARED = 2;

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
      const { preferred, wishes } = lookUp;
      const { choice, wishedFor, anybody } = await openings(lookUp, asking, needs);
      // Wanted is who comes anyway, or unwanted is who does not.
      const comesAlready = choice.wished?.found === true && choice.engineers.some((it) => it.id === lookUp.instead?.engineer.id);
      if (comesAlready && wishes.length === 0 && lookUp.instead !== null)
        return { type: 'WINDOWS_FOUND', offer: { kind: 'none' }, wished: { kind: 'already', name: lookUp.instead.engineer.name } };
      const asWished = wishedFor.length > 0;
      const open = asWished ? wishedFor : anybody;
      const kept = preferred === null ? undefined : open.find((it) => it.from === preferred.from && it.to === preferred.to);
      const wished = wishedEngineer(choice, asWished);
      if (kept) return { type: 'WINDOWS_FOUND', offer: { kind: 'exact', window: bare(kept) }, wished };
      const offer = plain(chooseWindows({ open, wishes, now, timeZone, policy }));
      // The visit's own time is no change and not offered, unless somebody else is to come.
      return { type: 'WINDOWS_FOUND', offer: lookUp.engineerWish === null ? without(offer, lookUp.instead?.window) : offer, wished };
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
            told: lookUp.told,
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
    case 'products':
      return await findProducts(asking, needs);
    case 'warranty':
      return await findWarranty(lookUp, asking, needs);
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
        tickets: await takeNumbers(lookUp.ticketCount, asking.now, needs),
        callBackBy: callBackBy(policy, now, timeZone),
        now,
      };
    case 'own-tickets':
      return { type: 'TICKETS_FOUND', tickets: await ticketsOf(asking, readings), now };
    case 'proof':
      return await prove(lookUp, asking, needs);
    case 'complaint':
      return await weighedComplaint(lookUp, asking, needs);
    case 'ticket':
      return { type: 'TICKET_READ', ticket: await readings.ticketById(lookUp.ticketId), now, lateAnswerBy: lateAnswerBy(now, policy) };
    case 'clock':
      return {
        type: 'CLOCK_READ',
        now,
        callBackBy: callBackBy(policy, now, timeZone),
        lateAnswerBy: lateAnswerBy(now, policy),
      };
    default:
      return unreachable(lookUp);
  }
}

/** The account's own, and those proved in this conversation lately. */
async function ticketsOf({ accountId, customerId, proved, now }: Asking, readings: Readings): Promise<readonly KnownTicket[]> {
  const own = await readings.ticketsOf(customerId);
  const others = await Promise.all(
    proved
      .filter((id) => own.every((it) => it.id !== id))
      .map(async (id) => ((await isRefused(accountId, id, now, readings)) ? null : await readings.ticketById(id))),
  );
  return [...own, ...others.filter((it) => it !== null)];
}

/** Whose ticket it is has said that this account is not theirs: number and phone prove nothing here any more. */
async function isRefused(accountId: Identifier, ticketId: Identifier, now: Instant, readings: Readings): Promise<boolean> {
  return (await readings.linkStanding(accountId, ticketId, now)).kind === 'refused';
}

/** A whole minute, so that what is said is what is due. */
function lateAnswerBy(now: Instant, policy: Policy): Instant {
  return instantOf(Math.ceil((now + policy.late.answerMinutes * MINUTE) / MINUTE) * MINUTE);
}

/** Once the tries of an hour are spent, the right pair is refused like a wrong one (S2-024). */
async function prove(
  { number, phone }: Extract<LookUp, { about: 'proof' }>,
  { accountId, now }: Asking,
  { readings, policy }: LookUpNeeds,
): Promise<LookUpAnswer> {
  const [tries, ticket] = await Promise.all([
    readings.wrongProofs({ accountId, number, phone }, instantOf(now - HOUR)),
    readings.ticketProvedBy(number, phone),
  ]);
  // New accounts cost nothing: guesses at one phone or one number are counted whoever makes them.
  const { wrongTriesPerHour } = policy.proof;
  const shared = WRONG_TRIES_SHARED * wrongTriesPerHour - Math.max(tries.ofNumber, tries.ofPhone);
  const left = Math.min(wrongTriesPerHour - tries.ofAccount, shared);
  if (left <= 0) return { type: 'PROOF_REFUSED', triesLeft: 0, counts: false };
  const holds = ticket !== null && !(await isRefused(accountId, ticket.id, now, readings));
  return holds ? { type: 'TICKET_PROVED', ticket, now } : { type: 'PROOF_REFUSED', triesLeft: left - 1, counts: true };
}

async function reserve(lookUp: Extract<LookUp, { about: 'reservation' }>, asking: Asking, needs: LookUpNeeds): Promise<LookUpAnswer> {
  const held: HeldWindow | null = asking.windowLost || lookUp.window.from < asking.now ? null : lookUp.held;
  const found = await freeEngineer(lookUp, asking, needs);
  const engineer = held?.engineer ?? (found.kind === 'free' ? found.engineer : null);
  if (engineer === null) return { type: 'WINDOW_TAKEN', nearest: found.kind === 'taken' ? found.nearest : [] };
  const promisedBy = visitPromisedBy(needs.policy, { city: lookUp.city, priority: lookUp.priority, reportedAt: asking.now });
  const earliest = Math.min(lookUp.window.from, found.earliest ?? lookUp.window.from);
  return {
    type: 'WINDOW_RESERVED',
    appointmentId: held?.appointmentId ?? needs.makeIdentifier(),
    engineer,
    fromHold: held !== null,
    promiseKept: earliest <= promisedBy,
    tickets: await takeNumbers(lookUp.ticketCount, asking.now, needs),
  };
}

/** Ids and numbers for tickets of this turn (gaps in the numbers are allowed). */
export async function takeNumbers(
  count: number,
  now: Instant,
  needs: Pick<LookUpNeeds, 'readings' | 'timeZone' | 'makeIdentifier'>,
): Promise<readonly { readonly id: Identifier; readonly number: string }[]> {
  if (count === 0) return [];
  const numbers = await needs.readings.ticketNumbers(localDayOf(now, needs.timeZone), count);
  return numbers.map((number) => ({ id: needs.makeIdentifier(), number }));
}

type Wanted = {
  readonly appliances: readonly Appliance[];
  readonly city: string;
  readonly district: string;
  readonly engineerWish: EngineerWish | null;
  readonly instead?: KnownVisit | null;
};

/** `earliest`: the first window anybody has. */
type Found = { readonly earliest: Instant | null } & (
  | { readonly kind: 'free'; readonly engineer: BookedEngineer }
  | { readonly kind: 'taken'; readonly nearest: readonly VisitWindow[] }
);

async function freeEngineer(wanted: Wanted & { readonly window: VisitWindow }, asking: Asking, needs: LookUpNeeds): Promise<Found> {
  const { engineers, wishedFor, anybody } = await openings(wanted, asking, needs);
  const open = wishedFor.length > 0 ? wishedFor : anybody;
  const window = open.find((it) => it.from === wanted.window.from && it.to === wanted.window.to);
  // Who was to come still comes, if they can and nobody else is wanted.
  const same = wanted.engineerWish === null ? engineers.find((it) => it.id === wanted.instead?.engineer.id) : undefined;
  const engineer =
    window &&
    (same !== undefined && window.engineers.includes(same.id)
      ? same
      : pickEngineer({ window, engineers, spread: asking.conversationId, timeZone: needs.timeZone }));
  const earliest = anybody[0]?.from ?? null;
  if (!engineer) return { kind: 'taken', earliest, nearest: nearestWindows(open, wanted.window, NEAREST_MAX).map(bare) };
  return { kind: 'free', earliest, engineer: { id: engineer.id, name: engineer.name, phone: engineer.phone } };
}

type Openings = {
  readonly engineers: readonly EngineerCalendar[];
  readonly choice: EngineerChoice;
  /** Windows of those the customer's wish leaves, and of everybody. */
  readonly wishedFor: readonly OpenWindow[];
  readonly anybody: readonly OpenWindow[];
};

async function openings(wanted: Wanted, { now, customerId }: Asking, { readings, policy, timeZone }: LookUpNeeds): Promise<Openings> {
  const { engineerWish, instead = null } = wanted;
  const [found, record] = await Promise.all([
    readings.engineers({
      productClasses: [...new Set(wanted.appliances.map(productClassOf))],
      city: wanted.city,
      district: wanted.district,
      from: now,
      to: instantOf(now + (policy.booking.horizonDays + 1) * DAY),
    }),
    engineerWish === null ? null : readings.customerRecord(customerId),
  ]);
  const engineers = found.map((it) => (it.id === instead?.engineer.id ? withoutVisit(it, instead) : it));
  const before = { engineers: record?.priorRepairs.flatMap((it) => it.engineerName ?? []) ?? [], visit: instead };
  const choice = engineersFor(engineerWish, engineers, before);
  const anybody = openWindows({ policy, now, timeZone, engineers });
  return {
    engineers,
    choice,
    anybody,
    wishedFor: choice.wished?.found === true ? openWindows({ policy, now, timeZone, engineers: choice.engineers }) : anybody,
  };
}

/** The visit that would be given up takes nothing. */
function withoutVisit(engineer: EngineerCalendar, visit: KnownVisit): EngineerCalendar {
  return { ...engineer, taken: engineer.taken.filter((it) => it.from !== visit.window.from) };
}

function bare({ from, to }: VisitWindow): VisitWindow {
  return { from, to };
}

function without(offer: OfferedWindows, own: VisitWindow | undefined): OfferedWindows {
  if (own === undefined || (offer.kind !== 'offer' && offer.kind !== 'nearest')) return offer;
  const windows = offer.windows.filter((it) => it.from !== own.from);
  return windows.length > 0 ? { ...offer, windows } : { kind: 'exact', window: own };
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
