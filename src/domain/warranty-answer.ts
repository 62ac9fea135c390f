/**
 * The answer to "is it still covered", from what is on record, what the customer says of the purchase and the terms. It
 * never guesses: what only the customer knows is asked for, and what nobody here knows goes to a person.
 */
import { type Fault, productClassOf } from './appliance.ts';
import { localDayOf } from './business-calendar.ts';
import { daysOfMonth, productLayers, repairWarrantyFor, type ToldOfPurchase } from './cover.ts';
import { type Instant, type LocalDay, parseLocalDay } from './instant.ts';
import type { Policy } from './policy.ts';
import { repairRangeYuan } from './price-list.ts';
import { type Recall, recallOf } from './recall.ts';
import type { PriceList, PriorRepair, ProductOnRecord, WarrantyTerms } from './terms.ts';
import type { CountedFrom, ProductLayer, RepairLayer, WarrantyAnswer } from './warranty.ts';

export type WarrantyAsked = {
  /** The dates are null of a product that is only named. */
  readonly product: Pick<ProductOnRecord, 'appliance' | 'purchasedOn' | 'producedOn'> & {
    readonly brand: string | null;
    readonly model: string | null;
  };
  readonly told: Pick<ToldOfPurchase, 'purchasedOn' | 'hasProof'>;
  /** The customer was asked for the date, or its day, and does not know. */
  readonly dateLost: boolean;
  /** What is wrong now; null when nothing was said of it. */
  readonly faults: readonly Fault[] | null;
  readonly priorRepairs: readonly PriorRepair[];
  readonly terms: WarrantyTerms;
  readonly prices: PriceList;
  readonly policy: Pick<Policy, 'warranty'> & { readonly recalls: readonly Recall[] };
  readonly now: Instant;
  readonly timeZone: string;
};

type Counted = { readonly kind: 'counted'; readonly since: string; readonly from: CountedFrom };
type Needs = Extract<WarrantyAnswer, { kind: 'needs' }>;

export function warrantyAnswer(asked: WarrantyAsked): WarrantyAnswer {
  const { appliance, brand, model } = asked.product;
  const recall = recallOf(asked.product, asked.policy.recalls);
  if (recall !== null) return { kind: 'recalled', appliance, model, code: recall.code, stopUse: recall.stopUse };
  const { productMonths, makerMonths } = asked.terms;
  const months = productMonths[appliance] ?? (brand === null ? undefined : makerMonths[brand]?.[appliance]);
  if (months === undefined) return { kind: 'unknown-product', why: 'no-terms' };
  const facts = { appliance, model, repair: runningRepair(asked), repairDays: asked.policy.warranty.repairDays, ...feeOf(asked) };
  const counted = countedFrom(asked);
  if (counted.kind === 'needs') return asked.dateLost && counted.what === 'date' ? { kind: 'undated', months, ...facts } : counted;
  const layers = layersSince(counted.since, asked);
  if (layers === 'open') return asked.dateLost ? { kind: 'undated', months, ...facts } : { kind: 'needs', what: 'day', appliance };
  // A day yet to come is a slip of the record.
  if (layers.length === 0) return { kind: 'unknown-product', why: 'no-terms' };
  return { kind: 'answer', since: counted.since, countedFrom: counted.from, layers, ...facts };
}

/** What cover runs from (S2-047): an invoice beats the record, the record a word, and without either the day it was made counts. */
function countedFrom(asked: WarrantyAsked): Counted | Needs {
  const { product, told, dateLost } = asked;
  const counted = (since: string, from: CountedFrom): Counted => ({ kind: 'counted', since, from });
  const needs = (what: Needs['what']): Needs => ({ kind: 'needs', what, appliance: product.appliance });
  const fits = told.purchasedOn === null || product.purchasedOn?.startsWith(told.purchasedOn);
  if (product.purchasedOn !== null && (fits || told.hasProof === false)) return counted(product.purchasedOn, 'record');
  const recorded = product.purchasedOn ?? product.producedOn;
  if (told.purchasedOn !== null) {
    if (told.hasProof === null) return needs(!dateLost && layersSince(told.purchasedOn, asked) === 'open' ? 'day' : 'proof');
    if (told.hasProof) return counted(told.purchasedOn, 'proof');
    return recorded === null ? counted(told.purchasedOn, 'word') : counted(recorded, 'production');
  }
  if (recorded === null) return needs('date');
  // The day it was made is before any purchase: where that is in cover, nobody need be asked.
  const layers = layersSince(recorded, asked);
  const enough = told.hasProof === false || dateLost || (layers !== 'open' && layers.some((it) => it.holds));
  if (enough) return counted(recorded, 'production');
  return needs(told.hasProof === null ? 'proof' : 'date');
}

/** The layers from a day; from a month where each of its days comes to the same, else `open`. */
function layersSince(since: string, asked: WarrantyAsked): readonly ProductLayer[] | 'open' {
  const { appliance, brand } = asked.product;
  const from = (day: LocalDay) => productLayers({ ...asked, appliance, brand, from: day });
  const day = parseLocalDay(since);
  if (day !== null) return from(day);
  const { first, last } = daysOfMonth(since, localDayOf(asked.now, asked.timeZone));
  const [earliest, latest] = [from(first), from(last)];
  if (earliest.some((it, index) => it.holds !== latest[index]?.holds)) return 'open';
  return earliest.map((it, index) => (it.holds ? it : (latest[index] ?? it)));
}

/** The repair that is free now, or the one still under warranty where nothing was said of a fault. */
function runningRepair(asked: WarrantyAsked): RepairLayer | null {
  const { faults } = asked;
  const { appliance } = asked.product;
  const same = faults !== null;
  const of = (those: readonly Fault[]) => repairWarrantyFor({ ...asked, appliance, faults: those });
  const running = same ? of(faults) : of(asked.priorRepairs.flatMap((it) => it.faults));
  return running === null ? null : { ...running, same };
}

function feeOf({ product, faults, prices }: WarrantyAsked) {
  const productClass = productClassOf(product.appliance);
  return {
    visitFeeYuan: prices.visitFeeYuan[productClass],
    rangeYuan: repairRangeYuan(prices, productClass, faults ?? []),
    priceVersion: prices.version,
  };
}
