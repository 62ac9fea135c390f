/** The facts an everyday answer may name, from the policy, the price list and the service area in force. */
import { APPLIANCES, type Appliance, productClassOf } from '../domain/appliance.ts';
import { addDays, localDayOf } from '../domain/business-calendar.ts';
import type { EnquiryFact } from '../domain/enquiry.ts';
import type { Instant, LocalDay } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { PriceList, WarrantyTerms } from '../domain/terms.ts';
import type { CoverOf, DaysOff, OpenOn } from '../wording/enquiry-lines.ts';
import type { Datum } from '../wording/reply.ts';
import type { LookUpNeeds } from './asking.ts';

/** Holidays are told this far ahead. */
const HOLIDAYS_AHEAD_DAYS = 60;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** `appliance` null: what is true of every one of them. */
export async function enquiryFacts(
  appliance: Appliance | null,
  now: Instant,
  { policy, timeZone, readings }: LookUpNeeds,
): Promise<Readonly<Record<EnquiryFact, Datum>>> {
  const today = localDayOf(now, timeZone);
  const [{ warranty, prices }, areas] = await Promise.all([readings.terms(today), readings.serviceAreas()]);
  const { booking } = policy;
  return {
    company: { as: 'text', value: policy.company },
    visitFee: { as: 'fee', value: visitFee(prices, appliance) },
    cancelFee: { as: 'fee', value: { fromYuan: booking.cancelFee, toYuan: booking.cancelFee } },
    hours: { as: 'opening', value: openings(policy) },
    daysOff: { as: 'days-off', value: daysOff(policy, today) },
    firstWindow: { as: 'text', value: booking.windows.map((it) => it.from).reduce((one, other) => (one < other ? one : other)) },
    lastWindow: { as: 'text', value: booking.windows.map((it) => it.to).reduce((one, other) => (one > other ? one : other)) },
    lead: { as: 'duration', value: booking.leadMinutes },
    horizonDays: { as: 'number', value: booking.horizonDays },
    changeCutoff: { as: 'duration', value: booking.changeCutoffMinutes },
    lateMinutes: { as: 'number', value: policy.late.answerMinutes },
    cities: { as: 'numbers', value: [...new Set(areas.map((it) => it.city.replace(/市$/u, '')))] },
    productCover: { as: 'cover-months', value: productCover(warranty) },
    repairDays: { as: 'number', value: policy.warranty.repairDays },
  };
}

/** From the least to the most when nobody knows which appliance. */
export function visitFee(prices: PriceList, appliance: Appliance | null): { readonly fromYuan: number; readonly toYuan: number } {
  const fees = appliance === null ? Object.values(prices.visitFeeYuan) : [prices.visitFeeYuan[productClassOf(appliance)]];
  return { fromYuan: Math.min(...fees), toYuan: Math.max(...fees) };
}

/** Weekdays with the same hours together, in the order of the week; closed days are left out. */
function openings({ hours }: Policy): readonly OpenOn[] {
  const groups = new Map<string, { days: number[]; blocks: Policy['hours']['weekdays'][1] }>();
  for (const day of WEEKDAYS) {
    const blocks = hours.weekdays[day];
    if (blocks.length === 0) continue;
    const key = JSON.stringify(blocks);
    const group = groups.get(key) ?? { days: [], blocks };
    group.days.push(day);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The holidays ahead, days in a row as one, and how far ahead that is. */
function daysOff({ hours }: Policy, today: LocalDay): { readonly spans: readonly DaysOff[]; readonly until: LocalDay } {
  const until = addDays(today, HOLIDAYS_AHEAD_DAYS);
  const days = hours.holidays.filter((it) => it >= today && it <= until).sort() as LocalDay[];
  const spans: { from: LocalDay; to: LocalDay }[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) last.to = day;
    else spans.push({ from: day, to: day });
  }
  return { spans, until };
}

/** Appliances by their months of cover, the longest first; the last group is what most have. */
function productCover({ productMonths }: WarrantyTerms): readonly CoverOf[] {
  const groups = new Map<number, Appliance[]>();
  for (const appliance of APPLIANCES) {
    const months = productMonths[appliance];
    if (months !== undefined) groups.set(months, [...(groups.get(months) ?? []), appliance]);
  }
  const most = [...groups.values()].reduce((longest, it) => Math.max(longest, it.length), 0);
  return [...groups]
    .map(([months, appliances]) => ({ months, appliances }))
    .sort((a, b) => Number(a.appliances.length === most) - Number(b.appliances.length === most) || b.months - a.months);
}
