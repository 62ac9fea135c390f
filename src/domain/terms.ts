/** Versioned data that answers name: warranty terms and the price list in force on a day. */
import type { Appliance, Fault, ProductClass } from './appliance.ts';
import type { Exclusion } from './exclusion.ts';
import type { Identifier } from './identifier.ts';
import type { Instant, LocalDay } from './instant.ts';

/** Months of product cover from purchase, by appliance (S2-048 to S2-050); absent = a person answers. */
export type WarrantyTerms = {
  readonly version: string;
  readonly effectiveFrom: LocalDay;
  readonly productMonths: Readonly<Partial<Record<Appliance, number>>>;
  /** The makers' own months, by brand (S4-050). */
  readonly makerMonths: Readonly<Record<string, Readonly<Partial<Record<Appliance, number>>>>>;
};

export type PriceLine = { readonly productClass: ProductClass; readonly fault: Fault; readonly fromYuan: number; readonly toYuan: number };

export type PriceList = {
  readonly version: string;
  readonly effectiveFrom: LocalDay;
  readonly visitFeeYuan: Readonly<Record<ProductClass, number>>;
  readonly lines: readonly PriceLine[];
};

/** A finished repair, as cover needs it (S2-011, S2-012). */
export type PriorRepair = {
  readonly ticketId: Identifier;
  readonly ticketNumber: string;
  readonly appliance: Appliance;
  readonly faults: readonly Fault[];
  readonly completedAt: Instant;
  readonly engineerName: string | null;
};

/** A product on record. */
export type ProductOnRecord = {
  readonly appliance: Appliance;
  readonly brand: string;
  readonly model: string;
  /** Null when nobody knows; then cover runs from `producedOn` (S2-047). */
  readonly purchasedOn: LocalDay | null;
  readonly producedOn: LocalDay | null;
};

/**
 * Why a visit costs what it costs. `lastDay` is the last covered local day; `purchasedOn` is `YYYY-MM-DD`, or `YYYY-MM`
 * where only the month is known and cover lasts at least until `lastDay`, or null: counted from the day it was made.
 */
export type Cover =
  /** Called back by its maker: put right for nothing. */
  | { readonly kind: 'recall'; readonly code: string }
  | { readonly kind: 'repair-warranty'; readonly prior: PriorRepair; readonly lastDay: LocalDay }
  | { readonly kind: 'product-cover'; readonly purchasedOn: string | null; readonly lastDay: LocalDay; readonly termsVersion: string }
  /** In cover, but the customer told of something that takes the fault out of it (S2-052). */
  | { readonly kind: 'excluded'; readonly exclusion: Exclusion; readonly visitFeeYuan: number; readonly priceVersion: string }
  | {
      readonly kind: 'expired';
      readonly purchasedOn: string | null;
      readonly lastDay: LocalDay;
      readonly termsVersion: string;
      readonly visitFeeYuan: number;
      readonly priceVersion: string;
    }
  | { readonly kind: 'unknown'; readonly visitFeeYuan: number; readonly priceVersion: string };
