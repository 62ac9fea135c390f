/**
 * What a repair costs the customer and why. Two kinds of cover: the *repair warranty* of a finished repair (same
 * appliance, same fault) and the *product cover* from the day of purchase. Days are local days, ends included.
 */
import { type Appliance, type Fault, productClassOf } from './appliance.ts';
import { addDays, addMonths, localDayOf } from './business-calendar.ts';
import type { Instant, LocalDay } from './instant.ts';
import type { Policy } from './policy.ts';
import type { Cover, PriceList, PriorRepair, ProductOnRecord, WarrantyTerms } from './terms.ts';

export type RepairWarranty = { readonly prior: PriorRepair; readonly lastDay: LocalDay };

/** `no-terms`: we have no rule for this appliance (S2-050) or the day of purchase is yet to come; a person answers. */
export type ProductCover =
  | { readonly kind: 'covered'; readonly lastDay: LocalDay }
  | { readonly kind: 'expired'; readonly lastDay: LocalDay }
  | { readonly kind: 'no-terms' };

type WarrantyRules = Pick<Policy, 'warranty'>;

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
 * Product cover of one purchase (S2-047 to S2-050). It ends the day before the anniversary, or on it when the policy
 * says so; where the month has no such day (29 February) it ends on the month's last.
 */
export function productCover(asked: {
  readonly appliance: Appliance;
  readonly purchasedOn: LocalDay;
  readonly terms: WarrantyTerms;
  readonly policy: WarrantyRules;
  readonly now: Instant;
  readonly timeZone: string;
}): ProductCover {
  const today = localDayOf(asked.now, asked.timeZone);
  const months = asked.terms.productMonths[asked.appliance];
  if (months === undefined || asked.purchasedOn > today) return { kind: 'no-terms' };
  const anniversary = addMonths(asked.purchasedOn, months);
  const lastDay = asked.policy.warranty.anniversaryCovered || !anniversary.exists ? anniversary.day : addDays(anniversary.day, -1);
  return { kind: today <= lastDay ? 'covered' : 'expired', lastDay };
}

/**
 * The better of both covers for one fault, else what the visit costs. With several units of the appliance on record,
 * some covered and some not, nobody can tell from afar which one it is: `unknown`.
 */
export function coverFor(asked: {
  readonly appliance: Appliance;
  readonly faults: readonly Fault[];
  readonly record: { readonly products: readonly ProductOnRecord[]; readonly priorRepairs: readonly PriorRepair[] };
  readonly terms: WarrantyTerms;
  readonly prices: PriceList;
  readonly policy: WarrantyRules;
  readonly now: Instant;
  readonly timeZone: string;
}): Cover {
  const { appliance, record, terms, prices } = asked;
  const repair = repairWarrantyFor({ ...asked, priorRepairs: record.priorRepairs });
  if (repair) return { kind: 'repair-warranty', ...repair };

  const fee = { visitFeeYuan: prices.visitFeeYuan[productClassOf(appliance)], priceVersion: prices.version };
  const units = record.products
    .filter((it) => it.appliance === appliance)
    .map(({ purchasedOn }) => ({ purchasedOn, cover: productCover({ ...asked, purchasedOn }) }));
  const covered = units.flatMap(({ purchasedOn, cover }) => (cover.kind === 'covered' ? [{ purchasedOn, lastDay: cover.lastDay }] : []));
  const expired = units.flatMap(({ purchasedOn, cover }) => (cover.kind === 'expired' ? [{ purchasedOn, lastDay: cover.lastDay }] : []));
  // Of several, the one that ends first: what is promised then holds for every one of them.
  const [shortest] = covered.sort((a, b) => a.lastDay.localeCompare(b.lastDay));
  if (shortest && covered.length === units.length) return { kind: 'product-cover', ...shortest, termsVersion: terms.version };
  const [latest] = expired.sort((a, b) => b.lastDay.localeCompare(a.lastDay));
  if (latest && expired.length === units.length) return { kind: 'expired', ...latest, termsVersion: terms.version, ...fee };
  return { kind: 'unknown', ...fee };
}
