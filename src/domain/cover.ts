/**
 * What a repair costs the customer and why. Two kinds of cover: the *repair warranty* of a finished repair (same
 * appliance, same fault) and the *product cover* from the day of purchase. Days are local days, ends included.
 */
import { type Appliance, type Fault, productClassOf } from './appliance.ts';
import { addDays, addMonths, localDayOf } from './business-calendar.ts';
import type { Exclusion } from './exclusion.ts';
import { type Instant, type LocalDay, parseLocalDay } from './instant.ts';
import type { Policy } from './policy.ts';
import { type Recall, recallOf } from './recall.ts';
import type { Cover, PriceList, PriorRepair, ProductOnRecord, WarrantyTerms } from './terms.ts';
import type { ProductLayer } from './warranty.ts';

export type RepairWarranty = { readonly prior: PriorRepair; readonly lastDay: LocalDay };

type WarrantyRules = Pick<Policy, 'warranty'>;
type Recalls = { readonly recalls: readonly Recall[] };

/**
 * The finished repair whose warranty still holds for this fault, the one that holds longest; null when none does. The
 * last covered day is `repairDays` after the day of completion (S2-011). A fault known only in words never matches (S2-012).
 */
export function repairWarrantyFor(asked: {
  readonly appliance: Appliance;
  readonly faults: readonly Fault[];
  readonly priorRepairs: readonly PriorRepair[];
  readonly policy: WarrantyRules;
  readonly now: Instant;
  readonly timeZone: string;
}): RepairWarranty | null {
  const today = localDayOf(asked.now, asked.timeZone);
  const holding = asked.priorRepairs
    .filter((prior) => asked.appliance !== 'other' && prior.appliance === asked.appliance && prior.completedAt <= asked.now)
    .filter((prior) => prior.faults.some((fault) => fault !== 'other' && asked.faults.includes(fault)))
    .map((prior) => ({ prior, lastDay: addDays(localDayOf(prior.completedAt, asked.timeZone), asked.policy.warranty.repairDays) }))
    .filter((it) => today <= it.lastDay)
    .sort((a, b) => b.prior.completedAt - a.prior.completedAt);
  return holding[0] ?? null;
}

/**
 * Every promise for a product counted from one day (S2-047 to S2-050, S4-050), the one that lasts longest first. Each ends
 * the day before the anniversary, or on it when the policy says so; where the month has no such day (29 February) it ends
 * on the month's last. Empty where we have no rule, or the day is yet to come: a person answers.
 */
export function productLayers(asked: {
  readonly appliance: Appliance;
  readonly brand: string | null;
  readonly from: LocalDay;
  readonly terms: WarrantyTerms;
  readonly policy: WarrantyRules;
  readonly now: Instant;
  readonly timeZone: string;
}): readonly ProductLayer[] {
  const { appliance, brand, from, terms } = asked;
  const today = localDayOf(asked.now, asked.timeZone);
  if (from > today) return [];
  const layer = (kind: ProductLayer['kind'], months: number | undefined): readonly ProductLayer[] => {
    if (months === undefined) return [];
    const anniversary = addMonths(from, months);
    const lastDay = asked.policy.warranty.anniversaryCovered || !anniversary.exists ? anniversary.day : addDays(anniversary.day, -1);
    return [{ kind, months, lastDay, holds: today <= lastDay }];
  };
  const layers = [
    ...layer('product', terms.productMonths[appliance]),
    ...layer('maker', brand === null ? undefined : terms.makerMonths[brand]?.[appliance]),
  ];
  return layers.sort((a, b) => b.months - a.months);
}

/** The first and last day of a month `YYYY-MM`; of the one that runs only the days so far: a purchase looks back. */
export function daysOfMonth(month: string, today: LocalDay): { readonly first: LocalDay; readonly last: LocalDay } {
  const first = parseLocalDay(`${month}-01`);
  if (first === null) throw new Error('invariant: a purchase is dated by a day or a month');
  const last = addDays(addMonths(first, 1).day, -1);
  return { first, last: first <= today && today < last ? today : last };
}

/** What the customer says of the purchase, where it goes beyond the record. */
export type ToldOfPurchase = {
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  readonly purchasedOn: string | null;
  readonly hasProof: boolean | null;
  readonly brand: string | null;
  readonly exclusion: Exclusion | 'none' | null;
};

export const NOTHING_TOLD: ToldOfPurchase = { purchasedOn: null, hasProof: null, brand: null, exclusion: null };

/** `purchasedOn` as it is said: a day, a month, or nobody knows; cover runs `from` a day. */
type Unit = { readonly purchasedOn: string | null; readonly from: LocalDay | null; readonly brand: string | null };

/**
 * The better of both covers for one fault, else what the visit costs. With several units of the appliance on record,
 * some covered and some not, nobody can tell from afar which one it is: `unknown`.
 */
export function coverFor(asked: {
  readonly appliance: Appliance;
  readonly faults: readonly Fault[];
  /** As the customer told it. */
  readonly model: string | null;
  readonly record: { readonly products: readonly ProductOnRecord[]; readonly priorRepairs: readonly PriorRepair[] };
  readonly told: ToldOfPurchase;
  readonly terms: WarrantyTerms;
  readonly prices: PriceList;
  readonly policy: WarrantyRules & Recalls;
  readonly now: Instant;
  readonly timeZone: string;
}): Cover {
  const { appliance, model, record, terms, prices, told } = asked;
  const [only, ...others] = record.products.filter((it) => it.appliance === appliance);
  const known = only !== undefined && others.length === 0 && (model === null || model === only.model) ? only : { model, producedOn: null };
  const recall = recallOf({ ...known, appliance }, asked.policy.recalls);
  if (recall !== null) return { kind: 'recall', code: recall.code };
  const repair = repairWarrantyFor({ ...asked, priorRepairs: record.priorRepairs });
  if (repair) return { kind: 'repair-warranty', ...repair };

  const fee = { visitFeeYuan: prices.visitFeeYuan[productClassOf(appliance)], priceVersion: prices.version };
  const units = unitsMeant(
    record.products.filter((it) => it.appliance === appliance),
    told,
    localDayOf(asked.now, asked.timeZone),
  );
  const judged = units.flatMap(({ purchasedOn, from, brand }) => {
    const [best] = from === null ? [] : productLayers({ ...asked, brand, from });
    return best === undefined ? [] : [{ purchasedOn, lastDay: best.lastDay, holds: best.holds }];
  });
  if (judged.length < units.length) return { kind: 'unknown', ...fee };
  const byLastDay = [...judged].sort((a, b) => a.lastDay.localeCompare(b.lastDay));
  // Of several, the one that ends first: what is promised then holds for every one of them.
  const [shortest] = byLastDay;
  const latest = byLastDay.at(-1);
  if (shortest === undefined || latest === undefined) return { kind: 'unknown', ...fee };
  if (shortest.holds) {
    if (told.exclusion !== null && told.exclusion !== 'none') return { kind: 'excluded', exclusion: told.exclusion, ...fee };
    const { purchasedOn, lastDay } = shortest;
    return { kind: 'product-cover', purchasedOn, lastDay, termsVersion: terms.version };
  }
  if (latest.holds) return { kind: 'unknown', ...fee };
  const { purchasedOn, lastDay } = latest;
  return { kind: 'expired', purchasedOn, lastDay, termsVersion: terms.version, ...fee };
}

/** The units on record that fit the day that was told; with proof, a purchase nobody has on record counts as well. */
function unitsMeant(products: readonly ProductOnRecord[], told: ToldOfPurchase, today: LocalDay): readonly Unit[] {
  const { purchasedOn, hasProof, brand } = told;
  const units = products.map((it) => ({ purchasedOn: it.purchasedOn, from: it.purchasedOn ?? it.producedOn, brand: it.brand }));
  if (purchasedOn === null) return units;
  const fitting = units.filter((it) => it.purchasedOn?.startsWith(purchasedOn));
  if (fitting.length > 0) return fitting;
  if (hasProof !== true) return units;
  const bought = { purchasedOn, brand: brand ?? units[0]?.brand ?? null };
  const day = parseLocalDay(purchasedOn);
  if (day !== null) return [{ ...bought, from: day }];
  // Of a month its first and its last day: what holds for both holds for every day of it.
  const { first, last } = daysOfMonth(purchasedOn, today);
  return [first, last].map((from) => ({ ...bought, from }));
}
